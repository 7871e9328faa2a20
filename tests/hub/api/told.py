"""An agency whose address is told, as a test writes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samsyn.hub.api.models import Webhook
from samsyn.hub.api.webhooks.delivering import deliver_due
from samsyn.hub.api.webhooks.registering import register
from samsyn.hub.api.webhooks.sending import Sent, Told
from samsyn.hub.guard.context import acting
from tests.hub.support import Hub

PUBLIC = "93.184.216.34"


def hooked(hub: Hub, agency: str) -> tuple[Webhook, str]:
    """An address of an agency, registered by its administrator."""
    boss = hub.officer(agency, "agency_administrator")
    with acting(boss):
        return register(
            actor=boss,
            address=f"https://{agency.lower()}.example.org/samsyn",
            names=lambda host, port: [PUBLIC],
        )


def told_now(answer: Callable[[], Sent] = Sent, **when: Any) -> list[tuple[str, Told]]:
    """Let the job run; gives what it sent, and to whom."""
    sent: list[tuple[str, Told]] = []

    def attempt(told: Told, *, address: str, **_: Any) -> Sent:
        sent.append((address, told))
        return answer()

    deliver_due(attempt=attempt, **when)
    return sent
