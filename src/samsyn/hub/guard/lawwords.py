"""What is a provision, an agency, a purpose or a role called, in words that its reader uses?"""

from __future__ import annotations

import re
from functools import lru_cache

from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.text import Language, Text
from samsyn.law import Rulebook

CITATION = re.compile(
    r"\d{4}:\d{1,5}/(?:\d{1,4}[a-z]? kap\.|(?:\d{1,4}[a-z]?:)?\d{1,4}[a-z]?"
    r"(?: st\d{1,3})?(?: p\d{1,3}[a-z]?)?(?: m\d{1,3})?)"
)
"""A citation in a running sentence."""


def in_words(sentence: str, language: Language) -> str:
    """A sentence of the law engine with every citation in it as a lawyer writes it."""
    written = CITATION.sub(lambda found: cited(found[0], language), sentence)
    return written[:1].upper() + written[1:]


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
    short, title = _acts_of(current_rulebook()).get(sfs, ("", None))
    if short:
        return short
    if language == "en":
        word = "Ordinance" if title and "ordinance" in title.en.lower() else "Act"
        return f"{word} {sfs}"
    word = "förordningen" if title and "förordning" in title.sv.lower() else "lagen"
    return f"{word} ({sfs})"


def act_title(sfs: str, language: Language) -> str:
    """The whole name of the act, or its number when the rulebook does not have it."""
    title = _acts_of(current_rulebook()).get(sfs, ("", None))[1]
    return title.into(language) if title else sfs


def agency_name(code: str, language: Language) -> str:
    """AV as Arbetsmiljöverket, Swedish Work Environment Authority; an unknown code as it came."""
    name = _agencies_of(current_rulebook()).get(code)
    return name.into(language) if name else code


def purpose_name(code: str, language: Language) -> str:
    """What the receiver needs something for, in words; an unknown code as it came."""
    name = _purposes_of(current_rulebook()).get(code)
    return name.into(language) if name else code


def role_name(code: str) -> Text:
    """What somebody is at an agency; an unknown code as it came."""
    role = current_organisation().roles.get(code)
    return role.name if role else Text(sv=code, en=code)


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


@lru_cache(maxsize=4)
def _acts_of(rulebook: Rulebook) -> dict[str, tuple[str, Text | None]]:
    return {
        head.act: (head.abbreviations[0] if head.abbreviations else "", head.title)
        for head, _ in rulebook.content.acts
    }


@lru_cache(maxsize=4)
def _agencies_of(rulebook: Rulebook) -> dict[str, Text]:
    return {agency.code: agency.name for agency, _ in rulebook.content.agencies}


@lru_cache(maxsize=4)
def _purposes_of(rulebook: Rulebook) -> dict[str, Text]:
    return {code.code: code.name for code, _ in rulebook.content.vocabularies["purposes"]}
