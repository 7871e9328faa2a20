"""How is a log entry named to people, so that its name tells nothing of other entries?

Numbers of the log come from one sequence for all agencies: gaps between one's own would tell how
much others do. What people see is the number after a keyed permutation of all 40-bit numbers, a
Feistel network of HMAC-SHA-256, written as nine characters in three groups: ``7K3-F9Q-X2M``.

The alphabet is Crockford's, without the letters that look like digits. The last character checks
the others: one wrong character, or two neighbours that changed places, is always noticed.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from samsyn.kernel.text import Text

BITS = 40
_HALF = BITS // 2
_MASK = (1 << _HALF) - 1
ROUNDS = 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {letter: value for value, letter in enumerate(ALPHABET)}
# What people write for what they read, and what they put between.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "–": None, " ": None})
_LENGTH = 9
_FIELD = 0b100101
"""x^5 + x^2 + 1: the characters are the 32 elements of its field."""


class NoReference(ValueError):
    """A text is no name of a log entry."""

    said = Text(
        sv="Det är ingen loggpost: en sådan skrivs som 7K3-F9Q-X2M. Se efter om något tecken blev "
        "fel.",
        en="That is no log entry: one is written as 7K3-F9Q-X2M. See whether a character is wrong.",
    )

    def __init__(self) -> None:
        super().__init__(self.said.en)


def reference(number: int) -> str:
    """What people call the log entry of a number."""
    return written(permuted(number, _key(settings.SAMSYN_CONTEXT_KEY)))


def number_of(text: str) -> int:
    """The number of the log entry that people call so; their own way of writing is understood.

    Raises:
        NoReference: if it is no such name, or a mistyped one.
    """
    return restored(read(text), _key(settings.SAMSYN_CONTEXT_KEY))


def permuted(number: int, key: bytes) -> int:
    """A number of at most 40 bits, exchanged for another; no two for the same.

    Raises:
        ValueError: if the number is too large.
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"{number} has more than {BITS} bits")
    left, right = number >> _HALF, number & _MASK
    for step in range(ROUNDS):
        left, right = right, left ^ _mixed(key, step, right)
    return left << _HALF | right


def restored(number: int, key: bytes) -> int:
    """The number that was exchanged for this one."""
    left, right = number >> _HALF, number & _MASK
    for step in reversed(range(ROUNDS)):
        left, right = right ^ _mixed(key, step, left), left
    return left << _HALF | right


def written(number: int) -> str:
    """A number of 40 bits as eight characters and one that checks them."""
    values = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    values.append(_check(values))
    letters = "".join(ALPHABET[value] for value in values)
    return f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def read(text: str) -> int:
    """The number of 40 bits that was written so.

    Raises:
        NoReference: if a character is wrong or missing.
    """
    letters = text.strip().upper().translate(_LOOKALIKES)
    values = [_READ.get(letter, -1) for letter in letters]
    if len(values) != _LENGTH or -1 in values or _check(values[:-1]) != values[-1]:
        raise NoReference
    number = 0
    for value in values[:-1]:
        number = number << 5 | value
    return number


def _mixed(key: bytes, step: int, half: int) -> int:
    digest = hmac.digest(key, bytes([step]) + half.to_bytes(3, "big"), "sha256")
    return int.from_bytes(digest[:4], "big") & _MASK


def _check(values: list[int]) -> int:
    """One character of a Reed-Solomon code: the others as a polynomial, taken at x."""
    sum_ = 0
    for value in values:
        sum_ = _times_x(sum_ ^ value)
    return sum_


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled


@lru_cache(maxsize=4)
def _key(context_key: str) -> bytes:
    """A key of its own, so that no name of an entry helps against the signed context."""
    return hmac.digest(bytes.fromhex(context_key), b"samsyn log reference", hashlib.sha256)
