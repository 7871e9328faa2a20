"""Which cases does a person see, and which of them answer to what is looked for?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import OuterRef, Q, QuerySet

from samsyn.hub.cases.models import Case, CaseMember
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.search_words import to_tsquery_text

PAGE = 50
MOST_COUNTED = 1000
STATES = ("open", "told", "paused", "closed", "archived")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for among the cases. Every part is a part of the page's address.

    Attributes:
        state: one of :data:`STATES`; empty for all.
        mine: only those the person works on.
        told: only those that another agency told of.
        centre, purpose: codes; empty for all.
        words: of number, title and summary.
        after: where the page before ended, see :func:`cursor_of`.
    """

    state: str = ""
    mine: bool = False
    told: bool = False
    centre: str = ""
    purpose: str = ""
    words: str = ""
    after: str = ""


class CasePage(msgspec.Struct, frozen=True):
    """Fifty cases, and where the next fifty begin.

    Attributes:
        cases: each with ``handlers``, the names of those who work on it.
        after: for the next page; empty when there are no more.
    """

    cases: list[Any]
    after: str


def wanted_from(query: Any) -> Wanted:
    """What a page's address asks for; what it cannot mean is left out."""
    state = query.get("lage", "")
    return Wanted(
        state=state if state in STATES else "",
        mine=query.get("mina") == "1",
        told=query.get("fran_andra") == "1",
        centre=query.get("center", "")[:40],
        purpose=query.get("andamal", "")[:60],
        words=query.get("q", "").strip()[:200],
        after=query.get("efter", "")[:80],
    )


def cases_of(actor: Actor, wanted: Wanted) -> CasePage:
    """The cases that answer, the one that changed last first."""
    on_it = (
        CaseMember.seen(actor)
        .filter(case=OuterRef("pk"), to_day__isnull=True)
        .order_by("from_day", "name")
        .values("name")[:3]
    )
    found = _answering(actor, wanted).annotate(handlers=ArraySubquery(on_it)).defer("search")
    if start := read_cursor(wanted.after):
        at, last = start
        found = found.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=last))
    rows = list(found.order_by("-changed_at", "-pk")[: PAGE + 1])
    more = cursor_of(rows[PAGE - 1].changed_at, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return CasePage(rows[:PAGE], more)


def count_of(actor: Actor, wanted: Wanted) -> int:
    """How many cases answer, counted no further than one past :data:`MOST_COUNTED`."""
    return _answering(actor, wanted).order_by().values("pk")[: MOST_COUNTED + 1].count()


def to_take_up(actor: Actor) -> int:
    """How many told cases nobody has taken up, counted as far as the others."""
    told = Case.seen(actor).filter(state="told").order_by().values("pk")
    return told[: MOST_COUNTED + 1].count()


def counted(number: int) -> str:
    """A count as it is shown: 1000+ when there are more than anybody counts."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _answering(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    # The agency too, which the keys say already: it leads to the index in order of change.
    found = Case.seen(actor).filter(agency=actor.agency)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.told:
        found = found.filter(origin="told")
    if wanted.centre:
        found = found.filter(centre=wanted.centre)
    if wanted.purpose:
        found = found.filter(purpose=wanted.purpose)
    if wanted.mine and actor.account:
        here = CaseMember.seen(actor).filter(account=actor.account, from_day__lte=actor.day)
        here = here.filter(Q(to_day__isnull=True) | Q(to_day__gte=actor.day))
        found = found.filter(pk__in=here.values("case"))
    if wanted.words:
        asked = to_tsquery_text(wanted.words)
        query = SearchQuery(asked, config="simple", search_type="raw")
        found = found.filter(search=query) if asked else found.none()
    return found


def cursor_of(at: datetime, last: UUID) -> str:
    """Where a page ended, for its address."""
    return f"{at.isoformat()}~{last}"


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Where the page before ended; None at the beginning, or if it cannot be read."""
    at, _, last = text.replace(" ", "+").partition("~")
    try:
        read = datetime.fromisoformat(at), UUID(last)
    except ValueError:
        return None
    return read if read[0].tzinfo is not None else None
