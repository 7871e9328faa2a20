"""Take in what another agency asks, refuse it, and end a question. To ask stands in ``asking``."""

from __future__ import annotations

from django.db import connections

from samsyn.hub.cases.models import Case, RegisterEntry
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.obstacles import record_question_refused
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text


def place_question(*, actor: Actor, question: Question, case: Case) -> None:
    """Place a question that came in in a case of one's own, where it is answered.

    The asker learns that it is being assessed, and nothing of the case.
    """
    with act(
        actor, "question.answer", case=case.pk, matter=case.matter, objects=[question]
    ) as entry:
        Question.seen(actor).filter(pk=question.pk, side="received").update(
            case=case, visible_to=case.visible_to
        )
        RegisterEntry.seen(actor).filter(document=question.exchange, case__isnull=True).update(
            case=case, visible_to=case.visible_to
        )
        entry.detail = "placed"
        number = entry.write()
        with connections["default"].cursor() as cursor:
            cursor.execute("select disclosures_take_up_question(%s, %s)", [question.pk, number])
        tell(entry, case, about=question, asker=question.asker, placed=True)


def refuse_question(
    *, actor: Actor, question: Question, words: str, grounds: list[str] | None = None
) -> None:
    """Refuse a question with the provision that stands in the way and words for the asker.

    Raises:
        Invalid: if the asker is told nothing.
    """
    if not words.strip():
        raise Invalid(
            "words",
            Text(
                sv="Skriv vad den som frågar får veta och vad den kan göra i stället.",
                en="Write what the asker may know and may do instead.",
            ),
        )
    _end(actor, question, "question.answer", words, grounds or [], "refused")


def withdraw_question(*, actor: Actor, question: Question) -> None:
    """Withdraw one's own question before it is answered."""
    _end(actor, question, "question.ask", "", [], "withdrawn")


def _end(
    actor: Actor, question: Question, code: str, words: str, grounds: list[str], ended: str
) -> None:
    with act(
        actor, code, case=question.case_id, matter=question.matter, objects=[question]
    ) as entry:
        entry.detail, entry.ground = ended, (grounds or [""])[0]
        if question.state == "draft":
            Question.seen(actor).filter(pk=question.pk, state="draft").update(state="withdrawn")
        else:
            number = entry.write()
            with connections["default"].cursor() as cursor:
                cursor.execute(
                    "select disclosures_end_question(%s, %s, %s, %s, %s)",
                    [question.pk, words.strip(), grounds, actor.name, number],
                )
        if question.case is not None:
            tell(entry, question.case, about=question, **{ended: True})
        if ended == "refused":
            record_question_refused(actor, question, grounds, entry.number)
    question.refresh_from_db()
