"""What stands in the giver's own decision, to disclose or not, and in the notice of a recall?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from samsyn.hub.cases.models import SealedFile
from samsyn.hub.disclosures.letters.appeals import how_to_appeal
from samsyn.hub.disclosures.letters.writing import (
    Letter,
    agency,
    in_list,
    moment,
    number_of,
    provision_rows,
    purpose,
    purposes_of,
)
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Review
from samsyn.hub.disclosures.phrases import OUTCOME_NAMES, test_text
from samsyn.hub.disclosures.shown import kind_text, marks_text, object_text
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.text import Text

NONE = Text(sv="", en="")
AFTERWARDS = {code: state.name for code, state in OUTCOME_NAMES.items()} | {
    "may_after_balancing": Text(sv="Får lämnas efter avvägning", en="May be given after weighing")
}
"""What the law answered, said when the weighing has been made."""


def decision_letter(actor: Actor, found: Disclosure, items: list[DisclosedFact]) -> Letter:
    """The decision: to disclose with all it rests on, or not to.

    Raises:
        Missing: if nothing has been decided.
    """
    if found.decided_at is None or found.state not in ("delivered", "recalled", "refused"):
        raise Missing
    if found.state == "refused":
        return _refusal(found, found.decided_at, items)
    return _decision(actor, found, found.decided_at, items)


def recall_notice(found: Disclosure) -> Letter:
    """What the receiver is told of a recall; the reason stays with the giver.

    Raises:
        Missing: if it has not been recalled.
    """
    if found.state != "recalled" or found.recalled_at is None or found.decided_at is None:
        raise Missing
    return recall_letter(
        giver=found.agency,
        receiver=found.receiver,
        number=number_of(found.case, getattr(found, "registered", None)),
        yours=False,
        recalled_at=found.recalled_at,
        decided_at=found.decided_at,
        grounds=found.grounds,
        by=found.recalled_by_name,
    )


def recall_letter(
    *,
    giver: str,
    receiver: str,
    number: str,
    yours: bool,
    recalled_at: datetime,
    decided_at: datetime,
    grounds: list[str],
    by: str,
) -> Letter:
    """The notice of a recall, the same on both sides but for the register number.

    Args:
        giver, receiver: who took back what from whom.
        number: register number of whoever reads it.
        yours: whether that is the receiver's.
        recalled_at, decided_at: when it was taken back, and when it had been decided.
        grounds: provisions it had been given under.
        by: who recalled it; empty where the receiver is not told.
    """
    return Letter(
        template="recall",
        title=Text(sv="Återkallelse av lämnade uppgifter", en="Recall of disclosed information"),
        agency=giver,
        number=number,
        at=recalled_at,
        # It says that something was given and taken back, and nothing of what it was.
        secrecy=[],
        data={
            "receiver": agency(receiver),
            "yours": yours,
            "given": moment(decided_at),
            "recalled": moment(recalled_at),
            "grounds": in_list(grounds),
            "by": by,
        },
    )


def _decision(
    actor: Actor, found: Disclosure, decided_at: datetime, items: list[DisclosedFact]
) -> Letter:
    left = [item for item in items if not item.left_out]
    on = found.law_day or timezone.localtime(decided_at).date()
    stayed = [item for item in items if item.left_out]
    files = _files_along(actor, decided_at, left)
    barred = [cite for item in stayed for cite in item.excluded_by or item.secrecy]
    return Letter(
        template="decision",
        title=Text(sv="Beslut om utlämnande av uppgifter", en="Decision on disclosure"),
        agency=found.agency,
        number=number_of(found.case, getattr(found, "registered", None)),
        at=decided_at,
        secrecy=[cite for item in left for cite in item.secrecy],
        data={
            **_both(found),
            "bound": purposes_of(found.purpose_group),
            "valid_to": found.valid_to,
            "told_title": found.told_title,
            "told_words": found.told_words,
            "items": [_item(number, item, files) for number, item in enumerate(left, start=1)],
            "stayed": len(stayed),
            "barred": in_list(barred),
            "grounds": provision_rows(found.grounds, on),
            "tests": _tests(left),
            "weighing": found.weighing,
            **_decided(found),
            "countersigned": _countersigned(actor, found),
            "recalled": moment(found.recalled_at),
        },
    )


def _refusal(found: Disclosure, decided_at: datetime, items: list[DisclosedFact]) -> Letter:
    on = found.law_day or timezone.localtime(decided_at).date()
    question = found.question
    told = question is not None and question.state == "refused"
    grounds = found.grounds or (question.refusal_grounds if question is not None and told else [])
    return Letter(
        template="refusal",
        title=Text(sv="Beslut att inte lämna ut uppgifter", en="Decision not to disclose"),
        agency=found.agency,
        number=number_of(found.case, getattr(found, "registered", None)),
        at=decided_at,
        secrecy=[cite for item in items for cite in item.secrecy],
        data={
            "of": "disclosure",
            "dnr": number_of(found.case, getattr(found, "registered", None)),
            "asker": agency(found.receiver),
            "asker_name": question.asker_name if question else "",
            "asker_number": question.asker_number if question else "",
            "holder": agency(found.agency),
            "purpose": purpose(found.purpose),
            "asked": moment(question.sent_at) if question else "",
            "about": question.about if question else "",
            "text": question.text if question else "",
            "grounds": provision_rows(grounds, on),
            "words": question.answer_words if question is not None and told else "",
            # Nobody who has not asked has been refused anything (OSL 6:7).
            "appeal": how_to_appeal(found.agency, on) if question else None,
            "reasons": found.weighing,
            "kinds": [_barred(item) for item in items],
            **_decided(found),
        },
    )


def _both(found: Disclosure) -> dict[str, Any]:
    question = found.question
    return {
        "receiver": agency(found.receiver),
        "purpose": purpose(found.purpose),
        "request": found.initiative == "request",
        "asked": moment(question.sent_at) if question else "",
        "asker_number": question.asker_number if question else "",
        "existence": found.kind == "existence",
    }


def _decided(found: Disclosure) -> dict[str, Any]:
    return {
        "decided": moment(found.decided_at),
        "decided_by": found.decided_by_name,
        "entry": reference(found.entry) if found.entry else "",
        "law": found.law_day,
        "rulebook": found.rulebook,
    }


def _item(number: int, item: DisclosedFact, files: dict[Any, list[str]]) -> dict[str, Any]:
    outcome = AFTERWARDS.get(item.outcome)
    return {
        "number": str(number),
        "kind": kind_text(item.fact.item_kind),
        "object": object_text(item.fact.entity),
        "text": item.text,
        "files": files.get(item.fact_id, []),
        "outcome": outcome or NONE,
        "grounds": in_list(item.grounds),
        "secrecy": in_list(item.secrecy),
        "marks": marks_text(item.marks),
    }


def _files_along(
    actor: Actor, decided_at: datetime, items: list[DisclosedFact]
) -> dict[Any, list[str]]:
    """The files that went along with each fact: those it had when that was decided."""
    taking = [item.fact_id for item in items if item.with_files]
    found: dict[Any, list[str]] = {}
    if taking:
        own = SealedFile.seen(actor).filter(
            fact__in=taking, received_from="", made_at__lte=decided_at
        )
        for file in own.order_by("made_at"):
            found.setdefault(file.fact_id, []).append(file.name)
    return found


def _barred(item: DisclosedFact) -> dict[str, Any]:
    """A fact that was assessed and stays, without its words."""
    return {
        "kind": kind_text(item.fact.item_kind),
        "secrecy": in_list(item.secrecy),
        "barred": in_list(item.excluded_by),
    }


def _tests(items: list[DisclosedFact]) -> list[Text]:
    """The tests of the weighings that were made, each once."""
    tests = dict.fromkeys(item.test for item in items)
    return [said for said in map(test_text, tests) if said is not None]


def _countersigned(actor: Actor, found: Disclosure) -> dict[str, str] | None:
    """Who at the agency signed it before it left; None where nobody had to."""
    if not found.countersign:
        return None
    signed = (
        Review.seen(actor)
        .filter(disclosure=found, kind="countersign", state="approved", rule=found.countersign)
        .order_by("-decided_at")
        .first()
    )
    if signed is None:
        return None
    return {"by": signed.decided_by_name, "at": moment(signed.decided_at)}
