"""What does a seal say, which octets of it are signed, and how is it written for others?

Pure: the same value comes from a row of the database, from a witness's file and from a proof.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samsyn.hub.guard.chaining import FIRST, moment, netstring
from samsyn.hub.guard.merkle import EMPTY_ROOT, GrowingTree, NoProof, leaf_hash
from samsyn.hub.guard.seal_keys import PublicKeys, key_id, signed_by

FORMAT = "samsyn-log-seal/1"
"""Stands first in what is signed, so that a signature holds for nothing else."""


class NoSeal(ValueError):
    """Something that should be a seal and cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Span:
    """What one seal takes in from one lane.

    Attributes:
        first, last: numbers of the entries; ``first`` is one more than ``last`` if there are none.
        hash: chain hash of the entry ``last``.
    """

    first: int
    last: int
    hash: str

    @property
    def count(self) -> int:
        """How many entries."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the lanes and the tree stand at a seal.

    Attributes:
        lanes: what the seal takes in, for every lane that has ever had an entry.
        peaks: peaks of the tree, from which the next batch grows on.
        counter: the last number that the database had given to an entry.
    """

    lanes: Mapping[int, Span]
    peaks: tuple[bytes, ...]
    counter: int

    def written(self) -> str:
        """As text; these octets are stored and signed."""
        return json.dumps(
            {
                "counter": self.counter,
                "lanes": {
                    str(lane): [span.first, span.last, span.hash]
                    for lane, span in sorted(self.lanes.items())
                },
                "peaks": [peak.hex() for peak in self.peaks],
            },
            separators=(",", ":"),
        )

    @classmethod
    def read(cls, text: str) -> Heads:
        """Read what :meth:`written` wrote.

        Raises:
            NoSeal: if it is something else.
        """
        try:
            raw = json.loads(text)
            # By number, not as text: the order of lanes is the order of leaves.
            lanes = dict(sorted((int(lane), Span(*span)) for lane, span in raw["lanes"].items()))
            heads = cls(lanes, tuple(bytes.fromhex(peak) for peak in raw["peaks"]), raw["counter"])
            regular = heads.written() == text and all(
                0 < span.first <= span.last + 1 for span in lanes.values()
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            regular = False
        if not regular:
            raise NoSeal("the heads of a seal are written differently")
        return heads

    def after(self, lane: int) -> tuple[int, str]:
        """Number and hash of the last entry taken in from a lane."""
        span = self.lanes.get(lane)
        return (span.last, span.hash) if span is not None else (0, FIRST)

    def count(self) -> int:
        """How many entries the seal takes in."""
        return sum(span.count for span in self.lanes.values())


NOTHING = Heads({}, (), 0)
"""Where the lanes stand before the first seal."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A batch of entries closed into the tree, with the signed root.

    Attributes:
        id: counted from 1 without gaps.
        made_at: by the clock of the database.
        heads: text of :class:`Heads`.
        size: number of leaves of the tree, this batch included.
        root, prev_root: hexadecimal, of the tree with and without this batch.
    """

    id: int
    made_at: datetime
    heads: str
    size: int
    root: str
    prev_root: str
    key_id: str
    signature: str = ""

    def statement(self) -> bytes:
        """The octets that are signed."""
        fields = (
            FORMAT, self.id, moment(self.made_at), self.size, self.root, self.prev_root,
            self.heads, self.key_id,
        )  # fmt: skip
        return b"".join(map(netstring, fields))

    def signed(self, keys: PublicKeys) -> bool:
        """Does one of these keys stand behind it?"""
        return signed_by(keys, self.key_id, self.signature, self.statement())

    def continues(self, before: Seal | None) -> bool:
        """Does it take up where the seal before it ended, and does it add up in itself?"""
        heads = Heads.read(self.heads)
        past = Heads.read(before.heads) if before else NOTHING
        size, root = (before.size, before.root) if before else (0, EMPTY_ROOT.hex())
        return (
            self.id == (before.id if before else 0) + 1
            and self.prev_root == root
            and self.size == size + heads.count()
            and (before is None or before.made_at <= self.made_at)
            and past.lanes.keys() <= heads.lanes.keys()
            and all(
                span.first == past.after(lane)[0] + 1
                and (span.count > 0 or span.hash == past.after(lane)[1])
                for lane, span in heads.lanes.items()
            )
            and _root(self.size, heads.peaks) == self.root
        )

    def as_json(self) -> dict[str, Any]:
        """For a file that another party keeps."""
        return {
            "id": self.id,
            "made_at": moment(self.made_at),
            "heads": self.heads,
            "size": self.size,
            "root": self.root,
            "prev_root": self.prev_root,
            "key_id": self.key_id,
            "signature": self.signature,
        }

    @classmethod
    def from_json(cls, raw: object) -> Seal:
        """Read what :meth:`as_json` wrote.

        Raises:
            NoSeal: if it is something else.
        """
        try:
            fields = dict(raw)  # type: ignore[call-overload]
            fields["made_at"] = datetime.fromisoformat(fields["made_at"])
            seal = cls(**fields)
            if seal.as_json() == raw and _typed(seal):
                return seal
        except (ValueError, TypeError, KeyError):
            pass
        raise NoSeal("it does not have the fields of a seal")


def leaf(chain_hash: str) -> bytes:
    """The leaf of an entry: the hash over its chain hash as it is stored, 64 hexadecimal digits."""
    return leaf_hash(chain_hash.encode())


def sign(seal: Seal, key: Ed25519PrivateKey) -> Seal:
    """The same seal, signed; the name of the key is part of what is signed."""
    named = Seal(**{**_fields(seal), "key_id": key_id(key.public_key()), "signature": ""})
    return Seal(**{**_fields(named), "signature": key.sign(named.statement()).hex()})


def _fields(seal: Seal) -> dict[str, Any]:
    return {name: getattr(seal, name) for name in Seal.__slots__}


def _typed(seal: Seal) -> bool:
    texts = (seal.heads, seal.root, seal.prev_root, seal.key_id, seal.signature)
    return type(seal.id) is type(seal.size) is int and all(type(text) is str for text in texts)


def _root(size: int, peaks: tuple[bytes, ...]) -> str:
    try:
        return GrowingTree(size, peaks).root().hex()
    except NoProof:
        return ""
