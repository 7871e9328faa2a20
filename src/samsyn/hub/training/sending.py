"""How do millions of rows reach the database while the next ones are being told?

Lines pile up by table; a full pile is sent by a second thread, so that the database works beside
the telling. A few piles may wait; what is kept in mind stays small whatever the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import Any

import psycopg
from psycopg import sql

from samsyn.hub.training.copying import columns, line_of
from samsyn.hub.training.rows import Row

Connection = psycopg.Connection[tuple[Any, ...]]

AT_ONCE = 2_000_000
"""Characters of one table that are sent together."""
WAITING = 3
"""Full piles that may wait; then the telling waits."""


@dataclass(slots=True)
class _Pile:
    """Lines of one table that wait to be sent."""

    line: Callable[[Row], str]
    lines: list[str] = field(default_factory=list)
    length: int = 0
    count: int = 0

    def add(self, row: Row) -> bool:
        """Lay a row on it; true when there is enough to be sent."""
        text = self.line(row)
        self.lines.append(text)
        self.length += len(text)
        self.count += 1
        return self.length > AT_ONCE

    def take(self) -> str:
        """All that waits."""
        text = "".join(self.lines)
        self.lines, self.length = [], 0
        return text


class _Sender(Thread):
    """Sends piles, one after the other; the connection is its own for as long as it runs.

    Attributes:
        failure: what went wrong, if anything did; nothing is sent after it.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(name="training data", daemon=True)
        self.failure: BaseException | None = None
        self._connection = connection
        self._queue: Queue[tuple[type[Row], str] | None] = Queue(WAITING)

    def send(self, kind: type[Row], text: str) -> None:
        """Hand a pile over; waits while too many are waiting."""
        self.check()
        self._queue.put((kind, text))

    def finish(self) -> None:
        """Wait until all is sent."""
        self._queue.put(None)
        self.join()

    def check(self) -> None:
        """Raise what went wrong, here where somebody sees it."""
        if self.failure is not None:
            raise self.failure

    def run(self) -> None:
        """Send until there is nothing more; after a failure the rest is thrown away."""
        while (pile := self._queue.get()) is not None:
            if self.failure is None:
                try:
                    _copy(self._connection, *pile)
                except BaseException as failure:
                    self.failure = failure


def send_all(
    connection: Connection, rows: Iterator[Row], progress: Callable[[int], None]
) -> dict[str, int]:
    """Send every row; gives back table → rows.

    Args:
        connection: in a transaction in which it may write every table.
        rows: what is sent.
        progress: told how many rows there are so far, now and then.
    """
    piles: dict[type[Row], _Pile] = {}
    sender = _Sender(connection)
    sender.start()
    try:
        for number, row in enumerate(rows, start=1):
            kind = type(row)
            pile = piles.get(kind)
            if pile is None:
                pile = piles[kind] = _Pile(line_of(kind))
            if pile.add(row):
                sender.send(kind, pile.take())
            if number % 250_000 == 0:
                progress(number)
        for kind, pile in piles.items():
            sender.send(kind, pile.take())
    finally:
        sender.finish()
    sender.check()
    return {kind.TABLE: pile.count for kind, pile in piles.items()}


def _copy(connection: Connection, kind: type[Row], text: str) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(kind.TABLE),
        sql.SQL(", ").join(sql.Identifier(column) for column in columns(kind)),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


@contextmanager
def indexes_made_at_the_end(connection: Connection) -> Iterator[None]:
    """Take indexes that hold no constraint away while millions of rows come in.

    To make one of all rows at once takes a fraction of the time of growing it row by row. All in
    the transaction of the load: nobody ever sees the tables without.
    """
    found = connection.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i "
        "join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace "
        "and c.relkind = 'r' and not i.indisunique and not i.indisprimary "
        "and (c.relforcerowsecurity or c.relname like 'cases_%') order by 1"
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    yield
    connection.execute("set local maintenance_work_mem = '512MB'")
    for _, definition in found:
        connection.execute(sql.SQL(definition))
