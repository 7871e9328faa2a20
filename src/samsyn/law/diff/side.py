"""What does one rulebook say of routes, items and provisions, in the bits of a comparison?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from samsyn.kernel.citations import Citation, section_order
from samsyn.law.case import Secrecy
from samsyn.law.diff.closed_form import Party, Provision, Setting, Strength
from samsyn.law.diff.fact_axes import Formula
from samsyn.law.diff.shape import Core, HolderView, Shape, Undated
from samsyn.law.diff.space import Item
from samsyn.law.epochs import Rule
from samsyn.law.interpreter import TOWARD_ONESELF

TIP_GIVER_IDENTITY = "tip_giver_identity"
"""Category that an item from or about a tip-giver has besides its own."""
_ONESELF = Citation.parse(TOWARD_ONESELF)
Exceptions = tuple[tuple[str, tuple[str, ...]], ...]


class Side:
    """One rulebook on a day, in the bits of a comparison.

    Attributes:
        shape: the compiled rulebook.
        order: bits in the order in which this side tries them.
        place: place of each bit in that order.
        every: all bits of this side.
        duties: bits of duties outside the secrecy act.
    """

    def __init__(self, shape: Shape, bits: Sequence[int], cores: Sequence[Core]) -> None:
        self.shape = shape
        self.bits = np.array(bits, np.int64)
        self.order = tuple(bits)
        self.place = {bit: place for place, bit in enumerate(bits)}
        self.every = sum(1 << bit for bit in bits)
        self._rules = {bit: way.rule for bit, way in zip(bits, shape.ways, strict=True)}
        self.duties = sum(
            1 << bit
            for bit, rule in self._rules.items()
            if rule.duty and not rule.inside_secrecy_act
        )
        self._locks = shape.epoch.locks
        self._width = len(cores)
        self._masks: dict[Item, int] = {}
        self._provisions: dict[tuple[str, str | None, str | None], Provision] = {}
        self._opening: dict[str, tuple[int, tuple[tuple[int, Formula], ...]]] = {}

    @cached_property
    def behaviours(self) -> list[tuple[int, Undated]]:
        """The ways of each behaviour of the shape, and those on undated memberships."""
        words = self.shape.behaviours
        raw = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1, bitorder="little")
        table: NDArray[np.uint8] = np.zeros((len(words), self._width), np.uint8)
        table[:, self.bits] = raw[:, : len(self.bits)]
        packed = np.packbits(table, axis=1, bitorder="little")
        return [
            (int.from_bytes(row.tobytes(), "little"), self._undated(behaviour))
            for behaviour, row in enumerate(packed)
        ]

    def _undated(self, behaviour: int) -> Undated:
        """Memberships by number: who the member is matters no more, only which ways share one."""
        found = [part for parts in self.shape.undated_of(behaviour) for part in parts]
        known: dict[str, str] = {}
        for _, names in found:
            for name in sorted(names):
                known.setdefault(name, f"membership {len(known)}")
        return tuple(
            (self.order[way], frozenset(known[name] for name in names)) for way, names in found
        )

    def concerning(self, item: Item) -> int:
        """Bits of ways that speak of such items."""
        found = self._masks.get(item)
        if found is None:
            found = sum(1 << bit for bit, rule in self._rules.items() if _concerns(rule, item))
            self._masks[item] = found
        return found

    def opening(self, cite: str) -> tuple[int, tuple[tuple[int, Formula], ...]]:
        """Bits of ways that open a provision, and for each lock with a way out what it shuts."""
        found = self._opening.get(cite)
        if found is None:
            secrecy = self.secrecy(cite)
            mask = sum(1 << bit for bit, rule in self._rules.items() if rule.opens(secrecy))
            locks = []
            for lock in self.shape.epoch.locks_on(secrecy):
                shut = sum(1 << bit for bit, rule in self._rules.items() if lock.shuts_out(rule))
                if lock.block.unless:
                    locks.append((shut, Formula.of(lock.block.unless)))
                else:
                    mask &= ~shut
            found = mask, tuple(locks)
            self._opening[cite] = found
        return found

    def secrecy(self, cite: str, *categories: str) -> Secrecy:
        """A provision as the interpreter sees it, for items of some categories."""
        citation = Citation.parse(cite)
        rule = self.shape.epoch.secrecy_rule(citation, frozenset(categories))
        public = section_order(citation.chapter or "0")[0] <= 20
        if rule is None:
            return Secrecy(cite, citation, public, None)
        return Secrecy(cite, citation, public, rule.strength, rule.follows)

    def provision(self, cite: str, category: str | None, taken_out_by: str | None) -> Provision:
        """What of a provision the closed form looks at."""
        key = cite, category, taken_out_by
        found = self._provisions.get(key)
        if found is None:
            own = (category,) if category else ()
            usual, told = self.secrecy(cite, *own), self.secrecy(cite, *own, TIP_GIVER_IDENTITY)
            locks = self.shape.epoch.locks_on(usual)
            found = self._provisions[key] = Provision(
                _strength(usual),
                _strength(told),
                usual.public,
                not usual.public and not any(lock.shuts_out_place(_ONESELF) for lock in locks),
                taken_out_by,
                self.opening(cite)[1],
            )
        return found

    def standing(self, cite: str, categories: Sequence[str]) -> tuple[Provision, ...]:
        """What of a provision the closed form looks at, for items of any category."""
        return tuple(self.provision(cite, category, None) for category in (None, *categories))

    def strengthening(self) -> set[str]:
        """Categories for which a paragraph goes before the section that is named."""
        return {
            category
            for rule in self.shape.epoch.secrecy
            if Citation.parse(rule.cite).paragraph
            for category in rule.items.categories
        }

    def listed_in_exceptions(self, cite: str) -> tuple[str, ...]:
        """How exceptions name a provision: by itself or by its section."""
        names = {name for rule in self.shape.epoch.exceptions for name in rule.takes_out_of}
        return tuple(sorted(name for name in names if _takes_out((name,), cite)))

    def party(self, receiver: str, purpose: str, initiative: str) -> Party:
        """What of the receiver and the request the closed form looks at."""
        agency = self.shape.rulebook.vocabulary.agency(receiver)
        return Party(
            agency.kind == "authority" or agency.treated_as_authority is not None,
            agency.kind == "foreign",
            agency.same_as,
            initiative == "request",
            agency.same_as is not None and purpose == "party_access",
        )

    def branch(self, giver: str, name: str, side: str) -> str | None:
        """The independent branch that an activity or function of an agency belongs to."""
        for branch in self.shape.rulebook.vocabulary.agency(giver).branches:
            if name in (branch.activities if side == "giver" else branch.functions):
                return branch.code
        return None

    def same_branch(self, giver: str, activity: str, receiver: str, function: str) -> bool:
        """True if giver and receiver are one agency, in one branch where it has some (OSL 8:2)."""
        if giver != receiver:
            return False
        if not self.shape.rulebook.vocabulary.agency(giver).branches:
            return True
        own = self.branch(giver, activity, "giver")
        return own is not None and own == self.branch(giver, function, "receiver")

    def setting(
        self,
        party: Party,
        ways: int,
        undated: Undated,
        view: HolderView,
        item: Item,
        cite: str | None,
    ) -> Setting:
        """The setting of a question, apart from its facts."""
        fitting = ways & self.concerning(item)
        listed = _listed(view, item.category) if item.category else ()
        reports = view.reports if party.party_access else ()
        exceptions = tuple(name for name, _ in listed)
        if party.same_branch:
            return Setting(party, None, 0, 0)
        if cite is None:
            duties = fitting & self.duties
            return Setting(party, None, 0, duties, _kept(undated, duties), exceptions, reports)
        by = next((name for name, out_of in listed if _takes_out(out_of, cite)), None)
        opening, duties = fitting & self.opening(cite)[0], fitting & self.duties
        return Setting(
            party,
            self.provision(cite, item.category, by),
            opening,
            duties,
            _kept(undated, opening | duties),
            exceptions,
            reports,
        )


def _strength(secrecy: Secrecy) -> Strength:
    return Strength(secrecy.absolute, secrecy.follows is not None)


def _listed(view: HolderView, category: str) -> Exceptions:
    for name, entries in view.exceptions:
        if name == category:
            return entries
    return ()


@lru_cache(maxsize=4096)
def _takes_out(out_of: tuple[str, ...], cite: str) -> bool:
    return any(
        cite == other or str(Citation.parse(cite).whole_section()) == other for other in out_of
    )


def _kept(undated: Undated, mask: int) -> Undated:
    return tuple((bit, names) for bit, names in undated if mask >> bit & 1)


def _concerns(rule: Rule, item: Item) -> bool:
    items = rule.block.items
    if rule.categories and item.category not in rule.categories:
        return False
    if item.category in rule.except_categories:
        return False
    if items.subjects and item.subject not in items.subjects:
        return False
    return not items.marks or item.mark in items.marks
