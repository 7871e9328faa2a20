"""Which centres, roles and registers are there, who belongs to what on a day, and who may do what?

The files lie in the folder ``organisation`` of a rulebook; whoever runs Samsyn may change them.
Nothing here gives access by itself: the guard asks, with the day, and a day on which something is
not certain counts as a day on which it is not so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec

from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law import Rulebook
from samsyn.law.loading import Origin, read_list
from samsyn.law.schema import Circle

COOPERATION = "nine_agencies"
"""The circle of the agencies that cooperate against work-life crime."""

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


@dataclass(frozen=True)
class Organisation:
    """Centres, roles and registers that have been checked.

    Attributes:
        acts: code → kind of act.
        roles: code → role.
        centres: code → centre.
        counties: name → county.
        registers: code of an agency → its series; the first is used when nobody chooses.
        cooperation: the circle of the cooperating agencies, from the law's rulebook.
    """

    acts: Mapping[str, ActKind]
    roles: Mapping[str, Role]
    centres: Mapping[str, Centre]
    counties: Mapping[str, County]
    registers: Mapping[str, tuple[RegisterSeries, ...]]
    cooperation: Circle

    @cached_property
    def grave_acts(self) -> frozenset[str]:
        """Acts that ask for signing in anew just before."""
        return frozenset(act.code for act in self.acts.values() if act.grave)

    @cached_property
    def two_person_acts(self) -> Mapping[str, str]:
        """Act that takes two persons → the act by which the other agrees."""
        return MappingProxyType(
            {act.code: act.second for act in self.acts.values() if act.second is not None}
        )

    def permits(self, roles: Iterable[str], act: str) -> bool:
        """True if one of these roles lets one do this; a role that is no longer there does not."""
        return any(role in self.roles and self.roles[role].permits(act) for role in roles)

    def cooperation_members(self, day: date) -> frozenset[str]:
        """Codes of the agencies that cooperate on a day for certain."""
        return frozenset(
            member.agency
            for member in self.cooperation.members
            if Period(read_start(member.start), read_end(member.end)).holds(day) is True
        )

    def is_member(self, agency: str, day: date) -> bool:
        """True if an agency cooperates on a day for certain."""
        return agency in self.cooperation_members(day)

    def series_of(self, agency: str, day: date) -> tuple[RegisterSeries, ...]:
        """The series from which an agency takes register numbers on a day."""
        return tuple(series for series in self.registers.get(agency, ()) if series.is_kept(day))


@dataclass(frozen=True, slots=True)
class Written:
    """What the files of an organisation say, each entry with the place it stands in."""

    folder: Path
    acts: list[tuple[ActKind, Origin]]
    roles: list[tuple[Role, Origin]]
    counties: list[tuple[County, Origin]]
    centres: list[tuple[Centre, Origin]]
    series: list[tuple[RegisterSeries, Origin]]


def load_organisation(rulebook: Rulebook | None = None, folder: Path | None = None) -> Organisation:
    """Read and check the organisation of a rulebook.

    Args:
        rulebook: the law's rulebook, whose agencies and circles are meant; read when left out.
        folder: the folder that holds ``organisation``; that of the rulebook when left out.

    Raises:
        FaultyFiles: with every fault, each with file, line, field and what was expected.
    """
    rulebook = rulebook or Rulebook.load(folder)
    written = _read(folder or rulebook.content.folder)
    # The checks speak of the types above.
    from samsyn.hub.guard.organisation_checks import check_organisation

    faults = check_organisation(written, rulebook)
    if faults:
        raise FaultyFiles(faults)
    registers: dict[str, tuple[RegisterSeries, ...]] = {}
    for series, _ in written.series:
        registers[series.agency] = (*registers.get(series.agency, ()), series)
    (cooperation,) = (c for c, _ in rulebook.content.circles if c.code == COOPERATION)
    return Organisation(
        acts=MappingProxyType({act.code: act for act, _ in written.acts}),
        roles=MappingProxyType({role.code: role for role, _ in written.roles}),
        centres=MappingProxyType({centre.code: centre for centre, _ in written.centres}),
        counties=MappingProxyType({county.name: county for county, _ in written.counties}),
        registers=MappingProxyType(registers),
        cooperation=cooperation,
    )


def _read(folder: Path) -> Written:
    place = folder / "organisation"
    faults: list[Fault] = []
    written = Written(
        folder=place,
        acts=list(read_list(place / "roles.yaml", "acts", ActKind, faults)),
        roles=list(read_list(place / "roles.yaml", "roles", Role, faults)),
        counties=list(read_list(place / "centres.yaml", "counties", County, faults)),
        centres=list(read_list(place / "centres.yaml", "centres", Centre, faults)),
        series=list(read_list(place / "registers.yaml", "series", RegisterSeries, faults)),
    )
    if faults:
        raise FaultyFiles(list(dict.fromkeys(faults)))
    return written
