"""How many acts a second are kept up with the log, beside the same hub without one?

In a copy of the database, which is thrown away. Rounds with the log and without take turns, done
by the same processes; without means that nothing is appended and no table asks for a log row.
"""

from __future__ import annotations

import multiprocessing
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from bench.hub.act_workers import run
from bench.hub.installation import DATABASE, Installation, address, tell
from bench.hub.people import OFFICER, people_of
from bench.law.measure import Line, Section

COPY = "samsyn_bench_acts"
PROCESSES = 4
GIVER, RECEIVERS = "SKV", ("AV", "FK", "AF", "MV")
ROUNDS = (True, False, False, True, True, False)
"""With the log or without, so that neither comes later on the whole."""
KINDS = {"facts": 120, "decisions": 40}
"""Kind of act → how many each process does in a round."""
NAMES = {"facts": "facts written", "decisions": "disclosures decided and delivered"}
LEAST_SHARE = 0.7
SECONDS = 300
"""How long a process may take for a round before the benchmark gives up."""


@dataclass
class Rates:
    """Acts a second, of each round."""

    logged: list[float] = field(default_factory=list)
    unlogged: list[float] = field(default_factory=list)


def measure(installation: Installation) -> list[Section]:
    """Let four officers of one agency write and decide, in turn with the log and without."""
    officers = [person for person in people_of(OFFICER) if person.agency == GIVER]
    accounts = [person.account.pk for person in islice(officers, PROCESSES)]
    connections.close_all()
    rates = {kind: Rates() for kind in KINDS}
    with _copy(installation) as owner:
        url = _web_address(installation)
        with _processes(url, accounts) as pipes:
            _round(owner, pipes, "facts", 5, True)
            for number, logged in enumerate(ROUNDS, start=1):
                tell(f"acts, round {number} of {len(ROUNDS)}, {'with' if logged else 'without'}")
                _log(owner, on=logged)
                for kind, count in KINDS.items():
                    rate = _round(owner, pipes, kind, count, logged)
                    (rates[kind].logged if logged else rates[kind].unlogged).append(rate)
    return [_section(rates)]


def _section(rates: dict[str, Rates]) -> Section:
    lines = []
    for kind, found in rates.items():
        on, off = statistics.median(found.logged), statistics.median(found.unlogged)
        shown = ", ".join(f"{value:.0f}" for value in found.logged)
        beside = ", ".join(f"{value:.0f}" for value in found.unlogged)
        lines += [
            Line(f"{NAMES[kind]}, with the log", on, "a second", note=f"rounds: {shown}"),
            Line(f"{NAMES[kind]}, without it", off, "a second", note=f"rounds: {beside}"),
            Line(f"{NAMES[kind]}: with / without", on / off, "times", LEAST_SHARE, at_least=True),
        ]
    about = (
        f"{PROCESSES} processes, each an officer of {GIVER}, act through the same functions as the "
        "pages, one transaction an act, kept on disk before the next begins. "
        f"A round is {PROCESSES} times {KINDS['facts']} facts and {PROCESSES} times "
        f"{KINDS['decisions']} decisions whose drafts were ready before the clock started; the "
        "median of the rounds. Without the log, nothing is sent to the database that would append "
        "to it, and no table asks for a log row at the end. After each round the rows of the log "
        "are counted."
    )
    return Section("Acts a second", about, lines)


def _web_address(installation: Installation) -> str:
    named = parse_qs(urlsplit(installation.environment["DATABASE_URL"]).query)
    return address(installation.server, COPY, named["user"][0], named["password"][0])


@contextmanager
def _copy(installation: Installation) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The superuser's connection to a copy of the database, which is removed afterwards."""
    name = sql.Identifier(COPY)
    drop = sql.SQL("drop database if exists {} with (force)").format(name)
    with installation.owner("postgres") as admin:
        admin.execute(drop)
        tell("copying the database")
        # File by file: block by block through the log of the server takes many times as long.
        admin.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                name, sql.Identifier(DATABASE)
            )
        )
        try:
            with installation.owner(COPY) as owner:
                yield owner
        finally:
            admin.execute(drop)


@contextmanager
def _processes(url: str, accounts: list[Any]) -> Iterator[list[Connection]]:
    context = multiprocessing.get_context("spawn")
    pipes: list[Connection] = []
    started = []
    try:
        for number in range(PROCESSES):
            ours, theirs = context.Pipe()
            account = accounts[number % len(accounts)]
            process = context.Process(
                target=run, args=(theirs, url, account, RECEIVERS[number % len(RECEIVERS)])
            )
            process.start()
            theirs.close()
            pipes.append(ours)
            started.append(process)
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in started:
            process.join(10)
            if process.is_alive():
                process.terminate()
                process.join()


def _round(
    owner: psycopg.Connection[tuple[Any, ...]],
    pipes: list[Connection],
    kind: str,
    count: int,
    logged: bool,
) -> float:
    """Acts a second of one round, checked to be in the log or not."""
    for pipe in pipes:
        pipe.send((kind, count, logged))
    for pipe in pipes:
        _answer(pipe)
    before = _logged(owner)
    for pipe in pipes:
        pipe.send("go")
    times = [_answer(pipe) for pipe in pipes]
    done = count * len(pipes)
    written = _logged(owner) - before
    if written < done if logged else written:
        raise RuntimeError(f"{done} acts left {written} rows in the log, which was {logged=}")
    return done / (max(end for _, end in times) - min(begun for begun, _ in times))


def _answer(pipe: Connection) -> Any:
    if not pipe.poll(SECONDS):
        raise RuntimeError(f"a process did not answer within {SECONDS} s")
    answer = pipe.recv()
    if answer[0] == "failed":
        raise RuntimeError(answer[1])
    return answer


def _logged(owner: psycopg.Connection[tuple[Any, ...]]) -> int:
    row = owner.execute("select last_value from guard_log_entry_id_seq").fetchone()
    assert row is not None
    return int(row[0])


def _log(owner: psycopg.Connection[tuple[Any, ...]], *, on: bool) -> None:
    """Let every protected table ask for its log row, or none."""
    tables = owner.execute(
        "select tgrelid::regclass::text from pg_trigger where tgname = 'needs_log' order by 1"
    ).fetchall()
    change = sql.SQL("enable" if on else "disable")
    with owner.transaction():
        for (table,) in tables:
            owner.execute(
                sql.SQL("alter table {} {} trigger needs_log").format(sql.Identifier(table), change)
            )
