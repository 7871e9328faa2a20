"""What would recorded questions have been answered under a proposed rulebook?

A bill is tried against last year's refusals: each question is asked of the present rulebook and of
the proposed one, and counted under what stood in its way.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import msgspec

from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.batch import identity_of, object_of
from samsyn.law.diff.difference import answer_fields
from samsyn.law.rulebook import Rulebook
from samsyn.law.standing import Standings

Effect = Literal["opened", "closed", "otherwise", "unchanged"]
GIVEN_OUT = frozenset({"must", "public"})
"""Between these nothing is opened or closed: the item is given out either way."""
EFFECTS: tuple[Effect, ...] = ("opened", "closed", "otherwise", "unchanged")
MOST_IDS = 20
"""Ids listed for one line of a table; the number says how many there are."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One recorded question under both rulebooks.

    Attributes:
        identity: its id, or the number of its line.
        present: the answer today.
        proposed: the answer under the proposal.
        effect: more open, more closed, otherwise different (in duty or floor, or between ``must``
            and ``public``), or unchanged.
    """

    identity: str | int
    present: Answer
    proposed: Answer
    effect: Effect

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What stands in the way today: what excludes it, else the secrecy that is left."""
        if self.present.outcome in GIVEN_OUT:
            return ()
        left = tuple(secrecy.text for secrecy in self.present.verdict.left)
        return self.present.excluded_by or left

    @property
    def change(self) -> str:
        """Outcome today and under the proposal."""
        return f"{self.present.outcome} → {self.proposed.outcome}"


@dataclass(frozen=True, slots=True)
class Failed:
    """A line that one of the rulebooks could not answer.

    Attributes:
        identity: its id, or the number of its line.
        side: ``present`` or ``proposed``.
        error: the field and the remedy.
    """

    identity: str | int
    side: Literal["present", "proposed"]
    error: FieldError


