"""The checker: agrees with every published cost, and finds every way to break a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from samsyn.plan.visits.checking import SAID, check
from samsyn.plan.visits.first_plan import first_plan
from samsyn.plan.visits.laying import lay
from samsyn.plan.visits.problem import VisitPlan
from samsyn.plan.visits.reading import plan_as_json, read_plan
from tests.plan.visits.invented import by_hand, problem_of
from tests.plan.visits.published import published

GOOD: dict[str, Any] = {
    "routes": [
        {
            "caregiver_id": "c1",
            "locations": [
                {"patient": "p1", "service": "a", "arrival_time": 10, "departure_time": 20},
                {"patient": "p2", "service": "a", "arrival_time": 50, "departure_time": 60},
                {"patient": "p3", "service": "a", "arrival_time": 100, "departure_time": 110},
            ],
        },
        {
            "caregiver_id": "c2",
            "locations": [
                {"patient": "p2", "service": "b", "arrival_time": 50, "departure_time": 70},
                {"patient": "p3", "service": "b", "arrival_time": 125, "departure_time": 135},
            ],
        },
    ],
}


def plan(change: Callable[[list[dict[str, Any]], list[dict[str, Any]]], object]) -> VisitPlan:
    """The good plan after a change to the stops of c1 and c2."""
    document = msgspec.json.decode(msgspec.json.encode(GOOD))
    change(document["routes"][0]["locations"], document["routes"][1]["locations"])
    return read_plan(msgspec.json.encode(document))


def stop(patient: str, service: str, begins: float, ends: float) -> dict[str, Any]:
    return {
        "patient": patient,
        "service": service,
        "arrival_time": begins,
        "departure_time": ends,
    }


def test_a_good_plan_is_taken_and_its_cost_is_worked_out_by_hand() -> None:
    checked = check(problem_of(by_hand()), plan(lambda one, two: None))
    assert checked.feasible
    # Both go to the end of the line and back; the last service begins 5 minutes late.
    assert (checked.distance, checked.tardiness, checked.largest_tardiness) == (120, 5, 5)
    assert checked.cost == pytest.approx(130 / 3)


BREAKS: dict[str, Callable[[Any, Any], object]] = {
    "missing": lambda one, two: one.pop(0),
    "twice": lambda one, two: two.append(stop("p1", "a", 160, 170)),
    "unable": lambda one, two: (two.pop(0), one.insert(2, stop("p2", "b", 60, 80))),
    "not_asked": lambda one, two: one[0].update(service="b"),
    "unknown_visit": lambda one, two: two.append(stop("p9", "a", 170, 180)),
    "same_person": lambda one, two: (one.pop(2), two.insert(1, stop("p3", "a", 100, 110))),
    "early": lambda one, two: one[2].update(arrival_time=99, departure_time=110),
    "too_soon": lambda one, two: one[0].update(arrival_time=9, departure_time=19),
    "too_short": lambda one, two: one[0].update(departure_time=19),
    "not_together": lambda one, two: two[0].update(arrival_time=51, departure_time=71),
    "gap_short": lambda one, two: two[1].update(arrival_time=114, departure_time=124),
    "gap_long": lambda one, two: two[1].update(arrival_time=131, departure_time=141),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_each_kind_of_breakage_is_found_and_said_in_words(kind: str) -> None:
    checked = check(problem_of(by_hand()), plan(BREAKS[kind]))
    assert kind in {found.kind for found in checked.violations}
    found = next(found for found in checked.violations if found.kind == kind)
    assert "p" in found.said.en
    assert found.said.sv != found.said.en


@pytest.mark.parametrize("kind", ["unknown_caregiver", "two_rounds"])
def test_who_does_not_exist_or_goes_twice_is_found(kind: str) -> None:
    document = dict(GOOD, routes=[dict(one) for one in GOOD["routes"]])
    document["routes"][1]["caregiver_id"] = "c9" if kind == "unknown_caregiver" else "c1"
    checked = check(problem_of(by_hand()), read_plan(msgspec.json.encode(document)))
    assert kind in {found.kind for found in checked.violations}


def test_every_rule_of_the_checker_is_tried_here() -> None:
    assert set(SAID) == {*BREAKS, "unknown_caregiver", "two_rounds"}


def test_a_stop_that_ends_late_delays_the_next() -> None:
    broken = plan(lambda one, two: one[0].update(departure_time=45))
    (found,) = check(problem_of(by_hand()), broken).violations
    assert found.kind == "too_soon"
    assert "55" in found.said.sv


def test_two_services_of_one_code_are_told_apart_as_they_fit() -> None:
    document = by_hand()
    document["patients"][2]["required_caregivers"][1]["service"] = "a"
    problem = problem_of(document)
    swapped = plan(
        lambda one, two: (
            one[2].update(arrival_time=125, departure_time=135),
            two[1].update(service="a", arrival_time=100, departure_time=110),
        )
    )
    assert check(problem, swapped).feasible


def test_every_published_cost_is_recomputed() -> None:
    for one in published():
        checked = check(one.problem, one.plan)
        assert checked.cost == pytest.approx(one.cost, abs=2e-4), one.name
        assert {found.kind for found in checked.violations} == ({"early"} if one.early else set())


def test_a_first_plan_holds_for_every_published_instance() -> None:
    for one in published():
        problem = one.problem
        made = lay(problem, first_plan(problem))
        assert check(problem, made).feasible, one.name
        assert read_plan(_written(made)) == made


def _written(made: VisitPlan) -> bytes:
    return msgspec.json.encode(plan_as_json(made))
