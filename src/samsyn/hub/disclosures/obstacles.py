"""How does a no, or a question nobody dared to ask, become a row of the obstacle register?

A row is written in the act that met the obstacle, so that none is forgotten and none is made up. It
keeps the question to the law as it was, so that a proposed law can be asked the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from samsyn.hub.cases.fact_kinds import fact_kinds, usual_function
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES, WEIGHED
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Obstacle, Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.rulebooks import current_rulebook

Kind = Literal[
    "never_asked", "not_put", "question_refused", "disclosure_refused", "left_out", "met_refusal"
]
KINDS: tuple[Kind, ...] = (
    "never_asked",
    "not_put",
    "question_refused",
    "disclosure_refused",
    "left_out",
    "met_refusal",
)
CLOSED = "must_not"


def plain_question(
    *,
    giver: str,
    receiver: str,
    purpose: str,
    on: date,
    item_kind: str = "",
    activity: str = "",
    subject_kind: str = "",
    secrecy: Sequence[str] = (),
    initiative: str = "request",
) -> dict[str, Any]:
    """The question to the law about something known only by its kind, not by a fact.

    What nobody has said is left open, and the law then says what hangs on it.
    """
    kind = fact_kinds().get(item_kind)
    held_in = activity or (kind.holders.get(giver, "") if kind else "")
    known = current_rulebook().vocabulary.purposes.known.get(purpose)
    stated: dict[str, Any] = {"harm": "met"}
    if getattr(known, "group", "") == "joint_inspection":
        stated["joint_inspection"] = True
    return {
        "on": on.isoformat(),
        "giver": giver,
        "activity": held_in or None,
        "item_kind": item_kind or None,
        "subject": {"kind": subject_kind or (kind.subject if kind else "company")},
        "secrecy": list(secrecy) or None,
        "receiver": receiver,
        "receiver_function": usual_function(receiver) or None,
        "purpose": purpose,
        "initiative": initiative,
        "facts": stated,
    }


def secrecy_among(provisions: Iterable[str], on: date) -> list[str]:
    """Those of some provisions that make something secret on a day, as the rulebook knows them."""
    known = {rule.cite for rule in current_rulebook().epoch(on).secrecy}
    return [cite for cite in provisions if cite in known]


def record_question_refused(
    actor: Actor, question: Question, grounds: Sequence[str], entry: int | None
) -> Obstacle:
    """We refused a question: one row, at us."""
    return _record_of_question(
        "question_refused", actor, question, grounds, entry, item_kind=_only_kind(question.items)
    )


def record_items_refused(actor: Actor, answer: Disclosure, entry: int | None) -> None:
    """We answered a question but for some items: one row for each of these, at us."""
    if not answer.refused_items or (question := answer.question) is None:
        return
    for item in question.items:
        if ground := answer.refused_items.get(item["code"]):
            _record_of_question(
                "question_refused", actor, question, [ground], entry, item_kind=_only_kind([item])
            )


def _only_kind(items: Iterable[Mapping[str, Any]]) -> str:
    """The kind of what was asked, when the set of questions leaves no doubt of it."""
    kinds = {kind for item in items for kind in item.get("kinds", ())}
    return kinds.pop() if len(kinds) == 1 else ""


def _record_of_question(
    kind: Kind,
    actor: Actor,
    question: Question,
    provisions: Sequence[str],
    entry: int | None,
    *,
    item_kind: str,
    **fields: Any,
) -> Obstacle:
    """A no to a question, at whoever records it: with the law's question as it can be put again."""
    on = question.ended_at.date() if question.ended_at else actor.day
    return _record(
        kind,
        actor=actor,
        case=question.case,
        visible_to=question.visible_to,
        giver=question.holder,
        receiver=question.asker,
        exchange=question.exchange,
        provisions=provisions,
        outcome=CLOSED,
        question=plain_question(
            giver=question.holder,
            receiver=question.asker,
            purpose=question.purpose,
            on=on,
            item_kind=item_kind,
            secrecy=secrecy_among(provisions, on),
        ),
        purpose=question.purpose,
        item_kind=item_kind,
        initiative="request",
        asked_on=question.sent_at.date() if question.sent_at else None,
        entry=entry,
        **fields,
    )


