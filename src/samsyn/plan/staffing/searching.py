"""How is one goal after the other reached, within a time, and how near is it proven to be?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

NOTHING = (cp_model.UNKNOWN, cp_model.INFEASIBLE, cp_model.MODEL_INVALID)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the search may use.

    Attributes:
        seconds: by the clock, for all of it.
        clock: seconds from any moment, as ``time.monotonic``; handed in, for nothing here reads
            the time behind one's back.
        workers: threads of CP-SAT.
        seed: of CP-SAT and of what is drawn.
    """

    seconds: float
    clock: Callable[[], float]
    workers: int = 2
    seed: int = 1


class Budget:
    """The time that is left of the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = limits.clock() + limits.seconds

    @property
    def left(self) -> float:
        """Seconds."""
        return self._end - self.limits.clock()

    def solver(self, seconds: float) -> cp_model.CpSolver:
        """A solver with at most so many seconds, and no more than are left."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(min(seconds, self.left), 0.05)
        solver.parameters.num_workers = self.limits.workers
        solver.parameters.random_seed = self.limits.seed
        return solver


@dataclass(frozen=True, slots=True)
class Goal:
    """A sum to make as large (``most``) or as small as can be, in at most so many seconds.

    Attributes:
        presolve: without it the linear relaxation stays as it was written, which proves the most
            that can be planned in a second where the presolved model proves nothing in ten.
    """

    sum: cp_model.LinearExpr | int
    most: bool
    seconds: float
    presolve: bool = True


@dataclass(frozen=True, slots=True)
class Reached:
    """What was found: the solver with the best values, and (value, bound) of each goal."""

    solver: cp_model.CpSolver
    goals: tuple[tuple[int, int], ...]


def in_order(model: cp_model.CpModel, goals: Sequence[Goal], budget: Budget) -> Reached | None:
    """Reach one goal, hold it, reach the next; None if nothing at all is found."""
    best: cp_model.CpSolver | None = None
    reached: list[tuple[int, int]] = []
    for goal in goals:
        (model.maximize if goal.most else model.minimize)(goal.sum)
        solver = budget.solver(goal.seconds)
        solver.parameters.cp_model_presolve = goal.presolve
        found = solver.solve(model) not in NOTHING
        if not found and best is None:
            return None
        if found:
            best = solver
        assert best is not None
        value = _value(best, goal.sum)
        # Cut short, it knows no more than that nothing counted here is below zero.
        bound = round(solver.best_objective_bound) if found else 0
        reached.append((value, bound))
        model.add(goal.sum >= value if goal.most else goal.sum <= value)
        _begin_at(model, best)
    assert best is not None
    return Reached(best, tuple(reached))


def _value(solver: cp_model.CpSolver, what: cp_model.LinearExpr | int) -> int:
    return what if isinstance(what, int) else int(solver.value(what))


def _begin_at(model: cp_model.CpModel, solver: cp_model.CpSolver) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]
    proto = model.proto
    for number, value in enumerate(solver.response_proto.solution):
        proto.solution_hint.vars.append(number)
        proto.solution_hint.values.append(value)
