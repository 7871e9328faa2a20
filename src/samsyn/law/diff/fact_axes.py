"""Which values of the facts can the rules tell apart, and how often does what is asked come true?

A condition of a rule is a formula over a few facts. Two values of a fact that every condition
treats alike are one value here, so each fact is a short axis: true and false, the wanted choices
and one other, numbers at the cut points that occur, acts by the lists they fall in.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samsyn.kernel.citations import Citation
from samsyn.law import schema
from samsyn.law.case import Case, Held
from samsyn.law.question import Question
from samsyn.law.schema import Condition, FactValue

Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]
Atom = tuple[str, Hashable]
"""A fact code and what is wanted of it, in a form that can be compared."""
Value = FactValue | None
"""A value of a fact; None where nobody claims it."""

OUTSIDE_ACT = "1900:1"
"""An act that no list of a rulebook names, for rulebooks where silence about the act is open."""


_NO_CONDITION: Condition = {}


def _frozen(wanted: Any) -> Hashable:
    if isinstance(wanted, list):
        return "one of", *wanted
    if isinstance(wanted, dict):
        if "at_least" in wanted:
            return "at least", wanted["at_least"]
        return "within", *wanted["within"]
    return type(wanted).__name__, wanted


def _thawed(frozen: Hashable) -> Any:
    assert isinstance(frozen, tuple)
    kind, *values = frozen
    if kind == "one of":
        return values
    if kind == "at least":
        return {"at_least": values[0]}
    return {"within": values} if kind == "within" else values[0]


def _atoms(condition: Condition) -> tuple[Atom, ...]:
    return tuple(sorted(((code, _frozen(wanted)) for code, wanted in condition.items()), key=repr))


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """When a rule's facts are as it wants: all of these, one of those lists, none of those.

    Equal formulas are one object, so that looking one up costs nothing; make them by :meth:`of`.

    Attributes:
        all_of: atoms that must hold.
        any_of: lists of atoms, one of which must hold as a whole.
        none_of: atoms none of which may hold.
    """

    all_of: tuple[Atom, ...]
    any_of: tuple[tuple[Atom, ...], ...]
    none_of: tuple[Atom, ...]

    @classmethod
    def of(
        cls,
        when: Condition,
        alternatives: Iterable[Condition] = (_NO_CONDITION,),
        unless: Condition = _NO_CONDITION,
    ) -> Formula:
        """The formula of a rule's fields; the same however they are ordered in the file."""
        any_of = tuple(sorted({_atoms(condition) for condition in alternatives}, key=repr))
        if () in any_of:
            any_of = ((),)
        return _formula(_atoms(when), any_of, _atoms(unless))

    @property
    def always(self) -> bool:
        """True if no fact matters."""
        return not self.all_of and () in self.any_of and not self.none_of

    def atoms(self) -> Iterator[Atom]:
        """Every atom."""
        yield from self.all_of
        for atoms in self.any_of:
            yield from atoms
        yield from self.none_of


