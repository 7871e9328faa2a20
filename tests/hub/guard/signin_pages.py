"""How tests walk through the sign-in: an account, its invitation, a code app's codes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from samsyn.hub.guard import actions
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from tests.hub.support import TODAY, Browser, Hub

PASSWORD = "en lång mening som ingen gissar"


@contextmanager
def past_the_code(actor: Actor) -> Iterator[None]:
    """What somebody could do who got past the code: a logged transaction, and no question asked.

    Without the log row the database would refuse for that alone.
    """
    with acting(actor):
        Entry(actor, "account.approve", None, None).write()
        yield


def administrator(hub: Hub, agency: str = "AV") -> Actor:
    """A new administrator of an agency, as of today."""
    return hub.actor(hub.person(agency, "agency_administrator"), TODAY)


def invited(hub: Hub, agency: str = "AV", *, by: Actor | None = None) -> tuple[Account, str]:
    """A new account and the address of its invitation."""
    actor = by or administrator(hub, agency)
    number = len(hub.people)
    with acting(actor):
        account, token = actions.approve_account(
            actor, name=f"Inbjuden {number}", email=f"inbjuden{number}-{agency}@example.org"
        )
    hub.people[account.pk] = account
    return account, f"/account/invitation/{token}/"


def code_of(secret: str, *, steps: int = 0) -> str:
    """What a code app shows now, or so many steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def accept(browser: Browser, address: str) -> Any:
    """Open an invitation and say go."""
    assert browser.get(address).status_code == 200
    return browser.post(address)


def choose_password_and_code(browser: Browser, address: str) -> str:
    """Take an invitation, choose password and code app; the secret of the app."""
    accept(browser, address)
    page = browser.get("/account/ways/code/")
    found = re.search(r'id="totp-secret">([A-Z2-7]+)<', page.content.decode())
    assert found is not None
    secret = found[1]
    answer = browser.post(
        "/account/ways/code/",
        # The step before: the codes of this one are still unused afterwards.
        {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret, steps=-1)},
    )
    assert answer.status_code == 302, answer.content.decode()
    return secret


def password_step(browser: Browser, email: str, password: str = PASSWORD, **headers: Any) -> Any:
    """Send address and password."""
    return browser.post("/account/login/", {"login": email, "password": password}, **headers)


def code_step(browser: Browser, code: str) -> Any:
    """Send the code that follows the password."""
    return browser.post("/account/login/code/", {"code": code})


def signed_in(browser: Browser) -> bool:
    """Whether a page for signed-in people opens."""
    return bool(browser.get("/me/").status_code == 200)
