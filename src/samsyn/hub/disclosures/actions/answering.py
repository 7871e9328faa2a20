"""Answer what another agency asks: item by item, with facts, a new fact, or a no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.proposing import usual_subject
from samsyn.hub.disclosures.actions.preparing import prepare_disclosure
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text


class NewFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is written to answer an item; that nothing is known is one too.

    Attributes:
        item: code of the item that it answers; empty for a question in own words.
        activity: where it arose, since the secrecy depends on it.
    """

    item: str
    text: str
    kind: str
    activity: str


def answer_question(
    *,
    actor: Actor,
    question: Question,
    chosen: Mapping[UUID, str],
    written: Sequence[NewFact] = (),
    refused: Mapping[str, str] | None = None,
    completes: bool = True,
    entity: Entity | None = None,
    told_title: str = "",
    told_words: str = "",
) -> Disclosure:
    """Prepare an answer. It leaves when it has been assessed and decided, as every disclosure.

    Args:
        actor, question: the holder's officer, and a question that stands in a case.
        chosen: id of a fact that the officer sees → code of the item that it answers.
        written: facts to be written first, in the case of the question; about ``entity``.
        refused: code of an item → the provision that stands in the way; told with the answer.
        completes: whether this is the whole answer; otherwise the question stays open.

    Raises:
        Invalid: naming the field.
        Refused: if the question is not open, or stands in no case yet.
    """
    case = _open_in_case(question)
    refused = refused or {}
    if not chosen and not written:
        raise Invalid(
            "facts",
            Text(
                sv="Välj eller skriv minst en uppgift, eller avslå hela frågan.",
                en="Choose or write at least one fact, or refuse the whole question.",
            ),
        )
    with transaction.atomic():
        facts = _seen(actor, chosen)
        answers = dict(chosen)
        for new in written:
            fact = _written(actor, case, new, entity)
            facts.append(fact)
            answers[fact.pk] = new.item
        draft = prepare_disclosure(
            actor=actor,
            case=case,
            receiver=question.asker,
            purpose=question.purpose,
            facts=facts,
            question=question,
            told_title=told_title,
            told_words=_words(question, told_words, refused),
            answers=answers,
            completes=completes,
            refused=refused,
        )
    return draft


def _written(actor: Actor, case: Case, new: NewFact, entity: Entity | None) -> Fact:
    return write_fact(
        actor=actor,
        case=case,
        text=new.text,
        item_kind=new.kind,
        activity=new.activity,
        subject_kind=usual_subject(new.kind),
        entity=entity,
    )


def _open_in_case(question: Question) -> Case:
    if question.side != "received" or question.state != "sent" or question.case is None:
        raise Refused(
            Text(
                sv="Frågan är redan avslutad, eller inte placerad i ett ärende.",
                en="The question has ended, or is not placed in a case.",
            ),
            next_step=Text(sv="Läs in frågan igen.", en="Load the question again."),
        )
    return question.case


def _seen(actor: Actor, chosen: Mapping[UUID, str]) -> list[Fact]:
    """The chosen facts, in the order they were chosen."""
    rows = Fact.seen(actor).filter(pk__in=list(chosen)).defer("search").select_related("entity")
    found = {fact.pk: fact for fact in rows}
    if len(found) != len(chosen):
        raise Invalid(
            "facts",
            Text(
                sv="En vald uppgift finns inte längre; läs in sidan igen.",
                en="A chosen fact is no longer there; load the page again.",
            ),
        )
    return [found[pk] for pk in chosen]


def _words(question: Question, words: str, refused: Mapping[str, str]) -> str:
    """The words that go along, with the items that are not answered and why, put last."""
    lines = [
        f"{number}. {item['sv']} Lämnas inte; hindras av {cited(refused[item['code']], 'sv')}."
        for number, item in enumerate(question.items, start=1)
        if item["code"] in refused
    ]
    return "\n".join(filter(None, [words.strip(), *lines]))
