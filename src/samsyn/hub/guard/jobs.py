"""What does the guard do by itself? It seals the log every minute, and serves the witness."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app

from samsyn.hub.guard import witness
from samsyn.hub.guard.seal_keys import by_id, read_public_keys, signing_key
from samsyn.hub.guard.seals import seal_all


class LogDoesNotHold(Exception):
    """Something in the log was changed or removed; ``samsyn log verify`` says what."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="guard.seal_log", lock="guard.seal_log")
def seal_log(timestamp: int) -> None:
    """Seal what was written since the last seal.

    Raises:
        LogDoesNotHold: if a lane could be sealed only up to a fault; what holds is sealed.
    """
    key = signing_key(settings.SAMSYN.log_signing_key)
    earlier: dict[str, Any] = {}
    if (file := settings.SAMSYN.log_public_keys) is not None:
        earlier = dict(read_public_keys(file.read_text("utf-8"), "SAMSYN_LOG_PUBLIC_KEYS"))
    connections["worker"].ensure_connection()
    connection = connections["worker"].connection
    sealed = seal_all(connection, key, earlier=earlier)
    if settings.SAMSYN.witness_dir is not None:
        keys = {**earlier, **by_id([key.public_key()])}
        witness.export(connection, settings.SAMSYN.witness_dir, keys)
    if sealed.stops:
        lanes = ", ".join(str(stop.lane) for stop in sealed.stops)
        raise LogDoesNotHold(f"lanes {lanes} were sealed only up to a fault")