@dataclass(frozen=True, slots=True)
class Group:
    """Requests with something in common.

    Attributes:
        code: a provision, an agency or a change of outcome.
        ids: their ids, in the order of the file.
        changes: change of outcome → number of requests.
    """

    code: str
    ids: tuple[str | int, ...]
    changes: Mapping[str, int]

    @property
    def requests(self) -> int:
        """Number of requests."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What would have been possible.

    Attributes:
        present: version of the present rulebook.
        proposed: version of the proposed one.
        on: the day all questions were asked on, or None when each kept its own.
        replayed: every question that both could answer.
        failures: the lines that one could not.
    """

    present: str
    proposed: str
    on: date | None
    replayed: tuple[Replayed, ...]
    failures: tuple[Failed, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """True if some line could not be answered."""
        return bool(self.failures)

    def with_effect(self, effect: Effect) -> tuple[Replayed, ...]:
        """The questions on which the proposal has an effect."""
        return tuple(replayed for replayed in self.replayed if replayed.effect == effect)

    def by_obstacle(self, effect: Effect = "opened") -> tuple[Group, ...]:
        """Questions by each provision that stands in the way today; one may count under several."""
        chosen = self.with_effect(effect)
        return _groups((cite, replayed) for replayed in chosen for cite in replayed.obstacles)

    def by_giver(self, effect: Effect = "opened") -> tuple[Group, ...]:
        """Questions by giver."""
        chosen = self.with_effect(effect)
        return _groups((replayed.present.question.giver, replayed) for replayed in chosen)

    def by_receiver(self, effect: Effect = "opened") -> tuple[Group, ...]:
        """Questions by receiver."""
        chosen = self.with_effect(effect)
        return _groups((replayed.present.question.receiver, replayed) for replayed in chosen)

    def by_change(self, effect: Effect = "opened") -> tuple[Group, ...]:
        """Questions by what they become."""
        return _groups((replayed.change, replayed) for replayed in self.with_effect(effect))


def simulate(
    present: Rulebook, proposed: Rulebook, lines: Iterable[str], *, on: date | None = None
) -> Simulation:
    """Replay recorded questions, one JSON object a line; blank lines are passed over.

    Args:
        present: the rulebook that holds.
        proposed: the rulebook with the bill in it.
        lines: questions with the fields of a worked case.
        on: ask every question on this day instead of its own.
    """
    replayed: list[Replayed] = []
    failures: list[Failed] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = _replay(present, proposed, number, line, on)
            if isinstance(found, Failed):
                failures.append(found)
            else:
                replayed.append(found)
    return Simulation(present.version, proposed.version, on, tuple(replayed), tuple(failures))


def _replay(
    present: Rulebook, proposed: Rulebook, number: int, line: str, on: date | None
) -> Replayed | Failed:
    raw: dict[str, Any] = {}
    side: Literal["present", "proposed"] = "present"
    try:
        raw = object_of(line)
        if on is not None:
            raw = {**raw, "on": on.isoformat()}
        today = present.ask(present.read(raw))
        side = "proposed"
        then = proposed.ask(proposed.read(raw))
    except FieldError as error:
        return Failed(identity_of(raw, number), side, error)
    return Replayed(identity_of(raw, number), today, then, _effect(today, then))


def replayed(
    present: Rulebook, proposed: Rulebook, raw: Mapping[str, Any], identity: str | int = ""
) -> Replayed:
    """One recorded question under both rulebooks.

    Raises:
        FieldError: if one of them cannot answer it.
    """
    today, then = present.ask(present.read(raw)), proposed.ask(proposed.read(raw))
    return Replayed(identity, today, then, _effect(today, then))


class Replay:
    """Asks recorded questions of both rulebooks, one by one.

    What is asked on several days under the same law is answered once: the answers of
    :class:`Replayed` may then speak of another of these days, with the same verdict.
    """

    def __init__(self, present: Rulebook, proposed: Rulebook) -> None:
        self._books = (present, proposed)
        self._standings = (Standings(present), Standings(proposed))
        self._known: dict[Hashable, Replayed] = {}

    def ask(self, raw: Mapping[str, Any]) -> Replayed:
        """One recorded question under both rulebooks, without an identity.

        Raises:
            FieldError: if one of them cannot answer it.
        """
        one, other = (book.read(raw) for book in self._books)
        key: Hashable = tuple(
            (msgspec.structs.replace(question, on=date.min), standings.of(question))
            for standings, question in zip(self._standings, (one, other), strict=True)
        )
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = replayed(*self._books, raw)
        return known


def _effect(present: Answer, proposed: Answer) -> Effect:
    one, other = present.verdict.rank, proposed.verdict.rank
    given_out = {present.outcome, proposed.outcome} <= GIVEN_OUT
    if one != other and not given_out:
        return "opened" if other > one else "closed"
    same = _noticed(present) == _noticed(proposed)
    return "unchanged" if same else "otherwise"


def _noticed(answer: Answer) -> tuple[object, ...]:
    return (
        answer.outcome,
        answer.test,
        answer.duty_if_favourable,
        answer.floor,
        {possibility.signature for possibility in answer.possible},
    )


def _groups(entries: Iterable[tuple[str, Replayed]]) -> tuple[Group, ...]:
    found: dict[str, list[Replayed]] = {}
    for code, replayed in entries:
        found.setdefault(code, []).append(replayed)
    groups = []
    for code, members in found.items():
        changes: dict[str, int] = {}
        for replayed in members:
            changes[replayed.change] = changes.get(replayed.change, 0) + 1
        groups.append(Group(code, tuple(replayed.identity for replayed in members), changes))
    return tuple(sorted(groups, key=lambda group: (-group.requests, group.code)))


_TEXTS = {
    "title": Text(
        sv="Förslag {proposed} mot gällande {present}: {replayed} frågor besvarade{day}",
        en="Proposal {proposed} against present {present}: {replayed} questions answered{day}",
    ),
    "day": Text(sv=", alla som om det vore {on}", en=", all asked as on {on}"),
    "nothing": Text(sv="Ingen fråga får ett annat svar.", en="No question changes answer."),
    "opened": Text(
        sv="{requests} frågor skulle få ett mer öppet svar", en="{requests} would become more open"
    ),
    "closed": Text(
        sv="{requests} frågor skulle få ett mer slutet svar",
        en="{requests} would become more closed",
    ),
    "otherwise": Text(
        sv="{requests} frågor skulle prövas på annat sätt", en="{requests} would be tried otherwise"
    ),
    "unchanged": Text(sv="{requests} frågor får samma svar", en="{requests} get the same answer"),
    "failed": Text(sv="{requests} rader gick inte att besvara", en="{requests} lines in error"),
    "obstacle": Text(sv="efter det som står i vägen i dag", en="by what stands in the way today"),
    "change": Text(sv="efter utfall", en="by outcome"),
    "giver": Text(sv="efter utlämnande myndighet", en="by giver"),
    "receiver": Text(sv="efter mottagare", en="by receiver"),
    "present": Text(sv="gällande", en="present"),
    "proposed": Text(sv="förslag", en="proposal"),
    "more": Text(sv="och {number} till", en="and {number} more"),
}
_TABLES = ("change", "obstacle", "giver", "receiver")


def _say(name: str, language: Language, **values: object) -> str:
    return _TEXTS[name].into(language).format(**values)


def as_text(simulation: Simulation, language: Language = "en") -> str:
    """The simulation for a reader."""
    return "\n".join(_lines(simulation, language))


def _lines(simulation: Simulation, language: Language) -> Iterator[str]:
    day = "" if simulation.on is None else _say("day", language, on=simulation.on)
    yield _say(
        "title",
        language,
        proposed=simulation.proposed,
        present=simulation.present,
        replayed=len(simulation.replayed),
        day=day,
    )
    if len(simulation.with_effect("unchanged")) == len(simulation.replayed):
        yield _say("nothing", language)
    for effect in EFFECTS:
        members = simulation.with_effect(effect)
        if members:
            yield _say(effect, language, requests=len(members))
        if members and effect != "unchanged":
            for table in _TABLES:
                yield from _table(simulation, table, effect, language)
    if simulation.failures:
        yield _say("failed", language, requests=len(simulation.failures))
        for failure in simulation.failures:
            side = _say(failure.side, language)
            remedy = failure.error.said.into(language)
            yield f"  {failure.identity} ({side}): {failure.error.field}: {remedy}"


def _table(simulation: Simulation, table: str, effect: Effect, language: Language) -> Iterator[str]:
    groups = _grouped(simulation, table, effect)
    if groups:
        yield f"  {_say(table, language)}:"
    for group in groups:
        changes = ""
        if table != "change":
            listed = (f"{number} {change}" for change, number in group.changes.items())
            changes = f" ({', '.join(listed)})"
        ids = ", ".join(map(str, group.ids[:MOST_IDS]))
        rest = group.requests - MOST_IDS
        if rest > 0:
            ids += f" {_say('more', language, number=rest)}"
        yield f"    {group.code}: {group.requests}{changes}: {ids}"


def _grouped(simulation: Simulation, table: str, effect: Effect) -> tuple[Group, ...]:
    tables = {
        "change": simulation.by_change,
        "obstacle": simulation.by_obstacle,
        "giver": simulation.by_giver,
        "receiver": simulation.by_receiver,
    }
    return tables[table](effect)


def as_json(simulation: Simulation) -> dict[str, Any]:
    """The simulation for a machine; ids are listed whole under ``requests``."""
    return {
        "present": simulation.present,
        "proposed": simulation.proposed,
        "on": simulation.on.isoformat() if simulation.on else None,
        "effects": {effect: len(simulation.with_effect(effect)) for effect in EFFECTS},
        **{
            effect: {
                f"by_{table}": [_group(group) for group in _grouped(simulation, table, effect)]
                for table in _TABLES
            }
            for effect in EFFECTS
            if effect != "unchanged"
        },
        "requests": [
            {
                "id": replayed.identity,
                "effect": replayed.effect,
                "obstacles": list(replayed.obstacles),
                "present": answer_fields(replayed.present),
                "proposed": answer_fields(replayed.proposed),
            }
            for replayed in simulation.replayed
            if replayed.effect != "unchanged"
        ],
        "failures": [
            {
                "id": failure.identity,
                "side": failure.side,
                "error": {"field": failure.error.field, "remedy": failure.error.remedy},
            }
            for failure in simulation.failures
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "code": group.code,
        "requests": group.requests,
        "changes": dict(group.changes),
        "ids": list(group.ids[:MOST_IDS]),
    }
