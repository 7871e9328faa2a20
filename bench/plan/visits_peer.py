"""How does a plain constraint model of the same problem look, as somebody would write it first?

CP-SAT: a circuit of optional arcs for each person, the time of each service, the ties between two
beginnings. Minutes are multiplied by 1,000, as the instances are given to thousandths.
"""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from samsyn.plan.visits.problem import Visit, VisitProblem

SCALE = 1_000
WORKERS = 2


def solve_by_model(problem: VisitProblem, seconds: float) -> float | None:
    """Cost of the best plan that the model finds in the time; None if it finds none."""
    model = cp_model.CpModel()
    latest = _horizon(problem)
    starts = [
        [model.new_int_var(_whole(visit.opens), latest, "") for _ in visit.services]
        for visit in problem.visits
    ]
    for visit, times in zip(problem.visits, starts, strict=True):
        _tie(model, visit, times)
    given: dict[tuple[int, int], list[Any]] = {}
    ways = [_circuit(model, problem, person, starts, given) for person in range(_people(problem))]
    for number, visit in enumerate(problem.visits):
        for which in range(len(visit.services)):
            model.add_exactly_one(given[number, which])
    late, largest = [], model.new_int_var(0, latest, "")
    for visit, times in zip(problem.visits, starts, strict=True):
        for time in times:
            lateness = model.new_int_var(0, latest, "")
            model.add(lateness >= time - _whole(visit.closes))
            model.add(largest >= lateness)
            late.append(lateness)
    model.minimize(sum(ways) + sum(late) + largest)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return solver.objective_value / SCALE / 3


def _whole(minutes: float) -> int:
    return round(minutes * SCALE)


def _people(problem: VisitProblem) -> int:
    return len(problem.caregivers)


def _horizon(problem: VisitProblem) -> int:
    """By when the worst plan is over."""
    longest = max(max(row) for row in problem.travel)
    work = sum(
        service.duration + longest + (visit.tie.most if visit.tie else 0)
        for visit in problem.visits
        for service in visit.services
    )
    return _whole(max(visit.closes for visit in problem.visits) + work)


def _tie(model: cp_model.CpModel, visit: Visit, times: list[Any]) -> None:
    if visit.tie is None:
        return
    model.add(times[1] - times[0] >= _whole(visit.tie.least))
    model.add(times[1] - times[0] <= _whole(visit.tie.most))


def _circuit(
    model: cp_model.CpModel,
    problem: VisitProblem,
    person: int,
    starts: list[list[Any]],
    given: dict[tuple[int, int], list[Any]],
) -> Any:
    """One person's round; returns its length and adds who gives what."""
    stops = [
        (number, which)
        for number, visit in enumerate(problem.visits)
        for which, service in enumerate(visit.services)
        if problem.caregivers[person].can(service)
    ]
    travel, way = problem.travel, []
    arcs: list[tuple[int, int, Any]] = []
    at_home = model.new_bool_var("")
    arcs.append((0, 0, at_home))
    for here, (number, which) in enumerate(stops, start=1):
        gives = model.new_bool_var("")
        given.setdefault((number, which), []).append(gives)
        arcs.append((here, here, ~gives))
        first, last = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(0, here, first), (here, 0, last)]
        way.append(_whole(travel[0][number + 1]) * first)
        way.append(_whole(travel[number + 1][0]) * last)
        model.add(starts[number][which] >= _whole(travel[0][number + 1])).only_enforce_if(first)
        for there, (other, another) in enumerate(stops, start=1):
            if other == number:
                continue
            taken = model.new_bool_var("")
            arcs.append((here, there, taken))
            way.append(_whole(travel[number + 1][other + 1]) * taken)
            passes = problem.visits[number].services[which].duration + travel[number + 1][other + 1]
            model.add(
                starts[other][another] >= starts[number][which] + _whole(passes)
            ).only_enforce_if(taken)
    _one_service_each(model, stops, given)
    model.add_circuit(arcs)
    return sum(way)


def _one_service_each(
    model: cp_model.CpModel,
    stops: list[tuple[int, int]],
    given: dict[tuple[int, int], list[Any]],
) -> None:
    """Nobody gives both services of a visit."""
    for number, which in stops:
        if which == 1 and (number, 0) in stops:
            model.add_at_most_one([given[number, 0][-1], given[number, 1][-1]])
