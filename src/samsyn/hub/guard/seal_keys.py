"""With which key is a seal signed, and by which public keys is it checked?

Ed25519. A key is written as 64 hexadecimal digits: the seed in a file that only the hub reads, the
public half in a file that anyone may have. Pure: the caller reads and writes the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from samsyn.kernel.faults import FieldError

PublicKeys = Mapping[str, Ed25519PublicKey]
"""Public keys by their id; several, so that a key can be changed and old seals still checked."""


def new_seed() -> bytes:
    """A fresh secret key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def signing_key(seed: bytes) -> Ed25519PrivateKey:
    """The key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def key_id(key: Ed25519PublicKey) -> str:
    """A short name of a public key that follows from the key."""
    return sha256(b"samsyn log key" + key.public_bytes_raw()).hexdigest()[:16]


def by_id(keys: Iterable[Ed25519PublicKey]) -> dict[str, Ed25519PublicKey]:
    """Public keys by their id."""
    return {key_id(key): key for key in keys}


def read_public_keys(text: str, field: str) -> dict[str, Ed25519PublicKey]:
    """The keys of a file: one a line, what follows ``#`` is a remark.

    Raises:
        FieldError: if a line is no key, or there is none.
    """
    keys = []
    for number, line in enumerate(text.splitlines(), start=1):
        digits = line.split("#")[0].strip()
        if not digits:
            continue
        try:
            keys.append(Ed25519PublicKey.from_public_bytes(bytes.fromhex(digits)))
        except ValueError:
            raise FieldError(
                field,
                f"line {number} is no public key; a key is 64 hexadecimal digits",
                f"rad {number} är ingen öppen nyckel; en nyckel är 64 hexadecimala siffror",
            ) from None
    if not keys:
        raise FieldError(field, "the file holds no key", "filen innehåller ingen nyckel")
    return by_id(keys)


def signed_by(keys: PublicKeys, name: str, signature: str, statement: bytes) -> bool:
    """Did one of these keys, the one of this name, sign the statement?"""
    key = keys.get(name)
    if key is None:
        return False
    try:
        key.verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True
