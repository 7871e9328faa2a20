"""How is a place in a Swedish statute named, compared and covered by a range?

A citation is written ``SFS/chapter:section``, with ``st`` for paragraph (*stycke*), ``p`` for point
(*punkt*) and ``m`` for sentence (*mening*): ``2009:400/10:15a st1 p5``. Acts without chapters have
no colon after the slash: ``2024:307/4 st3``.

A pattern is how statutes list provisions: ``26:1-6``, ``26:1a st1``, ``15-20 kap.``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CITATION = re.compile(
    r"^(?P<sfs>\d{4}:\d{1,5})"
    r"(?:/(?:(?P<chapter>\d{1,4}[a-z]?):)?(?P<section>\d{1,4}[a-z]?)"
    r"(?: st(?P<paragraph>\d{1,3}))?(?: p(?P<point>\d{1,3}[a-z]?))?(?: m(?P<sentence>\d{1,3}))?"
    r"|/(?P<whole>\d{1,4}[a-z]?) kap\.)?$"
)
_PATTERN = re.compile(
    r"^(?:(?P<chapter>\d{1,4}[a-z]?):(?P<first>\d{1,4}[a-z]?)(?:-(?P<last>\d{1,4}[a-z]?))?"
    r"(?: st(?P<paragraph>\d{1,3}))?"
    r"|(?P<first_chapter>\d{1,4})(?:-(?P<last_chapter>\d{1,4}))? kap\.)$"
)
_NUMBERED = re.compile(r"^(\d+)([a-z]?)$")


class CitationError(ValueError):
    """A text that is not a citation or pattern; the message says what was expected."""


def section_order(section: str) -> tuple[int, str]:
    """Sort key of a chapter or section number: ``15a`` comes after ``15`` and before ``16``.

    Raises:
        CitationError: if the text is not a number with an optional letter.
    """
    match = _NUMBERED.match(section)
    if not match:
        raise CitationError(f"“{section}” is not a section number such as 15 or 15a")
    return int(match.group(1)), match.group(2)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one statute.

    Attributes:
        sfs: number in Svensk författningssamling, ``2009:400``.
        chapter: ``"10"``, ``"6a"`` or None in acts without chapters.
        section: ``"15a"``; empty when the citation is a whole chapter or a whole act.
        paragraph: *stycke*, counted from 1.
        point: *punkt* in a list, ``"5"`` or ``"1a"``.
        sentence: *mening*, counted from 1 within the paragraph.
    """

    sfs: str
    chapter: str | None = None
    section: str = ""
    paragraph: int | None = None
    point: str | None = None
    sentence: int | None = None

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read ``2009:400/10:15a st1 p5``.

        Raises:
            CitationError: if the text has another form.
        """
        return _parse_citation(text)

    def __str__(self) -> str:
        return _written(self)

    def whole_section(self) -> Citation:
        """The section that this place lies in."""
        return Citation(self.sfs, self.chapter, self.section)

    def within(self, wider: Citation) -> bool:
        """True if this place is the wider place or lies in it."""
        if self.sfs != wider.sfs:
            return False
        for own, other in (
            (self.chapter, wider.chapter),
            (self.section, wider.section or None),
            (self.paragraph, wider.paragraph),
            (self.point, wider.point),
            (self.sentence, wider.sentence),
        ):
            if other is not None and own != other:
                return False
        return True


@lru_cache(maxsize=8192)
def _written(cite: Citation) -> str:
    if not cite.section:
        return f"{cite.sfs}/{cite.chapter} kap." if cite.chapter else cite.sfs
    place = f"{cite.chapter}:{cite.section}" if cite.chapter else cite.section
    tail = "".join(
        f" {mark}{value}"
        for mark, value in (("st", cite.paragraph), ("p", cite.point), ("m", cite.sentence))
        if value is not None
    )
    return f"{cite.sfs}/{place}{tail}"


@lru_cache(maxsize=8192)
def _parse_citation(text: str) -> Citation:
    match = _CITATION.match(text)
    if not match:
        raise CitationError(
            f"“{text}” is not a citation: expected SFS/chapter:section such as 2009:400/10:27, "
            "or SFS/section such as 2024:307/4, with st, p and m for paragraph, point and sentence"
        )
    paragraph, sentence = match["paragraph"], match["sentence"]
    return Citation(
        sfs=match["sfs"],
        chapter=match["chapter"] or match["whole"],
        section=match["section"] or "",
        paragraph=int(paragraph) if paragraph else None,
        point=match["point"],
        sentence=int(sentence) if sentence else None,
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A stretch of sections as statutes list them, within one act.

    Attributes:
        text: as written, ``26:1-6``, ``26:1a st1`` or ``15-20 kap.``.
        chapters: first and last chapter, as sort keys.
        sections: first and last section, as sort keys; None for whole chapters.
        paragraph: the only paragraph meant, or None for the whole section.
    """

    text: str
    chapters: tuple[tuple[int, str], tuple[int, str]]
    sections: tuple[tuple[int, str], tuple[int, str]] | None
    paragraph: int | None

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Read ``25:1-8``, ``26:1a st1`` or ``21-40 kap.``.

        Raises:
            CitationError: if the text has another form or runs backwards.
        """
        match = _PATTERN.match(text)
        if not match:
            raise CitationError(
                f"“{text}” is not a list of sections: expected 25:1-8, 26:1a st1 or 15-20 kap."
            )
        if match["first_chapter"]:
            first = section_order(match["first_chapter"])
            last = section_order(match["last_chapter"] or match["first_chapter"])
            chapters, sections, paragraph = (first, last), None, None
        else:
            chapter = section_order(match["chapter"])
            chapters = (chapter, chapter)
            sections = (
                section_order(match["first"]),
                section_order(match["last"] or match["first"]),
            )
            paragraph = int(match["paragraph"]) if match["paragraph"] else None
        if chapters[0] > chapters[1] or (sections and sections[0] > sections[1]):
            raise CitationError(f"“{text}” runs backwards")
        return cls(text, chapters, sections, paragraph)

    def _spans_section_of(self, place: Citation) -> bool:
        if place.chapter is None or not place.section:
            return False
        if not self.chapters[0] <= section_order(place.chapter) <= self.chapters[1]:
            return False
        if self.sections is None:
            return True
        return self.sections[0] <= section_order(place.section) <= self.sections[1]

    def covers(self, place: Citation) -> bool:
        """True if the whole of the place lies in the stretch."""
        if not self._spans_section_of(place):
            return False
        return self.paragraph is None or place.paragraph == self.paragraph

    def touches(self, place: Citation) -> bool:
        """True if some of the place may lie in the stretch (its paragraph may be left open)."""
        if not self._spans_section_of(place):
            return False
        return self.paragraph is None or place.paragraph in (None, self.paragraph)
