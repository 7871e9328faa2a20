"""Which wording of a section applied on a day, and how sure is that?

A wording is *known* on the day if a source states that it had begun, or if a snapshot from that
day or earlier shows it. Among the known ones the most recently amended applies. It is *stated*
if the same closing note is also seen on or after the day, or the source states its last day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from samsyn.kernel.citations import Citation
from samsyn.kernel.text import Text
from samsyn.law.statutes import reasons
from samsyn.law.statutes.answers import Certainty
from samsyn.law.statutes.notation import OPEN_DAY, sfs_order
from samsyn.law.statutes.versions import Dialect, StatuteFile
from samsyn.law.statutes.wordings import Wording

# Two wordings of a section that agree this far, where one is cut, are taken for the same.
_SURE_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Chosen:
    """A wording for the day. Its first and last day only where the sources state them."""

    wording: Wording
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """No wording for the day, and why."""

    reason: Text
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the act's files say beyond the section itself.

    Attributes:
        files: every version of the act, oldest first.
        in_force: first day of the act, None when no source states it.
        effects: day on which amending acts take effect.
        gaps: sections that a flattened file has certainly lost: the text before them is cut there.
    """

    files: tuple[StatuteFile, ...]
    in_force: date | None
    effects: dict[str, date] = field(default_factory=dict)
    gaps: frozenset[tuple[StatuteFile, str | None, str]] = frozenset()

    def begins(self, wording: Wording) -> date | None:
        """First day of a wording, as far as the sources state it."""
        if wording.starts is not None:
            return wording.starts
        if wording.note is not None:
            return self.effects.get(wording.note)
        original = wording.damage is None and wording.file.dialect is not Dialect.EXCERPT
        return self.in_force if original else None


def choose(citation: Citation, wordings: list[Wording], day: date, act: Setting) -> Chosen | Absent:
    """Choose among whole wordings of one section."""
    readings, wordings = wordings, _without_shadows(wordings)
    live = [w for w in wordings if not _over(w, day) and not _coming(w, day, act)]
    known = [w for w in live if w.file.as_of <= day or _begun(w, day, act)]
    if not known:
        return _nothing_known(citation, wordings, live, day, act)
    best = max(known, key=lambda w: _rank(w, act))
    if best.repealed_by:
        return Absent(reasons.section_repealed(citation, best.repealed_by))
    gone = _missing_since(best, readings, day, act)
    if gone is not None and gone.dialect.complete:
        return Absent(reasons.section_gone(citation, gone))
    return _with_certainty(best, wordings, live, day, act, gone)


def _without_shadows(wordings: list[Wording]) -> list[Wording]:
    """Leave out damaged readings of which an undamaged one shows the same words and more."""
    sound = [w for w in wordings if w.damage is None]
    return [
        w
        for w in wordings
        if w.damage is None
        or not any(s.squashed.startswith(w.squashed[:_SURE_LETTERS]) for s in sound)
    ]


def _over(wording: Wording, day: date) -> bool:
    return wording.ends is not None and wording.ends <= day


def _begun(wording: Wording, day: date, act: Setting) -> bool:
    begins = act.begins(wording)
    return begins is not None and begins <= day


def _coming(wording: Wording, day: date, act: Setting) -> bool:
    """Certainly not yet in force: a stated day after the day, or an act adopted in a later year."""
    begins = act.begins(wording)
    if begins is not None:
        return begins > day
    return wording.note is not None and sfs_order(wording.note)[0] > day.year


def _rank(wording: Wording, act: Setting) -> tuple[object, ...]:
    """Latest amended first; then undamaged, divided into paragraphs, and newest."""
    return (
        wording.damage is None,
        sfs_order(wording.note),
        wording.file.dialect.keeps_paragraphs,
        wording.file.as_of,
    )


def _same_words(first: Wording, second: Wording) -> bool:
    """True if two readings show the same wording: same closing note, or both never amended."""
    if first.note != second.note or bool(first.repealed_by) != bool(second.repealed_by):
        return False
    return first.note is not None or first.squashed == second.squashed


def _missing_since(
    best: Wording, wordings: list[Wording], day: date, act: Setting
) -> StatuteFile | None:
    """The newest snapshot up to the day that no longer has the section."""
    having = {w.file for w in wordings}
    newest_with = max((w.file.as_of for w in wordings if w.file.as_of <= day), default=None)
    if newest_with is None:
        return None
    without = [
        f
        for f in act.files
        if f.dialect is not Dialect.EXCERPT
        and f not in having
        and newest_with < f.as_of <= day
        and (f, best.chapter, best.section) not in act.gaps
    ]
    complete = [f for f in without if f.dialect.complete]
    return next(reversed(complete or without), None)


