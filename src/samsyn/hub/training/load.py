"""How does the training data come into an empty hub?

As the owner of the tables, in one transaction: all of it or nothing. Triggers that ask for the log
row of an act are off for as long, because the log rows come with the rows here; the same goes for
forced row security where the owner is no superuser, and is put back before anybody sees anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.training.copying import columns, line_of
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.rows import Row
from samsyn.hub.training.story import EARLIEST, Story, matters_at
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

Connection = psycopg.Connection[tuple[Any, ...]]
Report = Callable[[Text], None]

AT_ONCE = 4_000_000
"""Characters of one table that are sent together; what is kept in mind stays near this."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded.

    Attributes:
        rows: table → rows.
        seconds: how long it took.
    """

    rows: dict[str, int]
    seconds: float


def load_training(
    owner_connection: Connection,
    *,
    seed: int = 2022,
    scale: float = 1.0,
    today: date,
    report: Report | None = None,
) -> Loaded:
    """Fill an empty hub with the invented work of some years.

    Args:
        owner_connection: as the role that owns the tables.
        seed: the same seed, scale and day give the same rows.
        scale: 1 for the demo; 1000 for benchmarks with about a million facts.
        today: the day on which the demo is seen; the newest acts lie just before it.
        report: told what is being done, for a person who waits.

    Raises:
        FieldError: if the hub is not empty, or the day lies too early.
    """
    tell = report or (lambda step: None)
    if today < EARLIEST:
        raise FieldError(
            "today",
            f"the training data tells a story that ends after {EARLIEST}; choose a later day",
            f"övningsdata berättar om tiden efter {EARLIEST}; välj en senare dag",
        )
    begun = time.perf_counter()
    with owner_connection.transaction():
        _require_empty(owner_connection)
        tell(
            Text(
                sv=f"Övningsdata: {matters_at(scale)} ärenden berättas",
                en=f"Training data: telling {matters_at(scale)} matters",
            )
        )
        journal = Journal(current_organisation())
        story = Story(
            current_rulebook(),
            current_organisation(),
            seed=seed,
            scale=scale,
            today=today,
            journal=journal,
        )
        with _open_to_owner(owner_connection):
            rows = _send(owner_connection, story.rows(), tell)
            owner_connection.execute("select setval('guard_log_entry_id_seq', %s)", [journal.last])
    tell(
        Text(
            sv=f"Övningsdata: {sum(rows.values())} rader inlästa",
            en=f"Training data: {sum(rows.values())} rows loaded",
        )
    )
    return Loaded(rows, time.perf_counter() - begun)


def _require_empty(connection: Connection) -> None:
    # Row security may hide rows from an owner who is no superuser; the log's counter it cannot.
    row = connection.execute(
        "select (select is_called from guard_log_entry_id_seq) "
        "or exists (select 1 from guard_account) or exists (select 1 from cases_case)"
    ).fetchone()
    if row is None or row[0]:
        raise FieldError(
            "database",
            "the training data goes into an empty hub only, and this one already holds accounts, "
            "cases or log entries; take a new database (make demo RESET=1)",
            "övningsdata läses bara in i en tom hubb, och den här har redan konton, ärenden eller "
            "loggposter; ta en ny databas (make demo RESET=1)",
        )


@contextmanager
def _open_to_owner(connection: Connection) -> Iterator[None]:
    """Let the owner write what no act of a person writes; only within this transaction."""
    row = connection.execute(
        "select rolsuper from pg_roles where rolname = current_user"
    ).fetchone()
    if row and row[0]:
        connection.execute("set local session_replication_role = replica")
        yield
        connection.execute("set local session_replication_role = origin")
        return
    found = connection.execute(
        "select oid::regclass::text from pg_class where relkind = 'r' "
        "and relnamespace = 'public'::regnamespace and relforcerowsecurity "
        "and relowner = current_user::regrole order by 1"
    ).fetchall()
    for change in ("no force row level security", "disable trigger user"):
        _alter(connection, [name for (name,) in found], change)
    yield
    # Deferred checks first: a table with checks pending cannot be altered.
    connection.execute("set constraints all immediate")
    for change in ("enable trigger user", "force row level security"):
        _alter(connection, [name for (name,) in found], change)


def _alter(connection: Connection, tables: list[str], change: str) -> None:
    for table in tables:
        connection.execute(
            sql.SQL("alter table {} {}").format(sql.Identifier(table), sql.SQL(change))
        )


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


def _send(connection: Connection, rows: Iterator[Row], tell: Report) -> dict[str, int]:
    piles: dict[type[Row], _Pile] = {}
    sent = 0
    for row in rows:
        kind = type(row)
        pile = piles.get(kind)
        if pile is None:
            pile = piles[kind] = _Pile(line_of(kind))
        if pile.add(row):
            _copy(connection, kind, pile.take())
            sent += 1
            if sent % 50 == 0:
                done = sum(each.count for each in piles.values())
                tell(Text(sv=f"{done} rader", en=f"{done} rows"))
    for kind, pile in piles.items():
        _copy(connection, kind, pile.take())
    return {kind.TABLE: pile.count for kind, pile in piles.items()}


def _copy(connection: Connection, kind: type[Row], text: str) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(kind.TABLE),
        sql.SQL(", ").join(sql.Identifier(column) for column in columns(kind)),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)
