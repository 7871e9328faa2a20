"""Is each broken rule of a plan found, and named once?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samsyn.plan.staffing.conflicts import conflicts
from tests.plan.staffing.small import MONDAY, TUESDAY, operation, person, plan, planned, task

PEOPLE = [{"person": "av1", "need": 0}, {"person": "pm1", "need": 1}]
WITH_AV2 = [{"person": "av2", "need": 0}, {"person": "pm1", "need": 1}]
RIDE_AV2 = [{"car": "car", "people": ["av2", "pm1"]}]

# What is other in the task, the rows of the plan → the one rule that breaks.
BROKEN: dict[str, tuple[dict[str, Any], list[dict[str, Any]], str]] = {
    "not in the task": ({}, [planned("three")], "unknown"),
    "no time of day": ({}, [planned("one", start="8 o'clock")], "time"),
    "outside the period": ({}, [planned("one", date(2027, 2, 3))], "period"),
    "closed": (
        {"period": {"first": MONDAY, "last": TUESDAY, "closed": [MONDAY]}},
        [planned("one")],
        "working_day",
    ),
    "another day is fixed": (
        {"operations": [operation("one", fixed_day=TUESDAY)]},
        [planned("one")],
        "fixed_day",
    ),
    "too early in the month": (
        {"operations": [operation("one", earliest=TUESDAY)]},
        [planned("one")],
        "allowed_day",
    ),
    "closed then": ({}, [planned("one", start="14:00")], "opening"),
    "one is missing": (
        {},
        [planned("one", people=PEOPLE[:1], cars=[{"car": "car", "people": ["av1"]}])],
        "people",
    ),
    "lacks what is needed": ({}, [planned("one", people=WITH_AV2, cars=RIDE_AV2)], "competence"),
    "from another agency": (
        {"people": [person("av1", agency="PM", region="county", competences=["asbestos"]),
                    person("pm1", agency="PM", region="county")]},
        [planned("one")],
        "agency",
    ),
    "outside the agency's region": (
        {"operations": [operation("one", region="B", place="A")]},
        [planned("one")],
        "region",
    ),
    "on leave": (
        {"people": [person("av1", competences=["asbestos"], away=[{"first": MONDAY}]),
                    person("pm1", agency="PM", region="county")]},
        [planned("one")],
        "away",
    ),
    "the agency is never there on Mondays": (
        {"agencies": [{"code": "AV", "regions": {"north": ["A"]}},
                      {"code": "PM", "regions": {"county": ["A"]}, "weekdays": [2]}]},
        [planned("one")],
        "away",
    ),
    "too far": (
        {"operations": [operation("one", place="B")], "settings": {"longest_travel": 30}},
        [planned("one")],
        "travel",
    ),
    "has to leave too early": (
        {"operations": [operation("one", place="B")], "settings": {"day_begins": "07:00"}},
        [planned("one")],
        "hours",
    ),
    "no seat": ({}, [planned("one", cars=[])], "seat"),
    "more than the car takes": (
        {"cars": [{"id": "car", "home": "A", "seats": 1}]}, [planned("one")], "full"
    ),
    "the car is away": (
        {"cars": [{"id": "car", "home": "A", "seats": 4, "away": [{"first": MONDAY}]}]},
        [planned("one")],
        "car_away",
    ),
    "another agency's car": (
        {"cars": [{"id": "car", "home": "A", "seats": 4, "agency": "AV"}]},
        [planned("one")],
        "other_car",
    ),
    "twice": ({}, [planned("one"), planned("one", TUESDAY)], "planned_twice"),
    "in two places in a half-day": (
        {"operations": [operation("one", duration=60), operation("two", duration=60)]},
        [planned("one", start="07:30"), planned("two", start="10:00")],
        "double",
    ),
    "too far between": (
        {"operations": [operation("one", duration=120), operation("two", place="B")]},
        [planned("one", start="10:00"), planned("two", start="12:50")],
        "double",
    ),
    "too often in a week": (
        {"people": [person("av1", competences=["asbestos"], most_a_week=1),
                    person("pm1", agency="PM", region="county")]},
        [planned("one"), planned("two", TUESDAY)],
        "week",
    ),
}  # fmt: skip


def test_a_plan_that_keeps_all_rules_has_no_conflict() -> None:
    assert not conflicts(task(), plan(planned("one"), planned("two", TUESDAY)))


@pytest.mark.parametrize(("changes", "rows", "rule"), BROKEN.values(), ids=BROKEN.keys())
def test_each_broken_rule_is_found(
    changes: dict[str, Any], rows: list[dict[str, Any]], rule: str
) -> None:
    found = conflicts(task(**changes), plan(*rows))
    assert {conflict.rule for conflict in found} == {rule}
    assert all(conflict.said.sv and conflict.said.en for conflict in found)


def test_weeks_of_the_same_number_in_two_years_are_two() -> None:
    first, last = date(2025, 1, 2), date(2025, 12, 30)
    assert first.isocalendar().week == last.isocalendar().week
    seldom = task(
        period={"first": first, "last": last},
        people=[
            person("av1", competences=["asbestos"], most_a_week=1),
            person("pm1", agency="PM", region="county"),
        ],
    )
    assert not conflicts(seldom, plan(planned("one", first), planned("two", last)))


def test_a_car_and_a_person_of_one_name_are_two() -> None:
    cars = [{"id": "av1", "home": "A", "seats": 4}, {"id": "other", "home": "A", "seats": 4}]
    rows = [
        planned("one", cars=[{"car": "av1", "people": ["av1", "pm1"]}]),
        planned("two", start="13:00", cars=[{"car": "other", "people": ["av1", "pm1"]}]),
    ]
    assert not conflicts(task(cars=cars), plan(*rows))
