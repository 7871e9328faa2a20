"""Does this one entry stand in the sealed log? Shown to somebody who has only the public key.

A proof is a JSON file with the entry, the seal that took it in and the path between them. To check
it takes neither the database nor the other entries, and tells nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from samsyn.hub.guard import log_rows
from samsyn.hub.guard.chaining import ChainedEntry, chain_hash, moment
from samsyn.hub.guard.log_rows import Connection, Row
from samsyn.hub.guard.merkle import Growth, NoProof, root_from_inclusion
from samsyn.hub.guard.seal_keys import PublicKeys
from samsyn.hub.guard.seal_statement import NOTHING, Heads, NoSeal, Seal, leaf

FORMAT = "samsyn-log-proof/1"
_IDS = ("account", "case", "matter")

LeavesOf = Callable[[Connection, Heads], list[str]]


class ProofVerdict(Enum):
    """What checking a proof says; anything but ``HOLDS`` means that nothing is proved."""

    HOLDS = "holds"
    NO_PROOF = "no proof"
    UNKNOWN_KEY = "unknown key"
    BAD_SIGNATURE = "bad signature"
    NOT_IN_SEAL = "not in seal"


class NotProvable(Exception):
    """The entry cannot be proved.

    Attributes:
        reason: ``missing``, ``changed``, ``unsealed`` or ``resealed``.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def prove(
    connection: Connection, entry: int, leaves_of: LeavesOf = log_rows.sealed_leaves
) -> dict[str, Any]:
    """The proof of an entry, by the number of its row.

    Args:
        connection: sees the entry and the seals.
        entry: number of the row.
        leaves_of: how the hashes of a seal's entries are read, by those who see no other entry.

    Raises:
        NotProvable: if there is no such entry, it was changed, or no seal holds it.
    """
    with log_rows.snapshot(connection):
        row = log_rows.one_row(connection, entry)
        if row is None:
            raise NotProvable("missing")
        if not row.intact():
            raise NotProvable("changed")
        seal = seal_of(connection, row)
        heads = Heads.read(seal.heads)
        before = log_rows.one_seal(connection, seal.id - 1)
        past = Heads.read(before.heads) if before else NOTHING
        leaves = [leaf(text) for text in leaves_of(connection, heads)]
    growth = Growth(seal.size - heads.count(), past.peaks, leaves)
    try:
        path = growth.inclusion(_place(row.entry, seal, heads))
    except NoProof:
        raise NotProvable("resealed") from None
    if growth.root().hex() != seal.root:
        raise NotProvable("resealed")
    return {
        "format": FORMAT,
        "entry": _entry_as_json(row.entry),
        "path": [step.hex() for step in path],
        "seal": seal.as_json(),
    }


def check(proof: str, keys: PublicKeys) -> tuple[ProofVerdict, ChainedEntry | None, Seal | None]:
    """Check the text of a proof; with it come the entry and seal as the proof states them."""
    try:
        raw = json.loads(proof)
        if raw["format"] != FORMAT:
            return ProofVerdict.NO_PROOF, None, None
        entry, seal = _entry_from_json(raw["entry"]), Seal.from_json(raw["seal"])
        path = [bytes.fromhex(step) for step in raw["path"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ProofVerdict.NO_PROOF, None, None
    if seal.key_id not in keys:
        return ProofVerdict.UNKNOWN_KEY, entry, seal
    if not seal.signed(keys):
        return ProofVerdict.BAD_SIGNATURE, entry, seal
    try:
        place = _place(entry, seal, Heads.read(seal.heads))
        root = root_from_inclusion(leaf(chain_hash(entry)), place, seal.size, path)
    except (NoProof, NoSeal):
        return ProofVerdict.NOT_IN_SEAL, entry, seal
    holds = root.hex() == seal.root
    return (ProofVerdict.HOLDS if holds else ProofVerdict.NOT_IN_SEAL), entry, seal


def seal_of(connection: Connection, row: Row) -> Seal:
    """The seal that took an entry in.

    Raises:
        NotProvable: if none has.
    """
    for seal in log_rows.seals(connection, since=row.entry.at):
        span = Heads.read(seal.heads).lanes.get(row.entry.lane)
        if span and span.first <= row.entry.seq <= span.last:
            return seal
    raise NotProvable("unsealed")


def _place(entry: ChainedEntry, seal: Seal, heads: Heads) -> int:
    """Which leaf of the tree the entry is.

    Raises:
        NoProof: if the seal does not take it in.
    """
    place = seal.size - heads.count()
    for lane, span in sorted(heads.lanes.items()):
        if lane == entry.lane and span.first <= entry.seq <= span.last:
            return place + entry.seq - span.first
        place += span.count
    raise NoProof("the seal does not take in this entry")


def _entry_as_json(entry: ChainedEntry) -> dict[str, Any]:
    fields = entry._asdict()
    fields["at"] = moment(entry.at)
    for name in _IDS:
        fields[name] = str(fields[name]) if fields[name] else None
    return fields


def _entry_from_json(raw: dict[str, Any]) -> ChainedEntry:
    fields = dict(raw)
    fields["at"] = datetime.fromisoformat(fields["at"])
    for name in _IDS:
        fields[name] = UUID(fields[name]) if fields[name] is not None else None
    entry = ChainedEntry(**fields)
    typed = type(entry.lane) is type(entry.seq) is int and all(
        type(value) is str
        for name, value in fields.items()
        if name not in (*_IDS, "lane", "seq", "at")
    )
    # Two ways to write an entry would be two proofs of different looks with one hash.
    if not typed or _entry_as_json(entry) != raw:
        raise ValueError("the entry is written differently")
    return entry
