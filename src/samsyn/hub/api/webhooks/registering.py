"""Who makes and stops the addresses that are told, and how is their secret kept?"""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from samsyn.hub.api.models import Webhook
from samsyn.hub.api.webhooks.addresses import (
    Resolve,
    Unreachable,
    checked_addresses,
    read_target,
    resolve,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.policy import access_key, require
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

MANAGE = "webhook.manage"
MOST = 10
"""Addresses of an agency that run at a time."""
BY_PERSON, BY_FAILURES = "person", "failures"


def hooks_of(actor: Actor) -> QuerySet[Webhook]:
    """The addresses of the agency, those that run first.

    Raises:
        Refused: if none of the person's roles manages them.
    """
    require(actor, MANAGE)
    return Webhook.seen(actor).order_by("stopped_at", "made_at")


def register(
    *, actor: Actor, address: str, about: str = "", names: Resolve = resolve
) -> tuple[Webhook, str]:
    """Let an address be told from now on.

    Returns:
        The address, and the secret that signs what it is sent, shown once.

    Raises:
        Invalid: if the hub does not connect there, or there are too many.
    """
    address = address.strip()
    require(actor, MANAGE)
    try:
        checked_addresses(read_target(address), settings.SAMSYN.webhook_hosts, names)
    except Unreachable as no:
        raise Invalid("address", no.said) from None
    running = Webhook.seen(actor).filter(stopped_at__isnull=True)
    if running.count() >= MOST:
        raise Invalid(
            "address",
            Text(
                sv=f"Högst {MOST} adresser åt gången; stoppa en först.",
                en=f"At most {MOST} addresses at a time; stop one first.",
            ),
        )
    secret = secrets.token_urlsafe(32)
    with act(actor, MANAGE) as entry:
        hook = Webhook.rows.create(
            visible_to=access_key(actor.agency, "people"),
            agency=actor.agency,
            address=address,
            about=about.strip()[:120],
            secret=sealed(secret),
            made_by=str(actor.account),
            made_by_name=actor.name,
        )
        entry.touches(hook)
        entry.detail = "registered"
    return hook, secret


def stop(*, actor: Actor, hook_id: UUID) -> None:
    """Tell an address nothing more.

    Raises:
        Missing: if the agency has none of that id.
    """
    require(actor, MANAGE)
    hook = Webhook.seen_one(actor, pk=hook_id)
    if hook.stopped_at is not None:
        return
    with act(actor, MANAGE, objects=[hook]) as entry:
        entry.detail = "stopped"
        Webhook.seen(actor).filter(pk=hook.pk).update(
            stopped_at=timezone.now(), stopped_why=BY_PERSON
        )


def sealed(secret: str) -> str:
    """A secret as it is kept."""
    return _seal().encrypt(secret.encode()).decode()


def opened(secret: str) -> str:
    """A secret as it was."""
    return _seal().decrypt(secret.encode()).decode()


@lru_cache
def _seal() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"samsyn webhooks").derive(settings.SAMSYN.files_key)
    return Fernet(base64.urlsafe_b64encode(key))
