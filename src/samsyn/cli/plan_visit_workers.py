"""How do several searches work on one plan, within a time?

Each searches in a process of its own, since compiled loops of one process would share one
compiler and could not be stopped while it works. After each lap all go on from the best that any
of them has found. What is found on the way is told at once, so that whatever happens to a worker,
the caller has a plan; the first one is laid before any worker starts.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from samsyn.plan.visits.first_plan import Arrangement, Found
from samsyn.plan.visits.problem import VisitProblem

SETTLES = 0.25
"""Seconds before the end at which workers stop, so that their last word is heard."""

TELLS_EVERY = 0.25
"""Seconds between two messages of a worker that has found something better."""

LAP_OVER, END = "lap over", None


def search_together(
    problem: VisitProblem, start: Arrangement, *, seed: int, workers: int, until: float
) -> Found | None:
    """The best that any worker has found until a moment of ``time.monotonic``; None if nothing.

    A worker that does not get to searching in time, as when it has to compile first, is ended.
    """
    begun = time.monotonic()
    best: Found | None = None
    with _working(problem, start, seed, workers, begun, until) as lines:
        waiting: list[Connection] = []
        while lines and (left := until - time.monotonic()) > 0:
            for line in wait(lines, timeout=left):
                assert isinstance(line, Connection)
                said = _heard(line)
                if isinstance(said, Found) and (best is None or said.cost < best.cost):
                    best = said
                elif said == LAP_OVER:
                    waiting.append(line)
                elif said is END:
                    lines.remove(line)
            if lines and len(waiting) == len(lines):
                for line in waiting:
                    _tell(line, best)
                waiting = []
    return best


@contextmanager
def _working(
    problem: VisitProblem, start: Arrangement, seed: int, workers: int, begun: float, until: float
) -> Iterator[list[Connection]]:
    """Worker processes with a line to each; none outlives the block."""
    # Started anew, not forked: a copy of a process with threads may stand still for ever.
    context = multiprocessing.get_context("spawn")
    lines, running = [], []
    try:
        for number in range(workers):
            here, there = context.Pipe()
            process = context.Process(
                target=work,
                args=(there, problem, start, seed * workers + number, begun, until),
                daemon=True,
            )
            process.start()
            there.close()
            lines.append(here)
            running.append(process)
        yield list(lines)
    finally:
        for process in running:
            process.kill()
            process.join()
        for line in lines:
            line.close()


def work(
    line: Connection,
    problem: VisitProblem,
    start: Arrangement,
    seed: int,
    begun: float,
    until: float,
) -> None:
    """Search, tell of everything better, and after each lap go on from the best of all."""
    # Here and not above: who waits for the workers need not load the compiler.
    from samsyn.plan.visits.searching import Search, laps

    search = Search(problem, start, seed)
    until -= min(SETTLES, (until - begun) / 10)
    told = float("inf")

    def over(_: int) -> float:
        return (time.monotonic() - begun) / (until - begun)

    set_out = over(0)
    for lap in (all_laps := laps(problem)):
        told_at = time.monotonic()
        for _ in search.cool(lap, set_out, over):
            if search.cost < told - 1e-9 and time.monotonic() - told_at > TELLS_EVERY:
                told, told_at = search.cost, time.monotonic()
                line.send(search.found)
        line.send(search.found)
        if lap is all_laps[-1]:
            return
        line.send(LAP_OVER)
        search.set_out(line.recv())
        set_out = max(lap.until, over(0))


def _heard(line: Connection) -> Found | str | None:
    """What a worker says; END when it has gone."""
    try:
        said: Found | str = line.recv()
    except (EOFError, OSError):
        return END
    return said


def _tell(line: Connection, best: Found | None) -> None:
    try:
        line.send(best)
    except OSError:
        # It has gone; the next look at its line says so.
        return
