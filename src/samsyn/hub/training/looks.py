"""Who looked at what in the last weeks, and what of it stands out?

Most of a log is looks. Here everybody who works on cases signs in, reads and searches as on any
day, and some do what the rules of oversight point at without anybody having done wrong: much at
once, late in the evening, in vain. Chance falls for itself here, so that the story is the same with
the looks and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from samsyn.hub.guard.policy import NOBODY
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.days import MORNING, at
from samsyn.hub.training.journal import Act
from samsyn.hub.training.people import Officer
from samsyn.hub.training.room import Room
from samsyn.hub.training.setting import Setting

_OPEN_TO_ALL: Final = ("agency_officer", "centre_coordinator", "inspector", "secrecy_lawyer")
"""Roles whose days are told; a centre head distributes, which is told apart."""
_FACTS: Final = 5
"""Facts that a page of a case shows at most here."""
_EVENING: Final = 20 * 60
_ODD_AGENCY: Final = "AV"


def tell(setting: Setting, days: list[date], chance: Chance) -> None:
    """Tell the looks of some working days, the last of which is the last of the story."""
    rooms: dict[str, list[Room]] = {}
    for matter in setting.watched:
        for room in matter.rooms.values():
            # Neither a closed case nor the protection track is open to everybody at the agency.
            if room.key == room.agency and room.row.visible_to != NOBODY:
                rooms.setdefault(room.agency, []).append(room)
    looking = _Looking(setting, chance, days, rooms)
    for officer in setting.staff.officers:
        if officer.role in _OPEN_TO_ALL and officer.until is None:
            for day in days:
                looking.ordinary(officer, day)
    if len(days) > 6:
        _odd(looking)


@dataclass(slots=True)
class _Looking:
    """The rooms that people of an agency may look into, and the days on which they do."""

    setting: Setting
    chance: Chance
    days: list[date]
    rooms: dict[str, list[Room]]

    def ago(self, count: int) -> date:
        """The working day so many before the last one."""
        return self.days[-1 - count]

    def there(self, agency: str, moment: datetime) -> list[Room]:
        """The cases of an agency that were opened before a moment."""
        return [room for room in self.rooms.get(agency, ()) if room.row.opened_on < moment.date()]

    def who(self, role: str, place: int = 0) -> Officer:
        """Somebody in a role at the agency whose log stands out, who is still there."""
        alike = [
            one
            for one in self.setting.staff.officers
            if (one.agency, one.role, one.until) == (_ODD_AGENCY, role, None)
        ]
        return alike[place % len(alike)]

    def note(
        self, officer: Officer, moment: datetime, code: str, objects: list[str], detail: str = ""
    ) -> Act:
        """A line of the log outside any case."""
        entry = Act(
            at=moment,
            account=officer.account,
            agency=officer.agency,
            act=code,
            objects=objects,
            detail=detail,
        )
        self.setting.journal.add(entry)
        return entry

    def read(
        self, officer: Officer, moment: datetime, room: Room, code: str, objects: list[str]
    ) -> Act:
        """A look within a case."""
        entry = self.note(officer, moment, code, objects)
        entry.case, entry.matter, entry.purpose = room.row.id, room.row.matter, room.row.purpose
        return entry

    def open(self, officer: Officer, moment: datetime, room: Room) -> None:
        """The page of a case, with the facts that were there then."""
        facts = [fact.id for fact in room.facts if fact.made_at < moment][-_FACTS:]
        self.read(officer, moment, room, "case.read", [room.row.id, *facts])

    def ordinary(self, officer: Officer, day: date) -> None:
        """A day at work: sign in, see what is new, read a case or two, now and then search."""
        chance = self.chance
        if chance.happens(0.25):
            return
        moment = at(day, chance.between(MORNING, MORNING + 90))
        self.note(officer, moment, "signin.begin", [officer.account])
        there = self.there(officer.agency, moment)
        shown = [room.row.id for room in chance.some(there, 4)]
        moment += timedelta(seconds=20)
        self.note(officer, moment, "case.read", shown, detail="my day")
        for room in chance.some(there, chance.between(1, 2)):
            moment += timedelta(minutes=chance.between(4, 90), seconds=chance.between(0, 59))
            self.open(officer, moment, room)
        if chance.happens(0.3):
            moment += timedelta(minutes=chance.between(2, 40))
            found = [room.row.id for room in chance.some(there, chance.between(0, 3))]
            self.note(officer, moment, "search.run", found, detail="all")


def _odd(looking: _Looking) -> None:
    """What stands out at one agency, each of it for a reason that a conversation would bring."""
    _distributes(looking, looking.who("centre_head"), looking.ago(1))
    _in_the_evening(looking, looking.who("centre_coordinator", 1), looking.ago(4))
    _searches(looking, looking.who("inspector", 1), looking.ago(3), count=12, found=False)
    _searches(looking, looking.who("agency_officer", 2), looking.ago(6), count=7, found=True)
    _hands_over(looking, looking.ago(2))
    _old_bookmarks(looking, looking.who("inspector", 1), looking.ago(2))
    _same_surname(looking, looking.ago(2))
    _in_a_row(looking, looking.who("centre_coordinator"), looking.ago(1))
    _fails_to_sign_in(looking, looking.who("agency_officer", 1), looking.ago(1))
    _exports(looking, looking.who("agency_officer"), looking.ago(5))


def _steps(day: date, minute: int, seconds: int, count: int) -> Iterator[datetime]:
    return (at(day, minute) + timedelta(seconds=seconds * place) for place in range(count))


def _distributes(looking: _Looking, head: Officer, day: date) -> None:
    """A centre head reads many cases before the week's work is given out."""
    there = looking.there(head.agency, at(day, 0))[:18]
    for moment, room in zip(_steps(day, 8 * 60, 95, len(there)), there, strict=True):
        looking.open(head, moment, room)


