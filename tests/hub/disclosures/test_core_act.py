"""The core act: an officer asks or offers, the law answers, the officer decides, exactly those
facts become visible to exactly that agency, and can be recalled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, connections, transaction

from samsyn.hub.cases.actions import add_subject, open_case, write_fact
from samsyn.hub.cases.models import Case, Event, Fact, RegisterEntry
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    nominate,
    place_question,
    prepare_disclosure,
    recall,
    refuse_question,
    send_question,
)
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.support import Hub

WEIGHING = "Kontrollen kan inte planeras utan uppgiften; bolagets intresse väger lättare."


@dataclass
class Scene:
    """The tax agency has a case with two facts; the work environment authority has nothing."""

    hub: Hub
    giver: Actor
    receiver: Actor
    case: Case
    fact: Fact
    kept: Fact


@pytest.fixture
def scene(hub: Hub) -> Scene:
    giver, receiver = hub.officer("SKV"), hub.officer("AV")
    with acting(giver):
        case = open_case(actor=giver, title="Björklunds Bygg", purpose="joint_inspection_plan")
        fact = write_fact(
            actor=giver,
            case=case,
            text="Redovisade löner täcker fyra av elva som arbetar på platsen.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
        )
        kept = write_fact(
            actor=giver,
            case=case,
            text="En revisor har lämnat egna anteckningar.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
        )
    return Scene(hub, giver, receiver, case, fact, kept)


def deliver(scene: Scene, **changes: Any) -> Disclosure:
    with acting(scene.giver):
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[scene.fact],
        )
        return decide_and_deliver(
            actor=scene.giver, draft=draft, version=draft.version, weighing=WEIGHING, **changes
        )


def statistics_of(scene: Scene) -> Fact:
    """A fact that nothing opens to another agency: absolute secrecy of statistics (OSL 24:8)."""
    return write_fact(
        actor=scene.giver,
        case=scene.case,
        text="Svar i en undersökning.",
        item_kind="payroll_and_vat_figures",
        activity="taxation",
        subject_kind="company",
        secrecy=["2009:400/24:8"],
    )


def in_case(actor: Actor, purpose: str = "joint_inspection") -> Actor:
    """The receiver's actor within the case it has been told of."""
    with acting(actor):
        case = Case.seen(actor).get()
    return actor.within(case=case.pk, matter=case.matter, purpose=None, purpose_group=purpose)


def test_before_it_is_told_nobody_else_sees_that_there_is_a_case(scene: Scene) -> None:
    with acting(scene.receiver):
        assert not Case.rows.exists()
        assert not Fact.rows.exists()
        assert not Event.rows.exists()


def test_exactly_the_decided_fact_arrives_with_its_ground(scene: Scene) -> None:
    disclosure = deliver(scene)
    assert disclosure.state == "delivered"
    there = in_case(scene.receiver)
    with acting(there):
        (copy,) = Fact.rows.all()
        assert list(Fact.seen(there)) == [copy]
        assert copy.text == scene.fact.text
        assert (copy.received_from, copy.holder, copy.agency) == ("SKV", "SKV", "AV")
        assert copy.ground == disclosure.ground != ""
        receipt = Receipt.seen(there).get()
        assert (receipt.giver, receipt.decided_by_name) == ("SKV", scene.giver.name)
        assert RegisterEntry.seen(there).get().direction == "in"
        assert not Disclosure.rows.exists()
    with acting(scene.giver):
        assert Fact.seen(scene.giver).count() == 2
        assert LogEntry.rows.filter(act="disclosure.decide", ground=disclosure.ground).exists()


@pytest.mark.parametrize("purpose", ["control", "law_enforcement", ""])
def test_what_was_given_for_one_purpose_is_not_read_for_another(scene: Scene, purpose: str) -> None:
    deliver(scene)
    other = in_case(scene.receiver, purpose)
    with acting(other):
        assert not Fact.rows.exists()
        assert not Fact.seen(other).exists()


def test_it_is_not_read_outside_its_matter(scene: Scene) -> None:
    deliver(scene)
    with acting(scene.receiver):
        case = open_case(actor=scene.receiver, title="Annat", purpose="joint_inspection_plan")
    elsewhere = scene.receiver.within(
        case=case.pk, matter=case.matter, purpose=None, purpose_group="joint_inspection"
    )
    with acting(elsewhere):
        assert not Fact.rows.exists()


