"""Which stretches of a text are left out, under which provision, and what is left of it?

Pure: texts and places in, pieces out. What is masked is not in what comes out, and how long it was
cannot be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

SHORTEST = 2
"""Letters; a single letter would strike out half the text."""
BLOCK = "█████"
"""Stands for what is left out, always of one length."""


class Mask(msgspec.Struct, frozen=True):
    """A stretch that is left out.

    Attributes:
        start, end: as indices of the text, the end not included.
        by: the provision.
    """

    start: int
    end: int
    by: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a text with stretches left out: either words, or the provision they fall under."""

    text: str = ""
    by: str = ""


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where some words stand, whatever their letters' size and the room between them.

    A whole word stays whole: *An* is not found in *Anders*.
    """
    parts = words.split()
    if sum(map(len, parts)) < SHORTEST:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    before = r"(?<!\w)" if re.match(r"\w", parts[0]) else ""
    after = r"(?!\w)" if re.match(r"\w", parts[-1][-1]) else ""
    found = re.finditer(f"{before}{pattern}{after}", text, re.IGNORECASE)
    return [(one.start(), one.end()) for one in found]


def with_masks(
    text: str, masks: Iterable[Mask], places: Iterable[tuple[int, int]], by: str
) -> list[Mask]:
    """The masks with more places added; what was masked before keeps its provision."""
    letters = _letters(text, masks)
    for start, end in places:
        for index in range(max(start, 0), min(end, len(text))):
            letters[index] = letters[index] or by
    return _stretches(letters)


def without_mask(masks: Iterable[Mask], number: int) -> list[Mask]:
    """The masks without one of them, counted from 0; a number beyond the last takes none away."""
    return [mask for index, mask in enumerate(masks) if index != number]


def pieces_of(text: str, masks: Iterable[Mask]) -> list[Piece]:
    """The text in pieces; what is masked is not in them."""
    pieces = []
    at = 0
    for mask in _stretches(_letters(text, masks)):
        if mask.start > at:
            pieces.append(Piece(text=text[at : mask.start]))
        pieces.append(Piece(by=mask.by))
        at = mask.end
    if at < len(text):
        pieces.append(Piece(text=text[at:]))
    return pieces


def _letters(text: str, masks: Iterable[Mask]) -> list[str]:
    letters = [""] * len(text)
    for mask in masks:
        for index in range(max(mask.start, 0), min(mask.end, len(text))):
            letters[index] = mask.by
    return letters


def _stretches(letters: list[str]) -> list[Mask]:
    found: list[Mask] = []
    for index, by in enumerate(letters):
        if not by:
            continue
        if found and found[-1].end == index and found[-1].by == by:
            found[-1] = Mask(found[-1].start, index + 1, by)
        else:
            found.append(Mask(index, index + 1, by))
    return found
