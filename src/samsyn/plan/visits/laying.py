"""When does each stop begin and end if the visits are laid in an order, in given hands?

The order is one for all people, so nobody ever waits for somebody who waits for them. Each visit
begins as early as it can, and no other times of the same rounds cost less.
"""

from __future__ import annotations

from samsyn.plan.visits.first_plan import Arrangement, begins
from samsyn.plan.visits.problem import Round, Stop, VisitPlan, VisitProblem

DECIMALS = 6
"""Of written times: finer than any clock, and free of the noise of sums."""


def lay(problem: VisitProblem, arrangement: Arrangement) -> VisitPlan:
    """The rounds of everybody, with times."""
    free = [0.0] * len(problem.caregivers)
    at = [0] * len(problem.caregivers)
    stops: list[list[Stop]] = [[] for _ in problem.caregivers]
    for number in arrangement.order:
        visit, hands = problem.visits[number], arrangement.hands[number]
        ready = [free[one] + problem.travel[at[one]][number + 1] for one in hands]
        for person, service, time in zip(hands, visit.services, begins(visit, ready), strict=True):
            ends = time + service.duration
            stops[person].append(
                Stop(visit.code, service.code, round(time, DECIMALS), round(ends, DECIMALS))
            )
            free[person], at[person] = ends, number + 1
    return VisitPlan(
        tuple(
            Round(one.code, tuple(own)) for one, own in zip(problem.caregivers, stops, strict=True)
        ),
        tuple(problem.visits[number].code for number in arrangement.order),
    )
