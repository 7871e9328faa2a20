"""What is one wording of one section, and what does one file say about one act?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from samsyn.law.statutes.versions import StatuteFile


class Damage(Enum):
    """What is wrong with a section in a snapshot that has lost text."""

    CUT = "cut"
    WRONG_CHAPTER = "wrong_chapter"


def squash(text: str) -> str:
    """Letters and digits only, in small letters."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text: a paragraph without list, or one item of a list.

    Attributes:
        marker: ``"1"``, ``"1a"``, ``"a"``, ``"-"``; None for running text.
        text: without the marker, on one line.
        line: in the source file, counted from 1.
    """

    marker: str | None
    text: str
    line: int

    @property
    def written(self) -> str:
        """The block as one would write it."""
        if self.marker is None:
            return self.text
        if self.marker == "-":
            return f"- {self.text}"
        sign = ")" if self.marker.isalpha() else "."
        return f"{self.marker}{sign} {self.text}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A *stycke*: running text with the lists that belong to it."""

    blocks: tuple[Block, ...]

    @property
    def written(self) -> str:
        """The paragraph, one block per line."""
        return "\n".join(block.written for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of one section, as one file has it.

    Attributes:
        file: where it is from.
        chapter: ``"10"`` or None.
        section: ``"15a"``.
        chapter_title: heading of the chapter, empty when the file has none.
        heading: the nearest heading above the section, empty when unknown.
        line: of the section, in the file.
        paragraphs: all of them; a single one where the file has lost the division.
        note: SFS number of the latest amendment, by the closing note; None: never amended.
        starts: first day, where the source states it.
        ends: first day on which it no longer applies, where the source states it.
        only: numbers of the paragraphs that an excerpt gives; empty for the whole section.
        repealed_by: SFS number, when the text only says that the section has been repealed.
        damage: what is wrong with the text.
    """

    file: StatuteFile
    chapter: str | None
    section: str
    chapter_title: str
    heading: str
    line: int
    paragraphs: tuple[Paragraph, ...]
    note: str | None = None
    starts: date | None = None
    ends: date | None = None
    only: tuple[int, ...] = ()
    repealed_by: str | None = None
    damage: Damage | None = None

    @property
    def written(self) -> str:
        """The section, paragraphs parted by an empty line."""
        return "\n\n".join(paragraph.written for paragraph in self.paragraphs)

    @property
    def squashed(self) -> str:
        """Letters and digits only, for comparing two readings of the same words."""
        return squash(self.written)


@dataclass(slots=True)
class RawSection:
    """A section while a file is being read; ``blocks`` are lines with their text, lists untold."""

    chapter: str | None
    chapter_title: str
    section: str
    heading: str
    line: int
    blocks: list[tuple[int, str]]
    starts: date | None = None
    only: tuple[int, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class RawAct:
    """What a dialect's reader hands on: title, dates and sections in the order of the file."""

    title: str = ""
    in_force: date | None = None
    sections: list[RawSection] = field(default_factory=list)
    transitional: str = ""
    effects: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActText:
    """One file, read.

    Attributes:
        file: the file.
        title: of the act.
        in_force: first day of the act, where the file states it.
        wordings: in the order of the file.
        effects: day on which amending acts take effect, by SFS number, where the file states it.
        transitional: the transitional provisions as running text.
    """

    file: StatuteFile
    title: str
    in_force: date | None
    wordings: tuple[Wording, ...]
    effects: dict[str, date]
    transitional: str
