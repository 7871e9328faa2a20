"""Ask another agency, or several. To ask is to tell that one asks: it has a law."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import connections, transaction
from django.utils import timezone

from samsyn.hub.cases.actions import pause_clock, register_document
from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case, Clock, Fact
from samsyn.hub.cases.numbering import main_series
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.assessing import (
    BETWEEN_AGENCIES,
    SHORTEST_WEIGHING,
    WEIGHED,
    Assessment,
    assess_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.obstacles import record_not_put
from samsyn.hub.disclosures.question_sets import AskedItem, QuestionSet
from samsyn.hub.disclosures.telling_law import assess_telling
from samsyn.hub.disclosures.words_law import (
    TOLD,
    facts_in_words,
    still_there,
    strictest,
    words_assessed,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.registry.models import Entity
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.text import Text

ASKED_ABOUT = "workplace_fit_for_inspection"
"""What a question tells: that the asker has an interest in the object."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, of whomever.

    Attributes:
        text: in own words; a question made from a set may have none.
        activity: activity in which the asker holds the interest, since the secrecy depends on it.
        entity: about which object; None when nobody is named.
        purpose: for what the answer is needed; the case's purpose when empty.
        due_on: by when.
        chosen: the set it is made from; None in own words.
        items: codes of the items of the set that are asked; all of them when empty.
        repeats: facts of a case that the words tell, as the officer says.
    """

    text: str
    activity: str
    entity: Entity | None = None
    purpose: str = ""
    due_on: date | None = None
    chosen: QuestionSet | None = None
    items: tuple[str, ...] = ()
    repeats: tuple[Fact, ...] = ()

    @property
    def asked_items(self) -> list[AskedItem]:
        """The items that are asked."""
        every = self.chosen.items if self.chosen is not None else ()
        return [item for item in every if not self.items or item.code in self.items]

    @property
    def words(self) -> str:
        """The words of the question; those of the set when the asker adds none."""
        return self.text.strip() or (self.chosen.name.sv if self.chosen is not None else "")


def draft_round(
    *, actor: Actor, case: Case, holders: Sequence[str], asked: Asked
) -> list[Question]:
    """Write the same question to several agencies, each with what the law says of asking it.

    Each gets a question of its own. What ties them stands in the asker's rows alone.

    Raises:
        Invalid: naming the field.
    """
    together = uuid4() if len(holders) > 1 else None
    purpose = asked.purpose or case.purpose
    told = facts_in_words(
        actor, case, asked.text, asked.repeats, purpose=purpose, receiver=", ".join(holders)
    )
    with transaction.atomic():
        return [_draft(actor, case, holder, asked, told, together) for holder in holders]


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
    repeats: Iterable[Fact] = (),
) -> Question:
    """Write a question in own words and ask the law whether it may be put.

    Args:
        actor, case: the asker, and the case it is asked in.
        holder, text, entity, due_on: whom, what, about which object and by when.
        activity, purpose, repeats: as in :class:`Asked`.

    Raises:
        Invalid: naming the field.
    """
    asked = Asked(
        text=text,
        activity=activity,
        entity=entity,
        purpose=purpose,
        due_on=due_on,
        repeats=tuple(repeats),
    )
    return draft_round(actor=actor, case=case, holders=[holder], asked=asked)[0]


def _draft(
    actor: Actor, case: Case, holder: str, asked: Asked, told: list[Fact], together: UUID | None
) -> Question:
    _check_words(actor, asked.words, asked.due_on)
    if holder == actor.agency or not current_organisation().is_member(holder, actor.day):
        raise Invalid(
            "holder",
            Text(
                sv="Välj en annan myndighet som ingår i samverkan i dag.",
                en="Choose another agency that is in the cooperation today.",
            ),
        )
    wanted = asked.purpose or case.purpose
    purpose_group(wanted)
    law = assess_asking(actor, holder, asked.activity, asked.entity, wanted)
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
            about=_about(asked.entity),
            entity=asked.entity.pk if asked.entity else None,
            text=asked.words,
            question_set=asked.chosen.code if asked.chosen else "",
            items=[item.kept() for item in asked.asked_items],
            round=together,
            due_on=asked.due_on,
            made_by=actor.account,
            law=_kept(law, words_assessed(actor, told, holder, wanted)),
            search=lexemes(_about(asked.entity), asked.words, *_item_words(asked.asked_items)),
        )
        entry.touches(question, *told)
        entry.detail = f"draft to {holder}"
        entry.ground, entry.rulebook = law.ground, law.rulebook
        tell(entry, case, about=question, holder=holder, draft=True)
        if not may_be_sent(question):
            record_not_put(actor, question, entry.number)
    return question


def _item_words(items: Iterable[AskedItem]) -> list[str]:
    return [item.text.sv for item in items]


def edit_question(
    *,
    actor: Actor,
    question: Question,
    text: str,
    due_on: date | None = None,
    repeats: Collection[Fact] | None = None,
) -> None:
    """Change the words or the day of a question that has not been sent.

    Args:
        repeats: facts that the words tell now; those said before when None.

    Raises:
        Invalid: naming the field.
        Refused: if it has been sent.
    """
    _check_words(actor, text, due_on)
    if repeats is None:
        repeats = still_there(actor, question)
    case = question.case
    told = (
        facts_in_words(
            actor, case, text, repeats, purpose=question.purpose, receiver=question.holder
        )
        if case is not None
        else []
    )
    law = {**question.law, **words_assessed(actor, told, question.holder, question.purpose)}
    words = [str(item["sv"]) for item in question.items]
    with act(actor, "question.ask", case=question.case_id, objects=[question, *told]) as entry:
        entry.detail = "draft changed"
        changed = (
            Question.seen(actor)
            .filter(pk=question.pk, side="asked", state="draft")
            .update(
                text=text.strip(),
                due_on=due_on,
                law=law,
                search=lexemes(question.about, text, *words),
            )
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
    question.text, question.due_on, question.law = text.strip(), due_on, law


def _check_words(actor: Actor, text: str, due_on: date | None) -> None:
    if not text.strip():
        raise Invalid("text", Text(sv="Skriv frågan.", en="Write the question."))
    if due_on is not None and due_on < actor.day:
        raise Invalid("due_on", Text(sv="Dagen har redan varit.", en="The day is past."))


def assess_asking(
    actor: Actor, holder: str, activity: str, entity: Entity | None, purpose: str
) -> Assessment:
    """What the law says of letting the other agency know what one asks about."""
    return assess_telling(
        actor,
        holder,
        ASKED_ABOUT,
        activity=activity,
        purpose=purpose,
        subject="person" if entity is not None and entity.kind == "person" else "company",
        marks=("protected",) if entity is not None and entity.protected else (),
    )


def _kept(law: Assessment, told: dict[str, Any]) -> dict[str, Any]:
    return {**msgspec.to_builtins(law), "ground": law.ground, **told}


def _about(entity: Entity | None) -> str:
    if entity is None:
        return ""
    return ", ".join(filter(None, (entity.name, entity.written, entity.address)))[:240]


def may_be_sent(question: Question) -> bool:
    """Whether the law opened the asking and all that the words tell, when it was asked last."""
    return strictest(question.law) != "must_not"


def send_question(*, actor: Actor, question: Question, weighing: str = "") -> None:
    """Send a question; the holder gets it as come in, the clocks of the case stand still.

    Raises:
        Refused: with the provision, if the law does not open what the question tells.
        Invalid: if the law asks for a weighing and none is written.
    """
    law = assess_question({**question.law["question"], "on": actor.day.isoformat()})
    facts = still_there(actor, question)
    told = words_assessed(actor, facts, question.holder, question.purpose)
    _may_be_put(law, told, weighing)
    if question.case is None:
        raise Invalid("case", Text(sv="Frågan saknar ärende.", en="The question has no case."))
    case, shape = question.case, main_series(question.holder, actor.day)
    with act(actor, "question.ask", case=case.pk, matter=case.matter, objects=[question]) as entry:
        entry.touches(*facts)
        entry.ground, entry.rulebook = law.ground, law.rulebook
        entry.detail = f"sent to {question.holder}"
        kept = {**_kept(law, told), "weighing": weighing.strip()}
        Question.seen(actor).filter(pk=question.pk).update(law=kept)
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
    question.law, question.state, question.sent_at = kept, "sent", timezone.now()


def _may_be_put(law: Assessment, told: dict[str, Any], weighing: str) -> None:
    closed = [one for one in told[TOLD] if strictest(one) == "must_not"]
    if closed:
        raise Refused(
            Text(
                sv="Orden i frågan berättar en uppgift som inte får lämnas; den har inte sänts.",
                en="The words of the question tell a fact that must not be given; it has not been "
                "sent.",
            ),
            next_step=Text(
                sv="Stryk uppgiften ur frågan och sänd igen.",
                en="Take the fact out of the question and send again.",
            ),
            ground=(closed[0]["excluded_by"] or [BETWEEN_AGENCIES])[0],
        )
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
            ground=law.bars[0],
        )
    weighed = law.outcome == WEIGHED or any(one["outcome"] == WEIGHED for one in told[TOLD])
    if weighed and len(weighing.strip()) < SHORTEST_WEIGHING:
        raise Invalid(
            "weighing",
            Text(
                sv="Skriv varför frågan får ställas: vad som talar för och emot att nämna "
                "objektet.",
                en="Say why the question may be put: what speaks for and against naming the "
                "object.",
            ),
        )
