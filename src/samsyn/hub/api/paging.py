"""Where does a page of rows end, and where does the next one begin?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from samsyn.hub.cases.reads import cursor_of, read_cursor
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

Row = TypeVar("Row")


def begun(cursor: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; None at the beginning.

    Raises:
        Invalid: if the cursor is none; a slip must not show the first page again.
    """
    if not cursor:
        return None
    start = read_cursor(cursor)
    if start is None:
        raise Invalid(
            "cursor",
            Text(
                sv="cursor ska vara `next` ur sidan före; utelämna det för första sidan.",
                en="cursor must be `next` of the page before; leave it out for the first page.",
            ),
        )
    return start


def cut(
    rows: Sequence[Row], limit: int, more: str, at: Callable[[Row], tuple[datetime, UUID]]
) -> tuple[list[Row], str | None]:
    """As many rows as were asked for of a page that was read, and where the next one begins.

    Args:
        rows: the page, as the hub's own read gave it.
        limit: how many are wanted.
        more: where that page ended, if rows follow.
        at: time and id of a row.
    """
    if len(rows) > limit:
        return list(rows[:limit]), cursor_of(*at(rows[limit - 1]))
    return list(rows), more or None


def page_of(
    rows: QuerySet[Any], moment: str, cursor: str, limit: int
) -> tuple[list[Any], str | None]:
    """A page of rows that are already limited to the asker, the newest first.

    Args:
        rows: limited by ``seen``.
        moment: the column they are ordered by, then by id.
        cursor, limit: where it begins, and how many.
    """
    if start := begun(cursor):
        at, last = start
        rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": last}))
    found = list(rows.order_by(f"-{moment}", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    end = found[limit - 1]
    return found[:limit], cursor_of(getattr(end, moment), end.pk)
