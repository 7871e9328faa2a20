"""What is shown of a file, without ever opening the file itself in front of anybody?

The kind is judged by content, pictures and PDF pages are made into new pictures in a short-lived
process that is confined (:mod:`samsyn.hub.cases.confinement`), text is given as text. What is
returned holds pixels or characters and nothing else. Octets in, preview out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from samsyn.hub.cases.file_types import PDF, PICTURES, PLAIN, decoded, judge
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

PAGE_TYPE = "image/webp"

_INVISIBLE = {
    code: f"[U+{code:04X}]"
    for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
}
_NOTES = {
    "more_pages": Text(
        sv="Bara de första {pages} sidorna visas; resten finns i originalet.",
        en="Only the first {pages} pages are shown; the rest is in the original.",
    ),
    "first_frame": Text(
        sv="Bilden är rörlig; bara den första bilden visas.",
        en="The picture moves; only its first frame is shown.",
    ),
    "not_cleaned": Text(
        sv="Ingen rensad PDF kunde göras; sidorna visas som bilder.",
        en="No cleaned PDF could be made; the pages are shown as pictures.",
    ),
    "hidden_text": Text(
        sv="Den rensade PDF:en är inte maskad: text under övertäckta fält finns kvar i den.",
        en="The cleaned PDF is not masked: text under covered areas is still in it.",
    ),
    "document": Text(
        sv="Dokumentet förvaras som det kom och visas inte här; begär en PDF om det ska läsas i "
        "ärenderummet.",
        en="The document is kept as it came and is not shown here; ask for a PDF if it is to be "
        "read in the case room.",
    ),
    "invisible": Text(
        sv="Texten har osynliga tecken som kan ändra hur den läses; de visas som [U+…].",
        en="The text has invisible characters that can change how it reads; they are shown as "
        "[U+…].",
    ),
    "cut": Text(
        sv="Bara de första {characters} tecknen visas; resten finns i originalet.",
        en="Only the first {characters} characters are shown; the rest is in the original.",
    ),
    "network_open": Text(
        sv="Denna värd kunde inte stänga nätet för den process som gjorde visningskopian.",
        en="This host could not close the network to the process that made the shown copy.",
    ),
}
ABOUT_CLEANED = _NOTES["hidden_text"]
"""Said of the cleaned PDF, for those who show that one."""
_REASONS = {
    "pixels": Text(
        sv="Bilden är större än {megapixels} miljoner bildpunkter, som är gränsen.",
        en="The picture has more than {megapixels} million pixels, which is the limit.",
    ),
    "password": Text(sv="Filen är låst med lösenord.", en="The file is locked with a password."),
    "broken": Text(
        sv="Filen är trasig och kan inte visas.", en="The file is broken and cannot be shown."
    ),
    "too_heavy": Text(
        sv="Filen tar för mycket minne eller tid att visa.",
        en="The file takes too much memory or time to show.",
    ),
}
_REMEDIES = {
    "pixels": Text(
        sv="Minska den i ett bildprogram och lämna in den på nytt.",
        en="Make it smaller in a picture program and hand it in anew.",
    ),
    "password": Text(
        sv="Spara den utan lösenord och lämna in den på nytt.",
        en="Save it without a password and hand it in anew.",
    ),
}
_SAVE_ANEW = Text(
    sv="Öppna den, skriv ut den till en ny PDF och lämna in den.",
    en="Open it, print it to a new PDF and hand that in.",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is shown, and at what cost.

    Attributes:
        pages: shown of a PDF or TIFF.
        pixels: that a picture may state to have.
        side: longest side of a page shown, in pixels.
        characters: shown of a text.
        memory: address space of the process, in octets.
        seconds: of processor time; as many again on the clock, and ten.
        output: octets that the process may give back.
    """

    pages: int = 200
    pixels: int = 120_000_000
    side: int = 1800
    characters: int = 500_000
    memory: int = 2 * 1024**3
    seconds: int = 120
    output: int = 400 * 1024**2


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a file.

    Attributes:
        media_type: what the original is.
        pages: pictures of type :data:`PAGE_TYPE`, one a page; none for text and documents.
        text: of a plain text; characters, which the page that shows them has to escape.
        cleaned: a PDF without anything active, for reading and searching; None if there is none.
        warnings: what the reader has to know.
        fences: which of the fences ``limits``, ``network`` and ``files`` stood.
    """

    media_type: str
    pages: tuple[bytes, ...] = ()
    text: str = ""
    cleaned: bytes | None = None
    warnings: tuple[Text, ...] = ()
    fences: frozenset[str] = field(default_factory=frozenset)

    @property
    def page_type(self) -> str:
        """The media type of the pages; empty if there are none."""
        return PAGE_TYPE if self.pages else ""


def preview(data: bytes, name: str = "", limits: Limits | None = None) -> Preview:
    """What is shown of a file.

    Args:
        data: the whole file.
        name: what its giver calls it; used for a remark and for nothing else.
        limits: others than the usual.

    Raises:
        Refused: with reason and next step, if it is not taken in or cannot be shown.
    """
    limits = limits or Limits()
    kind = judge(data, name)
    if kind.media_type in PICTURES or kind.media_type == PDF:
        return _drawn(data, kind.media_type, kind.remarks, limits)
    if kind.media_type == PLAIN:
        return _text(data, kind.remarks, limits)
    return Preview(kind.media_type, warnings=(*kind.remarks, _NOTES["document"]))


def _text(data: bytes, remarks: tuple[Text, ...], limits: Limits) -> Preview:
    text = (decoded(data) or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x1b", "")
    codes = []
    if len(text) > limits.characters:
        text = text[: limits.characters]
        codes.append("cut")
    shown = text.translate(_INVISIBLE)
    if shown != text:
        codes.append("invisible")
    return Preview(PLAIN, text=shown, warnings=(*remarks, *_worded(codes, limits)))


def _drawn(data: bytes, media_type: str, remarks: tuple[Text, ...], limits: Limits) -> Preview:
    head, body = _in_own_process(data, media_type, limits)
    if head["error"]:
        raise _refused(head["error"], limits)
    pages, at = [], 0
    for length in head["pages"]:
        pages.append(body[at : at + length])
        at += length
    cleaned = body[at : at + head["cleaned"]] or None
    codes = list(head["notes"])
    if cleaned:
        codes.append("hidden_text")
    if "network" not in head["standing"]:
        codes.append("network_open")
    return Preview(
        media_type,
        pages=tuple(pages),
        cleaned=cleaned,
        warnings=(*remarks, *_worded(codes, limits)),
        fences=frozenset(head["standing"]),
    )


def _in_own_process(data: bytes, media_type: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Have the file opened by a process that has nothing to lose.

    Raises:
        Refused: if it does not come to an end, or gives back something else than a copy.
    """
    job = {
        "kind": media_type,
        "pages": limits.pages,
        "pixels": limits.pixels,
        "side": limits.side,
        "memory": limits.memory,
        "seconds": limits.seconds,
        "output": limits.output,
    }
    # In memory, never on disk; and of an output that is bounded by the system, not by trust.
    with _in_memory("input") as source, _in_memory("output") as out:
        source.write(json.dumps(job).encode() + b"\n")
        source.write(data)
        source.flush()
        source.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", "-m", "samsyn.hub.cases.preview_worker"],
                stdin=source,
                stdout=out,
                stderr=subprocess.DEVNULL,
                # No environment: the keys of the hub are in ours.
                env={},
                cwd="/",
                close_fds=True,
                start_new_session=True,
                timeout=2 * limits.seconds + 10,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _refused("too_heavy", limits) from None
        out.seek(0)
        written = out.read()
    first, _, body = written.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(first)
        complete = head["error"] or sum(head["pages"]) + head["cleaned"] == len(body)
    except (ValueError, KeyError, TypeError):
        complete = False
    if done.returncode or not complete:
        # Killed at a limit, or taken over: either way nothing of it is used.
        raise _refused("too_heavy", limits)
    return head, body


def _in_memory(name: str) -> BinaryIO:
    return os.fdopen(os.memfd_create(name), "w+b")


def _worded(codes: list[str], limits: Limits) -> list[Text]:
    return [_filled(_NOTES[code], limits) for code in dict.fromkeys(codes) if code in _NOTES]


def _refused(code: str, limits: Limits) -> Refused:
    reason = _REASONS.get(code, _REASONS["broken"])
    return Refused(_filled(reason, limits), next_step=_REMEDIES.get(code, _SAVE_ANEW))


def _filled(text: Text, limits: Limits) -> Text:
    values = {
        "pages": limits.pages,
        "characters": limits.characters,
        "megapixels": limits.pixels // 1_000_000,
    }
    return Text(sv=text.sv.format(**values), en=text.en.format(**values))
