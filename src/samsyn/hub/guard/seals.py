"""How are the entries since the last seal closed into the tree and signed?

The order of leaves is that of the seals; within a batch by lane and number. What does not hold
together is not sealed: of each lane the part before the first fault is taken in, and the fault is
said, so that one broken entry leaves the others protected.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samsyn.hub.guard import log_rows
from samsyn.hub.guard.log_rows import SEAL_LOCK, Connection
from samsyn.hub.guard.merkle import EMPTY_ROOT, GrowingTree
from samsyn.hub.guard.seal_keys import PublicKeys, by_id
from samsyn.hub.guard.seal_statement import NOTHING, Heads, NoSeal, Seal, Span, leaf, sign

MOST_ENTRIES = 100_000
"""At most so many entries in one seal, so that its batch can be read again in one piece."""

_INSERT = """
insert into guard_log_seal (id, made_at, heads, size, root, prev_root, key_id, signature)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""


class SealRefused(Exception):
    """Nothing can be sealed, because the last seal is not one of ours.

    Attributes:
        seal: its number.
    """

    def __init__(self, seal: int) -> None:
        self.seal = seal
        super().__init__(f"seal {seal} is not signed by a key of this log")


@dataclass(frozen=True, slots=True)
class Stop:
    """The place in a lane from which on nothing was sealed, because it does not hold together.

    Attributes:
        lane, seq: number of the entry that was expected.
        entry: the row that stands there, by its number.
    """

    lane: int
    seq: int
    entry: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing did.

    Attributes:
        seals: those made, in order; none if there was nothing new.
        stops: lanes that were sealed only up to a fault.
        without_row: numbers given since the seal before that have no entry, the first twenty; see
            :class:`samsyn.hub.guard.log_findings.LogReport`.
    """

    seals: tuple[Seal, ...]
    stops: tuple[Stop, ...]
    without_row: tuple[int, ...] = ()

    @property
    def entries(self) -> int:
        """How many entries were taken in."""
        return sum(Heads.read(seal.heads).count() for seal in self.seals)


def seal_all(
    connection: Connection,
    key: Ed25519PrivateKey,
    *,
    earlier: PublicKeys | None = None,
    most: int = MOST_ENTRIES,
) -> Sealed:
    """Seal every entry since the last seal.

    Args:
        earlier: public keys that were in use before ``key``.
        most: at most so many entries in one seal.

    Raises:
        SealRefused: if the last seal is not signed by ``key`` or an earlier key.
    """
    keys = {**(earlier or {}), **by_id([key.public_key()])}
    made: list[Seal] = []
    without = _without_row(connection)
    while True:
        seal, stops = _seal_batch(connection, key, keys, most)
        if seal is None:
            return Sealed(tuple(made), stops, without)
        made.append(seal)


def _without_row(connection: Connection) -> tuple[int, ...]:
    before = log_rows.newest_seal(connection)
    try:
        given = Heads.read(before.heads).counter if before else 0
    except NoSeal:
        return ()
    through = log_rows.counter(connection)
    return tuple(log_rows.numbers_without_row(connection, given, through))


def _seal_batch(
    connection: Connection, key: Ed25519PrivateKey, keys: PublicKeys, most: int
) -> tuple[Seal | None, tuple[Stop, ...]]:
    """One seal, in a transaction of its own; two who seal at once wait for each other."""
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s, 0)", (SEAL_LOCK,))
        before = log_rows.newest_seal(connection)
        heads, tree = _taken_up(before, keys)
        # Read first: a number given later belongs to the next seal.
        counter = log_rows.counter(connection)
        spans, stops, room = dict(heads.lanes), [], most
        for lane in sorted({*heads.lanes, *log_rows.lanes(connection)}):
            span, stop = _take_lane(connection, lane, heads, tree, room)
            room -= span.count
            if span.last:
                spans[lane] = span
            if stop:
                stops.append(stop)
        if room == most:
            return None, tuple(stops)
        seal = _write(connection, key, before, Heads(spans, tree.peaks, counter), tree)
    return seal, tuple(stops)


def _taken_up(before: Seal | None, keys: PublicKeys) -> tuple[Heads, GrowingTree]:
    """The lanes and the tree where the last seal left them."""
    if before is None:
        return NOTHING, GrowingTree()
    if not before.signed(keys):
        raise SealRefused(before.id)
    heads = Heads.read(before.heads)
    return heads, GrowingTree(before.size, heads.peaks)


def _take_lane(
    connection: Connection, lane: int, heads: Heads, tree: GrowingTree, room: int
) -> tuple[Span, Stop | None]:
    """Add a lane's new entries to the tree, up to the first that does not follow."""
    start, last_hash = heads.after(lane)
    last = start
    stop = None
    with closing(log_rows.lane_rows(connection, lane, start)) as rows:
        for row in rows:
            if last - start >= room:
                break
            if row.entry.seq != last + 1 or row.entry.prev != last_hash or not row.intact():
                stop = Stop(lane, last + 1, row.id)
                break
            last, last_hash = row.entry.seq, row.hash
            tree.add(leaf(row.hash))
    return Span(start + 1, last, last_hash), stop


def _write(
    connection: Connection,
    key: Ed25519PrivateKey,
    before: Seal | None,
    heads: Heads,
    tree: GrowingTree,
) -> Seal:
    row = connection.execute("select clock_timestamp()").fetchone()
    assert row is not None
    seal = sign(
        Seal(
            id=before.id + 1 if before else 1,
            made_at=row[0],
            heads=heads.written(),
            size=tree.size,
            root=tree.root().hex(),
            prev_root=before.root if before else EMPTY_ROOT.hex(),
            key_id="",
        ),
        key,
    )
    values = (
        seal.id, seal.made_at, seal.heads, seal.size, seal.root, seal.prev_root, seal.key_id,
        seal.signature,
    )  # fmt: skip
    connection.execute(_INSERT, values)
    return seal
