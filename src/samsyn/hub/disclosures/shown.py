"""What does a page show of the law's answer to a disclosure, and of what would leave?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.disclosures.actions.preparing import wanted_of
from samsyn.hub.disclosures.assessing import WEIGHED, Assessment, assess_question, question_about
from samsyn.hub.disclosures.leaving import Stretch, compared
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.phrases import (
    ASKING_NAMES,
    OUTCOME_NAMES,
    Piece,
    State,
    outcome_text,
    pieces,
    test_text,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text

BESIDE = ("receiver", "data_protection", "protection", "unverified", "input")
"""Stages of the reasoning that do not lead to the outcome but have to be known."""


class LawShown(msgspec.Struct, frozen=True, kw_only=True):
    """The law's answer in the reader's language.

    Attributes:
        state: the outcome, short.
        outcome: the outcome, as a sentence.
        test: the test of a weighing; None without one.
        asking: the outcome, short, where the item is that one asks.
        grounds: provisions that decide.
        secrecy: what makes it secret.
        locks: what shuts opening rules out.
        near: rules that would have opened it but do not apply.
        steps: the reasoning, each in pieces.
        beside: what has to be known besides.
        opened_by: what would make it more open.
        ask: the open question to answer first; empty when there is none.
    """

    state: State
    asking: Text
    outcome: Text
    test: Text | None
    duty: bool
    grounds: list[str]
    secrecy: list[str]
    locks: list[str]
    near: list[str]
    steps: list[list[Piece]]
    beside: list[list[Piece]]
    opened_by: list[list[Piece]]
    ask: str
    weighed: bool


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields of a fact: as it is kept, or as sent and to be put right.

    Attributes:
        leaves: whether its box is ticked.
        text: the text in the field.
        with_files: whether the box of its files is ticked.
        fault: what has to be put right; empty when nothing.
    """

    leaves: bool
    text: str
    with_files: bool
    fault: str = ""


