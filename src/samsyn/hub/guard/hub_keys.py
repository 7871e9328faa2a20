"""By which keys is what this hub has signed checked, now and for what it signed before?"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from samsyn.hub.guard.seal_keys import by_id, read_public_keys, signing_key


def public_keys() -> dict[str, Ed25519PublicKey]:
    """The keys that seals and figures of this hub are signed with, now and before."""
    earlier: Mapping[str, Ed25519PublicKey] = {}
    if (file := settings.SAMSYN.log_public_keys) is not None:
        earlier = read_public_keys(file.read_text("utf-8"), "SAMSYN_LOG_PUBLIC_KEYS")
    return {**earlier, **by_id([signing_key(settings.SAMSYN.log_signing_key).public_key()])}
