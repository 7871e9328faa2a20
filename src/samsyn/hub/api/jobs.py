"""What does the interface do by itself? It tells addresses every minute, and forgets by night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from samsyn.hub.api.webhooks.delivering import clear_old, deliver_due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="api.tell_addresses", lock="api.tell_addresses")
def tell_addresses(timestamp: int) -> None:
    """Send what has happened since the last minute, and what was not received before."""
    deliver_due()


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="api.clear_old")
def clear_old_messages(timestamp: int) -> None:
    """Forget messages and calls made once, a week afterwards."""
    clear_old()
