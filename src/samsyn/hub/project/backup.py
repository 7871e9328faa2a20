"""How is everything kept, and brought back?

The database as one snapshot, then the stored files. Files are written once and never changed, so
those that the snapshot speaks of are there after it; one that was disposed of in between is
missing, as it should be. Keys are not kept along: a backup without SAMSYN_FILES_KEY opens no file.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from samsyn import __version__
from samsyn.hub.project import archive
from samsyn.hub.project.archive import DUMP, FILES, MANIFEST, Manifest
from samsyn.hub.project.databases import conninfo
from samsyn.hub.project.migrating import OWNER, Report, make_roles, migrate_all
from samsyn.hub.project.programs import program, run
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

NOT_KEPT = ("guard_context_key", "guard_session", "guard_limit")
"""`migrate` gives the key of the signed context again; nobody is signed in after a restore."""


def backup(file: Path, *, report: Report = lambda step: None) -> Manifest:
    """Write everything to an archive.

    Raises:
        FieldError: if the role may not read every row, or a program of PostgreSQL is missing.
    """
    folder = settings.SAMSYN.files_dir
    database = _owner()
    with psycopg.connect(database) as connection:
        _require_all_rows(connection)
        version = connection.info.server_version
    dump = program("pg_dump", version)
    with archive.writing(file) as writer, tempfile.TemporaryDirectory(dir=file.parent) as place:
        report(Text(sv="Databasen", en="The database"))
        dumped = Path(place) / DUMP
        without = [f"--exclude-table-data={table}" for table in NOT_KEPT]
        run(dump, ["--format=custom", f"--file={dumped}", *without], database)
        writer.add(dumped, DUMP)
        report(Text(sv="Filerna", en="The files"))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                writer.add(path, f"{FILES}/{path.relative_to(folder).as_posix()}")
        manifest = Manifest(
            format=archive.FORMAT,
            samsyn=__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            server_version=version,
            members=tuple(writer.members),
        )
        writer.add_text(MANIFEST, msgspec.json.encode(manifest))
    return manifest


def restore(file: Path, *, replace: bool = False, report: Report = lambda step: None) -> Manifest:
    """Bring back what an archive holds, and migrate it to this version.

    Raises:
        FieldError: if the archive is not whole, or something is there that it would overwrite.
    """
    report(Text(sv="Kontrollsummor", en="Checksums"))
    manifest = archive.verified(file)
    folder: Path = settings.SAMSYN.files_dir
    database = _owner()
    with psycopg.connect(database, autocommit=True) as connection:
        _require_empty(connection, folder, replace)
        version, name = connection.info.server_version, connection.info.dbname
        restoring = program("pg_restore", max(version, manifest.server_version))
        make_roles(connection)
    arriving = folder.with_name(f".{folder.name}.arriving")
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(mode=0o700, parents=True)
    try:
        archive.unpack(file, {member.name for member in manifest.members}, arriving)
        report(Text(sv="Databasen", en="The database"))
        if replace:
            _empty(database)
        # Owners and rights are those of this server's roles; `migrate` gives them anew.
        options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        run(restoring, [*options, f"--dbname={name}", str(arriving / DUMP)], database)
        _forget_transactions(database)
        migrate_all(report=report)
        report(Text(sv="Filerna", en="The files"))
        _put_in_place(arriving / FILES, folder)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return manifest


def _owner() -> str:
    if OWNER not in settings.DATABASES:
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            "it is not set; set it to the database as a role that sees every row, for this command",
            "den är inte satt; sätt den till databasen som en roll som ser alla rader, för detta "
            "kommando",
        )
    connections[OWNER].close()
    return conninfo(connections[OWNER].settings_dict)


def _require_all_rows(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    ).fetchone()
    if row is not None and not row[1]:
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            f"the role {row[0]} does not see every row, and a backup must; let an administrator "
            f"run: alter role {row[0]} bypassrls",
            f"rollen {row[0]} ser inte alla rader, vilket en säkerhetskopia måste; låt en "
            f"administratör köra: alter role {row[0]} bypassrls",
        )


def _require_empty(connection: psycopg.Connection[Any], folder: Path, replace: bool) -> None:
    if replace:
        return
    row = connection.execute(
        "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
    ).fetchone()
    if row and row[0]:
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            "the database is not empty; name an empty one, or give --replace to lose what it holds",
            "databasen är inte tom; ange en tom, eller --replace för att förlora det som finns",
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise FieldError(
            "SAMSYN_FILES_DIR",
            f"{folder} is not empty; name another folder, or give --replace to lose what it holds",
            f"{folder} är inte tom; ange en annan, eller --replace för att förlora det som finns",
        )


def _empty(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public authorization pg_database_owner")


def _forget_transactions(database: str) -> None:
    """Let no entry of the log pass for one of a transaction to come.

    Transactions are numbered anew on another server, and a change is kept only if an entry of its
    own transaction is there. The form of the column is changed to itself, since the table refuses
    every update.
    """
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "select c.oid::regclass::text, a.attname from pg_attribute a"
            " join pg_class c on c.oid = a.attrelid where a.atttypid = 'xid8'::regtype"
            " and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        for table, column in found:
            statement = sql.SQL("alter table {} alter column {} type xid8 using '0'::xid8")
            connection.execute(statement.format(sql.Identifier(table), sql.Identifier(column)))


def _put_in_place(arrived: Path, folder: Path) -> None:
    """Let the files that arrived take the place of those that are there."""
    arrived.mkdir(mode=0o700, exist_ok=True)
    leaving = folder.with_name(f".{folder.name}.leaving")
    shutil.rmtree(leaving, ignore_errors=True)
    if folder.is_dir():
        folder.rename(leaving)
    arrived.rename(folder)
    folder.chmod(0o700)
    shutil.rmtree(leaving, ignore_errors=True)
