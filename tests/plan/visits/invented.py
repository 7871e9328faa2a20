"""Problems and files for the tests: a small one by hand, and any number by chance."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from samsyn.plan.visits.problem import VisitProblem
from samsyn.plan.visits.reading import read_problem

SERVICES = ("a", "b", "c")


def by_hand() -> dict[str, Any]:
    """Three visits on a line, 10 minutes apart: one alone, one together, one after another."""
    return {
        "patients": [
            {
                "id": "p1",
                "time_window": [0, 100],
                "required_caregivers": [{"service": "a", "duration": 10}],
            },
            {
                "id": "p2",
                "time_window": [50, 100],
                "required_caregivers": [
                    {"service": "a", "duration": 10},
                    {"service": "b", "duration": 20},
                ],
                "synchronization": {"type": "simultaneous"},
            },
            {
                "id": "p3",
                "time_window": [100, 120],
                "required_caregivers": [
                    {"service": "a", "duration": 10},
                    {"service": "b", "duration": 10},
                ],
                "synchronization": {"type": "sequential", "distance": [15, 30]},
            },
        ],
        "caregivers": [
            {"id": "c1", "abilities": ["a"]},
            {"id": "c2", "abilities": ["a", "b"]},
        ],
        "services": [{"id": "a"}, {"id": "b"}],
        "central_offices": [{"id": "d"}],
        "distances": [[abs(here - there) * 10 for there in range(4)] for here in range(4)],
    }


def problem_of(document: dict[str, Any]) -> VisitProblem:
    """The problem of a document."""
    return read_problem(json.dumps(document).encode())


def by_chance(seed: int, *, visits: int = 12, people: int = 4) -> VisitProblem:
    """A problem with every kind of tie, roads that differ both ways, and hurried windows."""
    chance = Random(seed)
    ties: list[dict[str, Any] | None] = [
        None,
        {"type": "simultaneous"},
        {"type": "sequential", "distance": [0, 5]},
        {"type": "sequential", "distance": [20, 20]},
    ]
    patients = []
    for number in range(chance.randint(1, visits)):
        opens = chance.randint(0, 300)
        patient: dict[str, Any] = {
            "id": f"p{number}",
            "time_window": [opens, opens + chance.randint(0, 60)],
            "required_caregivers": [
                {"service": chance.choice(SERVICES), "duration": chance.randint(0, 40)}
                for _ in range(chance.randint(1, 2))
            ],
        }
        if len(patient["required_caregivers"]) == 2 and (tie := chance.choice(ties)):
            patient["synchronization"] = tie
        patients.append(patient)
    size = len(patients) + 1
    distances = [
        [0 if here == there else chance.randint(1, 600) / 10 for there in range(size)]
        for here in range(size)
    ]
    caregivers = [
        {"id": "c0", "abilities": list(SERVICES)},
        {"id": "c1", "abilities": ["a", "b", "c"]},
    ]
    caregivers += [
        {"id": f"c{number}", "abilities": chance.sample(SERVICES, chance.randint(0, 2))}
        for number in range(2, chance.randint(2, people))
    ]
    return problem_of({"patients": patients, "caregivers": caregivers, "distances": distances})
