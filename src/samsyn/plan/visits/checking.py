"""What does a plan cost, and can it be carried out?

Recomputed from the plan's own times, by plain loops that share nothing with the search: whoever
doubts a plan reads this file. Cost = (distance + lateness + largest lateness) / 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from samsyn.kernel.text import Text
from samsyn.plan.visits.problem import Number, Round, Stop, Tie, Visit, VisitPlan, VisitProblem

TOLERANCE = 0.005
"""Minutes: published plans are rounded to thousandths."""


class Violation(msgspec.Struct, frozen=True):
    """One way in which a plan cannot be carried out.

    Attributes:
        kind: which rule it breaks.
        said: what is wrong, in words.
    """

    kind: str
    said: Text


class Checked(msgspec.Struct, frozen=True):
    """What a plan costs and what is wrong with it."""

    distance: float
    tardiness: float
    largest_tardiness: float
    violations: tuple[Violation, ...]

    @property
    def cost(self) -> float:
        """The cost that plans are compared by."""
        return (self.distance + self.tardiness + self.largest_tardiness) / 3

    @property
    def feasible(self) -> bool:
        """Whether the plan can be carried out."""
        return not self.violations


Given = dict[str, list[tuple[Stop, str]]]
"""Visit → the stops at it, each with who makes it."""


def check(problem: VisitProblem, plan: VisitPlan) -> Checked:
    """Recompute the cost, and find every violation."""
    visits = {visit.code: visit for visit in problem.visits}
    places = {visit.code: number for number, visit in enumerate(problem.visits, start=1)}
    given: Given = defaultdict(list)
    for round_ in plan.rounds:
        for stop in round_.stops:
            given[stop.visit].append((stop, round_.caregiver))
    late = [
        max(0.0, stop.begins - visits[code].closes)
        for code, stops in given.items()
        if code in visits
        for stop, _ in stops
    ]
    distance = sum(_length(problem, places, round_) for round_ in plan.rounds)
    violations = [
        *_of_people(problem, plan),
        *(found for round_ in plan.rounds for found in _on_the_way(problem, places, round_)),
        *(_violation("unknown_visit", visit=code) for code in given if code not in visits),
        *(found for visit in problem.visits for found in _of_visit(visit, given[visit.code])),
    ]
    return Checked(distance, sum(late), max(late, default=0.0), tuple(violations))


def _length(problem: VisitProblem, places: dict[str, int], round_: Round) -> float:
    """From the office over all stops and back; nothing for who stays there."""
    way = [0, *(places[stop.visit] for stop in round_.stops if stop.visit in places), 0]
    return float(sum(problem.travel[here][there] for here, there in pairwise(way)))


def _of_people(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    """Who goes at all, and what each can do."""
    people = {one.code: one for one in problem.caregivers}
    seen: set[str] = set()
    for round_ in plan.rounds:
        who = round_.caregiver
        if who not in people:
            yield _violation("unknown_caregiver", who=who)
            continue
        if who in seen:
            yield _violation("two_rounds", who=who)
        seen.add(who)
        for stop in round_.stops:
            if stop.service not in people[who].skills:
                yield _violation("unable", who=who, service=stop.service, visit=stop.visit)


def _on_the_way(
    problem: VisitProblem, places: dict[str, int], round_: Round
) -> Iterator[Violation]:
    """Whether each stop can be reached from the one before."""
    here, free = 0, 0.0
    for stop in round_.stops:
        if stop.visit not in places:
            continue
        there = places[stop.visit]
        earliest = free + problem.travel[here][there]
        if stop.begins < earliest - TOLERANCE:
            yield _violation(
                "too_soon", who=round_.caregiver, visit=stop.visit, at=stop.begins, bound=earliest
            )
        visit = problem.visits[there - 1]
        lengths = [one.duration for one in visit.services if one.code == stop.service]
        ends = max(stop.ends, stop.begins + min(lengths, default=0))
        here, free = there, ends


def _of_visit(visit: Visit, stops: list[tuple[Stop, str]]) -> Iterator[Violation]:
    """Whether the visit gets what it needs, when it needs it, by different people."""
    asked = sorted(service.code for service in visit.services)
    for stop, _ in stops:
        if stop.service not in asked:
            yield _violation("not_asked", visit=visit.code, service=stop.service)
        if stop.begins < visit.opens - TOLERANCE:
            yield _violation("early", visit=visit.code, at=stop.begins, bound=visit.opens)
    found = sorted(stop.service for stop, _ in stops)
    for code in sorted(set(asked)):
        if found.count(code) < asked.count(code):
            yield _violation("missing", visit=visit.code, service=code)
        elif found.count(code) > asked.count(code):
            yield _violation("twice", visit=visit.code, service=code)
    people = [who for _, who in stops]
    for who in sorted(set(people)):
        if people.count(who) > 1:
            yield _violation("same_person", visit=visit.code, who=who)
    if found == asked:
        yield from _in_time(visit, [stop for stop, _ in stops])


def _in_time(visit: Visit, stops: list[Stop]) -> Iterator[Violation]:
    """Whether the services last long enough and begin as they hang together."""
    options = [list(_faults_of(visit, taken)) for taken in _matched(visit, stops)]
    # Two services of the same code may be told apart either way; the kinder way counts.
    yield from min(options, key=len)


def _matched(visit: Visit, stops: list[Stop]) -> Iterator[list[Stop]]:
    """The stops in the order of the visit's services, in every way that fits."""
    for taken in (stops, stops[::-1]):
        if all(one.code == stop.service for one, stop in zip(visit.services, taken, strict=True)):
            yield taken


