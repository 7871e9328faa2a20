"""What did a place in a statute say on a day, and did it exist at all?

The library indexes a folder of statute texts by file name and reads an act only when asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from samsyn.kernel.citations import Citation, section_order
from samsyn.kernel.text import Text
from samsyn.law.statutes import reasons
from samsyn.law.statutes.acts import read_act
from samsyn.law.statutes.answers import (
    ActListing,
    Certainty,
    Passage,
    Proof,
    TextNotFound,
    Verdict,
    VersionListing,
)
from samsyn.law.statutes.choice import Absent, Chosen, Setting, choose
from samsyn.law.statutes.crosscheck import certain_gaps, crosscheck
from samsyn.law.statutes.excerpts import overlay
from samsyn.law.statutes.existence import evidence_of
from samsyn.law.statutes.narrowing import Missing, Narrowed, narrow
from samsyn.law.statutes.repeals import Repeals
from samsyn.law.statutes.versions import StatuteFile, index_folder
from samsyn.law.statutes.wordings import ActText, Wording

_Place = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class _Act:
    """An act read from all its files."""

    texts: tuple[ActText, ...]
    setting: Setting
    sections: dict[_Place, list[Wording]]

    @property
    def has_chapters(self) -> bool:
        return any(chapter is not None for chapter, _ in self.sections)


class StatuteLibrary:
    """Statute texts in a folder, read act by act as they are asked for and kept in the object."""

    def __init__(self, files: dict[str, tuple[StatuteFile, ...]]) -> None:
        self._files = files
        self._acts: dict[str, _Act] = {}
        self._repeals = Repeals(files)

    @classmethod
    def open(cls, folder: Path) -> StatuteLibrary:
        """Index a folder; reads names and first lines only.

        Raises:
            FaultyFiles: if the folder is missing, holds no statute text, or has a misnamed file.
        """
        return cls(index_folder(folder))

    def acts(self) -> tuple[ActListing, ...]:
        """Every act and its versions, by SFS number. Reads the title line of each act."""
        return tuple(
            ActListing(
                sfs,
                _title(files),
                tuple(
                    VersionListing(f.label, f.as_of, f.dialect.value, f.path.name) for f in files
                ),
            )
            for sfs, files in sorted(self._files.items(), key=lambda item: _sfs_key(item[0]))
        )

    def show(self, citation: Citation, on: date) -> Passage:
        """The text of a citation valid on a day.

        A whole chapter or act gives its sections one after the other.

        Raises:
            TextNotFound: if there is no text of it on the day; says why, and what lies nearest.
            FaultyFiles: if a file of the act cannot be read.
        """
        act = self._applicable(citation, on)
        if not citation.section:
            return self._show_many(citation, on, act)
        chosen = self._chosen(citation, on, act)
        found = narrow(citation, chosen.wording)
        if isinstance(found, Missing):
            reason = reasons.missing_then(found.reason, _joined(chosen.notes))
            unsure = chosen.certainty is Certainty.UNCERTAIN
            nearest = (citation.whole_section(),)
            raise TextNotFound(citation, on, reason, nearest, uncertain=unsure)
        return _passage(citation, chosen, found)

    def prove(self, citation: Citation, on: date) -> Proof:
        """Whether a citation exists on a day.

        Raises:
            FaultyFiles: if a file of the act cannot be read.
        """
        if not citation.section and (part := self._proved_part(citation, on)) is not None:
            return part
        try:
            passage = self.show(citation, on)
        except TextNotFound as absence:
            verdict = Verdict.UNCERTAIN if absence.uncertain else Verdict.NOT_FOUND
            return Proof(citation, on, verdict, absence.reason, "")
        source = f"{passage.source}:{passage.line}"
        remark = _joined(passage.notes)
        # Every section has a first paragraph, also where the division is lost.
        first = citation.paragraph == 1 and citation.point is None and citation.sentence is None
        sure = passage.certainty is not Certainty.UNCERTAIN and (passage.narrowed or first)
        if sure:
            reason = reasons.exists(citation, remark)
            return Proof(citation, on, Verdict.PROVED, reason, source)
        if citation.section and (evidence := self._evidence(citation, on)) is not None:
            reason = reasons.exists(citation, evidence)
            return Proof(citation, on, Verdict.PROVED, reason, source)
        return Proof(citation, on, Verdict.UNCERTAIN, reasons.may_exist(citation, remark), source)

    def _evidence(self, citation: Citation, on: date) -> Text | None:
        act = self._act(citation.sfs)
        whole = citation.whole_section()
        asked = whole if citation.paragraph == 1 and citation.point is None else citation
        asked = asked if citation.sentence is None else citation
        readings = [w for w in act.sections[citation.chapter, citation.section] if not w.only]
        chapter = (w for (c, _), ws in act.sections.items() if c == citation.chapter for w in ws)
        return evidence_of(asked, readings, chapter, on, act.setting)

    def _proved_part(self, citation: Citation, on: date) -> Proof | None:
        """A chapter or an act exists if one of its sections does."""
        if citation.sfs not in self._files:
            return None
        for chapter, section in self._act(citation.sfs).sections:
            if citation.chapter in (None, chapter):
                proof = self.prove(Citation(citation.sfs, chapter, section), on)
                if proof.verdict is Verdict.PROVED:
                    return replace(proof, citation=citation)
        return None

    def _act(self, sfs: str) -> _Act:
        if sfs not in self._acts:
            self._acts[sfs] = _read(self._files[sfs])
        return self._acts[sfs]

    def _applicable(self, citation: Citation, on: date) -> _Act:
        """The act, if it is here, in force on the day, and cited the way it is divided."""
        if citation.sfs not in self._files:
            raise TextNotFound(citation, on, reasons.no_act(citation))
        act = self._act(citation.sfs)
        start = act.setting.in_force
        if start is not None and on < start:
            raise TextNotFound(citation, on, reasons.act_not_yet(citation, start))
        repeal = self._repeals.of(citation.sfs)
        if repeal is not None and repeal.day <= on:
            raise TextNotFound(citation, on, reasons.act_repealed(citation, repeal.day, repeal.by))
        if citation.section and citation.chapter is None and act.has_chapters:
            nearest = _chapters_with(act, citation)
            raise TextNotFound(citation, on, reasons.needs_chapter(citation), nearest)
        if citation.chapter is not None and not act.has_chapters:
            nearest = _nearest(act, replace(citation, chapter=None))
            raise TextNotFound(citation, on, reasons.has_no_chapters(citation), nearest)
        return act

    def _chosen(self, citation: Citation, on: date, act: _Act) -> Chosen:
        """The wording of the section, with paragraphs that excerpts give in a newer wording."""
        every = act.sections.get((citation.chapter, citation.section), [])
        whole = [w for w in every if not w.only]
        if not whole:
            uncertain = bool(every) or not any(t.file.dialect.complete for t in act.texts)
            answer: Chosen | Absent = Absent(reasons.no_section(citation), uncertain=uncertain)
        else:
            answer = choose(citation, whole, on, act.setting)
        if isinstance(answer, Absent):
            nearest = _nearest(act, citation)
            raise TextNotFound(citation, on, answer.reason, nearest, uncertain=answer.uncertain)
        return overlay(citation, answer, every, on, act.setting)

    def _show_many(self, citation: Citation, on: date, act: _Act) -> Passage:
        """A chapter or an act: every section that applies on the day, under its number."""
        parts: list[str] = []
        first: Passage | None = None
        certainty = Certainty.STATED
        for chapter, section in sorted(act.sections, key=_place_key):
            if citation.chapter is not None and chapter != citation.chapter:
                continue
            try:
                passage = self.show(Citation(citation.sfs, chapter, section), on)
            except TextNotFound:
                continue
            first = first or passage
            certainty = max(certainty, passage.certainty, key=list(Certainty).index)
            parts.append(f"{reasons.place(passage.citation)[0].rsplit(' (', 1)[0]}\n{passage.text}")
        if first is None:
            raise TextNotFound(citation, on, reasons.no_section(citation), ())
        notes = (_many_note(certainty, first),)
        return replace(
            first,
            citation=citation,
            text="\n\n".join(parts),
            certainty=certainty,
            notes=notes,
            amended_by=None,
            valid_from=None,
            valid_to=None,
        )


def _many_note(certainty: Certainty, first: Passage) -> Text:
    count = {
        Certainty.STATED: Text(
            sv="Källorna anger lydelsen för dagen.", en="The sources state the wording for the day."
        ),
        Certainty.AS_OF_SNAPSHOT: Text(
            sv=f"Minst en paragraf visas som den löd per {first.as_of}.",
            en=f"At least one section is shown as of {first.as_of}.",
        ),
        Certainty.UNCERTAIN: Text(
            sv="Minst en paragraf är osäker på dagen; fråga efter den för sig.",
            en="At least one section is uncertain on the day; ask for it by itself.",
        ),
    }
    return count[certainty]


def _read(files: tuple[StatuteFile, ...]) -> _Act:
    texts = tuple(crosscheck([read_act(file) for file in files]))
    effects: dict[str, date] = {}
    sections: dict[_Place, list[Wording]] = {}
    for text in texts:
        effects.update(text.effects)
        for wording in text.wordings:
            sections.setdefault((wording.chapter, wording.section), []).append(wording)
    in_force = next((t.in_force for t in texts if t.in_force), None)
    return _Act(texts, Setting(files, in_force, effects, certain_gaps(texts)), sections)


def _passage(citation: Citation, chosen: Chosen, found: Narrowed) -> Passage:
    wording = chosen.wording
    return Passage(
        citation=citation,
        text=found.place.text,
        lead_in=found.place.lead_in,
        heading=wording.heading,
        chapter_title=wording.chapter_title,
        version=wording.file.label,
        as_of=wording.file.as_of,
        source=wording.file.path.name,
        line=found.place.line,
        amended_by=wording.note,
        valid_from=chosen.valid_from,
        valid_to=chosen.valid_to,
        certainty=chosen.certainty,
        narrowed=found.exact,
        notes=chosen.notes if found.lost is None else (*chosen.notes, found.lost),
    )


def _title(files: tuple[StatuteFile, ...]) -> str:
    best = [f for f in files if f.dialect.complete] or list(files)
    with best[-1].path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("# "):
                return line[2:].strip()
    return ""


def _sfs_key(sfs: str) -> tuple[int, int]:
    year, number = sfs.split(":")
    return int(year), int(number)


def _place_key(place: _Place) -> tuple[tuple[int, str], tuple[int, str]]:
    return section_order(place[0] or "0"), section_order(place[1])


def _nearest(act: _Act, citation: Citation, count: int = 3) -> tuple[Citation, ...]:
    """Sections of the same chapter with the closest numbers, or chapters when there is none."""
    inside = [s for chapter, s in act.sections if chapter == citation.chapter]
    if not inside:
        chapters = {chapter for chapter, _ in act.sections if chapter}
        wanted = section_order(citation.chapter or "0")[0]
        near = sorted(chapters, key=lambda c: (abs(section_order(c)[0] - wanted), section_order(c)))
        return tuple(Citation(citation.sfs, chapter) for chapter in near[:count])
    wanted, letter = section_order(citation.section or "0")
    near = sorted(
        (s for s in inside if s != citation.section),
        key=lambda s: (abs(section_order(s)[0] - wanted), section_order(s)[1] != letter, s),
    )
    return tuple(Citation(citation.sfs, citation.chapter, s) for s in near[:count])


def _chapters_with(act: _Act, citation: Citation) -> tuple[Citation, ...]:
    having = [c for c, s in sorted(act.sections, key=_place_key) if s == citation.section]
    return tuple(Citation(citation.sfs, c, citation.section) for c in having[:3])


def _joined(notes: tuple[Text, ...]) -> Text:
    return Text(sv=" ".join(n.sv for n in notes), en=" ".join(n.en for n in notes))
