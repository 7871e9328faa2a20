"""Reading the public format: what is right comes through, what is wrong is named."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from samsyn.kernel.faults import FieldError
from samsyn.plan.visits.problem import Tie
from samsyn.plan.visits.reading import read_plan, read_problem
from tests.plan.visits.invented import by_hand, problem_of


def test_packed_and_plain_are_read_alike() -> None:
    plain = json.dumps(by_hand()).encode()
    problem = read_problem(plain)
    assert problem == read_problem(gzip.compress(plain, mtime=0))
    assert [one.tie for one in problem.visits] == [
        None,
        Tie("simultaneous"),
        Tie("sequential", 15, 30),
    ]


def test_two_services_without_a_tie_are_read() -> None:
    document = by_hand()
    del document["patients"][1]["synchronization"]
    assert problem_of(document).visits[1].tie is None


Change = Callable[[dict[str, Any]], object]
FAULTS: dict[str, Change] = {
    "patients": lambda d: d.update(patients=[]),
    "patients[1]": lambda d: d["patients"].__setitem__(1, 7),
    "patients[1].id": lambda d: d["patients"][1].update(id="p1"),
    "patients[0].id": lambda d: d["patients"][0].update(id=""),
    "patients[0].time_window": lambda d: d["patients"][0].update(time_window=[9, 3]),
    "patients[0].time_window[0]": lambda d: d["patients"][0].update(time_window=["9", 10]),
    "patients[0].time_window[1]": lambda d: d["patients"][0].update(time_window=[9, 10**400]),
    "patients[1].required_caregivers": lambda d: d["patients"][1]["required_caregivers"].append(
        {"service": "a", "duration": 1}
    ),
    "patients[1].required_caregivers[1].duration": lambda d: d["patients"][1][
        "required_caregivers"
    ][1].update(duration=True),
    "patients[1].required_caregivers[1].service": lambda d: d["patients"][1]["required_caregivers"][
        1
    ].update(service="z"),
    "patients[0].synchronization": lambda d: d["patients"][0].update(
        synchronization={"type": "simultaneous"}
    ),
    "patients[1].synchronization.type": lambda d: d["patients"][1].update(
        synchronization={"type": "together"}
    ),
    "patients[2].synchronization.distance": lambda d: d["patients"][2]["synchronization"].update(
        distance=[30, 15]
    ),
    "caregivers[1].abilities": lambda d: d["caregivers"][1].update(abilities="a"),
    "caregivers[1].abilities[0]": lambda d: d["caregivers"][1].update(abilities=[3]),
    "distances": lambda d: d["distances"].pop(),
    "distances[2]": lambda d: d["distances"][2].pop(),
    "distances[2][1]": lambda d: d["distances"][2].__setitem__(1, -1),
    "central_offices": lambda d: d["central_offices"].append({"id": "e"}),
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_fault_names_its_field(field: str) -> None:
    document = by_hand()
    FAULTS[field](document)
    with pytest.raises(FieldError) as caught:
        problem_of(document)
    assert caught.value.field == field
    assert caught.value.said.sv != caught.value.said.en


def test_a_visit_that_only_one_person_could_make_is_a_fault() -> None:
    document = by_hand()
    document["caregivers"][0]["abilities"] = []
    with pytest.raises(FieldError, match="two people"):
        problem_of(document)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe",
        b'{"patients": NaN}',
        gzip.compress(b"{}" * 99, mtime=0)[:-9],
        b"\x1f\x8b",
    ],
)
def test_what_is_no_file_of_the_format_is_a_fault(content: bytes) -> None:
    with pytest.raises(FieldError):
        read_problem(content)
    with pytest.raises(FieldError):
        read_plan(content)


def test_a_person_without_stops_may_lack_the_list() -> None:
    (round_,) = read_plan(b'{"routes": [{"caregiver_id": "c1"}]}').rounds
    assert round_.stops == ()
