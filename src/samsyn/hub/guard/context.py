"""How does the database learn, in a way nobody can forge, who acts in a transaction?

The claims are signed with a key that the web role cannot read; the row policies verify them
(``guard_claims`` in policies.sql). They hold for one transaction and a few minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import connections, transaction

from samsyn.hub.guard.actor import SIGN_IN, WORKER, Actor

SECONDS = 600
"""How long a context holds: longer than any request, shorter than a coffee."""


def signed_claims(actor: Actor) -> str:
    """The claims of an actor as text: 64 hexadecimal digits of HMAC-SHA-256, a colon, JSON."""
    claims = {
        "account": str(actor.account) if actor.account else None,
        "agency": actor.agency,
        "keys": list(actor.keys),
        "administers": actor.permits("account.approve"),
        "national": actor.permits("figures.national"),
        "case": str(actor.case) if actor.case else None,
        "matter": str(actor.matter) if actor.matter else None,
        "only_case": str(actor.only_case) if actor.only_case else None,
        "purpose": actor.purpose,
        "purpose_group": actor.purpose_group,
        "day": actor.day.isoformat(),
        "until": time.time() + SECONDS,
    }
    body = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
    key = bytes.fromhex(settings.SAMSYN_CONTEXT_KEY)
    return f"{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}:{body}"


def enter(actor: Actor, using: str = "default") -> None:
    """Tell the running transaction who acts, from here to its end."""
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('samsyn.context', %s, true)", [signed_claims(actor)])


@contextmanager
def acting(actor: Actor, using: str = "default") -> Iterator[Actor]:
    """A transaction in which an actor acts; everything is kept or nothing is.

    Within a running transaction the context is set back afterwards.
    """
    nested = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("select current_setting('samsyn.context', true)")
            before = cursor.fetchone()[0] or ""
        enter(actor, using)
        yield actor
        if nested:
            with connections[using].cursor() as cursor:
                cursor.execute("select set_config('samsyn.context', %s, true)", [before])


def nobody_yet(day: date) -> Actor:
    """The actor of a request before it is known who asks: sees the sign-in tables only."""
    return Actor(account=None, name="", agency="", keys=(SIGN_IN,), day=day)


def worker(day: date) -> Actor:
    """The actor of the jobs."""
    return Actor(account=None, name="", agency="", keys=(WORKER,), acts=("job.*",), day=day)
