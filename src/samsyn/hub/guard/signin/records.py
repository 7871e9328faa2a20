"""How does what happens at sign-in come into the log?

These rows are written in transactions that nobody acts in yet; each is written as the account that
it concerns, which then sees it in its own log, as its agency's auditor does.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.http import HttpRequest
from django.utils import timezone

from samsyn.hub.guard.actor import SIGN_IN, Actor
from samsyn.hub.guard.acts import Entry
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account

BEGUN = "signin.begin"
ENDED = "signin.end"
FAILED = "signin.fail"
FACTOR_ADDED = "signin.factor_add"
FACTOR_REMOVED = "signin.factor_remove"
BOUND = "signin.bind"
ENROLLED = "signin.enrol"
LANGUAGE = "signin.language"
PASSWORD = "signin.password"


def as_account(account: Account) -> Actor:
    """The account without any right but to its own sign-in."""
    return Actor(
        account=account.pk,
        name=account.name,
        agency=account.agency,
        keys=(SIGN_IN,),
        day=timezone.localdate(),
    )


def acting_as(account: Account) -> AbstractContextManager[Actor]:
    """What is done within is done as the account."""
    return acting(as_account(account))


def note(account: Account, what: str, *, detail: str = "") -> None:
    """Write a row that concerns an account's sign-in."""
    with acting_as(account) as actor:
        entry = Entry(actor, what, None, None)
        entry.detail = detail
        entry.touches(account)
        entry.write()


def note_failure(account: Account | None, how: str) -> None:
    """Somebody tried to sign in as an account and could not; a stranger leaves no row.

    The row is not the account's: it is not known to have been its owner.
    """
    if account is None:
        return
    nobody = Actor(
        account=None, name="", agency=account.agency, keys=(SIGN_IN,), day=timezone.localdate()
    )
    with acting(nobody):
        entry = Entry(nobody, FAILED, None, None)
        entry.detail = how
        entry.touches(account)
        entry.write()


def account_of(request: HttpRequest) -> Account | None:
    """The account of a session, whether or not it has proved anything."""
    user = request.user
    return user if isinstance(user, Account) else None
