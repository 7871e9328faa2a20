"""The hub as tests use it: databases cloned from a template, people, acts as somebody."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import psycopg
from django.db import connections
from django.test import Client
from django.utils import timezone
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin.backend import BACKEND
from samsyn.hub.guard.signin.proof import BEGUN
from samsyn.hub.project.databases import django_database
from samsyn.hub.project.migrating import migrate_all

ROLE_OF_ALIAS = {"default": "samsyn_web", "worker": "samsyn_worker", "owner": None}
TODAY = timezone.localdate()
"""The day of the whole run, also when midnight passes in it: ``one_day`` holds the hub to it."""


@dataclass
class HubServer:
    """A server with a migrated template.

    Attributes:
        url: address of the template, as the owner.
        template: its name.
    """

    url: str
    template: str

    @classmethod
    @contextmanager
    def start(cls, url: str) -> Iterator[HubServer]:
        """Migrate a database of its own beside the one at the address: the template.

        The one at the address belongs to every test of the process that wants a database.
        """
        name = f"samsyn_template_{secrets.token_hex(6)}"
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as admin:
            admin.execute(
                sql.SQL("create database {} template template0 encoding 'UTF8'").format(
                    sql.Identifier(name)
                )
            )
        server = cls(make_conninfo(url, dbname=name), name)
        server.point(name)
        migrate_all(server.url)
        close_all()
        try:
            yield server
        finally:
            close_all()
            with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as admin:
                admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def point(self, database: str) -> None:
        """Let Django's three aliases mean a database of this server, each as its role."""
        for alias, role in ROLE_OF_ALIAS.items():
            parts = {name: str(value) for name, value in conninfo_to_dict(self.url).items()}
            parts["dbname"] = database
            if role:
                parts["user"] = role
                parts.pop("password", None)
            connections[alias].close()
            connections[alias].settings_dict.update(django_database(parts))

    @contextmanager
    def hub(self) -> Iterator[Hub]:
        """A clone of the template, which is gone afterwards."""
        name = f"samsyn_hub_{secrets.token_hex(6)}"
        close_all()
        with psycopg.connect(make_conninfo(self.url, dbname="postgres"), autocommit=True) as admin:
            admin.execute(
                sql.SQL("create database {} template {}").format(
                    sql.Identifier(name), sql.Identifier(self.template)
                )
            )
            for role in filter(None, ROLE_OF_ALIAS.values()):
                admin.execute(
                    sql.SQL("grant connect on database {} to {}").format(
                        sql.Identifier(name), sql.Identifier(role)
                    )
                )
        self.point(name)
        try:
            yield Hub(make_conninfo(self.url, dbname=name))
        finally:
            close_all()
            with psycopg.connect(
                make_conninfo(self.url, dbname="postgres"), autocommit=True
            ) as admin:
                admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
            self.point(self.template)


@contextmanager
def one_day() -> Iterator[None]:
    """The hub's day is the tests' day for as long as it lasts."""
    of_moment = timezone.localdate

    def localdate(value: datetime | None = None, timezone: tzinfo | None = None) -> date:
        return TODAY if value is None else of_moment(value, timezone)

    with mock.patch("django.utils.timezone.localdate", localdate):
        yield


def close_all() -> None:
    """Close what Django has open, so that a database can be cloned or dropped."""
    for alias in ROLE_OF_ALIAS:
        connections[alias].close()


class Browser(Client):
    """Django's client over HTTPS, which the hub asks for."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **{**kwargs, "secure": True})


@dataclass
class Hub:
    """An empty hub with a database of its own.

    Attributes:
        owner_url: its address as the owner, to whom the row policies apply as to all but a
            superuser; for arranging what only an operator can do.
    """

    owner_url: str
    today: date = TODAY
    people: dict[UUID, Account] = field(default_factory=dict)

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the operator of the database."""
        return psycopg.connect(self.owner_url, autocommit=True)

    def person(
        self,
        agency: str,
        *roles: str,
        name: str = "",
        centre: str = "",
        from_day: date = date(2018, 1, 1),
        to_day: date | None = None,
    ) -> Account:
        """An account with roles, made by the operator as at an installation."""
        account = Account(
            id=uuid4(),
            password="!",
            email=f"{secrets.token_hex(5)}@example.org",
            name=name or f"Person {len(self.people) + 1}",
            agency=agency,
        )
        with self.owner() as owner, owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(
                "insert into guard_account (id, password, email, name, agency, title, language, "
                "is_active) values (%s, '!', %s, %s, %s, '', 'sv', true)",
                [account.id, account.email, account.name, agency],
            )
            for role in roles or ("agency_officer",):
                owner.execute(
                    "insert into guard_roleassignment (id, account_id, agency, role, centre, "
                    "from_day, to_day) values (%s, %s, %s, %s, %s, %s, %s)",
                    [uuid4(), account.id, agency, role, centre, from_day, to_day],
                )
        self.people[account.id] = account
        return account

    def actor(self, account: Account, on: date | None = None) -> Actor:
        """Who the account is on a day, found out as a request finds it out."""
        day = on or self.today
        with acting(Actor(account=account.id, name="", agency="", keys=("signin",), day=day)):
            return actor_of(account, current_organisation(), day)

    def officer(self, agency: str, *roles: str) -> Actor:
        """A new person's actor."""
        return self.actor(self.person(agency, *roles))

    def client(self, account: Account) -> Browser:
        """A browser in which the account has signed in."""
        client = Browser(SERVER_NAME="localhost")
        nobody = Actor(account=account.id, name="", agency="", keys=("signin",), day=self.today)
        with acting(nobody):
            client.force_login(account, backend=BACKEND)
            # What a sign-in by passkey leaves in the session.
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "mfa", "type": "webauthn", "passwordless": True, "at": time.time()}
            ]
            session["account_authentication_methods_user"] = str(account.pk)
            session[BEGUN] = int(time.time())
            session.save()
        return client
