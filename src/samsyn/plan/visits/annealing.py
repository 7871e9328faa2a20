"""How is a plan changed a million times a second, and which changes are kept?

Simulated annealing: a change for the better is always kept, one for the worse with a chance that
falls as the plan cools. Nothing here looks at a clock or draws chance of its own: the caller gives
the heat and the state of the generator.
"""

from __future__ import annotations

from math import log

import numpy as np

from samsyn.plan.compiled import Chance, Flags, Minutes, Numbers, compiled
from samsyn.plan.visits.changing import change, copy, draw
from samsyn.plan.visits.timing import BLOCK, cost_within, keep

PRESENT, BEST = 0, 1
"""Places in ``costs``."""


@compiled
def anneal(
    order: Numbers, who: Numbers, best_order: Numbers, best_who: Numbers, costs: Minutes,
    visits: Minutes, travel: Minutes, able: Flags, hands: Numbers, near: Numbers, chance: Chance,
    heat: float, changes: int,
) -> None:  # fmt: skip
    """Try so many changes at one heat; none at all only tells the cost.

    Both plans and their costs are changed in place.
    """
    count, people = order.shape[0], able.shape[1]
    rows = (count + BLOCK - 1) // BLOCK + 1
    kept_free, kept_at = np.zeros((rows, people)), np.zeros((rows, people), np.int64)
    kept, sums = np.zeros((rows, 5)), np.zeros(5)
    free, at = np.zeros(people), np.zeros(people, np.int64)
    span = np.array([0, count - 1])
    costs[PRESENT] = keep(
        order, who, span, visits, travel, kept_free, kept_at, kept, free, at, sums
    )
    new_order, new_who = order.copy(), who.copy()
    where = np.argsort(order)
    for _ in range(changes):
        if not change(new_order, new_who, span, where, able, hands, near, chance):
            continue
        limit = costs[PRESENT] - heat * log((draw(chance, 1 << 30) + 1) / (1 << 30))
        cost = cost_within(
            limit, new_order, new_who, span, visits, travel, kept_free, kept_at, kept, free, at,
            sums,
        )  # fmt: skip
        if cost > limit:
            copy(span, order, who, new_order, new_who)
            continue
        copy(span, new_order, new_who, order, who)
        for place in range(span[0], span[1] + 1):
            where[order[place]] = place
        costs[PRESENT] = keep(
            order, who, span, visits, travel, kept_free, kept_at, kept, free, at, sums
        )
        if costs[PRESENT] < costs[BEST] - 1e-9:
            costs[BEST] = costs[PRESENT]
            best_order[:] = order
            best_who[:] = who
