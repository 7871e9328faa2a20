"""Which routes collect most prizes for their way, found one after the other?

The best route by itself is found by extending partial routes in the order of time, a few kept at
each site; its sites are taken away, and the next is found, until none pays for its way. Local
search from nothing does not find such routes: the first site of a route alone seldom pays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samsyn.plan.compiled import compiled
from samsyn.plan.routes.instance import Routing

KEPT = 8
"""Partial routes kept at each site."""
SWEEPS = 3
NOTHING = -(1 << 60)
LONGEST = 128
"""Sites in a route."""
NEAREST = 120
"""Sites to which a partial route is extended."""


def gather(routing: Routing) -> list[list[int]]:
    """Routes that pay, the best first."""
    if routing.prizes is None:
        return []
    near = np.argsort(routing.distances, axis=1)[:, : NEAREST + 1].astype(np.int64)
    free = np.ones(len(routing.demands), dtype=np.bool_)
    free[0] = False
    routes: list[list[int]] = []
    while len(routes) < routing.vehicles:
        route = _best_route(
            routing.distances, routing.opens, routing.closes, routing.service, routing.demands,
            routing.prizes, near, free, routing.capacity, KEPT,
        )  # fmt: skip
        if not len(route):
            break
        routes.append([int(site) for site in route])
        free[route] = False
    return routes


@compiled
def _best_route(
    distances: NDArray[np.int64],
    opens: NDArray[np.int64],
    closes: NDArray[np.int64],
    service: NDArray[np.int64],
    demands: NDArray[np.int64],
    prizes: NDArray[np.int64],
    near: NDArray[np.int64],
    free: NDArray[np.bool_],
    capacity: int,
    kept: int,
) -> NDArray[np.int64]:
    """The route with the largest prize less way; empty if none pays.

    A label is a partial route: its sites, profit, time of leaving, load. Sites are looked at in the
    order in which they close; what reaches a site that was looked at already is extended in the
    next sweep.
    """
    count = len(demands)
    size = count * kept
    # Columns of a label: profit, time of leaving, load, number of sites, whether to be extended.
    labels = np.zeros((size, 5), dtype=np.int64)
    labels[:, 0] = NOTHING
    path = np.zeros((size, LONGEST), dtype=np.int32)
    for site in range(1, count):
        arrives = max(distances[0, site], opens[site])
        if free[site] and arrives <= closes[site] and demands[site] <= capacity:
            at = site * kept
            labels[at, 0] = prizes[site] - distances[0, site]
            labels[at, 1] = arrives + service[site]
            labels[at, 2] = demands[site]
            labels[at, 3] = labels[at, 4] = 1
            path[at, 0] = site
    order = np.argsort(closes)
    for _ in range(SWEEPS):
        for here in order:
            for at in range(here * kept, here * kept + kept):
                if labels[at, 4] == 0 or labels[at, 3] >= LONGEST:
                    continue
                labels[at, 4] = 0
                for then in near[here]:
                    if not free[then]:
                        continue
                    leaves = max(labels[at, 1] + distances[here, then], opens[then])
                    if leaves > closes[then] or labels[at, 2] + demands[then] > capacity:
                        continue
                    leaves += service[then]
                    if leaves + distances[then, 0] <= closes[0]:
                        gained = labels[at, 0] + prizes[then] - distances[here, then]
                        _extend(labels, path, at, then, kept, gained, leaves, demands[then])
    best, value = -1, 0
    for at in range(kept, size):
        if labels[at, 0] - distances[at // kept, 0] > value:
            best, value = at, labels[at, 0] - distances[at // kept, 0]
    return path[best, : labels[best, 3]].astype(np.int64) if best >= 0 else order[:0]


@compiled
def _extend(
    labels: NDArray[np.int64],
    path: NDArray[np.int32],
    at: int,
    then: int,
    kept: int,
    gained: int,
    leaves: int,
    demand: int,
) -> None:
    """Write a longer label over the worst one at its site, unless one there is as good in all."""
    length = labels[at, 3]
    for step in range(length):
        if path[at, step] == then:
            return
    worst = then * kept
    for slot in range(then * kept, then * kept + kept):
        if labels[slot, 0] >= gained and labels[slot, 1] <= leaves:
            return
        if labels[slot, 0] < labels[worst, 0]:
            worst = slot
    if labels[worst, 0] >= gained:
        return
    path[worst, :length] = path[at, :length]
    path[worst, length] = then
    labels[worst, 0] = gained
    labels[worst, 1] = leaves
    labels[worst, 2] = labels[at, 2] + demand
    labels[worst, 3] = length + 1
    labels[worst, 4] = 1
