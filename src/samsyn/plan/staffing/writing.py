"""How is what was found by number written as a plan with names?"""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.plan.staffing.frame import Frame, Put, State
from samsyn.plan.staffing.task import Part, Planned, Ride, StaffingPlan, Taken, clock


def plan_of(frame: Frame, state: State, parts: Sequence[Part]) -> StaffingPlan:
    """The plan, by day, start and name."""
    order = sorted(state, key=lambda number: (state[number].slot.day, state[number].slot.start))
    return StaffingPlan(
        planned=tuple(_planned(frame, number, state[number]) for number in order),
        left_out=tuple(
            one.id for number, one in enumerate(frame.task.operations) if number not in state
        ),
        parts=tuple(parts),
    )


def _planned(frame: Frame, number: int, put: Put) -> Planned:
    people = frame.task.people
    return Planned(
        operation=frame.task.operations[number].id,
        day=frame.days[put.slot.day],
        start=clock(put.slot.start),
        people=tuple(
            Taken(person=people[person].id, need=need)
            for need, team in enumerate(put.people)
            for person in sorted(team)
        ),
        cars=_rides(frame, put),
    )


def _rides(frame: Frame, put: Put) -> tuple[Ride, ...]:
    """Who sits where: an agency's own cars first, the shared ones then."""
    people = frame.task.people
    waiting = [person for person in put.everyone if not people[person].own_transport]
    cars = [frame.task.cars[number] for number in put.cars]
    rides = []
    for car in sorted(cars, key=lambda car: (car.agency is None, car.id)):
        may = [
            person
            for person in waiting
            if people[person].home == car.home and car.agency in (None, people[person].agency)
        ][: car.seats]
        waiting = [person for person in waiting if person not in may]
        if may:
            rides.append(Ride(car=car.id, people=tuple(people[person].id for person in may)))
    return tuple(rides)
