"""Is the database server one that the hub can rely on: version, clock, migrations, jobs?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import errors

from samsyn.hub.project.checks.finding import Finding, fault, warning
from samsyn.hub.project.migrating import OLDEST_VERSION

Database = psycopg.Connection[tuple[Any, ...]]

SKEW_SECONDS = 5
HEARTBEAT_SECONDS = 120
SEAL_SECONDS = 600


def version_findings(version: int) -> Iterator[Finding]:
    """Is the server new enough? Its version as libpq gives it, 150004."""
    major = version // 10_000
    if major < OLDEST_VERSION:
        yield fault(
            "postgresql-version",
            sv=f"servern är PostgreSQL {major}; Samsyn behöver {OLDEST_VERSION} eller senare.",
            en=f"the server is PostgreSQL {major}; Samsyn needs {OLDEST_VERSION} or later.",
            remedy_sv="Uppgradera servern.",
            remedy_en="Upgrade the server.",
        )


def encryption_findings(web: Database) -> Iterator[Finding]:
    """Does what goes between hub and database go in the clear over a network?"""
    row = web.execute(
        "select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),"
        " inet_server_addr() is null or inet_server_addr() <<= '127.0.0.0/8'"
        " or inet_server_addr() = '::1'"
    ).fetchone()
    if row is not None and not row[0] and not row[1]:
        yield fault(
            "database-in-clear",
            sv="uppgifterna går okrypterade över nätet mellan hubben och databasen.",
            en="data goes unencrypted over the network between the hub and the database.",
            remedy_sv="Lägg till ?sslmode=verify-full i DATABASE_URL.",
            remedy_en="Add ?sslmode=verify-full to DATABASE_URL.",
        )


def clock_findings(web: Database) -> Iterator[Finding]:
    """Do host and database agree on what time it is?"""
    before = time.time()
    row = web.execute("select extract(epoch from clock_timestamp())").fetchone()
    after = time.time()
    assert row is not None  # a select without from has one row
    database = float(row[0])
    # Whatever lies between the two looks at our clock may be the time of the answer.
    skew = max(database - after, before - database, 0.0)
    if skew > SKEW_SECONDS:
        yield fault(
            "clock-skew",
            sv=f"värdens och databasens klockor skiljer {skew:.0f} sekunder; signerade sammanhang "
            "slutar gälla i förtid och loggens tider stämmer inte.",
            en=f"the clocks of host and database are {skew:.0f} seconds apart; signed contexts end "
            "too early and the times in the log are wrong.",
            remedy_sv="Ställ båda efter samma tidsserver (NTP).",
            remedy_en="Set both by the same time server (NTP).",
        )


def migration_findings(pending: list[str]) -> Iterator[Finding]:
    """Does the database lack migrations of this version?"""
    if pending:
        some = ", ".join(pending[:3])
        yield fault(
            "migrations-pending",
            sv=f"databasen saknar {len(pending)} migreringar av denna version ({some}).",
            en=f"the database lacks {len(pending)} migrations of this version ({some}).",
            remedy_sv="Ta en säkerhetskopia och kör 'samsyn hub migrate'.",
            remedy_en="Make a backup and run 'samsyn hub migrate'.",
        )


def worker_findings(web: Database) -> Iterator[Finding]:
    """Is somebody doing the jobs: sealing, expiry, reconciliation?"""
    try:
        row = web.execute(
            "select extract(epoch from now() - max(last_heartbeat)) from procrastinate_workers"
        ).fetchone()
    except errors.UndefinedTable:
        return  # Said by the findings about migrations.
    if row is None or row[0] is None or row[0] > HEARTBEAT_SECONDS:
        yield fault(
            "worker-not-alive",
            sv="inget arbete utförs i bakgrunden: loggen förseglas inte och inget löper ut.",
            en="no jobs are done in the background: the log is not sealed and nothing expires.",
            remedy_sv="Starta 'samsyn hub work' som en tjänst bredvid webben.",
            remedy_en="Start 'samsyn hub work' as a service beside the web.",
        )


def seal_findings(worker: Database) -> Iterator[Finding]:
    """Is the log sealed, or is there much that only its chains protect? Asked as the worker."""
    row = worker.execute(
        "select extract(epoch from now() - min(at)) from guard_log_entry where at >"
        " coalesce((select max(made_at) from guard_log_seal), '-infinity')"
    ).fetchone()
    if row is not None and row[0] is not None and row[0] > SEAL_SECONDS:
        minutes = int(row[0] // 60)
        yield fault(
            "log-not-sealed",
            sv=f"loggen har inte förseglats på {minutes} minuter.",
            en=f"the log has not been sealed for {minutes} minutes.",
            remedy_sv="Läs arbetarens logg, och kör 'samsyn log verify'.",
            remedy_en="Read the worker's log, and run 'samsyn log verify'.",
        )


def job_findings(worker: Database) -> Iterator[Finding]:
    """Have jobs failed in the last day? Asked as the worker."""
    rows = worker.execute(
        "select j.task_name, count(*) from procrastinate_jobs j"
        " join procrastinate_events e on e.job_id = j.id and e.type = 'failed'"
        " where j.status = 'failed' and e.at > now() - interval '1 day' group by 1 order by 1"
    ).fetchall()
    for name, number in rows:
        yield warning(
            "jobs-failed",
            sv=f"jobbet {name} har misslyckats {number} gånger det senaste dygnet.",
            en=f"the job {name} has failed {number} times in the last day.",
            remedy_sv="Läs arbetarens logg vid den tiden.",
            remedy_en="Read the worker's log of that time.",
        )
