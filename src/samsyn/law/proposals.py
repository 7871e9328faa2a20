"""What would the rulebook be under a bill?

A proposal is a file that says what it changes: fields of a rule that get other values, rules that
go, blocks that come. The rulebook it makes is read and checked as any other, so that a bill that
does not fit the law it changes is refused with file, line and fault.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law import schema
from samsyn.law.loading import Origin, packaged_folder, read_list
from samsyn.law.rulebook import Rulebook
from samsyn.law.yaml_files import read_yaml

Status = Literal["proposed", "adopted", "rejected"]


class BillHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a proposal is.

    Attributes:
        code: as it is chosen by; the name of its file.
        title: what it is called.
        says: what it would change, and in which way it is tried here.
        status: ``proposed``, ``adopted`` or ``rejected``.
        source: the bill or inquiry.
    """

    code: str
    title: Text
    says: Text
    status: Status
    source: schema.Source


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One change to one file of the rulebook.

    Attributes:
        file: its place in the rulebook, ``acts/2009-400.yaml``.
        rule: name of the rule that is changed or taken away.
        set: field of the block → its new value.
        remove: whether the rule is taken away.
        add: a whole new block.
    """

    file: str
    rule: str = ""
    set: dict[str, Any] = {}
    remove: bool = False
    add: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill and what it changes.

    Attributes:
        head: what it is.
        path: its file.
        changes: each with where it stands.
    """

    head: BillHead
    path: Path
    changes: tuple[tuple[Change, Origin], ...]

    def rulebook(self, base: Path | None = None) -> Rulebook:
        """The rulebook as it would be.

        Args:
            base: the rulebook it changes; the Swedish one that comes with Samsyn when not given.

        Raises:
            FaultyFiles: if a change does not fit the rulebook, or what comes of it is at fault.
        """
        base = base or packaged_folder()
        with tempfile.TemporaryDirectory(prefix="samsyn-proposal-") as made:
            folder = Path(made) / base.name
            shutil.copytree(base, folder)
            self._change(folder)
            try:
                rulebook = Rulebook.load(folder)
            except FaultyFiles as error:
                raise FaultyFiles([self._ours(fault, folder) for fault in error.faults]) from None
        rulebook.version = f"{rulebook.version}+{self.head.code}"
        return rulebook

    def _ours(self, fault: Fault, folder: Path) -> Fault:
        """A fault of the changed rulebook, said of the proposal that made it."""
        place = fault.file.relative_to(folder).as_posix()
        said = f"makes {place} faulty: {fault.field}: {fault.expected}"
        return Fault(self.path, 1, "changes", said)

    def _change(self, folder: Path) -> None:
        faults: list[Fault] = []
        contents: dict[str, Any] = {}
        for change, origin in self.changes:
            path = folder / change.file
            if path.resolve().parent.parent != folder.resolve() or not path.is_file():
                faults.append(origin.fault("file", f"no such file of an act: {change.file}"))
                continue
            content = contents.setdefault(change.file, read_yaml(path).content)
            faults += _apply(change, origin, content["blocks"])
        if faults:
            raise FaultyFiles(faults)
        for name, content in contents.items():
            # JSON is YAML, and keeps a text a text.
            (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def _apply(change: Change, origin: Origin, blocks: list[dict[str, Any]]) -> list[Fault]:
    if change.add:
        if change.add.get("rule") in {block.get("rule") for block in blocks}:
            return [origin.fault("add", f"the rule {change.add['rule']} stands there already")]
        blocks.append(dict(change.add))
        return []
    found = [block for block in blocks if block.get("rule") == change.rule]
    if not found:
        return [origin.fault("rule", f"no such rule in {change.file}: {change.rule}")]
    for block in found:
        if change.remove:
            blocks.remove(block)
        else:
            block.update(change.set)
    return []


def proposals_folder() -> Path:
    """Where the proposals lie that come with Samsyn."""
    return packaged_folder().parent / "proposals"


def read_proposal(path: Path) -> Bill:
    """Read one proposal.

    Raises:
        FaultyFiles: naming file, line and fault.
    """
    faults: list[Fault] = []
    heads = list(read_list(path, "proposal", BillHead, faults))
    changes = tuple(read_list(path, "changes", Change, faults)) if heads else ()
    if not faults and len(heads) != 1:
        faults.append(Fault(path, 1, "proposal", "expected exactly one entry"))
    for head, origin in heads:
        if head.code != path.stem:
            faults.append(origin.fault("code", f"expected the name of the file, {path.stem}"))
    for change, origin in changes:
        if sum(map(bool, (change.set, change.remove, change.add))) != 1:
            faults.append(origin.fault("", "expected one of set, remove and add"))
    if heads and not changes and not faults:
        faults.append(Fault(path, 1, "changes", "expected at least one change"))
    if faults:
        raise FaultyFiles(faults)
    return Bill(heads[0][0], path, changes)


def read_proposals(folder: Path | None = None) -> Mapping[str, Bill]:
    """Every proposal of a folder by its code, in the order of the names.

    Raises:
        FaultyFiles: naming file, line and fault, of the first file that has any.
    """
    paths = sorted((folder or proposals_folder()).glob("*.yaml"))
    found = [read_proposal(path) for path in paths]
    return MappingProxyType({proposal.head.code: proposal for proposal in found})


def proposed_rulebook(path: Path, base: Path | None = None) -> Rulebook:
    """The rulebook of a proposal: a file with changes, or a folder with a whole rulebook.

    Raises:
        FaultyFiles: naming file, line and fault.
    """
    if path.is_dir():
        return Rulebook.load(path)
    return read_proposal(path).rulebook(base)
