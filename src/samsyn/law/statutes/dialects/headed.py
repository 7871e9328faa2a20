"""How is a file with front matter read (``### 7 a §``, markdown links, a heading per section)?"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.statutes.notation import NUMBER, number_of
from samsyn.law.statutes.versions import StatuteFile
from samsyn.law.statutes.wordings import RawAct, RawSection

_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_HEADING = re.compile(r"^#{2,6}\s+(?P<text>.*\S)\s*$")
_CHAPTER = re.compile(rf"^(?P<number>{NUMBER}) kap\.\s*(?P<title>.*)$")
# Conversion put the tail of a directive's number before the sign: “### /52/ 7 d §”.
_SECTION = re.compile(rf"^(?:/.*\s)?(?P<number>{NUMBER})\s+§$")


def read_headed(file: StatuteFile, lines: list[str]) -> RawAct:
    """Read a file with front matter.

    Raises:
        FaultyFiles: if the front matter does not end, is not YAML, or holds a bad day.
    """
    act = RawAct()
    first = _read_front_matter(file, lines, act)
    _Body(act).read(lines, first)
    return act


def _read_front_matter(file: StatuteFile, lines: list[str], act: RawAct) -> int:
    """Fill in the dates of the act; gives the index of the first line after the front matter."""
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        raise FaultyFiles([Fault(file.path, 1, "", "the front matter has no closing line of ---")])
    try:
        # beteckning 2009:400 would be read as a base-60 integer, so only days are typed here.
        stated: Any = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise FaultyFiles([Fault(file.path, line, "", "the front matter is not YAML")]) from None
    if not isinstance(stated, dict):
        raise FaultyFiles([Fault(file.path, 2, "", "the front matter has no fields")])
    act.in_force = _day(file, lines, stated.get("ikraft_datum"))
    for amendment in stated.get("andringsforfattningar") or []:
        if (day := _day(file, lines, amendment.get("ikraft_datum"))) is not None:
            act.effects[str(amendment.get("beteckning"))] = day
    return end + 1


def _day(file: StatuteFile, lines: list[str], value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    line = next((i for i, text in enumerate(lines, 1) if str(value) in text), 1)
    fault = Fault(file.path, line, "ikraft_datum", f"“{value}” is not a day such as 2024-07-01")
    raise FaultyFiles([fault])


class _Body:
    def __init__(self, act: RawAct) -> None:
        self._act = act
        self._chapter: str | None = None
        self._chapter_title = ""
        self._heading = ""

    def read(self, lines: list[str], first: int) -> None:
        for i in range(first, len(lines)):
            text = re.sub(r"\s+", " ", _LINK.sub(r"\1", lines[i])).strip()
            if not text:
                continue
            heading = _HEADING.match(text)
            if heading and heading["text"].startswith("Övergångsbestämmelser"):
                self._act.transitional = " ".join(_LINK.sub(r"\1", line) for line in lines[i + 1 :])
                return
            if heading and re.match(r"Bilaga\b", heading["text"]) and self._act.sections:
                return
            if text.startswith("# "):
                self._act.title = text[2:]
            elif heading:
                self._take_heading(heading["text"], i, lines)
            elif self._act.sections:
                self._act.sections[-1].blocks.append((i + 1, text))

    def _take_heading(self, text: str, i: int, lines: list[str]) -> None:
        if section := _SECTION.match(text):
            number = number_of(section["number"])
            self._act.sections.append(
                RawSection(self._chapter, self._chapter_title, number, self._heading, i + 1, [])
            )
        elif chapter := _CHAPTER.match(text):
            self._chapter, self._chapter_title = number_of(chapter["number"]), chapter["title"]
            self._heading = ""
        elif self._act.sections and _is_running_text(lines, i):
            self._act.sections[-1].blocks.append((i + 1, text))
        else:
            self._heading = text


def _is_running_text(lines: list[str], i: int) -> bool:
    """A heading is followed by another heading; one followed by text is a paragraph of the section.

    “## De myndigheter som omfattas … är” before a list (2025:170/5) is the third paragraph.
    """
    following = next((line for line in lines[i + 1 :] if line.strip()), "")
    return bool(following) and not following.startswith("#")
