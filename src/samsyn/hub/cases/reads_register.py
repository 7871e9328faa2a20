"""What stands in an agency's register, and what of it may anybody read (OSL 5:2)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from django.db.models import OuterRef, Q, QuerySet, Subquery

from samsyn.hub.cases.models import Case, RegisterEntry
from samsyn.hub.cases.reads import cursor_of, read_cursor
from samsyn.hub.guard.actor import Actor

PAGE = 100


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the register is asked for; every part is a part of the page's address."""

    direction: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""
    after: str = ""


class RegisterPage(msgspec.Struct, frozen=True):
    """A page of the register, and where the next begins."""

    rows: list[Any]
    after: str


class PublicLine(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the public extract shows it (OSL 5:2).

    Attributes:
        counterpart, about: empty where they are left out; what is left out is not in the line.
        left_out: whether something was, which the extract says without saying what.
    """

    number: str
    sequence: int
    direction: str
    dated: date
    counterpart: str
    about: str
    left_out: bool


def shown_from(query: Any) -> Shown:
    """What a page's address asks for; what it cannot mean is left out."""
    direction = query.get("riktning", "")
    return Shown(
        direction=direction if direction in ("in", "out", "drawn_up") else "",
        since=_day(query.get("fran", "")),
        until=_day(query.get("till", "")),
        number=query.get("nummer", "").strip()[:40],
        after=query.get("efter", "")[:80],
    )


def register_of_case(actor: Actor, case: Case, most: int | None = 500) -> list[RegisterEntry]:
    """The documents of a case, in the order of their numbers."""
    return list(RegisterEntry.seen(actor).filter(case=case).order_by("sequence")[:most])


def register_of_agency(actor: Actor, shown: Shown) -> RegisterPage:
    """The agency's register, the newest first."""
    found = _asked(actor, shown)
    if start := read_cursor(shown.after):
        at, last = start
        found = found.filter(Q(registered_at__lt=at) | Q(registered_at=at, pk__lt=last))
    rows = list(found.order_by("-registered_at", "-pk")[: PAGE + 1])
    follow = ""
    if len(rows) > PAGE:
        follow = cursor_of(rows[PAGE - 1].registered_at, rows[PAGE - 1].pk)
    return RegisterPage(rows[:PAGE], follow)


def public_extract(actor: Actor, shown: Shown, most: int = 1000) -> list[PublicLine]:
    """What anybody may read of the register: nothing that must be left out is in it.

    A case that is closed even to most of the agency is left out whole, and so is the protection
    track: that there is one would itself tell.
    """
    rows = _asked(actor, shown).filter(visible_to=actor.agency)
    return [*_public(rows.order_by("-registered_at", "-pk")[:most])]


def _public(rows: QuerySet[RegisterEntry]) -> Iterator[PublicLine]:
    for row in rows:
        counterpart = "" if row.counterpart_secret else row.counterpart
        about = "" if row.about_secret else row.about
        yield PublicLine(
            number=row.number,
            sequence=row.sequence,
            direction=row.direction,
            dated=row.dated,
            counterpart=counterpart,
            about=about,
            left_out=row.counterpart_secret or row.about_secret,
        )


def _asked(actor: Actor, shown: Shown) -> QuerySet[RegisterEntry]:
    # The agency too, which the keys say already: it leads to the index in order of registering.
    found = RegisterEntry.seen(actor).filter(agency=actor.agency)
    if shown.direction:
        found = found.filter(direction=shown.direction)
    if shown.since:
        found = found.filter(dated__gte=shown.since)
    if shown.until:
        found = found.filter(dated__lte=shown.until)
    if shown.number:
        found = found.filter(number__istartswith=shown.number)
    return found.annotate(
        of_case=Subquery(Case.seen(actor).filter(pk=OuterRef("case_id")).values("pk"))
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
