"""Do the proposal and its bound hold the optimum of the whole between them, on any small task?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.plan.staffing.conflicts import conflicts
from samsyn.plan.staffing.frame import Frame
from samsyn.plan.staffing.joint import Joint, Looked
from samsyn.plan.staffing.proposing import propose, value_of
from samsyn.plan.staffing.reading import task_faults
from samsyn.plan.staffing.searching import Budget, Goal, in_order
from samsyn.plan.staffing.task import StaffingTask
from samsyn.plan.staffing.teams import worth
from tests.plan.staffing.small import MONDAY, limits, operation, person, task

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "staffing.md"


@st.composite
def tasks(draw: st.DrawFn) -> StaffingTask:
    """Up to five operations, a few people and cars, four days, all of it scarce."""
    days = [MONDAY + timedelta(number) for number in range(4)]
    some_day = st.sampled_from(days)

    def needs() -> list[dict[str, Any]]:
        asked = [{"agency": "AV", "people": draw(st.integers(1, 2)),
                  "competences": draw(st.sampled_from([[], ["asbestos"]]))}]  # fmt: skip
        return [*asked, {"agency": "PM"}] if draw(st.booleans()) else asked

    wished = [
        operation(
            f"o{number}",
            needs=needs(),
            priority=draw(st.integers(1, 9)),
            duration=draw(st.sampled_from([60, 180, 300])),
            place=draw(st.sampled_from(["A", "B"])),
            closes=draw(st.sampled_from(["12:00", "16:30"])),
            wished_day=draw(st.none() | some_day),
            latest=draw(st.none() | some_day),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    people = [
        person(
            f"av{number}",
            home=draw(st.sampled_from(["A", "B"])),
            competences=draw(st.sampled_from([[], ["asbestos"]])),
            most_a_week=draw(st.integers(0, 3)),
            away=[{"first": draw(some_day)}] if draw(st.booleans()) else [],
            own_transport=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    people += [person("pm", agency="PM", region="county", most_a_week=2)]
    cars = [
        {"id": f"car{number}", "home": draw(st.sampled_from(["A", "B"])),
         "seats": draw(st.integers(1, 3)), "agency": draw(st.sampled_from([None, "AV"]))}
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    last = MONDAY + timedelta(3)
    return task(operations=wished, people=people, cars=cars,
                period={"first": MONDAY, "last": last})  # fmt: skip


def optimum(frame: Frame) -> int:
    """The most that can be planned, by one exact model of everything."""
    slots = {number: slots for number, slots in enumerate(frame.slots) if slots}
    joint = Joint(frame, Looked(slots))
    reached = in_order(joint.model, [Goal(worth(frame, joint), True, 20.0)], Budget(limits()))
    assert reached is not None
    return value_of(frame, joint.state(reached.solver))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tasks())
def test_no_plan_breaks_a_rule_and_no_bound_is_passed(some: StaffingTask) -> None:
    frame = Frame(some)
    plan = propose(frame, limits(1.5))
    assert not conflicts(some, plan)
    parts = {part.name: part for part in plan.parts}
    best = optimum(frame)
    assert parts["priority"].value <= best <= parts["priority"].bound
    # So small that the mending finds the best within its time.
    assert parts["priority"].value == best


def test_the_example_of_the_guide_is_a_task() -> None:
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    given_task = msgspec.convert(yaml.safe_load(found[1]), StaffingTask)
    assert not list(task_faults(given_task))
    plan = propose(Frame(given_task), limits(1.5))
    assert plan.left_out == ("Umeå-01",)  # nobody of the police is in the example
    assert date(2027, 2, 13) in Frame(given_task).days
