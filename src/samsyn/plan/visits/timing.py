"""What does a plan cost, when most of it is as it was a moment ago?

``lay`` lays visits in their order, each as early as it can begin, so that whatever order and hands
come out of a change is a plan that can be carried out. The state of everybody before every block
of visits is kept, so that it starts where the change is, and ends where the day goes on as before.
"""

from __future__ import annotations

import numpy as np

from samsyn.plan.compiled import Minutes, Numbers, compiled
from samsyn.plan.visits.columns import (
    CLOSES,
    FIRST_TAKES,
    LEAST,
    MOST,
    ONE_AFTER_THE_OTHER,
    OPENS,
    SECOND_TAKES,
    TIE,
    TOGETHER,
)

BLOCK = 8
"""Visits between two kept states."""

WAY, LATE, LATEST_BEFORE, LATEST_FROM, LATEST_WITHIN = range(5)
"""Columns of ``kept``: sums before a block, the largest lateness before, from it on and in it."""


@compiled
def _lay_block(
    block: int, order: Numbers, who: Numbers, visits: Minutes, travel: Minutes, free: Minutes,
    at: Numbers, sums: Minutes,
) -> None:  # fmt: skip
    """Lay the visits of a block behind all before them; adds way and lateness to the sums."""
    way = sums[WAY]
    late = sums[LATE]
    latest = 0.0
    for place in range(block * BLOCK, min(order.shape[0], (block + 1) * BLOCK)):
        visit = order[place]
        opens = visits[visit, OPENS]
        closes = visits[visit, CLOSES]
        tie = visits[visit, TIE]
        one = who[2 * visit]
        leg = travel[at[one], visit + 1]
        way += leg
        start = max(opens, free[one] + leg)
        if tie != 0.0:
            other = who[2 * visit + 1]
            leg = travel[at[other], visit + 1]
            way += leg
            second = max(opens, free[other] + leg)
            if tie == TOGETHER:
                start = max(start, second)
                second = start
            elif tie == ONE_AFTER_THE_OTHER:
                second = max(second, start + visits[visit, LEAST])
                start = max(start, second - visits[visit, MOST])
            if second > closes:
                late += second - closes
                latest = max(latest, second - closes)
            free[other] = second + visits[visit, SECOND_TAKES]
            at[other] = visit + 1
        if start > closes:
            late += start - closes
            latest = max(latest, start - closes)
        free[one] = start + visits[visit, FIRST_TAKES]
        at[one] = visit + 1
    sums[WAY] = way
    sums[LATE] = late
    sums[LATEST_BEFORE] = max(sums[LATEST_BEFORE], latest)
    sums[LATEST_WITHIN] = latest


@compiled
def _apart(
    block: int, kept_free: Minutes, kept_at: Numbers, free: Minutes, at: Numbers, travel: Minutes
) -> float:
    """Minutes that the rest may be shorter for where people are; -1 if all is as kept."""
    same = True
    nearer = 0.0
    for person in range(free.shape[0]):
        if at[person] != kept_at[block, person]:
            same = False
            nearer += travel[kept_at[block, person], at[person]]
        elif free[person] != kept_free[block, person]:
            same = False
    return -1.0 if same else nearer


@compiled
def cost_within(
    limit: float, order: Numbers, who: Numbers, span: Numbers, visits: Minutes, travel: Minutes,
    kept_free: Minutes, kept_at: Numbers, kept: Minutes, free: Minutes, at: Numbers, sums: Minutes,
) -> float:  # fmt: skip
    """Cost of a plan that differs from the kept one in a span of the order only.

    Infinity as soon as it is seen to lie above the limit; the way that is left is judged as if a
    detour were never shorter, which a matrix of real roads may break by minutes. ``free``, ``at``
    and ``sums`` are working memory.
    """
    first = span[0] // BLOCK
    last = kept.shape[0] - 1
    for person in range(free.shape[0]):
        free[person] = kept_free[first, person]
        at[person] = kept_at[first, person]
    for column in range(3):
        sums[column] = kept[first, column]
    for block in range(first, last):
        if block * BLOCK > span[1]:
            apart = _apart(block, kept_free, kept_at, free, at, travel)
            way = sums[WAY] + kept[last, WAY] - kept[block, WAY]
            if apart < 0.0:
                late = sums[LATE] + kept[last, LATE] - kept[block, LATE]
                return float(way + late + max(sums[LATEST_BEFORE], kept[block, LATEST_FROM]))
            if way - apart + sums[LATE] + sums[LATEST_BEFORE] > limit:
                return np.inf
        _lay_block(block, order, who, visits, travel, free, at, sums)
        if sums[WAY] + sums[LATE] + sums[LATEST_BEFORE] > limit:
            return np.inf
    for person in range(at.shape[0]):
        sums[WAY] += travel[at[person], 0]
    return float(sums[WAY] + sums[LATE] + sums[LATEST_BEFORE])


@compiled
def keep(
    order: Numbers, who: Numbers, span: Numbers, visits: Minutes, travel: Minutes,
    kept_free: Minutes, kept_at: Numbers, kept: Minutes, free: Minutes, at: Numbers, sums: Minutes,
) -> float:  # fmt: skip
    """Bring what is kept up to date with a plan that differs in a span; tells its cost.

    It ends early only where all is equal to the last digit, so that no error ever adds up.
    """
    first = span[0] // BLOCK
    last = kept.shape[0] - 1
    for person in range(free.shape[0]):
        free[person] = kept_free[first, person]
        at[person] = kept_at[first, person]
    for column in range(3):
        sums[column] = kept[first, column]
    end = last
    for block in range(first, last):
        if (
            block * BLOCK > span[1]
            and sums[WAY] == kept[block, WAY]
            and sums[LATE] == kept[block, LATE]
            and sums[LATEST_BEFORE] == kept[block, LATEST_BEFORE]
            and _apart(block, kept_free, kept_at, free, at, travel) < 0.0
        ):
            end = block
            break
        for person in range(free.shape[0]):
            kept_free[block, person] = free[person]
            kept_at[block, person] = at[person]
        for column in range(3):
            kept[block, column] = sums[column]
        _lay_block(block, order, who, visits, travel, free, at, sums)
        kept[block, LATEST_WITHIN] = sums[LATEST_WITHIN]
    if end == last:
        for person in range(at.shape[0]):
            sums[WAY] += travel[at[person], 0]
        for column in range(3):
            kept[last, column] = sums[column]
    for block in range(end - 1, -1, -1):
        kept[block, LATEST_FROM] = max(kept[block, LATEST_WITHIN], kept[block + 1, LATEST_FROM])
    return float(kept[last, WAY] + kept[last, LATE] + kept[last, LATEST_BEFORE])
