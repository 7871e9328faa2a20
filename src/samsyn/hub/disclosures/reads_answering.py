"""Which facts may answer a question, and how far has its answer come?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import Case as Choice
from django.db.models import Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from samsyn.hub.cases.closed_texts import without_person
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.models import Disclosure, Obstacle, Question, Receipt
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.search_words import to_tsquery_text
from samsyn.kernel.working_days import working_days_between

A_PAGE = 50
MOST_FOUND = 200
"""Facts that a search gives at most; more words find fewer."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """Facts to answer with, a page of them, behind those that are chosen already.

    Attributes:
        facts: those chosen on other pages, then the page.
        first, last: places of the page's facts among those offered, from 1; 0 when there is none.
        page: its number, from 1.
        further: whether there are pages after it.
        more: whether the words found more than are given.
    """

    facts: list[Fact]
    first: int
    last: int
    page: int
    further: bool
    more: bool


def facts_offered(
    actor: Actor,
    case: Case,
    kinds: Collection[str],
    words: str,
    chosen: Collection[UUID],
    page: int = 1,
) -> Offered:
    """Facts to answer with: those of the case, or those found by words in all own cases.

    Facts of the kinds that are asked for come first, then the newest. What is chosen is there
    whatever the words and the page, so that going on loses nothing.
    """
    where, more = Q(case=case), False
    if asked := to_tsquery_text(words):
        found, more = _found(asked, case)
        where = Q(pk__in=found)
    fits = Choice(
        When(item_kind__in=list(kinds), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Fact.seen(actor).filter(state="current").defer("search")
    rows = rows.select_related("entity", "case").annotate(fits=fits).order_by("fits", "-made_at")
    start = (page - 1) * A_PAGE
    rest = list(rows.filter(where)[start : start + A_PAGE + 1])
    here = rest[:A_PAGE]
    # What is chosen keeps its place, so that no fact moves to a page that has been turned.
    elsewhere = set(chosen) - {fact.pk for fact in here}
    ticked = list(rows.filter(pk__in=elsewhere)) if elsewhere else []
    return Offered(
        facts=without_person([*ticked, *here]),
        first=start + 1 if here else 0,
        last=start + len(here),
        page=page,
        further=len(rest) > A_PAGE,
        more=more,
    )


def _found(asked: str, case: Case) -> tuple[list[UUID], bool]:
    """Facts with these words in all own cases, and in the case with what came to it; and if more.

    By the same function of the database as the search of the desk, which goes by the index.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select id, more from desk_search(%s, '{fact}', null, '{current}', %s) union all"
            " select id, more from desk_search(%s, '{fact}', %s, '{current}', %s)",
            [asked, MOST_FOUND, asked, case.pk, MOST_FOUND],
        )
        rows = cursor.fetchall()
    return [row[0] for row in rows], any(row[1] for row in rows) or len(rows) >= 2 * MOST_FOUND


def partly_answered(actor: Actor) -> Any:
    """Whether something has come of a question that is still open, as an expression."""
    came = Receipt.seen(actor).filter(question=OuterRef("exchange"), state="received")
    went = Disclosure.seen(actor).filter(question=OuterRef("pk"), state="delivered")
    return Exists(came) | Exists(went)


class ItemProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One asked item, with what came as its answer.

    Attributes:
        item: as the question keeps it.
        receipts: what carried facts that answer it.
    """

    item: dict[str, Any]
    receipts: list[Receipt]


def items_progress(question: Question, receipts: Iterable[Receipt]) -> list[ItemProgress]:
    """Each asked item, with the receipts that still answer it."""
    answering = [(one, set(one.answered.values())) for one in receipts]
    return [
        ItemProgress(item=item, receipts=[one for one, codes in answering if item["code"] in codes])
        for item in question.items
    ]


def days_taken(start: datetime | None, end: datetime | None) -> int | None:
    """Working days from one moment to another; None while one of them has not been."""
    if start is None or end is None:
        return None
    return working_days_between(timezone.localdate(start), timezone.localdate(end))


def days_left(due: date | None, today: date) -> int | None:
    """Working days to a last day, less than 0 after it; None where none is set."""
    if due is None:
        return None
    if due >= today:
        return working_days_between(today, due)
    return -max(working_days_between(due, today), 1)


def told_consequence(actor: Actor, question: Question) -> Obstacle | None:
    """What somebody at the asker has told of a refused question of theirs."""
    if question.side != "asked" or question.state != "refused":
        return None
    return Obstacle.seen(actor).filter(exchange=question.exchange, kind="met_refusal").first()