def record_not_put(actor: Actor, question: Question, entry: int | None) -> Obstacle:
    """The law did not open what a question would tell: one row, at whoever would have asked."""
    law = question.law
    return _record(
        "not_put",
        actor=actor,
        case=question.case,
        visible_to=question.visible_to,
        giver=question.asker,
        receiver=question.holder,
        exchange=question.exchange,
        provisions=law.get("excluded_by") or [law.get("ground") or BETWEEN_AGENCIES],
        outcome=law.get("outcome", CLOSED),
        question=law.get("question", {}),
        purpose=question.purpose,
        item_kind=law.get("question", {}).get("item_kind") or "",
        initiative="own",
        asked_on=actor.day,
        entry=entry,
    )


def record_items(
    kind: Literal["disclosure_refused", "left_out"],
    *,
    actor: Actor,
    draft: Disclosure,
    items: Iterable[DisclosedFact],
    entry: int | None,
) -> list[Obstacle]:
    """Facts that did not leave: one row a fact, in one statement."""
    question = draft.question
    asked_on = question.sent_at.date() if question is not None and question.sent_at else None
    rows = [
        _row(
            kind,
            actor=actor,
            case=draft.case,
            visible_to=item.visible_to,
            giver=draft.agency,
            receiver=draft.receiver,
            exchange=draft.exchange,
            fact=item.fact_id,
            provisions=provisions_of(item),
            outcome=item.outcome,
            question=item.question,
            purpose=draft.purpose,
            item_kind=item.question.get("item_kind") or "",
            initiative=draft.initiative,
            asked_on=asked_on,
            entry=entry,
        )
        for item in items
    ]
    return Obstacle.rows.bulk_create(rows)


def provisions_of(item: DisclosedFact) -> list[str]:
    """What stands in the way of a fact: what excludes it, else what makes it secret."""
    return list(item.excluded_by) or list(item.secrecy) or [BETWEEN_AGENCIES]


def stood_in_the_way(item: DisclosedFact) -> bool:
    """Whether the law, or a weighing that it asks for, may keep a fact from leaving."""
    return item.outcome in (CLOSED, WEIGHED)


def record_never_asked(
    *,
    actor: Actor,
    case: Case | None,
    giver: str,
    question: dict[str, Any],
    outcome: str,
    provisions: Sequence[str],
    needed_for: str,
    needed_words: str,
    entry: int | None,
) -> Obstacle:
    """Somebody needed something and believed that it may not be given."""
    return _record(
        "never_asked",
        actor=actor,
        case=case,
        visible_to=case.visible_to if case is not None else actor.agency,
        giver=giver,
        receiver=actor.agency,
        provisions=provisions,
        outcome=outcome,
        question=question,
        purpose=question.get("purpose") or "",
        item_kind=question.get("item_kind") or "",
        initiative="request",
        needed_for=needed_for,
        needed_words=needed_words,
        entry=entry,
    )


def record_met_refusal(
    *,
    actor: Actor,
    question: Question,
    needed_for: str,
    needed_words: str,
    consequence: str,
    consequence_words: str,
    entry: int | None,
) -> Obstacle:
    """Our question was refused: what the answer was needed for, and what followed."""
    return _record_of_question(
        "met_refusal",
        actor,
        question,
        question.refusal_grounds,
        entry,
        item_kind=_only_kind(question.items),
        needed_for=needed_for,
        needed_words=needed_words,
        consequence=consequence,
        consequence_words=consequence_words,
    )


def _row(
    kind: Kind,
    *,
    actor: Actor,
    provisions: Sequence[str],
    fact: UUID | None = None,
    **fields: Any,
) -> Obstacle:
    return Obstacle(
        kind=kind,
        agency=actor.agency,
        fact=fact,
        provisions=list(provisions),
        rulebook=current_rulebook().version,
        happened_on=actor.day,
        made_by=actor.account,
        made_by_name=actor.name,
        **fields,
    )


def _record(kind: Kind, **fields: Any) -> Obstacle:
    row = _row(kind, **fields)
    row.save(force_insert=True)
    return row
