"""The public instances, which lie beside the project; a test that wants them skips without."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from samsyn.plan.visits.problem import VisitPlan, VisitProblem
from samsyn.plan.visits.reading import read_plan, read_problem

PLANNING = Path(__file__).parents[3].parent / "shared" / "data" / "planning"


@dataclass(frozen=True)
class Published:
    """An instance with its reference."""

    name: str
    family: str
    cost: float
    early: bool

    @property
    def file(self) -> Path:
        return PLANNING / self.family / f"{self.name}.json.gz"

    @property
    def problem(self) -> VisitProblem:
        return read_problem(self.file.read_bytes())

    @property
    def plan(self) -> VisitPlan:
        return read_plan(self.file.with_name(f"{self.name}.ref_solution.json.gz").read_bytes())


def published() -> list[Published]:
    """All of them, in the order of the list."""
    listed = PLANNING / "hhcrsp_reference.csv"
    if not listed.is_file():
        pytest.skip(f"the public instances are not at {PLANNING}")
    with listed.open(encoding="utf-8") as file:
        return [
            Published(
                row["instance"],
                row["family"],
                float(row["ref_cost"]),
                row["ref_violations"] == "early",
            )
            for row in csv.DictReader(file)
        ]