class ItemShown(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a disclosure, as its page shows it.

    Attributes:
        number: its place on the page, from 1.
        same_as: number of an earlier fact with the same answer; 0 when it is the first.
        opens: whether it may leave, at least after a weighing.
        parts: its text in stretches that leave and stretches that stay.
        shortened: whether anything of the text stays.
        chosen: what stands in its fields.
        activity: in which activity the holder has it.
        object: whom or what it is about, as the receiver will see it.
    """

    number: int
    item: DisclosedFact
    kind: Text
    level: str
    marks: list[Text]
    law: LawShown
    same_as: int
    opens: bool
    parts: list[Stretch]
    files: list[str]
    activity: Text
    object: str
    chosen: Chosen

    @property
    def leaves(self) -> bool:
        """Whether it would leave as the draft stands."""
        return self.opens and not self.item.left_out

    @property
    def closed(self) -> bool:
        """Whether it points to a tip-giver and is not open to whoever reads the page."""
        return is_closed(self.item.fact)

    @property
    def shortened(self) -> bool:
        """Whether something of the text stays."""
        return any(not part.leaves for part in self.parts)


class DecidedShown(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a decision, with what the law said of it on the day."""

    number: int
    item: DisclosedFact
    kind: Text
    level: str
    marks: list[Text]
    state: State | None
    test: Text | None
    steps: list[list[Piece]]
    parts: list[Stretch]


class CopyShown(msgspec.Struct, frozen=True, kw_only=True):
    """A received fact, as its page shows it."""

    fact: Fact
    kind: Text
    level: str
    marks: list[Text]


class LawAsked(msgspec.Struct, frozen=True, kw_only=True):
    """The law's answers to all the facts of a draft.

    Attributes:
        answers: id of an item → the answer.
        codes: facts that the law asks about, the most pressing first.
        pressing: those of them without which an item has no answer.
    """

    answers: dict[Any, Assessment]
    codes: list[str]
    pressing: list[str]


def ask_law(actor: Actor, draft: Disclosure, items: Iterable[DisclosedFact]) -> LawAsked:
    """Ask the law about each item, as of today; equal questions are asked once."""
    wanted = wanted_of(draft, actor.day)
    asked: dict[str, Assessment] = {}
    answers = {}
    for item in items:
        raw = question_about(item.fact, actor.agency, wanted)
        key = json.dumps(raw, sort_keys=True, default=str)
        if key not in asked:
            asked[key] = assess_question(raw)
        answers[item.pk] = asked[key]
    found = asked.values()
    pressing = [answer.ask_first.partition(" ")[0] for answer in found if answer.ask_first]
    codes = [*pressing, *draft.facts_stated, "harm", *(c for one in found for c in one.asks)]
    return LawAsked(
        answers=answers,
        codes=[code for code in dict.fromkeys(codes) if code != "weighing_outcome"],
        pressing=list(dict.fromkeys(pressing)),
    )


def law_shown(answer: Assessment) -> LawShown:
    """One answer of the law in the reader's language."""
    language = reading()
    is_open = bool(answer.ask_first) and not answer.opens
    steps = [(step["stage"], pieces(step[language])) for step in answer.steps]
    locks = _cited(answer, "lock")
    code = "open" if is_open else answer.outcome
    return LawShown(
        state=OUTCOME_NAMES[code],
        asking=ASKING_NAMES[code],
        outcome=outcome_text(answer.outcome),
        test=test_text(answer.test),
        duty=answer.duty,
        grounds=answer.grounds,
        secrecy=_cited(answer, "secrecy"),
        locks=locks,
        near=[cite for cite in answer.excluded_by if cite not in locks],
        steps=[words for stage, words in steps if stage not in BESIDE],
        beside=[words for stage, words in steps if stage in BESIDE],
        opened_by=[pieces(change[language]) for change in answer.opened_by],
        ask=answer.ask_words.get(language, ""),
        weighed=answer.outcome == WEIGHED,
    )


def _cited(answer: Assessment, stage: str) -> list[str]:
    """Provisions of one stage of the reasoning."""
    return list(
        dict.fromkeys(
            cite for step in answer.steps if step["stage"] == stage for cite in step["cites"]
        )
    )


def items_shown(
    items: list[DisclosedFact], answers: dict[Any, Assessment], chosen: Mapping[Any, Chosen]
) -> list[ItemShown]:
    """The facts of a draft with the law's answers, in their order."""
    first: dict[int, int] = {}
    laws: dict[int, LawShown] = {}
    shown = []
    for number, item in enumerate(items, start=1):
        answer = answers[item.pk]
        key = id(answer)
        laws.setdefault(key, law_shown(answer))
        shown.append(
            ItemShown(
                number=number,
                item=item,
                kind=kind_text(item.fact.item_kind),
                level=level_of(item.secrecy, item.marks),
                marks=marks_text(item.marks),
                law=laws[key],
                same_as=first.get(key, 0),
                opens=answer.opens,
                parts=compared(item.fact.text, item.text),
                files=getattr(item, "file_names", []),
                activity=activity_text(item.fact.activity),
                object=object_text(item.fact.entity),
                chosen=chosen.get(item.pk) or as_kept(item, opens=answer.opens),
            )
        )
        first.setdefault(key, number)
    return shown


def as_kept(item: DisclosedFact, *, opens: bool) -> Chosen:
    """The fields of a fact as the draft is kept."""
    leaves = opens and not item.left_out
    return Chosen(leaves=leaves, text=item.text, with_files=item.with_files)


def weigh(items: list[ItemShown], answers: dict[Any, Assessment]) -> dict[str, list[list[Piece]]]:
    """What speaks for and what against, over all facts that leave after a weighing."""
    language = reading()
    weighed = [answers[shown.item.pk] for shown in items if shown.leaves and shown.law.weighed]

    def unique(lists: Iterable[list[dict[str, str]]]) -> list[list[Piece]]:
        said = dict.fromkeys(text[language] for texts in lists for text in texts)
        return [pieces(text) for text in said]

    return {
        "for_": unique(answer.weigh_for for answer in weighed),
        "against": unique(answer.weigh_against for answer in weighed),
    }


def preview(items: list[ItemShown], answers: dict[Any, Assessment]) -> dict[str, Any]:
    """What stands around the facts that would leave: under what, and what protects them there."""
    language = reading()
    leaving = [one for one in items if one.leaves]
    steps = [step for one in leaving for step in answers[one.item.pk].steps]
    protected = dict.fromkeys(step[language] for step in steps if step["stage"] == "receiver")
    grounds = dict.fromkeys(tuple(one.law.grounds) for one in leaving if one.law.grounds)
    return {
        "leaving": leaving,
        "preview_grounds": list(grounds),
        "protected": [pieces(text) for text in protected],
        "rulebook": current_rulebook().version,
        "protection": any(one.item.visible_to.endswith("/protection") for one in leaving),
    }


def copy_shown(fact: Fact) -> CopyShown:
    """A fact with its kind, level and marks in words."""
    return CopyShown(
        fact=fact,
        kind=kind_text(fact.item_kind),
        level=level_of(fact.secrecy, fact.marks),
        marks=marks_text(fact.marks),
    )


def kind_text(code: str) -> Text:
    """What a kind of fact is called."""
    kind = fact_kinds().get(code)
    return kind.name if kind else Text(sv=code.replace("_", " "), en=code.replace("_", " "))


def activity_text(code: str) -> Text:
    """What an activity is called."""
    entry = current_rulebook().vocabulary.activities.known.get(code)
    return entry.name if entry is not None else Text(sv=code, en=code)


def level_of(secrecy: list[str], marks: list[str]) -> str:
    """Which level of secrecy the desk shows."""
    if {"protected", "victim", "child"} & set(marks):
        return "protected"
    return "secret" if secrecy else "unassessed"


def marks_text(marks: list[str]) -> list[Text]:
    """Handling marks in words."""
    return [MARK_NAMES[mark] for mark in marks if mark in MARK_NAMES]


def object_text(entity: Entity | None) -> str:
    """What a fact is about, as the receiver will see it: name and number, and no address."""
    return ", ".join(filter(None, (entity.name, entity.written))) if entity is not None else ""


def decided_shown(items: Sequence[DisclosedFact], first: int = 1) -> list[DecidedShown]:
    """The facts of a decision, with the law's answer as it was on the day.

    Args:
        items: the facts, or a page of them.
        first: the place of the first of them in the decision.
    """
    language = reading()
    return [
        DecidedShown(
            number=number,
            item=item,
            kind=kind_text(item.fact.item_kind),
            level=level_of(item.secrecy, item.marks),
            marks=marks_text(item.marks),
            state=OUTCOME_NAMES.get(item.outcome),
            test=test_text(item.test),
            steps=[pieces(step[language]) for step in item.steps if step["stage"] not in BESIDE],
            parts=compared(item.fact.text, item.text),
        )
        for number, item in enumerate(items, start=first)
    ]
