"""What waits for the secrecy lawyer, how long has it waited, and what did earlier looks say?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet, Window
from django.utils import timezone

from samsyn.hub.disclosures.models import Disclosure, Review
from samsyn.hub.disclosures.phrases import State
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.text import Text
from samsyn.kernel.working_days import working_days_between

A_PAGE = 50
RECENT_DAYS = 14
"""How long a lawyer's words stand on the officer's day."""
FIGURE_DAYS = 90
MOST_GROUNDS = 8
STATES = {
    "waiting": State("waiting", Text(sv="Väntar", en="Waiting")),
    "approved": State("done", Text(sv="Kontrasignerad", en="Countersigned")),
    "returned": State("refused", Text(sv="Lämnad tillbaka", en="Returned")),
    "passed": State("done", Text(sv="Utan anmärkning", en="No remark")),
    "remarked": State("late", Text(sv="Anmärkning", en="Remark")),
    "lapsed": State("closed", Text(sv="Förföll", en="Lapsed")),
}


class Tab(msgspec.Struct, frozen=True):
    """A list of the queue, with its word in addresses."""

    code: str
    name: Text
    where: Q


TABS = (
    Tab(
        "kontrasignering",
        Text(sv="Att kontrasignera", en="To countersign"),
        Q(kind="countersign", state="waiting"),
    ),
    Tab("stickprov", Text(sv="Stickprov", en="Random sample"), Q(kind="sample", state="waiting")),
    Tab("klara", Text(sv="Klara", en="Done"), ~Q(state="waiting")),
)


class QueueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the queue.

    Attributes:
        rule: what asks for the look.
        reasons: what makes it risky, the heaviest first.
        waited: how long it has waited, or took.
        own: whether the reader asked for it and cannot decide it.
    """

    review: Review
    rule: Text
    reasons: list[Text]
    state: State
    waited: Text
    own: bool


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How the queue is kept, over the rows that the reader sees.

    Attributes:
        waiting, samples: how many wait for a signature, and of the sample.
        median: the middle time from request to answer in the last days; None without any.
        answered: how many answers that is of.
        grounds: provision, how many samples were looked at, how many were remarked on.
    """

    waiting: int
    samples: int
    median: Text | None
    answered: int
    grounds: list[tuple[str, int, int]]


def tab_named(code: str) -> Tab:
    """The list of an address; the first when it names none."""
    return next((tab for tab in TABS if tab.code == code), TABS[0])


def tab_counts(actor: Actor) -> list[tuple[Tab, int]]:
    """The lists with their numbers of rows, in one question."""
    counts = Review.seen(actor).aggregate(
        **{tab.code: Count("pk", filter=tab.where) for tab in TABS}
    )
    return [(tab, counts[tab.code]) for tab in TABS]


def queue(actor: Actor, tab: Tab, receiver: str = "", page: int = 1) -> tuple[list[QueueRow], bool]:
    """A page of a list, the riskiest first and the oldest of those; what is done by its day.

    Returns:
        The rows, and whether there are more.
    """
    rows = Review.seen(actor).filter(tab.where).select_related("disclosure", "case")
    if receiver:
        rows = rows.filter(disclosure__receiver=receiver)
    done = tab is TABS[-1]
    order = ("-decided_at", "-asked_at") if done else ("-risk", "asked_at")
    start = (page - 1) * A_PAGE
    found = list(
        rows.defer("case__search", "disclosure__told_search").order_by(*order)[
            start : start + A_PAGE + 1
        ]
    )
    return [row_of(actor, review) for review in found[:A_PAGE]], len(found) > A_PAGE


def row_of(actor: Actor, review: Review) -> QueueRow:
    """A review in words."""
    rules = review_rules()
    said = {risk.code: risk.why for risk in rules.risks}
    until = review.decided_at or timezone.now()
    return QueueRow(
        review=review,
        rule=rules.rule_name(review.rule),
        reasons=[said.get(code, Text(sv=code, en=code)) for code in review.risk_reasons],
        state=STATES[review.state],
        waited=time_between(review.asked_at, until),
        own=review.asked_by == actor.account,
    )


def time_between(start: datetime, end: datetime) -> Text:
    """A time as people say it: minutes, hours, then working days."""
    return _duration(end - start, working_days_between(start.date(), end.date()))


def _duration(passed: timedelta, days: int) -> Text:
    minutes = max(int(passed.total_seconds() // 60), 0)
    if minutes < 60:
        return Text(sv=f"{minutes} min", en=f"{minutes} min")
    if minutes < 24 * 60:
        return Text(sv=f"{minutes // 60} tim", en=f"{minutes // 60} h")
    sv = "1 arbetsdag" if days == 1 else f"{days} arbetsdagar"
    return Text(sv=sv, en="1 working day" if days == 1 else f"{days} working days")


class _Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) within group (order by %(expressions)s)"
    output_field = DurationField()


def figures(actor: Actor) -> Figures:
    """The figures of the queue, counted over the rows that the reader sees."""
    since = timezone.now() - timedelta(days=FIGURE_DAYS)
    answered = Q(kind="countersign", state__in=["approved", "returned"], decided_at__gte=since)
    found = Review.seen(actor).aggregate(
        waiting=Count("pk", filter=TABS[0].where),
        samples=Count("pk", filter=TABS[1].where),
        answered=Count("pk", filter=answered),
        median=_Median(F("decided_at") - F("asked_at"), filter=answered),
    )
    grounds = (
        Review.seen(actor)
        .filter(kind="sample", state__in=["passed", "remarked"], decided_at__gte=since)
        .values_list("disclosure__ground")
        .annotate(looked=Count("pk"), remarked=Count("pk", filter=Q(state="remarked")))
        .order_by("-looked", "disclosure__ground")[:MOST_GROUNDS]
    )
    middle: timedelta | None = found.pop("median")
    return Figures(
        **found,
        median=_duration(middle, middle.days) if middle is not None else None,
        grounds=[(ground, looked, remarked) for ground, looked, remarked in grounds],
    )


def reviews_of(actor: Actor, disclosure: Disclosure) -> list[QueueRow]:
    """The looks that a disclosure has had, the newest first.

    Whoever decided is not told that it was drawn until it has been looked at.
    """
    rows = Review.seen(actor).filter(disclosure=disclosure).exclude(kind="sample", state="waiting")
    return [row_of(actor, review) for review in rows.order_by("-asked_at")]


def signers_of(actor: Actor, disclosures: Iterable[UUID]) -> dict[UUID, str]:
    """Who countersigned each of some disclosures, where one did."""
    wanted = list(disclosures)
    if not wanted:
        return {}
    rows = Review.seen(actor).filter(disclosure__in=wanted, kind="countersign", state="approved")
    return dict(rows.order_by("asked_at").values_list("disclosure", "decided_by_name"))


def waiting_for_lawyer(actor: Actor, most: int) -> tuple[list[Review], int]:
    """What waits for a signature or a look, the riskiest first, and how many there are."""
    rows: QuerySet[Any] = Review.seen(actor).filter(state="waiting")
    found = list(
        rows.select_related("disclosure", "case")
        .defer("case__search", "disclosure__told_search")
        .annotate(in_all=Window(Count("pk")))
        .order_by("-risk", "asked_at")[:most]
    )
    return found, found[0].in_all if found else 0


def words_to_officer(actor: Actor) -> QuerySet[Review]:
    """What lawyers have said to this person lately, and what may be sent now; newest first."""
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    said = Q(state__in=["returned", "remarked"], decided_at__gte=since)
    ready = Q(state="approved", disclosure__state="awaiting", disclosure__version=F("version"))
    open_still = Q(disclosure__state__in=["draft", "delivered", "awaiting"])
    me = Q(asked_by=actor.account) if actor.account is not None else Q(pk__isnull=True)
    rows = Review.seen(actor).filter(said | ready, open_still, me)
    return rows.order_by("-decided_at")
