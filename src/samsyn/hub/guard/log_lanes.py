"""Does each lane of the log hold together, entry by entry?

A lane is read once, from its first entry to its last, in pieces that end where a seal ends. What
is remembered is the last entry and those that are faulty, never the lane.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samsyn.hub.guard.chaining import FIRST, chain_hash
from samsyn.hub.guard.log_findings import Finding
from samsyn.hub.guard.log_rows import Row
from samsyn.hub.guard.seal_statement import Span, leaf

MOST_COMPARED = 200
"""Faulty rows that are compared with each other, to tell those that changed places."""


class LaneWalk:
    """A walk along one lane.

    Attributes:
        read: how many entries were read.
        findings: what is wrong.
        faulty: the rows whose content does not match their hash, the first few.
    """

    def __init__(self, lane: int, rows: Iterable[Row], start: Span | None = None) -> None:
        """Begin before the first row, or after what a seal took in."""
        self.lane = lane
        self.read = 0
        self.findings: list[Finding] = []
        self.faulty: list[Row] = []
        self._seq, self._hash = (start.last, start.hash) if start else (0, FIRST)
        self._intact = True
        self._follows = {self._hash}
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def through(self, span: Span, seal: int) -> list[bytes]:
        """Walk to the end of what a seal took in; returns the leaves found."""
        before, start = len(self.findings), self._seq + 1
        leaves = []
        while self._next and self._next.entry.seq <= span.last:
            if self._step(self._next, seal):
                leaves.append(leaf(self._next.hash))
            self._next = next(self._rows, None)
        if self._seq < span.last:
            self._found("removed", self._seq + 1, span.last, seal=seal)
        elif self._hash != span.hash and len(self.findings) == before:
            self._found("rewritten", min(start, span.last), span.last, seal=seal)
        # From here on the entries are held against what was sealed; where that was rewritten the
        # next may follow either, so that one fault is told once.
        self._follows = {span.hash, self._hash}
        self._seq, self._hash, self._intact = span.last, span.hash, True
        return leaves

    def rest(self) -> tuple[int, datetime | None]:
        """Walk to the end; returns how many entries no seal has taken in, and since when."""
        count, oldest = 0, self._next.entry.at if self._next else None
        while self._next:
            count += self._step(self._next, 0)
            self._next = next(self._rows, None)
        return count, oldest

    def _step(self, row: Row, seal: int) -> bool:
        """Judge one entry; False if it stands where another already stands."""
        self.read += 1
        seq = row.entry.seq
        if seq <= self._seq:
            self._found("inserted", seq, seq, entry=row.id, seal=seal)
            return False
        if seq > self._seq + 1:
            self._found("removed", self._seq + 1, seq - 1, seal=seal)
        intact = row.intact()
        if not intact:
            self._found("changed", seq, seq, entry=row.id, seal=seal)
            if len(self.faulty) < MOST_COMPARED:
                self.faulty.append(row)
        elif seq == self._seq + 1 and self._intact and row.entry.prev not in self._follows:
            self._found("broken", max(self._seq, 1), seq, entry=row.id, seal=seal)
        self._seq, self._hash, self._intact = seq, row.hash, intact
        self._follows = {row.hash}
        return True

    def _found(self, kind: str, first: int, last: int, *, entry: int = 0, seal: int = 0) -> None:
        self.findings.append(Finding(kind, self.lane, first, last, entry, seal))


def with_moves(findings: Iterable[Finding], faulty: list[Row]) -> list[Finding]:
    """The findings, with two changed entries told as one that changed places where that is so."""
    moved: dict[int, Row] = {}
    for row in faulty:
        for other in faulty:
            if row.id not in moved and _stood_at(row, other) and _stood_at(other, row):
                moved[row.id] = other
    result: list[Finding] = []
    for finding in findings:
        partner = moved.get(finding.entry) if finding.kind == "changed" else None
        if partner is None:
            result.append(finding)
            continue
        first, last = sorted((finding.first, partner.entry.seq))
        told = Finding("moved", finding.lane, first, last, 0, finding.seal)
        if told not in result:
            result.append(told)
    return result


def _stood_at(row: Row, other: Row) -> bool:
    """Would the content of a row match a stored hash if it stood elsewhere in its lane?"""
    if row.id == other.id or row.entry.lane != other.entry.lane:
        return False
    there = row.entry._replace(seq=other.entry.seq)
    candidates = (there, there._replace(prev=other.entry.prev))
    return any(chain_hash(entry) in (row.hash, other.hash) for entry in candidates)
