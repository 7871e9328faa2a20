"""Questions made from sets, asked and answered, for the tests of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from samsyn.hub.disclosures.actions import (
    Asked,
    answer_question,
    decide_and_deliver,
    draft_round,
    place_question,
    send_question,
)
from samsyn.hub.disclosures.models import Disclosure, Question, Receipt
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.conftest import WEIGHING, Two

PLAN = "joint_inspection_plan"
PAYROLL = "payroll_and_staff"


def ask_set(two: Two, *holders: str, code: str = PAYROLL, **changes: Any) -> list[Question]:
    """Drafts of the work environment authority, made from a set."""
    asked = Asked(
        **{
            "text": "",
            "activity": "supervision",
            "entity": two.place,
            "purpose": PLAN,
            "chosen": known_questions().sets[code],
            **changes,
        }
    )
    with acting(two.receiver):
        return draft_round(
            actor=two.receiver, case=two.asking, holders=holders or ("SKV",), asked=asked
        )


def sent_set(two: Two, **changes: Any) -> tuple[Question, Question]:
    """A question that is out, as the asker has it and, placed, as the tax agency has it."""
    (question,) = ask_set(two, **changes)
    with acting(two.receiver):
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get(exchange=question.exchange)
        place_question(actor=two.giver, question=theirs, case=two.case)
        theirs.refresh_from_db()
    return question, theirs


def answered(two: Two, theirs: Question, chosen: dict[UUID, str], **more: Any) -> Disclosure:
    """An answer that has been decided and has left."""
    with acting(two.giver):
        theirs = Question.seen(two.giver).select_related("case").get(pk=theirs.pk)
        draft = answer_question(actor=two.giver, question=theirs, chosen=chosen, **more)
        return decide_and_deliver(
            actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING
        )


def within(actor: Actor, receipt: Receipt, group: str = "joint_inspection") -> Actor:
    """The receiver acting in the case that something came to."""
    return actor.within(
        case=receipt.case_id, matter=receipt.case.matter, purpose=PLAN, purpose_group=group
    )


def receipt_of(two: Two, made: Disclosure) -> Receipt:
    """What came in at the work environment authority."""
    with acting(two.receiver):
        return Receipt.seen(two.receiver).select_related("case").get(exchange=made.exchange)


def ask_form(two: Two, *holders: str, **changes: Any) -> dict[str, Any]:
    """The form of asking from a set, as the page sends it."""
    return {
        "holders": holders,
        "items": ["declared", "totals"],
        "entity": str(two.place.pk),
        "purpose": PLAN,
        "activity": "supervision",
        "text": "",
        "token": uuid4(),
        **changes,
    }
