"""How many questions change answer, for routes alike and provisions alike?

A cell of the tally is a group of routes × a class of provisions. For each kind of item in it the
two settings are worked out for all combinations of facts at once and the combinations counted;
equal settings are counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.law.diff.closed_form import Signature
from samsyn.law.diff.comparison import Comparison, signatures, states
from samsyn.law.diff.fact_axes import Component, FactAxes, Value
from samsyn.law.diff.forms import Form
from samsyn.law.diff.grid import Grid, Group
from samsyn.law.diff.space import Item

Result = frozenset[Signature]
"""Every answer that undated days leave possible; one when nothing is undated."""
Kind = tuple[Result, Result]
"""Answers before and after."""


_Part = tuple[int, int, object, list[Item]]
"""Ways before and after, what is special by category, and the items."""


@dataclass(slots=True)
class Count:
    """Combinations of facts under which two settings give other answers.

    Attributes:
        kinds: answers before and after → combinations, where they differ.
        other_ground: combinations with the same answer on another ground.
        in_sets: combinations with the same answer where a set of provisions may get another.
        seen_at: index of a combination of classes of facts for each kind; None for another ground.
        components: the classes.
    """

    kinds: dict[Kind, int] = field(default_factory=dict)
    other_ground: int = 0
    in_sets: int = 0
    seen_at: dict[Kind | None, int] = field(default_factory=dict)
    components: tuple[Component, ...] = ()

    @property
    def changed(self) -> int:
        """Combinations with another answer."""
        return sum(self.kinds.values())


class ProvisionClass(NamedTuple):
    """Provisions that the ways and the order of the law treat alike on each side.

    Attributes:
        cite: one of them, or None for no secrecy.
        opening: ways that open them, before and after.
        standing: number of what else is looked at, for items of any category.
        usually: the same for items of no category that matters.
    """

    cite: str | None
    opening: tuple[int, int]
    standing: int
    usually: int


class Entry(NamedTuple):
    """What was counted in one cell of the tally for one kind of item.

    Attributes:
        group: number of the group.
        provision: number of the class of provisions.
        items: number of kinds of items alike.
        item: one of them.
        differing: combinations of facts.
    """

    group: int
    provision: int
    items: int
    item: Item
    differing: Count


class Tally:
    """Everything that differs between two sides.

    Attributes:
        provisions: classes of provisions; the first is no secrecy.
        members: number of provisions by class and giver, shape (classes, givers).
        entries: what was counted.
        routes: number of routes by group and giver, shape (groups, givers), where counted.
    """

    def __init__(self, comparison: Comparison, grid: Grid) -> None:
        self._comparison = comparison
        self._grid = grid
        self._sides = (comparison.before, comparison.after)
        self._class_of: dict[str, int] = {}
        self._classify()
        self._items = list(_items_alike(comparison))
        self._item_bits = 0
        for place, side in enumerate(self._sides):
            always = side.every
            for before, after, _ in self._items:
                always &= (before, after)[place]
            self._item_bits |= side.every & ~always
        self._rests: dict[tuple[object, ...], int] = {}
        self._counted: dict[tuple[Form, Form], Count | None] = {}
        self._changes: dict[tuple[int, int], _Change] = {}
        self._short: dict[tuple[object, ...], Count | None] = {}
        self._parts: dict[tuple[object, ...], list[_Part]] = {}
        wanted = np.array([self._may_differ(group) for group in grid.groups], np.bool_)
        self.routes = grid.counts(wanted)
        self.entries = list(self._entries(np.flatnonzero(wanted).tolist()))

    def of_class(self, number: int, giver: str) -> str | None:
        """A provision of a class that may hold at a giver."""
        for cite in self._comparison.both.provisions[giver]:
            if self._class_of[cite] == number:
                return cite
        return None

    def _classify(self) -> None:
        """Put provisions in classes, and note which classes are treated differently."""
        categories = sorted(self._comparison.strengthening)
        out_of = [side.listed_in_exceptions for side in self._sides]
        self.provisions = [ProvisionClass(None, (0, 0), -1, -1)]
        known: dict[tuple[object, ...], int] = {}
        standings: dict[tuple[object, ...], int] = {}
        self._differing = {0: False}
        for cite in sorted(self._comparison.both.in_force):
            opening = [side.opening(cite) for side in self._sides]
            each = [
                (side.opening(cite)[1], side.standing(cite, categories), listed(cite))
                for side, listed in zip(self._sides, out_of, strict=True)
            ]
            standing = standings.setdefault(tuple(each), len(standings))
            plain = tuple(side.provision(cite, None, None) for side in self._sides)
            usually = standings.setdefault(plain, len(standings))
            key = (opening[0][0], opening[1][0], standing)
            number = known.setdefault(key, len(self.provisions))
            if number == len(self.provisions):
                self.provisions.append(ProvisionClass(cite, key[:2], standing, usually))
                self._differing[number] = self._other_reach(key[0], key[1]) or each[0] != each[1]
            self._class_of[cite] = number
        provisions = self._comparison.both.provisions
        self.members = np.zeros((len(self.provisions), len(self._grid.givers)), np.int64)
        self.members[0] = 1
        for number, giver in enumerate(self._grid.givers):
            for cite in provisions[giver]:
                self.members[self._class_of[cite], number] += 1
        self._any_differs = any(self._differing.values())
        duties = self._sides[0].duties | self._sides[1].duties
        self._looked_at = [duties | kind.opening[0] | kind.opening[1] for kind in self.provisions]

    def _other_reach(self, before: int, after: int) -> bool:
        """True if a way that both sides have opens the provisions on one side only."""
        return bool((before ^ after) & self._sides[0].every & self._sides[1].every)

    def _may_differ(self, group: Group) -> bool:
        unlike = self._any_differs or not self._comparison.same_order
        return unlike or group.ways[0] != group.ways[1] or _surroundings_differ(group)

    def _entries(self, groups: Iterable[int]) -> Iterator[Entry]:
        held = (self.members @ self.routes.T) > 0
        for number in groups:
            group = self._grid.groups[number]
            rest = self._rest_of(group)
            classes = np.flatnonzero(held[:, number]).tolist()
            alike = self._comparison.same_order and not _surroundings_differ(group)
            for before, after, special, items in self._parts_of(group):
                changed = before ^ after
                for provision in classes:
                    same = alike and not self._differing[provision]
                    if same and not changed & self._looked_at[provision]:
                        continue
                    count = self._count(group, rest, provision, (before, after), special, items[0])
                    if count is not None:
                        yield Entry(number, provision, len(items), items[0], count)

    def _rest_of(self, group: Group) -> int:
        """Number of what the answer hangs on besides ways and, for some items, exceptions."""
        reports = (group.views[0].reports, group.views[1].reports)
        return self._rests.setdefault((group.parties, group.undated, reports), len(self._rests))

    def _parts_of(self, group: Group) -> list[_Part]:
        """Kinds of items that are alike in a group."""
        first, second = group.ways
        listed = tuple(view.exceptions for view in group.views)
        key = first & self._item_bits, second & self._item_bits, listed
        parts = self._parts.get(key)
        if parts is None:
            entries = [dict(exceptions) for exceptions in listed]
            found: dict[tuple[int, int, object], list[Item]] = {}
            for before, after, items in self._items:
                for item in items:
                    special = tuple(entry.get(item.category or "") for entry in entries)
                    stronger = item.category in self._comparison.strengthening
                    by = (special, item.category if stronger else None)
                    known = (
                        key[0] & before,
                        key[1] & after,
                        by if stronger or any(special) else None,
                    )
                    found.setdefault(known, []).append(item)
            parts = self._parts[key] = [
                (before, after, special, items) for (before, after, special), items in found.items()
            ]
        rest = first & ~self._item_bits, second & ~self._item_bits
        return [(b | rest[0], a | rest[1], special, items) for b, a, special, items in parts]

    def _count(
        self,
        group: Group,
        rest: int,
        provision: int,
        ways: tuple[int, int],
        special: object,
        item: Item,
    ) -> Count | None:
        """Count a cell for one kind of item; None where nothing differs."""
        kind = self.provisions[provision]
        first, second = self._sides
        key = (
            ways[0] & kind.opening[0],
            ways[1] & kind.opening[1],
            ways[0] & first.duties,
            ways[1] & second.duties,
            kind.standing if special else kind.usually,
            rest,
            special,
        )
        if key in self._short:
            return self._short[key]
        forms = [
            self._comparison.form(
                side.setting(party, mask, late, view, item, kind.cite), after=side is second
            )
            for side, party, mask, late, view in zip(
                self._sides, group.parties, ways, group.undated, group.views, strict=True
            )
        ]
        found = self._short[key] = self._compare(forms[0], forms[1])
        return found

    def _compare(self, before: Form, after: Form) -> Count | None:
        if before is after:
            return None
        key = before, after
        if key not in self._counted:
            count = self._differences(before, after)
            nothing = not (count.kinds or count.other_ground or count.in_sets)
            self._counted[key] = None if nothing else count
        return self._counted[key]

    def _differences(self, before: Form, after: Form) -> Count:
        """Compare two forms under every combination of facts."""
        axes = self._comparison.axes
        components = axes.components(before.formulas | after.formulas)
        first, second = (self._comparison.results(form, components) for form in (before, after))
        if np.array_equal(first, second):  # one number stands for one result on both sides
            return Count(components=components)
        pairs, seen, place = np.unique(first << 32 | second, return_index=True, return_inverse=True)
        weights = np.bincount(place.ravel(), weights=_weights(components))
        rest = axes.size // prod(component.size for component in components)
        found = Count(components=components)
        for pair, index, weight in zip(pairs.tolist(), seen.tolist(), weights, strict=True):
            change = self._change(pair >> 32, pair & 0xFFFFFFFF)
            times = int(weight) * rest
            if change.kind is not None:
                found.kinds[change.kind] = found.kinds.get(change.kind, 0) + times
                found.seen_at.setdefault(change.kind, index)
                continue
            found.in_sets += times if change.in_sets else 0
            if change.other_ground:
                found.other_ground += times
                found.seen_at.setdefault(None, index)
        return found

    def _change(self, before: int, after: int) -> _Change:
        """How two results differ."""
        found = self._changes.get((before, after))
        if found is None:
            one, other = self._comparison.result(before), self._comparison.result(after)
            kind = signatures(one), signatures(other)
            found = self._changes[before, after] = _Change(
                kind if kind[0] != kind[1] else None,
                states(one) != states(other),
                {v.grounds for v in one} != {v.grounds for v in other},
            )
        return found


class _Change(NamedTuple):
    kind: Kind | None
    in_sets: bool
    other_ground: bool


def _weights(components: tuple[Component, ...]) -> NDArray[np.float64]:
    """Combinations of facts in each combination of classes; exact below 2**53."""
    weights = np.ones(1, np.float64)
    for component in components:
        weights = np.multiply.outer(weights, component.counts.astype(np.float64)).ravel()
    return weights


def facts_at(axes: FactAxes, count: Count, kind: Kind | None) -> dict[str, Value]:
    """Facts under which a kind of change was counted; None for another ground."""
    shape = tuple(len(component.counts) for component in count.components)
    facts: dict[str, Value] = {}
    places = np.unravel_index(count.seen_at[kind], shape) if shape else ()
    for component, number in zip(count.components, places, strict=True):
        facts.update(axes.example(component, int(number)))
    return facts


def _surroundings_differ(group: Group) -> bool:
    """True if something besides the ways differs."""
    return any(pair[0] != pair[1] for pair in (group.undated, group.views, group.parties))


def _items_alike(comparison: Comparison) -> Iterator[tuple[int, int, list[Item]]]:
    found: dict[tuple[int, int], list[Item]] = {}
    for item in comparison.whole.items:
        key = comparison.before.concerning(item), comparison.after.concerning(item)
        found.setdefault(key, []).append(item)
    for (before, after), items in found.items():
        yield before, after, items
