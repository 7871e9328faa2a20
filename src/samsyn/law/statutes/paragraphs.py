"""Which paragraph (stycke), point (punkt) and sentence (mening) does a piece of text belong to?

Statutes count paragraphs by what starts a new line with a capital letter outside a list; a list,
and text in small letters that follows it, belong to the paragraph that opened it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.law.statutes.wordings import Block, Paragraph

_MARKER = re.compile(
    r"^\s*(?:(?P<point>\d+(?:\s?[a-z])?)\.|(?P<letter>[a-zåäö])[).]|(?P<dash>[-–—]))\s+(?=\S)"
)
_INLINE_POINT = re.compile(r"(?:^|(?<=\s))(\d+)\. (?=\S)")
_SENTENCE_END = re.compile(r"(?<![A-ZÅÄÖ])(?<!m\.m)(?<!dvs)(?<!t\.ex)(?<=[.?!:]) (?=[A-ZÅÄÖ])")


def block_of(line: int, text: str) -> Block:
    """Tell a list item from running text."""
    found = _MARKER.match(text)
    if not found:
        return Block(None, text, line)
    marker = "-" if found["dash"] else re.sub(r"\s", "", found["point"] or found["letter"])
    return Block(marker, text[found.end() :], line)


def divide(blocks: list[Block]) -> tuple[Paragraph, ...]:
    """Group blocks into paragraphs."""
    groups: list[list[Block]] = []
    for block in blocks:
        continues = bool(groups) and (block.marker is not None or not block.text[:1].isupper())
        if continues:
            groups[-1].append(block)
        else:
            groups.append([block])
    return tuple(Paragraph(tuple(group)) for group in groups)


def sentences(text: str) -> list[str]:
    """Split running text into sentences; abbreviations such as m.m. do not end one."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


@dataclass(frozen=True, slots=True)
class Place:
    """A found place: the lead-in that its list hangs on (may be empty), its text and its line."""

    lead_in: str
    text: str
    line: int


def point_in(paragraph: Paragraph, point: str) -> Place | None:
    """A point of a list, with the sub-points that belong to it.

    ``1a`` finds the point written ``1 a.`` or sub-point a) of point 1; ``a`` finds a lettered list.
    """
    blocks = paragraph.blocks
    found = _index_of(blocks, point, 0, len(blocks))
    if found is None and len(point) > 1 and point[-1].isalpha():
        outer = _index_of(blocks, point[:-1], 0, len(blocks))
        if outer is not None:
            found = _index_of(blocks, point[-1], outer + 1, _end_of(blocks, outer))
    if found is None:
        return None
    text = "\n".join(block.written for block in blocks[found : _end_of(blocks, found)])
    lead_in = blocks[0].text if blocks[0].marker is None else ""
    return Place(lead_in, text, blocks[found].line)


def _index_of(blocks: tuple[Block, ...], marker: str, start: int, stop: int) -> int | None:
    return next((i for i in range(start, stop) if blocks[i].marker == marker), None)


def _end_of(blocks: tuple[Block, ...], start: int) -> int:
    """Where the item that begins at ``start`` ends: at the next item of its own level or above."""
    level = _level(blocks[start])
    after = range(start + 1, len(blocks))
    return next((i for i in after if _level(blocks[i]) <= level), len(blocks))


def _level(block: Block) -> int:
    """0 running text, 1 numbered, 2 lettered, 3 dashed: numbers never hang under letters here."""
    if block.marker is None:
        return 0
    if block.marker == "-":
        return 3
    return 1 if block.marker[0].isdigit() else 2


def inline_point(text: str, point: str) -> Place | None:
    """A numbered point in text whose list has been flattened (``om 1. x, 2. y, och 3. z.``).

    Only an unbroken count from 1 is trusted, and only if there is a single one.
    """
    marks = [(m.start(), m.end(), int(m[1])) for m in _INLINE_POINT.finditer(text)]
    firsts = [i for i, mark in enumerate(marks) if mark[2] == 1]
    if len(firsts) != 1 or not point.isdigit():
        return None
    run = marks[firsts[0] :]
    if [mark[2] for mark in run] != list(range(1, len(run) + 1)) or int(point) > len(run):
        return None
    start = run[int(point) - 1][0]
    stop = run[int(point)][0] if int(point) < len(run) else len(text)
    return Place(text[: run[0][0]].strip(), text[start:stop].strip(), 0)
