"""What do all matters have in common, and how does time pass in one of them?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from samsyn.hub.training.assessing import Law
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.days import AFTERNOON, MORNING, at, working_days_after
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.people import Staff
from samsyn.hub.training.rows import EntityRow
from samsyn.hub.training.texts import Slots
from samsyn.hub.training.world import Business, Thing, World

LONG_DAYS: Final = 60
Known = dict[tuple[str, str, str], EntityRow]


class Over(Exception):
    """The day on which the data is loaded has come; what is not done stays undone."""


class Pace:
    """The time of one matter, which only goes forward.

    Attributes:
        now: the moment reached.
        horizon: the last day on which anything can have happened.
        hurry: how many times faster than usual one act follows the other.
    """

    def __init__(self, chance: Chance, start: date, horizon: date) -> None:
        self._chance = chance
        self.horizon = horizon
        self.hurry = 1
        self.now = at(start, chance.between(MORNING, AFTERNOON))

    @property
    def day(self) -> date:
        """The day reached."""
        return self.now.date()

    @property
    def long_ago(self) -> bool:
        """Whether the day reached lies so far back that nothing of it is left to do."""
        return (self.horizon - self.day).days > LONG_DAYS

    def wait(self, least: int, most: int) -> None:
        """So many working days pass, as chance falls.

        Raises:
            Over: if that is later than the horizon.
        """
        self.to(
            working_days_after(self.day, count)
            if (count := self._chance.between(least, most))
            else self.day
        )

    def to(self, day: date) -> None:
        """A certain working day comes.

        Raises:
            Over: if that is later than the horizon.
        """
        if day > self.horizon:
            raise Over
        if day > self.day:
            self.now = at(day, self._chance.between(MORNING, AFTERNOON))

    def tick(self) -> datetime:
        """The moment of the next act."""
        self.now += timedelta(seconds=self._chance.between(20, 90) // self.hurry)
        return self.now


@dataclass(slots=True)
class Setting:
    """What all matters draw on.

    Attributes:
        last: the last day on which anything has happened.
        archived: cases that lie in an archive, the first of them.
        watched: matters in which people have looked around of late.
    """

    chance: Chance
    journal: Journal
    staff: Staff
    law: Law
    world: World
    last: date
    archived: list[Any] = field(default_factory=list)
    watched: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Affair:
    """What one matter is about, whoever works on it, and how far time has come in it.

    Attributes:
        people: persons who turn up in it.
        things: vehicles and further addresses.
        slots: the words for its sentences.
        known: access key, kind, number → the row by which an agency knows it from before.
    """

    setting: Setting
    pace: Pace
    centre: str
    business: Business
    people: list[Thing]
    things: list[Thing]
    slots: Slots
    known: Known

    def say(self, sentence: str, **known: str) -> str:
        """A sentence with its words put in."""
        if known:
            self.slots.update(known)
        said = sentence.format_map(self.slots)
        for key in known:
            del self.slots[key]
        return said

    def pick(self, sentences: list[str] | tuple[str, ...], **known: str) -> str:
        """One of some sentences with its words put in."""
        return self.say(self.setting.chance.pick(sentences), **known)
