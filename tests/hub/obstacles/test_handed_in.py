"""Figures handed in: as the agency saw them, by whoever may, kept whole, and seen by two alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.urls import reverse

from samsyn.hub.disclosures.models import Obstacle
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.guard.seal_keys import new_seed, signing_key
from samsyn.hub.obstacles.combining import signed
from samsyn.hub.obstacles.handing_in import hand_in_figures, withdraw_figures
from samsyn.hub.obstacles.models import HandedFigures
from samsyn.hub.obstacles.national import choices, national, standing_figures
from samsyn.hub.obstacles.periods import periods_on
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.disclosures.conftest import two
from tests.hub.support import Hub

__all__ = ["two"]
YEAR = "2025"
GROUND = "2009:400/27:1"
HAND_IN, NATIONAL = "/hinder/lamna-in/", "/hinder/tillsammans/"


@dataclass
class Country:
    """Two agencies with lawyers and obstacles of last year, and a national coordinator.

    Attributes:
        skv, fk: the lawyers; their browsers beside.
        head: the national coordinator, who works at a third agency.
    """

    hub: Hub
    skv: Actor
    fk: Actor
    head: Actor
    skv_page: Client
    fk_page: Client
    head_page: Client


def obstacle(hub: Hub, agency: str, number: int, **fields: Any) -> None:
    """Rows of the register of last year, as the acts leave them."""
    rows = [
        {
            "kind": "question_refused", "agency": agency, "giver": agency, "receiver": "AV",
            "provisions": [GROUND], "outcome": "must_not", "purpose": "joint_inspection_plan",
            "item_kind": "payroll_and_vat_figures", "happened_on": date(2025, 5, 5), **fields,
        }
        for _ in range(number)
    ]  # fmt: skip
    actor = hub.officer(agency)
    with acting(actor), act(actor, "obstacle.write") as entry:
        entry.write()
        for row in rows:
            Obstacle.rows.create(
                visible_to=agency, question={}, rulebook="1", entry=entry.number,
                made_by=actor.account, made_by_name="x", **row,
            )  # fmt: skip


@pytest.fixture
def country(hub: Hub) -> Country:
    skv, fk = hub.person("SKV", "secrecy_lawyer"), hub.person("FK", "secrecy_lawyer")
    head = hub.person("AV", "national_coordinator")
    obstacle(hub, "SKV", 7)
    obstacle(hub, "SKV", 1, provisions=["2009:400/28:1"])
    obstacle(hub, "FK", 4)
    obstacle(hub, "FK", 2, provisions=["2009:400/28:1"])
    return Country(
        hub,
        skv=hub.actor(skv),
        fk=hub.actor(fk),
        head=hub.actor(head),
        skv_page=hub.client(skv),
        fk_page=hub.client(fk),
        head_page=hub.client(head),
    )


def handed(actor: Actor, period: str = YEAR) -> HandedFigures:
    with acting(actor):
        return hand_in_figures(actor=actor, period=period)


def page(client: Client, address: str, status: int = 200) -> str:
    answer, count = statements(client, address)
    assert answer.status_code == status, answer.content.decode()[:1500]
    assert count <= MOST_STATEMENTS, f"{address}: {count}"
    return answer.content.decode().replace("\xa0", " ")


def tables_of(row: HandedFigures) -> Any:
    return json.loads(row.figures)["figures"]["tables"]


def test_figures_are_handed_in_with_the_small_ones_kept_back(country: Country) -> None:
    row = handed(country.skv)
    lines = tables_of(row)["provisions"]["lines"]
    assert lines == {GROUND: 7, "2009:400/28:1": None}
    assert (row.agency, row.since, row.until) == ("SKV", date(2025, 1, 1), date(2025, 12, 31))
    assert "bill.prop-2024-25-180.effects" in tables_of(row)
    # Nothing but sums: no ids, names or words of any row.
    with acting(country.skv):
        ids = [str(pk) for pk in Obstacle.seen(country.skv).values_list("pk", flat=True)]
        entry = LogEntry.rows.get(pk=row.entry)
    assert not [pk for pk in ids if pk in row.figures]
    assert (entry.act, entry.detail) == ("figures.hand_in", "2025-01-01 2025-12-31")
    assert str(row.pk) in entry.objects


def test_the_lawyer_hands_in_and_nobody_else(country: Country) -> None:
    for role in ("agency_officer", "agency_administrator", "centre_head", "national_coordinator"):
        other = country.hub.officer("SKV", role)
        with acting(other), pytest.raises(Refused):
            hand_in_figures(actor=other, period=YEAR)
    with acting(country.skv):
        for period in ("2026", "2027", "2025-3", "", "x"):
            with pytest.raises(Invalid):
                hand_in_figures(actor=country.skv, period=period)
    assert "2026-1" in periods_on(country.skv.day)


def test_handed_in_anew_both_are_kept_and_the_same_again_is_once(country: Country) -> None:
    first = handed(country.skv)
    assert handed(country.skv).pk == first.pk
    obstacle(country.hub, "SKV", 5)
    second = handed(country.skv)
    assert second.pk != first.pk
    with acting(country.skv):
        first.refresh_from_db()
        assert (first.replaced_by, first.stands) == (second.pk, False)
        assert tables_of(first)["provisions"]["lines"][GROUND] == 7
        withdraw_figures(actor=country.skv, handed=second, why="Fel period.")
        with pytest.raises(Conflict):
            withdraw_figures(actor=country.skv, handed=second, why="Igen.")
        second.refresh_from_db()
        assert (second.withdrawn_why, second.withdrawn_by) == ("Fel period.", country.skv.account)
        kept = set(HandedFigures.seen(country.skv).values_list("pk", flat=True))
    assert kept == {first.pk, second.pk}
    with acting(country.head):
        assert not standing_figures(country.head)


def test_a_year_and_a_half_of_it_never_stand_together(country: Country) -> None:
    """Seven in the year and five in one half would tell the two that were kept back."""
    row = handed(country.skv)
    for period in ("2025-1", "2025-2"):
        with acting(country.skv), pytest.raises(Refused) as no:
            hand_in_figures(actor=country.skv, period=period)
        assert no.value.next_step
    assert country.skv_page.post(HAND_IN, {"period": "2025-1"}).status_code == 403
    preview = page(country.skv_page, f"{HAND_IN}?period=2025-1")
    assert "Ta tillbaka dem först" in preview
    assert 'name="period" value="2025-1"' not in preview
    handed(country.skv, "2024-2")
    with acting(country.skv):
        withdraw_figures(actor=country.skv, handed=row, why="Vi redovisar halvår.")
    handed(country.skv, "2025-1"), handed(country.skv, "2025-2")


def test_the_sums_are_those_of_the_agencies_and_the_missing_are_named(country: Country) -> None:
    handed(country.skv), handed(country.fk)
    with acting(country.head):
        rows = standing_figures(country.head)
        (period,) = choices(rows)
        whole = national(rows, period)
    assert whole.combined is not None
    provisions = whole.combined.tables["provisions"]
    assert provisions[GROUND].text == "11"
    # One and two, both kept back by the agencies: the sum is a span, and nothing is guessed.
    assert (provisions["2009:400/28:1"].text, provisions["2009:400/28:1"].agencies) == ("2–4", 2)
    assert {"AV", "PM", "MV"} <= set(whole.missing)
    assert not {"SKV", "FK"} & set(whole.missing)
    assert len(whole.agencies) == 9
    assert whole.combined.tables["givers"]["SKV"].least >= 7


def test_no_agency_sees_anothers_figures_in_the_code_or_in_the_database(country: Country) -> None:
    row = handed(country.skv)
    officer = country.hub.officer("AV")
    for actor in (country.fk, officer, country.hub.officer("SKV", "agency_administrator")):
        with acting(actor), connections["default"].cursor() as cursor:
            assert not HandedFigures.seen(actor).exists()
            assert not HandedFigures.rows.exists()
            cursor.execute("select count(*) from obstacles_handedfigures")
            assert cursor.fetchone() == (0,)
    with acting(country.head):
        assert [one.pk for one in HandedFigures.rows.all()] == [row.pk]
        # The coordinator reads, and neither changes nor withdraws.
        assert not HandedFigures.rows.filter(pk=row.pk).update(withdrawn_why="x")
    one_case = msgspec.structs.replace(country.skv, only_case=row.pk)
    with acting(one_case):
        assert not HandedFigures.rows.exists()


def test_the_code_alone_holds_when_the_database_fence_is_down(country: Country) -> None:
    row = handed(country.skv)
    with country.hub.owner() as owner:
        owner.execute("alter table obstacles_handedfigures disable row level security")
    with acting(country.fk):
        assert HandedFigures.rows.exists()
        assert not HandedFigures.seen(country.fk).exists()
    with acting(country.head):
        assert [one.pk for one in HandedFigures.seen(country.head)] == [row.pk]
    assert country.fk_page.get(f"/hinder/lamna-in/{row.pk}/aterta/").status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "update obstacles_handedfigures set figures = 'x'",
        "update obstacles_handedfigures set agency = 'FK'",
        "delete from obstacles_handedfigures",
        "update obstacles_handedfigures set withdrawn_at = now(), withdrawn_by = gen_random_uuid()",
    ],
)
def test_what_was_handed_in_is_never_changed(country: Country, statement: str) -> None:
    handed(country.skv)
    with (
        acting(country.skv),
        connections["default"].cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_nobody_hands_in_for_another_agency_or_unlogged(country: Country) -> None:
    row = handed(country.skv)
    values: dict[str, Any] = {
        "since": row.since, "until": date(2025, 6, 30), "figures": row.figures, "rulebook": "1",
        "handed_by": country.fk.account, "handed_by_name": "x", "entry": 1,
    }  # fmt: skip
    with acting(country.fk):
        for agency, key in (("SKV", "SKV"), ("SKV", "FK"), ("FK", "SKV")):
            with pytest.raises(DatabaseError), transaction.atomic():
                HandedFigures.rows.create(agency=agency, visible_to=key, **values)
    with pytest.raises(DatabaseError, match="was not logged"), acting(country.fk):
        HandedFigures.rows.create(agency="FK", visible_to="FK", **values)


def as_operator(hub: Hub, statement: str, *values: object) -> None:
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(statement, values)


def test_figures_changed_behind_the_hub_or_of_another_rulebook_are_not_added(
    country: Country,
) -> None:
    skv, fk = handed(country.skv), handed(country.fk)
    forged = json.loads(fk.figures)
    forged["figures"]["tables"]["provisions"]["lines"][GROUND] = 900
    change = "update obstacles_handedfigures set figures = %s where id = %s"
    as_operator(country.hub, change, json.dumps(forged), fk.pk)
    body = page(country.head_page, NATIONAL)
    assert "Inte med i summorna" in body
    assert "900" not in body
    stranger = signed(forged["figures"], signing_key(new_seed()))
    as_operator(country.hub, change, json.dumps(stranger), fk.pk)
    assert "Inte med i summorna" in page(country.head_page, NATIONAL)
    as_operator(country.hub, change, fk.figures, fk.pk)
    assert "Inte med i summorna" not in page(country.head_page, NATIONAL)
    # What another agency handed in does not pass for one's own.
    as_operator(country.hub, change, skv.figures, fk.pk)
    assert "Inte med i summorna" in page(country.head_page, NATIONAL)


def test_the_lawyer_looks_first_and_hands_in_on_the_page(country: Country) -> None:
    empty = page(country.skv_page, HAND_IN)
    assert "Inget är inlämnat" in empty
    preview = page(country.skv_page, f"{HAND_IN}?period={YEAR}")
    assert "hålls inne" in preview
    assert "27 kap. 1" in preview
    answer = country.skv_page.post(HAND_IN, {"period": YEAR}, follow=True)
    assert "Talen är inlämnade" in answer.content.decode()
    with acting(country.skv):
        row = HandedFigures.seen(country.skv).get()
    address = reverse("obstacles:withdraw", args=[row.pk])
    assert address in page(country.skv_page, HAND_IN)
    page(country.skv_page, address)
    assert "Skriv varför" in country.skv_page.post(address, {"why": ""}).content.decode()
    answer = country.skv_page.post(address, {"why": "Fel."}, follow=True)
    assert "Talen är återtagna" in answer.content.decode()
    page(country.skv_page, address, 404)
    assert country.fk_page.post(address, {"why": "Fel."}).status_code == 404
    assert country.skv_page.get(f"{HAND_IN}?period=2031").status_code == 403
    wrong = country.skv_page.post(HAND_IN, {"period": "2031"})
    assert "Välj en period" in wrong.content.decode()


def test_the_coordinator_reads_them_together_and_takes_them_along(country: Country) -> None:
    assert "Ingen myndighet har lämnat in" in page(country.head_page, NATIONAL)
    handed(country.skv), handed(country.fk), handed(country.fk, "2024")
    body = page(country.head_page, NATIONAL)
    for said in ("2–4", "inte inlämnat", "2 av 9 myndigheter", "27 kap. 1"):
        assert said in body, said
    earlier = page(country.head_page, f"{NATIONAL}?period=2024-01-01_2024-12-31")
    assert "1 av 9 myndigheter" in earlier
    for kind, start in (("csv", b'\xef\xbb\xbf"table"'), ("pdf", b"%PDF-"), ("json", b"{")):
        answer = country.head_page.get(f"/hinder/tillsammans.{kind}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    data = json.loads(country.head_page.get("/hinder/tillsammans.json").content)
    assert data["tables"]["provisions"]["lines"][GROUND]["least"] == 11
    assert country.head_page.get("/hinder/tillsammans.exe").status_code == 404
    assert country.head_page.get(f"{NATIONAL}?period=x").status_code == 403
    with acting(country.head):
        looks = LogEntry.rows.filter(account=country.head.account, act="figures.national")
        assert looks.exists()


def test_others_are_refused_the_national_page(country: Country) -> None:
    handed(country.skv)
    for client in (country.skv_page, country.hub.client(country.hub.person("SKV"))):
        assert client.get(NATIONAL).status_code == 403
        assert client.get("/hinder/tillsammans.json").status_code == 403
    assert country.head_page.get(HAND_IN).status_code == 403
    assert country.head_page.get("/hinder/").status_code == 403
    officer = country.hub.client(country.hub.person("SKV"))
    assert HAND_IN not in officer.get("/hinder/").content.decode()
    assert HAND_IN in country.skv_page.get("/hinder/").content.decode()
    assert NATIONAL in country.head_page.get("/").content.decode()