def _in_the_evening(looking: _Looking, officer: Officer, day: date) -> None:
    """A coordinator prepares an inspection on the next morning, after nine."""
    there = looking.there(officer.agency, at(day, 0))[-4:]
    for moment, room in zip(_steps(day, _EVENING, 240, len(there)), there, strict=True):
        looking.open(officer, moment, room)


def _searches(looking: _Looking, officer: Officer, day: date, *, count: int, found: bool) -> None:
    """Somebody looks for a case, in vain or not, without being in one."""
    there = looking.there(officer.agency, at(day, 0))
    for place, moment in enumerate(_steps(day, 12 * 60, 70, count)):
        objects = [there[place % len(there)].row.id] if found and there else []
        looking.note(officer, moment, "search.run", objects, detail="all")


def _hands_over(looking: _Looking, day: date) -> None:
    """Whoever leaves soon reads about persons in cases that are handed over."""
    leaving = [one for one in looking.setting.staff.officers if one.leaves is not None]
    about = [
        (room, one)
        for room in looking.there(_ODD_AGENCY, at(day, 0))
        for one in room.about("person")
    ]
    for officer in leaving:
        for moment, (room, person) in zip(_steps(day, 9 * 60, 130, 3), about, strict=False):
            looking.read(officer, moment, room, "fact.read", [person.id])


def _old_bookmarks(looking: _Looking, officer: Officer, day: date) -> None:
    """Pages of a case that is no longer there are asked for again and again."""
    for place, moment in enumerate(_steps(day, 9 * 60 + 30, 50, 6)):
        gone = looking.chance.uuid()
        code, view = ("attempt.refused", "disclosures:prepare")
        if place % 2:
            code, view = ("attempt.missing", "cases:room")
        looking.note(officer, moment, code, [gone], detail=view)


def _same_surname(looking: _Looking, day: date) -> None:
    """Somebody reads about a person who is called as they are."""
    by_name = {
        officer.name.split()[-1]: officer
        for officer in reversed(looking.setting.staff.officers)
        if officer.agency == _ODD_AGENCY and officer.until is None and _reads_cases(officer)
    }
    for room in looking.there(_ODD_AGENCY, at(day, 0)):
        for person in room.about("person"):
            officer = by_name.get(person.name.split()[-1])
            if officer is not None:
                looking.read(officer, at(day, 10 * 60), room, "fact.read", [person.id])
                return


def _in_a_row(looking: _Looking, officer: Officer, day: date) -> None:
    """Firms that were founded together and sold are looked up one after the other."""
    there = looking.there(officer.agency, at(day, 0))
    room = max(there, key=lambda one: len(one.about("firm")))
    firms = sorted(room.about("firm"), key=lambda firm: firm.number)
    for moment, firm in zip(_steps(day, 11 * 60, 45, len(firms)), firms, strict=True):
        looking.read(officer, moment, room, "fact.read", [firm.id])


def _reads_cases(officer: Officer) -> bool:
    return current_organisation().permits([officer.role], "fact.read")


def _fails_to_sign_in(looking: _Looking, officer: Officer, day: date) -> None:
    """A password is mistyped; nobody knows by whom, so the line is nobody's."""
    for moment in _steps(day, MORNING, 25, 2):
        entry = looking.note(officer, moment, "signin.fail", [officer.account], detail="password")
        entry.account = None


def _exports(looking: _Looking, officer: Officer, day: date) -> None:
    """A case of these weeks is taken out as a package for the agency's own archive."""
    moment = at(day, 10 * 60 + 20)
    there = looking.there(officer.agency, moment)
    for room in [one for one in there if one.row.opened_on >= looking.days[0]][:1]:
        facts = [fact.id for fact in room.facts if fact.made_at < moment]
        entry = looking.read(officer, moment, room, "export.run", [room.row.id, *facts])
        entry.detail = f"{len(facts)} facts, 0 files"
        room.tell(entry, room.row.id, {"items": len(facts)}, by=(officer.name, officer.agency))
