"""Which ways out of secrecy exist between any two parties, for any purpose, on a day?

A *way* is a breaking rule, or one point of its list. Whether it can be used hangs on the holder,
on the receiver and on the purpose separately, so a set of ways is a row of bits and the ways of a
route are the AND of three rows. Routes with the same ways behave alike; there are far fewer such
behaviours than routes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.law import schema
from samsyn.law.alike import places_at_receiver
from samsyn.law.case import ELSEWHERE
from samsyn.law.diff.fact_axes import Formula
from samsyn.law.diff.space import (
    INITIATIVES,
    Initiative,
    Space,
    space_of,
)
from samsyn.law.epochs import Epoch, Rule
from samsyn.law.places import Place, named_places
from samsyn.law.rulebook import Rulebook

Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Undated = tuple[tuple[int, frozenset[str]], ...]
"""Ways that hold only if one of some undated memberships has begun: (way, memberships)."""

HARMLESS = Formula.of({"harm": "not_met"})
PUBLIC_HARM = Formula.of({"public_interest_harm": True})
TIP_GIVER = Formula.of({"tip_giver": True})
COMPATIBLE = Formula.of({"compatible_with_swedish_interests": True})
RESERVATION = Formula.of({"reservation_removes_harm": True})
STEPS = (HARMLESS, PUBLIC_HARM, TIP_GIVER, COMPATIBLE, RESERVATION)
"""What the order of the law itself asks, besides the conditions of rules."""


class Core(NamedTuple):
    """What of a way decides the answer and its grounds, however the rule is named.

    Attributes:
        duty: obliges, else allows.
        hurdle: index of the test.
        ground: citation it is used by.
        grounds_with: cited after it.
        formula: when its facts are met.
        amended: the undated amendment it hangs on, and whether it is the new wording.
    """

    duty: bool
    hurdle: int
    ground: str
    grounds_with: tuple[str, ...]
    formula: Formula
    amended: tuple[str, bool] | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of secrecy: a rule, by one of its points where it has a list."""

    rule: Rule
    point: schema.Point | None
    core: Core

    @property
    def content(self) -> tuple[object, ...]:
        """Everything but the parties, the purposes, the days and the names."""
        items, opens = self.rule.block.items, self.rule.block.opens
        own = tuple(map(str, self.rule.own_citations))
        return (self.core, own, items, sorted(opens.only), sorted(opens.except_), opens.protects)

    def serves(self, purpose: str, initiative: Initiative) -> bool:
        """True if the way is for the purpose, on that initiative."""
        if self.rule.purposes and purpose not in self.rule.purposes:
            return False
        if self.point is not None and self.point.purposes and purpose not in self.point.purposes:
            return False
        return self.rule.block.initiative in ("both", initiative)


class Row(NamedTuple):
    """The ways open on one place of an axis.

    Attributes:
        mask: bit of each way.
        undated: those of them that hang on undated memberships.
    """

    mask: int
    undated: Undated = ()


@dataclass(frozen=True, slots=True)
class HolderView:
    """What besides ways differs between holders.

    Attributes:
        exceptions: category → (cite, provisions it takes out of), for exceptions at the holder.
        reports: provisions on reports at the holder.
    """

    exceptions: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    reports: tuple[str, ...]


