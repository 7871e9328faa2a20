"""How does a folder of rulebook files become blocks, or a list of faults?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from samsyn.kernel.dates import DateError, read_day, read_end, read_start
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law import schema
from samsyn.law.yaml_files import YamlFile, read_yaml

Struct = TypeVar("Struct", bound=msgspec.Struct)
_AT = re.compile(r" - at `(?:key in )?\$(.*?)`$")
_VOCABULARIES = ("purposes", "activities", "functions", "marks")
_DATES: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("start", "from", read_start),
    ("end", "to", read_end),
    ("covers_from", "covers_from", read_day),
    ("read_until", "read_until", read_day),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block stands: its file and the path of the block in it."""

    file: YamlFile
    path: str

    def fault(self, field_name: str, expected: str) -> Fault:
        """A fault in a field of this block."""
        path = f"{self.path}.{field_name}" if self.path and field_name else self.path or field_name
        return self.file.fault(path, expected)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of an act, with the act and the place it stands in."""

    act: schema.ActHead
    block: schema.AnyBlock
    origin: Origin


@dataclass(slots=True)
class Content:
    """Everything a rulebook's files say, not yet checked against each other."""

    folder: Path
    head: schema.Head
    acts: list[tuple[schema.ActHead, Origin]] = field(default_factory=list)
    blocks: list[Placed] = field(default_factory=list)
    agencies: list[tuple[schema.Agency, Origin]] = field(default_factory=list)
    circles: list[tuple[schema.Circle, Origin]] = field(default_factory=list)
    offences: list[tuple[schema.Offence, Origin]] = field(default_factory=list)
    categories: list[tuple[schema.Category, Origin]] = field(default_factory=list)
    facts: list[tuple[schema.Fact, Origin]] = field(default_factory=list)
    vocabularies: dict[str, list[tuple[schema.Code, Origin]]] = field(default_factory=dict)


def packaged_folder(jurisdiction: str = "se") -> Path:
    """The rulebook that comes with Samsyn."""
    return Path(str(resources.files("samsyn"))) / "rulebook" / jurisdiction


def read_content(folder: Path) -> Content:
    """Read all files of a rulebook.

    Raises:
        FaultyFiles: with every fault found in the form of the files.
    """
    if not (folder / "rulebook.yaml").is_file():
        raise FaultyFiles(
            [Fault(folder, 0, "", "is not a rulebook: expected a folder that holds rulebook.yaml")]
        )
    faults: list[Fault] = []
    head = read_single(folder / "rulebook.yaml", schema.Head, faults)
    content = Content(folder, head or _NO_HEAD)
    content.agencies = list(read_list(folder / "agencies.yaml", "agencies", schema.Agency, faults))
    content.circles = list(read_list(folder / "circles.yaml", "circles", schema.Circle, faults))
    content.offences = list(read_list(folder / "offences.yaml", "offences", schema.Offence, faults))
    content.categories = list(
        read_list(folder / "categories.yaml", "categories", schema.Category, faults)
    )
    content.facts = list(
        read_list(folder / "vocabulary" / "facts.yaml", "facts", schema.Fact, faults)
    )
    for name in _VOCABULARIES:
        path = folder / "vocabulary" / f"{name}.yaml"
        content.vocabularies[name] = list(read_list(path, "codes", schema.Code, faults))
    for path in sorted((folder / "acts").glob("*.yaml")):
        _read_act(path, content, faults)
    if not content.acts and not faults:
        faults.append(Fault(folder / "acts", 0, "", "holds no act: expected at least one file"))
    if faults:
        raise FaultyFiles(faults)
    return content


_NO_HEAD = schema.Head(
    jurisdiction="",
    version="",
    covers_from="1970-01-01",
    read_until="1970-01-01",
    title=Text(sv="", en=""),
)


def _read_act(path: Path, content: Content, faults: list[Fault]) -> None:
    file = _file(path, faults)
    if file is None:
        return
    if not isinstance(file.content, dict):
        faults.append(file.fault("", "expected the head of an act and its blocks"))
        return
    head_fields = {key: value for key, value in file.content.items() if key != "blocks"}
    head = _convert(head_fields, schema.ActHead, Origin(file, ""), faults)
    blocks = file.content.get("blocks")
    if not isinstance(blocks, list):
        faults.append(file.fault("blocks", "expected a list of blocks"))
        return
    if head is not None:
        content.acts.append((head, Origin(file, "")))
    for index, raw in enumerate(blocks):
        origin = Origin(file, f"blocks[{index}]")
        block: schema.AnyBlock | None = _convert(raw, schema.AnyBlock, origin, faults)
        if block is not None and head is not None:
            content.blocks.append(Placed(head, block, origin))


def _file(path: Path, faults: list[Fault]) -> YamlFile | None:
    try:
        return read_yaml(path)
    except FaultyFiles as error:
        faults.extend(error.faults)
        return None


def read_single(path: Path, kind: type[Struct], faults: list[Fault]) -> Struct | None:
    """What a whole file says; what cannot be read is added to the faults."""
    file = _file(path, faults)
    if file is None:
        return None
    converted: Struct | None = _convert(file.content, kind, Origin(file, ""), faults)
    return converted


def read_list(
    path: Path, key: str, kind: type[Struct], faults: list[Fault]
) -> Iterator[tuple[Struct, Origin]]:
    """The entries of one list in a file; what cannot be read is added to the faults."""
    file = _file(path, faults)
    if file is None:
        return
    entries = file.content.get(key) if isinstance(file.content, dict) else None
    if not isinstance(entries, list):
        faults.append(file.fault(key, f"expected a list named {key}"))
        return
    for index, raw in enumerate(entries):
        origin = Origin(file, f"{key}[{index}]")
        converted: Struct | None = _convert(raw, kind, origin, faults)
        if converted is not None:
            yield converted, origin


def _convert(raw: Any, kind: Any, origin: Origin, faults: list[Fault]) -> Any:
    try:
        converted = msgspec.convert(raw, kind)
        return converted if _dates_are_read(converted, origin, faults) else None
    except msgspec.ValidationError as error:
        message = str(error)
        where = _AT.search(message)
        field_name = where[1].lstrip(".") if where else ""
        faults.append(origin.fault(field_name, _AT.sub("", message)))
        return None


def _dates_are_read(block: Any, origin: Origin, faults: list[Fault]) -> bool:
    found = len(faults)
    for attribute, written, read in _DATES:
        text = getattr(block, attribute, None)
        if text is not None:
            try:
                read(text)
            except DateError as error:
                faults.append(origin.fault(written, str(error)))
    for index, member in enumerate(getattr(block, "members", ())):
        _dates_are_read(member, Origin(origin.file, f"{origin.path}.members[{index}]"), faults)
    return len(faults) == found
