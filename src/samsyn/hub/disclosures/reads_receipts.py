"""What came in under each thing that was asked, and what came of what was given?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.disclosures.shown import CopyShown
from samsyn.kernel.text import Text


class CameUnder(msgspec.Struct, frozen=True, kw_only=True):
    """What came under one asked item; under none when ``item`` is None."""

    item: Mapping[str, Any] | None
    copies: list[CopyShown]


def in_order(
    receipt: Receipt, items: Iterable[Mapping[str, Any]], copies: list[Fact]
) -> list[Fact]:
    """The received facts in the order of what was asked, the rest last; else as they came."""
    places = {item["code"]: place for place, item in enumerate(items)}
    answers = receipt.answered
    return sorted(copies, key=lambda fact: places.get(answers.get(str(fact.pk), ""), len(places)))


def by_item(
    receipt: Receipt, items: Iterable[Mapping[str, Any]], copies: list[CopyShown]
) -> list[CameUnder]:
    """The received facts under what was asked, in the order of the question; the rest last."""
    answers = receipt.answered
    groups = [
        CameUnder(
            item=item,
            copies=[one for one in copies if answers.get(str(one.fact.pk)) == item["code"]],
        )
        for item in items
    ]
    placed = {one.fact.pk for group in groups for one in group.copies}
    rest = [one for one in copies if one.fact.pk not in placed]
    return [*groups, CameUnder(item=None, copies=rest)] if rest or not groups else groups


def came_of_it(code: str) -> Text | None:
    """What a report says, in words; None where there is none."""
    kind = known_questions().reports.get(code)
    return kind.name if kind is not None else None