class Shape:
    """A rulebook on a day, compiled for comparison.

    Attributes:
        rulebook: the rulebook.
        on: the day.
        epoch: its epoch.
        space: its axes.
        ways: all ways, in the order in which the law tries them.
        formulas: every condition that some step looks at.
        pair: row of the first table for (holder class, receiver class).
        behaviour: behaviour for (row of the first table, purpose class).
        behaviours: the ways of each behaviour, shape (behaviours, words), and the numbers of the
            holder's and receiver's rows they come from, for undated memberships.
    """

    def __init__(self, rulebook: Rulebook, on: date) -> None:
        """Compile.

        Raises:
            FieldError: if the day lies before the first day the rulebook covers.
        """
        self.rulebook = rulebook
        self.on = on
        self.epoch = rulebook.epoch(on)
        self.space: Space = space_of(self.epoch, rulebook.vocabulary)
        self.ways = tuple(ways_of(self.epoch))
        locks = (Formula.of(lock.block.unless) for lock in self.epoch.locks if lock.block.unless)
        self.formulas = frozenset((*STEPS, *(way.core.formula for way in self.ways), *locks))
        self._holders = _Rows()
        self._receivers = _Rows()
        self._purposes = _Rows()
        for giver in self.space.activities:
            self._holders.add(giver, _holder_rows(self.ways, giver))
        for receiver in self.space.functions:
            foreign = rulebook.vocabulary.agency(receiver).kind == "foreign"
            self._receivers.add(receiver, _receiver_rows(self.ways, receiver, foreign))
        for purpose in self.space.purposes:
            for initiative in INITIATIVES:
                self._purposes.add(purpose, {initiative: _served(self.ways, purpose, initiative)})
        self._views: dict[tuple[str, str], HolderView] = {}
        for giver, activities in self.space.activities.items():
            for activity in activities:
                self.view(giver, activity)
        self._build()

    def view(self, giver: str, activity: str) -> HolderView:
        """Exceptions and reports at a holder."""
        found = self._views.get((giver, activity))
        if found is None:
            found = self._views[giver, activity] = _view(self.epoch, giver, activity)
        return found

    def holder(self, giver: str, activity: str) -> int:
        """Class of a place on the holder axis; 0 for one the rulebook does not know."""
        return self._holders.number(giver, activity)

    def receiver(self, receiver: str, function: str) -> int:
        """Class of a place on the receiver axis; 0 for one the rulebook does not know."""
        return self._receivers.number(receiver, function)

    def purpose(self, purpose: str, initiative: str) -> int:
        """Class of a place on the purpose axis; 0 for one the rulebook does not know."""
        return self._purposes.number(purpose, initiative)

    def undated_of(self, behaviour: int) -> tuple[Undated, Undated]:
        """Undated memberships of the holder and the receiver that a behaviour hangs on."""
        mask = int.from_bytes(self.behaviours[behaviour].tobytes(), "little")
        holder = self._holders.rows[int(self.origin[behaviour, 0])]
        receiver = self._receivers.rows[int(self.origin[behaviour, 1])]
        return _still(holder.undated, mask), _still(receiver.undated, mask)

    def _build(self) -> None:
        width = len(self.ways) // 64 + 1
        holders, receivers = self._holders.words(width), self._receivers.words(width)
        both = holders[:, None, :] & receivers[None, :, :]
        shape = both.shape[:2]
        origin = np.stack(
            np.broadcast_arrays(
                self._holders.undated()[:, None], self._receivers.undated()[None, :]
            ),
            axis=-1,
        )
        first, rows, sources = _interned(both.reshape(-1, width), origin.reshape(-1, 2))
        self.pair: Numbers = first.reshape(shape)
        purposes = self._purposes.words(width)
        grid = rows[:, None, :] & purposes[None, :, :]
        spread = np.broadcast_to(sources[:, None, :], (*grid.shape[:2], 2))
        second, self.behaviours, self.origin = _interned(
            grid.reshape(-1, width), spread.reshape(-1, 2)
        )
        self.behaviour: Numbers = second.reshape(grid.shape[:2])


def shape_of(rulebook: Rulebook, on: date) -> Shape:
    """Compile a rulebook on a day; the same for every day of an epoch.

    Raises:
        FieldError: if the day lies before the first day the rulebook covers.
    """
    return Shape(rulebook, on)


def ways_of(epoch: Epoch) -> Iterable[Way]:
    """The ways of an epoch, in the order in which the law tries them."""
    for rule in epoch.rules:
        if rule.in_force:
            for point in rule.block.points or (None,):
                yield _way(rule, point)


def _way(rule: Rule, point: schema.Point | None) -> Way:
    core = Core(
        rule.duty,
        rule.hurdle,
        point.cite if point is not None else rule.cite,
        rule.block.grounds_with,
        Formula.of(point.when if point is not None else {}, rule.alternatives, rule.block.unless),
        rule.window,
    )
    return Way(rule, point, core)


