"""Does a plan keep what can be kept when somebody falls ill?"""

from __future__ import annotations

import pytest

from samsyn.plan.staffing.conflicts import conflicts
from samsyn.plan.staffing.example import example_task
from samsyn.plan.staffing.frame import Frame
from samsyn.plan.staffing.proposing import propose
from samsyn.plan.staffing.replanning import Replanned, replan, with_absence
from samsyn.plan.staffing.task import Away, StaffingPlan, StaffingTask
from tests.plan.staffing.small import MONDAY, TUESDAY, limits, person, plan, planned, task


def mended(given: StaffingTask, before: StaffingPlan, who: str, away: Away) -> Replanned:
    absent = with_absence(given, who, away)
    found = replan(Frame(absent), before, limits())
    assert not conflicts(absent, found.plan)
    return found


def test_another_steps_in_on_the_same_day() -> None:
    av = [person(name, competences=["asbestos"]) for name in ("av1", "av2")]
    given = task(people=[*av, person("pm1", agency="PM", region="county")])
    found = mended(given, plan(planned("one"), planned("two", TUESDAY)), "av1", Away(first=MONDAY))
    assert (found.moved_operations, found.dropped, found.moved_people) == ((), (), ("av2",))
    assert [one.people[0].person for one in found.plan.planned] == ["av2", "av1"]
    assert all(not part.gap for part in found.plan.parts)


def test_what_nobody_can_take_over_is_moved() -> None:
    found = mended(task(), plan(planned("one")), "av1", Away(first=MONDAY))
    assert (found.moved_operations, found.moved_people) == (("one",), ("pm1",))
    assert found.plan.planned[0].day == TUESDAY


def test_what_cannot_be_moved_is_left_out() -> None:
    away = Away(first=MONDAY, last=TUESDAY)
    found = mended(task(), plan(planned("one")), "av1", away)
    assert found.dropped == ("one",)
    assert set(found.plan.left_out) == {"one", "two"}


def test_an_absence_that_hits_nothing_changes_nothing() -> None:
    before = plan(planned("one"))
    found = mended(task(), before, "av2", Away(first=MONDAY))
    assert found.plan.planned == before.planned


def test_an_illness_in_an_invented_month_moves_few() -> None:
    given = example_task(4, operations=12)
    before = propose(Frame(given), limits(2))
    who = before.planned[0].people[0].person
    week = Away(first=before.planned[0].day, last=given.period.last)
    found = mended(given, before, who, week)
    assert len(found.moved_people) < 20
    assert len(found.plan.planned) + len(found.dropped) == len(before.planned)


def test_nobody_of_that_name_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        with_absence(task(), "nobody", Away(first=MONDAY))
