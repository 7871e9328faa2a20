"""Which citations, stretches, parties and conditions does a block hold, and in which fields?"""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.law import schema


def citations_of(block: schema.Block) -> Iterator[tuple[str, str]]:
    """Field and text of every citation in a block."""
    yield "cite", block.cite
    if isinstance(block, schema.BreakingRule):
        yield from _listed("grounds_with", block.grounds_with)
        yield from _stated("test_cite", block.test_cite)
        yield from _stated("opens.except_cite", block.opens.except_cite)
        for index, point in enumerate(block.points):
            yield f"points[{index}].cite", point.cite
        yield from _stated("unless_cite", block.unless_cite)
        yield from _stated("miss_cite", block.miss_cite)
    elif isinstance(block, schema.SecrecyException):
        yield from _listed("takes_out_of", block.takes_out_of)
    elif isinstance(block, schema.LockRule):
        yield from _listed("leaves", block.leaves)
    elif isinstance(block, schema.TransferRule):
        yield from _stated("unless_primary", block.unless_primary)


def _listed(field: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for index, text in enumerate(texts):
        yield f"{field}[{index}]", text


def _stated(field: str, text: str | None) -> Iterator[tuple[str, str]]:
    if text is not None:
        yield field, text


def secrecy_stretches_of(block: schema.Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Field and texts of every list that names secrecy by stretches of the secrecy act."""
    if isinstance(block, schema.BreakingRule):
        yield "opens.only", block.opens.only
        yield "opens.except", block.opens.except_
    elif isinstance(block, schema.LockRule | schema.Limit):
        yield "secrecy", block.secrecy
    elif isinstance(block, schema.TransferRule):
        yield "carries", block.carries


def parties_of(block: schema.Block) -> Iterator[tuple[str, schema.Parties, str]]:
    """Field, parties and side (``giver``, ``receiver``, ``both``) of a block."""
    if isinstance(block, schema.BreakingRule):
        yield "givers", block.givers, "giver"
        yield "receivers", block.receivers, "receiver"
    elif isinstance(block, schema.TransferRule):
        # Those who have received the item hold it and may give it on.
        yield "receivers", block.receivers, "both"
    elif isinstance(block, schema.DataProtection):
        yield "parties", block.parties, block.side
    elif (
        isinstance(
            block,
            schema.SecrecyRule | schema.SecrecyException | schema.Protection | schema.Note,
        )
        and block.givers is not None
    ):
        yield "givers", block.givers, "giver"


def items_of(block: schema.Block) -> schema.Items | None:
    """The items a block concerns, if it says so."""
    if isinstance(
        block,
        schema.SecrecyRule | schema.SecrecyException | schema.BreakingRule | schema.Protection,
    ):
        return block.items
    return None


def conditions_of(block: schema.Block) -> Iterator[tuple[str, schema.Condition]]:
    """Field and facts of every condition in a block."""
    if isinstance(block, schema.BreakingRule):
        if isinstance(block.when, list):
            for index, condition in enumerate(block.when):
                yield f"when[{index}]", condition
        else:
            yield "when", block.when
        yield "unless", block.unless
        for index, point in enumerate(block.points):
            yield f"points[{index}].when", point.when
    elif isinstance(block, schema.LockRule):
        yield "unless", block.unless
    elif isinstance(block, schema.Protection):
        yield "facts", block.facts
