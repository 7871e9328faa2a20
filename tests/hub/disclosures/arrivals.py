"""How does somebody come in by the front door: address, password, the code of an app?

The account has what an invitation would have left it with; the sign-in itself is done in the
browser, page by page, as everybody does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.guard.models import Account
from tests.hub.guard.signin_pages import PASSWORD, code_of
from tests.hub.live import Live
from tests.hub.support import Hub


def chose_password_and_code(hub: Hub, account: Account) -> str:
    """Let an account have a password and a code app; the app's secret."""
    secret = str(generate_totp_secret())
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update guard_account set password = %s where id = %s",
            [make_password(PASSWORD), account.pk],
        )
        owner.execute(
            "insert into mfa_authenticator (type, data, user_id, created_at) "
            "values ('totp', %s::jsonb, %s, now())",
            [json.dumps({"secret": encrypt(secret)}), account.pk],
        )
    return secret


@contextmanager
def arrived(
    live: Live, chromium: Browser, account: Account | UUID | None, **options: object
) -> Iterator[Page]:
    """A window in which somebody has signed in by the pages of the sign-in."""
    who = account if isinstance(account, Account) else live.hub.people[account]  # type: ignore[index]
    secret = chose_password_and_code(live.hub, who)
    with live.page(chromium, **options) as page:
        page.goto("/account/login/")
        page.get_by_label("E-postadress i tjänsten").fill(who.email)
        page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Fortsätt").click()
        page.get_by_label("Kod", exact=True).fill(code_of(secret))
        page.get_by_role("button", name="Logga in").click()
        expect(page.locator(".identity")).to_contain_text(who.name)
        yield page
