"""Which files of statute text are there: which act, which version, which dialect?

File names: ``sfs-2009-400.2024-05.md`` is act 2009:400 as of May 2024; ``.selected`` before the
suffix marks an excerpt of single sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from samsyn.kernel.faults import Fault, FaultyFiles

_FILE_NAME = re.compile(
    r"^sfs-(?P<year>\d{4})-(?P<number>\d+)\.(?P<label>(?P<y>\d{4})-(?P<m>\d{2}))(?P<sel>\.selected)?\.md$"
)


class Dialect(Enum):
    """How a file is written; decides what can be read from it.

    HEADED: front matter, a heading per section, paragraphs kept (label ``2025-09``).
    WRAPPED: hard-wrapped lines, paragraphs kept, marks of coming wordings (label ``2024-05``).
    FLATTENED: one line per section, paragraphs and lists lost, sections cut or missing
        (label ``2026-02``).
    EXCERPT: single sections with their entry into force in the heading (``.selected``).
    """

    HEADED = "headed"
    WRAPPED = "wrapped"
    FLATTENED = "flattened"
    EXCERPT = "excerpt"

    @property
    def keeps_paragraphs(self) -> bool:
        """True if paragraphs (stycken) and points can be told apart."""
        return self is not Dialect.FLATTENED

    @property
    def complete(self) -> bool:
        """True if a section that is absent from the file was not in the act."""
        return self in (Dialect.HEADED, Dialect.WRAPPED)


# The day of a snapshot is stated in the README of the texts, not in the files.
_DAY_OF_SNAPSHOT = {
    "2024-05": date(2024, 5, 1),
    "2025-09": date(2025, 9, 1),
    "2026-02": date(2026, 2, 12),
}


@dataclass(frozen=True, slots=True)
class StatuteFile:
    """One file of statute text.

    Attributes:
        path: where it lies.
        sfs: number of the act, ``2009:400``.
        label: the version as the file name has it, ``2024-05`` or ``2026-04.selected``.
        as_of: the day whose law the text shows; the first of the month when only that is known.
        dialect: how it is written.
    """

    path: Path
    sfs: str
    label: str
    as_of: date
    dialect: Dialect


def _dialect_of(path: Path, excerpt: bool) -> Dialect:
    if excerpt:
        return Dialect.EXCERPT
    with path.open(encoding="utf-8", errors="replace") as stream:
        head = [stream.readline() for _ in range(12)]
    if head[0].strip() == "---":
        return Dialect.HEADED
    if any(line.startswith("Snapshot ") for line in head):
        return Dialect.FLATTENED
    return Dialect.WRAPPED


def index_folder(folder: Path) -> dict[str, tuple[StatuteFile, ...]]:
    """Files per SFS number, oldest version first. Reads names and the first lines only.

    Raises:
        FaultyFiles: if the folder is missing, has no statute file, or a name holds no real month.
    """
    if not folder.is_dir():
        raise FaultyFiles([Fault(folder, 0, "", "there is no such folder of statute texts")])
    found: dict[str, list[StatuteFile]] = {}
    for path in sorted(folder.glob("sfs-*.md")):
        name = _FILE_NAME.match(path.name)
        if not name or not 1 <= int(name["m"]) <= 12:
            expected = "expected a name such as sfs-2009-400.2024-05.md or …2026-04.selected.md"
            raise FaultyFiles([Fault(path, 0, "", expected)])
        sfs = f"{name['year']}:{name['number']}"
        as_of = _DAY_OF_SNAPSHOT.get(name["label"], date(int(name["y"]), int(name["m"]), 1))
        label = name["label"] + (name["sel"] or "")
        dialect = _dialect_of(path, bool(name["sel"]))
        found.setdefault(sfs, []).append(StatuteFile(path, sfs, label, as_of, dialect))
    if not found:
        expected = "the folder holds no statute text; expected files named sfs-2009-400.2024-05.md"
        raise FaultyFiles([Fault(folder, 0, "", expected)])
    return {sfs: tuple(sorted(files, key=lambda f: f.as_of)) for sfs, files in found.items()}
