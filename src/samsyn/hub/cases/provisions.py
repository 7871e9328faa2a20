"""What does a provision say, in the rulebook's own words, on a day?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.text import Text
from samsyn.law import Rulebook
from samsyn.law.schema import Block


class Provision(msgspec.Struct, frozen=True, kw_only=True):
    """A provision as it is shown beside what rests on it.

    Attributes:
        cite: the citation.
        title: a few words; None when the rulebook says nothing of it.
        summary: what it says, in the rulebook's own words.
    """

    cite: str
    title: Text | None = None
    summary: Text | None = None


def provision(cite: str, on: date) -> Provision:
    """The provision, worded as it was in force on a day."""
    try:
        place = Citation.parse(cite.strip())
    except CitationError:
        return Provision(cite=cite)
    blocks = _by_section(current_rulebook()).get(str(place.whole_section()), ())
    in_force = [
        block
        for block in blocks
        if Period(read_start(block.start), read_end(block.end)).holds(on) is not False
    ]
    chosen = min(in_force, key=lambda block: _distance(place, block), default=None)
    if chosen is None:
        return Provision(cite=cite)
    return Provision(cite=cite, title=chosen.title, summary=chosen.summary)


def provisions(cites: list[str] | tuple[str, ...], on: date) -> list[Provision]:
    """Several of them, in the order given."""
    return [provision(cite, on) for cite in cites]


def _distance(place: Citation, block: Block) -> tuple[int, int]:
    """How far a block is from the place asked for: itself, what holds it, what lies beside it."""
    there = Citation.parse(block.cite)
    if place == there:
        return 0, 0
    depth = sum(part is not None for part in (there.paragraph, there.point, there.sentence))
    return (1, -depth) if place.within(there) else (2, depth)


@lru_cache(maxsize=4)
def _by_section(rulebook: Rulebook) -> dict[str, tuple[Block, ...]]:
    found: dict[str, tuple[Block, ...]] = {}
    for placed in rulebook.content.blocks:
        section = str(Citation.parse(placed.block.cite).whole_section())
        found[section] = (*found.get(section, ()), placed.block)
    return found
