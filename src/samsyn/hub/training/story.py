"""What has happened since the first two centres opened, in the order in which it happened?

Three hundred matters from the summer of 2022 until the last working day before the data is loaded.
The older ones keep their days whenever that is; those of the last weeks lie before that day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.training import looks, obstacles, recent, requests
from samsyn.hub.training.accounts import write_accounts
from samsyn.hub.training.assessing import Law
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.days import WorkingDays, at
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.people import FIRST_DAY, hire
from samsyn.hub.training.plots import PLOTS, Matter, run
from samsyn.hub.training.rows import Row
from samsyn.hub.training.setting import Affair, Known, Pace, Setting
from samsyn.hub.training.texts import Slots
from samsyn.hub.training.world import Business, World
from samsyn.law import Rulebook

BEGINS: Final = date(2022, 7, 4)
"""The first working day on which the first two centres are open for certain."""
ENDS: Final = date(2026, 8, 31)
"""The last day on which a matter of the fixed story opens."""
EARLIEST: Final = date(2026, 3, 2)
"""The earliest day for which the story can be told: all laws it shows are in force."""
BASE: Final = 300
MORE: Final = 100
"""Matters at scale 1, and for each further step of scale."""
RECENT: Final = 0.2
"""Share of the matters that lie in the last weeks."""
REMEMBERED: Final = 2_000
"""About how many firms may turn up again; more would fill the memory at a large scale."""
RECENTLY: Final = 120
WATCHED: Final = 60
"""Matters that people look around in during the last weeks: no older than so many days, and no
more than so many whatever the scale."""
_WEIGHTS = {
    "umea": 3,
    "goteborg": 4,
    "norrkoping": 4,
    "orebro": 3,
    "uppsala": 3,
    "stockholm": 5,
    "malmo": 4,
}


@dataclass(slots=True)
class _Seen:
    """A firm that has turned up.

    Attributes:
        day: last seen.
        known: how the agencies know it.
    """

    day: date
    centre: str
    business: Business
    known: Known = field(default_factory=dict)


def matters_at(scale: float) -> int:
    """How many matters there are at a scale."""
    return round(BASE * scale) if scale <= 1 else BASE + round(MORE * (scale - 1))


class Story:
    """Tells everything, row by row."""

    def __init__(
        self,
        rulebook: Rulebook,
        organisation: Organisation,
        *,
        seed: int,
        scale: float,
        today: date,
        journal: Journal,
    ) -> None:
        chance = Chance(seed)
        self._obstacles, self._looks = Chance(seed + 1), Chance(seed + 2)
        self._days = WorkingDays(FIRST_DAY, today)
        self._last = self._days.before(today, 1)
        self._organisation = organisation
        self._count = matters_at(scale)
        self._again: deque[_Seen] = deque()
        staff = hire(chance, organisation, self._last)
        self._setting = Setting(
            chance, journal, staff, Law(rulebook), World(chance), last=self._last
        )

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of the acts that left them."""
        setting = self._setting
        write_accounts(setting.staff, setting.journal, setting.chance)
        for day in self._opening_days():
            yield from setting.journal.until(at(day, 0))
            matter = self._matter(day)
            run(matter, setting.chance.weighted(PLOTS))
            requests.perhaps(matter)
            obstacles.perhaps(matter, self._obstacles)
            if len(setting.watched) < WATCHED and (self._last - day).days < RECENTLY:
                setting.watched.append(matter)
        first = self._days.before(self._last, recent.DAYS)
        yield from setting.journal.until(at(first, 0))
        recent.tell(setting, self._days, self._affair)
        days = self._days.some(first, self._last)
        looks.tell(setting, days, self._looks)
        yield from setting.journal.until(None)
        yield from setting.journal.counters()

    def _opening_days(self) -> list[date]:
        """When the matters open: most over the years, some in the last weeks, in order."""
        late = max(round(self._count * RECENT) - recent.MATTERS, 0)
        fixed = self._count - late - recent.MATTERS
        turn = self._days.before(self._last, recent.DAYS)
        start = max(ENDS + timedelta(days=1), turn - timedelta(days=75))
        before = self._days.spread(max(fixed, 0), BEGINS, min(ENDS, start - timedelta(days=1)))
        return before + self._days.spread(late, start, turn - timedelta(days=1))

    def _matter(self, day: date) -> Matter:
        open_centres = {
            code: weight
            for code, weight in _WEIGHTS.items()
            if self._organisation.centres[code].is_open(day)
        }
        centre = self._setting.chance.weighted(open_centres)
        return Matter(self._affair(day, centre))

    def _affair(self, day: date, centre: str) -> Affair:
        setting, seen = self._setting, self._business(day, centre)
        chance, centre, business = setting.chance, seen.centre, seen.business
        people = [setting.world.person() for _ in range(chance.between(1, 3))]
        things = [setting.world.vehicle()] if chance.happens(0.35) else []
        if chance.happens(0.25):
            things.append(setting.world.address(business))
        sub = setting.world.business(centre) if chance.happens(0.4) else None
        if sub:
            things.append(sub.firm)
        slots = Slots(chance, business, **({"sub": sub.firm.name} if sub else {}))
        pace = Pace(chance, day, self._last)
        return Affair(setting, pace, centre, business, people, things, slots, seen.known)

    def _business(self, day: date, centre: str) -> _Seen:
        """A new firm, or one that turned up in a matter at least half a year ago."""
        chance = self._setting.chance
        rests = bool(self._again) and (day - self._again[0].day).days > 180
        if chance.happens(0.2) and rests:
            seen = self._again.popleft()
            seen.day = day
        else:
            seen = _Seen(day, centre, self._setting.world.business(centre))
        if chance.happens(REMEMBERED / max(REMEMBERED, self._count)):
            self._again.append(seen)
        return seen
