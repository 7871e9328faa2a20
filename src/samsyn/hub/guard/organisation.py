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

from samsyn.hub.guard.organisation_checks import COOPERATION, check_organisation
from samsyn.hub.guard.organisation_entries import (
    AccessLevel,
    ActKind,
    Centre,
    CentreMember,
    County,
    RegisterSeries,
    Role,
    Written,
)
from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law import Rulebook
from samsyn.law.loading import read_list
from samsyn.law.schema import Circle

__all__ = [
    "COOPERATION",
    "AccessLevel",
    "ActKind",
    "Centre",
    "CentreMember",
    "County",
    "Organisation",
    "RegisterSeries",
    "Role",
    "load_organisation",
]


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
