"""Which kinds of facts does an officer choose from, and what is proposed with each?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Language, Text
from samsyn.law.loading import packaged_folder, read_list

FILE = Path("organisation/fact_kinds.yaml")


class FactKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of fact.

    Attributes:
        code: item kind, as questions to the law use it.
        subject: ``person`` or ``company``, whom it is usually about.
        name: in words.
        holders: agency code → the activity in which such a fact usually arises there.
    """

    code: str
    subject: str
    name: Text
    holders: dict[str, str]


class UsualFunction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which capacity an agency usually receives something."""

    agency: str
    function: str


def load_functions(folder: Path | None = None) -> Mapping[str, str]:
    """Agency code → the function in which it usually receives.

    Raises:
        FaultyFiles: naming file, line and fault.
    """
    vocabulary = current_rulebook().vocabulary
    faults: list[Fault] = []
    found: dict[str, str] = {}
    path = (folder or packaged_folder()) / FILE
    for usual, origin in read_list(path, "functions", UsualFunction, faults):
        if vocabulary.functions.find(usual.function) is None:
            faults.append(origin.fault("function", f"no such function: {usual.function}"))
        found[usual.agency] = usual.function
    if faults:
        raise FaultyFiles(faults)
    return MappingProxyType(found)


def load_fact_kinds(folder: Path | None = None) -> Mapping[str, FactKind]:
    """Read and check the kinds of facts.

    Raises:
        FaultyFiles: naming file, line and fault.
    """
    vocabulary = current_rulebook().vocabulary
    agencies = {agency.code for agency, _ in current_rulebook().content.agencies}
    faults: list[Fault] = []
    kinds: dict[str, FactKind] = {}
    path = (folder or packaged_folder()) / FILE
    for kind, origin in read_list(path, "kinds", FactKind, faults):
        if kind.code in kinds:
            faults.append(origin.fault("code", f"the kind {kind.code} stands twice"))
        if kind.subject not in ("person", "company"):
            faults.append(
                origin.fault("subject", f"expected person or company, found {kind.subject}")
            )
        for agency, activity in kind.holders.items():
            if agency not in agencies:
                faults.append(origin.fault("holders", f"no such agency: {agency}"))
            if vocabulary.activities.find(activity) is None:
                faults.append(origin.fault("holders", f"no such activity: {activity}"))
        kinds[kind.code] = kind
    if faults:
        raise FaultyFiles(faults)
    return MappingProxyType(kinds)


@cache
def fact_kinds() -> Mapping[str, FactKind]:
    """The kinds of the packaged rulebook, read once."""
    return load_fact_kinds()


@cache
def usual_function(agency: str) -> str:
    """The capacity an agency usually receives in; empty when nobody has said."""
    return load_functions().get(agency, "")


def kind_name(code: str, language: Language = "sv") -> str:
    """What a kind is called; a kind in free words is called by them."""
    kind = fact_kinds().get(code)
    return kind.name.into(language) if kind else code.replace("_", " ")


def kinds_of(agency: str) -> list[FactKind]:
    """The kinds that usually arise at an agency, then the others."""
    kinds = fact_kinds().values()
    return sorted(kinds, key=lambda kind: (agency not in kind.holders, kind.name.sv))
