"""How is a draft of hundreds or thousands of facts chosen from, and read, on one form?

By group: facts of one kind with the same answer of the law stand together, are chosen or left out
together, and are opened fifty at a time where one of them has to be looked at by itself. What is
not on the page stays as it is kept.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest

from samsyn.hub.disclosures.models import DisclosedFact
from samsyn.hub.disclosures.shown import ItemShown, LawShown
from samsyn.kernel.text import Text

LARGE = 60
"""Facts from which on a draft is shown by group."""
A_PAGE = 50
EXAMPLES = 3


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of one kind with the same answer.

    Attributes:
        code: its place, from 1, as addresses name it.
        items: all of them.
        leaving: how many would leave.
        examples: the first ones.
    """

    code: int
    kind: Text
    law: LawShown
    opens: bool
    items: list[ItemShown]
    leaving: int

    @property
    def examples(self) -> list[ItemShown]:
        """The first ones, to see what they are like."""
        return self.items[:EXAMPLES]


def groups_of(shown: list[ItemShown]) -> list[Group]:
    """The facts by answer and kind; what opens first, the largest first."""
    found: dict[tuple[int, str], list[ItemShown]] = {}
    for one in shown:
        found.setdefault((id(one.law), one.item.fact.item_kind), []).append(one)
    ordered = sorted(found.values(), key=lambda items: (not items[0].opens, -len(items)))
    return [
        Group(
            code=place,
            kind=items[0].kind,
            law=items[0].law,
            opens=items[0].opens,
            items=items,
            leaving=sum(one.leaves for one in items),
        )
        for place, items in enumerate(ordered, start=1)
    ]


def listed(request: HttpRequest, shown: list[ItemShown]) -> dict[str, Any]:
    """What of a draft stands on the page: all of a small one, of a large one a page of a group."""
    if len(shown) <= LARGE:
        return {"listed": shown, "listed_preview": None}
    groups = groups_of(shown)
    code, page = _number(request, "grupp"), max(_number(request, "sida"), 1)
    chosen = next((group for group in groups if group.code == code), None)
    items = chosen.items if chosen else []
    return {
        "groups": groups,
        "group": chosen,
        "listed": items[(page - 1) * A_PAGE : page * A_PAGE],
        "page": page,
        "next_page": page + 1 if len(items) > page * A_PAGE else None,
        "listed_preview": [one for one in shown if one.leaves][:A_PAGE],
        "a_page": A_PAGE,
    }


def on_page(request: HttpRequest, items: list[DisclosedFact]) -> list[DisclosedFact]:
    """The facts whose fields were sent: of a small draft all of them."""
    if len(items) <= LARGE:
        return items
    sent = {name for name in request.POST if name.startswith("listed-")}
    return [item for item in items if f"listed-{item.pk}" in sent]


def _number(request: HttpRequest, name: str) -> int:
    written = request.GET.get(name, "")
    return int(written) if written.isdigit() and len(written) < 7 else 0
