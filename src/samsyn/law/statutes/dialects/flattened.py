"""How is a file read that has one line per section and has lost paragraphs and lists?

Chapters and sections were found by the source at the beginning of wrapped lines, so references
became headings; a chapter number that does not rise is such a reference.
"""

from __future__ import annotations

import re

from samsyn.kernel.citations import section_order
from samsyn.law.statutes.joins import rising, starts_a_section
from samsyn.law.statutes.notation import NUMBER, number_of
from samsyn.law.statutes.versions import StatuteFile
from samsyn.law.statutes.wordings import RawAct, RawSection

_CHAPTER = re.compile(rf"^## (?P<number>{NUMBER}) kap\.\s*(?P<title>.*)$")
_SECTION = re.compile(rf"^\*\*(?P<number>{NUMBER}) §\*\*\s*(?P<text>.*)$")
_TRANSITIONAL = re.compile(
    r"(?:\bÖvergångsbestämmelser )?\b\d{4}:\d+ (?:1\. )?"
    r"Denna (?:lag|förordning|balk) träder i kraft"
    r"|\bÖvergångsbestämmelser \d{4}:\d+"
)
_SWALLOWED_CHAPTER = re.compile(
    rf"(?<=[.)a-zåäö] )(?P<number>{NUMBER}) kap\. "
    r"(?P<title>[A-ZÅÄÖ][^§.]{2,160}?(?:m\.m\. )?)(?= ?1 § [A-ZÅÄÖ])"
)
_DIVIDED_WORD = re.compile(
    r"(?<=[a-zåäö])- (?=[a-zåäö])(?!och\b|eller\b|samt\b|respektive\b|till\b)"
)


def read_flattened(file: StatuteFile, lines: list[str]) -> RawAct:
    """Read a flattened file; what follows the first transitional provision is not sections."""
    act = RawAct()
    chapter: str | None = None
    title = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("# ") and not act.title:
            act.title = line[2:].strip()
        elif found := _CHAPTER.match(line):
            chapter, title = number_of(found["number"]), found["title"].strip()
        elif found := _SECTION.match(line):
            text = _DIVIDED_WORD.sub("", re.sub(r"\s+", " ", found["text"]).strip())
            ends = _TRANSITIONAL.search(text)
            section = RawSection(chapter, title, number_of(found["number"]), "", number, [])
            section.blocks.append((number, text[: ends.start()].strip() if ends else text))
            act.sections.append(section)
            if ends:
                rest = [text[ends.start() :], *lines[number:]]
                act.transitional = " ".join(rest)
                break
    act.sections = _free_chapters(_trust_chapters(act.sections))
    return act


def _free_chapters(sections: list[RawSection]) -> list[RawSection]:
    """Free chapters whose heading was swallowed: ``… 13 a kap. Godkännande 1 § I detta …``.

    The sections below it in the file, up to the next real chapter, are that chapter's.
    """
    freed: list[RawSection] = []
    for i, section in enumerate(sections):
        line, text = section.blocks[0]
        found = _next_chapter_in(text, section, sections[i + 1 :])
        freed.append(section)
        if found is None:
            continue
        section.blocks = [(line, text[: found.start()].strip())]
        old, new = section.chapter, number_of(found["number"])
        rest = text[found.end("title") :].strip()
        first = re.sub(r"^1 §\s*", "", rest)
        freed.append(RawSection(new, found["title"].strip(), "1", "", line, [(line, first)]))
        for later in sections[i + 1 :]:
            if later.chapter != old:
                break
            later.chapter, later.chapter_title = new, found["title"].strip()
    return freed


def _next_chapter_in(
    text: str, section: RawSection, later: list[RawSection]
) -> re.Match[str] | None:
    if section.chapter is None:
        return None
    after = next((s.chapter for s in later if s.chapter != section.chapter), None)
    for found in _SWALLOWED_CHAPTER.finditer(text):
        key = section_order(number_of(found["number"]))
        above = section_order(section.chapter) < key
        if above and (after is None or key < section_order(after)):
            return found
    return None


def _trust_chapters(sections: list[RawSection]) -> list[RawSection]:
    """Undo chapters made of references: their sections continue the chapter before, or are lost."""
    runs: list[list[RawSection]] = []
    for section in sections:
        if not runs or runs[-1][0].chapter != section.chapter:
            runs.append([])
        runs[-1].append(section)
    if len(runs) < 2 or any(run[0].chapter is None for run in runs):
        return sections
    order = [section_order(run[0].chapter or "0") for run in runs]
    real = rising(order, [False] * len(order))
    trusted: list[RawSection] = []
    for i, run in enumerate(runs):
        if i in real:
            trusted.extend(run)
        elif trusted and section_order(run[0].section) > _last_real(trusted):
            for section in run:
                section.chapter = trusted[-1].chapter
                section.chapter_title = trusted[-1].chapter_title
                trusted.append(section)
    return trusted


def _last_real(sections: list[RawSection]) -> tuple[int, str]:
    """Number of the last section whose text can be the beginning of one."""
    last = next((s for s in reversed(sections) if starts_a_section(s.blocks[0][1])), sections[-1])
    return section_order(last.section)
