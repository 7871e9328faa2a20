"""How far from the published plans are ours, for visits that two people make together?

Each instance is solved by the command, started anew, and its file is judged by the checker; the
wall time is that of the whole command. Beside it, in the same run, a plain CP-SAT model gets the
same time and processors.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench.law.measure import Line, Section
from bench.plan.visits_peer import solve_by_model
from samsyn.plan.visits.checking import check
from samsyn.plan.visits.problem import VisitProblem
from samsyn.plan.visits.reading import read_plan, read_problem

INSTANCES = Path(__file__).parents[2].parent / "shared" / "data" / "planning"

FIRST_SECONDS = 5
"""Within which every instance must have a plan that can be carried out."""

SHORT = 4
"""Seconds given to show that."""

LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Group:
    """Instances of one size: how long each is given, and how far above its reference it may be."""

    name: str
    seconds: int
    most: float | None


GROUPS = (
    Group("HCSRP_10_", SHORT, None),
    Group("HCSRP_25_", 20, 0.01),
    Group("HCSRP_50_", 60, 1.0),
    Group("HCSRP_75_", SHORT, None),
    Group("HCSRP_100_", 60, 2.0),
    Group("HCSRP_200_", SHORT, None),
    Group("instance_", SHORT, None),
)
PEER_ON = ("InstanzCPLEX_HCSRP_25_1", "InstanzCPLEX_HCSRP_50_1", "InstanzVNS_HCSRP_100_1")
PEER_SECONDS = 60


@dataclass(frozen=True)
class Instance:
    """One published instance and the cost of its reference."""

    name: str
    file: Path
    reference: float

    @property
    def problem(self) -> VisitProblem:
        """What is to be planned."""
        return read_problem(self.file.read_bytes())


@dataclass(frozen=True)
class Solved:
    """What the command made of an instance: per cent above the reference, and wall seconds."""

    instance: Instance
    gap: float
    seconds: float


def instances() -> list[Instance]:
    """All of them, in the order of the published list."""
    listed = INSTANCES / "hhcrsp_reference.csv"
    if not listed.is_file():
        raise FileNotFoundError(f"the public instances are not at {INSTANCES}")
    with listed.open(encoding="utf-8") as file:
        return [
            Instance(
                row["instance"],
                INSTANCES / row["family"] / f"{row['instance']}.json.gz",
                float(row["ref_cost"]),
            )
            for row in csv.DictReader(file)
        ]


def measure(quick: bool) -> list[Section]:
    """Ours on every instance; the peer on one of each size."""
    all_of_them = instances()
    lines: list[Line] = []
    # What compiles at its first call does so before the clock starts, as after an installation.
    _command(all_of_them[0], 20)
    for group in GROUPS:
        chosen = [one for one in all_of_them if group.name in one.name]
        chosen, seconds = (chosen[:1], SHORT) if quick else (chosen, group.seconds)
        lines += _lines(group, [_command(one, seconds) for one in chosen], seconds)
    peers = PEER_ON[:1] if quick else PEER_ON
    lines += [
        line
        for one in all_of_them
        if one.name in peers
        for line in _peer(one, SHORT if quick else PEER_SECONDS)
    ]
    return [Section("Visits that two people make together", _about(), lines)]


def _about() -> str:
    return (
        "The public home-care instances, gap to the published reference plan in per cent (below "
        "zero: better). Every plan was recomputed by the checker, which shares no code with the "
        "search; one that cannot be carried out ends the benchmark. Seconds are those of the whole "
        "command, by the clock, with two processes; every instance gets the sixty seconds "
        "of the promise or less. The model is plain CP-SAT with two workers: "
        "optional arcs, times, and the ties between two beginnings."
    )


def _command(instance: Instance, seconds: int) -> Solved:
    """Solve by a command of its own, as a user does."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "solution.json"
        begun = time.perf_counter()
        subprocess.run(
            [
                sys.executable, "-m", "samsyn.cli.main", "plan", "solve", str(instance.file),
                "--seconds", str(seconds), "--out", str(out),
            ],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        passed = time.perf_counter() - begun
        checked = check(instance.problem, read_plan(out.read_bytes()))
    if not checked.feasible:
        raise RuntimeError(f"{instance.name}: {checked.violations[0].said.en}")
    gap = (checked.cost / instance.reference - 1) * 100
    print(f"{instance.name}: {gap:+.3f} % in {passed:.1f} s", file=sys.stderr, flush=True)
    return Solved(instance, gap, passed)


def _lines(group: Group, solved: list[Solved], seconds: int) -> Iterator[Line]:
    name = {"instance_": "44 to 323 visits, Italian towns"}.get(
        group.name, f"{group.name.split('_')[1]} visits"
    )
    gaps = [one.gap for one in solved]
    note = (
        f"{len(solved)} instances; mean {fmean(gaps):+.2f}, best {min(gaps):+.2f}; "
        f"{sum(gap < -0.005 for gap in gaps)} better than the reference"
    )
    most = group.most if seconds == group.seconds else None
    yield Line(f"{name}, {seconds} s: largest gap", max(gaps), "%", most, note=note)
    limit = FIRST_SECONDS if seconds == SHORT else LONGEST_SECONDS
    yield Line(f"{name}: longest command", max(one.seconds for one in solved), "s", limit)


def _peer(instance: Instance, seconds: int) -> Iterator[Line]:
    ours = _command(instance, seconds)
    yield Line(f"{instance.name}, {seconds} s: ours", ours.gap, "%")
    cost = solve_by_model(instance.problem, seconds)
    what = f"{instance.name}, {seconds} s: CP-SAT"
    if cost is None:
        yield Line(what, float("inf"), "%", note="no plan found")
    else:
        yield Line(what, (cost / instance.reference - 1) * 100, "%")
