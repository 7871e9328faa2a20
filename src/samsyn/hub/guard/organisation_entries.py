"""What may stand in the files of an organisation, field by field?

A misspelt field or a value of another kind is a fault with file, line and field; what the entries
say is checked in ``organisation_checks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.text import Text
from samsyn.law.loading import Origin

AccessLevel = Literal["cases", "protection", "log", "people"]
"""What a role lets one read at one's own agency, and never at another's:

- ``cases``: what lies under the agency's own key (``AV``);
- ``protection``: what lies under its key of protection (``AV/protection``);
- ``log``: who did what, when and on which ground, with the content hidden (``AV/log``);
- ``people``: accounts and the roles they have.
"""


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all entries: a field that is not known is a fault."""


class ActKind(_Entry, frozen=True, kw_only=True):
    """Something a person can do in the hub.

    Attributes:
        code: as the log has it, ``case.open``.
        name: in words.
        needs: it can be done only by someone who reads one of these; by anyone when empty.
        grave: asks for signing in anew just before.
        second: the act by which another person agrees before this one takes effect.
    """

    code: str
    name: Text
    needs: tuple[AccessLevel, ...] = ()
    grave: bool = False
    second: str | None = None


class Role(_Entry, frozen=True, kw_only=True):
    """What a person is at an agency.

    Attributes:
        code: code.
        name: in words.
        description: what the role is for and what it does not see.
        reads: what it lets one read at one's own agency; nothing when empty.
        acts: what it lets one do; ``case.*`` stands for every act that begins with ``case.``.
        grave_for_raise: giving somebody this role takes two persons.
    """

    code: str
    name: Text
    description: Text
    reads: tuple[AccessLevel, ...]
    acts: tuple[str, ...]
    grave_for_raise: bool

    def permits(self, act: str) -> bool:
        """True if the role lets one do this."""
        return any(covers(allowed, act) for allowed in self.acts)


def covers(allowed: str, act: str) -> bool:
    """True if what a role allows, ``case.open`` or ``case.*``, takes in this act."""
    return act == allowed or (allowed.endswith(".*") and act.startswith(allowed[:-1]))


class County(_Entry, frozen=True, kw_only=True):
    """A county (*län*).

    Attributes:
        code: official code of two digits.
        name: short name, ``Västerbotten``.
    """

    code: str
    name: str


class CentreMember(_Entry, frozen=True, kw_only=True):
    """One agency's time at a centre.

    Attributes:
        agency: code.
        start: first day.
        end: last day, or ``open``.
        source: where it was read, when that is not the source of the centre.
    """

    agency: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    source: str | None = None

    def takes_part(self, day: date) -> bool:
        """True if the agency takes part on a day for certain."""
        return Period(read_start(self.start), read_end(self.end)).holds(day) is True


class Centre(_Entry, frozen=True, kw_only=True):
    """A joint centre: a place where agencies work side by side, and no authority of its own.

    Attributes:
        code: code.
        name: in words.
        city: where it lies.
        region: the police region it serves.
        counties: names of the counties of that region.
        opened: first day, or the window of days in which it lies.
        closed: last day, or ``open``.
        members: agencies that take part, with dates.
        source: where it was read.
    """

    code: str
    name: Text
    city: str
    region: str
    counties: tuple[str, ...]
    opened: str
    closed: str
    members: tuple[CentreMember, ...]
    source: str

    @property
    def first_day(self) -> date:
        """The first day on which it is open for certain."""
        return read_start(self.opened).latest

    def is_open(self, day: date) -> bool:
        """True if the centre is open on a day for certain."""
        return Period(read_start(self.opened), read_end(self.closed)).holds(day) is True

    def agencies_on(self, day: date) -> frozenset[str]:
        """Codes of the agencies that take part on a day; none when the centre is not open."""
        if not self.is_open(day):
            return frozenset()
        return frozenset(member.agency for member in self.members if member.takes_part(day))


class RegisterSeries(_Entry, frozen=True, kw_only=True):
    """A series of register numbers (*diarieserie*) of an agency.

    Attributes:
        agency: code of the agency that keeps the register.
        code: code of the series at that agency.
        name: in words.
        pattern: how a number is written, filled by ``format(year=2026, number=123)``.
        start: first day on which a number may be taken.
        end: last day, or ``open``.
    """

    agency: str
    code: str
    name: Text
    pattern: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")

    def written(self, year: int, number: int) -> str:
        """A register number as the agency writes it."""
        return self.pattern.format(year=year, number=number)

    def is_kept(self, day: date) -> bool:
        """True if numbers are taken from it on a day for certain."""
        return Period(read_start(self.start), read_end(self.end)).holds(day) is True


@dataclass(frozen=True, slots=True)
class Written:
    """What the files of an organisation say, each entry with the place it stands in."""

    folder: Path
    acts: list[tuple[ActKind, Origin]]
    roles: list[tuple[Role, Origin]]
    counties: list[tuple[County, Origin]]
    centres: list[tuple[Centre, Origin]]
    series: list[tuple[RegisterSeries, Origin]]
