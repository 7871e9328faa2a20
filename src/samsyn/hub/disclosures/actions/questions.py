"""Ask another agency, and answer for one's own. To ask is to tell that one asks: it has a law."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
from django.db import connections

from samsyn.hub.cases.actions import pause_clock, register_document
from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.fact_kinds import usual_function
from samsyn.hub.cases.models import Case, Clock, RegisterEntry
from samsyn.hub.cases.numbering import main_series
from samsyn.hub.cases.secrecy import propose_secrecy, subject_of
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.assessing import WEIGHED, Assessment, assess_question
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.registry.models import Entity
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.text import Text

ASKED_ABOUT = "workplace_fit_for_inspection"
"""What a question tells: that the asker has an interest in the object."""


def draft_question(
    *,
    actor: Actor,
    case: Case,
    holder: str,
    text: str,
    activity: str,
    entity: Entity | None = None,
    purpose: str = "",
    due_on: date | None = None,
) -> Question:
    """Write a question and ask the law whether it may be put.

    Args:
        actor, case: the asker, and the case it is asked in.
        holder, text, entity, due_on: whom, what, about which object and by when.
        activity: activity in which the asker holds the interest, since the secrecy depends on it.
        purpose: for what the answer is needed; the case's purpose when empty.

    Raises:
        Invalid: naming the field.
        Refused: if the agency is not in the cooperation that day.
    """
    _check_words(actor, text, due_on)
    if holder == actor.agency or not current_organisation().is_member(holder, actor.day):
        raise Invalid(
            "holder",
            Text(
                sv="Välj en annan myndighet som ingår i samverkan i dag.",
                en="Choose another agency that is in the cooperation today.",
            ),
        )
    wanted = purpose or case.purpose
    purpose_group(wanted)
    law = assess_asking(actor, holder, activity, entity, wanted)
    with act(actor, "question.ask", case=case.pk, matter=case.matter) as entry:
        question = Question.rows.create(
            visible_to=case.visible_to,
            exchange=uuid4(),
            side="asked",
            asker=actor.agency,
            asker_name=actor.name,
            asker_number=case.number,
            holder=holder,
            case=case,
            matter=case.matter,
            purpose=wanted,
            about=_about(entity),
            entity=entity.pk if entity else None,
            text=text.strip(),
            due_on=due_on,
            made_by=actor.account,
            law=_kept(law),
            search=lexemes(_about(entity), text),
        )
        entry.touches(question)
        entry.detail = f"draft to {holder}"
        entry.ground, entry.rulebook = law.ground, law.rulebook
        tell(entry, case, about=question, holder=holder, draft=True)
    return question


def edit_question(
    *, actor: Actor, question: Question, text: str, due_on: date | None = None
) -> None:
    """Change the words or the day of a question that has not been sent.

    Raises:
        Invalid: naming the field.
        Refused: if it has been sent.
    """
    _check_words(actor, text, due_on)
    with act(actor, "question.ask", case=question.case_id, objects=[question]) as entry:
        entry.detail = "draft changed"
        changed = (
            Question.seen(actor)
            .filter(pk=question.pk, side="asked", state="draft")
            .update(text=text.strip(), due_on=due_on, search=lexemes(question.about, text))
        )
        if not changed:
            raise Refused(
                Text(
                    sv="Frågan är redan sänd och ändras inte.",
                    en="The question has been sent and is not changed.",
                ),
                next_step=Text(
                    sv="Dra tillbaka den och skriv en ny.", en="Withdraw it and write a new one."
                ),
            )
    question.text, question.due_on = text.strip(), due_on


def _check_words(actor: Actor, text: str, due_on: date | None) -> None:
    if not text.strip():
        raise Invalid("text", Text(sv="Skriv frågan.", en="Write the question."))
    if due_on is not None and due_on < actor.day:
        raise Invalid("due_on", Text(sv="Dagen har redan varit.", en="The day is past."))


def assess_asking(
    actor: Actor, holder: str, activity: str, entity: Entity | None, purpose: str
) -> Assessment:
    """What the law says of letting the other agency know what one asks about."""
    subject = "person" if entity is not None and entity.kind == "person" else "company"
    marks = ("protected",) if entity is not None and entity.protected else ()
    secrecy = propose_secrecy(
        holder=actor.agency,
        activity=activity,
        item_kind=ASKED_ABOUT,
        subject_kind=subject,
        marks=marks,
        on=actor.day,
    )
    return assess_question(
        {
            "on": actor.day.isoformat(),
            "giver": actor.agency,
            "activity": activity,
            "item_kind": ASKED_ABOUT,
            "subject": subject_of(subject, marks),
            "secrecy": list(secrecy) or None,
            "receiver": holder,
            "receiver_function": usual_function(holder) or None,
            "purpose": purpose,
            "initiative": "own",
            # That one asks about a firm harms it little; whether it does is the asker's to say,
            # and here the stricter is taken.
            "facts": {"harm": "met"} | _joint(purpose),
        }
    )


def _joint(purpose: str) -> dict[str, Any]:
    return {"joint_inspection": True} if purpose_group(purpose) == "joint_inspection" else {}


def _kept(law: Assessment) -> dict[str, Any]:
    return {**msgspec.to_builtins(law), "ground": law.ground}


def _about(entity: Entity | None) -> str:
    if entity is None:
        return ""
    return ", ".join(filter(None, (entity.name, entity.written, entity.address)))[:240]


def send_question(*, actor: Actor, question: Question, weighing: str = "") -> None:
    """Send a question; the holder gets it as come in, the clocks of the case stand still.

    Raises:
        Refused: with the provision, if the law does not open what the question tells.
        Invalid: if the law asks for a weighing and none is written.
    """
    law = _ask_again(actor, question)
    _may_be_put(law, weighing)
    if question.case is None:
        raise Invalid("case", Text(sv="Frågan saknar ärende.", en="The question has no case."))
    case, shape = question.case, main_series(question.holder, actor.day)
    with act(actor, "question.ask", case=case.pk, matter=case.matter, objects=[question]) as entry:
        entry.ground, entry.rulebook = law.ground, law.rulebook
        entry.detail = f"sent to {question.holder}"
        Question.seen(actor).filter(pk=question.pk).update(
            law={**_kept(law), "weighing": weighing.strip()}
        )
        number = entry.write()
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select disclosures_send_question(%s, %s, %s, %s, %s)",
                [question.pk, number, shape.series, shape.text, shape.width],
            )
        register_document(
            actor=actor,
            case=case,
            direction="out",
            about=f"Fråga till {question.holder}",
            counterpart=question.holder,
            about_secret=True,
            document=question.exchange,
            document_kind="question",
        )
        for clock in Clock.seen(actor).filter(case=case, stopped_on__isnull=True):
            pause_clock(
                actor=actor,
                clock=clock,
                reason=f"Fråga till {question.holder}",
                question=question.pk,
            )
        tell(entry, case, about=question, holder=question.holder, sent=True)
    question.refresh_from_db()


def _ask_again(actor: Actor, question: Question) -> Assessment:
    """What the law says at the moment of sending."""
    return assess_question({**question.law["question"], "on": actor.day.isoformat()})


def _may_be_put(law: Assessment, weighing: str) -> None:
    if not law.opens:
        raise Refused(
            Text(
                sv="Frågan skulle röja det som är sekretessbelagt; den har inte sänts.",
                en="The question would reveal what is secret; it has not been sent.",
            ),
            next_step=Text(
                sv="Fråga utan att nämna objektet, eller för ett annat ändamål.",
                en="Ask without naming the object, or for another purpose.",
            ),
            ground=(law.excluded_by or ["2009:400/8:1"])[0],
        )
    if law.outcome == WEIGHED and len(weighing.strip()) < 20:
        raise Invalid(
            "weighing",
            Text(
                sv="Skriv varför frågan får ställas: vad som talar för och emot att nämna "
                "objektet.",
                en="Say why the question may be put: what speaks for and against naming the "
                "object.",
            ),
        )


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
    question.refresh_from_db()
