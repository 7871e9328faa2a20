"""Which octets of a log entry are chained, and what is their hash?

The same octets are made in SQL by ``guard_append`` (policies.sql), which writes the entry; here
they are made again by whoever checks it. Pure, so that an auditor needs nothing but the entry.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

FIRST = "0" * 64
"""What the first entry of a chain follows."""


class ChainedEntry(NamedTuple):
    """The fields of a log entry that its hash covers, in the order in which it covers them.

    A named tuple, because millions are made one after the other.
    """

    lane: int
    seq: int
    at: datetime
    account: UUID | None
    agency: str
    act: str
    case: UUID | None
    matter: UUID | None
    purpose: str
    ground: str
    rulebook: str
    objects: str
    detail: str
    prev: str


def moment(at: datetime) -> str:
    """A point in time as the log writes it: UTC, microseconds.

    Raises:
        ValueError: if it has no time zone, and so is no point in time.
    """
    if at.tzinfo is None:
        raise ValueError("a point in time needs its zone")
    utc = at.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"


def netstring(field: object) -> bytes:
    """``<octets>:<field>,`` so that no field can run into the next; None is empty."""
    octets = b"" if field is None else str(field).encode()
    return b"%d:%b," % (len(octets), octets)


def canonical(entry: ChainedEntry) -> bytes:
    """The octets that the hash of an entry covers."""
    fields = [
        moment(field).encode()
        if isinstance(field, datetime)
        else b""
        if field is None
        else str(field).encode()
        for field in entry
    ]
    return b"".join([b"%d:%b," % (len(octets), octets) for octets in fields])


def chain_hash(entry: ChainedEntry) -> str:
    """The hash of an entry, hexadecimal; the next entry of its lane carries it as ``prev``."""
    return sha256(canonical(entry)).hexdigest()
