"""What of a question belongs to the item, and what to the situation it is asked in?"""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec

from samsyn.law.question import Initiative, Subject
from samsyn.law.schema import FactValue

CODE_BITS = 62
"""Bits of a class code: it fits a signed 64-bit column and is never negative."""
Facts = tuple[tuple[str, FactValue], ...]


class ItemClass(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True, dict=True):
    """What the law sees of an item. Made by :meth:`Tables.item_class`, which checks it.

    Attributes:
        giver: code of the authority that holds the item.
        activity: where at the giver it is held; None when not stated.
        item_kind: what it is, a free code.
        categories: its data categories; None lets the rulebook tell from the item kind.
        subject: whom it is about.
        secrecy: provisions that make it secret before any breaking rule; None lets the rulebook
            propose them.
        facts: sorted pairs of fact code and value, of facts about the item.
        remarks: what was given but could not be used, for the reader of the answer.
    """

    giver: str
    activity: str | None = None
    item_kind: str | None = None
    categories: tuple[str, ...] | None = None
    subject: Subject = Subject()
    secrecy: tuple[str, ...] | None = None
    facts: Facts = ()
    remarks: tuple[str, ...] = ()

    @cached_property
    def code(self) -> int:
        """A number for this class, the same in every process and under every rulebook.

        A digest of what the class says, 0 <= code < 2**62, to be kept in a column beside an item.
        """
        # INVARIANT: stored codes outlive a release. A field that is added later is written only
        # where it differs from its default, so that the old codes stay.
        said: dict[str, Any] = {
            "giver": self.giver,
            "activity": self.activity,
            "item_kind": self.item_kind,
            "categories": self.categories,
            "kind": self.subject.kind,
            "marks": sorted(self.subject.marks()),
            "secrecy": self.secrecy,
            "facts": self.facts,
            "remarks": self.remarks,
        }
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))
        digest = blake2b(text.encode("ascii"), digest_size=8, person=b"samsyn-class")
        return int.from_bytes(digest.digest(), "big") >> (64 - CODE_BITS)


class Situation(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """Everything a question says besides the item and the day. Made by :meth:`Tables.situation`.

    Attributes:
        receiver: code of the one who is to get the item.
        purpose: for what the receiver needs it.
        initiative: ``request`` or ``own``.
        receiver_function: in which capacity the receiver gets it; None when not stated.
        facts: sorted pairs of fact code and value. What an item's class says of the same fact
            goes before.
        remarks: what was given but could not be used.
    """

    receiver: str
    purpose: str
    initiative: Initiative
    receiver_function: str | None = None
    facts: Facts = ()
    remarks: tuple[str, ...] = ()