def test_it_is_not_read_after_its_last_day(scene: Scene) -> None:
    deliver(scene, valid_to=scene.giver.day)
    there = in_case(scene.receiver)
    with acting(there):
        assert Fact.rows.count() == 1
    tomorrow = _on(there, days=1)
    with acting(tomorrow):
        assert not Fact.rows.exists()
        assert not Fact.seen(tomorrow).exists()


def _on(actor: Actor, days: int) -> Actor:

    return msgspec.structs.replace(actor, day=actor.day + timedelta(days=days))


def test_a_recalled_fact_is_gone_and_the_giver_learns_what_was_read(scene: Scene) -> None:
    disclosure = deliver(scene)
    there = in_case(scene.receiver)
    with acting(there):
        copy = Fact.rows.get()
        with connections["default"].cursor() as cursor:
            cursor.execute("select disclosures_mark_read(%s, false)", [[copy.pk]])
        look(there, "fact.read", objects=[copy])
    with acting(scene.giver):
        assert DisclosedFact.seen(scene.giver).get().read_at is not None
        assert recall(actor=scene.giver, disclosure=disclosure, reason="Fel bolag") == 1
    with acting(there):
        assert not Fact.rows.exists()
        assert Receipt.rows.get().state == "recalled"


def test_withdrawn_before_it_was_read_it_never_arrived(scene: Scene) -> None:
    disclosure = deliver(scene)
    with acting(scene.giver):
        assert recall(actor=scene.giver, disclosure=disclosure, reason="Fel bolag") == 0
    with acting(scene.receiver):
        assert not Case.rows.exists()
        assert not Receipt.rows.exists()
        assert not RegisterEntry.rows.exists()


def test_what_is_told_after_all_was_withdrawn_unread_arrives(scene: Scene) -> None:
    disclosure = deliver(scene)
    with acting(scene.giver):
        recall(actor=scene.giver, disclosure=disclosure, reason="Fel bolag")
    deliver(scene, told_title="Bygget, rätt bolag")
    with acting(scene.receiver):
        case = Case.seen(scene.receiver).get()
        assert (case.state, case.title, case.visible_to) == ("told", "Bygget, rätt bolag", "AV")
        assert Receipt.seen(scene.receiver).get().state == "received"
        line = RegisterEntry.seen(scene.receiver).get()
        # As if nothing had been before: the first line of a number of its own.
        assert (line.number, line.sequence) == (case.number, 1)
        assert [event.act for event in Event.seen(scene.receiver)] == ["disclosure.arrive"]
    there = in_case(scene.receiver)
    with acting(there):
        assert Fact.seen(there).get().state == "current"
    assert list(differences()) == []


def test_a_weighing_needs_words(scene: Scene) -> None:
    with acting(scene.giver):
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[scene.fact],
        )
        assert draft.items.get().outcome == "may_after_balancing"
        with pytest.raises(Invalid) as error:
            decide_and_deliver(actor=scene.giver, draft=draft, version=draft.version)
    assert error.value.field == "weighing"


def test_what_the_law_does_not_open_does_not_leave(scene: Scene) -> None:
    with acting(scene.giver):
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[statistics_of(scene)],
        )
        item = draft.items.get()
        assert item.outcome == "must_not"
        assert item.left_out
        with pytest.raises(Refused):
            decide_and_deliver(
                actor=scene.giver, draft=draft, version=draft.version, weighing=WEIGHING
            )


def test_the_database_carries_nothing_the_law_does_not_open(scene: Scene) -> None:
    """The second fence: a decision forged past the code is not carried out."""
    with acting(scene.giver):
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[statistics_of(scene)],
        )
        Disclosure.rows.filter(pk=draft.pk).update(
            state="decided", ground="x", outcome="may", decided_by=scene.giver.account
        )
        DisclosedFact.rows.filter(disclosure=draft).update(left_out=False)
        with (
            connections["default"].cursor() as cursor,
            pytest.raises(DatabaseError, match="does not open"),
            transaction.atomic(),
        ):
            cursor.execute("select disclosures_deliver(%s, 1, 'main', 'AV %%s', 6)", [draft.pk])


def test_the_law_of_the_day_decides(scene: Scene) -> None:
    """Before 2024-07-01 there was no act on joint inspections."""

    before = msgspec.structs.replace(scene.giver, day=scene.giver.day.replace(2024, 6, 28))
    with acting(before):
        draft = prepare_disclosure(
            actor=before,
            case=scene.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[scene.fact],
        )
        grounds = draft.items.get().grounds
    assert not any(ground.startswith("2024:307") for ground in grounds)


