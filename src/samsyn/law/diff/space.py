"""Which questions can be asked at all, so that two rulebooks can be compared over all of them?

The space of a rulebook on a day is the product of

- holder: every authority (and body treated as one) that exists that day × the activities it may
  have, and ``elsewhere``;
- receiver: every other party × every function that some rule names for it, and ``elsewhere``; an
  agency with independent branches (OSL 8:2) also receives from itself;
- purpose × initiative;
- item: no data category or one × person or company × no mark or one;
- secrecy: none, or one provision in force that applies at that authority. A set of provisions
  follows from its members (see ``closed_form``), so sets need no axis;
- facts: every fact that a rule, a lock or a step of the order asks for, each with the values that
  the conditions can tell apart (see ``fact_axes``); nothing has been weighed yet.

Everything is stated in such a question, so only a day that nobody knows leaves an answer open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal, NamedTuple

from samsyn.law.alike import places_at_receiver
from samsyn.law.case import ELSEWHERE
from samsyn.law.diff.fact_axes import FactAxes, Value
from samsyn.law.epochs import Epoch, period_of
from samsyn.law.places import named_places
from samsyn.law.question import Question, Subject
from samsyn.law.vocabulary import Vocabulary

Initiative = Literal["request", "own"]
INITIATIVES: tuple[Initiative, ...] = ("request", "own")
KINDS = ("person", "company")
MARKS = (None, "victim", "child", "protected")
Places = Mapping[str, tuple[str, ...]]
"""Agency code → its activities or functions, ``elsewhere`` last."""


class Route(NamedTuple):
    """From whom, to whom and for what: a cell of the axes that agencies and purposes span."""

    giver: str
    activity: str
    receiver: str
    function: str
    purpose: str
    initiative: Initiative


class Item(NamedTuple):
    """What kind of information: one data category or none, its subject, one mark or none."""

    category: str | None
    subject: str
    mark: str | None


@dataclass(frozen=True, slots=True)
class Space:
    """The axes that do not depend on conditions; facts are added by whoever knows the rules.

    Attributes:
        activities: giver → activities.
        functions: receiver → functions.
        purposes: purposes.
        categories: data categories.
        provisions: giver → secrecy provisions that may hold there.
        in_force: every secrecy provision in force.
        branched: agencies with independent branches.
    """

    activities: Places
    functions: Places
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    provisions: Mapping[str, tuple[str, ...]]
    in_force: frozenset[str]
    branched: frozenset[str]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every kind of item."""
        return tuple(
            Item(category, kind, mark)
            for category, kind, mark in product((None, *self.categories), KINDS, MARKS)
        )

    def meet(self, giver: str, receiver: str) -> bool:
        """True if questions from the one to the other belong to the space."""
        return giver != receiver or giver in self.branched

    def routes(self) -> int:
        """Number of routes."""
        functions = sum(map(len, self.functions.values()))
        pairs = sum(
            len(activities)
            * (functions - (0 if self.meet(giver, giver) else len(self.functions[giver])))
            for giver, activities in self.activities.items()
        )
        return pairs * len(self.purposes) * len(INITIATIVES)

    def size(self, facts: int) -> int:
        """Number of questions, given the number of combinations of facts."""
        functions = sum(map(len, self.functions.values()))
        cells = sum(
            len(activities)
            * (functions - (0 if self.meet(giver, giver) else len(self.functions[giver])))
            * (1 + len(self.provisions[giver]))
            for giver, activities in self.activities.items()
        )
        return cells * len(self.purposes) * len(INITIATIVES) * len(self.items) * facts

    def every_route(self) -> Iterator[Route]:
        """All routes, one after the other; for spaces small enough to be walked through."""
        for giver, activities in self.activities.items():
            for receiver, functions in self.functions.items():
                if self.meet(giver, receiver):
                    for activity, function, purpose, initiative in product(
                        activities, functions, self.purposes, INITIATIVES
                    ):
                        yield Route(giver, activity, receiver, function, purpose, initiative)


