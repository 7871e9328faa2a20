"""What is wrong with this deployment? Every finding comes with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from samsyn.hub.project.checks import agencies, fences, machine, server
from samsyn.hub.project.checks.finding import LEVELS, Finding, fault
from samsyn.hub.project.databases import conninfo
from samsyn.hub.project.environment import Environment
from samsyn.hub.project.migrating import pending

__all__ = ["LEVELS", "Finding", "all_findings"]


def all_findings(variables: Mapping[str, str], today: date) -> Iterator[Finding]:
    """Everything that is wrong, in the order in which it should be mended."""
    environment: Environment = settings.SAMSYN
    yield from machine.secret_findings(environment, variables)
    yield from machine.folder_findings(environment)
    yield from machine.witness_findings(environment)
    yield from machine.mail_findings(environment)
    yield from machine.webhook_findings(environment)
    try:
        web = _connect("default")
    except psycopg.OperationalError as error:
        yield _unreachable("DATABASE_URL", error)
        return
    with web:
        yield from server.version_findings(web.info.server_version)
        yield from server.encryption_findings(web)
        yield from server.clock_findings(web)
        yield from fences.role_findings(web)
        lacking = pending()
        yield from server.migration_findings(lacking)
        if not lacking:
            yield from fences.table_findings(web)
            yield from fences.context_findings(web, today)
            yield from fences.without_context_findings(web)
            yield from server.worker_findings(web)
    if "worker" in settings.DATABASES and not lacking:
        try:
            with _connect("worker") as worker:
                yield from server.job_findings(worker)
                yield from server.seal_findings(worker)
                yield from agencies.second_person_findings(worker, today)
        except psycopg.OperationalError as error:
            yield _unreachable("SAMSYN_WORKER_DATABASE_URL", error)


def _connect(alias: str) -> psycopg.Connection[tuple[Any, ...]]:
    database = conninfo(connections[alias].settings_dict)
    return psycopg.connect(database, autocommit=True, connect_timeout=10)


def _unreachable(variable: str, error: Exception) -> Finding:
    reason = str(error).strip().splitlines()[-1]
    return fault(
        "database-unreachable",
        sv=f"databasen i {variable} svarar inte ({reason}).",
        en=f"the database in {variable} does not answer ({reason}).",
        remedy_sv="Rätta adressen, eller starta servern.",
        remedy_en="Correct the address, or start the server.",
    )
