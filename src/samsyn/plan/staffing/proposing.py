"""Which plan is proposed for the whole period, and how good is it proven to be?

Days first, by numbers alone, with a bound that holds for every plan (``days``); then people and
cars on those days (``teams``); then what could not be staffed is mended with the exact model
(``joint``), and what is left out is tried against others until the bound is reached or the time is
over; last the people are shared out anew on the days that stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from samsyn.plan.staffing.days import Days, choose_days
from samsyn.plan.staffing.evening import evened
from samsyn.plan.staffing.first import first_cars, first_people, first_plan
from samsyn.plan.staffing.frame import Frame, Slot, State, days_away
from samsyn.plan.staffing.joint import Joint, Looked
from samsyn.plan.staffing.searching import Budget, Goal, Limits, in_order
from samsyn.plan.staffing.task import Part, StaffingPlan
from samsyn.plan.staffing.teams import Teams, least_travel, seat, spread, staff, travelled, worth
from samsyn.plan.staffing.writing import plan_of

NEIGHBOURS = 6
"""How many other operations may change their day while one that is left out is tried."""
SHARE_OF_DAYS, SHARE_OF_TEAMS, SHARE_OF_CARS, SHARE_OF_MENDING = 0.4, 0.25, 0.1, 0.8


def propose(frame: Frame, limits: Limits) -> StaffingPlan:
    """A plan for the task of the frame."""
    budget = Budget(limits)
    first = first_plan(frame)
    days = choose_days(frame, first, budget, limits.seconds * SHARE_OF_DAYS)
    same = all(number in first and first[number].slot == at for number, at in days.slots.items())
    begin = first if same else first_people(frame, days.slots)
    teams = staff(frame, days.slots, budget, limits.seconds * SHARE_OF_TEAMS, begin)
    state = seat(frame, teams.state, budget, limits.seconds * SHARE_OF_CARS)
    # Cut short, the search may have less than what went one after the other.
    state = max(state, first_cars(frame, first), key=lambda one: value_of(frame, one))
    state = _mended(frame, state, days, budget)
    state, teams = _shared_anew(frame, state, budget)
    state = evened(frame, state)
    return plan_of(frame, state, _parts(frame, state, days, teams))


def value_of(frame: Frame, state: Iterable[int]) -> int:
    """The priority of these operations together."""
    return sum(frame.task.operations[number].priority for number in state)


def near(frame: Frame, number: int, state: State) -> list[int]:
    """Operations of the state in the same region that could want the same people as this one."""
    region = frame.task.operations[number].region
    mine = {person for people in frame.eligible[number] for person in people}
    return [
        other
        for other in state
        if other != number
        and frame.task.operations[other].region == region
        and any(not mine.isdisjoint(team) for team in frame.eligible[other])
    ]


def tried(
    frame: Frame, state: State, free: Iterable[int], budget: Budget, seconds: float
) -> State | None:
    """The state with these operations put anew, nothing of the rest given up; None if in vain.

    The others near them keep their slots and may change people and cars.
    """
    free = list(free)
    around = {other for number in free for other in near(frame, number, state)} - set(free)
    slots: dict[int, list[Slot]] = {number: list(frame.slots[number]) for number in free}
    slots |= {number: [state[number].slot] for number in around}
    held = {number: put for number, put in state.items() if number not in slots}
    joint = Joint(frame, Looked(slots, held, must=frozenset(around)))
    joint.hint(state)
    goal = Goal(worth(frame, joint), most=True, seconds=seconds, presolve=False)
    reached = in_order(joint.model, [goal], budget)
    if reached is None:
        return None
    found = held | joint.state(reached.solver)
    return found if value_of(frame, found) > value_of(frame, state) else None


def _mended(frame: Frame, state: State, days: Days, budget: Budget) -> State:
    """First each missing operation alone, then with some others that may change day too."""
    chance = Random(budget.limits.seed)
    end = budget.limits.seconds * (1 - SHARE_OF_MENDING)
    operations = frame.task.operations
    vain: set[frozenset[int]] = set()
    first = True
    while budget.left > end and value_of(frame, state) < days.priority[1]:
        missing = [number for number in range(len(operations)) if number not in state]
        missing = [number for number in missing if frame.slots[number]]
        missing.sort(key=lambda number: (number not in days.slots, -operations[number].priority))
        idle = True
        for number in missing if first else chance.sample(missing, len(missing)):
            others = [] if first else near(frame, number, state)
            free = frozenset([number, *chance.sample(others, min(NEIGHBOURS, len(others)))])
            if budget.left <= end or free in vain:
                continue
            idle = False
            better = tried(frame, state, sorted(free), budget, 1.0 + budget.left / 20)
            vain = vain | {free} if better is None else set()
            state = better or state
        if idle and not first:
            break
        first = False
    return state


def _shared_anew(frame: Frame, state: State, budget: Budget) -> tuple[State, Teams]:
    """The same days with people shared evenly; as it was, if that leaves one without a car."""
    slots = {number: put.slot for number, put in state.items()}
    spare = min(budget.left * 0.3, 0.1 * budget.limits.seconds)
    teams = staff(frame, slots, budget, max(budget.left - 2 * spare, 0.1), state)
    if not teams.unstaffed:
        seated = seat(frame, teams.state, budget, spare)
        if len(seated) == len(state):
            return seated, teams
    return state, teams


def _parts(frame: Frame, state: State, days: Days, teams: Teams) -> list[Part]:
    planned = value_of(frame, state)
    wish = sum(days_away(frame, number, put.slot) for number, put in state.items())
    # Proven among plans of as much priority as the days had; with less, only nothing is sure.
    least_wish = days.wish[1] if planned >= days.priority[0] else 0
    fair, travel = spread(frame, state), travelled(frame, state)
    least = max(teams.travel[1], least_travel(frame, state))
    return [
        Part(name="priority", value=planned, bound=days.priority[1], most=True, scope="all"),
        Part(name="wish", value=wish, bound=min(least_wish, wish), most=False, scope="all"),
        Part(name="fairness", value=fair, bound=min(teams.fairness[1], fair), most=False,
             scope="same_days"),
        Part(name="travel", value=travel, bound=min(least, travel), most=False,
             scope="same_days"),
    ]  # fmt: skip
