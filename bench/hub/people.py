"""Who uses the hub while it is measured? Officers of nine agencies in turn, and auditors.

The officers are the benchmark's own (``hiring.sql``), each with as many cases as a person has; the
auditors are those of the training data.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import psycopg
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from bench.hub.installation import Installation
from samsyn.hub.guard.actor import SIGN_IN, Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, RoleAssignment
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin.backend import BACKEND
from samsyn.hub.guard.signin.proof import BEGUN, DEMO
from samsyn.hub.guard.signin.sessions import SessionStore
from samsyn.hub.project.sessions import USED

OFFICER, AUDITOR = "agency_officer", "auditor"
OFFICERS, OPEN_CASES, RESTRICTED_CASES = 4, 40, 5
"""Officers of each agency, and how many cases each works on."""


@dataclass(frozen=True)
class Person:
    """Somebody at work."""

    account: Account
    role: str
    actor: Actor

    @property
    def agency(self) -> str:
        """Code of the agency."""
        return self.account.agency


def hire(installation: Installation) -> None:
    """Put the officers into the database, if they are not there from the last time."""
    with installation.owner() as owner, owner.transaction():
        if owner.execute("select 1 from guard_account where email like 'bench-%'").fetchone():
            return
        owner.execute("set local session_replication_role = replica")
        sizes = {
            "officers": OFFICERS,
            "open": OPEN_CASES,
            "restricted": RESTRICTED_CASES,
        }
        hiring = Path(__file__).with_name("hiring.sql").read_text(encoding="utf-8")
        psycopg.ClientCursor(owner).execute(hiring.encode(), sizes)


def people_of(role: str) -> list[Person]:
    """Everybody who has a role today: one of each agency, then the second of each, and so on."""
    today = timezone.localdate()
    given = RoleAssignment.rows.using("owner").filter(role=role, from_day__lte=today, to_day=None)
    there = Account.rows.using("owner").filter(
        pk__in=list(given.values_list("account_id", flat=True)), is_active=True
    )
    if role == OFFICER:
        there = there.filter(email__startswith="bench-")
    by_agency: dict[str, list[Account]] = {}
    for account in there.order_by("agency", "made_at", "pk"):
        by_agency.setdefault(account.agency, []).append(account)
    in_turn = [account for row in zip_longest(*by_agency.values()) for account in row if account]
    return [Person(account, role, actor_for(account)) for account in in_turn]


def actor_for(account: Account) -> Actor:
    """Who an account is today, found out as a request finds it out."""
    day = timezone.localdate()
    with acting(Actor(account=account.pk, name="", agency="", keys=(SIGN_IN,), day=day)):
        return actor_of(account, current_organisation(), day)


def signed_in(person: Person) -> str:
    """The session of a person who has just signed in, as the row that a browser's cookie names."""
    now, account = time.time(), person.account
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            "account_authentication_methods": [{"method": DEMO, "at": now}],
            "account_authentication_methods_user": str(account.pk),
            BEGUN: int(now),
            USED: int(now),
        }
    )
    nobody = Actor(
        account=account.pk, name="", agency="", keys=(SIGN_IN,), day=timezone.localdate()
    )
    with acting(nobody):
        session.save()
    return str(session.session_key)
