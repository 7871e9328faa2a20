"""Does the second fence stand: roles that bypass nothing, tables that all have their policy?

Asked as the web role itself, of the database's own lists, so that what is checked is what the web
would really be allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
from psycopg import errors

from samsyn.hub.guard.context import nobody_yet, signed_claims
from samsyn.hub.project.checks.finding import Finding, fault
from samsyn.hub.project.roles import WEB, WITHOUT_POLICY

Database = psycopg.Connection[tuple[Any, ...]]

MIGRATE_SV = "Kör 'samsyn hub migrate', som sätter tillbaka radskyddet."
MIGRATE_EN = "Run 'samsyn hub migrate', which puts the row policies back."


def role_findings(web: Database, expected: str = WEB) -> Iterator[Finding]:
    """Can the role of the web get around the row policies?"""
    row = web.execute(
        "select current_user, rolsuper, rolbypassrls, rolcreaterole from pg_roles"
        " where rolname = current_user"
    ).fetchone()
    assert row is not None  # the role we are
    name, superuser, bypasses, creates = row
    if name != expected:
        yield fault(
            "web-role-name",
            sv=f"webben ansluter som {name}, inte som {expected}, som radskyddet är skrivet för.",
            en=f"the web connects as {name}, not as {expected}, which the policies name.",
            remedy_sv=f"Sätt DATABASE_URL till rollen {expected}.",
            remedy_en=f"Set DATABASE_URL to the role {expected}.",
        )
    for has, code, word_sv, word_en in (
        (superuser, "web-role-superuser", "är superanvändare", "is a superuser"),
        (bypasses, "web-role-bypasses", "går förbi radskyddet", "bypasses row policies"),
        (creates, "web-role-creates-roles", "får skapa roller", "may create roles"),
    ):
        if has:
            yield fault(
                code,
                sv=f"webbens roll {name} {word_sv}: den ser allt hos alla myndigheter.",
                en=f"the web's role {name} {word_en}: it sees everything of every agency.",
                remedy_sv=f"Kör: alter role {name} nosuperuser nobypassrls nocreaterole.",
                remedy_en=f"Run: alter role {name} nosuperuser nobypassrls nocreaterole.",
            )
    yield from _memberships(web, name)
    yield from _ownership(web, name)


def _memberships(web: Database, name: str) -> Iterator[Finding]:
    rows = web.execute(
        "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid"
        " join pg_roles u on u.oid = m.member where u.rolname = current_user order by 1"
    ).fetchall()
    for (other,) in rows:
        yield fault(
            "web-role-member",
            sv=f"webbens roll {name} är medlem av {other} och har dess rätt.",
            en=f"the web's role {name} is a member of {other} and has its rights.",
            remedy_sv=f"Kör: revoke {other} from {name}.",
            remedy_en=f"Run: revoke {other} from {name}.",
        )


def _ownership(web: Database, name: str) -> Iterator[Finding]:
    rows = web.execute(
        "select relname from pg_class where relkind in ('r', 'p', 'v', 'm') and"
        " relowner = current_user::regrole and relnamespace::regnamespace::text not like 'pg_%'"
        " order by 1"
    ).fetchall()
    if rows:
        tables = ", ".join(row[0] for row in rows[:5])
        yield fault(
            "web-role-owns",
            sv=f"webbens roll {name} äger {len(rows)} tabeller ({tables}) och kan ta bort skyddet.",
            en=f"the web's role {name} owns {len(rows)} tables ({tables}) and can remove policies.",
            remedy_sv=f"Kör: reassign owned by {name} to <rollen som migrerar>.",
            remedy_en=f"Run: reassign owned by {name} to <the role that migrates>.",
        )
    if web.execute("select has_schema_privilege('public', 'create')").fetchone() == (True,):
        yield fault(
            "web-role-creates",
            sv=f"webbens roll {name} får skapa tabeller och funktioner i schemat public.",
            en=f"the web's role {name} may create tables and functions in the schema public.",
            remedy_sv=MIGRATE_SV,
            remedy_en=MIGRATE_EN,
        )


def table_findings(web: Database) -> Iterator[Finding]:
    """Is there a table without forced row security, or without a policy?"""
    rows = web.execute(
        "select c.relname, c.relrowsecurity, c.relforcerowsecurity,"
        " exists (select 1 from pg_policy p where p.polrelid = c.oid)"
        " from pg_class c where c.relkind in ('r', 'p')"
        " and c.relnamespace = 'public'::regnamespace order by 1"
    ).fetchall()
    for name, enabled, forced, has_policy in rows:
        if str(name).startswith(WITHOUT_POLICY):
            continue
        if not (enabled and forced):
            yield fault(
                "table-not-forced",
                sv=f"tabellen {name} har inte tvingande radskydd.",
                en=f"the table {name} does not force row security.",
                remedy_sv=MIGRATE_SV,
                remedy_en=MIGRATE_EN,
            )
        if not has_policy:
            yield fault(
                "table-without-policy",
                sv=f"tabellen {name} har ingen regel för vem som ser dess rader.",
                en=f"the table {name} has no policy that says who sees its rows.",
                remedy_sv=MIGRATE_SV,
                remedy_en=MIGRATE_EN,
            )
    yield from _views(web)


def _views(web: Database) -> Iterator[Finding]:
    # A view runs with its owner's rights unless it is told otherwise.
    rows = web.execute(
        "select relname from pg_class where relkind in ('v', 'm')"
        " and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')"
        " and not coalesce(reloptions, '{}') @> '{security_invoker=true}' order by 1"
    ).fetchall()
    for (name,) in rows:
        yield fault(
            "view-bypasses",
            sv=f"vyn {name} läser med sin ägares rätt, förbi radskyddet.",
            en=f"the view {name} reads with its owner's rights, past the row policies.",
            remedy_sv=f"Kör: alter view {name} set (security_invoker = true), eller ta bort den.",
            remedy_en=f"Run: alter view {name} set (security_invoker = true), or remove it.",
        )


def context_findings(web: Database, day: date) -> Iterator[Finding]:
    """Does the database accept a context that is signed with our key, and no other?"""
    claims = signed_claims(nobody_yet(day))
    try:
        with web.transaction():
            web.execute("select set_config('samsyn.context', %s, true)", [claims])
            found = web.execute("select guard_claims() is not null").fetchone()
    except errors.UndefinedFunction:
        yield fault(
            "not-migrated",
            sv="databasen har inga funktioner för det signerade sammanhanget.",
            en="the database has no functions for the signed context.",
            remedy_sv="Kör 'samsyn hub migrate'.",
            remedy_en="Run 'samsyn hub migrate'.",
        )
        return
    except errors.InsufficientPrivilege:
        found = (False,)
    if found != (True,):
        yield fault(
            "context-key",
            sv="databasen godtar inte det sammanhang som webben signerar; ingen ser något.",
            en="the database does not accept the context that the web signs; nobody sees anything.",
            remedy_sv="Ge 'samsyn hub migrate' samma SAMSYN_CONTEXT_KEY som webben, och kör den.",
            remedy_en="Give 'samsyn hub migrate' the web's SAMSYN_CONTEXT_KEY, and run it.",
        )


def without_context_findings(web: Database) -> Iterator[Finding]:
    """Does the web role see a row of any protected table without a context?"""
    rows = web.execute(
        "select relname from pg_class where relkind in ('r', 'p')"
        " and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')"
        " order by 1"
    ).fetchall()
    for (name,) in rows:
        if str(name).startswith(WITHOUT_POLICY):
            continue
        query = psycopg.sql.SQL("select 1 from {} limit 1").format(psycopg.sql.Identifier(name))
        if web.execute(query).fetchone():
            yield fault(
                "rows-without-context",
                sv=f"webbens roll ser rader i {name} utan att någon har sagt vem som frågar.",
                en=f"the web's role sees rows of {name} without anybody having said who asks.",
                remedy_sv=MIGRATE_SV,
                remedy_en=MIGRATE_EN,
            )
