"""What stands in the letter that asks, and in the decision that refuses what was asked?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from samsyn.hub.cases.models import Event
from samsyn.hub.disclosures.letters.appeals import how_to_appeal
from samsyn.hub.disclosures.letters.writing import (
    Letter,
    agency,
    marked,
    moment,
    number_of,
    provision_rows,
    purpose,
    secrecy_in,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.text import Text


def request_letter(actor: Actor, question: Question) -> Letter:
    """The question as it was sent; the same for who asked and for who was asked.

    The weighing of whether it could be put stays with the asker.

    Raises:
        Missing: if it has not been sent.
    """
    if question.sent_at is None:
        raise Missing
    registered = getattr(question, "registered", None)
    sent_on = timezone.localtime(question.sent_at).date()
    return Letter(
        template="request",
        title=Text(sv="Begäran om uppgifter", en="Request for information"),
        agency=question.asker,
        number=number_of(question.case, registered),
        at=question.sent_at,
        secrecy=_secrecy(actor, question),
        data={
            **_both(question),
            "registered": registered,
            "registered_at": agency(actor.agency),
            "sent": moment(question.sent_at),
            "due": question.due_on,
            "about": question.about,
            "items": [Text(sv=one["sv"], en=one["en"]) for one in question.items],
            "text": question.text,
            "grounds": provision_rows(filter(None, [question.law.get("ground", "")]), sent_on),
            "withdrawn": moment(question.ended_at) if question.state == "withdrawn" else "",
        },
    )


def question_refusal(actor: Actor, question: Question) -> Letter:
    """The decision not to give what another agency asked for, as the asker is told it.

    Raises:
        Missing: if it has not been refused.
    """
    if question.state != "refused" or question.ended_at is None:
        raise Missing
    on = timezone.localtime(question.ended_at).date()
    registered = getattr(question, "registered", None)
    return Letter(
        template="refusal",
        title=Text(sv="Beslut att inte lämna ut uppgifter", en="Decision not to disclose"),
        agency=question.holder,
        number=number_of(question.case, registered),
        at=question.ended_at,
        secrecy=[*_secrecy(actor, question), *secrecy_in(question.refusal_grounds)],
        data={
            **_both(question),
            "of": "question",
            # The holder's number is known to the holder alone.
            "dnr": number_of(question.case, registered) if actor.agency == question.holder else "",
            "asked": moment(question.sent_at),
            "about": question.about,
            "text": question.text,
            **refusal_words(question, on),
            "reasons": "",
            "kinds": [],
            "decided": moment(question.ended_at),
            "decided_by": _refused_by(actor, question),
            "law": "",
            "entry": "",
        },
    )


def refusal_words(question: Question, on: date) -> dict[str, Any]:
    """What whoever asked was told, the provisions, and how to appeal."""
    return {
        "grounds": provision_rows(question.refusal_grounds, on),
        "words": question.answer_words,
        "appeal": how_to_appeal(question.holder, on),
    }


def _both(question: Question) -> dict[str, Any]:
    return {
        "asker": agency(question.asker),
        "asker_name": question.asker_name,
        "asker_number": question.asker_number,
        "holder": agency(question.holder),
        "purpose": purpose(question.purpose),
    }


def _secrecy(actor: Actor, question: Question) -> list[str]:
    """What the question tells is secret under, and what the own register has marked.

    The holder's row has both as one; the asker's keeps that one asks apart from the facts told.
    """
    asked = question.law.get("question") or {}
    told = question.law.get("secrecy") or []
    return [*(asked.get("secrecy") or []), *told, *marked(actor, question.exchange)]


def _refused_by(actor: Actor, question: Question) -> str:
    """Who refused, as the timeline of the case tells; nothing where it stood in no case."""
    lines = Event.seen(actor).filter(
        about__in=[question.pk, question.exchange], act__in=["question.answer", "question.refused"]
    )
    return lines.order_by("-at").values_list("by_name", flat=True).first() or ""
