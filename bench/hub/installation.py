"""Which hub is measured? One with the training data at a scale, on a PostgreSQL of its own.

The server runs as the demo's does. A loaded database remembers at its own place (the comment on
the database) what is in it, and is taken again when that is what is wanted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

import samsyn.hub
from samsyn.hub.project.demo import About, Demo, settings_of
from samsyn.hub.project.embedded import binaries, kept_server
from samsyn.hub.project.roles import WEB, WORKER

DATABASE = "samsyn_bench"
SEED = 2022
BEGUN = time.monotonic()


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes:
        scale: of the training data; 1000 gives about a million facts.
        keep: folder of a server that stays, and is taken again the next time.
        server: address of a running server, as its superuser, instead.
    """

    scale: float
    keep: Path | None = None
    server: str | None = None


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a database.

    Attributes:
        tables: fingerprint of the migrations it was made with.
        today: the day its newest acts lie before.
        rows: table → rows.
        seconds: how long loading took, with indexes and statistics.
    """

    scale: float
    seed: int
    tables: str
    today: date
    rows: dict[str, int]
    seconds: float


@dataclass(frozen=True)
class Installation:
    """A hub that is ready to be measured.

    Attributes:
        server: address of the server, as its superuser.
        folder: what the hub's processes write besides.
        environment: the settings of those processes.
        again: whether the database was there already.
    """

    server: str
    folder: Path
    environment: dict[str, str]
    loaded: Loaded
    again: bool

    def owner(self, database: str = DATABASE) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection as the superuser, to whom no row policy applies."""
        return psycopg.connect(address(self.server, database), autocommit=True)


def tell(text: str) -> None:
    """Progress, for a person who waits: seconds since the beginning, and what is done."""
    print(f"{time.monotonic() - BEGUN:6.0f} s  {text}", file=sys.stderr, flush=True)


def address(server: str, database: str, user: str = "", password: str = "") -> str:
    """The address of a database of a server."""
    parts = {name: str(value) for name, value in conninfo_to_dict(server).items()}
    parts["dbname"] = database
    if user:
        parts |= {"user": user, "password": password}
    return "postgresql:///?" + "&".join(f"{k}={quote(v, safe='')}" for k, v in parts.items())


@contextmanager
def installed(wanted: Wanted) -> Iterator[Installation]:
    """A loaded hub, Django of this process set up to be its web role; stopped at the end."""
    with ExitStack() as stack:
        folder = _folder(wanted, stack)
        server = wanted.server
        if server is None:
            tell("starting PostgreSQL")
            place = folder / "postgresql"
            server = stack.enter_context(kept_server(binaries(os.environ), place))
        environment = _environment(folder, server)
        os.environ.update(environment)
        os.environ["SAMSYN_OWNER_DATABASE_URL"] = address(server, DATABASE)
        found = _found(server)
        again = found is not None and found.scale == wanted.scale and found.tables == _tables()
        loaded = found if again and found is not None else _load(server, wanted.scale)
        if again:
            tell(f"taking the database of {loaded.today}, loaded in {loaded.seconds:.0f} s")
            _migrate()
        _close_all()
        yield Installation(server, folder, environment, loaded, again)
        _close_all()


def _folder(wanted: Wanted, stack: ExitStack) -> Path:
    if wanted.keep is not None:
        folder = wanted.keep.absolute()
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix="samsyn-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    # Open for passing through alone: the database's user has a folder of its own inside.
    folder.chmod(0o711)
    for name in ("files", "witness", "mail"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    return folder


def _environment(folder: Path, server: str) -> dict[str, str]:
    """As the demo's, with the name of another database."""
    about = About()
    environment = settings_of(Demo(folder, _loads_nothing), about, server)
    return environment | {
        "DATABASE_URL": address(server, DATABASE, WEB, about.password),
        "SAMSYN_WORKER_DATABASE_URL": address(server, DATABASE, WORKER, about.password),
    }


def _loads_nothing(*args: object, **options: object) -> None:
    """The demo is asked for its settings alone."""


def _found(server: str) -> Loaded | None:
    """What the database says is in it; None where there is none, or it was not finished."""
    with psycopg.connect(address(server, "postgres"), autocommit=True) as admin:
        row = admin.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
            [DATABASE],
        ).fetchone()
    try:
        return msgspec.json.decode(row[0], type=Loaded) if row and row[0] else None
    except msgspec.MsgspecError:
        return None


def _load(server: str, scale: float) -> Loaded:
    begun = time.monotonic()
    name = sql.Identifier(DATABASE)
    with psycopg.connect(address(server, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        admin.execute(sql.SQL("create database {} template template0 encoding 'UTF8'").format(name))
    tell("making the tables")
    _migrate()
    from samsyn.hub.training.load import load_training

    today = date.today()
    with psycopg.connect(address(server, DATABASE)) as owner:
        rows = load_training(
            owner, seed=SEED, scale=scale, today=today, report=lambda step: tell(step.en)
        ).rows
    tell("training data: statistics")
    with psycopg.connect(address(server, DATABASE), autocommit=True) as owner:
        owner.execute("vacuum analyze")
        owner.execute("checkpoint")
        seconds = time.monotonic() - begun
        loaded = Loaded(
            scale=scale, seed=SEED, tables=_tables(), today=today, rows=rows, seconds=seconds
        )
        said = sql.Literal(msgspec.json.encode(loaded).decode())
        owner.execute(sql.SQL("comment on database {} is {}").format(name, said))
    tell(f"loaded in {seconds:.0f} s")
    return loaded


def _migrate() -> None:
    import django

    django.setup()
    from samsyn.hub.project.migrating import migrate_all

    migrate_all()


def _tables() -> str:
    """A fingerprint of the migrations: a database made by others is loaded anew."""
    digest = hashlib.sha256()
    for file in sorted(Path(samsyn.hub.__path__[0]).glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _close_all() -> None:
    from django.db import connections

    connections.close_all()
