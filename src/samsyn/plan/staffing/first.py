"""Who could go on the days that stand, found at once and without a search?

Day by day, the operation with least choice first; of those who can, the ones who know least besides
and have given least. Where a team cannot be found the operation is missing, and the search that
begins here has to find it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from samsyn.plan.staffing.frame import Frame, Put, Slot, State, days_away, matched


def first_people(frame: Frame, slots: Mapping[int, Slot]) -> State:
    """People for the operations, without cars."""
    days: dict[int, list[int]] = defaultdict(list)
    for number, slot in slots.items():
        days[slot.day].append(number)
    given = _Given(frame)
    for day in sorted(days):
        for number in sorted(days[day], key=lambda one: (_choice(frame, one), one)):
            given.put(number, slots[number])
    return given.state


def first_plan(frame: Frame) -> State:
    """Days and people for as many as go one after the other, what counts most first."""
    given = _Given(frame)
    operations = frame.task.operations
    order = sorted(
        range(len(operations)),
        key=lambda one: (-operations[one].priority, len(frame.slots[one]), one),
    )
    for number in order:
        slots = sorted(
            frame.slots[number],
            key=lambda slot: (days_away(frame, number, slot), given.busy(slot), slot.day),
        )
        for slot in slots:
            given.put(number, slot)
            if number in given.state:
                break
    return given.state


def fit_in(frame: Frame, state: State, number: int, near: Slot) -> State:
    """The state with one more, as near a slot as it goes without moving anybody; as it was, if not.

    Args:
        frame: the task.
        state: what stands, with cars.
        number: the operation.
        near: where it was before.
    """
    given = _Given(frame)
    for other, put in state.items():
        given.take(other, put)
    for slot in sorted(frame.slots[number], key=lambda one: (abs(one.day - near.day), one.start)):
        given.put(number, slot)
        if number not in given.state:
            continue
        busy = [(put.cars, other, put.slot) for other, put in state.items()]
        free = [
            car
            for car in range(len(frame.task.cars))
            if frame.car_fits(car, number, slot)
            and not any(
                car in cars and frame.clash(number, slot, other, at) for cars, other, at in busy
            )
        ]
        cars = _cars_for(frame, given.state[number], free)
        if cars is not None:
            return state | {number: replace(given.state[number], cars=tuple(sorted(cars)))}
        given.drop(number)
    return state


def first_cars(frame: Frame, state: State) -> State:
    """The same with cars, the largest teams first; an operation for which none is left is missing.

    An agency's own cars carry its people, the shared ones those who are left.
    """
    taken: dict[tuple[int, int], list[tuple[int, Slot]]] = defaultdict(list)
    found: State = {}
    for number in sorted(state, key=lambda one: (-len(state[one].everyone), one)):
        slot = state[number].slot
        free = [
            car
            for car in range(len(frame.task.cars))
            if frame.car_fits(car, number, slot)
            and not any(frame.clash(number, slot, *other) for other in taken[car, slot.day])
        ]
        cars = _cars_for(frame, state[number], free)
        if cars is not None:
            found[number] = replace(state[number], cars=tuple(sorted(cars)))
            for car in cars:
                taken[car, slot.day].append((number, slot))
    return found


def _cars_for(frame: Frame, put: Put, free: Sequence[int]) -> list[int] | None:
    """Cars for a team out of those that are free; None if they do not suffice."""
    people = [frame.task.people[person] for person in put.everyone]
    riders = Counter((one.home, one.agency) for one in people if not one.own_transport)
    cars: list[int] = []
    for home in sorted({home for home, _ in riders}):
        beyond = sum(
            _filled(frame, cars, free, (home, agency), count)
            for (at, agency), count in sorted(riders.items())
            if at == home
        )
        if _filled(frame, cars, free, (home, None), beyond):
            return None
    return cars


def _filled(
    frame: Frame, cars: list[int], free: Sequence[int], whose: tuple[str, str | None], waiting: int
) -> int:
    """Take the largest cars of this home and owner until all sit; how many are left standing."""
    here = [
        car for car in free if (frame.task.cars[car].home, frame.task.cars[car].agency) == whose
    ]
    for car in sorted(here, key=lambda one: (-frame.task.cars[one].seats, one)):
        if waiting <= 0:
            break
        cars.append(car)
        waiting -= frame.task.cars[car].seats
    return max(waiting, 0)


def _choice(frame: Frame, number: int) -> int:
    needs = frame.task.operations[number].needs
    return min(
        len(people) - need.people
        for people, need in zip(frame.eligible[number], needs, strict=True)
    )


class _Given:
    """What has been given out so far."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.state: State = {}
        self._busy: dict[tuple[int, int], list[tuple[int, Slot]]] = defaultdict(list)
        self._week: dict[tuple[int, int], int] = defaultdict(int)
        self._load: dict[int, int] = defaultdict(int)

    def put(self, number: int, slot: Slot) -> None:
        """Put an operation with the people it needs, if they can be found."""
        people = self.frame.task.people
        able = [
            sorted(
                (one for one in team if self._can(one, number, slot)),
                key=lambda one: (len(people[one].competences), self._load[one], one),
            )
            for team in self.frame.eligible[number]
        ]
        wanted = [need.people for need in self.frame.task.operations[number].needs]
        teams = matched(able, wanted)
        if not any(teams):
            return
        self.take(number, Put(slot, tuple(teams)))

    def take(self, number: int, put: Put) -> None:
        """Write down who takes part in an operation."""
        self.state[number], slot = put, put.slot
        for one in put.everyone:
            self._busy[one, slot.day].append((number, slot))
            self._week[one, self.frame.week_of[slot.day]] += 1
            self._load[one] += len(slot.cells)

    def drop(self, number: int) -> None:
        """Take an operation back."""
        put = self.state.pop(number)
        for one in put.everyone:
            self._busy[one, put.slot.day].remove((number, put.slot))
            self._week[one, self.frame.week_of[put.slot.day]] -= 1
            self._load[one] -= len(put.slot.cells)

    def busy(self, slot: Slot) -> int:
        """How many operations are on the day."""
        return sum(put.slot.day == slot.day for put in self.state.values())

    def _can(self, person: int, number: int, slot: Slot) -> bool:
        most = self.frame.task.people[person].most_a_week
        return (
            self._week[person, self.frame.week_of[slot.day]] < most
            and self.frame.fits(person, number, slot)
            and not any(
                self.frame.clash(number, slot, other, then)
                for other, then in self._busy[person, slot.day]
            )
        )
