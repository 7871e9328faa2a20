"""On which days do offices work, and when is something due that pauses while a question is out?

Not working days are those of 1930:173/2: Sundays, other general holidays (1989:253), Saturdays,
midsummer eve, Christmas eve and New Year's eve. A period counts from the day after the one on which
it starts, so that something due in one working day is due on the next one.

The holidays are those of the time: 6 June came in and Whit Monday went out with 2004:1320 (in force
1 April 2005), and before the reform of 1952 the Annunciation, midsummer day and All Saints' day lay
elsewhere. The wording of 1930:173/2 is today's for every year. It is older than the matters of this
workplace by decades, but not by a lifetime: before 1 June 1961 a Saturday was a day like others
(1961:70), so do not use this for the deadlines of those years.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from samsyn.kernel.dates import ONE_DAY
from samsyn.kernel.text import Text

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2200

ClockState = Literal["running", "paused", "overdue"]

_SATURDAY, _SUNDAY = 5, 6
_REFORM = 1953
"""First year under the order of 1952."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stands still because a question is out.

    Attributes:
        since: the day on which the question went out. It still counts, as the day on which a
            clock starts does not.
        until: the day on which the answer came, which does not count; None while it is out.
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("a pause ends on the day it begins or later")

    def holds(self, on: date) -> bool:
        """True if the question is out at the end of the day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """A number of working days within which something is to be done.

    Attributes:
        started: the day on which it starts; the first day that counts is the next working day.
        working_days: how many it gives, at least one.
        pauses: in any order; they may overlap, as when two questions are out at once.
    """

    started: date
    working_days: int
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if self.working_days < 1:
            raise ValueError("a clock gives at least one working day")

    @property
    def due(self) -> date | None:
        """The last day in time; None while a question is out, since the answer's day decides."""
        at, left = self.started, self.working_days
        for since, until in self._standing():
            ran = working_days_between(at, since)
            if ran >= left:
                break
            if until is None:
                return None
            at, left = until, left - ran
        return add_working_days(at, left)

    def days_left(self, on: date) -> int:
        """Working days that are left after the day: 0 on the last one, less than 0 after it."""
        return self.working_days - self._run(on)

    def state(self, on: date) -> ClockState:
        """How the clock stands at the end of the day.

        A question that goes out after the last day does not make good what is late.
        """
        due = self.due
        if due is not None and on > due:
            return "overdue"
        return "paused" if any(pause.holds(on) for pause in self.pauses) else "running"

    def _run(self, on: date) -> int:
        """Working days that have counted by the end of the day."""
        if on <= self.started:
            return 0
        ran = working_days_between(self.started, on)
        for since, until in self._standing():
            if since < on:
                ran -= working_days_between(since, on if until is None else min(until, on))
        return ran

    def _standing(self) -> Iterator[tuple[date, date | None]]:
        """The pauses after the start, in order, those that meet made one."""
        begun: date | None = None
        end: date | None = self.started
        for pause in sorted(self.pauses, key=lambda pause: pause.since):
            since = max(pause.since, self.started)
            if begun is None or (end is not None and since > end):
                if begun is not None:
                    yield begun, end
                begun, end = since, _later(since, pause.until)
            elif end is not None:
                end = _later(end, pause.until)
        if begun is not None:
            yield begun, end


