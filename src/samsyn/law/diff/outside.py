"""What differs between two rulebooks without being a question that both can be asked?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from samsyn.law.diff.comparison import Comparison
from samsyn.law.loading import Content


class Words(NamedTuple):
    """Words of the axes that one side does not have.

    Attributes:
        axis: ``givers``, ``receivers``, ``purposes`` or ``provisions``.
        codes: the words.
    """

    axis: str
    codes: tuple[str, ...]


def words_of_one_side(comparison: Comparison) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Words that only the first side has, and words that only the second has."""
    before, after = comparison.before.shape.space, comparison.after.shape.space
    axes: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
        "givers": (before.activities, after.activities),
        "receivers": (before.functions, after.functions),
        "purposes": (before.purposes, after.purposes),
        "provisions": (before.in_force, after.in_force),
    }
    vanished, appeared = [], []
    for axis, (first, second) in axes.items():
        gone, new = sorted(set(first) - set(second)), sorted(set(second) - set(first))
        if gone:
            vanished.append(Words(axis, tuple(gone)))
        if new:
            appeared.append(Words(axis, tuple(new)))
    return tuple(vanished), tuple(appeared)


def beside_the_space(before: Content, after: Content) -> tuple[Words, ...]:
    """Entries of two rulebooks that differ in what a question states for itself in the space.

    Everything is stated in a question of the space, so what follows from silence is not compared:
    penalty scales, what silence about a fact means, item kinds, and which provisions are proposed.
    """
    if before is after:
        return ()
    parts: Mapping[str, Callable[[Content], dict[str, object]]] = {
        "offences": lambda content: {
            f"{offence.act} {offence.grade} {offence.start}": offence
            for offence, _ in content.offences
        },
        "facts": lambda content: {
            fact.code: (
                fact.unstated,
                fact.asked_for_purposes,
                fact.implied_by_purposes,
                fact.implied_by_categories,
            )
            for fact, _ in content.facts
        },
        "categories": lambda content: {
            category.code: (category.item_kinds, category.words)
            for category, _ in content.categories
        },
        "transfers": lambda content: {
            f"{placed.block.cite} {placed.block.start}": placed.block
            for placed in content.blocks
            if placed.block.__struct_config__.tag == "transfer"
        },
    }
    found = []
    for name, entries in parts.items():
        first, second = entries(before), entries(after)
        codes = sorted(
            code for code in first.keys() | second.keys() if first.get(code) != second.get(code)
        )
        if codes:
            found.append(Words(name, tuple(codes)))
    return tuple(found)
