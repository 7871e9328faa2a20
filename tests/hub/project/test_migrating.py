"""Does a database become the hub's, again and again, by whoever may do it?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from samsyn.hub.project.migrating import migrate_all, pending, policy_files
from samsyn.hub.project.roles import ROLES, WEB, WITHOUT_POLICY
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from tests.hub.support import Hub, HubServer
from tests.support.postgres import own_database

OWNER = "samsyn_test_owner"


@pytest.fixture
def empty(postgres_url: str, hub_server: HubServer) -> Iterator[str]:
    """A database with nothing in it; Django's aliases mean the template again afterwards."""
    with own_database(postgres_url) as url:
        yield url
        for alias in ("default", "worker", "owner"):
            connections[alias].close()
    hub_server.point(hub_server.template)


@pytest.fixture
def plain_owner(empty: str) -> Iterator[str]:
    """The same as a role that owns the database and may create roles, and nothing more."""
    name = sql.Identifier(OWNER)
    database = psycopg.conninfo.conninfo_to_dict(empty)["dbname"]
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(sql.SQL("create role {} login createrole").format(name))
        for role in ROLES:
            grant = sql.SQL("grant {} to {} with admin option")
            connection.execute(grant.format(sql.Identifier(role.name), name))
        owning = sql.SQL("alter database {} owner to {}")
        connection.execute(owning.format(sql.Identifier(str(database)), name))
    yield make_conninfo(empty, user=OWNER)
    connections["owner"].close()
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(sql.SQL("drop owned by {} cascade").format(name))
        owning = sql.SQL("alter database {} owner to current_user")
        connection.execute(owning.format(sql.Identifier(str(database))))
        connection.execute(sql.SQL("drop role {}").format(name))


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def test_it_tells_what_it_does_and_may_be_done_again(empty: str) -> None:
    told: list[Text] = []
    migrate_all(empty, report=told.append)
    assert [step.en for step in told] == ["Roles in the database", "Tables", "Row policies"]
    before = ask(empty, "select count(*) from pg_policy")
    migrate_all(empty)
    assert ask(empty, "select count(*) from pg_policy") == before
    assert isinstance(before, int)
    assert before > 10


def test_a_role_that_is_no_superuser_can_do_it(plain_owner: str) -> None:
    migrate_all(plain_owner)
    migrate_all(plain_owner)
    assert ask(plain_owner, "select tableowner from pg_tables where tablename = 'guard_account'")
    assert ask(make_conninfo(plain_owner, user=WEB), "select count(*) from guard_account") == 0


def test_a_role_that_may_not_create_roles_is_told_what_to_run(plain_owner: str, empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(sql.SQL("revoke samsyn_guard from {}").format(sql.Identifier(OWNER)))
        connection.execute(sql.SQL("alter role {} nocreaterole").format(sql.Identifier(OWNER)))
    with pytest.raises(FieldError, match="grant samsyn_guard to <owner>"):
        migrate_all(plain_owner)


def test_two_at_once_wait_for_each_other(empty: str) -> None:
    failed: list[BaseException] = []

    def migrate() -> None:
        try:
            migrate_all(empty)
        except BaseException as error:  # whatever it is, it is to be seen by the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert ask(empty, "select count(*) from guard_account") == 0


def test_the_roles_can_do_no_more_than_they_need(hub: Hub) -> None:
    with hub.owner() as owner:
        rows = owner.execute(
            "select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
            " from pg_roles where rolname = any(%s)",
            [[role.name for role in ROLES]],
        ).fetchall()
    assert set(rows) == {(role.name, role.login, False) for role in ROLES}


def test_every_table_of_ours_is_fenced(hub: Hub) -> None:
    with hub.owner() as owner:
        rows = owner.execute(
            "select c.relname from pg_class c where c.relkind in ('r', 'p')"
            " and c.relnamespace = 'public'::regnamespace and (not c.relrowsecurity or not"
            " c.relforcerowsecurity or not exists (select 1 from pg_policy where polrelid = c.oid))"
        ).fetchall()
    assert [name for (name,) in rows if not str(name).startswith(WITHOUT_POLICY)] == []


@pytest.mark.parametrize(
    "statement", ["create table mine (x int)", "create temp table mine (x int)"]
)
def test_the_web_creates_nothing(empty: str, statement: str) -> None:
    migrate_all(empty)
    with (
        psycopg.connect(make_conninfo(empty, user=WEB)) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_only_a_context_of_our_key_is_accepted(empty: str) -> None:
    with override_settings(SAMSYN_CONTEXT_KEY="2b" * 31 + "01"):
        migrate_all(empty)
    with psycopg.connect(empty) as connection:
        context = "select set_config('samsyn.context', %s, false), guard_claims()"
        from datetime import date

        from samsyn.hub.guard.context import nobody_yet, signed_claims

        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(context, [signed_claims(nobody_yet(date(2026, 1, 1)))])


def test_what_is_lacking_is_known(hub: Hub) -> None:
    assert pending() == []
    with hub.owner() as owner:
        owner.execute("delete from django_migrations where app = 'guard'")
    assert "guard.0001_initial" in pending()


def test_the_files_are_found_in_the_order_of_the_apps() -> None:
    apps = [file.parts[file.parts.index("hub") + 1] for file in policy_files()]
    assert list(dict.fromkeys(apps))[:4] == ["guard", "registry", "cases", "disclosures"]
    assert apps[-1] == "project"


def test_without_an_owner_it_says_which_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(settings.DATABASES, "owner")
    with pytest.raises(FieldError, match="SAMSYN_OWNER_DATABASE_URL"):
        migrate_all()
