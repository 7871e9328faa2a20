"""What is this file really, and is it one that we take in?

Judged by content; a name is only compared with what was found. A short list is let in, everything
else is refused with what to do instead. What is two things at once, so that one program sees a
picture and another a page with scripts, is refused as well.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import puremagic

from samsyn.hub.cases.office_files import office_type
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

MOST_OCTETS = 200 * 1024 * 1024
"""Largest file that is taken in."""

MOST_TEXT = 20 * 1024 * 1024
"""Largest plain text: a person reads it, no program."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff"})
PDF = "application/pdf"
PLAIN = "text/plain"

_ENDINGS = {
    PDF: ("pdf",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    PLAIN: ("txt", "csv", "tsv", "log", "text", "md", "asc"),
}
_HEIF_BRANDS = (
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis",
)  # fmt: skip
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|script[\s>]|iframe[\s>]|svg[\s>:]"
    rb"|\?xml\s|\?php)",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html[\s>]|script[\s>]|iframe[\s>]|svg[\s>])", re.I)
_SCRIPT = re.compile(rb"<\s*(?:script|html)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")

ACCEPTED = Text(
    sv="PDF, JPEG, PNG, WebP, TIFF, ren text, DOCX, XLSX och ODT tas emot.",
    en="PDF, JPEG, PNG, WebP, TIFF, plain text, DOCX, XLSX and ODT are taken in.",
)
HEIC = Text(
    sv="Bilden är i formatet HEIC eller AVIF, som inte kan visas säkert här.",
    en="The picture is in the format HEIC or AVIF, which cannot be shown safely here.",
)
HEIC_REMEDY = Text(
    sv="Spara den som JPEG; i en iPhone: Inställningar, Kamera, Format, Mest kompatibelt.",
    en="Save it as JPEG; on an iPhone: Settings, Camera, Formats, Most Compatible.",
)
MARKUP = Text(
    sv="Filen är en webbsida, SVG-bild eller annan märkspråkstext, som kan innehålla program.",
    en="The file is a web page, SVG picture or other markup, which can hold programs.",
)
MARKUP_REMEDY = Text(
    sv="Skriv ut den till PDF, eller spara en skärmbild som PNG, och lämna in den.",
    en="Print it to PDF, or save a screenshot as PNG, and hand that in.",
)
TWO_THINGS = Text(
    sv="Filen är två saker på en gång ({first} och {second}) och kan därför inte visas säkert.",
    en="The file is two things at once ({first} and {second}), so it cannot be shown safely.",
)
TWO_THINGS_REMEDY = Text(
    sv="Öppna den i det program den är gjord för, spara den på nytt och lämna in den nya filen.",
    en="Open it in the program it was made for, save it anew and hand in the new file.",
)
UNKNOWN = Text(
    sv="Filen är av en sort som inte tas emot{guess}.",
    en="The file is of a kind that is not taken in{guess}.",
)
TOO_LARGE = Text(
    sv="Filen är större än {most} MiB, som är gränsen.",
    en="The file is larger than {most} MiB, which is the limit.",
)
TOO_LARGE_REMEDY = Text(
    sv="Dela upp den, eller lämna in den del som ärendet gäller.",
    en="Split it, or hand in the part that the case is about.",
)
EMPTY = Text(sv="Filen är tom.", en="The file is empty.")
EMPTY_REMEDY = Text(sv="Välj filen på nytt.", en="Choose the file again.")
OTHER_NAME = Text(
    sv="Namnet slutar på .{ending}, men filen är {kind}.",
    en="The name ends in .{ending}, but the file is {kind}.",
)


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is.

    Attributes:
        media_type: one of those taken in.
        remarks: what a person should know of it.
    """

    media_type: str
    remarks: tuple[Text, ...] = ()


def judge(data: bytes, name: str = "") -> FileType:
    """Which of the kinds taken in a file is.

    Args:
        data: the whole file.
        name: what the giver calls it; nothing follows from it but a remark.

    Raises:
        Refused: with the reason and what to do, if it is not one of them.
    """
    if not data:
        raise Refused(EMPTY, next_step=EMPTY_REMEDY)
    if len(data) > MOST_OCTETS:
        raise _too_large(MOST_OCTETS)
    media_type = _by_signature(data) or _as_text(data)
    if media_type is None:
        raise _unknown(data)
    _refuse_two_things(data, media_type)
    return FileType(media_type, _remark_on(name, media_type))


def decoded(data: bytes) -> str | None:
    """The text in a file, if it is one: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codings = ["utf-16"]
    else:
        codings = ["utf-8-sig", "cp1252"]
    for coding in codings:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    return None


