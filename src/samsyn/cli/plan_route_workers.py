"""How do several searches for routes work at once, in processes of their own?

Each lap all begin at the best that any has found. One of them is this process itself, so that a
plan comes out whatever happens to the others.
"""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from concurrent.futures.process import BrokenProcessPool
from itertools import cycle, islice

from samsyn.plan.routes.checking import Routes, check_routes
from samsyn.plan.routes.gathering import gather
from samsyn.plan.routes.instance import Routing
from samsyn.plan.routes.searching import MANNERS, Manner, Until, improve

LAPS = 2
GRACE = 1.0
"""Seconds that another process may be late with what it found."""


def find_routes(
    routing: Routing, *, until: float, seed: int = 1, workers: int = 2
) -> list[list[int]]:
    """The best routes found until a moment of ``time.monotonic``."""
    best = gather(routing)
    if workers == 1:
        return improve(routing, best, seed=seed, until=Until(until, time.monotonic))
    # Started anew, not forked: a copy of a process with threads may stand still for ever.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers - 1, mp_context=context)
    try:
        for lap in range(LAPS):
            end = until - (until - time.monotonic()) * (1 - 1 / (LAPS - lap))
            best = _lap(pool, routing, best, end, seed + lap * workers, workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return best


def _lap(
    pool: ProcessPoolExecutor,
    routing: Routing,
    start: list[list[int]],
    end: float,
    seed: int,
    workers: int,
) -> list[list[int]]:
    manners = list(islice(cycle(MANNERS), workers))
    others: list[Future[list[list[int]]]] = []
    for number in range(1, workers):
        try:
            others.append(pool.submit(search, routing, start, seed + number, end, manners[number]))
        except BrokenProcessPool:
            break
    found = [start] if start else []
    found.append(search(routing, start, seed, end, manners[0]))
    for other in others:
        try:
            found.append(other.result(timeout=max(end + GRACE - time.monotonic(), 0.01)))
        except (TooLate, BrokenProcessPool):
            continue
    return min(found, key=lambda routes: _rank(routing, routes))


def search(
    routing: Routing, start: Routes, seed: int, end: float, manner: Manner
) -> list[list[int]]:
    """One search; what a worker does."""
    return improve(routing, start, seed=seed, until=Until(end, time.monotonic), manner=manner)


def _rank(routing: Routing, routes: Routes) -> tuple[int, int]:
    checked = check_routes(routing, routes)
    return len(checked.broken), checked.cost
