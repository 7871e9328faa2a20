"""Which days do dated entries share, and which are left over?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samsyn.kernel.dates import ONE_DAY, Period, read_end, read_start
from samsyn.law import schema

Span = tuple[date, date]
"""First day, and the day after the last."""

BACKWARDS = "the days run backwards, from {start} to {end}; expected the last day after the first"

Dated = schema.Block | schema.ActHead | schema.Agency | schema.Membership | schema.Offence


def period(entry: Dated) -> Period:
    """The days of an entry, with ends that may be windows."""
    return Period(read_start(entry.start), read_end(entry.end))


def possible(entry: Dated) -> Span:
    """The days on which an entry may hold."""
    days = period(entry)
    return days.start.earliest, days.end.latest


def certain(entry: Dated, since: date = date.min) -> Span:
    """The days on which an entry holds for sure; the first is not before the second when none."""
    days = period(entry)
    return max(days.start.latest, since), days.end.earliest


def share(one: Span, other: Span) -> bool:
    """True if there is a day in both."""
    return max(one[0], other[0]) < min(one[1], other[1])


def collide(one: Dated, other: Dated) -> bool:
    """True if both may hold on one day and one does not begin just when the other ends."""
    own, others = period(one), period(other)
    follows = own.end == others.start or others.end == own.start
    return share(possible(one), possible(other)) and not follows


def first_left_over(wanted: Span, covering: Iterable[Span]) -> date | None:
    """The first wanted day that no other span covers, or None."""
    day = wanted[0]
    for start, after in sorted(covering):
        if start > day:
            break
        day = max(day, after)
    return day if day < wanted[1] else None


def begins_too_early(inner: Dated, outer: Dated) -> bool:
    """True if an entry begins, or says that it may have begun, before the one it depends on."""
    own, limit = period(inner).start, period(outer).start
    return own.latest < limit.earliest or date.min < own.earliest < limit.earliest


def ends_too_late(inner: Dated, outer: Dated) -> bool:
    """True if an entry goes on for sure after the one it depends on has ended."""
    own, limit = period(inner).end, period(outer).end
    return own.earliest > limit.latest


def runs_backwards(entry: Dated) -> bool:
    """True if an entry ends, or says that it may have ended, before it begins."""
    days = period(entry)
    if days.end.latest <= days.start.earliest:
        return True
    return date.min < days.end.earliest <= days.start.earliest


def day_before(after: date) -> date:
    """The last day of a span that ends before this day."""
    return after - ONE_DAY
