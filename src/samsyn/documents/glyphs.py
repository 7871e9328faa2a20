"""Which signs can be written with the fonts that come along, and what stands for the others?

A document for the archive may hold no sign without a glyph, and none that turns the reading order
round or cannot be seen: what somebody wrote must look like what it is.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TEXT_FONT = FONTS / "Inter-Regular.otf"
FALLBACK_FONT = FONTS / "DejaVuSans.ttf"

_UNSEEN = frozenset({"Cc", "Cf"})
_NEVER = frozenset({"Co", "Cs", "Cn"})


def writable(text: str, *, strict: bool = False) -> str:
    """The text in signs that have a glyph; the number of a sign that has none, as ``[U+1F9FE]``.

    Args:
        text: anything that anybody wrote.
        strict: keep only signs of the text font that stand alone.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_written(sign, strict) for sign in composed)


def covered(font: Path) -> frozenset[int]:
    """The numbers of the signs that a font has glyphs for."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == b"cmap":
            return frozenset(_mapped(data, start))
    raise ValueError(f"{font.name} has no table of its signs")


def _written(sign: str, strict: bool) -> str:
    if sign in "\n\t" or " " <= sign <= "~":
        return sign
    kind = unicodedata.category(sign)
    if kind in _UNSEEN or "VARIATION SELECTOR" in unicodedata.name(sign, ""):
        return ""
    if kind == "Zs" or kind in ("Zl", "Zp"):
        return "\n" if kind != "Zs" else "\u00a0" if sign in "\u00a0\u202f" else " "
    known = _signs(strict)
    if kind in _NEVER or ord(sign) not in known or (strict and kind.startswith("M")):
        return f"[U+{ord(sign):04X}]"
    return sign


@cache
def _signs(strict: bool) -> frozenset[int]:
    own = covered(TEXT_FONT)
    return own if strict else own | covered(FALLBACK_FONT)


def _mapped(data: bytes, start: int) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", data, start + 2)
    for number in range(tables):
        platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if platform in (0, 3) and form == 4:
            yield from _segments(data, start + offset)
        elif platform in (0, 3) and form == 12:
            (groups,) = struct.unpack_from(">I", data, start + offset + 12)
            for group in range(groups):
                at = start + offset + 16 + 12 * group
                first, last, _ = struct.unpack_from(">III", data, at)
                yield from range(first, last + 1)


def _segments(data: bytes, start: int) -> Iterator[int]:
    """The signs of a map in segments; one that leads to glyph 0 has none."""
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    at = start + 16 + 2 * count
    starts = struct.unpack_from(f">{count}H", data, at)
    deltas = struct.unpack_from(f">{count}H", data, at + 2 * count)
    offsets = struct.unpack_from(f">{count}H", data, at + 4 * count)
    for number in range(count):
        for sign in range(starts[number], ends[number] + 1):
            glyph = sign
            if offsets[number]:
                place = at + 4 * count + 2 * number + offsets[number]
                (glyph,) = struct.unpack_from(">H", data, place + 2 * (sign - starts[number]))
                if not glyph:
                    continue
            if (glyph + deltas[number]) % 65536 and sign != 65535:
                yield sign
