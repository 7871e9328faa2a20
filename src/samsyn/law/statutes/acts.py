"""What does one file say: sections with their dates, closing notes and damage?"""

from __future__ import annotations

import re
from datetime import date

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.statutes.dialects import read_lines
from samsyn.law.statutes.joins import mend
from samsyn.law.statutes.notation import (
    closing_note,
    days_of_effect,
    is_mark,
    iso_day,
    marks_in,
    repealed_by,
    take_marks,
)
from samsyn.law.statutes.paragraphs import block_of, divide
from samsyn.law.statutes.versions import Dialect, StatuteFile
from samsyn.law.statutes.wordings import ActText, Damage, RawSection, Wording

_LIST_ITEM = re.compile(r"^(?:\d+( [a-z])?\.|[a-z]\)|[-–—])\s")
_ENDS_A_SENTENCE = re.compile(r"[.:;?!)”\"]$")
_LONGEST_HEADING = 15
_LONGEST_HEADING_LETTERS = 220
_NEVER_LAST = re.compile(
    r"(?:\b(?:och|eller|samt|i|av|till|enligt|som|den|det|en|ett|för|att|om|med|från|på|vid|inte|kap)|[,§-]|\d)$"
)


def read_act(file: StatuteFile) -> ActText:
    """Read one file.

    Raises:
        FaultyFiles: if the file is not UTF-8, has no title or section, or a day in it is no day.
    """
    try:
        lines = file.path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = file.path.read_bytes()[: error.start].count(b"\n") + 1
        raise FaultyFiles([Fault(file.path, line, "", "the text is not UTF-8")]) from None
    _check_marks(file, lines)
    raw = read_lines(file, lines)
    sections = mend(raw.sections)
    if not sections and file.dialect is not Dialect.HEADED:
        raise FaultyFiles([Fault(file.path, 1, "", "no section was found; expected “**1 §** …”")])
    _lift_headings(sections, file.dialect)
    wordings = tuple(_finish(section, file) for section in sections)
    effects = days_of_effect(raw.transitional) | raw.effects
    for wording in wordings:
        if wording.note and wording.starts and wording.starts != date.max:
            effects.setdefault(wording.note, wording.starts)
    in_force = raw.in_force or effects.get(file.sfs)
    return ActText(file, raw.title, in_force, wordings, effects, raw.transitional)


def _check_marks(file: StatuteFile, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        for when in marks_in(line):
            try:
                iso_day(when)
            except ValueError:
                expected = f"“{when}” is not a day such as 2024-07-01"
                raise FaultyFiles([Fault(file.path, number, "", expected)]) from None


def _lift_headings(sections: list[RawSection], dialect: Dialect) -> None:
    """Move headings that ended up at the end of a section's text to the section below."""
    for i, section in enumerate(sections):
        if dialect is Dialect.FLATTENED:
            lifted = _split_flattened_tail(section)
        else:
            lifted = _drop_tail_blocks(section)
        if lifted and i + 1 < len(sections) and not sections[i + 1].heading:
            sections[i + 1].heading = lifted


def _drop_tail_blocks(section: RawSection) -> str:
    """Headings stand as blocks of their own after the closing note or the last full sentence."""
    blocks = section.blocks
    noted = [i for i, (_, text) in enumerate(blocks) if _closes(text)]
    keep = noted[-1] + 1 if noted else len(blocks)
    tail = [text for _, text in blocks[keep:]]
    del blocks[keep:]
    while len(blocks) > 1 and _looks_like_heading(blocks[-1][1]):
        tail.insert(0, blocks.pop()[1])
    headings = [text for text in tail if not is_mark(text) or take_marks(text)[2]]
    return take_marks(headings[-1])[2] if headings else ""


def _closes(text: str) -> bool:
    note, _, tail = closing_note(text)
    return note is not None and not tail


def _looks_like_heading(text: str) -> bool:
    if _LIST_ITEM.match(text) or len(text) > _LONGEST_HEADING_LETTERS:
        return False
    if is_mark(text):
        return _looks_like_heading(take_marks(text)[2]) if take_marks(text)[2] else True
    return text[:1].isupper() and (text.endswith("m.m.") or not _ENDS_A_SENTENCE.search(text))


def _split_flattened_tail(section: RawSection) -> str:
    """In flattened text a heading follows the last sentence on the same line."""
    text = " ".join(part for _, part in section.blocks)
    note, closed, tail = closing_note(_first_section_only(text))
    if note is None:
        closed, tail = _split_last_sentence(text)
        section.cut = bool(tail) and not _could_be_heading(tail)
        if section.cut:
            closed, tail = text, ""
    section.blocks = [(section.line, closed)]
    return tail if _could_be_heading(tail) else ""


def _first_section_only(text: str) -> str:
    """Up to the first closing note; what comes after it belongs to sections that were lost."""
    note = re.search(r"\b(?:Lag|Förordning) \(\d{4}:\d+\)\.", text)
    return text[: note.end()] + _short_rest(text[note.end() :]) if note else text


def _short_rest(rest: str) -> str:
    return rest if len(rest) < _LONGEST_HEADING_LETTERS and "Lag (" not in rest else ""


def _split_last_sentence(text: str) -> tuple[str, str]:
    if _ENDS_A_SENTENCE.search(text):
        return text, ""
    ends = [m.end() for m in re.finditer(r"(?<!kap)[.:]\s(?=[A-ZÅÄÖ])", text)]
    return (text[: ends[-1]].strip(), text[ends[-1] :]) if ends else ("", text)


def _could_be_heading(text: str) -> bool:
    return (
        bool(text)
        and text[:1].isupper()
        and len(text.split()) <= _LONGEST_HEADING
        and not _NEVER_LAST.search(text)
    )


def _finish(section: RawSection, file: StatuteFile) -> Wording:
    first = section.blocks[0][1] if section.blocks else ""
    starts, ends, rest = take_marks(first)
    blocks = [(section.blocks[0][0], rest)] if rest else []
    blocks += section.blocks[1:]
    note, _, tail = closing_note(blocks[-1][1]) if blocks else (None, "", "")
    repeal = repealed_by(rest)
    return Wording(
        file=file,
        chapter=section.chapter,
        section=section.section,
        chapter_title=section.chapter_title,
        heading=section.heading,
        line=section.line,
        paragraphs=divide([block_of(line, text) for line, text in blocks]),
        note=repeal or (None if tail else note),
        starts=section.starts or starts,
        ends=ends,
        only=section.only,
        repealed_by=repeal,
        damage=Damage.CUT if section.cut or not blocks else None,
    )
