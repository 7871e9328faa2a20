"""Did a place exist on a day even though its wording on that day is uncertain?

A section whose wording changed between two snapshots existed all the time; only its words are
unknown. New sections are given letters (*7 a §*), so a plain number below one that has never been
amended is as old as the act.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samsyn.kernel.citations import Citation, section_order
from samsyn.kernel.text import Text
from samsyn.law.statutes import reasons
from samsyn.law.statutes.choice import Setting
from samsyn.law.statutes.narrowing import Narrowed, narrow
from samsyn.law.statutes.notation import sfs_order
from samsyn.law.statutes.versions import Dialect
from samsyn.law.statutes.wordings import Block, Damage, Wording, squash

# An amending act takes effect in the year of its number or the next; two years leave a margin.
_YEARS_UNTIL_IN_FORCE = 2
_OPENING_LETTERS = 25


def evidence_of(
    citation: Citation,
    readings: list[Wording],
    chapter: Iterable[Wording],
    day: date,
    act: Setting,
) -> Text | None:
    """Why the place existed on the day, None if nothing shows it.

    Args:
        citation: the place.
        readings: every reading of its section, whole or cut.
        chapter: every reading of the sections of its chapter.
        day: the day asked about.
        act: days that the act's files state.
    """
    inside = citation != citation.whole_section()
    sound = [w for w in readings if _counts(w, inside) and not w.repealed_by]
    before = [w for w in sound if w.file.as_of <= day and not _ends_by(w, day)]
    after = [w for w in sound if w.file.as_of >= day]
    if inside:
        return _inside_evidence(citation, before, after)
    if before and after:
        return reasons.before_and_after()
    if any(w.repealed_by for w in readings):
        return None
    if before and _newest_has_it(before, day, act):
        return reasons.still_there(max(before, key=_age).file)
    if after and not before:
        return _as_old_as_needed(citation, min(after, key=_age), chapter, day)
    return None


def _counts(wording: Wording, inside: bool) -> bool:
    """A cut text still shows that its section is there, but not what lies in it."""
    return wording.damage is None or (wording.damage is Damage.CUT and not inside)


def _age(wording: Wording) -> date:
    return wording.file.as_of


def _ends_by(wording: Wording, day: date) -> bool:
    return wording.ends is not None and wording.ends <= day


def _inside_evidence(
    citation: Citation, before: list[Wording], after: list[Wording]
) -> Text | None:
    """A paragraph or point: found on both sides, or its words stand in the undivided newer text."""
    divided = [w for w in before if _exact(citation, w)]
    if not divided:
        return None
    newest = max(divided, key=_age)
    newer = [w for w in before if w.file.as_of > newest.file.as_of] or after
    if not newer:
        return None
    other = max(newer, key=_age) if newer[0] in before else min(newer, key=_age)
    if _exact(citation, other) or words_stand_in(citation, newest, other):
        return reasons.same_words(newest.file, other.file)
    return None


def _exact(citation: Citation, wording: Wording) -> bool:
    found = narrow(citation, wording)
    return isinstance(found, Narrowed) and found.exact


def _leading_up_to(wording: Wording, line: int) -> list[Block]:
    """First block of each paragraph before the place, and the blocks before it in its own."""
    before = [p for p in wording.paragraphs if p.blocks[0].line <= line]
    openings = [p.blocks[0] for p in before[:-1]]
    return openings + [b for p in before[-1:] for b in p.blocks if b.line < line]


def words_stand_in(citation: Citation, divided: Wording, undivided: Wording) -> bool:
    """True if undivided text has the words of a place, in the same position among the others.

    Every paragraph before the place, and every item before it in its own list, must begin in the
    newer text in the same order, so that no number seems to have moved; the place itself must be
    there word for word.
    """
    found = narrow(citation, divided)
    if not isinstance(found, Narrowed) or undivided.file.dialect.keeps_paragraphs:
        return False
    text, at = undivided.squashed, 0
    for block in _leading_up_to(divided, found.place.line):
        at = text.find(squash(block.text)[:_OPENING_LETTERS], at)
        if at < 0:
            return False
    return squash(found.place.text) in text[at:]


def _newest_has_it(before: list[Wording], day: date, act: Setting) -> bool:
    files = [f for f in act.files if f.dialect is not Dialect.EXCERPT and f.as_of <= day]
    return bool(files) and any(w.file == files[-1] for w in before)


def _as_old_as_needed(
    citation: Citation, first: Wording, chapter: Iterable[Wording], day: date
) -> Text | None:
    if first.starts is not None and first.starts > day:
        return None
    if first.note and sfs_order(first.note)[0] + _YEARS_UNTIL_IN_FORCE <= day.year:
        return reasons.amended_long_before(first.note)
    number, letter = section_order(citation.section)
    for other in chapter:
        original = other.note is None and other.damage is None and not other.starts
        if original and not letter and section_order(other.section) > (number, ""):
            return reasons.numbered_before(other.section)
    return None
