"""What does the law say of telling a fact to another agency, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from samsyn.hub.cases.fact_kinds import usual_function
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.proposing import usual_activity
from samsyn.hub.cases.secrecy import propose_secrecy, subject_of
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law import Answer
from samsyn.law.change_words import changes_in_words
from samsyn.law.explain import question_text

OPENS = ("public", "must", "may")
"""Outcomes under which a fact may leave without a weighing."""
WEIGHED = "may_after_balancing"
SHORTEST_WEIGHING = 20
"""Letters below which a weighing says nothing that could be reviewed."""
BETWEEN_AGENCIES = "2009:400/8:1"
"""Secrecy holds between authorities: what bars when no nearer provision is named."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to get something, for what and how it came about.

    Attributes:
        receiver: code of the agency.
        function: in which capacity; empty takes the usual one.
        purpose: code of the purpose.
        initiative: ``request`` or ``own``.
        on: day of the decision.
        stated: facts the officer states, by code; ``harm`` is taken as met unless stated.
        weighed: how a weighing made by a person ended, ``for`` or ``against``; None before it.
    """

    receiver: str
    purpose: str
    initiative: str
    on: date
    function: str = ""
    stated: Mapping[str, Any] = {}
    weighed: str | None = None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of the law for one fact, as it is kept and shown.

    Attributes:
        question: the question, as it can be asked again.
        outcome, test, duty, grounds, excluded_by: as in :class:`samsyn.law.Answer`.
        steps: the reasoning, each with ``sv``, ``en`` and ``cites``.
        weigh_for, weigh_against: what a person weighs.
        opened_by: the smallest changes that would make it more open.
        ask_first: code of the fact to find out first; empty when nothing open matters.
        ask_words: how a person is asked about it.
        asks: codes of facts whose answer could change the outcome.
        rulebook: version.
    """

    question: dict[str, Any]
    outcome: str
    test: str
    duty: bool
    grounds: list[str]
    excluded_by: list[str]
    steps: list[dict[str, Any]]
    weigh_for: list[dict[str, str]] = []
    weigh_against: list[dict[str, str]] = []
    opened_by: list[dict[str, str]] = []
    ask_first: str = ""
    ask_words: dict[str, str] = {}
    asks: list[str] = []
    rulebook: str = ""

    @property
    def opens(self) -> bool:
        """Whether it may leave, at least after a weighing."""
        return self.outcome in OPENS or self.outcome == WEIGHED

    @property
    def bars(self) -> list[str]:
        """What stands in the way, where it may not leave."""
        return self.excluded_by or [BETWEEN_AGENCIES]

    @property
    def ground(self) -> str:
        """The leading provision."""
        return self.grounds[0] if self.grounds else ""


def question_about(fact: Fact, giver: str, wanted: Wanted) -> dict[str, Any]:
    """The question to the law for one fact."""
    stated: dict[str, Any] = {"harm": "met", **wanted.stated}
    purpose = current_rulebook().vocabulary.purposes.known.get(wanted.purpose)
    if getattr(purpose, "group", "") == "joint_inspection":
        stated.setdefault("joint_inspection", True)
    if fact.received_from and fact.received_from != giver:
        stated["received_from"] = fact.received_from
    if "tip_giver" in fact.marks:
        stated["tip_giver"] = True
    if wanted.weighed:
        stated["weighing_outcome"] = wanted.weighed
    activity = fact.activity
    if passed_on := bool(fact.received_from) and fact.received_from != giver:
        # Whoever got it holds it now, in an activity and under a secrecy of its own.
        activity = usual_activity(giver, fact.item_kind)
    return {
        "on": wanted.on.isoformat(),
        "giver": giver,
        "activity": activity or None,
        "item_kind": fact.item_kind or None,
        "subject": subject_of(fact.subject_kind, tuple(fact.marks)),
        "secrecy": _both_secrecies(fact, giver, activity, wanted.on)
        if passed_on
        else _stated_secrecy(fact),
        "receiver": wanted.receiver,
        "receiver_function": wanted.function or usual_function(wanted.receiver) or None,
        "purpose": wanted.purpose,
        "initiative": wanted.initiative,
        "facts": stated,
    }


