"""Who goes, when the days stand: evenly shared, and then with the least travel?

With the days given, people of different agencies do not depend on each other, nor do those who are
never asked for the same: each such part is staffed by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from samsyn.plan.staffing.first import first_cars
from samsyn.plan.staffing.frame import Frame, Put, Slot, State
from samsyn.plan.staffing.joint import Joint, Looked
from samsyn.plan.staffing.searching import Budget, Goal, in_order


@dataclass
class Teams:
    """People for each operation that can be staffed, with (value, bound) of the parts."""

    state: State = field(default_factory=dict)
    unstaffed: set[int] = field(default_factory=set)
    fairness: tuple[int, int] = (0, 0)
    travel: tuple[int, int] = (0, 0)


def staff(
    frame: Frame,
    slots: Mapping[int, Slot],
    budget: Budget,
    seconds: float,
    begin: State,
) -> Teams:
    """People for all operations on their slots, one part after the other.

    Args:
        begin: people to begin the search with; kept where nothing better is found in time.
    """
    teams = Teams()
    found: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    parts = _parts(frame, slots)
    end = budget.left - seconds
    sizes = [sum(len(frame.eligible[o][n]) for o, n in part) for part in parts]
    for place, part in enumerate(parts):
        share = max(budget.left - end, 0.1) * sizes[place] / max(sum(sizes[place:]), 1)
        agency = frame.task.operations[part[0][0]].needs[part[0][1]].agency
        mine = {number: [slots[number]] for number, _ in part}
        done = _part(frame, Looked(mine, agencies=frozenset({agency}), cars=False), budget, share,
                     begin)  # fmt: skip
        for number, need in part:
            if number in done.state:
                found[number][need] = done.state[number].people[need]
        teams.unstaffed |= done.unstaffed
        teams.fairness = _added(teams.fairness, done.fairness)
        teams.travel = _added(teams.travel, done.travel)
    for number, slot in slots.items():
        if number not in teams.unstaffed:
            count = len(frame.task.operations[number].needs)
            teams.state[number] = Put(slot, tuple(found[number][n] for n in range(count)))
    return teams


def seat(frame: Frame, state: State, budget: Budget, seconds: float) -> State:
    """The same people, with cars; an operation whose people cannot all be driven is missing."""
    looked = Looked(
        slots={number: [put.slot] for number, put in state.items()},
        people={number: put.people for number, put in state.items()},
    )
    joint = Joint(frame, looked)
    driven = sum(at for slots in joint.driven.values() for at in slots.values())
    goals = [
        Goal(worth(frame, joint), most=True, seconds=seconds / 2, presolve=False),
        Goal(driven, most=False, seconds=seconds / 2),
    ]
    begin = first_cars(frame, state)
    joint.hint(begin)
    reached = in_order(joint.model, goals, budget)
    return begin if reached is None else joint.state(reached.solver)


def worth(frame: Frame, joint: Joint) -> cp_model.LinearExpr | int:
    """The priority that is planned."""
    operations = frame.task.operations
    return sum(operations[number].priority * at for number, at in joint.planned.items())


def travel_of(frame: Frame, joint: Joint) -> cp_model.LinearExpr | int:
    """Minutes on the way, there and back, of all together."""
    return sum(
        2 * frame.travel(frame.task.people[person].home, number) * at
        for (number, person), slots in joint.present.items()
        for at in slots.values()
    )


def spread_of(frame: Frame, joint: Joint, base: Mapping[int, int]) -> cp_model.LinearExpr | int:
    """Half-days between the one who gives most and the one who gives least, group by group.

    Args:
        base: half-days that each person gives outside of what is looked at.
    """
    model, total = joint.model, []
    loads = joint.loads()
    for people in groups(frame):
        if not any(person in loads for person in people):
            continue
        most, least = model.new_int_var(0, 400, ""), model.new_int_var(0, 400, "")
        for person in people:
            load = base.get(person, 0) + sum(n * at for n, at in loads.get(person, ()))
            model.add(most >= load)
            model.add(least <= load)
        model.add(least <= most)
        total.append(most - least)
    return sum(total)


def groups(frame: Frame) -> list[list[int]]:
    """Who is compared with whom: same agency, home and competences, there at least half the time.

    Somebody with a rare competence is needed more often whatever one does; to compare with those
    who lack it would make every plan look unfair.
    """
    found: dict[tuple[str, str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, person in enumerate(frame.task.people):
        if frame.free[number].bit_count() >= len(frame.days):
            key = (person.agency, person.home, tuple(sorted(person.competences)))
            found[key].append(number)
    return [people for people in found.values() if len(people) > 1]


def spread(frame: Frame, state: State) -> int:
    """The same, of a state."""
    loads: dict[int, int] = defaultdict(int)
    for put in state.values():
        for person in put.everyone:
            loads[person] += len(put.slot.cells)
    return sum(
        max(loads[one] for one in people) - min(loads[one] for one in people)
        for people in groups(frame)
    )


def travelled(frame: Frame, state: State) -> int:
    """Minutes on the way, of a state."""
    return sum(
        2 * frame.travel(frame.task.people[person].home, number)
        for number, put in state.items()
        for person in put.everyone
    )


def least_travel(frame: Frame, state: State) -> int:
    """Minutes that no team on these days can stay under: each need met by those who are nearest."""
    total = 0
    for number, put in state.items():
        needs = frame.task.operations[number].needs
        for need, people in zip(needs, frame.eligible[number], strict=True):
            ways = sorted(
                2 * frame.travel(frame.task.people[person].home, number)
                for person in people
                if frame.fits(person, number, put.slot)
            )
            total += sum(ways[: need.people])
    return total


def _parts(frame: Frame, slots: Mapping[int, Slot]) -> list[list[tuple[int, int]]]:
    """Needs (operation, need) that may share people, together; parts share nobody."""
    owner: dict[int, int] = {}
    parts: dict[int, list[tuple[int, int]]] = {}
    of: dict[tuple[int, str], int] = {}
    for number in sorted(slots):
        for need, people in enumerate(frame.eligible[number]):
            agency = frame.task.operations[number].needs[need].agency
            met = {owner[person] for person in people if person in owner}
            met |= {of[number, agency]} if (number, agency) in of else set()
            home = min(met, default=len(parts) + len(owner) + number * 1000 + need + 10**6)
            merged = parts.setdefault(home, [])
            for other in met - {home}:
                merged += parts.pop(other)
                owner.update({person: home for person, at in owner.items() if at == other})
                of.update({key: home for key, at in of.items() if at == other})
            merged.append((number, need))
            of[number, agency] = home
            owner.update(dict.fromkeys(people, home))
    return [parts[home] for home in sorted(parts)]


def _part(frame: Frame, looked: Looked, budget: Budget, seconds: float, begin: State) -> Teams:
    kept = {number: begin[number] for number in looked.slots if number in begin}
    if len(kept) == len(looked.slots):
        looked = replace(looked, must=frozenset(looked.slots))
    joint = Joint(frame, looked)
    goals = [] if looked.must else [
        Goal(worth(frame, joint), most=True, seconds=seconds * 0.5, presolve=False)
    ]  # fmt: skip
    goals += [
        Goal(spread_of(frame, joint, {}), most=False, seconds=seconds * 0.4),
        Goal(travel_of(frame, joint), most=False, seconds=seconds * 0.2),
    ]
    joint.hint(begin)
    reached = in_order(joint.model, goals, budget)
    if reached is None:
        return Teams(kept, set(looked.slots) - set(kept))
    state = joint.state(reached.solver)
    fairness, travel = reached.goals[-2:]
    return Teams(state, set(looked.slots) - set(state), fairness, travel)


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + max(other[1], 0)
