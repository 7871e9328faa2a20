"""Does the database show a key that holds for one case nothing else, whatever the code forgets?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connections, transaction

from samsyn.hub.api import entering
from samsyn.hub.cases.actions import (
    add_subject,
    add_task,
    open_case,
    pause_clock,
    start_clock,
    write_fact,
)
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import prepare_disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from tests.hub.api.program import PLAN, program
from tests.hub.disclosures.conftest import Two, two
from tests.hub.support import Hub

__all__ = ["two"]
OPEN = {
    "api_importedfact": "ids and digests; what is taken in once is asked across cases",
    "api_oncecall": "ids of what the account's own calls made",
    "api_token": "the account's own keys",
    "api_tokenuse": "when the account's own keys were used",
    "api_webhook": "addresses, of no case; for administrators",
    "guard_account": "colleagues, of no case",
    "guard_idempotency": "ids of what the account's own calls made",
    "guard_log_seal": "digests",
    "guard_roleassignment": "colleagues, of no case",
    **dict.fromkeys(
        ("guard_identity", "guard_invitation", "guard_limit", "guard_session", "mfa_authenticator"),
        "how people sign in, of no case",
    ),
    "insight_logcheck": "places in the log; for auditors",
}
"""Tables that such a key sees more of, and what there is in them."""
WEB_READS = """
    select c.relname, exists (select 1 from pg_policy p where p.polrelid = c.oid
        and p.polname = 'only_case' and not p.polpermissive and p.polcmd = '*')
    from pg_class c where c.relkind = 'r' and c.relrowsecurity
        and has_table_privilege('samsyn_web', c.oid, 'select')
"""


def test_every_table_that_the_web_reads_knows_the_one_case(hub: Hub) -> None:
    with hub.owner() as owner:
        fenced = {str(name): bool(holds) for name, holds in owner.execute(WEB_READS)}
    without = {name for name, holds in fenced.items() if not holds}
    unknown = without - set(OPEN)
    assert not unknown, f"{unknown}: call guard_one_case in policies.sql, or say here why not"
    assert not set(OPEN) - without


def ids(actor: Actor) -> dict[str, set[str]]:
    """What the database shows an actor when the code asks for everything."""
    found: dict[str, set[str]] = {}
    with acting(actor), connections["default"].cursor() as cursor:
        cursor.execute(WEB_READS)
        for table, _ in cursor.fetchall():
            if table in OPEN:
                continue
            cursor.execute(f"select id from {table}")
            found[table] = {str(row[0]) for row in cursor.fetchall()}
    return found


def another_case(two: Two) -> tuple[Case, Fact]:
    """A second case of the same officer, with something in every part of it."""
    giver = two.giver
    with acting(giver):
        case = open_case(actor=giver, title="Ett annat", purpose=PLAN)
        firm = add_subject(actor=giver, case=case, kind="firm", name="Granholms Städ AB")
        fact = write_fact(
            actor=giver,
            case=case,
            text="Bolaget har tre anmälda arbetstagare.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
            entity=firm,
        )
        add_task(actor=giver, case=case, what="Ring bolaget")
        clock = start_clock(actor=giver, case=case, what="Besked", working_days=10)
        pause_clock(actor=giver, clock=clock, reason="Bolaget är på semester")
        prepare_disclosure(actor=giver, case=case, facts=[fact], receiver="AV", purpose=PLAN)
    return case, fact


def bound(actor: Actor, case: UUID) -> Actor:
    return msgspec.structs.replace(actor, only_case=case)


FILLED = (
    "cases_case", "cases_fact", "cases_event", "cases_casesubject", "cases_task",
    "cases_clock", "cases_clockpause", "registry_entity", "disclosures_disclosure",
    "disclosures_disclosedfact", "guard_log_entry",
)  # fmt: skip


def test_the_database_shows_the_one_case_when_the_code_asks_for_everything(two: Two) -> None:
    before = ids(two.giver)
    other, _ = another_case(two)
    after = ids(two.giver)
    of_other = {table: after[table] - before[table] for table in after}
    for table in FILLED:
        assert of_other[table], f"nothing to hide in {table}"
    one, two_ = ids(bound(two.giver, two.case.pk)), ids(bound(two.giver, other.pk))
    for table, hidden in of_other.items():
        assert not one[table] & hidden, f"{table} shows rows of another case"
        assert not two_[table] & before[table], f"{table} shows rows of another case"
    # What belongs to the case is there as before.
    for table in ("cases_case", "cases_fact", "cases_event", "registry_entity"):
        assert one[table] == before[table]
        assert two_[table] == of_other[table]


def test_nothing_is_written_in_another_case(two: Two) -> None:
    other, fact = another_case(two)
    for statement, values in (
        ("update cases_case set title = 'x' where id = %s", [other.pk]),
        ("update cases_fact set state = 'x' where id = %s", [fact.pk]),
    ):
        with (
            acting(bound(two.giver, two.case.pk)),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute(statement, values)
            assert cursor.rowcount == 0
    moved = "update cases_fact set case_id = %s where id = %s"
    with two.hub.owner() as owner:
        owner.execute("grant update (case_id) on cases_fact to samsyn_web")
    with (
        acting(bound(two.giver, two.case.pk)),
        connections["default"].cursor() as cursor,
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        cursor.execute(moved, [other.pk, two.fact.pk])


def forgotten(request: Any) -> Any:
    return msgspec.structs.replace(KEY_OF(request), case=None)


KEY_OF = entering.key_of


def calls(two: Two, other: Case, fact: Fact) -> dict[str, Any]:
    """What a program with a key for the first case is told of the other one."""
    skv = program(two.giver, case=two.case.pk)
    return {
        "cases": [case["id"] for case in skv.get("/cases").json()["items"]],
        "disclosures": skv.get("/disclosures").json()["items"],
        "case": skv.get(f"/cases/{other.pk}").status_code,
        "facts": skv.get(f"/cases/{other.pk}/facts").status_code,
        "fact": skv.get(f"/facts/{fact.pk}").status_code,
    }


NOTHING = {"disclosures": [], "case": 404, "facts": 404, "fact": 404}


def test_code_that_forgets_the_case_of_a_key_shows_nothing_else(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, fact = another_case(two)
    for module in ("entering", "routes_cases", "routes_disclosures", "routes_questions"):
        monkeypatch.setattr(f"samsyn.hub.api.{module}.key_of", forgotten)
    assert calls(two, other, fact) == {"cases": [str(two.case.pk)], **NOTHING}


def test_without_either_fence_the_other_case_is_told(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above says something: with the database's fence down as well, it fails."""
    other, fact = another_case(two)
    for module in ("entering", "routes_cases", "routes_disclosures", "routes_questions"):
        monkeypatch.setattr(f"samsyn.hub.api.{module}.key_of", forgotten)
    with two.hub.owner() as owner:
        owner.execute(
            "create or replace function guard_only_case() returns uuid language sql stable "
            "as $$ select null::uuid $$"
        )
    told = calls(two, other, fact)
    assert str(other.pk) in told["cases"]
    assert (told["case"], told["facts"], told["fact"]) == (200, 200, 200)
