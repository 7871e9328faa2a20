"""How are routes improved from a start until a moment, with PyVRP's local search?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyvrp import (
    Client,
    Depot,
    IteratedLocalSearchParams,
    Location,
    PenaltyParams,
    ProblemData,
    Solution,
    SolveParams,
    VehicleType,
    solve,
)
from pyvrp.search import NeighbourhoodParams

from samsyn.plan.routes.checking import Routes, check_routes
from samsyn.plan.routes.instance import Routing


@dataclass(frozen=True, slots=True)
class Manner:
    """How one search goes about it; two that differ find more than two alike.

    Attributes:
        neighbours: sites near a site that are tried beside it.
        history: how long a worse plan may be gone on from.
        patience: changes without anything better before it begins anew.
        penalty: the least that a minute late or a load too much costs.
    """

    neighbours: int = 50
    history: int = 300
    patience: int = 150_000
    penalty: float = 0.1


MANNERS = (Manner(), Manner(neighbours=20))


@dataclass(frozen=True, slots=True)
class Until:
    """Stop at a moment of the clock that is handed in."""

    moment: float
    clock: Callable[[], float]

    def __call__(self, best_cost: float) -> bool:
        """Whether to stop."""
        return self.clock() >= self.moment


def improve(
    routing: Routing, start: Routes, *, seed: int, until: Until, manner: Manner = MANNERS[0]
) -> list[list[int]]:
    """The best routes found; the start if nothing is better.

    Args:
        routing: the instance.
        start: routes to begin at; empty to begin at chance.
        seed: of PyVRP.
        until: when to stop.
        manner: of the search.
    """
    problem = problem_of(routing)
    params = SolveParams(
        ils=IteratedLocalSearchParams(manner.patience, manner.history),
        penalty=PenaltyParams(min_penalty=manner.penalty),
        neighbourhood=NeighbourhoodParams(num_neighbours=manner.neighbours),
    )
    begin = None
    if start:
        begin = Solution(problem, [[site - 1 for site in route] for route in start])
    found = solve(problem, until, seed, False, False, params, begin)
    routes = [
        [activity.idx + 1 for activity in route if activity.is_client()]
        for route in found.best.routes()
    ]
    routes = [route for route in routes if route]
    return min(
        (list(map(list, start)), routes) if start else (routes,),
        key=lambda one: (len(check_routes(routing, one).broken), check_routes(routing, one).cost),
    )


def problem_of(routing: Routing) -> ProblemData:
    """The instance as PyVRP takes it; its client 0 is place 1."""
    optional = routing.prizes is not None
    clients = [
        Client(
            location=site,
            delivery=[int(routing.demands[site])],
            service_duration=int(routing.service[site]),
            tw_early=int(routing.opens[site]),
            tw_late=int(routing.closes[site]),
            prize=int(routing.prizes[site]) if routing.prizes is not None else 0,
            required=not optional,
        )
        for site in range(1, len(routing.demands))
    ]
    depot = Depot(0, tw_early=int(routing.opens[0]), tw_late=int(routing.closes[0]))
    fleet = VehicleType(routing.vehicles, [routing.capacity])
    return ProblemData(
        [Location(float(x), float(y)) for x, y in routing.points],
        clients,
        [depot],
        [fleet],
        [routing.distances],  # type: ignore[list-item]
        [routing.distances],  # type: ignore[list-item]
    )
