"""Calls about questions: list, read, draft, send, place, refuse, withdraw."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from samsyn.hub.api.entering import acting, enter_case, enter_seen, key_of, same_purpose
from samsyn.hub.api.known import known_activity, known_provisions
from samsyn.hub.api.once import once
from samsyn.hub.api.paging import page_of
from samsyn.hub.api.shapes import USUAL, Cursor, Limit, Page
from samsyn.hub.api.shapes_exchange import (
    QuestionNew,
    QuestionOut,
    QuestionPlace,
    QuestionRefuse,
    QuestionSend,
)
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.reads_facts import subject_of_case
from samsyn.hub.disclosures.actions import (
    draft_question,
    place_question,
    refuse_question,
    send_question,
    withdraw_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Conflict, Missing
from samsyn.kernel.text import Text

router = Router(tags=["questions"])
QUESTION = "/questions/{uuid:question_id}"
READ = "disclosure.read"
Side = Literal["", "asked", "received"]
State = Literal["", "draft", "sent", "answered", "refused", "withdrawn"]


@router.get("/questions", response=Page[QuestionOut], summary="Questions, asked and received")
def list_questions(
    request: HttpRequest,
    side: Side = "",
    state: State = "",
    case: UUID | None = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Page[QuestionOut]:
    """Questions of one's own agency, the newest first."""
    actor = acting(request, READ)
    rows = Question.seen(actor)
    only = key_of(request).case
    for name, value in (("side", side), ("state", state), ("case", case), ("case_id", only)):
        if value:
            rows = rows.filter(**{name: value})
    found, follow = page_of(rows, "made_at", cursor, limit)
    look(actor, READ, objects=found, detail="list")
    return Page(items=[QuestionOut.of(row) for row in found], next=follow)


@router.get(QUESTION, response=QuestionOut, summary="A question")
def read_question(request: HttpRequest, question_id: UUID) -> QuestionOut:
    """One question of one's own agency. The look is logged."""
    actor, question = enter_question(request, question_id, READ)
    look(actor, READ, objects=[question])
    return QuestionOut.of(question)


def enter_question(request: HttpRequest, question_id: UUID, act: str) -> tuple[Actor, Question]:
    """Go on with a question, in its case where it has one.

    Raises:
        Refused: naming the act.
        Missing: if there is none for this key.
    """
    actor = acting(request, act)
    found = Question.seen(actor).filter(pk=question_id).select_related("case").first()
    if found is None:
        raise Missing
    if found.case is not None:
        actor, _ = enter_seen(request, found.case)
    elif key_of(request).case is not None:
        raise Missing
    return actor, found


@router.post(
    "/cases/{uuid:case_id}/questions",
    response={200: QuestionOut, 201: QuestionOut},
    summary="Draft a question",
)
def draft_a_question(
    request: HttpRequest, case_id: UUID, payload: QuestionNew
) -> Status[QuestionOut]:
    """Draft a question to another agency; the law says whether it may be put."""
    actor, case = enter_case(request, case_id, "question.ask")
    known_activity(actor.agency, payload.activity)
    values = payload.model_dump(exclude={"entity"})
    values["purpose"] = same_purpose(request, payload.purpose)
    entity = subject_of_case(actor, case, payload.entity) if payload.entity else None
    made, new = once(
        request, lambda: draft_question(actor=actor, case=case, entity=entity, **values)
    )
    return Status(201 if new else 200, _now(actor, made))


@router.post(QUESTION + "/send", response=QuestionOut, summary="Send a question")
def send_a_question(request: HttpRequest, question_id: UUID, payload: QuestionSend) -> QuestionOut:
    """Send a draft. The law is asked again; a no names the provision."""
    actor, question = enter_question(request, question_id, "question.ask")
    _in_state(question, "asked", "draft")
    send_question(actor=actor, question=question, weighing=payload.weighing)
    return _now(actor, question.pk)


@router.post(QUESTION + "/place", response=QuestionOut, summary="Place a question in a case")
def place_a_question(
    request: HttpRequest, question_id: UUID, payload: QuestionPlace
) -> QuestionOut:
    """Place a question that came in in a case of one's own, where it is answered."""
    actor, question = enter_question(request, question_id, "question.answer")
    _in_state(question, "received", "sent")
    actor, case = enter_seen(request, Case.seen_one(actor, pk=payload.case))
    place_question(actor=actor, question=question, case=case)
    return _now(actor, question.pk)


@router.post(QUESTION + "/refuse", response=QuestionOut, summary="Refuse a question")
def refuse_a_question(
    request: HttpRequest, question_id: UUID, payload: QuestionRefuse
) -> QuestionOut:
    """Refuse with the provision that stands in the way, and words for the asker."""
    actor, question = enter_question(request, question_id, "question.answer")
    _in_state(question, "received", "sent")
    grounds = known_provisions(payload.grounds, "grounds")
    refuse_question(actor=actor, question=question, words=payload.words, grounds=grounds)
    return _now(actor, question.pk)


@router.post(QUESTION + "/withdraw", response=QuestionOut, summary="Withdraw a question")
def withdraw_a_question(request: HttpRequest, question_id: UUID) -> QuestionOut:
    """Withdraw one's own question before it is answered."""
    actor, question = enter_question(request, question_id, "question.ask")
    _in_state(question, "asked", "draft", "sent")
    withdraw_question(actor=actor, question=question)
    return _now(actor, question.pk)


def _now(actor: Actor, question_id: UUID) -> QuestionOut:
    require(actor, READ)
    return QuestionOut.of(Question.seen_one(actor, pk=question_id))


def _in_state(question: Question, side: str, *states: str) -> None:
    """A step is taken from where a question stands, on the side whose step it is.

    Raises:
        Conflict: naming where it stands.
    """
    if question.side == side and question.state in states:
        return
    raise Conflict(
        Text(
            sv=f"Frågan är {question.side}/{question.state}; det steget tas inte härifrån.",
            en=f"The question is {question.side}/{question.state}; that step is not taken here.",
        ),
        next_step=Text(sv="Läs frågan igen.", en="Read the question again."),
    )
