"""Where do two files of the same act show that a flattened one has cut or misplaced a section?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samsyn.kernel.citations import section_order
from samsyn.law.statutes.versions import Dialect, StatuteFile
from samsyn.law.statutes.wordings import ActText, Damage, Wording

_Place = tuple[str | None, str]
_ENOUGH_LETTERS = 40


def crosscheck(texts: Sequence[ActText]) -> list[ActText]:
    """Put right or mark what a complete file shows to be misplaced or cut in a flattened one."""
    complete = [text for text in texts if text.file.dialect.complete]
    if not complete:
        return list(texts)
    known: dict[_Place, list[Wording]] = {}
    for text in complete:
        for wording in text.wordings:
            known.setdefault((wording.chapter, wording.section), []).append(wording)
    flattened = Dialect.FLATTENED
    return [_checked(text, known) if text.file.dialect is flattened else text for text in texts]


def _checked(text: ActText, known: dict[_Place, list[Wording]]) -> ActText:
    lost = _chapters_lost_after(text, known)
    wordings = tuple(_judged(wording, known, lost) for wording in text.wordings)
    return replace(text, wordings=wordings)


def _judged(
    wording: Wording, known: dict[_Place, list[Wording]], lost: dict[str, list[str]]
) -> Wording:
    if wording.damage is not None:
        return wording
    others = known.get((wording.chapter, wording.section), [])
    follows = lost.get(wording.chapter or "", [])
    if follows and not any(_alike(wording, other) for other in others):
        places = [(chapter, wording.section) for chapter in follows]
        moved = [other for place in places for other in known.get(place, [])]
        if true := next((other for other in moved if _alike(wording, other)), None):
            return replace(wording, chapter=true.chapter, chapter_title=true.chapter_title)
        if not others:
            return replace(wording, damage=Damage.WRONG_CHAPTER)
    own = wording.squashed
    if wording.note is None and any(
        other.note and len(own) < len(other.squashed) and other.squashed.startswith(own)
        for other in others
    ):
        return replace(wording, damage=Damage.CUT)
    return wording


def _alike(first: Wording, second: Wording) -> bool:
    return first.squashed[:_ENOUGH_LETTERS] == second.squashed[:_ENOUGH_LETTERS]


def _chapters_lost_after(text: ActText, known: dict[_Place, list[Wording]]) -> dict[str, list[str]]:
    """For each chapter of the file, the chapters after it that the file has lost.

    Their sections, if they were kept at all, stand under the chapter before.
    """
    kept = sorted({w.chapter for w in text.wordings if w.chapter}, key=section_order)
    every = sorted({chapter for chapter, _ in known if chapter}, key=section_order)
    lost: dict[str, list[str]] = {}
    for chapter in every:
        before = [k for k in kept if section_order(k) < section_order(chapter)]
        if chapter not in kept and before:
            lost.setdefault(before[-1], []).append(chapter)
    return lost


def _reading_order(place: _Place) -> tuple[tuple[int, str], tuple[int, str]]:
    return section_order(place[0] or "0"), section_order(place[1])


def certain_gaps(texts: Sequence[ActText]) -> frozenset[tuple[StatuteFile, str | None, str]]:
    """Sections that a flattened file lost because its text is cut right before them.

    A section that is absent for no visible reason may have been repealed and is not listed.
    """
    complete = {
        (w.chapter, w.section) for t in texts if t.file.dialect.complete for w in t.wordings
    }
    gaps: set[tuple[StatuteFile, str | None, str]] = set()
    for text in texts:
        if text.file.dialect is not Dialect.FLATTENED:
            continue
        damaged = {(w.chapter, w.section): w.damage is not None for w in text.wordings}
        cut_before = False
        chapter_before: str | None = None
        for chapter, section in sorted(complete | damaged.keys(), key=_reading_order):
            if chapter != chapter_before:
                cut_before, chapter_before = False, chapter
            if (chapter, section) in damaged:
                cut_before = damaged[chapter, section]
            elif cut_before:
                gaps.add((text.file, chapter, section))
    return frozenset(gaps)
