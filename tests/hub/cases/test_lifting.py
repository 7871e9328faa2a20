"""A secrecy mark is lifted by two persons: exactly what was asked for, once, and only one's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samsyn.hub.cases.actions import (
    ask_lift_fact,
    ask_lift_line,
    confirm_secrecy,
    register_document,
    write_fact,
)
from samsyn.hub.cases.models import Event, Fact, RegisterEntry
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from tests.hub.cases.scene import GIVEN, MOST_STATEMENTS, Scene, statements
from tests.hub.cases.two_persons import decided, lawyer_of, logged, officer, token
from tests.hub.support import Hub

FIRST, SECOND = "2009:400/27:1", "2009:400/35:1"
WHY = "Uppgiften är numera allmänt känd."


@pytest.fixture
def marked(scene: Scene) -> Fact:
    """A fact of the tax agency with two provisions and a mark, all confirmed."""
    actor = officer(scene)
    with acting(actor):
        return write_fact(
            actor=actor,
            case=scene.given_case,
            text="En praktikant på bygget är sjutton år.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            secrecy=[FIRST, SECOND],
            marks=["child", "may_not_be_told"],
        )


def asked(scene: Scene, fact: Fact, **choice: Any) -> TwoPersonRequest:
    """The officer asks."""
    actor = officer(scene)
    chosen = {"secrecy": [SECOND], "marks": ["child"], "reason": WHY, **choice}
    with acting(actor):
        return ask_lift_fact(actor=actor, fact=fact, **chosen)


def now(scene: Scene, fact: Fact) -> Fact:
    """The fact as it stands."""
    actor = officer(scene)
    with acting(actor):
        return Fact.seen_one(actor, pk=fact.pk)


def test_nothing_is_lifted_until_another_person_agrees(scene: Scene, marked: Fact) -> None:
    request = asked(scene, marked)
    assert now(scene, marked).secrecy == [FIRST, SECOND]
    decided(scene, lawyer_of(scene), request)
    left = now(scene, marked)
    assert (left.secrecy, left.marks) == ([FIRST], ["may_not_be_told"])
    assert logged(scene, "secrecy.second", "lifted") == [f"{request.pk} {marked.pk}"]
    actor = officer(scene)
    with acting(actor):
        acts = list(Event.seen(actor).filter(about=marked.pk).values_list("act", flat=True))
    assert {"secrecy.lift", "secrecy.second"} <= set(acts)


def test_nobody_agrees_with_themselves(scene: Scene, marked: Fact) -> None:
    both = scene.hub.person("SKV", "agency_officer", "secrecy_lawyer")
    actor = scene.in_case(both, scene.given_case)
    with acting(actor):
        request = ask_lift_fact(actor=actor, fact=marked, secrecy=[FIRST], marks=[], reason=WHY)
    with pytest.raises(Refused):
        decided(scene, both, request)
    with pytest.raises(Refused):
        decided(scene, scene.giver, request)  # an officer has not the second person's role
    assert now(scene, marked).secrecy == [FIRST, SECOND]


def test_a_refused_request_lifts_nothing_and_none_is_done_twice(scene: Scene, marked: Fact) -> None:
    lawyer = lawyer_of(scene)
    request = asked(scene, marked)
    with pytest.raises(Refused):
        asked(scene, marked)
    decided(scene, lawyer, request, yes=False)
    with pytest.raises(Conflict):
        decided(scene, lawyer, request)
    assert now(scene, marked).marks == ["child", "may_not_be_told"]
    again = asked(scene, marked)
    decided(scene, lawyer, again)
    with pytest.raises(Conflict):
        decided(scene, lawyer, again)


def test_what_has_changed_meanwhile_is_not_lifted(scene: Scene, marked: Fact) -> None:
    lawyer = lawyer_of(scene)
    whole, part = asked(scene, marked, secrecy=[FIRST, SECOND]), asked(scene, marked)
    decided(scene, lawyer, part)
    with pytest.raises(Conflict):
        decided(scene, lawyer, whole)
    assert now(scene, marked).secrecy == [FIRST]


def test_only_the_giver_lifts_what_was_received_or_taken_over(hub: Hub, scene: Scene) -> None:
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        with pytest.raises(Refused, match="SKV"):
            ask_lift_fact(
                actor=actor, fact=scene.copy, secrecy=scene.copy.secrecy, marks=[], reason=WHY
            )
        derived = write_fact(
            actor=actor, case=scene.case, text=f"Enligt dem: {GIVEN}", marks=["victim"],
            item_kind="inspection_findings", activity="supervision",
        )  # fmt: skip
        inherited = scene.copy.secrecy[0]
        with pytest.raises(Refused, match="SKV"):
            ask_lift_fact(actor=actor, fact=derived, secrecy=[inherited], marks=[], reason=WHY)
        request = ask_lift_fact(actor=actor, fact=derived, secrecy=[], marks=["victim"], reason=WHY)
    decided(scene, lawyer_of(scene, "AV"), request)
    with acting(actor):
        left = Fact.seen_one(actor, pk=derived.pk)
    assert left.marks == []
    assert inherited in left.secrecy


def test_one_person_does_not_drop_what_has_been_confirmed(scene: Scene, marked: Fact) -> None:
    actor = officer(scene)
    with acting(actor), pytest.raises(Refused):
        confirm_secrecy(actor=actor, fact=marked, secrecy=[FIRST], marks=marked.marks)


def test_something_is_chosen_and_a_reason_given(scene: Scene, marked: Fact) -> None:
    with pytest.raises(Invalid):
        asked(scene, marked, secrecy=[], marks=[])
    with pytest.raises(Invalid):
        asked(scene, marked, secrecy=["2009:400/21:1"])
    with pytest.raises(Invalid):
        asked(scene, marked, reason=" ")


@pytest.fixture
def line(scene: Scene) -> RegisterEntry:
    """A registered document with a mark of two provisions."""
    actor = officer(scene)
    with acting(actor):
        return register_document(
            actor=actor, case=scene.given_case, direction="in", about="Anonym skrivelse",
            counterpart="Okänd", secrecy=[FIRST, SECOND], about_secret=True,
        )  # fmt: skip


def line_now(scene: Scene, line: RegisterEntry) -> RegisterEntry:
    """The line as it stands."""
    actor = officer(scene)
    with acting(actor):
        return RegisterEntry.seen_one(actor, pk=line.pk)


def test_the_mark_of_a_registered_document_is_lifted_in_part_or_whole(
    scene: Scene, line: RegisterEntry
) -> None:
    actor, lawyer = officer(scene), lawyer_of(scene)
    for chosen in ([SECOND], [FIRST]):
        with acting(actor):
            request = ask_lift_line(
                actor=actor, line=line_now(scene, line), secrecy=chosen, reason=WHY
            )
        decided(scene, lawyer, request)
        left = line_now(scene, line)
        assert left.mark_provision == [FIRST]
        assert (left.mark_lifted_at is not None) == (chosen == [FIRST])
    # What the public extract leaves out is another decision (OSL 5:2).
    assert left.about_secret
    with acting(actor), pytest.raises(Refused):
        ask_lift_line(actor=actor, line=left, secrecy=[FIRST], reason=WHY)


def test_the_mark_of_another_agency_stays_in_the_register(scene: Scene) -> None:
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        arrived = RegisterEntry.seen(actor).get(mark_agency="SKV")
        with pytest.raises(Refused, match="SKV"):
            ask_lift_line(actor=actor, line=arrived, secrecy=arrived.mark_provision, reason=WHY)


def test_the_pages_ask_once_and_say_that_a_mark_decides_nothing(
    scene: Scene, marked: Fact, line: RegisterEntry
) -> None:
    client = scene.client(scene.giver)
    of_case = scene.given_case.pk
    for address in (
        reverse("cases:fact-lift", args=[of_case, marked.pk]),
        reverse("cases:register-lift", args=[of_case, line.pk]),
    ):
        page, count = statements(client, address)
        assert count <= MOST_STATEMENTS
        assert "påminnelse och inget beslut" in page.content.decode()
        empty = client.post(address, {"reason": WHY})
        assert "Välj minst en" in empty.content.decode()
        once = token(page.content.decode())
        sent = {"secrecy": [FIRST], "reason": WHY, "once": once}
        first, second = client.post(address, sent), client.post(address, sent)
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"]
    actor = officer(scene)
    with acting(actor):
        assert TwoPersonRequest.seen(actor).count() == 2
    waiting, count = statements(client, reverse("guard:two-persons"))
    assert count <= MOST_STATEMENTS
    assert "OSL 27:1" in waiting.content.decode()
    client.cookies["samsyn-language"] = client.cookies["__Host-samsyn-language"] = "en"
    register = client.get(reverse("cases:register", args=[of_case])).content.decode()
    assert "Ask to lift it" in register
    fact = reverse("cases:fact", args=[of_case, marked.pk])
    assert "Ask for the secrecy mark to be lifted" in client.get(fact).content.decode()
    lawyer = scene.client(lawyer_of(scene))
    assert "hav/" not in lawyer.get(fact).content.decode()


def test_pages_are_not_there_for_others(scene: Scene, marked: Fact) -> None:
    address = reverse("cases:fact-lift", args=[scene.given_case.pk, marked.pk])
    assert scene.client(scene.receiver).get(address).status_code == 404
    inspector = scene.hub.person("SKV", "inspector")
    assert scene.client(inspector).get(address).status_code == 403
    copy = reverse("cases:fact-lift", args=[scene.case.pk, scene.copy.pk])
    said = scene.client(scene.receiver).get(copy).content.decode()
    assert "kan bara hävas där" in said
    assert "Här finns inget som ni kan häva." in said


def test_the_register_of_the_agency_leads_to_it_for_who_may(
    scene: Scene, line: RegisterEntry
) -> None:
    ways = reverse("cases:register-lift", args=[scene.given_case.pk, line.pk])
    for account, there in (
        (scene.giver, True),
        (scene.hub.person("SKV", "inspector"), False),
        (lawyer_of(scene), False),
    ):
        page, count = statements(scene.client(account), reverse("cases:agency-register"))
        assert "Anonym skrivelse" in page.content.decode()
        assert (ways in page.content.decode()) == there
        assert count <= MOST_STATEMENTS
    arrived = scene.client(scene.receiver).get(reverse("cases:agency-register"))
    assert "/hav/" not in arrived.content.decode()  # the mark is the giver's
