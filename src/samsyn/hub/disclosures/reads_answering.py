"""Which facts may answer a question, and how far has its answer come?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case as Choice
from django.db.models import Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from samsyn.hub.cases.closed_texts import without_person
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.models import Disclosure, Obstacle, Question, Receipt
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.search_words import to_tsquery_text
from samsyn.kernel.working_days import working_days_between

MOST_OFFERED = 100


def facts_offered(
    actor: Actor, case: Case, kinds: Collection[str], words: str, chosen: Iterable[UUID]
) -> list[Fact]:
    """Facts to answer with: those of the case, those found by words in all own cases, those chosen.

    Facts of the kinds that are asked for come first, then the newest.
    """
    where = Q(case=case)
    if asked := to_tsquery_text(words):
        where |= Q(search=SearchQuery(asked, config="simple", search_type="raw"))
    fits = Choice(
        When(item_kind__in=list(kinds), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Fact.seen(actor).filter(where | Q(pk__in=list(chosen)), state="current").defer("search")
    found = rows.select_related("entity", "case").annotate(fits=fits)
    return without_person(found.order_by("fits", "-made_at")[:MOST_OFFERED])


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
