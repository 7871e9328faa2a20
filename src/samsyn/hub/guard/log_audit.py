"""Is the log, as it stands in the database, still the one that was written and sealed?

Every entry is hashed again, every chain followed, every seal's signature and root made again, and
each seal compared with the copy that another party keeps. A seal that both have is believed as the
witness has it. Rows are streamed, lane beside lane, in one snapshot: what is kept in mind is one
row of each lane, the peaks of the tree and what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import chain, groupby
from pathlib import Path

from samsyn.hub.guard import log_rows, witness
from samsyn.hub.guard.log_findings import Finding, LogReport
from samsyn.hub.guard.log_lanes import LaneWalk, with_moves
from samsyn.hub.guard.log_rows import Connection
from samsyn.hub.guard.merkle import GrowingTree
from samsyn.hub.guard.seal_keys import PublicKeys
from samsyn.hub.guard.seal_statement import NOTHING, Heads, NoSeal, Seal

MOST_MISSING = 1000
"""Seals missing in a row that are named one by one."""


def verify(
    connection: Connection,
    keys: PublicKeys,
    folder: Path | None = None,
    after: Seal | None = None,
) -> LogReport:
    """Check the whole log, against a witness's folder if there is one.

    Args:
        connection: sees every entry.
        keys: public keys of the log.
        folder: of the witness.
        after: a seal whose entries were checked before; only what came after it is read.

    Raises:
        FieldError: if the folder cannot be read.
    """
    with log_rows.snapshot(connection), ExitStack() as stack:
        walks = _Walks(connection, stack, Heads.read(after.heads) if after else NOTHING)
        audit = _SealAudit(walks, keys, folder)
        if after:
            audit.begin_after(after)
        for number, seal in _numbered(connection, folder):
            if after is None or number > after.id:
                audit.take(number, seal)
        rests = [walk.rest() for walk in walks.all()]
        counter = log_rows.counter(connection)
        without = log_rows.numbers_without_row(connection, audit.counter, counter)
        entries = sorted(
            chain.from_iterable(walk.findings for walk in walks.all()),
            key=lambda finding: (not finding.seal, finding.seal, finding.lane, finding.first),
        )
        faulty = [row for walk in walks.all() for row in walk.faulty]
        return LogReport(
            entries=sum(walk.read for walk in walks.all()),
            seals=audit.count,
            unsealed=sum(count for count, _ in rests),
            oldest_unsealed=min((at for _, at in rests if at), default=None),
            without_row=tuple(without),
            witnessed=folder is not None,
            findings=(*audit.findings, *with_moves(entries, faulty)),
        )


class _Walks:
    """The walks along the lanes, each begun when it is first needed."""

    def __init__(self, connection: Connection, stack: ExitStack, start: Heads) -> None:
        self._connection = connection
        self._stack = stack
        self._start = start
        self._walks: dict[int, LaneWalk] = {}
        for lane in log_rows.lanes(connection):
            self.lane(lane)

    def lane(self, lane: int) -> LaneWalk:
        """The walk along a lane; it may have no entries any more."""
        if lane not in self._walks:
            span = self._start.lanes.get(lane)
            rows = self._stack.enter_context(
                closing(log_rows.lane_rows(self._connection, lane, span.last if span else 0))
            )
            self._walks[lane] = LaneWalk(lane, rows, span)
        return self._walks[lane]

    def all(self) -> list[LaneWalk]:
        """Every walk, by lane."""
        return [walk for _, walk in sorted(self._walks.items())]


class _SealAudit:
    """Takes the seals in order and holds each against its entries and its copy.

    Attributes:
        count: seals read from the database.
        counter: the last number given when the last believed seal was made.
    """

    def __init__(self, walks: _Walks, keys: PublicKeys, folder: Path | None) -> None:
        self.count = 0
        self.counter = 0
        self.findings: list[Finding] = []
        self._walks = walks
        self._keys = keys
        self._folder = folder
        self._number = 0
        self._before: Seal | None = None
        self._tree: GrowingTree | None = GrowingTree()

    def begin_after(self, seal: Seal) -> None:
        """Begin with what came after a seal that was checked before."""
        heads = Heads.read(seal.heads)
        self._number, self._before = seal.id, seal
        self.counter, self._tree = heads.counter, _tree_of(seal, heads)

    def take(self, number: int, seal: Seal | None) -> None:
        """The next seal; None if only the witness has it."""
        for missing in range(self._number + 1, min(number, self._number + MOST_MISSING)):
            self._found("seal_removed", missing)
        if number > self._number + 1:
            self._skip()
        self._number = number
        self.count += seal is not None
        believed = self._believed(number, seal)
        try:
            if believed is None:
                self._skip()
            else:
                self._hold(believed, Heads.read(believed.heads))
        except NoSeal:
            self._found("seal_broken", number)
            self._skip()

    def _skip(self) -> None:
        """Nothing can be said of this seal's entries; the next seal's chain hashes cover them."""
        self._before = self._tree = None

    def _believed(self, number: int, seal: Seal | None) -> Seal | None:
        """The seal that is held against the entries, if one can be believed; says what is wrong."""
        own = seal if seal and seal.signed(self._keys) else None
        if seal is None:
            self._found("seal_removed", number)
        elif own is None:
            self._found("seal_changed", number)
        if self._folder is None:
            return own
        try:
            copy = witness.read_copy(self._folder, number)
        except NoSeal:
            self._found("witness_changed", number)
            return own
        if copy is None:
            self._found("witness_missing", number)
            return own
        if not copy.seal.signed(self._keys):
            self._found("witness_changed", number)
            return own
        if own and own != copy.seal:
            self._found("seal_replaced", number)
        return copy.seal

    def _hold(self, seal: Seal, heads: Heads) -> None:
        """Hold the entries, and the seal before, against what a seal says of them."""
        if (seal.id == 1 or self._before) and not seal.continues(self._before):
            self._found("seal_broken", seal.id)
        tree, named = self._tree, False
        for lane, span in heads.lanes.items():
            walk = self._walks.lane(lane)
            before = len(walk.findings)
            leaves = walk.through(span, seal.id)
            named = named or len(walk.findings) > before
            if tree:
                for leaf in leaves:
                    tree.add(leaf)
        if tree and tree.root().hex() != seal.root and not named:
            self._found("sealed_otherwise", seal.id)
        # The next batch is held against what was signed, so that a fault is told once.
        self._tree = _tree_of(seal, heads)
        self._before, self.counter = seal, heads.counter

    def _found(self, kind: str, seal: int) -> None:
        self.findings.append(Finding(kind, seal=seal))


def _tree_of(seal: Seal, heads: Heads) -> GrowingTree | None:
    try:
        return GrowingTree(seal.size, heads.peaks)
    except ValueError:
        return None


def _numbered(connection: Connection, folder: Path | None) -> Iterator[tuple[int, Seal | None]]:
    """Every number of which the database has a seal or the witness a copy, in order."""
    copies = witness.numbers(folder) if folder else []
    waiting = iter(copies)
    number = next(waiting, None)
    for seal_id, same in groupby(log_rows.seals(connection), key=lambda seal: seal.id):
        while number is not None and number < seal_id:
            yield number, None
            number = next(waiting, None)
        if number == seal_id:
            number = next(waiting, None)
        yield seal_id, next(same)
    while number is not None:
        yield number, None
        number = next(waiting, None)
