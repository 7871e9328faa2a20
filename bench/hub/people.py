"""Who uses the hub while it is measured? Officers of nine agencies in turn, and auditors."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import zip_longest

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from samsyn.hub.guard.actor import SIGN_IN, Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin.backend import BACKEND
from samsyn.hub.guard.signin.proof import BEGUN, DEMO
from samsyn.hub.guard.signin.sessions import SessionStore
from samsyn.hub.project.sessions import USED

OFFICER, AUDITOR = "agency_officer", "auditor"


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


def people_of(role: str) -> list[Person]:
    """Everybody who has a role today: one of each agency, then the second of each, and so on."""
    from samsyn.hub.guard.models import RoleAssignment

    today = timezone.localdate()
    given = RoleAssignment.rows.using("owner").filter(role=role, from_day__lte=today, to_day=None)
    there = Account.rows.using("owner").filter(
        pk__in=list(given.values_list("account_id", flat=True)), is_active=True
    )
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
