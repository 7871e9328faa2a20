"""One row of a day; and the rows of what has come from others, and what came of what was given."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.models import Disclosure, Receipt
from samsyn.hub.disclosures.phrases import GOT
from samsyn.hub.disclosures.reads import purpose_is_over
from samsyn.hub.disclosures.reads_receipts import came_of_it
from samsyn.hub.disclosures.reviewing.reads import STATES, words_to_officer
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.text import Text

SHOWN = 10
"""Rows of a list; the list's own page has the rest."""
LOOKED = "looked "
"""Before the state of a lawyer's look, where a row is told from the others."""
TOLD_DAYS = 14
"""Days in which a report of what came of something is new."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the day.

    Attributes:
        what: what it is: a case, a question, a task.
        title: what it is about.
        agency: whom one waits for, or who waits.
        case: the case it stands in; None where there is none yet.
        look, state: how far it has come.
        due: last day; None where none is set.
        left: working days left, less than 0 when it is late; None where no day is set.
        paused: why a clock stands still; empty when it runs.
        at: when it came or changed.
    """

    pk: UUID
    url: str
    what: Text
    title: str
    agency: str = ""
    case: Case | None = None
    look: str = ""
    state: Text | None = None
    due: date | None = None
    left: int | None = None
    paused: str = ""
    at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether its last day has passed."""
        return self.left is not None and self.left < 0 and not self.paused


def exchange_lines(actor: Actor, mine: QuerySet[Any]) -> tuple[list[Line], list[Line]]:
    """What is new between agencies, and what a lawyer has said of one's own drafts.

    New is what is unread, or over in own cases, or told of what came of it. One statement.
    """
    # Each by itself, so that each is led to its few rows by an index of its own.
    parts = [_reported(actor)]
    if actor.permits("disclosure.lock"):
        parts.append(_over(actor, mine))
    if actor.permits("review.request"):
        parts.append(_looked_at(actor))
    rows = list(_unread(actor).union(*parts, all=True).order_by("-when"))
    new = [_line(actor, *row) for row in rows if not row[2].startswith(LOOKED)]
    return new, [_answer(*row) for row in rows if row[2].startswith(LOOKED)]


def _unread(actor: Actor) -> Any:
    """What nobody has read; a case that nobody has taken up is told of by itself."""
    in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=actor.day)
    rows = Receipt.seen(actor).filter(in_time, state="received", read_at__isnull=True, kind="facts")
    return _came(rows.exclude(case__state="told"), "unread")


def _over(actor: Actor, mine: QuerySet[Any]) -> Any:
    """What has been read in one's own cases and is to be locked: its purpose has ended."""
    rows = Receipt.seen(actor).filter(purpose_is_over(actor.day), read_at__isnull=False)
    return _came(rows.filter(case__in=mine), "over")


def _came(rows: Any, what: str) -> Any:
    rows = rows.annotate(what=Value(what, output_field=CharField()), when=F("received_at"))
    return _values(rows.order_by("-received_at"), "giver")


def _reported(actor: Actor) -> Any:
    since = timezone.now() - timedelta(days=TOLD_DAYS)
    rows = Disclosure.seen(actor).filter(decided_by=actor.account, came_at__gte=since)
    rows = rows.annotate(what=Cast("came_of_it", CharField()), when=F("came_at"))
    return _values(rows.order_by("-came_at"), "receiver")


def _looked_at(actor: Actor) -> Any:
    state = Concat(Value(LOOKED), F("state"), output_field=CharField())
    rows = words_to_officer(actor).annotate(what=state, when=F("decided_at"))
    names = (
        "disclosure_id", "disclosure__receiver", "what", "when", "case_id", "case__number",
        "case__title",
    )  # fmt: skip
    return rows.values_list(*names)[:SHOWN]


def _answer(
    pk: UUID, agency: str, what: str, when: datetime, case: UUID, number: str, title: str
) -> Line:
    state = STATES[what.removeprefix(LOOKED)]
    return Line(
        pk=pk,
        url=reverse("disclosures:act", args=[pk]),
        what=Text(sv="Utlämnande", en="Disclosure"),
        title=title,
        agency=agency,
        case=Case(pk=case, number=number, title=title),
        look=state.look,
        state=state.name,
        at=when,
    )


def _values(rows: Any, agency: str) -> Any:
    names = ("pk", agency, "what", "when", "case_id", "case__number", "case__title")
    return rows.values_list(*names)[:SHOWN]


def _line(
    actor: Actor,
    pk: UUID,
    agency: str,
    what: str,
    when: datetime,
    case: UUID,
    number: str,
    title: str,
) -> Line:
    came = what in ("unread", "over")
    state = GOT[what] if came else None
    return Line(
        pk=pk,
        url=reverse("disclosures:receipt", args=[case, pk])
        if came
        else reverse("disclosures:act", args=[pk]),
        what=Text(sv="Mottaget", en="Received")
        if came
        else Text(sv="Vad kom av det", en="What came of it"),
        title=title,
        agency=agency,
        case=Case(pk=case, number=number, title=title),
        look=state.look if state else "done",
        state=state.name if state else came_of_it(what),
        at=when,
    )
