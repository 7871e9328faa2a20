"""Does a text repeat what another agency has disclosed, and what does it then inherit?

A note that repeats a received fact is derived from it: it inherits the provisions, the marks, the
matter, the purpose and the last day, so that copying by hand opens nothing (abuse case 23).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from samsyn.hub.cases.closed_field import whole
from samsyn.hub.cases.models import Fact

SHORTEST_REPEAT = 6
"""Words in a row that make a repeat; a shorter received text counts when it is there whole."""
_WORD = re.compile(r"\w+")


class Inheritance(msgspec.Struct, frozen=True, kw_only=True):
    """What a derived fact takes over from those it builds on.

    Attributes:
        sources: ids of the received facts.
        secrecy, marks: all of theirs together.
        bound_matter, bound_purpose: where alone it may be read; None and empty without sources.
        valid_to: the earliest of their last days.
        received_from: codes of the agencies it comes from.
    """

    sources: tuple[UUID, ...] = ()
    secrecy: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    bound_matter: UUID | None = None
    bound_purpose: str = ""
    valid_to: date | None = None
    received_from: tuple[str, ...] = ()


def repeats(text: str, source: str) -> bool:
    """Whether a text repeats a stretch of another, whatever its case and punctuation."""
    words, others = _words(text), _words(source)
    length = min(SHORTEST_REPEAT, len(others))
    if not length or len(words) < length or (length < 3 and len(" ".join(others)) < 12):
        return False
    runs = {tuple(others[place : place + length]) for place in range(len(others) - length + 1)}
    return any(
        tuple(words[place : place + length]) in runs for place in range(len(words) - length + 1)
    )


def inherit(text: str, seen: Iterable[Fact], chosen: Iterable[UUID] = ()) -> Inheritance:
    """What a text inherits from the bound facts it repeats or is said to build on.

    Args:
        text: the text that is to be written.
        seen: the facts that the writer sees in the case.
        chosen: ids of facts that the writer names as sources.
    """
    named = set(chosen)
    sources = [
        fact
        for fact in seen
        if fact.bound_matter is not None and (fact.pk in named or repeats(text, whole(fact.text)))
    ]
    if not sources:
        return Inheritance()
    days = [fact.valid_to for fact in sources if fact.valid_to is not None]
    return Inheritance(
        sources=tuple(fact.pk for fact in sources),
        secrecy=tuple(dict.fromkeys(cite for fact in sources for cite in fact.secrecy)),
        marks=tuple(dict.fromkeys(mark for fact in sources for mark in fact.marks)),
        bound_matter=sources[0].bound_matter,
        bound_purpose=sources[0].bound_purpose,
        valid_to=min(days) if days else None,
        received_from=tuple(dict.fromkeys(fact.received_from or fact.holder for fact in sources)),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
