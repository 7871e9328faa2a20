"""How is a draft of hundreds or thousands of facts chosen from, and read, on one form?

By group: facts of one kind with the same answer on the same ground stand together, are chosen or
left out together, and are opened fifty at a time where one of them has to be looked at by itself.
What is not on the page stays as it is kept. What would leave is read, word by word, page by page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, QueryDict

from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.paging import number_in, paged
from samsyn.hub.disclosures.shown import ItemShown, LawShown
from samsyn.kernel.text import Text

LARGE = 60
"""Facts from which on a draft is shown by group."""
EXAMPLES = 3
GROUP, IN_GROUP, PAPER = "grupp", "sida", "brev"
"""Of the address: which group is open, which page of it, and which page of what leaves."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of one kind with the same answer on the same ground.

    Attributes:
        code: its place, from 1, as addresses name it.
        law: the answer; the reasoning is that of the first fact.
        alike: whether the reasoning too is the same for all of them.
        items: all of them.
        leaving: how many would leave.
    """

    code: int
    kind: Text
    law: LawShown
    alike: bool
    opens: bool
    items: list[ItemShown]
    leaving: int

    @property
    def examples(self) -> list[ItemShown]:
        """The first ones, to see what they are like."""
        return self.items[:EXAMPLES]


def groups_of(shown: list[ItemShown]) -> list[Group]:
    """The facts by answer, ground and kind; what opens first, the largest first."""
    found: dict[tuple[Any, ...], list[ItemShown]] = {}
    answers: dict[int, tuple[Any, ...]] = {}
    for one in shown:
        if id(one.law) not in answers:
            answers[id(one.law)] = _answer(one.law)
        found.setdefault((one.item.fact.item_kind, *answers[id(one.law)]), []).append(one)
    ordered = sorted(found.values(), key=lambda items: (not items[0].opens, -len(items)))
    return [
        Group(
            code=place,
            kind=items[0].kind,
            law=items[0].law,
            alike=len({id(one.law) for one in items}) == 1,
            opens=items[0].opens,
            items=items,
            leaving=sum(one.leaves for one in items),
        )
        for place, items in enumerate(ordered, start=1)
    ]


def _answer(law: LawShown) -> tuple[Any, ...]:
    """What of the law's answer is said of a whole group."""
    lists = (law.grounds, law.secrecy, law.locks, law.near)
    return (law.outcome.sv, law.state.name.sv, law.test and law.test.sv, law.duty, law.ask,
            *(tuple(cites) for cites in lists))  # fmt: skip


def listed(request: HttpRequest, shown: list[ItemShown]) -> dict[str, Any]:
    """What of a draft stands on the page: all of a small one, of a large one a page of a group."""
    leaving = [one for one in shown if one.leaves]
    if len(shown) <= LARGE:
        return {"listed": shown, "paper": paged(request, leaving, PAPER, size=LARGE)}
    groups = groups_of(shown)
    code = number_in(request, GROUP)
    chosen = next((group for group in groups if group.code == code), None)
    place = paged(request, chosen.items if chosen else [], IN_GROUP)
    paper = paged(request, leaving, PAPER)
    return {
        "groups": groups,
        "group": chosen,
        "place": place,
        "listed": place.items,
        "paper": paper,
    }


def seen_on(page: dict[str, Any], found: Disclosure) -> list[Disclosure | UUID]:
    """What of a draft a page has shown, for the log: the facts whose words stood on it."""
    rows: Iterable[ItemShown] = (
        *page["listed"],
        *page["paper"].items,
        *(one for group in page.get("groups", ()) for one in group.examples),
    )
    return [found, *dict.fromkeys(one.item.fact_id for one in rows)]


def on_page(request: HttpRequest, items: list[DisclosedFact]) -> list[DisclosedFact]:
    """The facts whose fields were sent: of a small draft all of them."""
    if len(items) <= LARGE:
        return items
    sent = {name for name in request.POST if name.startswith("listed-")}
    return [item for item in items if f"listed-{item.pk}" in sent]


def wanted_page(request: HttpRequest) -> str:
    """The query of the page to be shown once the draft is kept: the one pressed for, else this."""
    pressed = QueryDict(request.POST.get("till", "")[:200])
    asked = pressed or request.GET
    kept = QueryDict(mutable=True)
    for name in (GROUP, IN_GROUP, PAPER):
        if asked.get(name, "").isdigit():
            kept[name] = asked[name]
    return kept.urlencode()
