"""What would have become of the obstacles under a proposed law?

Each row of the register that keeps a question to the law is asked of the present rulebook and of
the proposed one. Rows that ask the same on days with the same rules are asked once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from samsyn.hub.disclosures.models import Obstacle
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.names import known_bills
from samsyn.kernel.collecting import without_collector
from samsyn.kernel.dates import read_start
from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.epochs import period_of
from samsyn.law.loading import Content
from samsyn.law.proposals import Bill
from samsyn.law.simulate import EFFECTS, Effect, Replay, Replayed

LISTED = 20
"""Rows that a group names; its number says how many there are."""
PEOPLE = ("victim", "child", "protected")
"""What a question says of the person that speaks for care, besides the secrecy itself."""


@dataclass(slots=True)
class Tally:
    """Rows with something in common.

    Attributes:
        count: number of rows.
        rows: the first of them.
    """

    count: int = 0
    rows: list[UUID] = field(default_factory=list)

    def add(self, ids: list[UUID]) -> None:
        """Count some rows."""
        self.count += len(ids)
        self.rows += ids[: LISTED - len(self.rows)]


@dataclass(slots=True)
class WhatIf:
    """What a proposal would have meant for the register.

    Attributes:
        asked: rows that keep a question both rulebooks could answer.
        unasked: rows that keep none, or one that a rulebook could not answer.
        effects: effect → rows.
        opened, closed: provision that stood in the way → rows that would be freer, or less so.
        changes: change of outcome → rows, for those with another answer.
        weakened: what protects today and would have yielded → rows: provisions of secrecy, and
            ``victim``, ``child``, ``protected`` and ``tip_giver`` for the people concerned.
    """

    asked: int = 0
    unasked: int = 0
    effects: dict[Effect, Tally] = field(default_factory=lambda: {one: Tally() for one in EFFECTS})
    opened: dict[str, Tally] = field(default_factory=dict)
    closed: dict[str, Tally] = field(default_factory=dict)
    changes: dict[str, Tally] = field(default_factory=dict)
    weakened: dict[str, Tally] = field(default_factory=dict)


dumps = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the law, what stood in its way when it was recorded, and rows that keep it."""

    question: Mapping[str, Any]
    provisions: tuple[str, ...]
    rows: list[UUID]


def what_if(actor: Actor, proposal: Bill, since: date, until: date) -> WhatIf:
    """What the proposal would have meant for the rows that the asker may see."""
    return tried(kept_questions(actor, since, until), proposal)


def kept_questions(actor: Actor, since: date, until: date) -> Iterator[Asked]:
    """The rows of a period that the asker may see, each with its question, the newest first."""
    rows = Obstacle.seen(actor).filter(happened_on__gte=since, happened_on__lte=until)
    kept = rows.order_by("-happened_on", "pk").values_list("pk", "question", "provisions")
    for pk, question, provisions in kept.iterator(chunk_size=5000):
        yield Asked(question, tuple(provisions), [pk])


def tried(asked: Iterable[Asked], proposal: Bill) -> WhatIf:
    """What the proposal would have meant for some questions."""
    return replay(asked, current_rulebook(), rulebook_of(proposal.head.code))


def replay(asked: Iterable[Asked], present: Rulebook, proposed: Rulebook) -> WhatIf:
    """Ask every question of both rulebooks and count what becomes of it."""
    with without_collector():  # tens of thousands of answers, none of them in a ring
        return _replayed(asked, present, proposed)


def _replayed(asked: Iterable[Asked], present: Rulebook, proposed: Rulebook) -> WhatIf:
    found, law = WhatIf(), Replay(present, proposed)
    for one in distinct(asked, present, proposed):
        if one.question:
            _count(found, one, present, proposed, law)
        else:
            found.unasked += len(one.rows)
    return found


