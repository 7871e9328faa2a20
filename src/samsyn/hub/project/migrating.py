"""How does a database become the hub's, and stay so from version to version?

Roles, tables, then every app's `policies.sql` in one transaction, so that there is no moment at
which a table lacks its fence. All of it may be run again, and by several at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from samsyn.hub.project.databases import conninfo, django_database
from samsyn.hub.project.roles import APPS, ROLES, WEB, WORKER, Role
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

OWNER = "owner"
OLDEST_VERSION = 15
LOCK = 7300
TRIES = 20
PAUSE_SECONDS = 0.1

Report = Callable[[Text], None]
Database = psycopg.Connection[tuple[Any, ...]]


def migrate_all(owner_url: str | None = None, *, report: Report | None = None) -> None:
    """Bring a database to the state this version needs.

    Args:
        owner_url: database of the role that is to own the tables; without it, the alias `owner`.
        report: told what is being done, for a person who waits.

    Raises:
        FieldError: if the database is too old, or its role may not do what is needed.
    """
    tell = report or (lambda step: None)
    if owner_url is not None:
        point(OWNER, owner_url)
    with psycopg.connect(conninfo(_owner()), autocommit=True) as connection, _alone(connection):
        _require_version(connection)
        tell(Text(sv="Roller i databasen", en="Roles in the database"))
        make_roles(connection)
        tell(Text(sv="Tabeller", en="Tables"))
        call_command("migrate", database=OWNER, interactive=False, verbosity=0)
        tell(Text(sv="Radskydd", en="Row policies"))
        apply_policies(connection)
    # Connections opened before may have cached what has changed since.
    connections[OWNER].close()


def point(alias: str, url: str) -> None:
    """Let an alias of Django mean another database from here on."""
    connections[alias].close()
    parameters = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    connections[alias].settings_dict.update(django_database(parameters))


def _owner() -> dict[str, Any]:
    if OWNER not in settings.DATABASES:
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            "it is not set; set it to the database as the role that owns the tables, for this "
            "command only",
            "den är inte satt; sätt den till databasen som den roll som äger tabellerna, bara för "
            "detta kommando",
        )
    return connections[OWNER].settings_dict


@contextmanager
def _alone(connection: Database) -> Iterator[None]:
    """One migration of a database at a time; the next waits, and finds its work done."""
    connection.execute("select pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [LOCK])


def _require_version(connection: Database) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST_VERSION:
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            f"the server is PostgreSQL {version}; Samsyn needs {OLDEST_VERSION} or later",
            f"servern är PostgreSQL {version}; Samsyn behöver {OLDEST_VERSION} eller senare",
        )


# --- roles ---


def make_roles(connection: Database) -> None:
    """Create what is missing of the roles, and take from them what they must not have."""
    for role in ROLES:
        _again_when_disturbed(partial(_make_role, connection, role))
    for alias, name in (("default", WEB), ("worker", WORKER)):
        _again_when_disturbed(partial(_password, connection, alias, name))


def _again_when_disturbed(step: Callable[[], None]) -> None:
    """Roles are shared by all databases of a server; another migration may be at the same row."""
    for _ in range(TRIES):
        try:
            return step()
        except (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError_):
            time.sleep(PAUSE_SECONDS)
    return step()


def _make_role(connection: Database, role: Role) -> None:
    name = sql.Identifier(role.name)
    found = connection.execute(
        "select rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb,"
        " pg_has_role(current_user, oid, 'member') from pg_roles where rolname = %s",
        [role.name],
    ).fetchone()
    login = sql.SQL("login" if role.login else "nologin")
    with _told(role):
        if found is None:
            connection.execute(sql.SQL("create role {} {} noinherit").format(name, login))
            comment = sql.SQL("comment on role {} is {}")
            connection.execute(comment.format(name, sql.Literal(role.about)))
        elif found[0] != role.login or found[1]:
            connection.execute(
                sql.SQL("alter role {} {} nosuperuser nobypassrls nocreaterole nocreatedb").format(
                    name, login
                )
            )
        # Whoever gives a function to a role has to be one of the role's members.
        if not role.login and not (found and found[2]):
            connection.execute(sql.SQL("grant {} to current_user").format(name))


@contextmanager
def _told(role: Role) -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege:
        login = "login" if role.login else "nologin"
        statement = f"create role {role.name} {login}; grant {role.name} to <owner>"
        raise FieldError(
            "SAMSYN_OWNER_DATABASE_URL",
            f"the role may not create roles; give it CREATEROLE, or let an administrator run: "
            f"{statement}",
            f"rollen får inte skapa roller; ge den CREATEROLE, eller låt en administratör köra: "
            f"{statement}",
        ) from None


def _password(connection: Database, alias: str, role: str) -> None:
    """Give a role the password that the settings name for it, if it cannot connect without."""
    database = connections[alias].settings_dict if alias in settings.DATABASES else {}
    password = database.get("PASSWORD")
    if database.get("USER") != role or not password or _connects(database):
        return
    # Scrambled here, so that no log of the server can hold it.
    scrambled = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("alter role {} password {}")
    connection.execute(statement.format(sql.Identifier(role), sql.Literal(scrambled.decode())))


def _connects(database: dict[str, Any]) -> bool:
    try:
        psycopg.connect(conninfo(database), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


# --- policies ---


def policy_files() -> Iterator[Path]:
    """Every app's `policies.sql`, then those of its folders, in the order of the apps."""
    for app in APPS:
        if apps.is_installed(f"samsyn.hub.{app}"):
            yield from sorted(
                Path(apps.get_app_config(app).path).rglob("policies.sql"),
                key=lambda file: (len(file.parts), file),
            )


def apply_policies(connection: Database) -> None:
    """Put up both ends of the second fence: policies and the key of the signed context."""
    owners = sql.SQL(", ").join(sql.Identifier(role.name) for role in ROLES if not role.login)
    logins = sql.SQL(", ").join(sql.Identifier(role.name) for role in ROLES if role.login)
    database = sql.Identifier(connection.info.dbname)
    with connection.transaction():
        connection.execute("revoke create on schema public from public")
        connection.execute(sql.SQL("revoke all on database {} from public").format(database))
        connection.execute(sql.SQL("grant connect on database {} to {}").format(database, logins))
        connection.execute(sql.SQL("grant usage on schema public to {}, {}").format(logins, owners))
        # To own a function a role must be able to create one; only while they are handed over.
        connection.execute(sql.SQL("grant create on schema public to {}").format(owners))
        for file in policy_files():
            connection.execute(file.read_bytes())
        if connection.execute("select to_regproc('guard_install_key')").fetchone() != (None,):
            connection.execute("select guard_install_key(%s)", [settings.SAMSYN_CONTEXT_KEY])
        connection.execute(sql.SQL("revoke create on schema public from {}").format(owners))


def pending() -> list[str]:
    """The migrations that the database of alias `default` still lacks."""
    from django.db.migrations.loader import MigrationLoader

    with transaction.atomic(using="default"):
        loader = MigrationLoader(connections["default"])
        wanted = set(loader.disk_migrations or {}) - set(loader.applied_migrations or {})
    return sorted(f"{app}.{name}" for app, name in wanted)
