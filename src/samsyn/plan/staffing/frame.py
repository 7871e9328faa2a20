"""Which days, starts and people come into question at all, before anything is chosen?

A *cell* is half a day: morning or afternoon of one of the days. A *slot* is a day and a start, with
the cells it takes. Of the starts that take the same cells of the same day one is kept, the first of
those that most people can make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from samsyn.kernel.working_days import is_working_day
from samsyn.plan.staffing.task import (
    Away,
    Clock,
    Operation,
    Person,
    StaffingPlan,
    StaffingTask,
    minute,
)

MORNING, AFTERNOON = 0, 1
FAR = 10**6


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and a start, in minutes; ``gather`` is when all must be there, ``end`` when it ends."""

    day: int
    start: int
    gather: int
    end: int
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """An operation put at a slot: for each need its people, and cars; all by number."""

    slot: Slot
    people: tuple[tuple[int, ...], ...] = ()
    cars: tuple[int, ...] = ()

    @property
    def everyone(self) -> tuple[int, ...]:
        """Everybody who takes part."""
        return tuple(person for team in self.people for person in team)


State = dict[int, Put]
"""Number of an operation → where it is put."""


@dataclass
class Frame:
    """A task with everything numbered; read only.

    Attributes:
        only: operations whose slots are looked for; all if None.
    """

    task: StaffingTask
    only: frozenset[int] | None = None
    days: list[date] = field(default_factory=list)
    week_of: list[int] = field(default_factory=list)
    slots: list[list[Slot]] = field(default_factory=list)
    eligible: list[list[tuple[int, ...]]] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    car_free: list[int] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings = self.task.settings
        self.begins, self.ends = minute(settings.day_begins), minute(settings.day_ends)
        self.midday = minute(settings.midday)
        self._place = {place: number for number, place in enumerate(self.task.travel.places)}
        self.days = planned_days(self.task)
        weeks = [day.isocalendar()[:2] for day in self.days]
        named = {week: number for number, week in enumerate(sorted(set(weeks)))}
        self.week_of = [named[week] for week in weeks]
        self.weeks = len(named)
        self._agency = {agency.code: agency for agency in self.task.agencies}
        self.free = [self._free(person) for person in self.task.people]
        self.car_free = [self._mask(WEEKDAYS, car.away) for car in self.task.cars]
        self.eligible = [
            [self._eligible(operation, number) for number in range(len(operation.needs))]
            for operation in self.task.operations
        ]
        self.slots = [
            self._slots(number) if self.only is None or number in self.only else []
            for number in range(len(self.task.operations))
        ]

    def travel(self, origin: str, number: int) -> int:
        """Minutes from a place to an operation."""
        return self.between(origin, self.place_of(number))

    def between(self, origin: str, target: str) -> int:
        """Minutes between two places of the table."""
        return self.task.travel.minutes[self._place[origin]][self._place[target]]

    def place_of(self, number: int) -> str:
        """Where an operation is, as the table of travel knows it."""
        operation = self.task.operations[number]
        return operation.place if operation.place in self._place else operation.region

    def fits(self, person: int, number: int, slot: Slot) -> bool:
        """Whether a person could take part at all: has those halves of the day, and the hours."""
        away = self.travel(self.task.people[person].home, number)
        mask = self.free[person]
        return (
            all(mask >> cell & 1 for cell in slot.cells)
            and slot.gather - away >= self.begins
            and slot.end + away <= self.ends
        )

    def car_fits(self, car: int, number: int, slot: Slot) -> bool:
        """Whether a car could be there."""
        return all(self.car_free[car] >> cell & 1 for cell in slot.cells)

    def clash(self, one: int, at: Slot, other: int, then: Slot) -> bool:
        """Whether nobody can be in both: the same half-day, or too far between them."""
        if at.day != then.day:
            return False
        if set(at.cells) & set(then.cells):
            return True
        if at.gather > then.gather:
            one, at, other, then = other, then, one, at
        return at.end + self.between(self.place_of(one), self.place_of(other)) > then.gather

    def slot_at(self, number: int, day: date, start: int) -> Slot | None:
        """The slot of a day and a start, even one that comes into question for nobody."""
        if day not in self.days:
            return None
        return self._slot(self.task.operations[number], self.days.index(day), start)

    def _free(self, person: Person) -> int:
        weekdays = set(person.weekdays) & set(self._agency[person.agency].weekdays)
        return self._mask(weekdays, person.away)

    def _mask(self, weekdays: Iterable[int], away: Sequence[Away]) -> int:
        allowed, opened, mask = set(weekdays), set(self.task.period.opened), 0
        for number, day in enumerate(self.days):
            if day.isoweekday() not in allowed and day not in opened:
                continue
            for half in (MORNING, AFTERNOON):
                if not any(is_away(one, day, half) for one in away):
                    mask |= 1 << (2 * number + half)
        return mask

    def _eligible(self, operation: Operation, number: int) -> tuple[int, ...]:
        need = operation.needs[number]
        wanted = set(need.competences)
        regions = self._agency[need.agency].regions
        place = operation.place if operation.place in self._place else operation.region
        return tuple(
            at
            for at, person in enumerate(self.task.people)
            if person.agency == need.agency
            and wanted <= set(person.competences)
            and operation.region in regions[person.region]
            and self.between(person.home, place) <= self.task.settings.longest_travel
        )

    def _slots(self, number: int) -> list[Slot]:
        operation = self.task.operations[number]
        settings = self.task.settings
        opens = _minute(operation.opens, settings.opens)
        closes = _minute(operation.closes, settings.closes)
        starts = range(opens, closes - operation.duration + 1, settings.step)
        able = {start: self._on_time(number, start) for start in starts}
        best: dict[tuple[int, ...], tuple[int, Slot]] = {}
        for day, on in enumerate(self.days):
            if not may_be_on(operation, on):
                continue
            for start in starts:
                slot = self._slot(operation, day, start)
                count = self._makeable(number, slot, able[start]) if slot.cells else 0
                if count and (slot.cells not in best or count > best[slot.cells][0]):
                    best[slot.cells] = (count, slot)
        return [slot for _, slot in best.values()]

    def _on_time(self, number: int, start: int) -> list[list[int]]:
        """Who could be there at this time of day, for each need."""
        operation = self.task.operations[number]
        gather, end = start - operation.preparation, start + operation.duration
        return [
            [
                person
                for person in people
                if gather - self._way(person, number) >= self.begins
                and end + self._way(person, number) <= self.ends
            ]
            for people in self.eligible[number]
        ]

    def _way(self, person: int, number: int) -> int:
        return self.travel(self.task.people[person].home, number)

    def _slot(self, operation: Operation, day: int, start: int) -> Slot:
        gather, end = start - operation.preparation, start + operation.duration
        halves = [MORNING] if gather < self.midday else []
        halves += [AFTERNOON] if end > self.midday else []
        return Slot(day, start, gather, end, tuple(2 * day + half for half in halves))

    def _makeable(self, number: int, slot: Slot, on_time: Sequence[Sequence[int]]) -> int:
        """How many people could be there; 0 if the needs cannot be met even by all of them."""
        mask = sum(1 << cell for cell in slot.cells)
        able = [[one for one in team if self.free[one] & mask == mask] for team in on_time]
        needs = self.task.operations[number].needs
        if any(len(team) < need.people for team, need in zip(able, needs, strict=True)):
            return 0
        several = len({need.agency for need in needs}) < len(needs)
        if several and not any(matched(able, [need.people for need in needs])):
            return 0
        return len({person for people in able for person in people})


