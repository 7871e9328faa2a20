"""Which questions change answer between two rulebooks, or between two days of one?

Decided over the whole space of questions (see ``space``), not over a sample: routes alike are
grouped, provisions alike are classed, and the combinations of facts are counted exactly. Every
example is asked again through the interpreter before it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samsyn.kernel.collecting import without_collector
from samsyn.law.answer import Answer
from samsyn.law.diff.comparison import Comparison
from samsyn.law.diff.difference import Difference, Example, Row, as_json, as_text, kind_name
from samsyn.law.diff.fact_axes import Value
from samsyn.law.diff.grid import Grid
from samsyn.law.diff.outside import beside_the_space, words_of_one_side
from samsyn.law.diff.shape import Shape, shape_of
from samsyn.law.diff.space import question_at
from samsyn.law.diff.tally import Entry, Kind, Result, Tally, facts_at

__all__ = ["Difference", "Shape", "as_json", "as_text", "diff", "shape_of"]

Numbers = NDArray[np.int64]
Axis = Literal["giver", "receiver", "purpose"]
Cell = tuple[int, int, int]
GROUND = "other_ground"


def diff(before: Shape, after: Shape) -> Difference:
    """Compare two compiled rulebooks over every question both can be asked.

    Raises:
        AssertionError: if the closed form and the interpreter disagree about an example.
    """
    with without_collector():
        return _Count(Comparison(before, after)).difference()


class _Count:
    """One comparison while it is being summed up."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._grid = Grid(comparison)
        self._tally = Tally(comparison, self._grid)
        self._by_cell: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        for entry in self._tally.entries:
            self._by_cell[entry.group, entry.provision].append(entry)
        shape = len(self._grid.groups), len(self._tally.provisions)
        most = (
            comparison.axes.size * len(comparison.both.items) * (len(comparison.both.in_force) + 1)
        )
        per_cell: Numbers = np.zeros(shape, np.int64 if most < 2**62 else object)
        for entry in self._tally.entries:
            per_cell[entry.group, entry.provision] += entry.items * entry.differing.changed
        self._per_cell = per_cell
        self._volumes = per_cell @ self._tally.members
        self._reach = self._tally.routes @ self._tally.members.T

    def difference(self) -> Difference:
        """Sum up."""
        comparison = self._comparison
        both, only_before, only_after = comparison.sizes()
        kinds, other_ground, in_sets = self._kinds()
        rows, changed_routes = self._rows()
        vanished, appeared = words_of_one_side(comparison)
        first, second = comparison.before.shape, comparison.after.shape
        return Difference(
            before=(first.rulebook.version, first.on),
            after=(second.rulebook.version, second.on),
            questions=both,
            changed=sum(row.questions for row in kinds),
            routes=comparison.both.routes(),
            changed_routes=changed_routes,
            kinds=kinds,
            givers=rows["giver"],
            receivers=rows["receiver"],
            purposes=rows["purpose"],
            other_ground=other_ground,
            in_sets=in_sets,
            only_before=only_before - both,
            only_after=only_after - both,
            vanished=vanished,
            appeared=appeared,
            beside=beside_the_space(first.rulebook.content, second.rulebook.content),
        )

    def _kinds(self) -> tuple[tuple[Row, ...], Row | None, int]:
        """Changes by kind, the same answers on other grounds, and what shows in sets only."""
        totals: dict[Kind, int] = defaultdict(int)
        shown: dict[Kind, Entry] = {}
        grounds, in_sets = 0, 0
        on_ground: Entry | None = None
        for entry in self._tally.entries:
            times = entry.items * int(self._reach[entry.group, entry.provision])
            for kind, number in entry.differing.kinds.items():
                totals[kind] += number * times
                shown.setdefault(kind, entry)
            grounds += entry.differing.other_ground * times
            in_sets += entry.differing.in_sets * times
            if entry.differing.other_ground and times:
                on_ground = on_ground or entry
        by_name: dict[str, tuple[int, Kind]] = {}
        for kind, number in sorted(totals.items(), key=lambda pair: -pair[1]):
            name = kind_name(*kind)
            known = by_name.get(name)
            by_name[name] = (number + (known[0] if known else 0), known[1] if known else kind)
        rows = tuple(
            Row(name, number, self._example(shown[kind], kind))
            for name, (number, kind) in _largest_first(by_name)
        )
        ground_row = (
            Row(GROUND, grounds, self._example(on_ground, None)) if on_ground is not None else None
        )
        return rows, ground_row, in_sets

    def _rows(self) -> tuple[dict[Axis, tuple[Row, ...]], int]:
        """Changes by giver, receiver and purpose, each with an example; and changed routes."""
        sums: dict[Axis, dict[str, int]] = {axis: defaultdict(int) for axis in _AXES}
        best: dict[Axis, dict[str, tuple[int, Cell]]] = {axis: {} for axis in _AXES}
        routes = 0
        for giver, rows, cells in self._grid.slices(self._volumes):
            changed_here = int(np.count_nonzero(cells))
            if not changed_here:
                continue
            routes += changed_here
            exact = cells if int(cells.max()) < 2**62 // cells.size else cells.astype(object)
            name = self._grid.givers[giver]
            sums["giver"][name] = int(exact.sum())
            _keep(best["giver"], name, cells, (rows.start, 0, 0))
            by_column, by_layer = exact.sum(axis=(0, 2)), exact.sum(axis=(0, 1))
            for column in np.flatnonzero(by_column).tolist():
                name = self._grid.receivers[column][0]
                sums["receiver"][name] += int(by_column[column])
                part = cells[:, column : column + 1]
                _keep(best["receiver"], name, part, (rows.start, column, 0))
            for layer in np.flatnonzero(by_layer).tolist():
                name = self._grid.purposes[layer][0]
                sums["purpose"][name] += int(by_layer[layer])
                part = cells[:, :, layer : layer + 1]
                _keep(best["purpose"], name, part, (rows.start, 0, layer))
        tables = {
            axis: tuple(
                Row(name, number, self._example_at(best[axis][name][1]))
                for name, number in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
            )
            for axis, numbers in sums.items()
        }
        return tables, routes

    def _example(self, entry: Entry, kind: Kind | None) -> Example:
        """A question counted in an entry."""
        places = np.argwhere(self._grid.group == entry.group)
        givers = self._tally.members[entry.provision][self._grid.giver_of] > 0
        for of_kind, layer in places.tolist():
            inside = np.argwhere((self._grid.kind == of_kind) & givers[:, None])
            if len(inside):
                row, column = inside[0].tolist()
                return self._at((row, column, layer), entry, kind)
        raise AssertionError("an entry without a route was counted")

    def _example_at(self, cell: Cell) -> Example:
        """A question of the largest change at a route."""
        row, column, layer = cell
        group = int(self._grid.group[self._grid.kind[row, column], layer])
        giver = int(self._grid.giver_of[row])
        held = self._tally.members[:, giver]
        entry, kind = max(
            (
                (entry, kind)
                for provision in np.flatnonzero(self._per_cell[group] * held).tolist()
                for entry in self._by_cell[group, provision]
                for kind in entry.differing.kinds
            ),
            key=lambda pair: (
                _tells(pair[1]),
                int(held[pair[0].provision]) * pair[0].items * pair[0].differing.kinds[pair[1]],
            ),
        )
        return self._at(cell, entry, kind)

    def _at(self, cell: Cell, entry: Entry, kind: Kind | None) -> Example:
        """Ask both rulebooks the question of an entry at a route, and see that it fits."""
        route = self._grid.route(*cell)
        facts = facts_at(self._comparison.axes, entry.differing, kind)
        cite = self._tally.of_class(entry.provision, route.giver) if entry.provision else None
        secrecy = () if cite is None else (cite,)
        for stated in (facts, self._all_facts(facts)):
            answers = []
            for side in (self._comparison.before, self._comparison.after):
                question = question_at(side.shape.on, route, entry.item, secrecy, stated)
                answers.append(side.shape.rulebook.ask(question))
            example = Example(answers[0], answers[1])
            if _fits(example, kind):
                return example
        raise AssertionError(f"the interpreter answers otherwise: {answers[0].question}")

    def _all_facts(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        quiet = {code: axis.values[0] for code, axis in self._comparison.axes.axes.items()}
        return {**quiet, **facts}


_AXES: tuple[Axis, ...] = ("giver", "receiver", "purpose")


def answers_of(answer: Answer) -> Result:
    """Every answer that the rulebook leaves possible."""
    return frozenset(
        (verdict.outcome, verdict.test, verdict.duty, verdict.floor)
        for verdict in (possibility.verdict for possibility in answer.possible)
    )


def _tells(kind: Kind) -> bool:
    """False where the item is given out before and after, so that little is learned from it."""
    return not {signature[0] for answers in kind for signature in answers} <= {"must", "public"}


def _fits(example: Example, kind: Kind | None) -> bool:
    found = answers_of(example.before), answers_of(example.after)
    if kind is not None:
        return found == kind
    grounds = (
        {possibility.verdict.grounds for possibility in answer.possible}
        for answer in (example.before, example.after)
    )
    return found[0] == found[1] and next(grounds) != next(grounds)


def _keep(best: dict[str, tuple[int, Cell]], name: str, cells: Numbers, start: Cell) -> None:
    place = int(np.argmax(cells))
    largest = int(cells.flat[place])
    if name not in best or largest > best[name][0]:
        row, column, layer = np.unravel_index(place, cells.shape)
        cell = start[0] + int(row), start[1] + int(column), start[2] + int(layer)
        best[name] = largest, cell


def _largest_first(
    found: Mapping[str, tuple[int, Kind]],
) -> Iterable[tuple[str, tuple[int, Kind]]]:
    return sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))
