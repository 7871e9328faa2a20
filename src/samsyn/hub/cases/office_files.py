"""Is this archive a document we can keep, and is nothing hidden in it that bursts or runs?

A document is kept sealed as it came and is not shown; it is looked into all the same, because
somebody will open the original. Members are unpacked into nothing, piece by piece and against one
budget, because the sizes that an archive states about itself may lie.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

MOST_MEMBERS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200
"""Times larger unpacked than packed, over the whole archive; XML seldom passes 50."""
RATIO_FROM = 10 * 1024 * 1024
"""Below this the ratio says nothing: a small file of spaces is harmless."""
MOST_DEPTH = 2
"""An archive in the document, as an embedded table is, and one within that; no further."""

_PIECE = 64 * 1024
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
}
_ODT = b"application/vnd.oasis.opendocument.text"
_ACTIVE = re.compile(
    r"vbaproject\.bin|vbadata\.xml|(^|/)basic/|(^|/)scripts/|activex|\.(exe|dll|scr|js|vbs|bat|cmd"
    r"|ps1|jar|lnk|hta|com|msi)$",
    re.IGNORECASE,
)

NO_DOCUMENT = Text(
    sv="Filen är ett arkiv, eller ett dokument av en sort som inte tas emot.",
    en="The file is an archive, or a document of a kind that is not taken in.",
)
NO_DOCUMENT_REMEDY = Text(
    sv="Packa upp arkivet och lämna in filerna en och en; PDF, DOCX, XLSX och ODT tas emot.",
    en="Unpack the archive and hand in the files one by one; PDF, DOCX, XLSX and ODT are taken in.",
)
BROKEN = Text(
    sv="Dokumentet är trasigt eller krypterat.", en="The document is broken or encrypted."
)
BROKEN_REMEDY = Text(
    sv="Öppna det, spara det på nytt utan lösenord och lämna in den nya filen.",
    en="Open it, save it anew without a password and hand in the new file.",
)
BURSTS = Text(
    sv="Dokumentet blir orimligt stort när det packas upp.",
    en="The document grows unreasonably large when it is unpacked.",
)
NESTED = Text(
    sv="Dokumentet har arkiv inuti arkiv i för många led.",
    en="The document holds archives within archives, too many deep.",
)
STRAY_PATH = Text(
    sv="Dokumentet har en del vars namn leder ut ur det.",
    en="The document has a part whose name leads out of it.",
)
ACTIVE = Text(
    sv="Dokumentet innehåller makron, program eller aktiva delar.",
    en="The document holds macros, programs or active parts.",
)
ACTIVE_REMEDY = Text(
    sv="Spara det utan makron (som .docx, .xlsx eller .odt), eller som PDF, och lämna in det.",
    en="Save it without macros (as .docx, .xlsx or .odt), or as PDF, and hand that in.",
)


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, over all archives of one file."""

    members: int
    octets: int
    spent: int = 0

    def spend(self, octets: int, packed: int) -> None:
        self.spent += octets
        too_dense = self.spent > RATIO_FROM and self.spent > MOST_RATIO * packed
        if self.spent > self.octets or too_dense:
            raise Refused(BURSTS, next_step=BROKEN_REMEDY)


def office_type(data: bytes) -> str:
    """The media type of a document in a ZIP archive.

    Raises:
        Refused: if it is no document that we take in, or something in it bursts or runs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            media_type = _kind(archive)
            if media_type is None:
                raise Refused(NO_DOCUMENT, next_step=NO_DOCUMENT_REMEDY)
            _look_into(archive, len(data), _Budget(MOST_MEMBERS, MOST_UNPACKED), depth=0)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError,
            ValueError, KeyError):  # fmt: skip
        raise Refused(BROKEN, next_step=BROKEN_REMEDY) from None
    return media_type


def _kind(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if "mimetype" in names:
        return _ODT.decode() if _start(archive, "mimetype").strip() == _ODT else None
    if "[Content_Types].xml" in names:
        types = _start(archive, "[Content_Types].xml")
        for media_type, main_part in _MAIN_PARTS.items():
            if main_part in types:
                return media_type
        if b"macroEnabled" in types:
            raise Refused(ACTIVE, next_step=ACTIVE_REMEDY)
    return None


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(1024 * 1024)


def _look_into(archive: zipfile.ZipFile, packed: int, budget: _Budget, depth: int) -> None:
    for member in archive.infolist():
        budget.members -= 1
        if budget.members < 0:
            raise Refused(BURSTS, next_step=BROKEN_REMEDY)
        _refuse_name(member.filename)
        if member.flag_bits & 1:
            raise Refused(BROKEN, next_step=BROKEN_REMEDY)
        inner = _unpacked(archive, member, packed, budget)
        if inner is None:
            continue
        if depth + 1 > MOST_DEPTH:
            raise Refused(NESTED, next_step=BROKEN_REMEDY)
        with zipfile.ZipFile(io.BytesIO(inner)) as nested:
            _look_into(nested, packed, budget, depth + 1)


def _refuse_name(name: str) -> None:
    steps = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\x00" in name:
        raise Refused(STRAY_PATH, next_step=BROKEN_REMEDY)
    if _ACTIVE.search(name):
        raise Refused(ACTIVE, next_step=ACTIVE_REMEDY)


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, packed: int, budget: _Budget
) -> bytes | None:
    """Unpack a member within the budget; its octets if it is an archive itself."""
    kept: list[bytes] = []
    with archive.open(member) as source:
        while piece := source.read(_PIECE):
            budget.spend(len(piece), packed)
            if kept or piece.startswith(b"PK\x03\x04"):
                kept.append(piece)
    return b"".join(kept) if kept else None
