"""Which rules does a plan break, whoever made it?

Plain Python over the task and the plan as they are written; nothing of what the solver uses. So it
checks proposals and changes made by hand alike, and a fault in one is not hidden by the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samsyn.kernel.text import Text
from samsyn.kernel.working_days import is_working_day
from samsyn.plan.staffing.task import (
    Away,
    Car,
    Operation,
    Person,
    Planned,
    StaffingPlan,
    StaffingTask,
    clock,
    minute,
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A broken rule.

    Attributes:
        rule: its code.
        operation: where it is seen; empty when it is about the plan.
        said: what is wrong, in words.
    """

    rule: str
    operation: str
    said: Text


@dataclass(frozen=True, slots=True)
class _Visit:
    """An operation of the plan with its times, in minutes, and the halves of the day it takes."""

    planned: Planned
    operation: Operation
    start: int
    gather: int
    end: int
    halves: tuple[str, ...]


def conflicts(task: StaffingTask, plan: StaffingPlan) -> list[Conflict]:
    """Every broken rule of the plan, in its order; none means that it can be carried out."""
    return list(_Checker(task).found(plan))


class _Checker:
    def __init__(self, task: StaffingTask) -> None:
        self.task = task
        self.operations = {one.id: one for one in task.operations}
        self.people = {one.id: one for one in task.people}
        self.cars = {one.id: one for one in task.cars}
        self.agencies = {one.code: one for one in task.agencies}
        self.at = {place: number for number, place in enumerate(task.travel.places)}

    def found(self, plan: StaffingPlan) -> Iterator[Conflict]:
        visits = []
        for planned in plan.planned:
            operation = self.operations.get(planned.operation)
            if operation is None:
                yield _conflict("unknown", planned.operation, sv="{name} finns inte i uppdraget",
                                en="{name} is not in the task", name=planned.operation)  # fmt: skip
                continue
            visit = self._visit(planned, operation)
            if visit is None:
                yield _conflict("time", operation.id, sv="{start} är inget klockslag",
                                en="{start} is no time of day", start=planned.start)  # fmt: skip
                continue
            visits.append(visit)
            yield from self._when(visit)
            yield from self._who(visit)
            yield from self._rides(visit)
        yield from self._twice(plan)
        yield from self._together(visits)
        yield from self._weeks(visits)

    def _visit(self, planned: Planned, operation: Operation) -> _Visit | None:
        try:
            start = minute(planned.start)
        except ValueError:
            return None
        gather, end = start - operation.preparation, start + operation.duration
        midday = minute(self.task.settings.midday)
        halves = ("morning",) * (gather < midday) + ("afternoon",) * (end > midday)
        return _Visit(planned, operation, start, gather, end, halves)

    def _when(self, visit: _Visit) -> Iterator[Conflict]:
        one, day, period = visit.operation, visit.planned.day, self.task.period
        settings = self.task.settings
        if not period.first <= day <= period.last:
            yield _conflict("period", one.id, sv="{day} ligger utanför perioden",
                            en="{day} is outside the period", day=day)  # fmt: skip
        elif day not in period.opened and (day in period.closed or not is_working_day(day)):
            yield _conflict("working_day", one.id, sv="{day} är ingen arbetsdag",
                            en="{day} is no working day", day=day)  # fmt: skip
        if one.fixed_day is not None and day != one.fixed_day:
            yield _conflict("fixed_day", one.id, sv="dagen är bestämd till {day}",
                            en="the day is fixed to {day}", day=one.fixed_day)  # fmt: skip
        elif one.fixed_day is None and not (
            (one.earliest is None or one.earliest <= day)
            and (one.latest is None or day <= one.latest)
            and day.isoweekday() in one.weekdays
        ):
            yield _conflict("allowed_day", one.id, sv="{day} är inte en av de tillåtna dagarna",
                            en="{day} is not one of the allowed days", day=day)  # fmt: skip
        opens = minute(one.opens if one.opens != "" else settings.opens)
        closes = minute(one.closes if one.closes != "" else settings.closes)
        if visit.start < opens or visit.end > closes:
            yield _conflict(
                "opening", one.id, sv="{start}–{end} ligger inte inom öppettiden {opens}–{closes}",
                en="{start}–{end} is not within the opening hours {opens}–{closes}",
                start=clock(visit.start), end=clock(min(visit.end, 1440)), opens=clock(opens),
                closes=clock(closes),
            )  # fmt: skip

    def _who(self, visit: _Visit) -> Iterator[Conflict]:
        one = visit.operation
        teams: Counter[int] = Counter()
        for taken in visit.planned.people:
            person = self.people.get(taken.person)
            if person is None or not 0 <= taken.need < len(one.needs):
                yield _conflict("unknown", one.id, sv="{name} finns inte i uppdraget",
                                en="{name} is not in the task", name=taken.person)  # fmt: skip
                continue
            teams[taken.need] += 1
            yield from self._can(visit, person, taken.need)
        for number, need in enumerate(one.needs):
            if teams[number] != need.people:
                yield _conflict(
                    "people", one.id, sv="{count} av {wanted} från {agency}{knows}",
                    en="{count} of {wanted} from {agency}{knows}", count=teams[number],
                    wanted=need.people, agency=need.agency,
                    knows="".join(f" +{name}" for name in need.competences),
                )  # fmt: skip
        for name, count in Counter(taken.person for taken in visit.planned.people).items():
            if count > 1:
                yield _conflict("twice", one.id, sv="{name} är med två gånger",
                                en="{name} is there twice", name=name)  # fmt: skip

    def _can(self, visit: _Visit, person: Person, number: int) -> Iterator[Conflict]:
        one, need, name = visit.operation, visit.operation.needs[number], person.id
        if person.agency != need.agency:
            yield _conflict("agency", one.id, sv="{name} är inte från {agency}",
                            en="{name} is not from {agency}", name=name,
                            agency=need.agency)  # fmt: skip
        lacks = sorted(set(need.competences) - set(person.competences))
        if lacks:
            yield _conflict("competence", one.id, sv="{name} saknar {lacks}",
                            en="{name} lacks {lacks}", name=name,
                            lacks=", ".join(lacks))  # fmt: skip
        if one.region not in self.agencies[person.agency].regions[person.region]:
            yield _conflict("region", one.id, sv="{region} ligger utanför området för {name}",
                            en="{region} is outside the area of {name}", name=name,
                            region=one.region)  # fmt: skip
        days = set(person.weekdays) & set(self.agencies[person.agency].weekdays)
        day = visit.planned.day
        if self._off(day, visit, person.away) or (
            day.isoweekday() not in days and day not in self.task.period.opened
        ):
            yield _conflict("away", one.id, sv="{name} är inte i tjänst {day}",
                            en="{name} is not on duty on {day}", name=name, day=day)  # fmt: skip
        yield from self._hours(visit, person)

    def _hours(self, visit: _Visit, person: Person) -> Iterator[Conflict]:
        settings, way = self.task.settings, self._way(person.home, visit.operation)
        if way > settings.longest_travel:
            yield _conflict(
                "travel", visit.operation.id, sv="{name} reser {way} minuter, högst {most}",
                en="{name} travels {way} minutes, at most {most}", name=person.id, way=way,
                most=settings.longest_travel,
            )  # fmt: skip
        begins, ends = minute(settings.day_begins), minute(settings.day_ends)
        if visit.gather - way < begins or visit.end + way > ends:
            yield _conflict(
                "hours", visit.operation.id,
                sv="{name} måste resa före {begins} eller är hemma efter {ends}",
                en="{name} has to leave before {begins} or is home after {ends}",
                name=person.id, begins=clock(begins), ends=clock(ends),
            )  # fmt: skip

    def _rides(self, visit: _Visit) -> Iterator[Conflict]:
        one = visit.operation
        there = {taken.person for taken in visit.planned.people}
        rides = Counter(name for ride in visit.planned.cars for name in ride.people)
        for name in sorted(there):
            person = self.people.get(name)
            if person is not None and not person.own_transport and rides[name] != 1:
                yield _conflict("seat", one.id, sv="{name} har {count} platser i bil, ska ha en",
                                en="{name} has {count} seats in cars, should have one", name=name,
                                count=rides[name])  # fmt: skip
        for ride in visit.planned.cars:
            car = self.cars.get(ride.car)
            if car is None:
                yield _conflict("unknown", one.id, sv="{name} finns inte i uppdraget",
                                en="{name} is not in the task", name=ride.car)  # fmt: skip
                continue
            if len(ride.people) > car.seats:
                yield _conflict("full", one.id, sv="{car} har {seats} platser, inte {count}",
                                en="{car} has {seats} seats, not {count}", car=car.id,
                                seats=car.seats, count=len(ride.people))  # fmt: skip
            if self._off(visit.planned.day, visit, car.away):
                yield _conflict("car_away", one.id, sv="{car} kan inte användas {day}",
                                en="{car} cannot be used on {day}", car=car.id,
                                day=visit.planned.day)  # fmt: skip
            yield from self._inside(visit, car, [n for n in ride.people if n in self.people])
            for name in sorted(set(ride.people) - there):
                yield _conflict("seat", one.id, sv="{name} åker med men deltar inte",
                                en="{name} rides along but takes no part", name=name)  # fmt: skip

    def _inside(self, visit: _Visit, car: Car, names: list[str]) -> Iterator[Conflict]:
        for name in names:
            person = self.people[name]
            if person.home != car.home or car.agency not in (None, person.agency):
                yield _conflict(
                    "other_car", visit.operation.id,
                    sv="{name} kan inte åka i {car}, som hör till en annan myndighet eller ort",
                    en="{name} cannot ride in {car}, which is another agency's or place's",
                    name=name, car=car.id,
                )  # fmt: skip

    def _twice(self, plan: StaffingPlan) -> Iterator[Conflict]:
        for name, count in Counter(planned.operation for planned in plan.planned).items():
            if count > 1:
                yield _conflict("planned_twice", name, sv="{name} är planerad två gånger",
                                en="{name} is planned twice", name=name)  # fmt: skip

    def _together(self, visits: list[_Visit]) -> Iterator[Conflict]:
        """Nobody, and no car, at two places at once or too far from the next."""
        days: dict[tuple[str, str, date], list[_Visit]] = defaultdict(list)
        for visit in visits:
            day = visit.planned.day
            for name in sorted({taken.person for taken in visit.planned.people}):
                days["person", name, day].append(visit)
            for name in sorted({ride.car for ride in visit.planned.cars}):
                days["car", name, day].append(visit)
        for (_, name, day), found in days.items():
            found.sort(key=lambda visit: visit.gather)
            for place, visit in enumerate(found):
                for then in found[place + 1 :]:
                    way = self._way(self._place(visit.operation), then.operation)
                    if set(visit.halves) & set(then.halves) or visit.end + way > then.gather:
                        yield _conflict(
                            "double", then.operation.id,
                            sv="{name} är {day} också i {other} och hinner inte båda",
                            en="{name} is also in {other} on {day} and cannot do both",
                            name=name, day=day, other=visit.operation.id,
                        )  # fmt: skip

    def _weeks(self, visits: list[_Visit]) -> Iterator[Conflict]:
        counts: Counter[tuple[str, int, int]] = Counter()
        for visit in visits:
            year, week, _ = visit.planned.day.isocalendar()
            there = {one.person for one in visit.planned.people}
            counts.update((name, year, week) for name in there)
        for (name, _, week), count in counts.items():
            if name in self.people and count > self.people[name].most_a_week:
                yield _conflict(
                    "week", "", sv="{name} har {count} insatser vecka {week}, högst {most}",
                    en="{name} has {count} operations in week {week}, at most {most}", name=name,
                    count=count, week=week, most=self.people[name].most_a_week,
                )  # fmt: skip

    def _off(self, day: date, visit: _Visit, away: tuple[Away, ...]) -> bool:
        return any(
            one.first <= day <= (one.last or one.first) and one.half in (None, *visit.halves)
            for one in away
        )

    def _place(self, operation: Operation) -> str:
        return operation.place if operation.place in self.at else operation.region

    def _way(self, origin: str, operation: Operation) -> int:
        return self.task.travel.minutes[self.at[origin]][self.at[self._place(operation)]]


def _conflict(rule: str, operation: str, *, sv: str, en: str, **words: object) -> Conflict:
    return Conflict(rule, operation, Text(sv=sv.format(**words), en=en.format(**words)))
