"""Which section headings are real, and which sections hide inside the text of another?

Line wrapping and conversion made headings out of references (``2 kap. / 1 § andra stycket``) and
swallowed headings into the text before them. Section numbers rise within a chapter; that, and a
capital letter after the sign, tells the two apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samsyn.kernel.citations import section_order
from samsyn.law.statutes.notation import NUMBER, is_mark, number_of, repealed_by
from samsyn.law.statutes.wordings import RawSection

_STARTS_A_SECTION = re.compile(r"^\s*(?:[A-ZÅÄÖÉ/“”\"(]|[Hh]ar up)")
_GLUED = re.compile(rf"(?:^|(?<=\s))(?P<number>{NUMBER}) § +(?=[A-ZÅÄÖ/]|[Hh]ar up)")
_REPEALED_RANGE = re.compile(r"(?:^|(?<=\s))(?P<a>\d+)[-–](?P<b>\d+) §§\s+(?=[Hh]ar up)")
_REFERS = re.compile(
    r"(?:\b(?:enligt|i|och|eller|av|samt|till|med|från|som|än|kap\.|se|jfr|första|andra|mot|om)|[,§–-]|\d)\s*$"
)

Key = tuple[int, str]


def starts_a_section(text: str) -> bool:
    """True if text after ``7 §`` can be the beginning of that section and not a reference to it."""
    return bool(_STARTS_A_SECTION.match(text))


def rising(keys: Sequence[Key], may_repeat: Sequence[bool]) -> set[int]:
    """Indexes of the longest run of rising keys; equal keys only where ``may_repeat`` allows."""
    tails: list[tuple[int, str, int]] = []
    indexes: list[int] = []
    before: list[int] = [-1] * len(keys)
    for i, key in enumerate(keys):
        sortable = (*key, 1 if may_repeat[i] else 0)
        at = bisect_right(tails, sortable) if may_repeat[i] else _left(tails, key)
        before[i] = indexes[at - 1] if at else -1
        if at == len(tails):
            tails.append(sortable)
            indexes.append(i)
        else:
            tails[at], indexes[at] = sortable, i
    kept: set[int] = set()
    i = indexes[-1] if indexes else -1
    while i >= 0:
        kept.add(i)
        i = before[i]
    return kept


def _left(tails: list[tuple[int, str, int]], key: Key) -> int:
    """First place whose key is not smaller, so that an unmarked repetition replaces."""
    return next((at for at, tail in enumerate(tails) if tail[:2] >= key), len(tails))


def _may_repeat(chapter: list[RawSection], i: int) -> bool:
    """A section may stand twice: excerpts, marked wordings, or two headings one after the other."""
    raw = chapter[i]
    marked = bool(raw.blocks) and is_mark(raw.blocks[0][1])
    return marked or bool(raw.only) or (i > 0 and chapter[i - 1].section == raw.section)


def mend(sections: list[RawSection]) -> list[RawSection]:
    """Undo false headings and free swallowed sections, chapter by chapter, in the file's order."""
    mended: list[RawSection] = []
    for chapter in _runs(sections):
        mended.extend(_free_swallowed(_rejoin_false(chapter)))
    return mended


def _runs(sections: list[RawSection]) -> Iterator[list[RawSection]]:
    run: list[RawSection] = []
    for raw in sections:
        if run and raw.chapter != run[-1].chapter:
            yield run
            run = []
        run.append(raw)
    if run:
        yield run


def _rejoin_false(chapter: list[RawSection]) -> list[RawSection]:
    plausible = [not r.blocks or starts_a_section(r.blocks[0][1]) for r in chapter]
    candidates = [i for i, good in enumerate(plausible) if good]
    keys = [section_order(chapter[i].section) for i in candidates]
    kept = rising(keys, [_may_repeat(chapter, i) for i in candidates])
    real = {candidates[k] for k in kept}
    joined: list[RawSection] = []
    for i, raw in enumerate(chapter):
        if i in real or not joined:
            joined.append(raw)
        else:
            _append(joined[-1], raw)
    return joined


def _append(owner: RawSection, false: RawSection) -> None:
    """Give the text under a false heading back to the section that it was torn from."""
    number = re.sub(r"(\d)([a-z])", r"\1 \2", false.section)
    text = false.blocks[0][1] if false.blocks else ""
    line, last = owner.blocks.pop() if owner.blocks else (owner.line, "")
    owner.blocks.append((line, _tidy(f"{last} {number} § {text}")))
    owner.blocks.extend(false.blocks[1:])


def _tidy(text: str) -> str:
    text = text.replace("§ §", "§§")
    text = re.sub(r"(\d)- (\d)", r"\1-\2", text)
    return re.sub(r"\s+([,.)])", r"\1", text).strip()


def _free_swallowed(chapter: list[RawSection]) -> list[RawSection]:
    freed: list[RawSection] = []
    for i, raw in enumerate(chapter):
        after = section_order(chapter[i + 1].section) if i + 1 < len(chapter) else None
        freed.extend(_split(raw, after))
    return freed


def _split(raw: RawSection, after: Key | None) -> list[RawSection]:
    parts = [replace(raw, blocks=[])]
    for line, text in raw.blocks:
        start = 0
        for match, numbers in _starts_in(text, section_order(raw.section), after):
            parts[-1].blocks.append((line, text[start : match.start()].strip()))
            for number in numbers:
                parts.append(replace(raw, section=number, heading="", line=line, blocks=[]))
                if number != numbers[-1]:
                    parts[-1].blocks.append((line, text[match.end() :].strip()))
            start = match.end()
        parts[-1].blocks.append((line, text[start:].strip()))
    for part in parts:
        part.blocks = [block for block in part.blocks if block[1]]
    return parts


def _starts_in(
    text: str, current: Key, after: Key | None
) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Places where a section, or a range of repealed ones, begins inside running text."""
    for found in sorted((*_GLUED.finditer(text), *_REPEALED_RANGE.finditer(text)), key=_start):
        groups = found.groupdict()
        if groups.get("a"):
            numbers = [str(n) for n in range(int(groups["a"]), int(groups["b"]) + 1)]
        else:
            numbers = [number_of(groups["number"])]
        key = section_order(numbers[0])
        variant = key == current and is_mark(text[found.end() :])
        if not (variant or current < key) or (after is not None and not key < after):
            continue
        if _REFERS.search(text[: found.start()]) and not repealed_by(text[found.end() :]):
            continue
        current = section_order(numbers[-1])
        yield found, numbers


def _start(match: re.Match[str]) -> int:
    return match.start()
