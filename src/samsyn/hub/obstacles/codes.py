"""Which needs and consequences does the obstacle register know, and which figures are too small?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law.loading import packaged_folder, read_list

FILE = Path("organisation/obstacles.yaml")
LARGEST_SMALL = 100


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need or a consequence that an officer chooses.

    Attributes:
        code: as the rows have it.
        name: in words.
    """

    code: str
    name: Text


class _Smallest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at_least: int


class ObstacleCodes(msgspec.Struct, frozen=True, kw_only=True):
    """The closed lists of the register.

    Attributes:
        needs, consequences: by code, in the order of the file.
        smallest: a figure below it is not told outside the agency.
    """

    needs: Mapping[str, Text]
    consequences: Mapping[str, Text]
    smallest: int


def load_codes(folder: Path | None = None) -> ObstacleCodes:
    """Read and check the lists.

    Raises:
        FaultyFiles: naming file, line and fault.
    """
    faults: list[Fault] = []
    path = (folder or packaged_folder()) / FILE
    needs = _choices(path, "needs", faults)
    consequences = _choices(path, "consequences", faults)
    small = list(read_list(path, "smallest", _Smallest, faults))
    for entry, origin in small:
        if not 1 <= entry.at_least <= LARGEST_SMALL:
            faults.append(origin.fault("at_least", f"expected 1 to {LARGEST_SMALL}"))
    if not faults and len(small) != 1:
        faults.append(Fault(path, 1, "smallest", "expected exactly one entry"))
    if faults:
        raise FaultyFiles(faults)
    return ObstacleCodes(needs=needs, consequences=consequences, smallest=small[0][0].at_least)


def _choices(path: Path, key: str, faults: list[Fault]) -> Mapping[str, Text]:
    found: dict[str, Text] = {}
    for choice, origin in read_list(path, key, Choice, faults):
        if choice.code in found:
            faults.append(origin.fault("code", f"{choice.code} stands twice"))
        if not choice.name.sv.strip() or not choice.name.en.strip():
            faults.append(origin.fault("name", "is empty; write it in both languages"))
        found[choice.code] = choice.name
    return MappingProxyType(found)


@cache
def obstacle_codes() -> ObstacleCodes:
    """The lists of the packaged rulebook, read once."""
    return load_codes()
