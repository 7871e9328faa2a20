"""In which order did everything happen, and how does the log tell of it?

Matters are told one after the other, but run beside each other. Their acts wait here until no
earlier one can come any more; then each gets its number in the log, its place in one of the
sixteen chains, and the register numbers that were taken in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heappop, heappush

from samsyn.hub.guard.chaining import FIRST, ChainedEntry, chain_hash
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.training.rows import CounterRow, LogRow, Row

LANES = 16


class Number:
    """A register number, given when the act in which it is taken has its place.

    Attributes:
        agency: whose register.
        day: when; it decides the series and the year.
        text: as it is written; empty until it is given.
    """

    __slots__ = ("agency", "day", "text")

    def __init__(self, agency: str, day: date) -> None:
        self.agency, self.day, self.text = agency, day, ""

    def __str__(self) -> str:
        return self.text


class Place:
    """The number of one document: the register number and its place under it."""

    __slots__ = ("number", "sequence")

    def __init__(self, number: Number, sequence: int) -> None:
        self.number, self.sequence = number, sequence

    def __str__(self) -> str:
        return f"{self.number.text}-{self.sequence}"


@dataclass(slots=True, kw_only=True)
class Act:
    """One act or look, with the rows it leaves; as a cell it stands for its number in the log.

    Attributes:
        numbers: register numbers taken in it.
        entry: its number in the log, once it has one.
    """

    at: datetime
    account: str | None
    agency: str
    act: str
    case: str | None = None
    matter: str | None = None
    purpose: str = ""
    ground: str = ""
    rulebook: str = ""
    objects: list[str] = field(default_factory=list)
    detail: str = ""
    rows: list[Row] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    entry: int = 0

    def __str__(self) -> str:
        return str(self.entry)


class Journal:
    """Acts waiting for their place, in a log that begins with them."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._heads: dict[int, tuple[int, str]] = {}
        self._last = 0
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._added = 0
        self._given: dict[tuple[str, str, int], int] = {}

    @property
    def last(self) -> int:
        """The last number given in the log."""
        return self._last

    def add(self, act: Act) -> None:
        """Let an act wait for its place."""
        self._added += 1
        heappush(self._waiting, (act.at, self._added, act))

    def until(self, moment: datetime | None) -> Iterator[Row]:
        """The rows of all acts before a moment, each act's log entry first; None for all."""
        while self._waiting and (moment is None or self._waiting[0][0] < moment):
            act = heappop(self._waiting)[2]
            yield self._entry(act)
            yield from act.rows

    def counters(self) -> Iterator[CounterRow]:
        """How far each register has counted."""
        for (agency, series, year), last in sorted(self._given.items()):
            yield CounterRow(agency=agency, series=series, year=year, last=last)

    def _entry(self, act: Act) -> LogRow:
        for number in act.numbers:
            self._give(number)
        self._last += 1
        act.entry = self._last
        lane = act.entry * 7 % LANES
        seq, prev = self._heads.get(lane, (0, FIRST))
        objects = " ".join(dict.fromkeys(act.objects))
        chained = ChainedEntry(
            lane,
            seq + 1,
            act.at,
            # As text it gives the same octets, without making an object of it.
            act.account,  # type: ignore[arg-type]
            act.agency,
            act.act,
            act.case,  # type: ignore[arg-type]
            act.matter,  # type: ignore[arg-type]
            act.purpose,
            act.ground,
            act.rulebook,
            objects,
            act.detail,
            prev,
        )
        own = chain_hash(chained)
        self._heads[lane] = (seq + 1, own)
        return LogRow(
            id=act.entry,
            lane=lane,
            seq=seq + 1,
            at=act.at,
            account=act.account,
            agency=act.agency,
            act=act.act,
            case_id=act.case,
            matter=act.matter,
            purpose=act.purpose,
            ground=act.ground,
            rulebook=act.rulebook,
            objects=objects,
            detail=act.detail,
            prev=prev,
            hash=own,
        )

    def _give(self, number: Number) -> None:
        series = self._organisation.series_of(number.agency, number.day)[0]
        key = (number.agency, series.code, number.day.year)
        self._given[key] = self._given.get(key, 0) + 1
        number.text = series.written(number.day.year, self._given[key])