WEEKDAYS = range(1, 8)


def planned_days(task: StaffingTask) -> list[date]:
    """The days on which something may be planned."""
    period = task.period
    length = (period.last - period.first).days + 1
    every = (period.first + timedelta(number) for number in range(length))
    closed, opened = set(period.closed), set(period.opened)
    return [day for day in every if day in opened or (is_working_day(day) and day not in closed)]


def may_be_on(operation: Operation, day: date) -> bool:
    """Whether the operation itself allows the day."""
    if operation.fixed_day is not None:
        return day == operation.fixed_day
    return (
        (operation.earliest is None or operation.earliest <= day)
        and (operation.latest is None or day <= operation.latest)
        and day.isoweekday() in operation.weekdays
    )


def is_away(away: Away, day: date, half: int) -> bool:
    """Whether an absence takes this half of the day."""
    if not away.first <= day <= (away.last or away.first):
        return False
    return away.half is None or (away.half == "morning") == (half == MORNING)


def matched(able: Sequence[Sequence[int]], wanted: Sequence[int]) -> list[tuple[int, ...]]:
    """People for each need, nobody twice; all empty if there are not enough of them.

    Augmenting paths: a person who was taken moves on if another can be found for the first need.
    """
    places = [need for need, count in enumerate(wanted) for _ in range(count)]
    taken: dict[int, int] = {}

    def find(place: int, seen: set[int]) -> bool:
        for person in able[places[place]]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or find(taken[person], seen):
                taken[person] = place
                return True
        return False

    if not all(find(place, set()) for place in range(len(places))):
        return [() for _ in wanted]
    teams: dict[int, list[int]] = defaultdict(list)
    for person, place in taken.items():
        teams[places[place]].append(person)
    return [tuple(sorted(teams[need])) for need in range(len(wanted))]


def state_of(frame: Frame, plan: StaffingPlan) -> State:
    """A plan by number; what the task does not know is left out, as ``conflicts`` says."""
    operations = {one.id: number for number, one in enumerate(frame.task.operations)}
    people = {one.id: number for number, one in enumerate(frame.task.people)}
    cars: dict[str, int] = {one.id: number for number, one in enumerate(frame.task.cars)}
    state: State = {}
    for planned in plan.planned:
        number = operations.get(planned.operation)
        slot = None if number is None else frame.slot_at(number, planned.day, minute(planned.start))
        if number is None or slot is None:
            continue
        teams: list[list[int]] = [[] for _ in frame.task.operations[number].needs]
        for taken in planned.people:
            if taken.person in people and 0 <= taken.need < len(teams):
                teams[taken.need].append(people[taken.person])
        used = tuple(cars[ride.car] for ride in planned.cars if ride.car in cars)
        state[number] = Put(slot, tuple(tuple(sorted(team)) for team in teams), used)
    return state


def days_away(frame: Frame, number: int, slot: Slot) -> int:
    """Calendar days between the day wished and the slot's; 0 without a wish."""
    wished = frame.task.operations[number].wished_day
    return abs((frame.days[slot.day] - wished).days) if wished else 0


def _minute(value: Clock, otherwise: Clock) -> int:
    return minute(otherwise if value == "" else value)
