"""In which ways, and where, is somebody signed in? Without any secret."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.db import connections
from django.utils import timezone

from samsyn.hub.guard.models import Account, Invitation, Session
from samsyn.kernel.text import Text

KINDS = {
    "webauthn": Text(sv="nyckel", en="passkey"),
    "totp": Text(sv="kodapp", en="code app"),
    "password": Text(sv="lösenord", en="password"),
    "identity": Text(sv="myndighetens inloggning", en="the agency's sign-in"),
}


class Way(NamedTuple):
    """One way in which somebody signs in: its kind, never its secret."""

    kind: Text
    made: datetime | None
    used: datetime | None


def ways_of(account: Account) -> list[Way]:
    """In which ways an account signs in; for itself and its administrators."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select kind, made, used from guard_sign_in_ways(%s)", [account.pk])
        rows = cursor.fetchall()
    return [Way(KINDS.get(kind, Text(sv=kind, en=kind)), made, used) for kind, made, used in rows]


def is_enrolled(account: Account) -> bool:
    """Whether somebody has ever chosen how to sign in with the account."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select guard_enrolled(%s)", [account.pk])
        return bool(cursor.fetchone()[0])


def open_invitation(account: Account) -> Invitation | None:
    """The link that is out and still opens something."""
    return Invitation.rows.filter(
        account=account, used_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


def factors_of(account: Account) -> list[Authenticator]:
    """One's own passkeys and code app."""
    return list(Authenticator.objects.filter(user=account).order_by("type", "created_at"))


def sessions_of(account: Account) -> list[Session]:
    """One's own sessions that have not ended."""
    return list(
        Session.objects.filter(account=account.pk, expire_date__gt=timezone.now())
        .order_by("-begun_at")
        .defer("session_data")
    )