def _stated_secrecy(fact: Fact) -> list[str] | None:
    """The provisions; none at all counts only when a person has confirmed that none holds."""
    if fact.secrecy or fact.secrecy_confirmed_by is not None:
        return list(fact.secrecy)
    return None


def _both_secrecies(fact: Fact, giver: str, activity: str, on: date) -> list[str] | None:
    """What it was given with, and what holds for it where it is now: the stricter counts."""
    came_with = _stated_secrecy(fact)
    if came_with is None:
        return None  # the law finds what holds here
    here = _secrecy_here(
        giver, activity, fact.item_kind, fact.subject_kind, (*fact.marks,), fact.received_from, on
    )
    return list(dict.fromkeys((*came_with, *here)))


@lru_cache(maxsize=512)
def _secrecy_here(
    giver: str,
    activity: str,
    item_kind: str,
    subject_kind: str,
    marks: tuple[str, ...],
    received_from: str,
    on: date,
) -> tuple[str, ...]:
    return propose_secrecy(
        holder=giver,
        activity=activity,
        item_kind=item_kind,
        subject_kind=subject_kind,
        marks=marks,
        received_from=received_from,
        on=on,
    )


def assess(fact: Fact, giver: str, wanted: Wanted) -> Assessment:
    """Ask the law about one fact.

    Raises:
        Invalid: if the question cannot be asked, naming the field.
    """
    return assess_question(question_about(fact, giver, wanted))


def assess_all(facts: Iterable[Fact], giver: str, wanted: Wanted) -> list[Assessment]:
    """Ask the law about many facts, in their order; equal questions are asked once.

    Raises:
        Invalid: if a question cannot be asked, naming the field.
    """
    asked: dict[bytes, Assessment] = {}
    answers = []
    for fact in facts:
        raw = question_about(fact, giver, wanted)
        key = msgspec.json.encode(raw, order="sorted")
        if key not in asked:
            asked[key] = assess_question(raw)
        answers.append(asked[key])
    return answers


def assess_question(raw: dict[str, Any]) -> Assessment:
    """Ask the law a question and keep what it says."""
    rulebook = current_rulebook()
    try:
        answer = rulebook.ask(rulebook.read(raw))
    except FieldError as error:
        raise Invalid(error.field, error.said) from None
    return _kept(answer, raw)


def _kept(answer: Answer, raw: dict[str, Any]) -> Assessment:
    weigh = answer.human_questions
    return Assessment(
        question=raw,
        outcome=answer.outcome,
        test=answer.test,
        duty=answer.duty_if_favourable,
        grounds=list(answer.grounds),
        excluded_by=list(answer.excluded_by),
        steps=[
            {"stage": step.stage, "cites": list(step.cites), **_both(step.text)}
            for step in answer.steps
        ],
        weigh_for=[_both(text) for text in weigh.speaks_for],
        weigh_against=[_both(text) for text in weigh.speaks_against],
        opened_by=_what_would_open(answer),
        ask_first=answer.ask_first.key if answer.ask_first else "",
        ask_words=_both(question_text(answer, answer.ask_first.key)) if answer.ask_first else {},
        asks=_asks(answer),
        rulebook=answer.rulebook.version,
    )


def _asks(answer: Answer) -> list[str]:
    """The open facts of the law, and those that would make the answer more open."""
    facts = current_rulebook().vocabulary.facts
    open_keys = [key for way in answer.possible for key in way.assumed]
    changes = answer.what_would_open if answer.outcome in ("must_not", WEIGHED) else []
    keys = (*open_keys, *(change.field for change in changes if change.kind == "fact"))
    codes = (key.partition(" ")[0] for key in keys)
    return list(dict.fromkeys(code for code in codes if code in facts))


def _what_would_open(answer: Answer) -> list[dict[str, str]]:
    """What would make a no, or a weighing, more open; worked out only where somebody reads it."""
    if answer.outcome not in ("must_not", WEIGHED):
        return []
    swedish, english = changes_in_words(answer, "sv"), changes_in_words(answer, "en")
    return [{"sv": sv, "en": en} for sv, en in zip(swedish, english, strict=True)]


def _both(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}
