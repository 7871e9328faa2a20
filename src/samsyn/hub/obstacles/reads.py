"""What stands in the register, as the asker may see it, and what one row says?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.urls import reverse

from samsyn.hub.disclosures.models import Disclosure, Obstacle, Question
from samsyn.hub.disclosures.obstacles import KINDS
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.kernel.text import Text

CHOOSE_ANEW = Text(
    sv="Gå tillbaka och välj på nytt; dagar skrivs som 2026-03-31.",
    en="Go back and choose anew; days are written as 2026-03-31.",
)
SHOWN = 50
"""Rows of one page."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What of the register is wanted; an empty field asks for everything.

    Attributes:
        kind, giver, receiver, provision, purpose, item_kind, needed_for, consequence: codes.
        since, until: days, both counted in.
        before: the row that the page begins after.
    """

    kind: str = ""
    giver: str = ""
    receiver: str = ""
    provision: str = ""
    purpose: str = ""
    item_kind: str = ""
    needed_for: str = ""
    consequence: str = ""
    since: date | None = None
    until: date | None = None
    before: UUID | None = None


NAMES: Mapping[str, str] = {
    "slag": "kind",
    "fran-myndighet": "giver",
    "till-myndighet": "receiver",
    "bestammelse": "provision",
    "andamal": "purpose",
    "uppgift": "item_kind",
    "behov": "needed_for",
    "foljd": "consequence",
    "fran": "since",
    "till": "until",
    "efter": "before",
}
"""The names in an address → fields of :class:`Filters`."""


def filters_from(query: Mapping[str, str]) -> Filters:
    """The filters in an address.

    Raises:
        Refused: if a day, a kind or a row is none. A filter that cannot be read never becomes no
            filter.
    """
    found = {field: query[name] for name, field in NAMES.items() if query.get(name)}
    if found.get("kind", KINDS[0]) not in KINDS:
        raise Refused(
            Text(
                sv="Ett sådant slag av hinder finns inte.", en="There is no such kind of obstacle."
            ),
            next_step=CHOOSE_ANEW,
        )
    try:
        return msgspec.convert(found, Filters, strict=False)
    except msgspec.ValidationError:
        raise Refused(
            Text(sv="En dag i urvalet är ingen dag.", en="A day among the filters is no day."),
            next_step=CHOOSE_ANEW,
        ) from None


def obstacles(actor: Actor, filters: Filters) -> QuerySet[Obstacle]:
    """The rows the asker may see, newest first."""
    rows = Obstacle.seen(actor)
    for name in ("kind", "giver", "receiver", "purpose", "item_kind", "needed_for", "consequence"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.provision:
        rows = rows.filter(provisions__contains=[filters.provision])
    if filters.since:
        rows = rows.filter(happened_on__gte=filters.since)
    if filters.until:
        rows = rows.filter(happened_on__lte=filters.until)
    return rows.order_by("-happened_on", "-made_at", "pk")


def page_of(actor: Actor, filters: Filters) -> tuple[list[Obstacle], Obstacle | None]:
    """One page of rows, and the last of them when there are more."""
    rows = obstacles(actor, filters)
    if filters.before is not None:
        last = Obstacle.seen(actor).filter(pk=filters.before).first()
        if last is None:
            raise Missing
        rows = rows.extra(  # a comparison of rows, which keeps the order of the list
            where=["(happened_on, made_at) < (%s, %s)"], params=[last.happened_on, last.made_at]
        )
    found = list(rows.select_related("case")[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1] if len(found) > SHOWN else None


def obstacle_of(actor: Actor, obstacle_id: UUID) -> Obstacle:
    """One row.

    Raises:
        Missing: if there is none for this person.
    """
    found = Obstacle.seen(actor).filter(pk=obstacle_id).select_related("case").first()
    if found is None:
        raise Missing
    return found


def consequence_of(actor: Actor, question: Question) -> Obstacle | None:
    """What has been told of a refused question of ours."""
    return Obstacle.seen(actor).filter(exchange=question.exchange, kind="met_refusal").first()


def origin_of(actor: Actor, row: Obstacle) -> str:
    """The page of the question or decision that a row came of; empty when this person has none."""
    if row.exchange is None:
        return ""
    question = Question.seen(actor).filter(exchange=row.exchange).values_list("pk").first()
    if question is not None:
        return reverse("disclosures:question", args=question)
    decision = Disclosure.seen(actor).filter(exchange=row.exchange).values_list("pk").first()
    return reverse("disclosures:act", args=decision) if decision is not None else ""
