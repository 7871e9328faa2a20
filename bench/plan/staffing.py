"""How good and how fast is the staffing of invented months, and of a month after an illness?"""

from __future__ import annotations

import time
from datetime import timedelta

from bench.law.measure import Line, Section
from samsyn.plan.staffing.conflicts import conflicts
from samsyn.plan.staffing.example import example_task
from samsyn.plan.staffing.explaining import Around, why_left_out
from samsyn.plan.staffing.frame import Frame, state_of
from samsyn.plan.staffing.proposing import propose
from samsyn.plan.staffing.replanning import replan, with_absence
from samsyn.plan.staffing.searching import Budget, Limits
from samsyn.plan.staffing.task import Away, StaffingPlan, StaffingTask
from samsyn.plan.staffing.ways_in import ways_in

SEEDS = (1, 2, 3)
ONE, SEVEN, ILLNESS = 10.0, 60.0, 2.0
RESERVE = 0.92
ILL = 8
"""Illnesses that are tried in each month: somebody of each agency first, a week each."""


def measure(quick: bool) -> list[Section]:
    """Both sizes."""
    seeds = SEEDS[:1] if quick else SEEDS
    sections = [_months(seeds, 1, ONE, "A month of one centre")]
    if not quick:
        sections.append(_months(SEEDS[:1], 7, SEVEN, "A month of seven centres"))
    return sections


def _months(seeds: tuple[int, ...], centres: int, seconds: float, title: str) -> Section:
    lines: list[Line] = []
    for seed in seeds:
        task = example_task(seed, centres)
        started = time.perf_counter()
        plan = propose(Frame(task), Limits(seconds * RESERVE, time.monotonic))
        took = time.perf_counter() - started
        lines += _proposal(f"invented month {seed}", task, plan, took, seconds)
        lines += _illnesses(f"invented month {seed}", task, plan)
        if centres == 1:
            lines += _left_out(f"invented month {seed}", task, plan)
    return Section(
        title,
        f"{centres * 60} operations wished, nine agencies, {centres * 80} people, by the clock on "
        "two threads. Every plan is checked by `conflicts`, which shares nothing with the search. "
        "The bound of the priority holds for all plans; those of fairness and travel for plans on "
        "the same days.",
        lines,
    )


def _proposal(
    name: str, task: StaffingTask, plan: StaffingPlan, took: float, seconds: float
) -> list[Line]:
    parts = {part.name: part for part in plan.parts}
    priority = parts["priority"]
    return [
        Line(f"{name}: proposed", took, "s", seconds,
             note=f"{len(plan.planned)} of {len(task.operations)} operations planned"),
        Line(f"{name}: rules broken", len(conflicts(task, plan)), "", 0.5),
        Line(f"{name}: priority below its bound", 100 * priority.gap, "%",
             note=f"{priority.value} of at most {priority.bound}"),
        *(
            Line(f"{name}: {what}", parts[what].value, unit, note=f"bound {parts[what].bound}")
            for what, unit in (("wish", "days"), ("fairness", "half-days"), ("travel", "min"))
        ),
    ]  # fmt: skip


def _illnesses(name: str, task: StaffingTask, plan: StaffingPlan) -> list[Line]:
    """A week's illness of somebody, each time from the same plan."""
    busy = list(dict.fromkeys(one.person for row in plan.planned for one in row.people))
    longest, moved, operations, broken, unproven = 0.0, [], 0, 0, 0
    for place in range(ILL):
        who = busy[place * len(busy) // ILL]
        first = next(r.day for r in plan.planned if who in {one.person for one in r.people})
        absent = with_absence(task, who, Away(first=first, last=first + timedelta(6)))
        started = time.perf_counter()
        found = replan(Frame(absent), plan, Limits(ILLNESS * 0.7, time.monotonic))
        longest = max(longest, time.perf_counter() - started)
        moved.append(len(found.moved_people))
        operations += len(found.moved_operations) + len(found.dropped)
        broken += len(conflicts(absent, found.plan))
        unproven += any(part.gap for part in found.plan.parts[1:])
    return [
        Line(f"{name}: planned anew after an illness, the slowest of {ILL}", longest, "s", ILLNESS),
        Line(f"{name}: others whose duties changed, in all {ILL}", sum(moved), "people",
             note=f"at most {max(moved)} at once; {unproven} not proven least"),
        Line(f"{name}: operations moved or dropped, in all {ILL}", operations, ""),
        Line(f"{name}: rules broken afterwards", broken, "", 0.5),
    ]  # fmt: skip


def _left_out(name: str, task: StaffingTask, plan: StaffingPlan) -> list[Line]:
    frame = Frame(task)
    state = state_of(frame, plan)
    around = Around(frame, state)
    numbers = {one.id: number for number, one in enumerate(task.operations)}
    budget = Budget(Limits(120.0, time.monotonic))
    started = time.perf_counter()
    found = [
        ways_in(frame, state, why_left_out(frame, around, numbers[one]), budget)
        for one in plan.left_out
    ]
    opened = sum(bool(one.found) for one in found)
    return [
        Line(f"{name}: what it would take, for all left out", time.perf_counter() - started, "s",
             note=f"found for {opened} of {len(found)} by {sum(one.tried for one in found)} tries")
    ]  # fmt: skip
