"""Is the story the same each time, legal in every step, and rich in every state?"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.training.copying import line_of
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.people import DEMO_PEOPLE
from samsyn.hub.training.rows import Row
from samsyn.hub.training.story import BEGINS, Story, matters_at
from samsyn.hub.training.texts import kinds
from samsyn.kernel.identity_numbers import IdentityNumber
from samsyn.kernel.invented_numbers import is_from_invented_series
from samsyn.kernel.working_days import is_working_day
from tests.hub.support import TODAY
from tests.hub.training.conftest import Trained


def story(seed: int = 2022, scale: float = 0.1, today: date = TODAY) -> list[Row]:
    organisation = current_organisation()
    told = Story(
        current_rulebook(),
        organisation,
        seed=seed,
        scale=scale,
        today=today,
        journal=Journal(organisation),
    )
    return list(told.rows())


def octets(rows: list[Row]) -> str:
    total = sha256()
    for row in rows:
        total.update(f"{row.TABLE} {line_of(type(row))(row)}".encode())
    return total.hexdigest()


def test_the_same_seed_gives_the_same_octets() -> None:
    assert octets(story()) == octets(story())


def test_another_seed_tells_another_story_of_the_same_people_of_the_demo() -> None:
    one, other = story(seed=1), story(seed=2)
    assert octets(one) != octets(other)
    ids = {str(person.account) for person in DEMO_PEOPLE}
    for rows in (one, other):
        assert ids <= {row.id for row in rows if row.TABLE == "guard_account"}  # type: ignore[attr-defined]


def test_old_matters_keep_their_days_and_the_newest_lie_before_today() -> None:
    def opened(today: date) -> list[date]:
        rows = story(today=today)
        days = [row.opened_on for row in rows if row.TABLE == "cases_case"]  # type: ignore[attr-defined]
        return sorted(days)

    now, later = opened(TODAY), opened(TODAY + timedelta(days=70))
    assert now[:5] == later[:5]
    assert now[0] == BEGINS
    assert TODAY - timedelta(days=10) < now[-1] < TODAY
    assert TODAY + timedelta(days=60) < later[-1] < TODAY + timedelta(days=70)


def test_three_hundred_matters_and_a_hundred_more_for_each_further_scale() -> None:
    assert [matters_at(scale) for scale in (0.5, 1, 2, 1000)] == [150, 300, 400, 100_200]


def test_everything_happens_on_working_days(trained: Trained) -> None:
    # Other tests act in the same hub; what was loaded was loaded in one transaction.
    loaded = "guard_log_entry where xact = (select xact from guard_log_entry order by id limit 1)"
    days = trained.rows(
        f"select distinct at::date from {loaded} and act not like 'role.%' "
        "and act not like 'account.%'"
    )
    assert [day for (day,) in days if not is_working_day(day)] == []
    assert trained.value(f"select max(at)::date from {loaded}") < TODAY


def test_numbers_have_right_check_digits_and_are_invented(trained: Trained) -> None:
    found = trained.rows("select distinct number, number_kind from registry_entity")
    kinds_found = {kind for _, kind in found}
    assert {
        "organisation",
        "person",
        "coordination",
        "workplace",
        "vehicle",
        "foreign",
        "none",
    } <= (kinds_found)
    for number, kind in found:
        if kind in ("foreign", "none"):
            continue
        read = IdentityNumber.parse(number, on=TODAY)
        assert (read.digits, read.kind) == (number, kind)
        assert is_from_invented_series(read)


def test_four_hundred_firms_and_workplaces(trained: Trained) -> None:
    things = trained.value(
        "select count(distinct name) from registry_entity where kind in ('firm', 'workplace')"
    )
    assert 350 <= things <= 700


@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("select state from cases_case", ["open", "told", "paused", "closed", "archived"]),
        ("select state from disclosures_question",
         ["draft", "sent", "answered", "refused", "withdrawn"]),
        ("select state from disclosures_disclosure",
         ["draft", "delivered", "recalled", "refused"]),
        ("select state from disclosures_receipt", ["received", "recalled", "withdrawn"]),
        ("select state from cases_fact", ["current", "replaced", "recalled"]),
        ("select kind from disclosures_disclosure", ["facts", "existence"]),
        ("select direction from cases_registerentry", ["in", "out", "drawn_up"]),
        ("select case when outcome = '' then 'open' else outcome end from guard_twopersonrequest",
         ["open", "approved", "refused"]),
        ("select case when done_at is not null then 'done' "
         f"when due_on < '{TODAY}' "
         "then 'overdue' else 'due' end from cases_task", ["done", "overdue", "due"]),
        ("select case when stopped_on is not null then 'stopped' else 'running' end "
         "from cases_clock", ["stopped", "running"]),
        ("select case when to_day is null then 'paused' else 'resumed' end from cases_clockpause",
         ["paused", "resumed"]),
        (f"select case when valid_to < '{TODAY}' then 'expired' else 'valid' end "
         "from disclosures_receipt", ["expired", "valid"]),
        ("select case when restricted then 'restricted' else 'usual' end from cases_case",
         ["restricted", "usual"]),
        ("select case when common then 'common' else 'one' end from cases_fact", ["common", "one"]),
        ("select unnest(marks) from cases_fact", ["victim", "protected", "tip_giver"]),
    ],
)  # fmt: skip
def test_every_state_is_there(trained: Trained, query: str, least: list[str]) -> None:
    found = Counter(value for (value,) in trained.rows(query))
    assert {state: found[state] for state in least if not found[state]} == {}


def test_the_law_is_seen_to_change(trained: Trained) -> None:
    """Payroll for a joint inspection: weighed under the general clause, then opened."""
    found: dict[str, set[Any]] = {}
    for day, ground in trained.rows(
        "select d.law_day, i.grounds[1] from disclosures_disclosedfact i "
        "join disclosures_disclosure d on d.id = i.disclosure_id "
        "where d.law_day is not null and d.purpose_group = 'joint_inspection' "
        "and d.agency = 'SKV' and cardinality(i.secrecy) > 0 and not i.left_out"
    ):
        found.setdefault("before" if day < date(2024, 7, 1) else "after", set()).add(ground)
    assert "2009:400/10:27" in found["before"]
    assert "2024:307/4" not in found["before"]
    assert "2024:307/4" in found["after"]
    later = {ground for (ground,) in trained.rows("select ground from disclosures_receipt")}
    assert any(ground.startswith("2025:170/") for ground in later)
    assert any(ground.startswith("2009:400/10:15a") for ground in later)


def test_no_ground_is_older_than_its_law(trained: Trained) -> None:
    first_days = {
        "2024:307": date(2024, 7, 1),
        "2025:170": date(2025, 4, 1),
        "2009:400/10:15a": date(2025, 12, 1),
    }
    for ground, day in trained.rows("select ground, law_day from disclosures_receipt"):
        for begin, first in first_days.items():
            assert not ground.startswith(begin) or day >= first


def test_each_kind_of_fact_has_sentences_and_is_written(trained: Trained) -> None:
    written = {kind for (kind,) in trained.rows("select distinct item_kind from cases_fact")}
    assert set(kinds()) <= written
    assert all(len(kind.texts) >= 3 and kind.sources for kind in kinds().values())
