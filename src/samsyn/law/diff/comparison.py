"""What stands on each side of a comparison, said in the same bits, words and facts?

Ways are matched between two rulebooks by content, so that another name or another order is no
difference. What a side says about parties, items and provisions is kept apart, so a match never
hides a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from samsyn.law.diff.closed_form import Setting, Signature, State, Verdict
from samsyn.law.diff.fact_axes import Component, FactAxes, Value
from samsyn.law.diff.forms import Book, Form, Numbers, Truth
from samsyn.law.diff.shape import STEPS, Core, Shape
from samsyn.law.diff.side import Side
from samsyn.law.diff.space import Item, Route, Space, joined, shared, within


class Comparison:
    """Two sides over one space.

    Attributes:
        before: one side.
        after: the other side.
        cores: what each bit stands for.
        whole: the smallest space that holds both.
        both: the part of it that both sides can be asked about.
        axes: the facts with their distinguishable values.
        strengthening: categories for which another provision may go before the one named.
        same_order: True if the sides try the ways they share in the same order.
    """

    def __init__(self, before: Shape, after: Shape) -> None:
        self.cores, first, second = _matched(before, after)
        self.before = Side(before, first, self.cores)
        self.after = Side(after, second, self.cores)
        self.whole: Space = joined(before.space, after.space)
        self.both: Space = shared(self.whole, before.space, after.space)
        self.axes = FactAxes(
            before.formulas | after.formulas | set(STEPS),
            [before.rulebook.vocabulary.facts, after.rulebook.vocabulary.facts],
        )
        self.strengthening = self.before.strengthening() | self.after.strengthening()
        common = set(first) & set(second)
        self.same_order = [bit for bit in first if bit in common] == [
            bit for bit in second if bit in common
        ]
        merged = _merged(self.before.order, self.after.order)
        self._place = {bit: place for place, bit in enumerate(merged)}
        self._forms: dict[tuple[Setting, bool], Form] = {}
        self._alike: dict[object, Form] = {}
        self._book = Book()
        self._several: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}

    def sizes(self) -> tuple[int, int, int]:
        """Number of questions that both sides, the first and the second can be asked."""
        spaces = (
            self.both,
            within(self.whole, self.before.shape.space),
            within(self.whole, self.after.shape.space),
        )
        both, one, other = (space.size(self.axes.size) for space in spaces)
        return both, one, other

    def form(self, setting: Setting, *, after: bool) -> Form:
        """A setting ready to be worked out; forms that say the same are one object."""
        key = setting, after and not self.same_order
        found = self._forms.get(key)
        if found is None:
            side = self.after if after else self.before
            form = Form(setting, self.cores, self._place if self.same_order else side.place)
            found = self._forms[key] = self._alike.setdefault(form.key, form)
        return found

    def results(self, form: Form, components: tuple[Component, ...]) -> Numbers:
        """What a form says for each class of facts.

        Returns:
            number of the result for each combination of classes, in order; see :meth:`result`.
        """
        codes = form.verdicts(Truth(components, form.windows), self._book).reshape(-1)
        if not form.windows:
            return codes << 1  # even numbers stand for one verdict, odd ones for several
        rows = np.sort(codes.reshape(-1, 2 ** len(form.windows)), axis=1)
        distinct, places = np.unique(rows, axis=0, return_inverse=True)
        numbers = [self._numbered(tuple(dict.fromkeys(row))) for row in distinct.tolist()]
        found: Numbers = np.array(numbers)[places.ravel()]
        return found

    def result(self, number: int) -> frozenset[Verdict]:
        """Every verdict that undated days leave possible, one when nothing is undated."""
        codes = self._several[number >> 1] if number & 1 else (number >> 1,)
        return frozenset(self._book.verdicts[code] for code in codes)

    def _numbered(self, codes: tuple[int, ...]) -> int:
        if len(codes) == 1:
            return codes[0] << 1
        number = self._numbers.setdefault(codes, len(self._several))
        if number == len(self._several):
            self._several.append(codes)
        return number << 1 | 1


def signatures(result: frozenset[Verdict]) -> frozenset[Signature]:
    """What an officer would notice of a result."""
    return frozenset(verdict.signature for verdict in result)


def states(result: frozenset[Verdict]) -> frozenset[tuple[Signature, State]]:
    """What sets of provisions inherit from a result."""
    return frozenset((verdict.signature, verdict.state) for verdict in result)


def closed_form(
    comparison: Comparison,
    route: Route,
    item: Item,
    cite: str | None,
    facts: Mapping[str, Value],
) -> tuple[frozenset[Verdict], frozenset[Verdict]]:
    """Both answers to one question by the closed form; for trying it against the interpreter."""
    answers = []
    for side, after in ((comparison.before, False), (comparison.after, True)):
        party = side.party(route.receiver, route.purpose, route.initiative)
        if side.same_branch(route.giver, route.activity, route.receiver, route.function):
            party = party._replace(same_branch=True)
        behaviour = int(
            side.shape.behaviour[
                side.shape.pair[
                    side.shape.holder(route.giver, route.activity),
                    side.shape.receiver(route.receiver, route.function),
                ],
                side.shape.purpose(route.purpose, route.initiative),
            ]
        )
        view = side.shape.view(route.giver, route.activity)
        ways, undated = side.behaviours[behaviour]
        setting = side.setting(party, ways, undated, view, item, cite)
        form = comparison.form(setting, after=after)
        components = comparison.axes.components(form.formulas)
        numbers = comparison.results(form, components)
        places = [comparison.axes.class_of(component, facts) for component in components]
        shape = [len(component.counts) for component in components]
        index = int(np.ravel_multi_index(places, shape)) if places else 0
        answers.append(comparison.result(int(numbers[index])))
    return answers[0], answers[1]


def _matched(before: Shape, after: Shape) -> tuple[list[Core], list[int], list[int]]:
    """Bits for the ways of both sides: equal contents share a bit, the n-th with the n-th."""
    cores = [way.core for way in before.ways]
    first = list(range(len(cores)))
    waiting: dict[str, list[int]] = {}
    for bit, way in enumerate(before.ways):
        waiting.setdefault(repr(way.content), []).append(bit)
    second = []
    for way in after.ways:
        same = waiting.get(repr(way.content))
        if same:
            second.append(same.pop(0))
        else:
            second.append(len(cores))
            cores.append(way.core)
    return cores, first, second


def _merged(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """One order that both agree with, where they order what they share alike."""
    merged = list(first)
    place = 0
    for bit in second:
        if bit in merged:
            place = merged.index(bit) + 1
        else:
            merged.insert(place, bit)
            place += 1
    return tuple(merged)
