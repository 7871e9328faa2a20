"""Can the load be shared more evenly by exchanging one for another who can do exactly the same?

People of a group (``teams.groups``) have the same agency, home and competences. So the one with
most gives an operation to the one with least where the latter is free, and neither needs, cars nor
travel change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from samsyn.plan.staffing.frame import Frame, Put, State
from samsyn.plan.staffing.teams import groups


def evened(frame: Frame, state: State) -> State:
    """The same operations and days; each group shared as evenly as exchanges reach."""
    state = dict(state)
    for people in groups(frame):
        while _exchanged(frame, state, people):
            pass
    return state


def _exchanged(frame: Frame, state: State, people: Sequence[int]) -> bool:
    """Make one exchange that brings two of the group nearer each other, if there is one."""
    duties: dict[int, list[int]] = defaultdict(list)
    for number, put in state.items():
        for person in put.everyone:
            duties[person].append(number)
    load = {one: sum(len(state[n].slot.cells) for n in duties[one]) for one in people}
    order = sorted(people, key=lambda one: (load[one], one))
    for least in order:
        for most in reversed(order):
            for number in duties[most]:
                given = len(state[number].slot.cells)
                if load[most] - load[least] > given and _can(
                    frame, state, duties[least], least, most, number
                ):
                    state[number] = _instead(state[number], most, least)
                    return True
    return False


def _can(
    frame: Frame,
    state: State,
    duties: Sequence[int],
    person: int,
    instead_of: int,
    number: int,
) -> bool:
    slot, one = state[number].slot, frame.task.people[person]
    week = frame.week_of[slot.day]
    same_week = sum(frame.week_of[state[other].slot.day] == week for other in duties)
    needed = [
        people
        for people, team in zip(frame.eligible[number], state[number].people, strict=True)
        if instead_of in team
    ]
    return (
        all(person in people for people in needed)
        and person not in state[number].everyone
        and same_week < one.most_a_week
        and one.own_transport == frame.task.people[instead_of].own_transport
        and frame.fits(person, number, slot)
        and not any(frame.clash(number, slot, other, state[other].slot) for other in duties)
    )


def _instead(put: Put, most: int, least: int) -> Put:
    teams = tuple(
        tuple(sorted(least if person == most else person for person in team)) for team in put.people
    )
    return replace(put, people=teams)
