"""Is the best plan found where one can count it, and does no proposal break a rule?"""

from __future__ import annotations

import pytest

from samsyn.plan.staffing.conflicts import conflicts
from samsyn.plan.staffing.example import example_task
from samsyn.plan.staffing.explaining import Around, why_left_out, why_planned
from samsyn.plan.staffing.frame import Frame, state_of
from samsyn.plan.staffing.proposing import propose
from samsyn.plan.staffing.searching import Budget
from samsyn.plan.staffing.task import StaffingPlan, StaffingTask
from samsyn.plan.staffing.ways_in import ways_in
from tests.plan.staffing.small import MONDAY, TUESDAY, built, limits, operation, person, task


def proposed(given: StaffingTask) -> tuple[StaffingPlan, dict[str, tuple[int, int]]]:
    plan = propose(Frame(given), limits())
    assert not conflicts(given, plan)
    return plan, {part.name: (part.value, part.bound) for part in plan.parts}


def test_what_counts_most_is_planned_when_not_all_can_be() -> None:
    long = {"duration": 400}
    names = {"a": 1, "b": 5, "c": 3}
    wished = [operation(name, priority=weight, **long) for name, weight in names.items()]
    plan, parts = proposed(task(operations=wished))
    assert {one.operation for one in plan.planned} == {"b", "c"}
    assert plan.left_out == ("a",)
    assert parts["priority"] == (8, 8)


def test_the_wished_day_is_taken() -> None:
    plan, parts = proposed(task(operations=[operation("one", wished_day=TUESDAY)]))
    assert plan.planned[0].day == TUESDAY
    assert parts["wish"] == (0, 0)


def test_the_load_is_shared() -> None:
    both = [person("av1", competences=["asbestos"]), person("av2", competences=["asbestos"])]
    police = [person("pm1", agency="PM", region="county")]
    morning = [operation(name, duration=120, closes="10:00") for name in ("one", "two")]
    plan, parts = proposed(task(people=[*both, *police], operations=morning))
    assert {one.people[0].person for one in plan.planned} == {"av1", "av2"}
    assert parts["fairness"] == (0, 0)


def test_the_nearer_one_travels() -> None:
    far = [person("av1", competences=["asbestos"], home="B", away=[{"first": MONDAY}]),
           person("av2", competences=["asbestos"], away=[{"first": MONDAY}])]  # fmt: skip
    police = [person("pm1", agency="PM", region="county")]
    cars = [{"id": "a", "home": "A", "seats": 2}, {"id": "b", "home": "B", "seats": 2}]
    given = task(operations=[operation("one")], people=[*far, *police], cars=cars)
    plan, parts = proposed(given)
    assert plan.planned[0].people[0].person == "av2"
    assert parts["travel"] == (0, 0)


def test_seats_are_counted() -> None:
    plan, _ = proposed(task(cars=[{"id": "car", "home": "A", "seats": 1}]))
    assert not plan.planned
    own = [person("av1", competences=["asbestos"]),
           person("pm1", agency="PM", region="county", own_transport=True)]  # fmt: skip
    plan, _ = proposed(task(people=own, cars=[{"id": "car", "home": "A", "seats": 1}]))
    assert len(plan.planned) == 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_proposal_of_an_invented_month_breaks_a_rule(seed: int) -> None:
    given = example_task(seed, centres=2, operations=12)
    plan = propose(Frame(given), limits(3))
    assert not conflicts(given, plan)
    assert len(plan.planned) >= 16
    names = {one.operation for one in plan.planned} | set(plan.left_out)
    assert names == {one.id for one in given.operations}
    assert all(part.bound >= part.value for part in plan.parts if part.most)
    assert all(part.bound <= part.value for part in plan.parts if not part.most)


def test_what_would_fit_in_the_one_left_out_is_found_by_trying() -> None:
    long = [operation(name, duration=400) for name in "ab"]
    given = task(operations=long, period={"first": MONDAY, "last": MONDAY})
    frame = Frame(given)
    plan = propose(frame, limits())
    state = state_of(frame, plan)
    left = next(n for n, one in enumerate(given.operations) if one.id in plan.left_out)
    why = why_left_out(frame, Around(frame, state), left)
    assert [(one.said.en, days) for one, days in why.scarce] == [
        ("AV with asbestos", 1),
        ("PM", 1),
    ]
    opening = ways_in(frame, state, why, Budget(limits()))
    # Two of the three are lacking; a car is too, so that no pair suffices.
    assert not opening.found
    assert "Nothing small" in opening.said[0].en
    cars = [{"id": name, "home": "A", "seats": 4} for name in ("car", "other")]
    frame = Frame(task(operations=long, period={"first": MONDAY, "last": MONDAY}, cars=cars))
    opening = ways_in(frame, state_of(frame, plan), why, Budget(limits()))
    assert [text.en for text in opening.found] == [
        "one more person of AV with asbestos in week 5 and one more person of PM in week 5"
    ]


def test_one_that_can_never_be_staffed_says_who_is_missing() -> None:
    needs = [{"agency": "AV", "people": 2, "competences": ["asbestos"]}]
    frame = Frame(task(operations=[operation("one", needs=needs)]))
    why = why_left_out(frame, Around(frame, {}), 0)
    assert why.said[0].en == "There are 1 of 2 who come into question: AV with asbestos."


def test_a_day_is_explained() -> None:
    frame = Frame(task(operations=[operation("one", wished_day=TUESDAY)]))
    state = state_of(frame, propose(frame, limits()))
    said = [text.en for text in why_planned(frame, Around(frame, state), 0).said]
    assert said == [
        "Of 2 possible days 1 more could be used with the others as they are.",
        "It is the wished day.",
    ]


def test_the_small_task_is_what_its_docstring_says() -> None:
    assert len(built()["people"]) == 3


def test_one_car_is_not_in_two_places() -> None:
    team = [{"agency": "AV", "people": 3}]
    both = [operation(name, needs=team, fixed_day=MONDAY, closes="11:00") for name in "ab"]
    six = [person(f"av{number}") for number in range(6)]
    cars = [{"id": "big", "home": "A", "seats": 4}, {"id": "small", "home": "A", "seats": 2}]
    # Six seats for six people, and two cars for two places; but only one car takes three.
    plan, parts = proposed(task(operations=both, people=six, cars=cars))
    assert len(plan.planned) == 1
    assert parts["priority"] == (1, 2)
