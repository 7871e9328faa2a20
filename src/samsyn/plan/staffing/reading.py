"""Can this file be used, and if not: which field is wrong, and what should stand there?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Language, Text
from samsyn.kernel.working_days import FIRST_YEAR, LAST_YEAR
from samsyn.law.yaml_files import YamlFile, read_yaml
from samsyn.plan.staffing.task import Clock, Operation, StaffingPlan, StaffingTask, minute

LONGEST_PERIOD = 366

_Struct = TypeVar("_Struct", bound=msgspec.Struct)
_Found = Iterator[tuple[str, Text]]

UNREADABLE = Text(
    sv="filen är varken JSON eller YAML: {why}; rätta den raden",
    en="the file is neither JSON nor YAML: {why}; mend that line",
)
MISFIT = Text(
    sv="har inte den form som guiden visar ({why}); skriv som där",
    en="has not the form that the guide shows ({why}); write it as there",
)
TWICE = Text(sv="{name} finns två gånger; ge varje ett eget namn", en="{name} stands twice; "
             "give each a name of its own")  # fmt: skip
UNKNOWN = Text(
    sv="{name} finns inte bland {where}; lägg till det där eller rätta namnet",
    en="{name} is not among {where}; add it there or mend the name",
)
TOO_SMALL = Text(
    sv="{value} är mindre än {least}; skriv minst {least}",
    en="{value} is less than {least}; write at least {least}",
)
NO_TIME = Text(
    sv="{value} är inget klockslag; skriv som 07:30",
    en="{value} is no time of day; write it like 07:30",
)
ORDER = Text(
    sv="slutar före den börjar; byt plats på dem eller rätta en av dem",
    en="ends before it begins; swap them or mend one of them",
)
TOO_LONG = Text(
    sv="perioden är {days} dagar; planera högst {most} åt gången",
    en="the period has {days} days; plan at most {most} at a time",
)
OUTSIDE_YEARS = Text(
    sv="helgdagar är kända för {first}–{last}; välj en period i de åren",
    en="holidays are known for {first}–{last}; choose a period in those years",
)
WEEKDAY = Text(
    sv="{value} är ingen veckodag; skriv 1 (måndag) till 7 (söndag)",
    en="{value} is no day of the week; write 1 (Monday) to 7 (Sunday)",
)
ROWS = Text(
    sv="tabellen ska ha {count} rader med {count} tal, en för varje plats",
    en="the table needs {count} rows with {count} numbers, one for each place",
)


def read_task(path: Path, language: Language) -> StaffingTask:
    """The task in a file.

    Raises:
        FaultyFiles: if it cannot be used, with every fault found.
    """
    file = _file(path, language)
    task = _converted(file, StaffingTask, language)
    faults = [_fault(file, field, said.into(language)) for field, said in task_faults(task)]
    if faults:
        raise FaultyFiles(faults)
    return task


def read_plan(path: Path, language: Language) -> StaffingPlan:
    """A plan in a file, as it was proposed or changed by hand.

    Raises:
        FaultyFiles: if it cannot be read; whether it keeps the rules is asked of ``conflicts``.
    """
    return _converted(_file(path, language), StaffingPlan, language)


def task_faults(task: StaffingTask) -> _Found:
    """Every field that does not fit the others, with what to write instead."""
    yield from _period(task)
    yield from _settings(task)
    for name in ("agencies", "operations", "people", "cars"):
        rows: Sequence[Any] = getattr(task, name)
        yield from _twice(name, [row.code if name == "agencies" else row.id for row in rows])
    yield from _travel(task)
    for number, agency in enumerate(task.agencies):
        yield from _weekdays(f"agencies[{number}].weekdays", agency.weekdays)
    yield from _people(task)
    yield from _cars(task)
    for number, operation in enumerate(task.operations):
        yield from _operation(task, f"operations[{number}]", operation)


def _file(path: Path, language: Language) -> YamlFile:
    try:
        if path.suffix != ".json":
            return read_yaml(path)
        return YamlFile(path, json.loads(path.read_text(encoding="utf-8")), None)
    except FaultyFiles as error:
        line, why = error.faults[0].line, error.faults[0].expected
    except (OSError, ValueError, RecursionError) as error:
        line, why = 0, " ".join(str(error).split())
    raise FaultyFiles([Fault(path, line, "", UNREADABLE.into(language).format(why=why))])


def _converted(file: YamlFile, kind: type[_Struct], language: Language) -> _Struct:
    try:
        return msgspec.convert(file.content, kind)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `$")
        field = re.sub(r"^\.", "", place.rstrip("`"))
        raise FaultyFiles([_fault(file, field, MISFIT.into(language).format(why=why))]) from None


def _fault(file: YamlFile, field: str, expected: str) -> Fault:
    """A fault with its line; JSON, which people seldom write, has none."""
    return file.fault(field, expected) if file.root else Fault(file.path, 0, field, expected)


def _said(said: Text, **words: object) -> Text:
    return Text(sv=said.sv.format(**words), en=said.en.format(**words))


def _period(task: StaffingTask) -> _Found:
    first, last = task.period.first, task.period.last
    if last < first:
        yield "period.last", ORDER
    elif (last - first).days >= LONGEST_PERIOD:
        yield "period", _said(TOO_LONG, days=(last - first).days + 1, most=LONGEST_PERIOD)
    elif not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        yield "period", _said(OUTSIDE_YEARS, first=FIRST_YEAR, last=LAST_YEAR)


def _settings(task: StaffingTask) -> _Found:
    settings = task.settings
    for name in ("opens", "closes", "day_begins", "day_ends", "midday"):
        yield from _time(f"settings.{name}", getattr(settings, name))
    yield from _least("settings.step", settings.step, 5)
    yield from _least("settings.longest_travel", settings.longest_travel, 0)


def _twice(name: str, ids: Sequence[str]) -> _Found:
    for number, one in enumerate(ids):
        if one in ids[:number]:
            yield f"{name}[{number}]", _said(TWICE, name=one)


def _travel(task: StaffingTask) -> _Found:
    places, table = task.travel.places, task.travel.minutes
    yield from _twice("travel.places", places)
    if len(table) != len(places) or any(len(row) != len(places) for row in table):
        yield "travel.minutes", _said(ROWS, count=len(places))
    for number, row in enumerate(table):
        for other, minutes in enumerate(row):
            yield from _least(f"travel.minutes[{number}][{other}]", minutes, 0)


def _people(task: StaffingTask) -> _Found:
    agencies = {agency.code: agency for agency in task.agencies}
    for number, person in enumerate(task.people):
        at = f"people[{number}]"
        yield from _among(f"{at}.agency", person.agency, agencies, "agencies")
        if person.agency in agencies:
            regions = agencies[person.agency].regions
            yield from _among(f"{at}.region", person.region, regions, "agencies[].regions")
        yield from _among(f"{at}.home", person.home, task.travel.places, "travel.places")
        yield from _weekdays(f"{at}.weekdays", person.weekdays)
        yield from _least(f"{at}.most_a_week", person.most_a_week, 0)
        for place, away in enumerate(person.away):
            if away.last is not None and away.last < away.first:
                yield f"{at}.away[{place}]", ORDER


def _cars(task: StaffingTask) -> _Found:
    codes = [agency.code for agency in task.agencies]
    for number, car in enumerate(task.cars):
        at = f"cars[{number}]"
        yield from _among(f"{at}.home", car.home, task.travel.places, "travel.places")
        yield from _least(f"{at}.seats", car.seats, 1)
        if car.agency is not None:
            yield from _among(f"{at}.agency", car.agency, codes, "agencies")
        for place, away in enumerate(car.away):
            if away.last is not None and away.last < away.first:
                yield f"{at}.away[{place}]", ORDER


def _operation(task: StaffingTask, at: str, operation: Operation) -> _Found:
    codes = [agency.code for agency in task.agencies]
    places = task.travel.places
    if operation.place not in places:
        yield from _among(f"{at}.region", operation.region, places, "travel.places")
    yield from _least(f"{at}.duration", operation.duration, 15)
    yield from _least(f"{at}.preparation", operation.preparation, 0)
    yield from _least(f"{at}.priority", operation.priority, 1)
    yield from _weekdays(f"{at}.weekdays", operation.weekdays)
    yield from _least(f"{at}.needs", len(operation.needs), 1)
    for name in ("opens", "closes"):
        value: Clock = getattr(operation, name)
        if value != "":
            yield from _time(f"{at}.{name}", value)
    if operation.earliest and operation.latest and operation.latest < operation.earliest:
        yield f"{at}.latest", ORDER
    for number, need in enumerate(operation.needs):
        yield from _among(f"{at}.needs[{number}].agency", need.agency, codes, "agencies")
        yield from _least(f"{at}.needs[{number}].people", need.people, 1)


def _among(field: str, name: str, known: object, where: str) -> _Found:
    if name not in known:  # type: ignore[operator]
        yield field, _said(UNKNOWN, name=name, where=where)


def _least(field: str, value: int, least: int) -> _Found:
    if value < least:
        yield field, _said(TOO_SMALL, value=value, least=least)


def _time(field: str, value: Clock, read: Callable[[Clock], int] = minute) -> _Found:
    try:
        read(value)
    except ValueError:
        yield field, _said(NO_TIME, value=value)


def _weekdays(field: str, days: Sequence[int]) -> _Found:
    for day in days:
        if not 1 <= day <= 7:
            yield field, _said(WEEKDAY, value=day)