class _Rows:
    """The places of one axis, those with equal rows under one number; number 0 is the empty row."""

    def __init__(self) -> None:
        self.rows: list[Row] = [Row(0)]
        self._numbers: dict[Row, int] = {Row(0): 0}
        self._places: dict[str, dict[str, int]] = {}

    def add(self, code: str, rows: Mapping[str, Row]) -> None:
        places = self._places.setdefault(code, {})
        for name, row in rows.items():
            number = self._numbers.setdefault(row, len(self.rows))
            if number == len(self.rows):
                self.rows.append(row)
            places[name] = number

    def number(self, code: str, name: str) -> int:
        places = self._places.get(code)
        if places is None:
            return 0
        return places[name] if name in places else places.get(ELSEWHERE, 0)

    def words(self, width: int) -> Words:
        raw = b"".join(row.mask.to_bytes(width * 8, "little") for row in self.rows)
        return np.frombuffer(raw, np.uint64).reshape(-1, width)

    def undated(self) -> Numbers:
        """The number of each row that hangs on undated memberships, else 0."""
        numbers = [number if row.undated else 0 for number, row in enumerate(self.rows)]
        return np.array(numbers, np.int64)


def _holder_rows(ways: tuple[Way, ...], giver: str) -> dict[str, Row]:
    entries = [
        (bit, way.rule.givers[giver]) for bit, way in enumerate(ways) if giver in way.rule.givers
    ]
    names = {name for _, places in entries for name in named_places(places)}
    return {name: _row(entries, name) for name in (*sorted(names), ELSEWHERE)}


def _receiver_rows(ways: tuple[Way, ...], receiver: str, foreign: bool) -> dict[str, Row]:
    entries = []
    names: set[str] = set()
    for bit, way in enumerate(ways):
        if way.point is not None and way.point.receivers and receiver not in way.point.receivers:
            continue
        places = places_at_receiver(way.rule, receiver, foreign)
        entries.append((bit, places))
        names.update(named_places(places))
    return {name: _row(entries, name) for name in (*sorted(names), ELSEWHERE)}


def _row(entries: list[tuple[int, tuple[Place, ...]]], name: str) -> Row:
    mask = 0
    undated = []
    for bit, places in entries:
        inside = [place.window for place in places if place.includes(name)]
        if inside:
            mask |= 1 << bit
            if None not in inside:
                undated.append((bit, frozenset(window for window in inside if window)))
    return Row(mask, tuple(undated))


def _served(ways: tuple[Way, ...], purpose: str, initiative: Initiative) -> Row:
    return Row(sum(1 << bit for bit, way in enumerate(ways) if way.serves(purpose, initiative)))


def _still(undated: Undated, mask: int) -> Undated:
    return tuple((bit, windows) for bit, windows in undated if mask >> bit & 1)


def _interned(words: Words, origin: Numbers) -> tuple[Numbers, Words, Numbers]:
    """Number equal rows alike.

    Args:
        words: shape (rows, words).
        origin: shape (rows, 2).

    Returns:
        number of each row, and the distinct words and origins by number.
    """
    rows = np.concatenate([words, origin.astype(np.uint64)], axis=1)
    packed = np.ascontiguousarray(rows).view([("", np.uint64)] * rows.shape[1]).ravel()
    _, first, numbers = np.unique(packed, return_index=True, return_inverse=True)
    return numbers.ravel().astype(np.int64), words[first], origin[first]


def _view(epoch: Epoch, giver: str, activity: str) -> HolderView:
    exceptions: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for exception in epoch.exceptions:
        if epoch.is_party(exception.givers, giver, activity, "giver"):
            for category in exception.items.categories:
                entry = (exception.cite, exception.takes_out_of)
                exceptions.setdefault(category, []).append(entry)
    reports = (
        rule.cite
        for rule in epoch.secrecy
        if "tip_giver_identity" in rule.items.categories
        and rule.givers.any is None
        and rule.strength != "absolute"
        and epoch.is_party(rule.givers, giver, activity, "giver")
    )
    listed = tuple((category, tuple(entries)) for category, entries in exceptions.items())
    return HolderView(listed, tuple(reports))