def distinct(asked: Iterable[Asked], present: Rulebook, proposed: Rulebook) -> list[Asked]:
    """Those that ask the same under the same rules, put together with the rows of all of them."""
    same: dict[tuple[bytes, tuple[str, ...]], Asked] = {}
    for one in asked:
        key = _key(one.question, present, proposed), one.provisions
        known = same.get(key)
        if known is None:
            same[key] = Asked(one.question, one.provisions, [*one.rows])
        else:
            known.rows.extend(one.rows)
    return list(same.values())


def _key(question: Mapping[str, Any], present: Rulebook, proposed: Rulebook) -> bytes:
    """The same for questions that get the same answer: all but the day, and the rules of it."""
    on = str(question.get("on", ""))
    one, other = _epoch(present, on), _epoch(proposed, on)
    known = "" if one and other else on
    return f"{one} {other} ".encode() + dumps({**question, "on": known})


@lru_cache(maxsize=20_000)
def _epoch(rulebook: Rulebook, on: str) -> date | None:
    """First of the days with the same rules as this one; None when there is no such day."""
    try:
        return rulebook.epoch(date.fromisoformat(on)).start
    except (ValueError, FieldError):
        return None


@lru_cache(maxsize=1_000)
def _same_rules(present: Rulebook, proposed: Rulebook, one_day: date, other_day: date) -> bool:
    """Whether both hold the same rules on a day, so that nothing becomes otherwise.

    A rule that began on another day is the same rule once both have begun.
    """
    one, other = present.content, proposed.content
    lists = [(content.agencies, content.circles, content.offences) for content in (one, other)]
    entries = [[[entry for entry, _ in entries] for entries in three] for three in lists]
    if entries[0] != entries[1]:
        return False
    return _begun(one, one_day) == _begun(other, other_day)


def _begun(content: Content, day: date) -> list[object]:
    """Every rule that has begun by a day, without its dates, and whether it holds still."""
    found: list[object] = []
    for placed in content.blocks:
        period = period_of(placed.block)
        holds = period.holds(day)
        if holds is not False or read_start(placed.block.start).earliest <= day:
            fields = msgspec.structs.asdict(placed.block)
            found.append((placed.act.act, {**fields, "start": "", "end": ""}, holds))
    return found


def _count(found: WhatIf, asked: Asked, present: Rulebook, proposed: Rulebook, law: Replay) -> None:
    on, ids = str(asked.question.get("on", "")), asked.rows
    one, other = _epoch(present, on), _epoch(proposed, on)
    if one and other and _same_rules(present, proposed, one, other):
        found.asked += len(ids)
        found.effects["unchanged"].add(ids)
        return
    try:
        answer = law.ask(asked.question)
    except FieldError:
        found.unasked += len(ids)
        return
    found.asked += len(ids)
    found.effects[answer.effect].add(ids)
    if answer.effect == "unchanged":
        return
    found.changes.setdefault(answer.change, Tally()).add(ids)
    by_provision = {"opened": found.opened, "closed": found.closed}.get(answer.effect, {})
    for cite in dict.fromkeys(asked.provisions):
        by_provision.setdefault(cite, Tally()).add(ids)
    if answer.effect == "opened":
        for protection in _protections(answer, asked.question):
            found.weakened.setdefault(protection, Tally()).add(ids)


def _protections(answer: Replayed, question: Mapping[str, Any]) -> list[str]:
    """What protects somebody today and would have yielded."""
    secrecy = [one.text for one in answer.present.verdict.left]
    about = question.get("subject") or {}
    people = [mark for mark in PEOPLE if about.get(mark)]
    stated = question.get("facts") or {}
    return [*dict.fromkeys(secrecy), *people, *(["tip_giver"] if stated.get("tip_giver") else [])]


def proposal_of(code: str) -> Bill:
    """A proposal that comes with Samsyn.

    Raises:
        Missing: if there is none of that code.
    """
    found = known_bills().get(code)
    if found is None:
        raise Missing
    return found


@lru_cache(maxsize=8)
def rulebook_of(code: str) -> Rulebook:
    """The rulebook of a proposal, made once."""
    return proposal_of(code).rulebook()