def test_a_question_is_asked_and_answered(scene: Scene) -> None:
    asker = scene.receiver
    with acting(asker):
        case = open_case(actor=asker, title="Kontroll", purpose="joint_inspection_plan")
        firm = add_subject(actor=asker, case=case, kind="firm", name="Björklunds Bygg AB")
        question = draft_question(
            actor=asker,
            case=case,
            holder="SKV",
            text="Vilka löner har redovisats?",
            activity="supervision",
            entity=firm,
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
    with acting(scene.giver):
        received = Question.seen(scene.giver).get()
        assert (received.side, received.state, received.asker) == ("received", "sent", "AV")
        place_question(actor=scene.giver, question=received, case=scene.case)
        received.refresh_from_db()
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="AV",
            purpose=received.purpose,
            facts=[scene.fact],
            question=received,
        )
        decide_and_deliver(actor=scene.giver, draft=draft, version=draft.version, weighing=WEIGHING)
    with acting(asker):
        question.refresh_from_db()
        assert question.state == "answered"
        assert Case.seen(asker).count() == 1
    there = asker.within(
        case=case.pk, matter=case.matter, purpose=None, purpose_group="joint_inspection"
    )
    with acting(there):
        assert [fact.text for fact in Fact.seen(there)] == [scene.fact.text]


def test_a_refused_question_tells_its_provision(scene: Scene) -> None:
    asker = scene.receiver
    with acting(asker):
        case = open_case(actor=asker, title="Kontroll", purpose="joint_inspection_plan")
        question = draft_question(
            actor=asker, case=case, holder="SKV", text="Vilka?", activity="supervision"
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
    with acting(scene.giver):
        refuse_question(
            actor=scene.giver,
            question=Question.seen(scene.giver).get(),
            words="Uppgifterna omfattas av sekretess.",
            grounds=["2009:400/27:1"],
        )
    with acting(asker):
        question.refresh_from_db()
    assert (question.state, question.refusal_grounds) == ("refused", ["2009:400/27:1"])


def test_an_object_is_nominated_without_saying_why(scene: Scene) -> None:
    with acting(scene.giver):
        place = add_subject(
            actor=scene.giver, case=scene.case, kind="workplace", name="Kvarteret Lönnen"
        )
        draft = nominate(actor=scene.giver, case=scene.case, entity=place, receiver="AV")
        decide_and_deliver(actor=scene.giver, draft=draft, version=draft.version, weighing=WEIGHING)
    there = in_case(scene.receiver)
    with acting(there):
        assert [fact.text for fact in Fact.seen(there)] == ["Kvarteret Lönnen"]


def test_copying_by_hand_opens_nothing(scene: Scene) -> None:
    deliver(scene)
    there = in_case(scene.receiver)
    with acting(there):
        case = Case.seen(there).get()
        note = write_fact(
            actor=there,
            case=case,
            text="Noterat: redovisade löner täcker fyra av elva, kontrolleras.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
        copy = Fact.seen(there).exclude(received_from="").get()
    assert note.derived_from == [copy.pk]
    assert set(copy.secrecy) <= set(note.secrecy)
    assert (note.bound_matter, note.valid_to) == (copy.bound_matter, copy.valid_to)
    with acting(scene.receiver):
        assert not Fact.rows.exists()


def test_a_draft_that_points_to_another_agencys_fact_carries_nothing(scene: Scene) -> None:
    """The database looks whose the fact is, though the code never lets one choose it."""
    with acting(scene.receiver):
        case = open_case(actor=scene.receiver, title="Vårt", purpose="joint_inspection_plan")
        theirs = write_fact(
            actor=scene.receiver,
            case=case,
            text="Hemligt hos arbetsmiljöverket.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    with acting(scene.giver):
        draft = prepare_disclosure(
            actor=scene.giver,
            case=scene.case,
            receiver="FK",
            purpose="joint_inspection_plan",
            facts=[scene.fact],
        )
        item = DisclosedFact.seen(scene.giver).get(disclosure=draft)
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(
                "update disclosures_disclosedfact set fact_id = %s where id = %s",
                [theirs.pk, item.pk],
            )
            with pytest.raises(DatabaseError, match="not yours to tell"):
                cursor.execute(
                    "update disclosures_disclosure set state = 'decided', decided_by = %s, "
                    "ground = 'x', outcome = 'must' where id = %s; "
                    "select disclosures_deliver(%s, 1, 'a', 'b', 1)",
                    [scene.giver.account, draft.pk, draft.pk],
                )
            transaction.set_rollback(True)
