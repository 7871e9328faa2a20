"""What is given when joint inspections are to be staffed, and what is proposed?

The file is YAML or JSON; ``docs/guides/staffing.md`` shows each field. Minutes are counted from
midnight, a time of day is written ``07:30``, days of the week are 1 (Monday) to 7. People give
half-days: one who takes part in something before midday gives the morning.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Half = Literal["morning", "afternoon"]
Clock = str | int
"""``07:30``, or minutes from midnight, as YAML reads ``10:30`` without quotes."""

WEEK = (1, 2, 3, 4, 5, 6, 7)
MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)


class _Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something of a file: an unknown field is a fault, not forgotten."""


class Period(_Given, frozen=True):
    """The days to plan: working days (1930:173/2), without ``closed`` and with ``opened`` ones."""

    first: date
    last: date
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()


class Away(_Given, frozen=True):
    """Days, or halves of them, on which somebody or a car cannot be had."""

    first: date
    last: date | None = None
    half: Half | None = None


class Agency(_Given, frozen=True):
    """An agency; its regions cover other areas than the centres' and than another agency's.

    Attributes:
        regions: the agency's own region → the regions of places that its people work in.
        weekdays: on which it takes part at all.
    """

    code: str
    regions: dict[str, tuple[str, ...]]
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY


class Need(_Given, frozen=True):
    """So many people of an agency at once, each with all of these competences."""

    agency: str
    people: int = 1
    competences: tuple[str, ...] = ()


class Operation(_Given, frozen=True):
    """A joint inspection that is wished for.

    Attributes:
        place: where; if the table of travel does not know it, its region is looked up instead.
        duration: minutes at the place.
        preparation: minutes of gathering before, at which all must be.
        opens, closes: between which it has to be over; the settings' if left out.
        priority: how much it counts that it is carried out.
        fixed_day: it is done on this day or not at all.
        wished_day: the nearer the better.
        gathering: where to gather, in words.
        gathering_may_be_told: if the words may stand in a calendar.
    """

    id: str
    region: str
    needs: tuple[Need, ...]
    duration: int
    place: str = ""
    preparation: int = 30
    earliest: date | None = None
    latest: date | None = None
    weekdays: tuple[int, ...] = WEEK
    opens: Clock = ""
    closes: Clock = ""
    priority: int = 1
    fixed_day: date | None = None
    wished_day: date | None = None
    gathering: str = ""
    gathering_may_be_told: bool = False


class Person(_Given, frozen=True):
    """Somebody who can take part.

    Attributes:
        home: the place from which the person leaves, mostly a centre.
        region: the agency's region that the person belongs to.
        most_a_week: operations in one calendar week.
        own_transport: needs no seat in a car.
    """

    id: str
    agency: str
    home: str
    region: str
    competences: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    away: tuple[Away, ...] = ()
    most_a_week: int = 3
    own_transport: bool = False


class Car(_Given, frozen=True):
    """A car of an agency, or one that all share."""

    id: str
    home: str
    seats: int
    agency: str | None = None
    away: tuple[Away, ...] = ()


class Travel(_Given, frozen=True):
    """Minutes between places, regions and homes; a row for each place, in their order."""

    places: tuple[str, ...]
    minutes: tuple[tuple[int, ...], ...]


class Settings(_Given, frozen=True):
    """Hours and limits that hold for all.

    Attributes:
        day_begins, day_ends: when people leave home at the earliest and are back at the latest.
        midday: parts the morning from the afternoon.
        step: minutes between the starts that are tried, from the opening on.
        longest_travel: minutes one way.
    """

    opens: Clock = "07:00"
    closes: Clock = "16:30"
    day_begins: Clock = "06:00"
    day_ends: Clock = "18:00"
    midday: Clock = "12:00"
    step: int = 30
    longest_travel: int = 180


class StaffingTask(_Given, frozen=True):
    """Everything that is given."""

    period: Period
    agencies: tuple[Agency, ...]
    operations: tuple[Operation, ...]
    people: tuple[Person, ...]
    travel: Travel
    cars: tuple[Car, ...] = ()
    settings: Settings = Settings()


class Taken(_Given, frozen=True):
    """A person in an operation, and which of its needs, counted from 0, the person meets."""

    person: str
    need: int


class Ride(_Given, frozen=True):
    """A car in an operation, and who sits in it."""

    car: str
    people: tuple[str, ...]


class Planned(_Given, frozen=True):
    """An operation that is proposed: when, who, which cars."""

    operation: str
    day: date
    start: str
    people: tuple[Taken, ...]
    cars: tuple[Ride, ...] = ()


class Part(_Given, frozen=True):
    """One part of what is striven for, in the order in which the parts count.

    Attributes:
        name: priority, wish, fairness or travel; of a new plan after an absence also
            moved_operations and moved_people.
        value: what the plan reaches.
        bound: what no plan of the ``scope`` can pass.
        most: whether more is better.
        scope: ``all`` plans, or those with the same operations on the ``same_days``.
    """

    name: str
    value: int
    bound: int
    most: bool
    scope: Literal["all", "same_days"]

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the larger; 0 is proven best."""
        return abs(self.bound - self.value) / max(self.value, self.bound, 1)


class StaffingPlan(_Given, frozen=True):
    """A proposal; a person decides on it."""

    planned: tuple[Planned, ...]
    left_out: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def minute(value: Clock) -> int:
    """Minutes from midnight.

    Raises:
        ValueError: if it is no time of day.
    """
    if isinstance(value, str):
        hours, colon, minutes = value.partition(":")
        if not (colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
            raise ValueError(value)
        value = int(hours) * 60 + int(minutes) if int(minutes) < 60 else -1
    if not 0 <= value <= 24 * 60:
        raise ValueError(value)
    return value


def clock(value: int) -> str:
    """A time of day as it is written."""
    return f"{value // 60:02}:{value % 60:02}"
