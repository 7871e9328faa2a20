"""Which dated rules, and which questions, are three engines compared on?

The breaking rules of the packaged rulebook that name a purpose, reduced to what all three can say:
giver, receiver, purpose, initiative, the one provision that makes the item secret, and the days in
force. Rules for any purpose are left out, because without their conditions they would open
everything. A rule whose first or last day is not known gets the latest start and earliest end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from samsyn.kernel.citations import Citation
from samsyn.kernel.dates import ONE_DAY, read_end, read_start
from samsyn.law import Question, Rulebook, schema
from samsyn.law.case import Secrecy
from samsyn.law.loading import packaged_folder, read_content

GIVERS = ("AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV", "ÅM")
RECEIVERS = (*GIVERS, "KFM", "TULL", "KOMMUN_SOC", "CSN")
SECRECY = tuple(
    f"2009:400/{place}"
    for place in (
        "15:1 17:1 17:2 18:1 18:2 21:1 21:3 21:7 22:1 24:8 25:1 26:1 27:1 28:1 28:7 28:14 29:1 "
        "30:23 31:1 32:3 33:2 35:1 36:3 37:1"
    ).split()
)
QUESTIONS = 2_000
SEED = 20260301


@dataclass(frozen=True)
class Row:
    """One rule in a stretch of days on which nothing in it changes; ``after`` is not in force."""

    name: str
    cite: str
    first: date
    after: date
    givers: frozenset[str]
    receivers: frozenset[str]
    purposes: frozenset[str]
    initiative: str
    secrecy: frozenset[str]


def reduced_rulebook() -> Rulebook:
    """The breaking rules of the packaged rulebook, reduced."""
    content = read_content(packaged_folder())
    content.blocks = [
        replace(placed, block=_reduced(placed.block))
        for placed in content.blocks
        if isinstance(placed.block, schema.BreakingRule) and placed.block.purposes
    ]
    content.circles = [
        (
            msgspec.structs.replace(
                circle, members=tuple(_reduced_member(member) for member in circle.members)
            ),
            origin,
        )
        for circle, origin in content.circles
    ]
    return Rulebook(content, "reduced for the benchmark")


def _reduced(block: schema.BreakingRule) -> schema.BreakingRule:
    sides = {
        side: msgspec.structs.replace(
            getattr(block, side),
            activities=(),
            except_activities=(),
            functions=(),
            except_functions=(),
        )
        for side in ("givers", "receivers")
    }
    start, end = _known_days(block.start, block.end)
    return msgspec.structs.replace(
        block, **sides, start=start, end=end, when={}, unless={}, points=(), items=schema.Items()
    )


def _reduced_member(member: schema.Membership) -> schema.Membership:
    start, end = _known_days(member.start, member.end)
    return msgspec.structs.replace(
        member, start=start, end=end, activities=(), except_activities=(), functions=()
    )


def _known_days(start: str, end: str) -> tuple[str, str]:
    first, after = read_start(start).latest, read_end(end).earliest
    first = date(1900, 1, 1) if first == date.max else first
    known_end = "open" if after in (date.min, date.max) else (after - ONE_DAY).isoformat()
    return first.isoformat(), known_end


def rows_of(rulebook: Rulebook) -> list[Row]:
    """The rules as rows, one for each stretch of days with the same parties."""
    found: dict[str, Row] = {}
    rows: list[Row] = []
    for start in rulebook.epoch_starts:
        epoch = rulebook.epoch(start)
        current: dict[str, Row] = {}
        for rule in epoch.rules:
            if rule.in_force:
                row = Row(
                    name=f"{rule.block.rule} {rule.block.start}",
                    cite=rule.cite,
                    first=epoch.start,
                    after=epoch.after,
                    givers=frozenset(rule.givers).intersection(GIVERS),
                    receivers=frozenset(rule.receivers).intersection(RECEIVERS),
                    purposes=rule.purposes,
                    initiative=rule.block.initiative,
                    secrecy=frozenset(text for text in SECRECY if rule.opens(_secrecy(text))),
                )
                before = found.get(row.name)
                if before and replace(row, first=before.first) == replace(before, after=row.after):
                    row = replace(row, first=before.first)
                    rows.remove(before)
                rows.append(row)
                current[row.name] = row
        found = current
    return [row for row in rows if row.givers and row.receivers and row.secrecy]


def _secrecy(text: str) -> Secrecy:
    citation = Citation.parse(text)
    return Secrecy(text, citation, int(citation.chapter or 0) <= 20, None)


def questions(rulebook: Rulebook) -> list[Question]:
    """The same random questions in every run; about half of them are answered with yes."""
    chance = random.Random(SEED)
    every = _random_questions(rulebook, chance)
    yes: list[Question] = []
    no: list[Question] = []
    while min(len(yes), len(no)) < QUESTIONS // 2:
        question = next(every)
        (yes if is_open(rulebook, question) else no).append(question)
    chosen = [*yes[: QUESTIONS // 2], *no[: QUESTIONS // 2]]
    chance.shuffle(chosen)
    return chosen


def _random_questions(rulebook: Rulebook, chance: random.Random) -> Iterator[Question]:
    purposes = list(rulebook.vocabulary.purposes.known)
    while True:
        giver, receiver = chance.choice(GIVERS), chance.choice(RECEIVERS)
        if giver != receiver:
            yield Question(
                on=date(2018, 1, 1) + chance.randrange(3_200) * ONE_DAY,
                giver=giver,
                receiver=receiver,
                purpose=chance.choice(purposes),
                initiative=chance.choice(("request", "own")),
                secrecy=(chance.choice(SECRECY),),
                facts=(("harm", "met"),),
            )


def is_open(rulebook: Rulebook, question: Question) -> bool:
    """Whether some rule opens the item, with or without a weighing."""
    return rulebook.ask(question).outcome != "must_not"
