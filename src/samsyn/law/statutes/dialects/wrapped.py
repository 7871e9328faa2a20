"""How is a hard-wrapped file read (``**7 a §** text``, coming wordings marked by slashes)?"""

from __future__ import annotations

import re
from datetime import date

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.statutes.joins import starts_a_section
from samsyn.law.statutes.notation import NUMBER, iso_day, number_of
from samsyn.law.statutes.versions import StatuteFile
from samsyn.law.statutes.wordings import RawAct, RawSection

_CHAPTER = re.compile(rf"^## (?P<number>{NUMBER}) kap\.\s*(?P<title>.*)$")
_PLAIN_CHAPTER = re.compile(rf"^(?P<number>{NUMBER}) kap\.\s*$")
_SECTION = re.compile(rf"^\*\*(?P<number>{NUMBER}) §\*\*\s*(?P<text>.*)$")
_TRANSITIONAL = re.compile(r"^(?:#+ )?Övergångsbestämmelser\s*$")
_ANNEX = re.compile(r"^(?:#+ )?Bilaga\b.{0,4}$")
_OWN_LINE = re.compile(r"^(?:\d+[-–]\d+ §§\s+[Hh]ar up|\d+( [a-z])?\. |[a-z]\) |[-–] )")
_DIVIDED_WORD = re.compile(r"(?<=[a-zåäö])-$")
_KEPT_HYPHEN = re.compile(r"[A-ZÅÄÖ\d][-–]$")
_STANDS_APART = re.compile(r"^(?:och|eller|samt|respektive|till)\b")
_KEEPS_HYPHEN = re.compile(rf"{_STANDS_APART.pattern}|^[^a-zåäö]")


def join_wrapped(lines: list[str]) -> str:
    """Undo hard wrapping; a hyphen at the end of a line goes where a word was divided."""
    text = ""
    for line in (part.strip() for part in lines):
        if _DIVIDED_WORD.search(text) and not _KEEPS_HYPHEN.match(line):
            text = text[:-1] + line
        elif _KEPT_HYPHEN.search(text) and not _STANDS_APART.match(line):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return re.sub(r"\s+", " ", text)


def read_wrapped(file: StatuteFile, lines: list[str]) -> RawAct:
    """Read a hard-wrapped file."""
    return _Reader(file, lines).read()


class _Reader:
    def __init__(self, file: StatuteFile, lines: list[str]) -> None:
        self._file = file
        self._lines = lines
        self._at = 0
        self._act = RawAct()
        self._chapter: str | None = None
        self._chapter_title = ""
        self._block: list[str] = []
        self._block_line = 0

    def read(self) -> RawAct:
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            self._at += 1
            if self._act.sections and (_TRANSITIONAL.match(line) or _ANNEX.match(line)):
                self._act.transitional = " ".join(self._lines[self._at :])
                break
            self._take(line)
        self._flush()
        return self._act

    def _take(self, line: str) -> None:
        section = _SECTION.match(line)
        if line.startswith("# ") and not self._act.title:
            self._act.title = line[2:].strip()
        elif line.startswith("I kraft:") and not self._act.sections:
            self._act.in_force = self._day(line)
        elif chapter := _CHAPTER.match(line):
            self._open_chapter(number_of(chapter["number"]), chapter["title"])
        elif section and self._is_real(section["text"]):
            self._flush()
            self._act.sections.append(
                RawSection(
                    self._chapter,
                    self._chapter_title,
                    number_of(section["number"]),
                    "",
                    self._at,
                    [],
                )
            )
            self._add(section["text"])
        elif (plain := _PLAIN_CHAPTER.match(line)) and self._stands_alone():
            self._open_chapter(number_of(plain["number"]), "")
        elif not line.strip():
            self._flush()
        else:
            if _OWN_LINE.match(line):
                self._flush()
            self._add(f"{section['number']} § {section['text']}" if section else line)

    def _is_real(self, text: str) -> bool:
        """A section whose line holds only a sign goes on with the next line."""
        following = self._lines[self._at] if self._at < len(self._lines) else ""
        return starts_a_section(text or following)

    def _stands_alone(self) -> bool:
        """A chapter that was not made a heading: a line of its own between empty ones."""
        around = (self._lines[self._at - 2], self._lines[self._at : self._at + 1] or [""])
        return not around[0].strip() and not around[1][0].strip()

    def _open_chapter(self, number: str, title: str) -> None:
        self._flush()
        while self._at < len(self._lines) and self._lines[self._at].strip():
            title += " " + self._lines[self._at].strip()
            self._at += 1
        self._chapter, self._chapter_title = number, title.strip()

    def _add(self, text: str) -> None:
        if not self._block:
            self._block_line = self._at
        self._block.append(text)

    def _flush(self) -> None:
        text = join_wrapped(self._block)
        if text and self._act.sections:
            self._act.sections[-1].blocks.append((self._block_line, text))
        self._block = []

    def _day(self, line: str) -> date | None:
        try:
            return iso_day(line)
        except ValueError:
            fault = Fault(self._file.path, self._at, "I kraft", "expected a day such as 2024-07-01")
            raise FaultyFiles([fault]) from None
