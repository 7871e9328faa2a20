"""How does a statute text write section numbers, days, marks and closing notes?

Small readers shared by every dialect. Form of the texts: Svensk författningssamling as published
in consolidated form by the Government Offices and the parliament.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

NUMBER = r"\d+(?:\s?[a-zåäö])?"

_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
            *("augusti", "september", "oktober", "november", "december"),
        ),
        start=1,
    )
}
_DAY_IN_WORDS = re.compile(rf"den (\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_CLOSING_NOTE = re.compile(r"\b(?:Lag|Förordning|Kungörelse) \((\d{4}:\d+)\)\s*\.?")
_MARK = re.compile(
    r"/\s*(?P<rubric>Rubriken\s+)?(?P<verb>[Uu]pphör att gälla U|[Tt]räder i kraft I|Ny beteckning)"
    r":\s*(?P<when>[^/]*?)\s*/\s*"
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAKES_EFFECT = re.compile(
    r"(?P<sfs>\d{4}:\d+)\s+(?:1\.\s+)?(?:Denna|Detta|Denne)\s+\w+\s+träder\s+i\s+kraft(?P<rest>[^.]*)"
)
_REPEALS = re.compile(
    r"(?:upphävs|upphävas|ska(?:ll)? upphöra att gälla|upphör [^.]{0,120}att gälla)", re.IGNORECASE
)
_SFS = re.compile(r"\((\d{4}:\d+)\)")
_REPEALED = re.compile(
    r"^[Hh]ar (?:upp?hävts|upphört(?: att gälla)?)\s+genom \w+ \((?P<sfs>\d{4}:\d+)\)"
)
OPEN_DAY = date.max
"""Stands for “the day the Government decides”: after every day that can be asked about."""


def number_of(text: str) -> str:
    """``7 a`` becomes ``7a``."""
    return re.sub(r"\s", "", text)


def sfs_order(sfs: str | None) -> tuple[int, int]:
    """Sort key of an SFS number; None (no amendment) sorts first."""
    if sfs is None:
        return (0, 0)
    year, number = sfs.split(":")
    return int(year), int(number)


def days_in_words(text: str) -> list[date]:
    """Days written as ``den 1 juli 2024``; what is no day of the calendar is passed over."""
    days = []
    for found in _DAY_IN_WORDS.finditer(text):
        with suppress(ValueError):
            days.append(date(int(found[3]), _MONTHS[found[2]], int(found[1])))
    return days


def iso_day(text: str) -> date | None:
    """First day written as ``2024-07-01``; None if there is none.

    Raises:
        ValueError: if the text has that form but is no day of the calendar.
    """
    found = _ISO_DAY.search(text)
    return date.fromisoformat(found[0]) if found else None


def closing_note(text: str) -> tuple[str | None, str, str]:
    """Amending act in the last ``Lag (2015:1039).``, the text up to it, and what follows it."""
    notes = list(_CLOSING_NOTE.finditer(text))
    if not notes:
        return None, text, ""
    last = notes[-1]
    return last[1], text[: last.end()], text[last.end() :].strip()


def take_marks(text: str) -> tuple[date | None, date | None, str]:
    """First and last-plus-one day stated by leading marks, and the text without them.

    ``/Upphör att gälla U:2024-07-01/`` means that the wording no longer applies on that day.
    A day left to the Government is OPEN_DAY.
    """
    starts = ends = None
    while found := _MARK.match(text):
        day = iso_day(found["when"]) or OPEN_DAY
        if not found["rubric"]:
            if found["verb"].lower().startswith("upphör"):
                ends = day
            elif found["verb"].lower().startswith("träder"):
                starts = day
        text = text[found.end() :]
    return starts, ends, text


def marks_in(text: str) -> list[str]:
    """What each mark in a line gives as its day, read or not."""
    return [found["when"] for found in _MARK.finditer(text)]


def is_mark(text: str) -> bool:
    """True if the text begins with a mark between slashes."""
    return bool(_MARK.match(text))


def repealed_by(text: str) -> str | None:
    """The act in ``Har upphävts genom lag (2014:649).``, None for any other text."""
    found = _REPEALED.match(text)
    return found["sfs"] if found else None


def days_of_effect(transitional: str) -> dict[str, date]:
    """Day of entry into force of each amending act named in transitional provisions.

    Where several days are given for different parts, the last one: by then all of it applies.
    An act with a part left to the Government is left out.
    """
    days: dict[str, date] = {}
    for found in _TAKES_EFFECT.finditer(transitional):
        stated = days_in_words(found["rest"])
        if stated and "regeringen bestämmer" not in found["rest"]:
            days[found["sfs"]] = max(stated)
    return days


def acts_repealed(own_sfs: str, transitional: str) -> tuple[date | None, frozenset[str]]:
    """Day of effect of an act, and the acts that its own transitional provisions repeal."""
    start = transitional.find(own_sfs)
    effect = days_of_effect(transitional).get(own_sfs)
    if start < 0 or effect is None:
        return effect, frozenset()
    rest = transitional[start + len(own_sfs) :]
    own = re.split(r"\s\d{4}:\d+\s+(?:1\.\s+)?Denna ", rest)[0]
    repealed: set[str] = set()
    for sentence in re.split(r"(?<=[a-zåäö)])\.\s", own):
        if _REPEALS.search(sentence):
            repealed.update(_SFS.findall(sentence))
    return effect, frozenset(repealed)
