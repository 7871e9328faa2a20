"""How does an account get a passkey or a code app, and lose one?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from samsyn.hub.guard.models import Account, Identity, Invitation
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.signin import invitations, proof, records
from samsyn.kernel.text import Text

LAST = Text(
    sv="Det är ditt enda sätt att logga in, så det kan inte tas bort.",
    en="It is your only way to sign in, so it cannot be removed.",
)
ADD_FIRST = Text(
    sv="Lägg till en annan nyckel eller en kodapp först.",
    en="Add another passkey or a code app first.",
)


def add_passkey(
    request: HttpRequest,
    account: Account,
    *,
    name: str,
    credential: dict[str, Any],
    invitation: Invitation | None,
) -> None:
    """Keep a passkey that has just been made; an invited person is signed in by it."""
    with records.acting_as(account):
        made = WebAuthn.add(account, name, credential).instance
        records.note(account, records.FACTOR_ADDED, detail="webauthn")
    post_authentication(request, made, reauthenticated=True, passwordless=True)
    finish(request, account, invitation)


def add_code_app(
    request: HttpRequest,
    account: Account,
    *,
    secret: str,
    password: str | None,
    invitation: Invitation | None,
) -> None:
    """Keep the secret of a code app, and the password that goes with it."""
    with records.acting_as(account):
        if password is not None:
            _set_password(account, password)
        made = TOTP.activate(account, secret).instance
        records.note(account, records.FACTOR_ADDED, detail="totp")
    clear_totp_secret(request)
    if invitation is None:
        update_session_auth_hash(request, account)
    record_authentication(request, account, "password")
    post_authentication(request, made, reauthenticated=True)
    finish(request, account, invitation)


def change_password(request: HttpRequest, account: Account, *, password: str) -> None:
    """Set another password; every other session of the account ends."""
    with records.acting_as(account):
        _set_password(account, password)
        records.note(account, records.PASSWORD)
    # The others no longer fit the password; this one goes on under another key.
    update_session_auth_hash(request, account)
    proof.end_others(request)


def _set_password(account: Account, password: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])


def finish(request: HttpRequest, account: Account, invitation: Invitation | None) -> None:
    """Sign in an invited person who has now chosen how to; the link opens nothing more."""
    if invitation is None:
        return
    invitations.use(request, invitation)
    records.note(account, records.ENROLLED)
    get_adapter().login(request, account)


def remove(account: Account, factor: Authenticator) -> None:
    """Take away a passkey or a code app, but never the last way to sign in.

    Raises:
        Refused: when nothing that signs in would be left.
    """
    others = Authenticator.objects.filter(user=account).exclude(pk=factor.pk)
    if not others.exists() and not Identity.rows.filter(account=account).exists():
        raise Refused(LAST, next_step=ADD_FIRST)
    kind = str(factor.type)
    with records.acting_as(account):
        factor.delete()
        records.note(account, records.FACTOR_REMOVED, detail=kind)


def choosing(request: HttpRequest) -> tuple[Account, Invitation | None]:
    """Who may choose a way to sign in here: an invited person, or one who just proved who it is.

    Raises:
        ReauthenticationRequired: for a person signed in a while ago.
        Refused: for anybody else.
    """
    account = records.account_of(request)
    if account is not None:
        proof.require_just_proved(request)
        return account, None
    invitation = invitations.accepted(request)
    if invitation is None:
        raise Refused(invitations.OVER, next_step=invitations.ASK)
    return invitation.account, invitation
