"""How far from the best known are the routes, beside plain PyVRP and OR-Tools' routing solver?"""

from __future__ import annotations

import csv
import multiprocessing
import statistics
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bench.law.measure import Line, Section
from samsyn.cli.plan_route_workers import find_routes
from samsyn.plan.routes.checking import Checked, check_routes
from samsyn.plan.routes.gathering import gather
from samsyn.plan.routes.instance import TENTHS, Routing, read_routing
from samsyn.plan.routes.searching import Until, improve

DATA = Path(__file__).parents[3] / "shared" / "data" / "planning"
PRIZES = ("C1_10_1", "C1_10_2", "C2_10_1", "C2_10_2", "R1_10_1", "R1_10_2", "R2_10_1", "R2_10_2",
          "RC1_10_1", "RC1_10_2", "RC2_10_1", "RC2_10_2")  # fmt: skip
SOLOMON = ("C104", "R103", "R106", "R205", "RC104", "RC206")
BESIDE = ("C1_10_1", "R1_10_1", "RC1_10_2", "R2_10_2")
"""Prize instances on which the others are measured too: those of the data's README."""
GATHERED, VISITED = 60.0, 10.0
PRIZE_LIMIT, SOLOMON_LIMIT = 3.0, 0.5

Solver = Callable[[Routing, float], list[list[int]]]


def measure(quick: bool) -> list[Section]:
    """Both families; a line where the instances are missing."""
    if not DATA.is_dir():
        return [Section("Routes: the public instances are missing", f"Looked in {DATA.name}.", [])]
    if quick:
        return [_section("Quick", "pcvrptw", PRIZES[4:5], 10.0, PRIZE_LIMIT, ())]
    return [
        _section("1,000 sites with prizes", "pcvrptw", PRIZES, GATHERED, PRIZE_LIMIT, BESIDE),
        _section("Solomon, 100 sites", "solomon100", SOLOMON, VISITED, SOLOMON_LIMIT, SOLOMON),
    ]


def _section(
    title: str,
    folder: str,
    names: tuple[str, ...],
    seconds: float,
    limit: float,
    beside: tuple[str, ...],
) -> Section:
    # Compiled once, as it is once at an agency.
    gather(_instance("pcvrptw", PRIZES[0]))
    lines, gaps = [], []
    for name in names:
        routing = _instance(folder, name)
        started = time.perf_counter()
        routes = find_routes(routing, until=time.monotonic() + seconds - 0.5)
        took = time.perf_counter() - started
        checked = check_routes(routing, routes)
        gaps.append(_gap(folder, name, checked))
        lines.append(
            Line(name, gaps[-1], "%", limit,
                 note=f"{took:.1f} s, {checked.visited} sites, {len(checked.broken)} rules broken")
        )  # fmt: skip
        if name in beside:
            for peer, solve in (("PyVRP", plain_pyvrp), ("OR-Tools routing", plain_routing)):
                found = check_routes(routing, _alone(solve, routing, seconds))
                note = "" if not found.broken else f"{len(found.broken)} rules broken"
                lines.append(Line(f"{name}, {peer} alone", _gap(folder, name, found), "%",
                                  note=note))  # fmt: skip
    lines.append(Line("all together, the mean", statistics.mean(gaps), "%"))
    return Section(
        title,
        f"Gap to the best known cost after {seconds:g} s by the clock, two processes. The others "
        "have the same time, one process each, as they come. Every cost is recounted in plain "
        "Python.",
        lines,
    )


def plain_pyvrp(routing: Routing, seconds: float) -> list[list[int]]:
    """PyVRP as it comes."""
    return improve(routing, [], seed=1, until=Until(time.monotonic() + seconds, time.monotonic))


def plain_routing(routing: Routing, seconds: float) -> list[list[int]]:
    """OR-Tools' routing solver with guided local search."""
    from ortools.constraint_solver import (  # type: ignore[import-untyped]
        pywrapcp,
        routing_enums_pb2,
    )

    count = len(routing.demands)
    manager = pywrapcp.RoutingIndexManager(count, routing.vehicles, 0)
    model: Any = pywrapcp.RoutingModel(manager)
    table = routing.distances.tolist()
    service = routing.service.tolist()
    way = model.RegisterTransitMatrix(table)
    lasts = model.RegisterTransitMatrix(
        [[table[one][other] + service[one] for other in range(count)] for one in range(count)]
    )
    load = model.RegisterUnaryTransitVector(routing.demands.tolist())
    model.SetArcCostEvaluatorOfAllVehicles(way)
    model.AddDimension(load, 0, routing.capacity, True, "load")
    horizon = int(routing.closes[0])
    model.AddDimension(lasts, horizon, horizon, False, "time")
    times = model.GetDimensionOrDie("time")
    for site in range(1, count):
        index = manager.NodeToIndex(site)
        times.CumulVar(index).SetRange(int(routing.opens[site]), int(routing.closes[site]))
        if routing.prizes is not None:
            model.AddDisjunction([index], int(routing.prizes[site]))
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    search.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    search.time_limit.FromMilliseconds(int(seconds * 1000))
    found = model.SolveWithParameters(search)
    return [] if found is None else _read(model, manager, found, routing.vehicles)


def _read(model: Any, manager: Any, found: Any, vehicles: int) -> list[list[int]]:
    routes = []
    for vehicle in range(vehicles):
        index, route = found.Value(model.NextVar(model.Start(vehicle))), []
        while not model.IsEnd(index):
            route.append(manager.IndexToNode(index))
            index = found.Value(model.NextVar(index))
        routes.append(route)
    return [route for route in routes if route]


def _alone(solve: Solver, routing: Routing, seconds: float) -> list[list[int]]:
    """In a process of its own, so that nothing of ours is warm for it or in its way."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(solve, (routing, seconds))


def _gap(folder: str, name: str, checked: Checked) -> float:
    best = _best()[name] * (1 if folder == "pcvrptw" else TENTHS)
    return 100 * (checked.cost / best - 1)


def _instance(folder: str, name: str) -> Routing:
    ending = "vrp" if folder == "pcvrptw" else "txt"
    return read_routing(DATA / folder / f"{name}.{ending}.gz", "en")


@cache
def _best() -> dict[str, float]:
    with (DATA / "vrptw_best_known.csv").open(encoding="utf-8") as file:
        return {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
