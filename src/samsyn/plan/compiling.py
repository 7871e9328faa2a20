"""What is compiled when Samsyn is installed, so that no planner waits for it?"""

from __future__ import annotations

import numpy as np

from samsyn.plan.routes.gathering import gather
from samsyn.plan.routes.instance import Routing, arcs
from samsyn.plan.visits.first_plan import Arrangement
from samsyn.plan.visits.problem import Caregiver, Service, Visit, VisitProblem
from samsyn.plan.visits.searching import improve


def compile_ahead() -> None:
    """Plan the smallest day and the smallest route, which compiles every loop and keeps it."""
    visit = Visit("p1", 0, 0, (Service("s1", 0),))
    problem = VisitProblem((visit,), (Caregiver("c1", frozenset({"s1"})),), ((0, 0), (0, 0)))
    improve(problem, Arrangement((0,), ((0,),)), 0, 1)
    two, points = np.zeros(2, dtype=np.int64), np.zeros((2, 2))
    gather(Routing("", 1, 1, two, two, two, two, two, points, arcs(points)))
