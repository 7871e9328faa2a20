"""What another agency gave is passed on within its matter, purpose and days, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from samsyn.hub.cases.actions import confirm_secrecy, open_case, write_fact
from samsyn.hub.cases.models import Case, Event, Fact
from samsyn.hub.disclosures.actions import (
    answer_question,
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    recall,
    send_question,
)
from samsyn.hub.disclosures.assessing import Wanted, question_about
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.disclosures.passing_on import NotHere
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.disclosures.asking import PLAN, receipt_of, within
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two
from tests.hub.disclosures.test_pages import delivered

OTHER = "own_supervision"


class Given:
    """What the tax agency gave: the copy, its case and whoever acts there."""

    def __init__(self, two: Two) -> None:
        self.made = delivered(two, left_out=[])
        receipt = receipt_of(two, self.made)
        self.actor: Actor = within(two.receiver, receipt)
        with acting(self.actor):
            self.case = Case.seen(self.actor).get(pk=receipt.case_id)
            self.copy = next(fact for fact in self.copies() if fact.text == SECRET)

    def copies(self) -> list[Fact]:
        """What came."""
        return list(Fact.seen(self.actor).exclude(received_from=""))

    def draft(self, *facts: Fact, **changes: Any) -> Disclosure:
        """A draft of the work environment authority to the insurance agency."""
        fields = {"receiver": "FK", "purpose": PLAN, **changes}
        with acting(self.actor):
            return prepare_disclosure(
                actor=self.actor, case=self.case, facts=facts or [self.copy], **fields
            )

    def passed(self, *facts: Fact) -> Disclosure:
        """It is passed on."""
        made = self.draft(*facts)
        with acting(self.actor):
            return decide_and_deliver(
                actor=self.actor, draft=made, version=made.version, weighing=WEIGHING
            )


@pytest.fixture
def given(two: Two) -> Given:
    return Given(two)


def third(two: Two) -> tuple[Actor, Receipt]:
    """Whoever got it from the work environment authority, acting where it came."""
    actor = two.hub.officer("FK")
    with acting(actor):
        receipt = Receipt.seen(actor).select_related("case").get(giver="AV")
    return within(actor, receipt), receipt


# --- within its bounds the law is asked -----------------------------------------------------------


def test_the_law_is_asked_of_what_is_held_here_with_the_secrecy_it_came_with(
    given: Given,
) -> None:
    wanted = Wanted(receiver="FK", purpose=PLAN, initiative="own", on=given.actor.day)
    asked = question_about(given.copy, "AV", wanted)
    assert asked["giver"] == "AV"
    assert asked["activity"] != given.copy.activity == "taxation"
    assert asked["facts"]["received_from"] == "SKV"
    assert set(given.copy.secrecy) <= set(asked["secrecy"])


def test_it_is_passed_on_in_its_matter_and_for_its_purpose_and_no_longer(
    two: Two, given: Given
) -> None:
    made = given.passed()
    assert made.valid_to == given.copy.valid_to
    actor, receipt = third(two)
    assert receipt.valid_to == given.copy.valid_to
    with acting(actor):
        (fact,) = Fact.seen(actor).all()
    assert (fact.text, fact.received_from, fact.holder) == (SECRET, "AV", "SKV")
    assert set(given.copy.secrecy) <= set(fact.secrecy)
    assert list(differences()) == []


def test_it_may_stand_in_the_words_of_a_question_within_its_bounds(given: Given) -> None:
    with acting(given.actor):
        question = draft_question(
            actor=given.actor,
            case=given.case,
            holder="FK",
            text=f"Stämmer det här? {SECRET}",
            activity="supervision",
            purpose=PLAN,
            repeats=[given.copy],
        )
        (told,) = question.law["told"]
        assert told["fact"] == str(given.copy.pk)
        send_question(actor=given.actor, question=question, weighing=WEIGHING)
        assert question.state == "sent"
        with pytest.raises(Invalid, match=r"was given .* only to") as no:
            draft_question(
                actor=given.actor,
                case=given.case,
                holder="FK",
                text=f"Stämmer det här? {SECRET}",
                activity="supervision",
                purpose=OTHER,
                repeats=[given.copy],
            )
    assert "ställ en ny fråga till SKV" in no.value.said.sv


# --- outside them whoever gave it decides -------------------------------------------------------


def test_for_another_purpose_the_officer_is_told_the_provision_and_whom_to_ask(
    two: Two, given: Given
) -> None:
    with pytest.raises(NotHere) as no:
        given.draft(purpose=OTHER)
    assert no.value.ground == given.copy.ground != ""
    assert no.value.next_step is not None
    assert "ny fråga till SKV" in no.value.next_step.sv
    assert "hänvisa FK till SKV" in no.value.next_step.sv
    two.av.post(f"/arenden/{given.case.pk}/andamal/", {"purpose": PLAN})
    form = {
        "receivers": ["FK"],
        "purpose": OTHER,
        "facts": [str(given.copy.pk)],
        "token": "5f0f1bd0-0000-4000-8000-000000000001",
    }
    said = two.av.post(f"/arenden/{given.case.pk}/lamna-ut/", form).content.decode()
    assert "För ett annat ändamål krävs ett nytt beslut hos SKV" in said
    assert "hänvisa FK till SKV" in said


def test_a_question_from_another_matter_is_not_answered_with_it(two: Two, given: Given) -> None:
    asker = two.hub.officer("FK")
    with acting(asker):
        case = open_case(actor=asker, title="Ett annat", purpose=PLAN)
        question = draft_question(
            actor=asker, case=case, holder="AV", text="Vad är känt?", activity="benefit_control"
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
    with acting(given.actor):
        theirs = Question.seen(given.actor).get(exchange=question.exchange)
        place_question(actor=given.actor, question=theirs, case=given.case)
        theirs.refresh_from_db()
        with pytest.raises(NotHere) as no:
            answer_question(actor=given.actor, question=theirs, chosen={given.copy.pk: ""})
    assert "en annan sak" in no.value.said.sv
    assert "Hänvisa FK till SKV" in no.value.next_step.sv if no.value.next_step else False


def test_what_builds_on_it_is_bound_alike(given: Given) -> None:
    with acting(given.actor):
        note = write_fact(
            actor=given.actor,
            case=given.case,
            text=f"Noterat: {SECRET}",
            item_kind="inspection_findings",
            activity="supervision",
        )
    with pytest.raises(NotHere):
        given.draft(note, purpose=OTHER)


def test_nobody_may_read_it_for_longer_than_whoever_passes_it_on(two: Two, given: Given) -> None:
    made = given.draft()
    assert given.copy.valid_to is not None
    late = given.copy.valid_to + timedelta(days=1)
    with acting(given.actor), pytest.raises(Refused, match="for longer"):
        decide_and_deliver(
            actor=given.actor,
            draft=made,
            version=made.version,
            weighing=WEIGHING,
            valid_to=late,
        )


@pytest.mark.parametrize(
    "change", ["matter = gen_random_uuid()", "purpose_group = 'control'", "valid_to = '2999-01-01'"]
)
def test_the_database_lets_nothing_bound_elsewhere_leave(given: Given, change: str) -> None:
    made = given.draft()
    with acting(given.actor), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(
            f"update disclosures_disclosure set state = 'decided', decided_by = %s, "
            f"ground = 'x', outcome = 'must', {change} where id = %s",
            [given.actor.account, made.pk],
        )
        with pytest.raises(DatabaseError, match="bound to another"):
            cursor.execute("select disclosures_deliver(%s, 1, 'a', 'b', 1)", [made.pk])
        transaction.set_rollback(True)


def test_what_is_marked_after_the_draft_was_made_does_not_leave(given: Given) -> None:
    made = given.draft()
    with acting(given.actor):
        marks = [*given.copy.marks, "may_not_be_told"]
        confirm_secrecy(actor=given.actor, fact=given.copy, secrecy=given.copy.secrecy, marks=marks)
        with pytest.raises(Refused, match="may not be passed on"):
            decide_and_deliver(
                actor=given.actor, draft=made, version=made.version, weighing=WEIGHING
            )
    with acting(given.actor):
        given.copy = Fact.seen_one(given.actor, pk=given.copy.pk)
    with pytest.raises(Refused, match="may not be passed on"):
        given.draft()


# --- a recall reaches what was passed on --------------------------------------------------------


def test_a_recall_reaches_what_was_passed_on(two: Two, given: Given) -> None:
    made = given.passed()
    actor, receipt = third(two)
    with acting(two.giver):
        recall(actor=two.giver, disclosure=given.made, reason="Fel uppgift.")
    with acting(actor):
        assert not Fact.seen(actor).exists()
        receipt.refresh_from_db()
        assert receipt.state == "withdrawn"
        told = Event.seen(actor).get(act="disclosure.recalled", about=made.exchange)
        assert (told.by_agency, told.by_name) == ("AV", "")  # not whose it was from the first
    with acting(given.actor):
        assert not DisclosedFact.seen(given.actor).exists()
    assert list(differences()) == []


def test_what_was_given_besides_stays_when_one_fact_of_it_is_recalled(
    two: Two, given: Given
) -> None:
    with acting(given.actor):
        own = write_fact(
            actor=given.actor,
            case=given.case,
            text="Ställningen saknade räcke.",
            item_kind="inspection_findings",
            activity="supervision",
        )
    given.passed(given.copy, own)
    actor, receipt = third(two)
    with acting(two.giver):
        recall(actor=two.giver, disclosure=given.made, reason="Fel uppgift.")
    with acting(actor):
        assert [fact.text for fact in Fact.seen(actor)] == ["Ställningen saknade räcke."]
        receipt.refresh_from_db()
        assert receipt.state == "received"
    assert list(differences()) == []