def space_of(epoch: Epoch, vocabulary: Vocabulary) -> Space:
    """The axes of a rulebook on the days of an epoch."""
    agencies = [
        agency
        for agency in map(vocabulary.agency, vocabulary.agencies.known)
        if period_of(agency).holds(epoch.start) is not False
    ]
    givers = [
        agency for agency in agencies if agency.kind == "authority" or agency.treated_as_authority
    ]
    named: dict[str, list[str]] = {agency.code: [] for agency in agencies}
    for rule in epoch.rules:
        if rule.in_force:
            for agency in agencies:
                foreign = agency.kind == "foreign"
                places = places_at_receiver(rule, agency.code, foreign)
                named[agency.code].extend(named_places(places))
    applies = [(rule.cite, epoch.admitted(rule.givers, "giver")) for rule in epoch.secrecy]
    return Space(
        activities={
            agency.code: (*vocabulary.activities_of(agency.code), ELSEWHERE) for agency in givers
        },
        functions={
            agency.code: (
                *vocabulary.functions.ordered(
                    (*named[agency.code], *(f for b in agency.branches for f in b.functions))
                ),
                ELSEWHERE,
            )
            for agency in agencies
        },
        purposes=tuple(vocabulary.purposes.known),
        categories=tuple(vocabulary.categories),
        provisions={
            agency.code: tuple(dict.fromkeys(cite for cite, at in applies if agency.code in at))
            for agency in givers
        },
        in_force=frozenset(epoch.secrecy_by_cite),
        branched=frozenset(agency.code for agency in agencies if agency.branches),
    )


def joined(one: Space, other: Space) -> Space:
    """The smallest space that holds both."""
    provisions = {
        giver: _union(one.provisions.get(giver, ()), other.provisions.get(giver, ()))
        for giver in _union(one.provisions, other.provisions)
    }
    return Space(
        _joined_places(one.activities, other.activities),
        _joined_places(one.functions, other.functions),
        _union(one.purposes, other.purposes),
        _union(one.categories, other.categories),
        provisions,
        one.in_force | other.in_force,
        one.branched | other.branched,
    )


def shared(whole: Space, one: Space, other: Space) -> Space:
    """The part of a joined space that both sides can be asked about."""
    both = one.in_force & other.in_force
    return Space(
        {giver: whole.activities[giver] for giver in one.activities if giver in other.activities},
        {code: whole.functions[code] for code in one.functions if code in other.functions},
        tuple(purpose for purpose in one.purposes if purpose in other.purposes),
        whole.categories,
        {
            giver: tuple(cite for cite in cites if cite in both)
            for giver, cites in whole.provisions.items()
        },
        both,
        whole.branched,
    )


def within(whole: Space, one: Space) -> Space:
    """The part of a joined space that one side can be asked about."""
    return shared(whole, one, one)


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _joined_places(first: Places, second: Places) -> dict[str, tuple[str, ...]]:
    places = {}
    for code in _union(first, second):
        names = _union(first.get(code, ()), second.get(code, ()))
        places[code] = (*(name for name in names if name != ELSEWHERE), ELSEWHERE)
    return places


def question_at(
    on: date,
    route: Route,
    item: Item,
    secrecy: Iterable[str],
    facts: Mapping[str, Value],
) -> Question:
    """The question at a point of the space.

    Args:
        on: day of the question.
        route: parties, purpose and initiative.
        item: kind of item.
        secrecy: none, one or more provisions.
        facts: fact values; None leaves a fact unstated.
    """
    marks = {} if item.mark is None else {item.mark: True}
    return Question(
        on=on,
        giver=route.giver,
        receiver=route.receiver,
        purpose=route.purpose,
        initiative=route.initiative,
        activity=route.activity,
        receiver_function=route.function,
        categories=() if item.category is None else (item.category,),
        subject=Subject(item.subject, **marks),
        secrecy=tuple(secrecy),
        facts=tuple(sorted((code, value) for code, value in facts.items() if value is not None)),
    )


def every_fact_combination(axes: FactAxes) -> Iterator[dict[str, Value]]:
    """All combinations of fact values; for spaces small enough to be walked through."""
    codes = list(axes.axes)
    for values in product(*(axis.values for axis in axes.axes.values())):
        yield dict(zip(codes, values, strict=True))
