"""On which days does a rule hold, when one of its ends may be unknown?

Rulebook files write an end as a date, ``open`` (still in force), ``unknown``, ``unknown before D``
(in force at latest from D) or ``unknown between A and B`` (changed on some day in the window).
The last day in force is inclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_BEFORE = re.compile(r"^unknown before (\d{4}-\d\d-\d\d)$")
_BETWEEN = re.compile(r"^unknown between (\d{4}-\d\d-\d\d) and (\d{4}-\d\d-\d\d)$")
ONE_DAY = timedelta(days=1)


class DateError(ValueError):
    """A text that is no date or end of a period; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a period, known to the day or only to a window of days.

    Attributes:
        earliest: first day the change may have taken effect.
        latest: last day it may have taken effect. Equal to earliest when the day is known.
    """

    earliest: date
    latest: date

    @property
    def known(self) -> bool:
        """True when the day is known."""
        return self.earliest == self.latest


def read_day(text: str) -> date:
    """Read one day.

    Raises:
        DateError: if the text is not a day in the calendar.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError(f"{text} is not a day in the calendar such as 2024-07-01") from None


@lru_cache(maxsize=1024)
def read_start(text: str) -> Bound:
    """Read the first day in force: a date, ``unknown``, ``unknown before D`` or a window.

    Raises:
        DateError: if the text has another form.
    """
    if _DAY.match(text):
        day = read_day(text)
        return Bound(day, day)
    if text == "unknown":
        return Bound(date.min, date.max)
    if match := _BEFORE.match(text):
        return Bound(date.min, read_day(match[1]))
    if match := _BETWEEN.match(text):
        return _window(match)
    raise DateError(
        f"{text}: "
        "expected a date such as 2024-07-01, unknown, unknown before 2018-01-01, "
        "or unknown between 2025-12-01 and 2026-02-12"
    )


@lru_cache(maxsize=1024)
def read_end(text: str) -> Bound:
    """Read the last day in force as the day *after* it, so that it compares with a start.

    ``open`` gives a bound that is never reached.

    Raises:
        DateError: if the text has another form.
    """
    if _DAY.match(text):
        last = read_day(text)
        if last == date.max:
            raise DateError(f"{text} is no day that can pass; write open")
        return Bound(last + ONE_DAY, last + ONE_DAY)
    if text == "open":
        return Bound(date.max, date.max)
    if text == "unknown":
        return Bound(date.min, date.max)
    if match := _BETWEEN.match(text):
        return _window(match)
    raise DateError(
        f"{text}: "
        "expected the last day in force such as 2026-04-01, open, unknown, "
        "or unknown between 2025-12-01 and 2026-02-12"
    )


def _window(match: re.Match[str]) -> Bound:
    earliest, latest = read_day(match[1]), read_day(match[2])
    if earliest >= latest:
        raise DateError("the window of days runs backwards")
    return Bound(earliest, latest)


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a rule holds.

    Attributes:
        start: when it took effect.
        end: the day after the last day in force.
    """

    start: Bound
    end: Bound

    def holds(self, on: date) -> bool | None:
        """True, False, or None when the day lies in a window where nobody has said."""
        if on < self.start.earliest or on >= self.end.latest:
            return False
        if on >= self.start.latest and on < self.end.earliest:
            return True
        return None

    def changes(self) -> list[date]:
        """The days on which the answer of :meth:`holds` may change."""
        days = {self.start.earliest, self.start.latest, self.end.earliest, self.end.latest}
        return sorted(day for day in days if date.min < day < date.max)
