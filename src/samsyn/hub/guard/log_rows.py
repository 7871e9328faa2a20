"""Which entries and seals stand in the database, read one after the other and never all at once?"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from samsyn.hub.guard.chaining import ChainedEntry, chain_hash
from samsyn.hub.guard.seal_statement import Heads, Seal

Connection = psycopg.Connection[Any]

AT_ONCE = 2000
"""Rows fetched in one step."""

SEAL_LOCK = 7302
"""Beside 7301, which ``guard_append`` uses for the lanes."""

_COLUMNS = (
    "id, hash, lane, seq, at, account, agency, act, case_id, matter, purpose, ground, rulebook, "
    "objects, detail, prev"
)
_SEAL_COLUMNS = "id, made_at, heads, size, root, prev_root, key_id, signature"

# Skips from lane to lane along the index instead of reading every entry.
_LANES = """
with recursive lanes as (
    (select lane from guard_log_entry order by lane limit 1)
    union all
    select (select e.lane from guard_log_entry e where e.lane > lanes.lane order by e.lane limit 1)
    from lanes where lanes.lane is not null
)
select lane from lanes where lane is not null
"""

_HASHES = """
select e.hash from guard_log_entry e
join unnest(%s::smallint[], %s::bigint[], %s::bigint[]) as span (lane, first, last)
    on e.lane = span.lane and e.seq between span.first and span.last
order by e.lane, e.seq
"""

_WITHOUT_ROW = """
select number from generate_series(%s::bigint + 1, %s::bigint) as number
where not exists (select 1 from guard_log_entry where id = number)
order by number limit %s
"""


class Row(NamedTuple):
    """An entry as it stands in the database.

    Attributes:
        id: number of the row, by which people name it; not part of the chain.
        hash: the hash that is stored with it.
    """

    id: int
    hash: str
    entry: ChainedEntry

    def intact(self) -> bool:
        """Is the stored hash that of the content?"""
        return chain_hash(self.entry) == self.hash


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Everything read inside is of the same moment; a transaction already begun stays as it is."""
    outermost = connection.info.transaction_status is TransactionStatus.IDLE
    with connection.transaction():
        if outermost:
            connection.execute("set transaction isolation level repeatable read, read only")
        yield


def lanes(connection: Connection) -> list[int]:
    """The lanes that have entries."""
    return [int(lane) for (lane,) in connection.execute(_LANES)]


def lane_rows(connection: Connection, lane: int, after: int = 0) -> Generator[Row, None, None]:
    """The entries of a lane after a number, in order; inside a transaction."""
    query = sql.SQL(
        f"select {_COLUMNS} from guard_log_entry where lane = %s and seq > %s order by seq, id"
    )
    with connection.cursor(name=f"samsyn_lane_{lane}") as cursor:
        cursor.itersize = AT_ONCE
        for row in cursor.execute(query, (lane, after)):
            yield _row(row)


def one_row(connection: Connection, entry: int) -> Row | None:
    """The entry of a number."""
    query = sql.SQL(f"select {_COLUMNS} from guard_log_entry where id = %s")
    row = connection.execute(query, (entry,)).fetchone()
    return _row(row) if row else None


def seals(connection: Connection, since: datetime | None = None) -> Generator[Seal, None, None]:
    """The seals in order, perhaps only those made at or after a time; inside a transaction."""
    query = sql.SQL(
        f"select {_SEAL_COLUMNS} from guard_log_seal "
        "where %s::timestamptz is null or made_at >= %s order by id"
    )
    with connection.cursor(name="samsyn_seals") as cursor:
        cursor.itersize = AT_ONCE
        for row in cursor.execute(query, (since, since)):
            yield Seal(*row)


def one_seal(connection: Connection, number: int) -> Seal | None:
    """The seal of a number."""
    query = sql.SQL(f"select {_SEAL_COLUMNS} from guard_log_seal where id = %s")
    row = connection.execute(query, (number,)).fetchone()
    return Seal(*row) if row else None


def newest_seal(connection: Connection) -> Seal | None:
    """The last seal."""
    query = sql.SQL(f"select {_SEAL_COLUMNS} from guard_log_seal order by id desc limit 1")
    row = connection.execute(query).fetchone()
    return Seal(*row) if row else None


def sealed_leaves(connection: Connection, heads: Heads) -> list[str]:
    """The hashes of the entries that a seal takes in, in the order of the tree."""
    spans = {lane: span for lane, span in heads.lanes.items() if span.count}
    arrays = (
        list(spans),
        [span.first for span in spans.values()],
        [span.last for span in spans.values()],
    )
    return [text for (text,) in connection.execute(_HASHES, arrays)]


def counter(connection: Connection) -> int:
    """The last number that was given to an entry, kept or not."""
    row = connection.execute(
        "select case when is_called then last_value else last_value - 1 end "
        "from guard_log_entry_id_seq"
    ).fetchone()
    assert row is not None
    return int(row[0])


def numbers_without_row(
    connection: Connection, after: int, through: int, most: int = 20
) -> list[int]:
    """Numbers that were given and have no entry: of acts that were undone, or of rows now gone."""
    return [int(n) for (n,) in connection.execute(_WITHOUT_ROW, (after, through, most))]


def _row(row: tuple[Any, ...]) -> Row:
    return Row(row[0], row[1], ChainedEntry(*row[2:]))
