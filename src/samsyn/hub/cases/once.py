"""How does a form that is sent twice do its act once?

Each form carries a token. The act and its token are kept in one transaction; the second time the
token is found and leads to what the first time made.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connections

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Idempotency


def done_before(actor: Actor, token: UUID | None) -> str:
    """The address that the first sending led to; empty when this is the first.

    A second sending that comes while the first is under way waits for it.
    """
    if token is None or actor.account is None:
        return ""
    with connections["default"].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(token)])
    first = Idempotency.rows.filter(token=token, account=actor.account).first()
    return first.result if first else ""


def remember(actor: Actor, token: UUID | None, act: str, address: str) -> None:
    """Keep what the form led to, with the act it did."""
    if token is not None and actor.account is not None:
        Idempotency.rows.create(
            token=token,
            visible_to=actor.agency,
            account=actor.account,
            act=act,
            result=address[:200],
        )
