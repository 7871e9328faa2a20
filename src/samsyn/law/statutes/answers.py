"""What does the library answer: a passage, a proof, or why there is no text?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from samsyn.kernel.citations import Citation
from samsyn.kernel.text import Text


class Certainty(Enum):
    """How sure it is that this text was the law on the day asked about.

    STATED: the sources state it, by marks, by days of entry into force, or by the same closing
        note before and after the day.
    AS_OF_SNAPSHOT: the newest snapshot on or before the day says so; a later change is not seen.
    UNCERTAIN: the wording is from another time, or damaged.
    """

    STATED = "stated"
    AS_OF_SNAPSHOT = "as_of_snapshot"
    UNCERTAIN = "uncertain"


class Verdict(Enum):
    """Does the place exist on the day?"""

    PROVED = "proved"
    NOT_FOUND = "not_found"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a citation on a day.

    Attributes:
        citation: as asked.
        text: of the place asked for; the whole section when the place cannot be told apart.
        lead_in: for a point, the words its list hangs on; otherwise empty.
        heading: nearest heading above the section; empty when the source has none.
        chapter_title: empty when the act has no chapters or the source no title.
        version: label of the file, ``2024-05``.
        as_of: day whose law the file shows.
        source: name of the file.
        line: of the text in the file, counted from 1.
        amended_by: SFS number in the closing note; None if the section was never amended.
        valid_from: first day of the wording, where the sources state it.
        valid_to: last day of the wording, where the sources state it.
        certainty: that this was the text on the day.
        narrowed: True if the text is exactly the paragraph, point or sentence asked for.
        notes: remarks that a reader needs.
    """

    citation: Citation
    text: str
    lead_in: str
    heading: str
    chapter_title: str
    version: str
    as_of: date
    source: str
    line: int
    amended_by: str | None
    valid_from: date | None
    valid_to: date | None
    certainty: Certainty
    narrowed: bool
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a place exists on a day, and why.

    Attributes:
        citation: as asked.
        on: the day.
        verdict: the answer.
        reason: one sentence.
        source: file and line that carry the answer, ``sfs-2009-400.2024-05.md:2671``; may be empty.
    """

    citation: Citation
    on: date
    verdict: Verdict
    reason: Text
    source: str


class TextNotFound(Exception):
    """There is no text of a place on a day.

    Attributes:
        citation: as asked.
        on: the day.
        reason: one sentence.
        nearest: sections of the act that exist and lie closest, to put the citation right.
        uncertain: True if the place may exist although its text cannot be shown.
    """

    def __init__(
        self,
        citation: Citation,
        on: date,
        reason: Text,
        nearest: tuple[Citation, ...] = (),
        *,
        uncertain: bool = False,
    ) -> None:
        self.citation = citation
        self.on = on
        self.reason = reason
        self.nearest = nearest
        self.uncertain = uncertain
        hint = f" Nearest: {', '.join(map(str, nearest))}." if nearest else ""
        super().__init__(f"{citation} on {on}: {reason.en}{hint}")


@dataclass(frozen=True, slots=True)
class VersionListing:
    """One version of an act.

    Attributes:
        label: ``2024-05`` or ``2026-04.selected``.
        as_of: day whose law it shows.
        dialect: ``headed``, ``wrapped``, ``flattened`` or ``excerpt``.
        source: name of the file.
    """

    label: str
    as_of: date
    dialect: str
    source: str


@dataclass(frozen=True, slots=True)
class ActListing:
    """One act and its versions, oldest first.

    Attributes:
        sfs: ``2009:400``.
        title: as the newest complete version has it.
        versions: what there is.
    """

    sfs: str
    title: str
    versions: tuple[VersionListing, ...]
