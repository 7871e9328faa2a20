"""What would it take to fit in an operation that was left out?

Nothing here is estimated: each answer was tried, by solving the plan anew with that one thing
changed, the other operations on their days and their people free to change. Small things are tried
first, two together only if none suffices alone; if nothing does, that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from samsyn.kernel.text import Text
from samsyn.plan.staffing.explaining import Scarce, Why
from samsyn.plan.staffing.frame import Frame, State
from samsyn.plan.staffing.proposing import tried
from samsyn.plan.staffing.searching import Budget
from samsyn.plan.staffing.task import WEEK, Car, Need, Person, StaffingTask

SEATS = 5
SECONDS = 2.0
"""For one try."""

_Change = Callable[[StaffingTask], StaffingTask]


@dataclass(frozen=True, slots=True)
class WayIn:
    """What was tried for an operation.

    Attributes:
        found: each thing, or pair of things, that suffices; empty if nothing tried does.
        tried: how many things and pairs were tried.
        in_time: False if the time was over before all were tried.
    """

    operation: int
    found: tuple[Text, ...]
    tried: int
    in_time: bool

    @property
    def said(self) -> tuple[Text, ...]:
        """In words, also when there is nothing to say."""
        if self.found:
            return self.found
        if not self.in_time:
            return (
                Text(
                    sv=f"Tiden räckte till {self.tried} försök, och inget av dem hjälpte.",
                    en=f"There was time for {self.tried} tries, and none of them helped.",
                ),
            )
        return (
            Text(
                sv=f"Inget litet räcker: {self.tried} försök med en person, dagar, öppettid, en "
                "bil eller två av dem tillsammans hjälpte inte.",
                en=f"Nothing small suffices: {self.tried} tries with a person, days, opening "
                "hours, a car or two of them together did not help.",
            ),
        )


@dataclass(frozen=True, slots=True)
class _Thing:
    """One small thing to change, and how it is said once it is known on which day it helped."""

    change: _Change
    said: Callable[[Frame, int], Text]


def ways_in(frame: Frame, state: State, why: Why, budget: Budget) -> WayIn:
    """What would fit in an operation that was left out."""
    things = list(_things(frame, why))
    found: list[Text] = []
    count = 0
    for few in (1, 2):
        for several in combinations(things, few):
            if budget.left <= 0:
                return WayIn(why.operation, tuple(found), count, in_time=False)
            count += 1
            day = _day_with(frame, state, why.operation, several, budget)
            if day is not None:
                said = [thing.said(frame, day) for thing in several]
                found.append(
                    Text(
                        sv=" och ".join(one.sv for one in said),
                        en=" and ".join(one.en for one in said),
                    )
                )
        if found:
            break
    return WayIn(why.operation, tuple(found), count, in_time=True)


def _day_with(
    frame: Frame, state: State, number: int, things: Sequence[_Thing], budget: Budget
) -> int | None:
    """The day on which the operation fits with these things changed; None if it does not."""
    task = frame.task
    for thing in things:
        task = thing.change(task)
    other = Frame(task, only=frozenset({number}))
    if not other.slots[number]:
        return None
    found = tried(other, state, [number], budget, SECONDS)
    return None if found is None else found[number].slot.day


def _things(frame: Frame, why: Why) -> Iterator[_Thing]:
    operation = frame.task.operations[why.operation]
    order = [one.need for one, _ in why.scarce if one.need is not None]
    # Who is not scarce on any day would change nothing.
    needs = list(dict.fromkeys(order or operation.needs))
    for need in needs:
        yield _one_more(frame, why.operation, need)
    yield _other_days(why.operation)
    yield _longer_hours(why.operation)
    yield _car(_home(frame, why.operation, needs[0]))


def _one_more(frame: Frame, number: int, need: Need) -> _Thing:
    home = _home(frame, number, need)
    region = next(
        name
        for agency in frame.task.agencies
        if agency.code == need.agency
        for name, covered in [*agency.regions.items(), ("", ())]
        if frame.task.operations[number].region in covered or not name
    )
    person = Person(id="+", agency=need.agency, home=home, region=region,
                    competences=need.competences, weekdays=WEEK, most_a_week=1)  # fmt: skip

    def change(task: StaffingTask) -> StaffingTask:
        return msgspec.structs.replace(task, people=(*task.people, person)) if region else task

    def said(frame: Frame, day: int) -> Text:
        week = frame.days[day].isocalendar()[1]
        who = Scarce(need).said
        return Text(
            sv=f"en person till från {who.sv} vecka {week}",
            en=f"one more person of {who.en} in week {week}",
        )

    return _Thing(change, said)


def _other_days(number: int) -> _Thing:
    def change(task: StaffingTask) -> StaffingTask:
        free = msgspec.structs.replace(
            task.operations[number], earliest=None, latest=None, weekdays=WEEK, fixed_day=None
        )
        return _with_operation(task, number, free)

    def said(frame: Frame, day: int) -> Text:
        on = frame.days[day]
        return Text(sv=f"att {on} tillåts", en=f"that {on} is allowed")

    return _Thing(change, said)


def _longer_hours(number: int) -> _Thing:
    def change(task: StaffingTask) -> StaffingTask:
        begins, ends = task.settings.day_begins, task.settings.day_ends
        longer = msgspec.structs.replace(task.operations[number], opens=begins, closes=ends)
        return _with_operation(task, number, longer)

    def said(frame: Frame, day: int) -> Text:
        on = frame.days[day]
        return Text(
            sv=f"att platsen nås utanför öppettiden {on}",
            en=f"that the place can be entered outside its opening hours on {on}",
        )

    return _Thing(change, said)


def _car(home: str) -> _Thing:
    def change(task: StaffingTask) -> StaffingTask:
        car = Car(id="+", home=home, seats=SEATS)
        return msgspec.structs.replace(task, cars=(*task.cars, car))

    def said(frame: Frame, day: int) -> Text:
        on = frame.days[day]
        return Text(sv=f"en bil till i {home} {on}", en=f"one more car in {home} on {on}")

    return _Thing(change, said)


def _with_operation(task: StaffingTask, number: int, operation: object) -> StaffingTask:
    operations = list(task.operations)
    operations[number] = operation  # type: ignore[call-overload]
    return msgspec.structs.replace(task, operations=tuple(operations))


def _home(frame: Frame, number: int, need: Need) -> str:
    """From where somebody more would come: where most of that agency for the region are."""
    operation = frame.task.operations[number]
    regions = {agency.code: agency.regions for agency in frame.task.agencies}
    homes = Counter(
        person.home
        for person in frame.task.people
        if person.agency == need.agency
        and operation.region in regions[person.agency][person.region]
    )
    near = sorted(homes, key=lambda home: (frame.travel(home, number), home))
    return near[0] if near else frame.place_of(number)
