"""Which page of many rows is shown, and where are the pages beside it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils.http import urlencode

A_PAGE = 50


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some rows of many.

    Attributes:
        items: the rows of the page.
        first, last: places of the first and the last of them, from 1; 0 when there is none.
        total: how many rows there are in all.
        before, after: queries of the addresses of the pages beside it; empty where none is.
    """

    items: Sequence[Any]
    first: int
    last: int
    total: int
    before: str
    after: str

    @property
    def many(self) -> bool:
        """Whether there is more than one page."""
        return bool(self.before or self.after)


def paged(request: HttpRequest, rows: Sequence[Any], name: str, size: int = A_PAGE) -> Page:
    """The page of some rows that a parameter of the address asks for; the last if it is past it."""
    number = min(max(number_in(request, name), 1), max(-(-len(rows) // size), 1))
    start = (number - 1) * size
    items = rows[start : start + size]
    last = start + len(items)
    return Page(
        items=items,
        first=start + 1 if items else 0,
        last=last,
        total=len(rows),
        before=_query(request, name, number - 1) if number > 1 else "",
        after=_query(request, name, number + 1) if last < len(rows) else "",
    )


def number_in(request: HttpRequest, name: str) -> int:
    """A number in the address; 0 when it is none."""
    written = request.GET.get(name, "")
    return int(written) if written.isdigit() and len(written) < 7 else 0


def _query(request: HttpRequest, name: str, number: int) -> str:
    asked = request.GET.copy()
    asked[name] = str(number)
    return urlencode(sorted(asked.lists()), doseq=True)
