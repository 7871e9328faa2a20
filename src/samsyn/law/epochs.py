"""Which rules hold on a day, and whom do they concern?

An epoch is a stretch of days on which no rule, membership or penalty scale changes. Everything that
depends on the day alone is worked out once for each epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from samsyn.kernel.citations import Citation, Pattern
from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.law import schema
from samsyn.law.case import Case, Secrecy
from samsyn.law.loading import Content
from samsyn.law.places import Place
from samsyn.law.schema import TESTS

Dated = TypeVar("Dated", bound=schema.Block)


def period_of(entry: schema.Block | schema.Membership | schema.Offence | schema.Agency) -> Period:
    """The days on which a dated entry holds."""
    return Period(read_start(entry.start), read_end(entry.end))


SECRECY_ACT = "2009:400"
Admitted = dict[str, tuple[Place, ...]]
"""Agency code → places, one of which has to admit the case."""


@dataclass(slots=True, eq=False)
class Rule:
    """A breaking rule on the days of one epoch.

    Attributes:
        block: the rulebook's block.
        cite: its citation as written.
        duty: obliges, else allows.
        hurdle: index of its test in :data:`~samsyn.law.schema.TESTS`.
        window: set when nobody knows whether this wording holds yet.
        inside_secrecy_act: its citation lies in the secrecy act itself.
        foreign_places: functions in which a foreign authority may stand in for the receivers.
        in_force: False for a rule kept only to say that it does not hold any more.
    """

    block: schema.BreakingRule
    cite: str
    duty: bool
    hurdle: int
    givers: Admitted
    receivers: Admitted
    purposes: frozenset[str]
    categories: frozenset[str]
    except_categories: frozenset[str]
    alternatives: tuple[schema.Condition, ...]
    only: tuple[Pattern, ...]
    never: tuple[Pattern, ...]
    own_citations: tuple[Citation, ...]
    window: tuple[str, bool] | None
    in_force: bool
    order: tuple[int, int, int]
    inside_secrecy_act: bool
    foreign_places: tuple[Place, ...]
    _reach: dict[str, bool] = field(default_factory=dict)

    @property
    def reaches_authorities(self) -> bool:
        """True if the receivers are authorities, so that a foreign one may stand in (OSL 8:3)."""
        return self.block.receivers.any == "authority" or bool(self.block.receivers.functions)

    def opens(self, secrecy: Secrecy) -> bool:
        """True if the provision lies in what the rule reaches and not in its exceptions."""
        known = self._reach.get(secrecy.text)
        if known is None:
            known = self._reach[secrecy.text] = self._opens(secrecy)
        return known

    def _opens(self, secrecy: Secrecy) -> bool:
        protects = self.block.opens.protects
        if protects is not None and (protects == "public") != secrecy.public:
            return False
        if self.only and not any(pattern.covers(secrecy.citation) for pattern in self.only):
            return False
        return not any(pattern.touches(secrecy.citation) for pattern in self.never)


@dataclass(frozen=True, slots=True, eq=False)
class Lock:
    """A lock on the days of one epoch."""

    block: schema.LockRule
    secrecy: tuple[Pattern, ...]
    shuts: tuple[Pattern, ...]
    leaves: tuple[Citation, ...]

    def holds(self, secrecy: Secrecy, case: Case) -> bool:
        """True if this lock is on for the provision."""
        if not any(pattern.covers(secrecy.citation) for pattern in self.secrecy):
            return False
        off = ({code: value} for code, value in self.block.unless.items())
        return not case.meets_any(off)

    def shuts_out(self, rule: Rule) -> bool:
        """True if the rule may not be used against locked secrecy."""
        if not self.shuts:
            return not any(
                citation.within(place) for citation in rule.own_citations for place in self.leaves
            )
        return any(self.shuts_out_place(citation) for citation in rule.own_citations)

    def shuts_out_place(self, citation: Citation) -> bool:
        """True if a provision of the secrecy act may not be used against locked secrecy."""
        return citation.sfs == SECRECY_ACT and (
            not self.shuts or any(pattern.covers(citation) for pattern in self.shuts)
        )


class Epoch:
    """Everything that holds from one change of the law to the next.

    Attributes:
        start: first day.
        after: first day of the next epoch.
    """

    def __init__(self, content: Content, start: date, after: date) -> None:
        self.start = start
        self.after = after
        self._kinds = _Kinds(content)
        self._circles = {circle.code: circle for circle, _ in content.circles}
        self.secrecy = self._dated(content, schema.SecrecyRule)
        self.exceptions = self._dated(content, schema.SecrecyException)
        self.transfers = self._dated(content, schema.TransferRule)
        self.limits = self._dated(content, schema.Limit)
        self.notes = self._dated(content, schema.Note)
        self.protections = self._dated(content, schema.Protection)
        self.records = self._dated(content, schema.Record)
        self.data_protection = self._dated(content, schema.DataProtection)
        self.locks = [_lock(block) for block in self._dated(content, schema.LockRule)]
        self.rules = sorted(self._rules(content), key=lambda rule: rule.order)
        self.offences = [
            offence
            for offence, _ in content.offences
            if period_of(offence).holds(start) is not False
        ]
        self.secrecy_by_cite = {rule.cite: rule for rule in self.secrecy}
        self._paragraphs: dict[Citation, list[schema.SecrecyRule]] = {}
        for rule in self.secrecy:
            cite = Citation.parse(rule.cite)
            if cite.paragraph is not None:
                self._paragraphs.setdefault(cite.whole_section(), []).append(rule)
        self._once_secrecy = {
            placed.block.cite
            for placed in content.blocks
            if isinstance(placed.block, schema.SecrecyRule)
        }
        self._between: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._locks_on: dict[str, tuple[Lock, ...]] = {}
        self._admitted: dict[tuple[int, str], Admitted] = {}
        self.narrowed_rules: dict[tuple[str, str, str, str], tuple[Rule, ...]] = {}
        self.narrowed_exceptions: dict[str, tuple[schema.SecrecyException, ...]] = {}
        self.narrowed_secrecy: dict[tuple[str, str | None], tuple[schema.SecrecyRule, ...]] = {}

    def _dated(self, content: Content, kind: type[Dated]) -> list[Dated]:
        return [
            placed.block
            for placed in content.blocks
            if isinstance(placed.block, kind)
            and period_of(placed.block).holds(self.start) is not False
        ]

    def _rules(self, content: Content) -> Iterable[Rule]:
        current = set()
        past: dict[str, tuple[schema.BreakingRule, int]] = {}
        for index, placed in enumerate(content.blocks):
            block = placed.block
            if not isinstance(block, schema.BreakingRule):
                continue
            holds = period_of(block).holds(self.start)
            if holds is False:
                if period_of(block).end.latest <= self.start:
                    past[block.rule] = (block, index)
                continue
            current.add(block.rule)
            yield self._rule(block, index, self._window(block, holds), in_force=True)
        for key, (block, index) in past.items():
            if key not in current:
                yield self._rule(block, index, None, in_force=False)

    def _window(self, block: schema.Block, holds: bool | None) -> tuple[str, bool] | None:
        if holds is not None:
            return None
        begins = period_of(block).start
        is_new = begins.earliest <= self.start < begins.latest
        return f"amended:{block.rule}", is_new

    def _rule(
        self,
        block: schema.BreakingRule,
        index: int,
        window: tuple[str, bool] | None,
        *,
        in_force: bool,
    ) -> Rule:
        when = block.when if isinstance(block.when, list) else [block.when]
        cites = (block.cite, *block.grounds_with)
        hurdle = TESTS.index(block.test)
        return Rule(
            block=block,
            cite=block.cite,
            duty=block.force == "duty",
            hurdle=hurdle,
            givers=self.admitted(block.givers, "giver"),
            receivers=self.admitted(block.receivers, "receiver"),
            purposes=frozenset(block.purposes),
            categories=frozenset(block.items.categories),
            except_categories=frozenset(block.items.except_categories),
            alternatives=tuple(when),
            only=tuple(map(Pattern.parse, block.opens.only)),
            never=tuple(map(Pattern.parse, block.opens.except_)),
            own_citations=tuple(map(Citation.parse, cites)),
            window=window,
            in_force=in_force,
            order=(hurdle, _generality(block), index),
            inside_secrecy_act=Citation.parse(block.cite).sfs == SECRECY_ACT,
            foreign_places=(Place(frozenset(block.receivers.functions) or None),),
        )

    def admitted(self, parties: schema.Parties, side: str) -> Admitted:
        """Who is inside, on the days of this epoch."""
        own = Place(
            frozenset(parties.activities if side == "giver" else parties.functions) or None,
            frozenset(parties.except_activities if side == "giver" else parties.except_functions),
        )
        if parties.circle is None:
            codes: Iterable[str] = parties.codes or self._kinds.of(parties.any)
            return {code: (own,) for code in codes if code not in parties.except_codes}
        admitted: dict[str, list[Place]] = {}
        for member in self._circles[parties.circle].members:
            if member.acts_as not in ("both", side) or member.agency in parties.except_codes:
                continue
            holds = period_of(member).holds(self.start)
            if holds is False:
                continue
            window = None if holds else f"member:{parties.circle}:{member.agency}"
            place = _narrowed(own, member, side, window)
            admitted.setdefault(member.agency, []).append(place)
        return {code: tuple(places) for code, places in admitted.items()}

    def is_party(self, parties: schema.Parties, code: str, place: str | None, side: str) -> bool:
        """True if an agency, in a place that may be unknown, is among the parties."""
        return any(entry.includes(place) for entry in self.party_places(parties, code, side))

    def is_giver(self, parties: schema.Parties, case: Case) -> bool:
        """True if the giver of a case is among the parties.

        Raises:
            OpenFact: when that hangs on its activity, and nobody knows it.
        """
        places = self.party_places(parties, case.giver, "giver")
        if not places or any(place.only is None and not place.never for place in places):
            return bool(places)
        activity = case.place("activity")
        return any(place.includes(activity) for place in places)

    def party_places(self, parties: schema.Parties, code: str, side: str) -> tuple[Place, ...]:
        """In which places an agency is among the parties; none when it is not."""
        admitted = self._admitted.get((id(parties), side))
        if admitted is None:
            admitted = self._admitted[id(parties), side] = self.admitted(parties, side)
        return admitted.get(code, ())

    def rules_between(self, giver: str, receiver: str, *, foreign: bool) -> tuple[Rule, ...]:
        """Rules in force that may reach from giver to receiver, lowest hurdle first."""
        found = self._between.get((giver, receiver))
        if found is None:
            found = self._between[giver, receiver] = tuple(
                rule
                for rule in self.rules
                if rule.in_force
                and giver in rule.givers
                and (
                    receiver in rule.receivers
                    or (foreign and not rule.duty and rule.reaches_authorities)
                )
            )
        return found

    def locks_on(self, secrecy: Secrecy) -> tuple[Lock, ...]:
        """Locks that may hold for a provision."""
        found = self._locks_on.get(secrecy.text)
        if found is None:
            found = self._locks_on[secrecy.text] = tuple(
                lock
                for lock in self.locks
                if any(pattern.covers(secrecy.citation) for pattern in lock.secrecy)
            )
        return found

    def secrecy_rule(
        self, citation: Citation, categories: frozenset[str] = frozenset()
    ) -> schema.SecrecyRule | None:
        """The block for a provision.

        A paragraph made for the item's categories goes before the section it stands in, and the
        section stands in for a paragraph without a block of its own.
        """
        if categories:
            for rule in self._paragraphs.get(citation, ()):
                if categories.intersection(rule.items.categories):
                    return rule
        return self.secrecy_by_cite.get(str(citation)) or self.secrecy_by_cite.get(
            str(citation.whole_section())
        )

    def not_in_force(self, cite: str) -> bool:
        """True for a secrecy provision that the rulebook knows, but not on these days."""
        return cite in self._once_secrecy and cite not in self.secrecy_by_cite


class _Kinds:
    """Agency codes by kind of body."""

    def __init__(self, content: Content) -> None:
        agencies = [agency for agency, _ in content.agencies]
        self._codes: dict[str, list[str]] = {
            "authority": [
                agency.code
                for agency in agencies
                if agency.kind == "authority" or agency.treated_as_authority
            ],
            "private": [
                agency.code
                for agency in agencies
                if agency.kind == "private" and not agency.treated_as_authority
            ],
            "foreign": [agency.code for agency in agencies if agency.kind == "foreign"],
            "anyone": [agency.code for agency in agencies],
        }

    def of(self, kind: str | None) -> list[str]:
        return self._codes[kind or "anyone"]


def _narrowed(own: Place, member: schema.Membership, side: str, window: str | None) -> Place:
    listed = member.activities if side == "giver" else member.functions
    only = frozenset(listed) or None
    if own.only is not None:
        only = own.only if only is None else own.only & only
    never = own.never | frozenset(member.except_activities if side == "giver" else ())
    return Place(only, never, window)


def _lock(block: schema.LockRule) -> Lock:
    parse: Callable[[str], Pattern] = Pattern.parse
    return Lock(
        block,
        tuple(map(parse, block.secrecy)),
        tuple(map(parse, block.shuts)),
        tuple(map(Citation.parse, block.leaves)),
    )


def _generality(block: schema.BreakingRule) -> int:
    """0 for a rule made for these parties and items, more for rules that speak of anyone."""
    return (block.givers.any is not None) * 2 + (not block.items.categories)


def change_days(content: Content) -> list[date]:
    """Every day on which something in the rulebook changes, in order."""
    days: set[date] = set()
    for placed in content.blocks:
        days.update(period_of(placed.block).changes())
    for circle, _ in content.circles:
        for member in circle.members:
            days.update(period_of(member).changes())
    for offence, _ in content.offences:
        days.update(period_of(offence).changes())
    for agency, _ in content.agencies:
        days.update(period_of(agency).changes())
    return sorted(days)