def easter_day(year: int) -> date:
    """Easter Day by the Gregorian computation (the Sunday after the full moon of spring)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, shift = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * shift + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def public_holidays(year: int) -> Mapping[date, Text]:
    """The general holidays of a year with a name of their own, in the order of the year.

    Every other Sunday is a general holiday too.

    Raises:
        ValueError: if the year is not one of 1950 to 2200.
    """
    _known(year)
    easter = easter_day(year)
    named = [
        (date(year, 1, 1), "nyårsdagen", "New Year's Day"),
        (date(year, 1, 6), "trettondedag jul", "Epiphany"),
        (easter - timedelta(2), "långfredagen", "Good Friday"),
        (easter, "påskdagen", "Easter Day"),
        (easter + timedelta(1), "annandag påsk", "Easter Monday"),
        (date(year, 5, 1), "första maj", "May Day"),
        (easter + timedelta(39), "Kristi himmelsfärdsdag", "Ascension Day"),
        (easter + timedelta(49), "pingstdagen", "Whit Sunday"),
        (midsummer_day(year), "midsommardagen", "Midsummer Day"),
        (_all_saints(year), "alla helgons dag", "All Saints' Day"),
        (date(year, 12, 25), "juldagen", "Christmas Day"),
        (date(year, 12, 26), "annandag jul", "Boxing Day"),
    ]
    if year < 2005:
        named.append((easter + timedelta(50), "annandag pingst", "Whit Monday"))
    else:
        named.append((date(year, 6, 6), "nationaldagen", "National Day"))
    # In 1951, the only such year here, it fell on Easter Day and was kept on a Sunday before.
    annunciation = date(year, 3, 25)
    if year < _REFORM and annunciation != easter:
        named.append((annunciation, "Marie bebådelsedag", "Annunciation"))
    days: dict[date, Text] = {}
    for day, sv, en in sorted(named, key=lambda holiday: holiday[0]):
        # Ascension Day can meet May Day; the day then has both names.
        met = days.get(day)
        days[day] = Text(sv=f"{met.sv}, {sv}", en=f"{met.en}, {en}") if met else Text(sv=sv, en=en)
    return MappingProxyType(days)


def midsummer_day(year: int) -> date:
    """The Saturday of 20-26 June; before the reform of 1952 always 24 June."""
    return date(year, 6, 24) if year < _REFORM else _first_on(date(year, 6, 20), _SATURDAY)


def why_no_working_day(day: date) -> Text | None:
    """What makes a day one on which offices do not work; None for a working day.

    Raises:
        ValueError: if the year is not one of 1950 to 2200.
    """
    if name := public_holidays(day.year).get(day):
        return name
    if day == midsummer_day(day.year) - ONE_DAY:
        return Text(sv="midsommarafton", en="Midsummer Eve")
    if (day.month, day.day) == (12, 24):
        return Text(sv="julafton", en="Christmas Eve")
    if (day.month, day.day) == (12, 31):
        return Text(sv="nyårsafton", en="New Year's Eve")
    if day.weekday() == _SUNDAY:
        return Text(sv="söndag", en="Sunday")
    if day.weekday() == _SATURDAY:
        return Text(sv="lördag", en="Saturday")
    return None


def is_working_day(day: date) -> bool:
    """True if offices work on the day."""
    return why_no_working_day(day) is None


def this_or_next_working_day(day: date) -> date:
    """The day, or where it is none the next working day (1930:173/2)."""
    return day if is_working_day(day) else add_working_days(day, 1)


def add_working_days(day: date, count: int) -> date:
    """The working day with this number after the day; the day itself for 0.

    Raises:
        ValueError: if the count is less than 0, or the years 1950 to 2200 do not reach that far.
    """
    if count < 0:
        raise ValueError("working days are counted forwards; give 0 or more")
    if count == 0:
        return day
    # From here on the place is counted from the first working day of the year.
    year, place = day.year, bisect_right(_working_days(day.year), day) + count
    while place > len(_working_days(year)):
        place -= len(_working_days(year))
        year += 1
    return _working_days(year)[place - 1]


def working_days_between(first: date, last: date) -> int:
    """How many working days come after the first day, up to and with the last.

    Less than 0 if the last comes before the first, so that the way back is the way there.
    """
    if last < first:
        return -working_days_between(last, first)
    years = range(first.year, last.year)
    whole = sum(len(_working_days(year)) for year in years)
    return (
        whole
        + bisect_right(_working_days(last.year), last)
        - bisect_right(_working_days(first.year), first)
    )


@lru_cache(maxsize=512)
def _working_days(year: int) -> tuple[date, ...]:
    _known(year)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = (date(year, 1, 1) + timedelta(place) for place in range(length))
    return tuple(day for day in days if is_working_day(day))


def _all_saints(year: int) -> date:
    """The Saturday of 31 October-6 November; before the reform the first Sunday of November."""
    if year < _REFORM:
        return _first_on(date(year, 11, 1), _SUNDAY)
    return _first_on(date(year, 10, 31), _SATURDAY)


def _first_on(day: date, weekday: int) -> date:
    return day + timedelta((weekday - day.weekday()) % 7)


def _later(one: date, other: date | None) -> date | None:
    return None if other is None else max(one, other)


def _known(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"working days are known for {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