@cache
def _formula(
    all_of: tuple[Atom, ...], any_of: tuple[tuple[Atom, ...], ...], none_of: tuple[Atom, ...]
) -> Formula:
    return Formula(all_of, any_of, none_of)


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact with its distinguishable values.

    Attributes:
        code: the fact.
        values: one value for each class of values, the quiet ones first.
        truth: what is wanted → array of shape (values,).
    """

    code: str
    values: tuple[Value, ...]
    truth: Mapping[Hashable, Booleans]


@dataclass(frozen=True, slots=True)
class Component:
    """Formulas that share facts, and the ways in which they can come true together.

    Attributes:
        columns: the formulas, each with its column.
        codes: the facts they ask for.
        truth: array of shape (classes, formulas).
        counts: number of combinations of fact values in each class, shape (classes,).
        class_of: class of each combination, in the order of the product of the axes.
        size: number of combinations.
    """

    columns: Mapping[Formula, int]
    codes: tuple[str, ...]
    truth: Booleans
    counts: Integers
    class_of: NDArray[np.intp]
    size: int


class FactAxes:
    """The facts that matter to some formulas, each with its distinguishable values.

    Attributes:
        axes: fact code → axis, in the order of the vocabulary.
        size: number of combinations of values of all facts.
    """

    def __init__(
        self, formulas: Iterable[Formula], facts: Sequence[Mapping[str, schema.Fact]]
    ) -> None:
        """Find the axes of all facts that the formulas ask for.

        Args:
            formulas: of every rule, lock and step that looks at facts.
            facts: the facts of each rulebook concerned.
        """
        wanted: dict[str, set[Hashable]] = {}
        for formula in formulas:
            for code, want in formula.atoms():
                wanted.setdefault(code, set()).add(want)
        known = {code: fact for entries in facts for code, fact in entries.items()}
        order = [*(code for code in known if code in wanted), *sorted(wanted.keys() - known)]
        self.axes = {code: _axis(code, known.get(code), wanted[code]) for code in order}
        self.size = prod(len(axis.values) for axis in self.axes.values())
        self._truth: dict[Formula, tuple[tuple[str, ...], Booleans]] = {}
        self._components: dict[frozenset[Formula], tuple[Component, ...]] = {}

    def components(self, formulas: frozenset[Formula]) -> tuple[Component, ...]:
        """Group formulas by the facts they share."""
        found = self._components.get(formulas)
        if found is None:
            found = self._components[formulas] = tuple(map(self._component, _linked(formulas)))
        return found

    def class_of(self, component: Component, facts: Mapping[str, Value]) -> int:
        """Class of a combination of values that stand on the axes."""
        places = [self.axes[code].values.index(facts[code]) for code in component.codes]
        shape = [len(self.axes[code].values) for code in component.codes]
        return int(component.class_of[np.ravel_multi_index(places, shape)] if places else 0)

    def example(self, component: Component, number: int) -> dict[str, Value]:
        """Fact values of the first combination in a class."""
        first = int(np.argmax(component.class_of == number))
        shape = [len(self.axes[code].values) for code in component.codes]
        places = np.unravel_index(first, shape)
        return {
            code: self.axes[code].values[int(place)]
            for code, place in zip(component.codes, places, strict=True)
        }

    def _component(self, formulas: tuple[Formula, ...]) -> Component:
        codes = tuple(
            code
            for code in self.axes
            if any(code == own for formula in formulas for own, _ in formula.atoms())
        )
        shape = tuple(len(self.axes[code].values) for code in codes)
        columns = [self._spread(formula, codes, shape) for formula in formulas]
        table = np.stack(columns, axis=1)
        packed = np.packbits(table, axis=1)
        _, first, class_of, counts = np.unique(
            packed, axis=0, return_index=True, return_inverse=True, return_counts=True
        )
        places = {formula: column for column, formula in enumerate(formulas)}
        return Component(
            places, codes, table[first], counts.astype(np.int64), class_of.ravel(), prod(shape)
        )

    def _spread(self, formula: Formula, codes: tuple[str, ...], shape: tuple[int, ...]) -> Booleans:
        own, truth = self._truth_of(formula)
        wide = truth.reshape(
            [size if code in own else 1 for code, size in zip(codes, shape, strict=True)]
        )
        return np.broadcast_to(wide, shape).reshape(-1)

    def _truth_of(self, formula: Formula) -> tuple[tuple[str, ...], Booleans]:
        found = self._truth.get(formula)
        if found is None:
            asked = {code for code, _ in formula.atoms()}
            codes = tuple(code for code in self.axes if code in asked)
            yes, no = np.ones([1] * len(codes), np.bool_), np.zeros([1] * len(codes), np.bool_)
            truth = no
            for atoms in formula.any_of:
                truth = truth | self._all(atoms, codes, yes)
            truth = truth & self._all(formula.all_of, codes, yes)
            for atom in formula.none_of:
                truth = truth & ~self._all((atom,), codes, yes)
            shape = [len(self.axes[code].values) for code in codes]
            found = self._truth[formula] = codes, np.broadcast_to(truth, shape)
        return found

    def _all(self, atoms: tuple[Atom, ...], codes: tuple[str, ...], yes: Booleans) -> Booleans:
        truth = yes
        for code, want in atoms:
            shape = [-1 if code == other else 1 for other in codes]
            truth = truth & self.axes[code].truth[want].reshape(shape)
        return truth


def _linked(formulas: frozenset[Formula]) -> list[tuple[Formula, ...]]:
    groups: list[tuple[set[str], list[Formula]]] = []
    for formula in sorted(formulas, key=repr):
        codes, members = {code for code, _ in formula.atoms()}, [formula]
        apart = []
        for group in groups:
            if group[0] & codes:
                codes |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (codes, members)]
    return [tuple(members) for _, members in groups]


def _axis(code: str, fact: schema.Fact | None, wanted: set[Hashable]) -> Axis:
    wants = sorted(wanted, key=repr)
    values: list[Value] = []
    seen: set[tuple[bool, ...]] = set()
    for value in _candidates(fact, [_thawed(want) for want in wants]):
        met = tuple(_meets(code, value, want) for want in wants)
        if met not in seen:
            seen.add(met)
            values.append(value)
    truth = {
        want: np.array([_meets(code, value, want) for value in values], np.bool_) for want in wants
    }
    return Axis(code, tuple(values), truth)


def _meets(code: str, value: Value, want: Hashable) -> bool:
    """Ask the interpreter's own reading of a condition, so that there is only one."""
    case = Case(
        _NOTHING,
        hold=lambda _: Held((), read=True),
        categories=frozenset(),
        known={} if value is None else {code: value},
        receiver_kind="authority",
        same_as=None,
        treated_as_authority=False,
    )
    return case.meets({code: _thawed(want)})


