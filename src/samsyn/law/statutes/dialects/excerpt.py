"""How is an excerpt read (single sections with ``(i kraft 2025-12-01)`` in the heading)?"""

from __future__ import annotations

import re
from datetime import date

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.statutes.notation import NUMBER, iso_day, number_of
from samsyn.law.statutes.versions import StatuteFile
from samsyn.law.statutes.wordings import RawAct, RawSection

_CHAPTER = re.compile(rf"^## (?P<number>{NUMBER}) kap\.\s*(?P<title>.*)$")
_SECTION = re.compile(
    rf"^### (?P<number>{NUMBER}) §(?P<only>[^(]*)(?:\((?P<when>[^)]*(?:\(\d+:\d+\))?[^)]*)\))?\s*$"
)
_FROM = re.compile(r"(?:i kraft|från|fr\.o\.m\.) (?:den )?(?=\d{4}-)")
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}


def read_excerpt(file: StatuteFile, lines: list[str]) -> RawAct:
    """Read an excerpt; a day in the title holds for sections whose heading states none.

    Raises:
        FaultyFiles: if a section heading cannot be read or its day is no day.
    """
    act = RawAct()
    chapter: str | None = None
    title = ""
    general: date | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("# "):
            act.title = line[2:].split(": ")[0].strip()
            general = _from_day(file, number, line)
        elif found := _CHAPTER.match(line):
            chapter, title = number_of(found["number"]), found["title"].strip()
        elif line.startswith("### "):
            section = _section(file, number, line, chapter, title)
            section.starts = section.starts or general
            act.sections.append(section)
        elif line.strip() and act.sections:
            act.sections[-1].blocks.append((number, re.sub(r"\s+", " ", line).strip()))
    return act


def _section(
    file: StatuteFile, number: int, line: str, chapter: str | None, title: str
) -> RawSection:
    found = _SECTION.match(line)
    only = found["only"].strip() if found else ""
    counted = [_ORDINALS[word] for word in re.findall(r"\w+", only) if word in _ORDINALS]
    if not found or (only and not counted):
        expected = "expected a heading such as “### 15 a § (i kraft 2025-12-01)”"
        raise FaultyFiles([Fault(file.path, number, "", expected)])
    when = found["when"] or ""
    # “general” applies only where the heading says nothing at all about the wording.
    starts = _from_day(file, number, when)
    section = RawSection(chapter, title, number_of(found["number"]), "", number, [], starts)
    section.only = tuple(counted)
    return section


def _from_day(file: StatuteFile, number: int, text: str) -> date | None:
    if not _FROM.search(text):
        return None
    try:
        return iso_day(text)
    except ValueError:
        fault = Fault(file.path, number, "", "expected a day such as 2025-12-01")
        raise FaultyFiles([fault]) from None
