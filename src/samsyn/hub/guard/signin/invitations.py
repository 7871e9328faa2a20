"""How does a person get to choose how to sign in: by a link that works once?"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from samsyn.hub.guard.models import Account, Invitation
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.signin.records import acting_as
from samsyn.kernel.text import Text

HOURS = 72
KEPT = "invitation"
"""Where the session keeps which invitation it is there by."""

OVER = Text(
    sv="Länken gäller inte längre: den har använts eller är för gammal.",
    en="The link is no longer valid: it has been used or is too old.",
)
ASK = Text(
    sv="Be myndighetsadministratören hos din myndighet om en ny inbjudan.",
    en="Ask the agency administrator of your agency for a new invitation.",
)


def invite(account: Account, *, request: UUID | None = None) -> str:
    """Make an invitation within an act of an administrator; returns the token of its link.

    The database refuses it for who has signed in before, unless two persons agreed to ``request``;
    then all that the person signed in with is taken away.
    """
    token = secrets.token_urlsafe(32)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select guard_invite(%s, %s, %s, %s, %s)",
            [uuid4(), account.pk, _hash(token), timezone.now() + timedelta(hours=HOURS), request],
        )
    return token


def find(token: str) -> Invitation | None:
    """The invitation of a link, if it still opens anything."""
    return _open().filter(token_hash=_hash(token)).first()


def accept(request: HttpRequest, invitation: Invitation) -> None:
    """Let this browser choose how its account signs in."""
    request.session.cycle_key()
    request.session[KEPT] = str(invitation.pk)


def accepted(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser is here by, if it still opens anything."""
    kept = request.session.get(KEPT)
    return _open().filter(pk=kept).first() if kept else None


def use(request: HttpRequest, invitation: Invitation) -> None:
    """The person has chosen: the link opens nothing from here on.

    Raises:
        Refused: if it was used meanwhile, by whomever.
    """
    with acting_as(invitation.account):
        used = Invitation.rows.filter(pk=invitation.pk, used_at__isnull=True).update(
            used_at=timezone.now()
        )
    if not used:
        raise Refused(OVER, next_step=ASK)
    request.session.pop(KEPT, None)


def _open() -> QuerySet[Invitation]:
    return Invitation.rows.filter(
        used_at__isnull=True, expires_at__gt=timezone.now(), account__is_active=True
    ).select_related("account")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
