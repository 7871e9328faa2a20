"""How is a first plan made better within a time or a number of changes?

The search cools several times: it sets out hot from a plan, and ends cold. What a lap found is
the start of the next, or something better that another search has found in the meantime. Time is
told by whoever calls: ``progress`` says which share of the whole is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import numpy as np

from samsyn.plan.compiled import Numbers
from samsyn.plan.visits.annealing import anneal
from samsyn.plan.visits.columns import (
    CLOSES,
    EACH_BY_ITSELF,
    FIRST_TAKES,
    ONE_AFTER_THE_OTHER,
    OPENS,
    SECOND_TAKES,
    TOGETHER,
)
from samsyn.plan.visits.first_plan import Arrangement, Found
from samsyn.plan.visits.problem import Visit, VisitProblem

Progress = Callable[[int], float]
"""Changes tried so far → share of the whole that is over; 1 ends the search."""

NEIGHBOURS = 20
"""Of each visit, beside which it is tried."""

CHANGES_AT_A_TIME = 20_000
"""Between two looks at the progress: a few hundredths of a second."""


class Lap(msgspec.Struct, frozen=True):
    """One cooling: up to which share of the whole, from how warm to how cold.

    Heat is counted in minutes of distance and lateness together, three times those of the cost.
    """

    until: float
    warm: float
    cold: float


COOLER = (Lap(0.88, 5.0, 0.2), Lap(1.0, 2.0, 0.1))
"""The last laps: less warm, so that they better what the first ones found."""


def laps(problem: VisitProblem) -> list[Lap]:
    """The laps of a search; a small problem is begun several times, a large one needs the time."""
    first = max(1, min(3, 75 // len(problem.visits)))
    return [*(Lap(0.7 * (number + 1) / first, 30.0, 1.0) for number in range(first)), *COOLER]


class Search:
    """One search with its plan, its best and its own chance.

    The same problem, start, seed and progress by changes give the same plan on every machine of a
    kind; progress by a clock does not.
    """

    def __init__(self, problem: VisitProblem, start: Arrangement, seed: int) -> None:
        self._data = _Data(problem)
        self._chance = np.array([_scattered(seed)], np.uint64)
        self._order, self._who = self._data.packed(start)
        self._best_order, self._best_who = self._order.copy(), self._who.copy()
        self._costs = np.array([np.inf, np.inf])
        self.changes = 0
        self._try(1.0, 0)
        self._costs[1] = self._costs[0]

    @property
    def cost(self) -> float:
        """Of the best so far."""
        return float(self._costs[1]) / 3

    @property
    def found(self) -> Found:
        """The best so far."""
        return Found(self.cost, self._data.unpacked(self._best_order, self._best_who))

    def set_out(self, start: Found | None = None) -> None:
        """Go on from the best, or from what somebody else has found if that is better."""
        if start is not None and start.cost < self._costs[1] / 3 - 1e-9:
            self._best_order, self._best_who = self._data.packed(start.arrangement)
        self._order[:], self._who[:] = self._best_order, self._best_who
        self._try(1.0, 0)
        self._costs[1] = self._costs[0]

    def cool(self, lap: Lap, begun: float, progress: Progress) -> Iterator[None]:
        """One lap; gives way after every batch of changes, so that somebody may tell of it."""
        while (over := progress(self.changes)) < lap.until:
            share = max(0.0, (over - begun) / (lap.until - begun))
            heat = lap.warm * (lap.cold / lap.warm) ** share
            self._try(heat, CHANGES_AT_A_TIME)
            yield

    def _try(self, heat: float, changes: int) -> None:
        anneal(
            self._order, self._who, self._best_order, self._best_who, self._costs,
            *self._data.arrays, self._chance, heat, changes,
        )  # fmt: skip
        self.changes += changes


def improve(problem: VisitProblem, start: Arrangement, seed: int, changes: int) -> Found:
    """The best plan after so many changes tried (in whole batches), by one search alone."""
    search = Search(problem, start, seed)
    begun = 0.0
    for lap in laps(problem):
        search.set_out()
        for _ in search.cool(lap, begun, lambda tried: tried / max(1, changes)):
            pass
        begun = lap.until
    return search.found


class _Data:
    """The problem as arrays, in the form the compiled loops want."""

    def __init__(self, problem: VisitProblem) -> None:
        visits, people = problem.visits, problem.caregivers
        self.visits = np.array([_row(one) for one in visits], np.float64)
        self.able = np.zeros((2 * len(visits), len(people)), np.bool_)
        for number, visit in enumerate(visits):
            for which, service in enumerate(visit.services):
                self.able[2 * number + which] = [one.can(service) for one in people]
        self.travel = np.array(problem.travel, np.float64)
        self.hands = np.zeros((2 * len(visits), len(people) + 1), np.int64)
        for row, able in zip(self.hands, self.able, strict=True):
            numbers = np.flatnonzero(able)
            row[0] = len(numbers)
            row[1 : 1 + len(numbers)] = numbers
        self.arrays = (self.visits, self.travel, self.able, self.hands, self._near())

    def _near(self) -> Numbers:
        """For each visit, those that could well be before or after it."""
        count = len(self.visits)
        if count == 1:
            return np.zeros((1, 1), np.int64)
        opens, closes = self.visits[:, OPENS], self.visits[:, CLOSES]
        length = np.maximum(self.visits[:, FIRST_TAKES], self.visits[:, SECOND_TAKES])
        way = self.travel[1:, 1:]
        waits = np.maximum(0.0, opens[None, :] - (closes + length)[:, None] - way)
        late = np.maximum(0.0, (opens + length)[:, None] + way - closes[None, :])
        after = way + 0.2 * waits + late
        apart = np.minimum(after, after.T)
        np.fill_diagonal(apart, np.inf)
        return np.argsort(apart, axis=1, kind="stable")[:, : min(NEIGHBOURS, count - 1)].astype(
            np.int64
        )

    def packed(self, plan: Arrangement) -> tuple[Numbers, Numbers]:
        """An arrangement as arrays."""
        who = np.full(2 * len(plan.order), -1, np.int64)
        for number, hands in enumerate(plan.hands):
            who[2 * number : 2 * number + len(hands)] = hands
        return np.array(plan.order, np.int64), who

    def unpacked(self, order: Numbers, who: Numbers) -> Arrangement:
        """Arrays as an arrangement."""
        return Arrangement(
            tuple(int(number) for number in order),
            tuple(tuple(int(one) for one in pair if one >= 0) for pair in who.reshape(-1, 2)),
        )


def _row(visit: Visit) -> list[float]:
    """A visit in the columns of the compiled loops."""
    takes = [float(one.duration) for one in visit.services]
    if len(takes) == 1:
        return [visit.opens, visit.closes, takes[0], 0.0, 0.0, 0.0, 0.0]
    tie = EACH_BY_ITSELF
    if visit.tie is not None:
        tie = TOGETHER if visit.tie.kind == "simultaneous" else ONE_AFTER_THE_OTHER
    gap = [visit.tie.least, visit.tie.most] if visit.tie is not None else [0, 0]
    return [visit.opens, visit.closes, *takes, tie, *gap]


def _scattered(seed: int) -> int:
    """A state far from those of the seeds beside it, and never 0 (splitmix64)."""
    mixed = (seed * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) % 2**64
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) % 2**64
    return mixed ^ (mixed >> 31) or 1
