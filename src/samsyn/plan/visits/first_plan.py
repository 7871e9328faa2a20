"""Which plan can be had at once?

Visits in the order in which they must be over; each goes to the people who can come with the least
way, wait and lateness, both at a time where two are needed. Lateness costs but is never forbidden,
so there is always such a plan. Plain Python: it must not wait for a compiler.
"""

from __future__ import annotations

import msgspec

from samsyn.plan.visits.problem import Visit, VisitProblem

LATENESS, WAITING = 3.0, 0.3
"""What a minute counts against a minute's way while the first plan is laid."""

MOST_TO_PAIR = 20
"""People looked at for each of two services; with hundreds, all pairs would take too long."""


class Arrangement(msgspec.Struct, frozen=True):
    """A plan as the search sees it.

    Attributes:
        order: numbers of the visits, as they are laid.
        hands: for every visit who gives its services, numbers of people, in the services' order.
    """

    order: tuple[int, ...]
    hands: tuple[tuple[int, ...], ...]


class Found(msgspec.Struct, frozen=True):
    """The best arrangement that a search has come to, and its cost."""

    cost: float
    arrangement: Arrangement


def begins(visit: Visit, ready: list[float]) -> list[float]:
    """When the services of a visit begin at the earliest, given when who gives them can."""
    times = [max(float(visit.opens), one) for one in ready]
    if visit.tie is None:
        return times
    if visit.tie.kind == "simultaneous":
        return [max(times)] * 2
    second = max(times[1], times[0] + visit.tie.least)
    return [max(times[0], second - visit.tie.most), second]


def first_plan(problem: VisitProblem) -> Arrangement:
    """Lay every visit once, and change nothing afterwards."""
    day = _Day(problem)
    hands: list[tuple[int, ...]] = [()] * len(problem.visits)
    order = sorted(
        range(len(problem.visits)),
        key=lambda number: (problem.visits[number].opens + problem.visits[number].closes, number),
    )
    for number in order:
        hands[number] = day.lay(number)
    return Arrangement(tuple(order), tuple(hands))


class _Day:
    """When everybody is free and where, while visits are laid."""

    def __init__(self, problem: VisitProblem) -> None:
        self.problem = problem
        self.free = [0.0] * len(problem.caregivers)
        self.at = [0] * len(problem.caregivers)

    def lay(self, number: int) -> tuple[int, ...]:
        """Lay a visit into the hands that come cheapest."""
        visit = self.problem.visits[number]
        _, chosen, times = min(self._priced(number, one) for one in self._options(number))
        for person, service, time in zip(chosen, visit.services, times, strict=True):
            self.free[person] = time + service.duration
            self.at[person] = number + 1
        return chosen

    def _options(self, number: int) -> list[tuple[int, ...]]:
        """Everybody who can give what is needed, or two and two of the nearest."""
        visit = self.problem.visits[number]
        able: list[list[tuple[int, ...]]] = [
            [(person,) for person, one in enumerate(self.problem.caregivers) if one.can(service)]
            for service in visit.services
        ]
        if len(able) == 1:
            return able[0]
        for which, ones in enumerate(able):
            if len(ones) > MOST_TO_PAIR:
                ones.sort(key=lambda one: self._priced(number, one))
                able[which] = ones[:MOST_TO_PAIR]
        return [one + other for one in able[0] for other in able[1] if one != other]

    def _priced(
        self, number: int, people: tuple[int, ...]
    ) -> tuple[float, tuple[int, ...], list[float]]:
        """What a visit costs in these hands, or in one of them, and when it begins."""
        visit = self.problem.visits[number]
        ways = [float(self.problem.travel[self.at[person]][number + 1]) for person in people]
        ready = [self.free[person] + way for person, way in zip(people, ways, strict=True)]
        times = begins(visit, ready) if len(people) > 1 else [max(float(visit.opens), ready[0])]
        late = sum(max(0.0, time - visit.closes) for time in times)
        waits = sum(
            time - one
            for time, one, person in zip(times, ready, people, strict=True)
            if self.at[person]
        )
        return sum(ways) + LATENESS * late + WAITING * waits, people, times