def _with_certainty(
    best: Wording,
    wordings: list[Wording],
    live: list[Wording],
    day: date,
    act: Setting,
    gone: StatuteFile | None,
) -> Chosen:
    alike = [w for w in wordings if _same_words(w, best)]
    begins = act.begins(best)
    before = (begins is not None and begins <= day) or any(w.file.as_of <= day for w in alike)
    after = any(w.file.as_of >= day or _lasts_beyond(w, day) for w in alike)
    if (doubt := _own_doubt(best, live)) is not None:
        certainty, notes = Certainty.UNCERTAIN, [doubt]
    elif before and after:
        certainty, notes = Certainty.STATED, [reasons.stated(best.file)]
    elif (doubt := _doubt_since(best, wordings, live, day, gone)) is not None:
        certainty, notes = Certainty.UNCERTAIN, [doubt]
    else:
        newest = max((w.file for w in alike if w.file.as_of <= day), key=_as_of, default=best.file)
        certainty, notes = Certainty.AS_OF_SNAPSHOT, [reasons.from_snapshot(newest)]
        cut = [f for f, *place in act.gaps if place == [best.chapter, best.section]]
        notes.extend(reasons.cut_in(f) for f in cut if newest.as_of < f.as_of <= day)
    ends = next((w.ends for w in alike if w.ends not in (None, OPEN_DAY)), None)
    valid_to = ends - timedelta(days=1) if ends else None
    return Chosen(best, certainty, begins, valid_to, tuple(notes))


def _own_doubt(best: Wording, live: list[Wording]) -> Text | None:
    """Why the chosen reading is itself in doubt."""
    if best.damage is not None:
        return reasons.damaged(best.file)
    if any(_undated_twin(best, other) for other in live):
        return reasons.two_wordings(best.file)
    return None


def _doubt_since(
    best: Wording,
    wordings: list[Wording],
    live: list[Wording],
    day: date,
    gone: StatuteFile | None,
) -> Text | None:
    """Why the wording may have ended between the snapshot that shows it and the day."""
    if (rival := _possible_rival(best, live)) is not None:
        return reasons.maybe_reworded(rival)
    if (blurred := _blurred_since(best, wordings, day)) is not None:
        return reasons.damaged(blurred)
    return reasons.lost_in(gone) if gone is not None else None


def _lasts_beyond(wording: Wording, day: date) -> bool:
    """The source states a last day, and it is the day or later."""
    return wording.ends is not None and day < wording.ends < OPEN_DAY


def _undated_twin(best: Wording, other: Wording) -> bool:
    """Another wording of the section in the same file, where neither has a mark with its days."""
    marks = (best.starts, best.ends, other.starts, other.ends)
    return other is not best and other.file == best.file and not any(marks)


def _blurred_since(best: Wording, wordings: list[Wording], day: date) -> StatuteFile | None:
    """A newer snapshot whose damaged text is not the beginning of the chosen wording."""
    for wording in wordings:
        newer = best.file.as_of < wording.file.as_of <= day
        if newer and wording.damage and not best.squashed.startswith(wording.squashed[:-5]):
            return wording.file
    return None


def _as_of(file: StatuteFile) -> date:
    return file.as_of


def _possible_rival(best: Wording, live: list[Wording]) -> str | None:
    """An amending act later than the chosen one that may have applied on the day."""
    later = [w for w in live if sfs_order(w.note) > sfs_order(best.note)]
    return min((w.note for w in later if w.note), key=sfs_order, default=None)


def _nothing_known(
    citation: Citation, wordings: list[Wording], live: list[Wording], day: date, act: Setting
) -> Chosen | Absent:
    having = {w.file for w in wordings}
    lacking = [f for f in act.files if f.dialect.complete and f not in having]
    if live:
        first = min(live, key=lambda w: (w.damage is not None, w.file.as_of))
        if first.repealed_by:
            return Absent(reasons.section_repealed(citation, first.repealed_by), uncertain=True)
        earlier = [f for f in lacking if f.as_of <= day]
        note = reasons.only_later(first.file)
        if earlier:
            note = reasons.inserted_between(citation, earlier[-1], first.note, first.file)
        return Chosen(first, Certainty.UNCERTAIN, act.begins(first), None, (note,))
    coming = [w for w in wordings if not _over(w, day)]
    if not coming:
        return Absent(reasons.section_ended(citation, max(w.ends for w in wordings if w.ends)))
    first = min(coming, key=lambda w: (act.begins(w) or OPEN_DAY, sfs_order(w.note)))
    begins = act.begins(first)
    if begins == OPEN_DAY:
        return Absent(reasons.section_awaits_day(citation), uncertain=True)
    lacked = any(f.as_of < first.file.as_of for f in lacking)
    if not lacked and (begins is None or first.note is not None):
        return Chosen(first, Certainty.UNCERTAIN, begins, None, (reasons.only_later(first.file),))
    if begins is not None:
        return Absent(reasons.section_not_yet(citation, begins))
    return Absent(reasons.section_added_later(citation, first.note or act.files[-1].sfs))
