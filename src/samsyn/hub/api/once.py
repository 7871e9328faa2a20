"""How does a call that is made again, because its answer was lost, make nothing twice?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connections
from django.http import HttpRequest

from samsyn.hub.api.entering import acting, key_of
from samsyn.hub.api.models import OnceCall
from samsyn.hub.guard.acts import one_act
from samsyn.hub.guard.refusals import Conflict, Invalid
from samsyn.kernel.text import Text

HEADER = "Idempotency-Key"
LONGEST = 200


def once(request: HttpRequest, make: Callable[[], Any]) -> tuple[UUID, bool]:
    """Make something, or find what the same call made before.

    The call is kept in the transaction of what it makes: either both are kept or neither.

    Args:
        request: with the header ``Idempotency-Key``, or without.
        make: the act; what it gives has an id.

    Returns:
        The id, and whether it was made now.

    Raises:
        Conflict: if another call was made under the same key.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return _made(make), True
    if len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise Invalid(
            HEADER,
            Text(
                sv=f"{HEADER} ska vara högst {LONGEST} tecken ur ASCII, gärna ett UUID.",
                en=f"{HEADER} must be at most {LONGEST} letters of ASCII, best a UUID.",
            ),
        )
    token = key_of(request).token
    digest = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()
    with connections["default"].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{token}{key}"])
    before = OnceCall.rows.filter(token=token, key=key).first()
    if before is not None:
        if before.digest != digest:
            raise Conflict(
                Text(
                    sv="Ett annat anrop har redan gjorts under den nyckeln; inget är gjort nu.",
                    en="Another call has been made under that key; nothing has been done now.",
                ),
                next_step=Text(
                    sv=f"Sänd ett nytt värde i {HEADER} för ett nytt anrop.",
                    en=f"Send a new value in {HEADER} for a new call.",
                ),
            )
        return before.made, False
    made = _made(make)
    OnceCall.rows.create(
        account=str(acting(request).account), token=token, key=key, digest=digest, made=made
    )
    return made, True


def _made(make: Callable[[], Any]) -> UUID:
    """The id of what an act makes; a call that is refused keeps nothing at all."""
    with one_act():
        made: UUID = make().pk
    return made
