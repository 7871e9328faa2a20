"""For which periods are figures handed in, so that those of all agencies can be added?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samsyn.hub.obstacles.figures import Period
from samsyn.kernel.text import Text

YEARS = 3
"""How many years back figures can be handed in."""


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A year or half a year that is over.

    Attributes:
        code: as an address has it, ``2025`` or ``2025-2``.
        days: its first and last day.
        name: in words.
    """

    code: str
    days: Period
    name: Text


def periods_on(day: date) -> Mapping[str, NamedPeriod]:
    """The periods that are over on a day, by code: whole years first, the latest before others."""
    years, halves = [], []
    for year in range(day.year, day.year - YEARS - 1, -1):
        years.append(_period(f"{year}", date(year, 1, 1), date(year, 12, 31), f"{year}", f"{year}"))
        halves += [
            _period(
                f"{year}-2",
                date(year, 7, 1),
                date(year, 12, 31),
                f"juli–december {year}",
                f"July–December {year}",
            ),
            _period(
                f"{year}-1",
                date(year, 1, 1),
                date(year, 6, 30),
                f"januari–juni {year}",
                f"January–June {year}",
            ),
        ]
    return {one.code: one for one in [*years, *halves] if one.days.until < day}


def _period(code: str, since: date, until: date, sv: str, en: str) -> NamedPeriod:
    return NamedPeriod(code, Period(since, until), Text(sv=sv, en=en))


def name_of(since: date, until: date) -> Text:
    """What a period is called; its days where it is neither a year nor half a one."""
    for one in periods_on(date(until.year + 1, 12, 31)).values():
        if (one.days.since, one.days.until) == (since, until):
            return one.name
    return Text(sv=f"{since} – {until}", en=f"{since} – {until}")
