"""What goes into a participant's calendar without telling a secret?

One iCalendar file (RFC 5545) for each person: when to gather and when it ends, under the same title
for every operation. Which place, firm or operation it is stands nowhere, not even in the identifier
of the event; the gathering place does only where the task says that it may be told. Calendars are
read on phones, in e-mail and by secretaries: the plan itself is secret (OSL 17:1).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from samsyn.plan.staffing.task import StaffingPlan, StaffingTask, minute

TITLE = "Joint duty / Samverkansuppdrag"
ZONE = "Europe/Stockholm"
OCTETS = 75
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendars(task: StaffingTask, plan: StaffingPlan, stamp: datetime, key: str) -> dict[str, str]:
    """Person → the text of the person's calendar file.

    Args:
        task: what was given.
        plan: what was planned.
        stamp: when it is written, in UTC.
        key: makes the events' identifiers such that nobody without it can guess an operation's
            name from one; with the same key an event that is written anew replaces the old one.
    """
    events: dict[str, list[str]] = defaultdict(list)
    for person, lines in _events(task, plan, stamp, key):
        events[person] += lines
    return {person: _file(lines) for person, lines in sorted(events.items())}


def _events(
    task: StaffingTask, plan: StaffingPlan, stamp: datetime, key: str
) -> Iterator[tuple[str, list[str]]]:
    operations = {one.id: one for one in task.operations}
    for planned in plan.planned:
        one = operations[planned.operation]
        start = minute(planned.start)
        told = one.gathering if one.gathering_may_be_told else ""
        for person in sorted({taken.person for taken in planned.people}):
            uid = hashlib.blake2b(f"{one.id}\0{person}".encode(), key=key.encode()[:64],
                                  digest_size=16)  # fmt: skip
            yield (
                person,
                [
                    "BEGIN:VEVENT",
                    f"UID:{uid.hexdigest()}@samsyn.invalid",
                    f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
                    f"DTSTART;TZID={ZONE}:{_at(planned.day, start - one.preparation)}",
                    f"DTEND;TZID={ZONE}:{_at(planned.day, start + one.duration)}",
                    f"SUMMARY:{_escaped(TITLE)}",
                    *([f"LOCATION:{_escaped(told)}"] if told else []),
                    "CLASS:PRIVATE",
                    "END:VEVENT",
                ],
            )


def _at(day: date, minutes: int) -> str:
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return f"{moment:%Y%m%dT%H%M%S}"


def _file(events: list[str]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samsyn//Staffing//EN", *_ZONE_LINES]
    lines += [*events, "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text.replace("\r", "")


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, never in the middle of a letter; what follows begins with space."""
    room, current = OCTETS, ""
    for letter in line:
        if len((current + letter).encode()) > room:
            yield current
            current = " "
        current += letter
    yield current


def file_name(person: str) -> str:
    """A name for the person's file that every system takes, and that no two persons share."""
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in person)
    if plain != person:
        plain += "-" + hashlib.blake2b(person.encode(), digest_size=4).hexdigest()
    return f"{plain}.ics"
