"""How is a setting worked out for all combinations of facts at once?

A form keeps of a setting only what can matter and says the verdict for every class of facts, as
arrays. What the verdict is stands in ``closed_form``; here is only how it is spread over the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.law.diff.closed_form import (
    CLOSED,
    ITSELF,
    MUST,
    NONE,
    Party,
    Provision,
    Setting,
    Strength,
    Verdict,
    may_reserve,
    signature_of,
)
from samsyn.law.diff.fact_axes import Booleans, Component, Formula
from samsyn.law.diff.shape import COMPATIBLE, HARMLESS, PUBLIC_HARM, RESERVATION, TIP_GIVER, Core
from samsyn.law.interpreter import (
    FOREIGN,
    ON_REQUEST,
    PUBLIC_DOCUMENTS,
    SAME_BRANCH,
    TOWARD_ONESELF,
)
from samsyn.law.interpreter import RESERVATION as WITH_RESERVATION

Numbers = NDArray[np.int64]


class Literals(NamedTuple):
    """When one way can be used: formulas of the facts, undated memberships, an amendment."""

    core: Core
    formulas: tuple[Formula, ...]
    memberships: tuple[frozenset[str], ...]

    @property
    def always(self) -> bool:
        """True if nothing can keep it from being used."""
        return not self.formulas and not self.memberships and self.core.amended is None

    def windows(self) -> set[str]:
        """Everything undated it hangs on."""
        found = {name for names in self.memberships for name in names}
        return found | ({self.core.amended[0]} if self.core.amended else set())


class Form:
    """One setting, ready to be worked out for every combination of facts.

    Attributes:
        formulas: the conditions that matter.
        windows: what is undated and matters, sorted.
        key: equal for forms that say the same.
    """

    def __init__(self, setting: Setting, cores: Sequence[Core], place: Mapping[int, int]) -> None:
        """Keep only what can matter.

        Args:
            setting: the setting.
            cores: way for each bit.
            place: of each bit in the order in which this side tries them.
        """
        self.setting = setting
        self._cores = cores
        provision = setting.provision
        secret = provision is not None and provision.taken_out_by is None
        opening = self._usable(place, setting.opening if secret else 0)
        self._any = _until_sure(opening)
        self._duty = _until_sure([way for way in opening if way.core.duty])
        self._open_duty = _until_sure(self._usable(place, setting.duties, locked=False))
        ways = [*self._any, *self._duty, *self._open_duty]
        asked = {formula for way in ways for formula in way.formulas}
        if setting.party.same_branch:
            asked, ways = set(), []
        else:
            asked |= set(_steps(setting.party, provision if secret else None, setting.reports))
        self.formulas = frozenset(asked)
        self.windows = tuple(sorted({name for way in ways for name in way.windows()}))
        seen = (
            provision._replace(locks=()) if provision is not None and provision.locks else provision
        )
        ways_tried = tuple(self._any), tuple(self._duty), tuple(self._open_duty)
        self.key = (setting.party, seen, ways_tried, setting.exceptions, setting.reports)

    def _usable(self, place: Mapping[int, int], mask: int, locked: bool = True) -> list[Literals]:
        found = []
        locks = self.setting.provision.locks if self.setting.provision and locked else ()
        undated: dict[int, list[frozenset[str]]] = {}
        for bit, windows in self.setting.undated:
            undated.setdefault(bit, []).append(windows)
        for bit in sorted(_bits(mask), key=place.__getitem__):
            core = self._cores[bit]
            formulas = [off for shut, off in locks if shut >> bit & 1] if locks else []
            if not core.formula.always:
                formulas.append(core.formula)
            found.append(Literals(core, tuple(formulas), tuple(undated.get(bit, ()))))
        return found

    def verdicts(self, truth: Truth, book: Book) -> Numbers:
        """Number of the verdict for each class of facts and each assumption about what is undated.

        Args:
            truth: the formulas and windows as arrays.
            book: where verdicts get their numbers.

        Returns:
            array of shape ``truth.shape``.
        """
        party, provision = self.setting.party, self.setting.provision
        if party.same_branch:
            return truth.spread(np.array(book.number(_SAME_BRANCH)))
        open_duty = truth.first(self._open_duty) + 1

        def opened(why: str) -> Numbers:
            plain = np.array(self._open(why, False, book))[open_duty]
            if not self.setting.reports:
                return plain
            return truth.where(TIP_GIVER, np.array(self._open(why, True, book))[open_duty], plain)

        if provision is None or provision.taken_out_by is not None:
            return truth.spread(opened("nothing" if provision is None else "exception"))
        codes = self._left(truth, book)
        if provision.public:
            codes = truth.where(PUBLIC_HARM, codes, opened("public"))
        if HARMLESS in self.formulas:
            codes = self._harmless(truth, codes, opened("harm"))
        if _falls_toward(party, provision):
            codes = truth.where(TIP_GIVER, codes, opened("own_subject"))
        return truth.spread(codes)

    def _harmless(self, truth: Truth, codes: Numbers, opened: Numbers) -> Numbers:
        provision = self.setting.provision
        assert provision is not None
        absolute = provision.usual.absolute, provision.told.absolute
        if all(absolute):
            return codes
        freed = truth.where(HARMLESS, opened, codes)
        if absolute[0]:
            return truth.where(TIP_GIVER, freed, codes)
        return truth.where(TIP_GIVER, codes, freed) if absolute[1] else freed

    def _left(self, truth: Truth, book: Book) -> Numbers:
        party, provision = self.setting.party, self.setting.provision
        assert provision is not None
        duty, either = truth.first(self._duty) + 1, truth.first(self._any) + 1
        duties = (None, *(way.core for way in self._duty))
        others = (None, *(way.core for way in self._any))

        def codes_of(strength: Strength, reserved: bool) -> Numbers:
            table = [
                [book.secret(party, strength, first, other, reserved) for other in others]
                for first in duties
            ]
            found: Numbers = np.array(table)[duty, either]
            return found

        def under(strength: Strength) -> Numbers:
            codes = codes_of(strength, False)
            if not strength.absolute and may_reserve(party):
                codes = truth.where(RESERVATION, codes_of(strength, True), codes)
            return codes

        codes = under(provision.usual)
        if provision.usual != provision.told:
            codes = truth.where(TIP_GIVER, under(provision.told), codes)
        if party.foreign:
            kept = book.number(Verdict(CLOSED, ("foreign", NONE, NONE, False, False), ()))
            codes = truth.where(COMPATIBLE, codes, np.array(kept))
        return codes

    def _open(self, why: str, tip: bool, book: Book) -> list[int]:
        """Verdicts where nothing makes the item secret: without a duty, then for each duty."""
        asked = _asked(self.setting.party)
        verdicts = [_without_duty(self.setting, why, tip)]
        for way in self._open_duty:
            state = (why, 0, NONE, False, False)
            verdicts.append(Verdict(MUST, state, (way.core.ground, *asked)))
        return [book.number(verdict) for verdict in verdicts]


class Book:
    """Verdicts under numbers, for all settings of a comparison.

    Attributes:
        verdicts: verdict by number.
    """

    def __init__(self) -> None:
        self.verdicts: list[Verdict] = []
        self._numbers: dict[Verdict, int] = {}
        self._secret: dict[tuple[object, ...], int] = {}

    def number(self, verdict: Verdict) -> int:
        """Number of a verdict."""
        number = self._numbers.setdefault(verdict, len(self.verdicts))
        if number == len(self.verdicts):
            self.verdicts.append(verdict)
        return number

    def secret(
        self,
        party: Party,
        strength: Strength,
        duty: Core | None,
        either: Core | None,
        reserved: bool,
    ) -> int:
        """Number of the verdict where a provision is left."""
        key = party, strength, duty, either, reserved
        number = self._secret.get(key)
        if number is None:
            number = self._secret[key] = self.number(_secret(*key))
        return number


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _asked(party: Party) -> tuple[str, ...]:
    return (ON_REQUEST,) if party.on_request and party.authority else ()


def _without_duty(setting: Setting, why: str, tip: bool) -> Verdict:
    """Nothing makes the item secret and no duty fits."""
    party, provision = setting.party, setting.provision
    asked = _asked(party)
    state = (why, NONE, NONE, False, False)
    if why in ("harm", "public") and asked:
        return Verdict(MUST, state, (ITSELF, *asked))
    if party.same_as and party.party_access:
        return Verdict(MUST, state, (*(setting.reports if tip else ()), TOWARD_ONESELF))
    by = provision.taken_out_by if provision and why == "exception" else None
    listed = {"nothing": (), "own_subject": (TOWARD_ONESELF,)}.get(why, (by or ITSELF,))
    grounds = (*_once(setting.exceptions or listed), *(asked or (PUBLIC_DOCUMENTS,)))
    return Verdict(("public", "none", party.on_request, None), state, grounds)


_SAME_BRANCH = Verdict(
    ("may", "none", False, None), ("same_branch", NONE, NONE, False, False), (SAME_BRANCH,)
)


def _secret(
    party: Party, strength: Strength, duty: Core | None, either: Core | None, reserved: bool
) -> Verdict:
    d, a = (duty.hurdle if duty else NONE), (either.hurdle if either else NONE)
    signature = signature_of(party, d, a, reserved)
    state = ("left", d, a, strength.absolute, strength.follows)
    chosen = duty or either
    if reserved and d != 0:
        return Verdict(signature, state, (WITH_RESERVATION,))
    if chosen is None:
        return Verdict(signature, state, ())
    cites = [chosen.ground, *chosen.grounds_with]
    if signature[2] and not chosen.duty:
        cites.append(ON_REQUEST)
    abroad = (FOREIGN,) if party.foreign else ()
    return Verdict(signature, state, (*_once(cites), *abroad))


def _falls_toward(party: Party, provision: Provision) -> bool:
    return party.same_as == "subject" and provision.toward_oneself


def _steps(
    party: Party, provision: Provision | None, reports: tuple[str, ...]
) -> Iterable[Formula]:
    """What the order of the law itself asks; the provision is None where none can be left."""
    if reports:
        yield TIP_GIVER
    if provision is None:
        return
    if _falls_toward(party, provision) or provision.usual != provision.told:
        yield TIP_GIVER
    if not (provision.usual.absolute and provision.told.absolute):
        yield HARMLESS
        if may_reserve(party):
            yield RESERVATION
    if provision.public:
        yield PUBLIC_HARM
    if party.foreign:
        yield COMPATIBLE


def _until_sure(ways: Iterable[Literals]) -> list[Literals]:
    """Ways up to the first that always fits; no later one is ever reached."""
    found = []
    for way in ways:
        found.append(way)
        if way.always:
            break
    return found


def _once(*cites: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for some in cites for cite in some))


class Truth:
    """Formulas over the classes of some components, and windows, as arrays that broadcast.

    Attributes:
        shape: one axis for each component, then one for each window.
    """

    def __init__(self, components: Sequence[Component], windows: Sequence[str]) -> None:
        axes = len(components) + len(windows)
        self.shape = (*(len(component.counts) for component in components), *(2 for _ in windows))
        self._components = components
        self._formulas: dict[Formula, Booleans] = {}
        self._windows = {
            name: _along(np.array([True, False]), len(components) + place, axes)
            for place, name in enumerate(windows)
        }
        self._axes = axes

    def formula(self, formula: Formula) -> Booleans:
        """Truth of a formula, of a shape that broadcasts."""
        found = self._formulas.get(formula)
        if found is None:
            axis, component = next(
                (axis, component)
                for axis, component in enumerate(self._components)
                if formula in component.columns
            )
            values = component.truth[:, component.columns[formula]]
            found = self._formulas[formula] = _along(values, axis, self._axes)
        return found

    def where(self, formula: Formula, met: Numbers, unmet: Numbers) -> Numbers:
        """One or the other, as the formula is true or not."""
        return np.where(self.formula(formula), met, unmet)

    def spread(self, numbers: Numbers) -> Numbers:
        """Numbers repeated along the axes they do not hang on."""
        return np.broadcast_to(numbers, self.shape)

    def first(self, ways: Sequence[Literals]) -> Numbers:
        """Place of the first way that fits, -1 where none does; a shape that broadcasts."""
        found: Numbers = np.full((1,) * self._axes, -1, np.int64)
        for place in range(len(ways) - 1, -1, -1):
            found = np.where(self._fits(ways[place]), place, found)
        return found

    def _fits(self, way: Literals) -> Booleans:
        fits: Booleans = _YES
        for formula in way.formulas:
            fits = fits & self.formula(formula)
        for names in way.memberships:
            begun = ~_YES
            for name in names:
                begun = begun | self._windows[name]
            fits = fits & begun
        if way.core.amended is not None:
            name, is_new = way.core.amended
            fits = fits & (self._windows[name] == is_new)
        return fits


_YES: Booleans = np.ones((), np.bool_)


def _along(values: Booleans, axis: int, axes: int) -> Booleans:
    return values.reshape([-1 if place == axis else 1 for place in range(axes)])
