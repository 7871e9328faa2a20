"""Somebody falls ill: which plan keeps as much as possible of the one that people know?

First others step in on the days that stand. Only what cannot be staffed so is moved to another day,
and only what cannot be moved is left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import msgspec
from ortools.sat.python import cp_model

from samsyn.plan.staffing.first import fit_in
from samsyn.plan.staffing.frame import Frame, State, state_of
from samsyn.plan.staffing.joint import Joint, Looked
from samsyn.plan.staffing.proposing import near, value_of
from samsyn.plan.staffing.searching import Budget, Goal, Limits, in_order
from samsyn.plan.staffing.task import Away, Part, StaffingPlan, StaffingTask
from samsyn.plan.staffing.writing import plan_of

MOVED, LOST = 10**4, 10**7
"""What a moved operation and a unit of lost priority weigh beside one moved person."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """A new plan beside the old one.

    Attributes:
        moved_operations: those on another day or start.
        dropped: those that can no longer be done.
        moved_people: everybody else whose operations or days are other than before.
    """

    task: StaffingTask
    plan: StaffingPlan
    moved_operations: tuple[str, ...]
    dropped: tuple[str, ...]
    moved_people: tuple[str, ...]


def with_absence(task: StaffingTask, person: str, away: Away) -> StaffingTask:
    """The task with somebody away.

    Raises:
        KeyError: if nobody is called so.
    """
    if person not in {one.id for one in task.people}:
        raise KeyError(person)
    people = tuple(
        msgspec.structs.replace(one, away=(*one.away, away)) if one.id == person else one
        for one in task.people
    )
    return msgspec.structs.replace(task, people=people)


def replan(frame: Frame, plan: StaffingPlan, limits: Limits) -> Replanned:
    """The plan with least disturbance that the task of the frame, absences included, allows."""
    budget = Budget(limits)
    before = state_of(frame, plan)
    hit = [
        number
        for number, put in before.items()
        if any(not frame.fits(person, number, put.slot) for person in put.everyone)
    ]
    state, people_bound = _stepped_in(frame, before, hit, budget)
    operations_bound = 0
    missing = [number for number in before if number not in state]
    if missing:
        state, operations_bound, people_bound = _moved(frame, before, state, missing, budget)
    return _replanned(frame, before, state, (operations_bound, people_bound))


def _stepped_in(frame: Frame, before: State, hit: list[int], budget: Budget) -> tuple[State, int]:
    """Others step in; the days stand."""
    weeks = {frame.week_of[before[number].slot.day] for number in hit}
    around = {
        other
        for number in hit
        for other in near(frame, number, before)
        if frame.week_of[before[other].slot.day] in weeks
    }
    looked = {number: [before[number].slot] for number in {*hit, *around}}
    held = {number: put for number, put in before.items() if number not in looked}
    joint = Joint(frame, Looked(looked, held, must=frozenset(around - set(hit))))
    goal = _least_disturbance(frame, joint, before, budget.left * 0.5)
    joint.hint(before)
    reached = in_order(joint.model, [goal], budget)
    if reached is None:
        return {number: put for number, put in before.items() if number not in hit}, 0
    return held | joint.state(reached.solver), reached.goals[0][1] % MOVED


def _moved(
    frame: Frame, before: State, state: State, missing: list[int], budget: Budget
) -> tuple[State, int, int]:
    """What could not be staffed goes to another day, the rest stays on its own."""
    around = {other for number in missing for other in near(frame, number, state)}
    slots = {number: list(frame.slots[number]) for number in missing}
    slots |= {number: [state[number].slot] for number in around}
    held = {number: put for number, put in state.items() if number not in slots}
    joint = Joint(frame, Looked(slots, held, must=frozenset(around)))
    goal = _least_disturbance(frame, joint, before, budget.left * 0.9)
    begin = state
    for number in sorted(missing, key=lambda one: -frame.task.operations[one].priority):
        begin = fit_in(frame, begin, number, before[number].slot)
    joint.hint(begin)
    reached = in_order(joint.model, [goal], budget)
    if reached is None:
        return begin, 0, 0
    bound = max(reached.goals[0][1], 0) % LOST
    return held | joint.state(reached.solver), bound // MOVED, bound % MOVED


def _least_disturbance(frame: Frame, joint: Joint, before: State, seconds: float) -> Goal:
    """In one sum: priority lost, before operations moved, before people moved.

    One sum and not one goal after the other: the search begins at the plan that people know, and
    what it has when the time is over is near it.
    """
    operations = frame.task.operations
    kept = [at[before[n].slot] for n, at in joint.at.items() if before[n].slot in at]
    lost = sum(operations[n].priority * at.negated() for n, at in joint.planned.items())
    moved = len(joint.at) - sum(kept)
    changed = _changed_people(frame, joint, before)
    return Goal(LOST * lost + MOVED * moved + changed, most=False, seconds=seconds)


def _changed_people(frame: Frame, joint: Joint, before: State) -> cp_model.LinearExpr | int:
    """How many other people have other operations or days than before."""
    literals: dict[int, list[cp_model.LiteralT]] = defaultdict(list)
    for (number, person), slots in joint.present.items():
        old = before.get(number)
        for slot, literal in slots.items():
            same = old is not None and person in old.everyone and slot == old.slot
            literals[person].append(literal.negated() if same else literal)
    changed = []
    for differing in literals.values():
        one = joint.model.new_bool_var("")
        for other in differing:
            joint.model.add_implication(other, one)
        changed.append(one)
    return sum(changed)


def _replanned(frame: Frame, before: State, state: State, bounds: tuple[int, int]) -> Replanned:
    operations, people = frame.task.operations, frame.task.people
    moved = [n for n, put in state.items() if n in before and put.slot != before[n].slot]
    dropped = [number for number in before if number not in state]
    could_not = {
        person
        for number, put in before.items()
        for person in put.everyone
        if not frame.fits(person, number, put.slot)
    }
    old, new = _duties(before), _duties(state)
    others = {person for person in {*old, *new} if old.get(person) != new.get(person)} - could_not
    value = value_of(frame, state)
    parts = [
        Part(name="priority", value=value, bound=value_of(frame, before), most=True,
             scope="same_days"),
        Part(name="moved_operations", value=len(moved) + len(dropped),
             bound=min(bounds[0], len(moved) + len(dropped)), most=False, scope="same_days"),
        Part(name="moved_people", value=len(others), bound=min(bounds[1], len(others)),
             most=False, scope="same_days"),
    ]  # fmt: skip
    return Replanned(
        frame.task,
        plan_of(frame, state, parts),
        tuple(sorted(operations[number].id for number in moved)),
        tuple(sorted(operations[number].id for number in dropped)),
        tuple(sorted(people[person].id for person in others)),
    )


def _duties(state: State) -> dict[int, set[tuple[int, int, int]]]:
    found: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
    for number, put in state.items():
        for person in put.everyone:
            found[person].add((number, put.slot.day, put.slot.start))
    return found