_NOTHING = Question(on=date.min, giver="", receiver="", purpose="", initiative="own")


def _candidates(fact: schema.Fact | None, wants: list[Any]) -> Iterator[Value]:
    """Values among which every class of values has a member, quiet values first."""
    kind = fact.type if fact is not None else "bool"
    if kind == "bool":
        yield from (False, True, *_mentioned(wants))
        return
    if kind == "choice" and fact is not None:
        mentioned = _mentioned(wants)
        yield from sorted(fact.choices, key=lambda choice: (choice in mentioned, choice != "none"))
        return
    if kind == "int":
        yield 0
        yield from sorted(want["at_least"] for want in wants if isinstance(want, dict))
        yield from (value for value in _mentioned(wants) if isinstance(value, int))
        return
    silence_is_open = fact is not None and fact.unstated == "ask"
    yield (OUTSIDE_ACT if kind == "act" else "other") if silence_is_open else None
    places = [place for want in wants if isinstance(want, dict) for place in want["within"]]
    yield from (*_meets_of(places), *_mentioned(wants))


def _mentioned(wants: list[Any]) -> list[FactValue]:
    single = [want for want in wants if not isinstance(want, dict | list | bool)]
    return list(dict.fromkeys([*single, *(v for w in wants if isinstance(w, list) for v in w)]))


def _meets_of(places: Iterable[str]) -> list[str]:
    """The places, and the places that lie in two or more of them."""
    found = list(dict.fromkeys(places))
    for text in found:  # grows while it is walked through
        for other in tuple(found):
            both = _both(Citation.parse(text), Citation.parse(other))
            if both is not None and str(both) not in found:
                found.append(str(both))
    return found


def _both(one: Citation, other: Citation) -> Citation | None:
    """The widest place within both, or None."""
    fields = ("sfs", "chapter", "section", "paragraph", "point", "sentence")
    pairs = [(getattr(one, name) or None, getattr(other, name) or None) for name in fields]
    if any(first and second and first != second for first, second in pairs):
        return None
    sfs, chapter, section, *rest = [first or second for first, second in pairs]
    return Citation(str(sfs), chapter, section or "", *rest)
