"""Which part of a section's wording is the paragraph, point or sentence asked for?"""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.kernel.citations import Citation
from samsyn.kernel.text import Text
from samsyn.law.statutes import reasons
from samsyn.law.statutes.paragraphs import Place, inline_point, point_in, sentences
from samsyn.law.statutes.wordings import Paragraph, Wording


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The place asked for, or the whole section with the reason why it could not be told apart.

    Attributes:
        place: text and line.
        exact: True if the place is exactly what was asked for.
        lost: why not, when the version has lost the division; None when exact.
    """

    place: Place
    exact: bool
    lost: Text | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The section is there and divided, but the place is not in it."""

    reason: Text


def narrow(citation: Citation, wording: Wording) -> Narrowed | Missing:
    """Find the place within one wording of its section."""
    whole = Place("", wording.written, wording.line)
    if citation.paragraph is None and citation.point is None and citation.sentence is None:
        return Narrowed(whole, True)
    if not wording.file.dialect.keeps_paragraphs:
        return _narrow_flat(citation, wording, whole)
    paragraphs = list(wording.paragraphs)
    if citation.paragraph is not None:
        if not 1 <= citation.paragraph <= len(paragraphs):
            return Missing(reasons.no_paragraph(citation, len(paragraphs)))
        paragraphs = [paragraphs[citation.paragraph - 1]]
    if citation.point is not None:
        return _narrow_to_point(citation, paragraphs)
    if citation.sentence is not None:
        text = " ".join(block.written for p in paragraphs for block in p.blocks)
        return _narrow_to_sentence(citation, text, _line(paragraphs))
    return Narrowed(Place("", paragraphs[0].written, _line(paragraphs)), True)


def _line(paragraphs: list[Paragraph]) -> int:
    return paragraphs[0].blocks[0].line


def _narrow_to_point(citation: Citation, paragraphs: list[Paragraph]) -> Narrowed | Missing:
    """A point without a paragraph is looked for in all; the first that has it counts."""
    for paragraph in paragraphs:
        if found := point_in(paragraph, citation.point or ""):
            if citation.sentence is None:
                return Narrowed(found, True)
            return _narrow_to_sentence(citation, found.text, found.line)
    return Missing(reasons.no_point(citation))


def _narrow_to_sentence(citation: Citation, text: str, line: int) -> Narrowed | Missing:
    parts = sentences(text)
    if not 1 <= (citation.sentence or 0) <= len(parts):
        return Missing(reasons.no_sentence(citation, len(parts)))
    return Narrowed(Place("", parts[(citation.sentence or 1) - 1], line), True)


def _narrow_flat(citation: Citation, wording: Wording, whole: Place) -> Narrowed:
    """Flattened text: a point can still be found by an unbroken count."""
    if citation.point is not None and citation.sentence is None:
        found = inline_point(wording.written, citation.point)
        if found and citation.paragraph is None:
            return Narrowed(Place(found.lead_in, found.text, wording.line), True)
    return Narrowed(whole, False, reasons.undivided(wording.file))
