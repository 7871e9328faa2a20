"""On which working day, and at what hour, does something happen?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from samsyn.kernel.dates import ONE_DAY
from samsyn.kernel.working_days import add_working_days, is_working_day

MORNING, AFTERNOON = 6 * 60 + 40, 14 * 60 + 50
"""Minutes of the day, in UTC, between which offices work, summer and winter."""


@lru_cache(maxsize=20_000)
def working_days_after(day: date, count: int) -> date:
    """The working day that comes so many after a day."""
    return add_working_days(day, count)


@lru_cache(maxsize=4_000)
def at(day: date, minute: int) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minute)


class WorkingDays:
    """The working days from one day to another, both included.

    Attributes:
        days: all of them, in order.
    """

    def __init__(self, first: date, last: date) -> None:
        span = (last - first).days
        self.days = [
            day
            for day in (first + place * ONE_DAY for place in range(span + 1))
            if is_working_day(day)
        ]

    def spread(self, count: int, first: date, last: date) -> list[date]:
        """So many days, evenly over the working days of a stretch, in order."""
        start, end = bisect_left(self.days, first), bisect_right(self.days, last)
        return [self.days[start + place * (end - start) // count] for place in range(count)]

    def some(self, first: date, last: date) -> list[date]:
        """Those of a stretch, both ends included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def before(self, day: date, count: int) -> date:
        """The working day that lies so many before a day; one is the last one before it."""
        return self.days[bisect_left(self.days, day) - count]
