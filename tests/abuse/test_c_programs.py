"""Abuse cases 20, 22 and 24: programs, events and imports go by the same rule as people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from samsyn.hub.api.importing.carrying_out import import_facts
from samsyn.hub.api.importing.reading import rows_of
from samsyn.hub.api.models import WebhookMessage
from samsyn.hub.cases.actions import open_case, restrict_case, write_fact
from samsyn.hub.cases.models import Case, Event, Fact
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Refused
from tests.hub.api.program import PLAN, program
from tests.hub.api.told import hooked, told_now
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two, two

__all__ = ["two"]
KIND = "payroll_and_vat_figures"


# --- 20: the event is sent before the restriction exists -----------------------------------------


def test_20_what_is_closed_in_the_same_act_is_never_told(two: Two) -> None:
    hooked(two.hub, "SKV")
    with acting(two.giver):
        closed = open_case(actor=two.giver, title="Stängt", purpose=PLAN, restricted=True)
        fact = write_fact(
            actor=two.giver, case=closed, text="Hemligt.", item_kind=KIND, activity="taxation"
        )
        restricted = {closed.pk, fact.pk}
    assert Event.rows.using("worker").filter(case=closed.pk).count() > 2
    assert not WebhookMessage.rows.using("worker").filter(thing__in=restricted).exists()
    told = {message.thing for _, message in told_now()}
    assert not told & restricted


def test_20_what_is_closed_before_it_was_sent_is_not_sent(two: Two) -> None:
    hooked(two.hub, "SKV")
    with acting(two.giver):
        fact = write_fact(
            actor=two.giver, case=two.case, text="Öppet.", item_kind=KIND, activity="taxation"
        )
    with acting(two.giver):
        restrict_case(actor=two.giver, case=two.case)
    assert fact.pk not in {message.thing for _, message in told_now()}


def test_20_the_protection_track_tells_nothing(two: Two) -> None:
    hooked(two.hub, "AV")
    support = two.hub.officer("AV", "victim_support_coordinator")
    with acting(support):
        open_case(actor=support, title="Skydd", purpose=PLAN)
    assert told_now() == []


def test_20_nobody_else_is_told_and_what_is_told_is_fetched_through_the_policy(two: Two) -> None:
    hooked(two.hub, "SKV")
    hooked(two.hub, "AV")
    with acting(two.giver):
        fact = write_fact(
            actor=two.giver, case=two.case, text=SECRET, item_kind=KIND, activity="taxation"
        )
    sent = told_now()
    assert {address.split("/")[2] for address, _ in sent} == {"skv.example.org"}
    assert SECRET not in repr(sent)
    assert program(two.giver).get(f"/facts/{fact.pk}").status_code == 200
    assert program(two.receiver).get(f"/facts/{fact.pk}").status_code == 404


def test_20_an_act_that_was_undone_tells_nothing(two: Two) -> None:
    hooked(two.hub, "SKV")
    with acting(two.giver):
        open_case(actor=two.giver, title="Ångrat", purpose=PLAN)
        transaction.set_rollback(True)
    assert told_now() == []


# --- 22: told without a valid basis, by every way -------------------------------------------------


def by_page_acts(two: Two, fact: Fact) -> tuple[str, str]:
    """The acts of the pages."""
    try:
        with acting(two.giver):
            draft = prepare_disclosure(
                actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[fact]
            )
            decide_and_deliver(
                actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING
            )
    except Refused as no:
        return no.said.sv, no.ground
    return "", ""


def by_api(two: Two, fact: Fact) -> tuple[str, str]:
    """The interface, one call at a time; the item is put back among those that leave."""
    skv = program(two.giver)
    body = {"case": str(two.case.pk), "facts": [str(fact.pk)], "receiver": "AV", "purpose": PLAN}
    draft = skv.post("/disclosures", body)
    if draft.status_code == 403:
        return draft.json()["detail"], draft.json().get("ground", "")
    with two.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute("update disclosures_disclosedfact set left_out = false")
    decided = skv.post(
        f"/disclosures/{draft.json()['id']}/decide",
        {"version": draft.json()["version"], "weighing": WEIGHING},
    )
    return decided.json().get("detail", ""), decided.json().get("ground", "")


def health(two: Two) -> Fact:
    """An item that the law of the joint inspections does not open."""
    with acting(two.giver):
        return write_fact(
            actor=two.giver,
            case=two.case,
            text="Anställd har sjukskrivits för utmattning.",
            item_kind="health_data",
            activity="taxation",
            subject_kind="person",
            secrecy=["2009:400/25:1"],
        )


def nothing_told(two: Two) -> None:
    with acting(two.receiver):
        assert not Receipt.seen(two.receiver).exists()
        assert not Fact.seen(two.receiver).exclude(received_from="").exists()


def test_22_what_the_law_does_not_open_leaves_by_no_way(two: Two) -> None:
    fact = health(two)
    page, api = by_page_acts(two, fact), by_api(two, fact)
    assert page == api
    assert api[0]
    assert api[1]
    nothing_told(two)


def test_22_without_a_weighing_nothing_leaves_by_a_program_either(two: Two) -> None:
    skv = program(two.giver)
    draft = skv.post(
        "/disclosures",
        {"case": str(two.case.pk), "facts": [str(two.fact.pk)], "receiver": "AV", "purpose": PLAN},
    ).json()
    assert draft["assessments"][0]["outcome"] == "may_after_balancing"
    answer = skv.post(f"/disclosures/{draft['id']}/decide", {"version": draft["version"]})
    assert (answer.status_code, answer.json()["field"]) == (422, "weighing")
    nothing_told(two)


def test_22_an_agency_outside_the_cooperation_gets_nothing_by_a_program(two: Two) -> None:
    answer = program(two.giver).post(
        "/disclosures",
        {"case": str(two.case.pk), "facts": [str(two.fact.pk)], "receiver": "SOC", "purpose": PLAN},
    )
    assert answer.status_code in (403, 422)
    nothing_told(two)


# --- 24: an import attaches the wrong circle ------------------------------------------------------


def taken_in(actor: Actor, case: Case, *rows: dict[str, Any]) -> Any:
    with acting(actor):
        return import_facts(actor=actor, case=case, system="Gränsen", file=rows_of(list(rows)))


def row(**more: Any) -> dict[str, Any]:
    return {
        "source_id": "a1",
        "text": "Ur systemet.",
        "item_kind": KIND,
        "activity": "taxation",
    } | more


@pytest.mark.parametrize("column", ["circle", "Krets", "receiver", "Shared-With", "visible_to"])
@pytest.mark.parametrize("value", ["all", "AV", ""])
def test_24_a_file_that_says_who_may_see_it_is_refused_whole(
    two: Two, column: str, value: str
) -> None:
    with pytest.raises(Refused) as no:
        taken_in(two.giver, two.case, row(), row(source_id="a2", **{column: value}))
    assert no.value.ground == "2009:400/8:1"
    with acting(two.giver):
        assert not Fact.seen(two.giver).filter(text="Ur systemet.").exists()


def test_24_what_is_taken_in_is_the_owners_alone_until_it_is_confirmed_and_told(two: Two) -> None:
    hooked(two.hub, "AV")
    plan = taken_in(two.giver, two.case, row())
    found: UUID = plan.rows[0].fact
    with acting(two.giver):
        fact = Fact.seen(two.giver).get(pk=found)
        assert (fact.visible_to, fact.secrecy_confirmed_by, fact.common) == ("SKV", None, False)
        assert fact.secrecy
    with acting(two.receiver):
        assert not Fact.seen(two.receiver).filter(text="Ur systemet.").exists()
    assert told_now() == []
    nothing_told(two)


def test_24_a_file_taken_into_a_closed_case_stays_with_those_on_it(two: Two) -> None:
    with acting(two.giver):
        closed = open_case(actor=two.giver, title="Stängt", purpose=PLAN)
        restrict_case(actor=two.giver, case=closed)
    giver = two.hub.actor(two.hub.people[UUID(str(two.giver.account))])
    taken_in(giver, closed, row())
    colleague = two.hub.officer("SKV")
    with acting(colleague):
        assert not Fact.seen(colleague).filter(text="Ur systemet.").exists()


def test_24_what_was_taken_in_before_a_case_was_closed_is_closed_with_it(two: Two) -> None:
    """A colleague who takes in the same id elsewhere learns nothing of the closed case."""
    with acting(two.giver):
        closed = open_case(actor=two.giver, title="Sedan stängt", purpose=PLAN)
    account = two.hub.people[UUID(str(two.giver.account))]
    giver = two.hub.actor(account)
    taken_in(giver, closed, row())
    with acting(giver):
        restrict_case(actor=giver, case=closed)
    colleague = two.hub.officer("SKV")
    with acting(colleague):
        other = open_case(actor=colleague, title="Ett annat", purpose=PLAN)
    taken_in(colleague, other, row())
    with acting(colleague):
        assert Fact.seen(colleague).filter(case=other, text="Ur systemet.").count() == 1
    # Opened again, nothing of either is lost, and no id clashes.
    again = two.hub.actor(account)
    with acting(again):
        restrict_case(actor=again, case=Case.seen(again).get(pk=closed.pk), restricted=False)
    with acting(colleague):
        assert Fact.seen(colleague).filter(text="Ur systemet.").count() == 2
