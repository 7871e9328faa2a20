"""Which figures does the obstacle report have, in which unit, and what is a line of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from samsyn.kernel.text import Text

Unit = Literal["question", "decision", "weighing", "obstacle", "need"]
UNITS: Mapping[Unit, Text] = {
    "question": Text(sv="fråga till en myndighet", en="question to one agency"),
    "decision": Text(sv="beslut om utlämnande till en myndighet", en="decision on one disclosure"),
    "weighing": Text(sv="avvägning i ett beslut", en="weighing in a decision"),
    "obstacle": Text(
        sv="rad i hinderregistret: en uppgift, en fråga eller ett behov",
        en="row of the obstacle register: a fact, a question or a need",
    ),
    "need": Text(
        sv="rad i hinderregistret där någon har berättat om behovet",
        en="row of the obstacle register in which somebody has told of the need",
    ),
}
"""What a figure counts."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report is about, both counted in."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        code: what it counts of, a provision, an agency or another code.
        name: in words.
        count: the number; None when it is too small to be told.
        rows: names and values of the address that opens its rows; empty when they lie
            elsewhere.
    """

    code: str
    name: Text
    count: int | None
    rows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind.

    Attributes:
        code: as files name it.
        title: in words.
        unit: what every line counts.
        definition: what is counted and what is not.
        lines: the largest first.
        total: number of different units; less than the sum where one counts in several lines.
    """

    code: str
    title: Text
    unit: Unit
    definition: Text
    lines: tuple[Line, ...]
    total: int | None

    @property
    def unit_name(self) -> Text:
        """The unit in words."""
        return UNITS[self.unit]


def counted(
    counts: Mapping[str, int], names: Mapping[str, Text], rows: str, **always: str
) -> tuple[Line, ...]:
    """Lines of counts, the largest first.

    Args:
        counts: code → number.
        names: code → what it is called; the code itself when it is not there.
        rows: the filter by which a line's rows are found; none when empty.
        always: further filters of every line.
    """
    lines = [
        Line(
            code,
            names.get(code, Text(sv=code, en=code)),
            number,
            {**always, rows: code} if rows else dict(always),
        )
        for code, number in counts.items()
        if number
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.count or 0), line.code)))


def tallied(codes: Iterable[str]) -> dict[str, int]:
    """How often each code occurs; those that are empty are left out."""
    counts: dict[str, int] = {}
    for code in codes:
        if code:
            counts[code] = counts.get(code, 0) + 1
    return counts


def told_outside(table: Table, smallest: int) -> Table:
    """The table as it may leave the agency: a figure below the smallest is not told.

    A sum of which one part is missing would tell the part, so the total is kept back as well where
    exactly one line is.
    """
    lines = tuple(
        Line(line.code, line.name, None if _small(line.count, smallest) else line.count)
        for line in table.lines
    )
    hidden = sum(line.count is None for line in lines)
    total = None if _small(table.total, smallest) or hidden == 1 else table.total
    return Table(table.code, table.title, table.unit, table.definition, lines, total)


def _small(count: int | None, smallest: int) -> bool:
    return count is not None and 0 < count < smallest
