"""What do searches and lists cost on invented rows of known words? See :mod:`bench.hub.search`."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import msgspec
import psycopg

from bench.hub.search_rows import OF_OLD, RATES, fill, restricted_keys
from bench.law.measure import Line, Section, cpu_of_process
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import signed_claims
from samsyn.kernel.search_words import to_tsquery_text
from tests.hub.support import HubServer
from tests.support.postgres import postgres

KINDS = ["case", "fact", "entity", "file", "question"]
MOST_MS = 10.0
MOST_TIMES = 1.3
ROUNDS = 7

Database = psycopg.Connection[tuple[Any, ...]]

_LIST = """
select f.id, f.text, f.made_at, f.secrecy, f.marks from cases_fact f {where}
order by f.made_at desc limit 50
"""
_FILTER = """
where f.visible_to in ({keys}) and (f.valid_to is null or f.valid_to >= %s)
    and f.bound_matter is null
"""


@contextmanager
def filled(facts: int, cases: int, entities: int) -> Iterator[str]:
    """The address, as its owner, of a migrated hub with invented rows."""
    start = time.monotonic()

    def tell(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - start:6.0f} s  {what}\n")

    with postgres() as url, HubServer.start(url):
        with psycopg.connect(url, autocommit=True) as owner:
            fill(owner, facts=facts, cases=cases, entities=entities, tell=tell)
        tell("measuring")
        yield url


def measure(url: str, cases: int, count: int) -> list[Section]:
    """Searches and lists as an officer of one agency."""
    actor = reader(cases)
    return [searches(url, actor, count), lists(url, actor, count)]


def version_of(url: str) -> str:
    """The version of the server."""
    with psycopg.connect(url) as owner:
        number = owner.info.server_version
    return f"{number // 10_000}.{number % 10_000}"


def reader(cases: int) -> Actor:
    """An officer with five restricted cases beside those of the agency."""
    keys = ("AV", *restricted_keys("AV", cases, 5))
    return Actor(account=uuid4(), name="", agency="AV", keys=keys, day=date(2026, 11, 24))


def searches(url: str, actor: Actor, count: int) -> Section:
    """Searches of every kind of row, and of facts alone as the page of one kind asks for them."""
    words = [*RATES, OF_OLD, "kon", "kon arbetsplatsen", "arbetsplatsen tidredovisning"]
    words += ["personalliggare identitetskort", "arbetsplatsen identitetskort", "finnsinte"]
    lines = []
    with web(url, actor) as connection:
        for kinds, rows, place in ((["fact"], 50, "facts"), (KINDS, 8, "all kinds")):
            for typed in words:
                query = to_tsquery_text(typed)

                def ask(query: str = query, kinds: list[str] = kinds, rows: int = rows) -> Any:
                    return connection.execute(
                        "select kind, hits, more from desk_search(%s, %s, null, null, %s)",
                        [query, kinds, rows],
                    ).fetchall()

                met = dict.fromkeys(
                    f"{kind} {hits}{'+' if more else ''}" for kind, hits, more in ask()
                )
                cpu, wall = timed(connection, ask, count)
                note = f"{wall:.1f} ms by the clock; {', '.join(met) or 'nothing'}"
                lines.append(Line(f"{place}: {typed}", cpu, "ms CPU", MOST_MS, note=note))
    rates = ", ".join(f"{word} {rate:.2%}" for word, rate in RATES.items())
    return Section(
        "Search",
        f"Share of all facts that have a word: {rates}; {OF_OLD} in a fifth of the oldest fifth "
        "and nowhere else. Counts stop at a thousand.",
        lines,
    )


def lists(url: str, actor: Actor, count: int) -> Section:
    """The newest fifty facts: under the row policies, and with a filter by hand without them."""
    lines = []
    for whose, keys in (("one key", actor.keys[:1]), (f"{len(actor.keys)} keys", actor.keys)):
        reads = msgspec.structs.replace(actor, keys=keys)
        # As Django writes a filter by several values, and by one.
        where = _FILTER.format(keys=", ".join(["%s"] * len(keys)))
        statement, values = _LIST.format(where=where), [*keys, actor.day]
        with web(url, reads) as connection:
            fenced = partial(_rows, connection, statement, values)
            on, _ = timed(connection, fenced, count)
            shown = fenced()
        with psycopg.connect(url) as owner:
            by_hand = partial(_rows, owner, statement, values)
            off, _ = timed(owner, by_hand, count)
            assert by_hand() == shown
        lines += [
            Line(f"{whose}: row policies on", on, "ms CPU"),
            Line(f"{whose}: row policies off", off, "ms CPU"),
            Line(f"{whose}: on / off", on / off, "times", MOST_TIMES),
        ]
    return Section(
        "Newest fifty facts",
        "The same statement, as a page asks it with the first fence in its filter: as the web role "
        "under forced row policies with a signed context, and as the owner without policies. Who "
        "works on restricted cases holds a key for each, and PostgreSQL then sorts all rows of the "
        "agency; so a page does not list facts across cases.",
        lines,
    )


def _rows(connection: Database, statement: str, values: list[Any]) -> list[Any]:
    return connection.execute(statement, values).fetchall()


@contextmanager
def web(url: str, actor: Actor) -> Iterator[Database]:
    """A connection of the web role on which the actor acts."""
    with psycopg.connect(url, user="samsyn_web") as connection:
        connection.execute("select set_config('samsyn.context', %s, false)", [signed_claims(actor)])
        yield connection


def timed(connection: Database, work: Callable[[], Any], count: int) -> tuple[float, float]:
    """Milliseconds of one piece of work: CPU of the server process, and by the clock."""
    process = connection.info.backend_pid
    for _ in range(6):  # the first plans of a session are made anew each time
        work()
    wall = []
    before = cpu_of_process(process)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(count):
            work()
        wall.append((time.perf_counter() - start) / count * 1000)
    after = cpu_of_process(process)
    by_clock = statistics.median(wall)
    if before is None or after is None:
        return by_clock, by_clock
    # The system counts in hundredths of a second: one figure over all rounds.
    return (after - before) / (ROUNDS * count) * 1000, by_clock
