"""How is one message sent: signed, to an address that was checked, and followed nowhere else?"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from samsyn.hub.api.webhooks.addresses import Target, Unreachable, checked_addresses, read_target

SECONDS = 10.0
USER_AGENT = "Samsyn-Webhook/1"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is told: ids and codes, never content.

    Attributes:
        delivery: the same at every try.
    """

    delivery: UUID
    event: str
    kind: str
    thing: UUID
    at: datetime


class Sent(msgspec.Struct, frozen=True):
    """What came of a try.

    Attributes:
        fault: what went wrong, as a code for the page; empty when it was received.
    """

    fault: str = ""


def body_of(told: Told) -> bytes:
    """The message."""
    fields = {
        "event": told.event,
        "kind": told.kind,
        "id": str(told.thing),
        "at": told.at.isoformat(timespec="seconds"),
    }
    return json.dumps(fields, separators=(",", ":")).encode()


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What proves that the hub sent it, at that time."""
    signed = str(timestamp).encode() + b"." + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def send(
    told: Told,
    *,
    address: str,
    secret: str,
    timestamp: int,
    allowed: Collection[str] = (),
    trust: ssl.SSLContext | None = None,
) -> Sent:
    """Try once.

    Args:
        told: what is told.
        address, secret: to whom, and what signs it.
        timestamp: seconds since 1970.
        allowed: hosts inside the own network that an operator has named.
        trust: whose certificates are believed; those of the system when left out.
    """
    body = body_of(told)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Samsyn-Delivery": str(told.delivery),
        "Samsyn-Timestamp": str(timestamp),
        "Samsyn-Signature": signature(secret, timestamp, body),
    }
    try:
        target = read_target(address)
        where = checked_addresses(target, allowed)[0]
    except Unreachable:
        return Sent("unreachable")
    connection = _Pinned(target, where, trust or ssl.create_default_context())
    try:
        connection.request("POST", target.path, body, headers)
        status = connection.getresponse().status
    except ssl.SSLError:
        return Sent("certificate")
    except (OSError, http.client.HTTPException):
        return Sent("no answer")
    finally:
        connection.close()
    # A redirect is no receipt: it would lead to an address that nobody has checked.
    return Sent() if 200 <= status < 300 else Sent(f"status {status}")


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked, in the name that was written."""

    def __init__(self, target: Target, address: str, trust: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS, context=trust)
        self._address, self._trust = address, trust

    def connect(self) -> None:
        """Connect, and see that the certificate is the host's."""
        plain = socket.create_connection((self._address, self.port), SECONDS)
        try:
            self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
