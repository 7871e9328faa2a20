"""Which routes behave alike on both sides of a comparison, and how many of each are there?

The dense product of holders, receivers and purposes has millions of cells and few thousand groups.
A group is everything of a route the answer hangs on: its ways on both sides, the exceptions at the
holder, the kind of receiver, and the request.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from samsyn.law.diff.closed_form import Party
from samsyn.law.diff.comparison import Comparison
from samsyn.law.diff.shape import HolderView, Undated
from samsyn.law.diff.side import Side
from samsyn.law.diff.space import INITIATIVES, Initiative, Route

Numbers = NDArray[np.int64]
Key = TypeVar("Key", bound=Hashable)


class Group(NamedTuple):
    """Routes alike. Each pair is before, after.

    Attributes:
        ways: bits of the ways between the parties for the purpose.
        undated: those that hang on undated memberships.
        views: exceptions at the holder, and reports where a party asks.
        parties: the receiver and the request.
    """

    ways: tuple[int, int]
    undated: tuple[Undated, Undated]
    views: tuple[HolderView, HolderView]
    parties: tuple[Party, Party]


class Grid:
    """The routes of the space that both sides can be asked about, in groups.

    Attributes:
        holders: giver and activity by row; the rows of a giver stand together.
        receivers: receiver and function by column.
        purposes: purpose and initiative by layer.
        givers: givers in order.
        giver_of: number of the giver by row.
        kind: shape (rows, columns), what rows and columns have in common; -1 outside the space.
        group: shape (kinds, layers), group of a route.
        groups: the groups.
    """

    def __init__(self, comparison: Comparison) -> None:
        space = comparison.both
        self.holders = [(g, name) for g, names in space.activities.items() for name in names]
        self.receivers = [(r, name) for r, names in space.functions.items() for name in names]
        self.purposes: list[tuple[str, Initiative]] = [
            (purpose, initiative) for purpose in space.purposes for initiative in INITIATIVES
        ]
        self.givers = list(space.activities)
        places = {giver: number for number, giver in enumerate(self.givers)}
        self.giver_of = np.array([places[giver] for giver, _ in self.holders], np.int64)
        self._sides = (comparison.before, comparison.after)
        self._outside = [giver for giver in self.givers if not space.meet(giver, giver)]
        self._number_kinds()
        self._number_groups()

    def route(self, row: int, column: int, layer: int) -> Route:
        """The route at a cell."""
        return Route(*self.holders[row], *self.receivers[column], *self.purposes[layer])

    def rows_of(self, giver: int) -> slice:
        """The rows of a giver."""
        found = np.flatnonzero(self.giver_of == giver)
        return slice(int(found[0]), int(found[-1]) + 1)

    def _number_kinds(self) -> None:
        first, second = self._sides
        views, self._views = _numbered(
            [(first.shape.view(*holder), second.shape.view(*holder)) for holder in self.holders]
        )
        kinds, self._receiver_kinds = _numbered(
            [
                (_standing(first, receiver), _standing(second, receiver))
                for receiver, _ in self.receivers
            ]
        )
        columns = (self._pairs(first), self._pairs(second), views[:, None], kinds[None, :])
        rows = np.stack(np.broadcast_arrays(*columns, self._same_branch()), axis=-1)
        codes, self._kinds = _distinct(rows.reshape(-1, 5))
        self.kind = codes.reshape(rows.shape[:2])
        for row, (giver, _) in enumerate(self.holders):
            if giver in self._outside:
                for column, (receiver, _) in enumerate(self.receivers):
                    if receiver == giver:
                        self.kind[row, column] = -1

    def _pairs(self, side: Side) -> Numbers:
        holders = [side.shape.holder(*holder) for holder in self.holders]
        receivers = [side.shape.receiver(*place) for place in self.receivers]
        found: Numbers = side.shape.pair[np.ix_(np.array(holders), np.array(receivers))]
        return found

    def _same_branch(self) -> Numbers:
        """1 where the first side finds one branch, 2 where the second does; shape of the kinds."""
        found = np.zeros((len(self.holders), len(self.receivers)), np.int64)
        for row, (giver, activity) in enumerate(self.holders):
            if giver in self._outside:
                continue
            for column, (receiver, function) in enumerate(self.receivers):
                if giver == receiver:
                    found[row, column] = sum(
                        bit
                        for bit, side in zip((1, 2), self._sides, strict=True)
                        if side.same_branch(giver, activity, receiver, function)
                    )
        return found

    def _number_groups(self) -> None:
        layers = [
            np.array([side.shape.purpose(*layer) for layer in self.purposes], np.int64)
            for side in self._sides
        ]
        requests = np.array(
            [2 * (i == "request") + (p == "party_access") for p, i in self.purposes], np.int64
        )
        behaviours = []
        self._contents: list[list[tuple[int, Undated]]] = []
        for place, (side, layer) in enumerate(zip(self._sides, layers, strict=True)):
            numbers, contents = _numbered(side.behaviours)
            behaviours.append(numbers[side.shape.behaviour[self._kinds[:, place]][:, layer]])
            self._contents.append(contents)
        rest = (self._kinds[:, place][:, None] for place in (2, 3, 4))
        rows = np.stack(np.broadcast_arrays(*behaviours, *rest, requests[None, :]), axis=-1)
        codes, found = _distinct(rows.reshape(-1, 6))
        numbers, self.groups = _numbered([self._group(*row) for row in found.tolist()])
        self.group = numbers[codes].reshape(behaviours[0].shape)

    def _group(
        self, before: int, after: int, view: int, kind: int, branch: int, request: int
    ) -> Group:
        parties = [
            standing._replace(
                on_request=request >= 2,
                party_access=standing.same_as is not None and request % 2 == 1,
                same_branch=bool(branch & bit),
            )
            for bit, standing in zip((1, 2), self._receiver_kinds[kind], strict=True)
        ]
        views = self._views[view]
        if not (parties[0].party_access or parties[1].party_access):
            views = (replace(views[0], reports=()), replace(views[1], reports=()))
        (first, late), (second, later) = self._contents[0][before], self._contents[1][after]
        return Group((first, second), (late, later), views, (parties[0], parties[1]))

    def counts(self, wanted: NDArray[np.bool_]) -> Numbers:
        """Number of routes by wanted group and giver, shape (groups, givers); 0 if not wanted."""
        found = np.zeros((len(self.groups), len(self.givers)), np.int64)
        for giver in range(len(self.givers)):
            kinds = self.kind[self.rows_of(giver)].ravel()
            times = np.bincount(kinds[kinds >= 0], minlength=len(self._kinds))
            present = np.flatnonzero(times)
            groups = self.group[present]
            chosen = wanted[groups]
            weights = np.broadcast_to(times[present][:, None], groups.shape)[chosen]
            found[:, giver] = np.bincount(
                groups[chosen], weights=weights, minlength=len(self.groups)
            )
        return found

    def slices(self, volumes: Numbers) -> Iterator[tuple[int, slice, Numbers]]:
        """For each giver its rows and their volumes, shape (rows, columns, layers).

        Args:
            volumes: number of questions by group and giver, shape (groups, givers).
        """
        outside = np.zeros((1, len(self.purposes)), np.int64)
        for giver in np.flatnonzero(volumes.any(axis=0)).tolist():
            rows = self.rows_of(giver)
            by_kind = np.concatenate([volumes[self.group, giver], outside])
            yield giver, rows, by_kind[self.kind[rows]]


def _standing(side: Side, receiver: str) -> Party:
    return side.party(receiver, "", "own")


def _numbered(keys: Sequence[Key]) -> tuple[Numbers, list[Key]]:
    known = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([known[key] for key in keys], np.int64), list(known)


def _distinct(rows: Numbers) -> tuple[Numbers, Numbers]:
    """Number equal rows alike; returns the numbers and the distinct rows."""
    sizes = rows.max(axis=0) + 1
    packed = np.ravel_multi_index(tuple(rows.T), tuple(sizes.tolist()))
    _, first, numbers = np.unique(packed, return_index=True, return_inverse=True)
    return numbers.ravel().astype(np.int64), rows[first]