def _faults_of(visit: Visit, stops: list[Stop]) -> Iterator[Violation]:
    for service, stop in zip(visit.services, stops, strict=True):
        if stop.ends < stop.begins + service.duration - TOLERANCE:
            yield _violation(
                "too_short", visit=visit.code, service=service.code, at=stop.ends - stop.begins,
                bound=service.duration,
            )  # fmt: skip
    if visit.tie is not None:
        yield from _gap(visit, visit.tie, stops[1].begins - stops[0].begins)


def _gap(visit: Visit, tie: Tie, gap: Number) -> Iterator[Violation]:
    if tie.kind == "simultaneous":
        if abs(gap) > TOLERANCE:
            yield _violation("not_together", visit=visit.code, at=abs(gap))
    elif gap < tie.least - TOLERANCE:
        yield _violation("gap_short", visit=visit.code, at=gap, bound=tie.least)
    elif gap > tie.most + TOLERANCE:
        yield _violation("gap_long", visit=visit.code, at=gap, bound=tie.most)


def _violation(
    kind: str, *, at: Number | None = None, bound: Number | None = None, **words: str
) -> Violation:
    numbers = {
        name: f"{value:.3f}".rstrip("0").rstrip(".")
        for name, value in (("at", at), ("bound", bound))
        if value is not None
    }
    said = SAID[kind]
    return Violation(
        kind, Text(sv=said.sv.format(**words, **numbers), en=said.en.format(**words, **numbers))
    )


SAID = {
    "unknown_caregiver": Text(
        sv="{who} har en runda men finns inte bland personerna",
        en="{who} has a round but is not among the people",
    ),
    "two_rounds": Text(sv="{who} har mer än en runda", en="{who} has more than one round"),
    "unable": Text(
        sv="{who} ger {service} hos {visit} utan att kunna det",
        en="{who} gives {service} at {visit} without being able to",
    ),
    "unknown_visit": Text(
        sv="{visit} besöks men finns inte bland besöken",
        en="{visit} is visited but is not among the visits",
    ),
    "not_asked": Text(
        sv="{visit} får {service} som inte begärts", en="{visit} gets {service}, not asked for"
    ),
    "missing": Text(sv="{visit} får inte {service}", en="{visit} does not get {service}"),
    "twice": Text(
        sv="{visit} får {service} fler gånger än begärt",
        en="{visit} gets {service} more often than asked for",
    ),
    "same_person": Text(
        sv="{visit} behöver olika personer, och {who} ger mer än en insats",
        en="{visit} needs different people, and {who} gives more than one service",
    ),
    "early": Text(
        sv="hos {visit} börjar en insats {at}, före öppning {bound}",
        en="at {visit} a service begins at {at}, before it opens at {bound}",
    ),
    "too_soon": Text(
        sv="{who} börjar hos {visit} {at} men hinner dit först {bound}",
        en="{who} begins at {visit} at {at} but gets there at {bound} at the earliest",
    ),
    "too_short": Text(
        sv="{service} hos {visit} tar {at} minuter, begärt är {bound}",
        en="{service} at {visit} takes {at} minutes, asked for are {bound}",
    ),
    "not_together": Text(
        sv="insatserna hos {visit} ska börja samtidigt men skiljer {at} minuter",
        en="the services at {visit} are to begin together but lie {at} minutes apart",
    ),
    "gap_short": Text(
        sv="hos {visit} kommer den andra insatsen {at} minuter efter den första, minst {bound}",
        en="at {visit} the second service comes {at} minutes after the first, at least {bound}",
    ),
    "gap_long": Text(
        sv="hos {visit} kommer den andra insatsen {at} minuter efter den första, högst {bound}",
        en="at {visit} the second service comes {at} minutes after the first, at most {bound}",
    ),
}
