"""Which powers on site and kinds of operation does a rulebook know, and are they in order?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.loading import Origin, read_list
from samsyn.law.schema import Agency
from samsyn.plan.grounds.entries import OperationType, Power

AGENCIES = "agencies.yaml"
INSPECTIONS = "inspections"
POWERS, TYPES = f"{INSPECTIONS}/powers.yaml", f"{INSPECTIONS}/operation_types.yaml"


@dataclass(frozen=True)
class Grounds:
    """The powers and kinds of operation of a rulebook, checked.

    Attributes:
        powers: code → power.
        types: code → kind of operation.
    """

    powers: Mapping[str, Power]
    types: Mapping[str, OperationType]

    @property
    def members(self) -> frozenset[str]:
        """The agencies that have a power of their own."""
        return frozenset(power.agency for power in self.powers.values())

    def cited(self) -> Iterator[tuple[str, str]]:
        """Every provision that a power rests on or asks about, after the code of the power."""
        for power in self.powers.values():
            for cite in (*power.cites, *(condition.cite for condition in power.conditions)):
                yield power.code, cite

    def of_agency(self, agency: str, on: date) -> list[Power]:
        """The powers of an agency that hold on a day; what is not certain does not hold."""
        return [
            power
            for power in self.powers.values()
            if power.agency == agency and power.period.holds(on)
        ]


def load_grounds(folder: Path) -> Grounds:
    """Read and check ``inspections/`` of a rulebook.

    Raises:
        FaultyFiles: with file, line and fault of everything that is wrong.
    """
    faults: list[Fault] = []
    powers = list(read_list(folder / POWERS, "powers", Power, faults))
    types = list(read_list(folder / TYPES, "types", OperationType, faults))
    agencies = {one.code for one, _ in read_list(folder / AGENCIES, "agencies", Agency, faults)}
    if not faults:
        faults += _twice([(power.code, origin) for power, origin in powers])
        faults += _twice([(kind.code, origin) for kind, origin in types])
        faults += _faults_of_powers(powers, agencies)
    if faults:
        raise FaultyFiles(faults)
    return Grounds(
        powers={power.code: power for power, _ in powers},
        types={kind.code: kind for kind, _ in types},
    )


def _faults_of_powers(powers: list[tuple[Power, Origin]], agencies: set[str]) -> Iterator[Fault]:
    own = {power.code: power for power, _ in powers if power.capacity == "own_control"}
    for power, origin in powers:
        if power.agency not in agencies:
            yield origin.fault("agency", f"{power.agency} is no agency of agencies.yaml")
        if not power.cites:
            yield origin.fault("cites", "expected at least one provision")
        for index, cite in enumerate(power.cites):
            yield from _citation(origin, f"cites[{index}]", cite)
        for index, condition in enumerate(power.conditions):
            yield from _citation(origin, f"conditions[{index}].cite", condition.cite)
        yield from _twice(
            [
                (condition.code, Origin(origin.file, f"{origin.path}.conditions[{index}]"))
                for index, condition in enumerate(power.conditions)
            ]
        )
        if (power.capacity == "assistance") != bool(power.assists):
            yield origin.fault("assists", "is written for assistance, and for nothing else")
        for index, code in enumerate(power.assists):
            helped = own.get(code)
            if helped is None or helped.agency == power.agency:
                yield origin.fault(
                    f"assists[{index}]", f"{code} is no own control of another agency"
                )


def _citation(origin: Origin, field: str, text: str) -> Iterator[Fault]:
    try:
        Citation.parse(text)
    except CitationError as error:
        yield origin.fault(field, str(error))


def _twice(coded: Iterable[tuple[str, Origin]]) -> Iterator[Fault]:
    met: set[str] = set()
    for code, origin in coded:
        if code in met:
            yield origin.fault("code", f"{code} stands twice")
        met.add(code)
