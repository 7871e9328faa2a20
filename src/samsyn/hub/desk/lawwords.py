"""What is a provision or an agency called, in words that its reader uses?"""

from __future__ import annotations

from functools import cache

from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.text import Language, Text
from samsyn.law.loading import Content, packaged_folder, read_content


def cited(code: str | Citation, language: Language) -> str:
    """``2009:400/10:27`` as a lawyer writes it: OSL 10 kap. 27 §, OSL ch. 10 s. 27.

    What is not a citation is given back as it came.
    """
    try:
        place = code if isinstance(code, Citation) else Citation.parse(code.strip())
    except CitationError:
        return str(code)
    parts = _parts_sv(place) if language == "sv" else _parts_en(place)
    return " ".join([act_name(place.sfs, language), *parts])


def act_name(sfs: str, language: Language) -> str:
    """The act by its abbreviation, else by its number: OSL, lagen (2024:307)."""
    short, title = _acts().get(sfs, ("", None))
    if short:
        return short
    if language == "en":
        word = (
            "Ordinance"
            if title and title.en.lower().split("(")[0].find("ordinance") >= 0
            else "Act"
        )
        return f"{word} {sfs}"
    word = "förordningen" if title and "förordning" in title.sv.lower() else "lagen"
    return f"{word} ({sfs})"


def act_title(sfs: str, language: Language) -> str:
    """The whole name of the act, or its number when the rulebook does not have it."""
    title = _acts().get(sfs, ("", None))[1]
    return title.into(language) if title else sfs


def agency_name(code: str, language: Language) -> str:
    """AV as Arbetsmiljöverket, Swedish Work Environment Authority; an unknown code as it came."""
    name = _agencies().get(code)
    return name.into(language) if name else code


def _parts_sv(place: Citation) -> list[str]:
    parts = [f"{_apart(place.chapter)} kap."] if place.chapter else []
    if place.section:
        parts.append(f"{_apart(place.section)} §")
    if place.paragraph:
        parts.append(f"{place.paragraph} st.")
    if place.point:
        parts.append(f"p. {place.point}")
    if place.sentence:
        parts.append(f"{place.sentence} men.")
    return parts


def _parts_en(place: Citation) -> list[str]:
    parts = [f"ch. {_apart(place.chapter)}"] if place.chapter else []
    if place.section:
        parts.append(f"s. {_apart(place.section)}")
    if place.paragraph:
        parts.append(f"para. {place.paragraph}")
    if place.point:
        parts.append(f"pt. {place.point}")
    if place.sentence:
        parts.append(f"sent. {place.sentence}")
    return parts


def _apart(number: str) -> str:
    """15a as it is written in the statute: 15 a."""
    return f"{number[:-1]} {number[-1]}" if number[-1:].isalpha() else number


@cache
def _content() -> Content:
    return read_content(packaged_folder())


@cache
def _acts() -> dict[str, tuple[str, Text | None]]:
    return {
        head.act: (head.abbreviations[0] if head.abbreviations else "", head.title)
        for head, _ in _content().acts
    }


@cache
def _agencies() -> dict[str, Text]:
    return {agency.code: agency.name for agency, _ in _content().agencies}
