"""What is due for disposal, what awaits a decision, and what is proved to be gone?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.guard.two_persons import waiting
from samsyn.hub.insight.models import Disposal

PROPOSE, DECIDE = "disposal.propose", "disposal.decide"
PAGE = 50


class DueDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What another agency once gave, and that may not be read any more.

    Attributes:
        exchange: ties it to the receipt.
        number: register number of the case it came to.
        why: ``expired`` (its last day has passed) or ``ended`` (the case is closed).
    """

    exchange: UUID
    case: UUID
    number: str
    giver: str
    facts: int
    files: int
    valid_to: date | None
    why: str


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of disposal shows.

    Attributes:
        cases: archived cases whose last day of being kept has passed, the oldest first.
        deliveries: what came from others and is over.
        requests: proposals that nobody has decided yet.
        asked: cases and deliveries that such a proposal is about.
        proofs: what has been disposed of, the latest first.
        more_cases, more_deliveries: whether there are more than are shown.
    """

    cases: list[Case]
    deliveries: list[DueDelivery]
    requests: list[TwoPersonRequest]
    asked: frozenset[str]
    proofs: list[Disposal]
    more_cases: bool
    more_deliveries: bool


def require_disposal(actor: Actor) -> None:
    """Go no further unless a role proposes disposal or decides on it.

    Raises:
        Refused: if none does.
    """
    if not actor.permits(PROPOSE):
        require(actor, DECIDE)


def queue_of(actor: Actor) -> Queue:
    """What is due, as far as the asker sees it.

    Raises:
        Refused: if none of the asker's roles has to do with disposal.
    """
    require_disposal(actor)
    cases = list(due_cases(actor)[: PAGE + 1])
    deliveries = _deliveries(None, PAGE + 1)
    requests = list(waiting(actor).filter(act=PROPOSE))
    return Queue(
        cases=cases[:PAGE],
        deliveries=deliveries[:PAGE],
        requests=requests,
        asked=frozenset(_asked_about(request) for request in requests),
        proofs=list(Disposal.seen(actor).order_by("-decided_at")[:PAGE]),
        more_cases=len(cases) > PAGE,
        more_deliveries=len(deliveries) > PAGE,
    )


def due_cases(actor: Actor) -> Any:
    """Archived cases that are to be kept no longer."""
    found = Case.seen(actor).filter(state="archived", keep_until__lt=actor.day)
    return found.defer("search").order_by("keep_until", "pk")


def is_due(case: Case, day: date) -> bool:
    """Whether a case is archived and its last day of being kept has passed."""
    return case.state == "archived" and case.keep_until is not None and case.keep_until < day


def due_delivery(actor: Actor, case: Case, exchange: UUID) -> DueDelivery:
    """One delivery that is over, of a case that the asker sees.

    Raises:
        Missing: if there is none.
    """
    for delivery in _deliveries(exchange, 1):
        if delivery.case == case.pk:
            return delivery
    raise Missing


def counts_of(case: Case) -> dict[str, int]:
    """How many rows of each kind a case has."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select insight_case_counts(%s)::text", [case.pk])
        row = cursor.fetchone()
    return msgspec.json.decode(row[0], type=dict[str, int]) if row and row[0] else {}


def proof_of_disposal(actor: Actor, pk: UUID) -> Disposal:
    """The proof of one disposal.

    Raises:
        Missing: if there is none that the asker sees.
        Refused: if none of the asker's roles has to do with disposal.
    """
    try:
        require_disposal(actor)
    except Refused:
        raise Missing from None
    return Disposal.seen_one(actor, pk=pk)


def _asked_about(request: TwoPersonRequest) -> str:
    return str(request.about.get("exchange") or request.about.get("case"))


def _deliveries(exchange: UUID | None, most: int) -> list[DueDelivery]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select exchange, case_id, number, giver, facts, files, valid_to, why "
            "from insight_due_received(%s, %s)",
            [exchange, most],
        )
        return [
            DueDelivery(
                exchange=row[0],
                case=row[1],
                number=row[2],
                giver=row[3],
                facts=row[4],
                files=row[5],
                valid_to=row[6],
                why=row[7],
            )
            for row in cursor.fetchall()
        ]
