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
    free = [0.0] * len(problem.caregivers)
    at = [0] * len(problem.caregivers)
    hands: list[tuple[int, ...]] = [()] * len(problem.visits)
    order = sorted(
        range(len(problem.visits)),
        key=lambda number: (problem.visits[number].opens + problem.visits[number].closes, number),
    )
    for number in order:
        visit = problem.visits[number]
        _, chosen, times = min(
            _priced(problem, number, option, free, at) for option in _options(problem, visit)
        )
        hands[number] = chosen
        for person, service, time in zip(chosen, visit.services, times, strict=True):
            free[person] = time + service.duration
            at[person] = number + 1
    return Arrangement(tuple(order), tuple(hands))


def _options(problem: VisitProblem, visit: Visit) -> list[tuple[int, ...]]:
    """Everybody, or every two people, who can give what is needed."""
    able = [
        [number for number, one in enumerate(problem.caregivers) if one.can(service)]
        for service in visit.services
    ]
    if len(able) == 1:
        return [(one,) for one in able[0]]
    return [(one, other) for one in able[0] for other in able[1] if one != other]


def _priced(
    problem: VisitProblem, number: int, option: tuple[int, ...], free: list[float], at: list[int]
) -> tuple[float, tuple[int, ...], list[float]]:
    visit = problem.visits[number]
    ways = [float(problem.travel[at[person]][number + 1]) for person in option]
    ready = [free[person] + way for person, way in zip(option, ways, strict=True)]
    times = begins(visit, ready)
    late = sum(max(0.0, time - visit.closes) for time in times)
    waits = sum(
        time - one for time, one, person in zip(times, ready, option, strict=True) if at[person]
    )
    return sum(ways) + LATENESS * late + WAITING * waits, option, times
