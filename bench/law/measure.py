"""How is something timed, and where does the figure stand?"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNS = 7


@dataclass(frozen=True)
class Timing:
    """Seconds of one run, the best and the middle one of several."""

    best: float
    median: float

    def each(self, count: int) -> Timing:
        """The same for one of so many things done in the run."""
        return Timing(self.best / count, self.median / count)


@dataclass(frozen=True)
class Line:
    """One row of the results.

    ``limit`` is what the figure must keep: at most so much, or at least where ``at_least``.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether the figure keeps its limit; true where there is none."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True)
class Section:
    """One part of the results."""

    title: str
    about: str
    lines: Sequence[Line]


def cpu(
    work: Callable[[], Any], *, runs: int = RUNS, before: Callable[[], Any] | None = None
) -> Timing:
    """CPU time of this process, all its threads, while it does the work."""
    return _timed(work, runs, before, time.process_time)


def wall(work: Callable[[], Any], *, runs: int = RUNS) -> Timing:
    """Time on the clock while the work is done."""
    return _timed(work, runs, None, time.perf_counter)


def _timed(
    work: Callable[[], Any],
    runs: int,
    before: Callable[[], Any] | None,
    clock: Callable[[], float],
) -> Timing:
    found = []
    for _ in range(runs):
        if before is not None:
            before()
        start = clock()
        work()
        found.append(clock() - start)
    return Timing(min(found), statistics.median(found))


def program(command: Sequence[str], *, runs: int = RUNS) -> tuple[Timing, Timing]:
    """Clock and CPU time of a whole program, start to end; its output is thrown away.

    Raises:
        subprocess.CalledProcessError: if it fails.
    """
    clock, processor = [], []
    # As in a shell: what Python compiled the first time is kept.
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    for run in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment,
        )
        took = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run:  # the first one reads the files from the disk
            clock.append(took)
            processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return (
        Timing(min(clock), statistics.median(clock)),
        Timing(min(processor), statistics.median(processor)),
    )


def cpu_of_process(number: int) -> float | None:
    """CPU seconds that another process has used so far; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
