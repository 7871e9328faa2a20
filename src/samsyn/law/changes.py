"""What would open it? The smallest changes under which the answer becomes more open.

A change is a fact about the world, not a trick: each comes with its ground, and it is for a person
to say whether it is true (another purpose only where that is the real purpose).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from samsyn.kernel.faults import FieldError
from samsyn.law.interpreter import UNLISTED
from samsyn.law.question import Question

if TYPE_CHECKING:
    from samsyn.law.answer import Answer

Kind = Literal["purpose", "function", "receiver", "initiative", "later_day", "fact", "leave_out"]
_KINDS: tuple[Kind, ...] = (
    "initiative",
    "fact",
    "leave_out",
    "later_day",
    "purpose",
    "function",
    "receiver",
)
_FAR_PURPOSES = ("oversight", "openness", "contract")
"""Purposes that are seldom the real one when officers work on a matter together."""
_FACTS: tuple[tuple[str, object], ...] = (
    ("consent", "given"),
    ("joint_inspection", True),
    ("public_interest_harm", False),
    ("org_crime_cooperation", True),
    ("wrong_payment_suspected", True),
    ("child_at_risk", True),
    ("reservation_removes_harm", True),
    ("necessary_for_giver", True),
    ("contact_detail", True),
)
_FACTS_OF_CRIME: tuple[tuple[str, object], ...] = (
    ("crime.committed", True),
    ("crime.prison_in_scale", True),
    ("crime.expected_more_than_fine", True),
    ("crime.min_months", 6),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a question, and the answer then.

    Attributes:
        kind: what is changed.
        field: field of the question, or the fact.
        value: its new value; for ``leave_out`` the provision whose part of the item is left out.
        answer: the answer to the changed question.
    """

    kind: Kind
    field: str
    value: object
    answer: Answer


def what_would_open(answer: Answer) -> list[Change]:
    """Single changes that make the answer more open, the nearest first; else pairs of them.

    An answer that already is ``must`` or ``public`` has none.
    """
    if answer.outcome in ("must", "public"):
        return []
    rank = answer.verdict.rank
    if any(possibility.verdict.branch == UNLISTED for possibility in answer.possible):
        # Closed by secrecy that is not read, whoever asks and for whatever purpose.
        variants, alone = list(_later(answer.question, answer)), True
    else:
        variants, alone = list(_variants(answer.question, answer)), False
    tried = [(variant, _ask(answer, variant[3])) for variant in variants]
    better = [
        Change(kind, field, value, changed)
        for (kind, field, value, _), changed in tried
        if changed is not None and changed.verdict.rank > rank
    ]
    if not better and not alone:
        better = list(_pairs(answer, rank))
    return sorted(better, key=lambda change: (_remoteness(answer, change), _openness(change)))


def _openness(change: Change) -> tuple[int, ...]:
    return tuple(-part for part in change.answer.verdict.rank)


def _remoteness(answer: Answer, change: Change) -> int:
    """How far the change lies from what was asked: a request is near, another receiver far."""
    if change.kind != "purpose" or not isinstance(change.value, str):
        return _KINDS.index(change.kind)
    groups = answer.rulebook.vocabulary.purposes.known
    far = getattr(groups[change.value], "group", "") in _FAR_PURPOSES
    return len(_KINDS) if far else _KINDS.index("purpose")


def _ask(answer: Answer, question: Question) -> Answer | None:
    try:
        return answer.rulebook.ask(question)
    except FieldError:
        return None


Variant = tuple[Kind, str, object, Question]


def _variants(question: Question, answer: Answer) -> Iterator[Variant]:
    vocabulary = answer.rulebook.vocabulary
    replace = msgspec.structs.replace
    if question.initiative == "own":
        yield "initiative", "initiative", "request", replace(question, initiative="request")
    for purpose in vocabulary.purposes.known:
        if purpose != question.purpose:
            changed = replace(question, purpose=purpose)
            yield "purpose", "purpose", purpose, changed
    yield from _fact_variants(question)
    for function in vocabulary.functions.known:
        if function != question.receiver_function:
            changed = replace(question, receiver_function=function)
            if _function_matters(answer, function):
                yield "function", "receiver_function", function, changed
    for receiver in vocabulary.agencies.known:
        if receiver not in (question.receiver, question.giver) and _comparable(answer, receiver):
            changed = replace(question, receiver=receiver)
            yield "receiver", "receiver", receiver, changed
    yield from _later(question, answer)
    if question.secrecy and len(question.secrecy) > 1:
        for provision in question.secrecy:
            rest = tuple(text for text in question.secrecy if text != provision)
            yield "leave_out", "secrecy", provision, replace(question, secrecy=rest)


def _fact_variants(question: Question) -> Iterator[Variant]:
    stated = dict(question.facts)
    facts = _FACTS + (_FACTS_OF_CRIME if question.purpose == "crime_investigation" else ())
    for code, value in facts:
        if stated.get(code) != value:
            changed = question.with_facts(**{code: value})  # type: ignore[arg-type]
            yield "fact", code, value, changed


def _function_matters(answer: Answer, function: str) -> bool:
    """Only functions that some rule names for this receiver are worth proposing."""
    return any(
        place.only is not None and function in place.only
        for rule in answer.epoch.rules
        for place in rule.receivers.get(answer.question.receiver, ())
    )


def _comparable(answer: Answer, receiver: str) -> bool:
    """Receivers of the same kind, among the members of a legal circle."""
    agencies = answer.rulebook.vocabulary
    same = agencies.agency(receiver).kind == agencies.agency(answer.question.receiver).kind
    return same and any(
        receiver in rule.receivers and rule.block.receivers.circle is not None
        for rule in answer.epoch.rules
    )


def _later(question: Question, answer: Answer) -> Iterator[Variant]:
    for day in answer.rulebook.epoch_starts:
        if day > question.on:
            yield "later_day", "on", day, msgspec.structs.replace(question, on=day)


def _pairs(answer: Answer, rank: tuple[int, int]) -> Iterator[Change]:
    """Two changes at once, when no single one helps: a purpose with a fact, or leaving more out."""
    replace = msgspec.structs.replace
    for kind, field, value, changed in list(_variants(answer.question, answer)):
        if kind not in ("purpose", "fact"):
            continue
        seconds = [*_fact_variants(changed)]
        if changed.initiative == "own":
            asked = replace(changed, initiative="request")
            seconds.append(("initiative", "initiative", "request", asked))
        for _, second_field, second_value, both in seconds:
            result = _ask(answer, both)
            if second_field != field and result is not None and result.verdict.rank > rank:
                pair = (value, second_value)
                yield Change(kind, f"{field} + {second_field}", pair, result)


def first_later_day(changes: list[Change]) -> date | None:
    """The first day on which the law itself makes the answer more open, if there is one."""
    days = [change.value for change in changes if change.kind == "later_day"]
    return min((day for day in days if isinstance(day, date)), default=None)