def _by_signature(data: bytes) -> str | None:
    """What the first octets say, as the formats themselves demand it."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return "image/tiff"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise Refused(HEIC, next_step=HEIC_REMEDY)
    if data.startswith(b"PK"):
        return office_type(data)
    return None


def _as_text(data: bytes) -> str | None:
    text = decoded(data)
    if text is None:
        return None
    if len(data) > MOST_TEXT:
        raise _too_large(MOST_TEXT)
    start = text[:4096].lstrip("\ufeff \t\r\n\f").encode()
    if start.startswith(b"<") or _MARKUP.search(start[:1024]):
        raise Refused(MARKUP, next_step=MARKUP_REMEDY)
    if start.startswith((b"{\\rtf", b"%!PS", b"%PDF")) or b"%PDF-" in start:
        return None
    return PLAIN


def _refuse_two_things(data: bytes, media_type: str) -> None:
    """Refuse what another program would take for something else.

    A browser looks for markup in the first 512 to 1445 octets, a PDF reader for its mark in the
    first 1024, and a program for archives begins at the end of the file.
    """
    others = {
        PDF: b"%PDF-" in data[:2048],
        "ZIP": _ends_as_archive(data),
        "HTML": bool(_PAGE.search(data[:2048])) or _script_beside(data, media_type),
    }
    own = PDF if media_type == PDF else "ZIP" if data.startswith(b"PK") else ""
    for other, found in others.items():
        if found and other != own and not (other == "HTML" and _may_name_markup(media_type)):
            said = Text(
                sv=TWO_THINGS.sv.format(first=_short(media_type), second=_short(other)),
                en=TWO_THINGS.en.format(first=_short(media_type), second=_short(other)),
            )
            raise Refused(said, next_step=TWO_THINGS_REMEDY)


def _may_name_markup(media_type: str) -> bool:
    # Text was looked at where it is read, and a document's XML is packed.
    return media_type == PLAIN or media_type.startswith("application/vnd.")


def _script_beside(data: bytes, media_type: str) -> bool:
    """Is there a script in what stands around a picture's own data?"""
    if media_type not in PICTURES:
        return False
    return _SCRIPT.search(data) is not None


def _ends_as_archive(data: bytes) -> bool:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    # The record is 22 octets and a remark of the stated length; anything else is chance.
    return at >= 0 and at + 22 <= len(data) and b"PK\x01\x02" in data


def _remark_on(name: str, media_type: str) -> tuple[Text, ...]:
    _, dot, ending = name.rpartition(".")
    ending = ending.lower()
    if not dot or ending in _ENDINGS[media_type]:
        return ()
    if media_type == PLAIN and ending not in {one for ends in _ENDINGS.values() for one in ends}:
        return ()
    shown = re.sub(r"[^a-z0-9åäö]", "", ending)[:12]
    kind = _short(media_type)
    return (
        Text(
            sv=OTHER_NAME.sv.format(ending=shown, kind=kind),
            en=OTHER_NAME.en.format(ending=shown, kind=kind),
        ),
    )


def _short(media_type: str) -> str:
    endings = _ENDINGS.get(media_type)
    return endings[0].upper() if endings else media_type


def _too_large(most: int) -> Refused:
    size = most // (1024 * 1024)
    said = Text(sv=TOO_LARGE.sv.format(most=size), en=TOO_LARGE.en.format(most=size))
    return Refused(said, next_step=TOO_LARGE_REMEDY)


def _unknown(data: bytes) -> Refused:
    """Refuse, and say what it looks like, so that a person understands."""
    try:
        matches = puremagic.magic_string(data[:65536])
        guess = max(matches, key=lambda match: match.confidence).name[:80]
    except (puremagic.PureError, ValueError, IndexError):
        guess = ""
    guess = re.sub(r"[^\w .,()/+-]", "", guess)
    said = Text(
        sv=UNKNOWN.sv.format(guess=f"; den ser ut som {guess}" if guess else ""),
        en=UNKNOWN.en.format(guess=f"; it looks like {guess}" if guess else ""),
    )
    return Refused(said, next_step=ACCEPTED)
