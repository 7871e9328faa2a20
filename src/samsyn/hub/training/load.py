"""How does the training data come into an empty hub?

As the owner of the tables, in one transaction: all of it or nothing. Triggers that ask for the log
row of an act are off for as long, because the log rows come with the rows here; the same goes for
forced row security where the owner is no superuser, and is put back before anybody sees anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date

from psycopg import sql

from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.sending import Connection, indexes_made_at_the_end, send_all
from samsyn.hub.training.story import EARLIEST, Story, matters_at
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

Report = Callable[[Text], None]

MANY = 20
"""From this scale on indexes are made when all rows are in."""


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
            rows = _send(owner_connection, story, tell, many=scale >= MANY)
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


def _send(connection: Connection, story: Story, tell: Report, *, many: bool) -> dict[str, int]:
    def progress(count: int) -> None:
        tell(Text(sv=f"Övningsdata: {count} rader", en=f"Training data: {count} rows"))

    with indexes_made_at_the_end(connection) if many else nullcontext():
        rows = send_all(connection, story.rows(), progress)
        if many:
            tell(Text(sv="Övningsdata: index", en="Training data: indexes"))
    return rows
