"""Calls about the log, for who examines it: entries, and the proof that one stands in it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from samsyn.hub.api.entering import acting, any_case
from samsyn.hub.api.shapes import USUAL, Code, Day, Limit, Page, Said
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.log_proofs import NotProvable
from samsyn.hub.guard.refusals import Conflict
from samsyn.hub.insight.reads_log import (
    LARGEST,
    READ,
    LogAsked,
    LogLine,
    entry_of,
    log_page,
    proof_of,
)
from samsyn.kernel.text import Text

router = Router(tags=["log"])
Number = Annotated[int, Path(ge=1, le=LARGEST)]
After = Annotated[int, Field(ge=0, le=LARGEST, description="`next` of the page before.")]
NOT_YET = Text(
    sv="Posten är inte förseglad än; det sker varje minut.",
    en="The entry is not sealed yet; that is done every minute.",
)
DOES_NOT_HOLD = Text(
    sv="Posten kan inte bevisas: den eller förseglingen har ändrats.",
    en="The entry cannot be proved: it or its seal has been changed.",
)


class EntryOut(Schema):
    """Who did what, when and on which ground; never what it said."""

    number: int
    at: datetime
    account: UUID | None
    who: str
    act: str
    what: Said
    case: UUID | None
    matter: UUID | None
    purpose: str
    ground: str
    rulebook: str
    objects: list[str]
    detail: str
    hash: str
    lane: int
    seq: int

    @classmethod
    def of(cls, line: LogLine) -> EntryOut:
        """The entry."""
        entry = line.entry
        same = "at account act matter purpose ground rulebook detail hash lane seq".split()
        return cls(
            number=entry.pk,
            who=line.who,
            what=Said.of(line.what),
            case=entry.case_id,
            objects=entry.objects.split(),
            **{name: getattr(entry, name) for name in same},
        )


class Proof(Schema):
    """A proof as `samsyn log check-proof` reads it: the entry, its seal and the path between."""

    format: str
    entry: dict[str, Any]
    path: list[str]
    seal: dict[str, Any]


@router.get("/log", response=Page[EntryOut], summary="The log of one's own agency")
def list_log(
    request: HttpRequest,
    act: Code = "",
    person: UUID | None = None,
    since: Day | None = None,
    until: Day | None = None,
    attempts: bool = False,
    cursor: After = 0,
    limit: Limit = USUAL,
) -> Page[EntryOut]:
    """The entries, the latest first; `next` is a number here. The look is logged."""
    actor = acting(request, READ)
    any_case(request)
    asked = LogAsked(
        person=person, act=act, since=since, until=until, attempts=attempts, after=cursor
    )
    page = log_page(actor, asked)
    lines = page.lines[:limit]
    after = lines[-1].entry.pk if len(page.lines) > limit else page.after
    look(actor, READ, detail="log")
    return Page(items=[EntryOut.of(line) for line in lines], next=str(after) if after else None)


@router.get("/log/{int:number}", response=EntryOut, summary="An entry of the log")
def read_entry(request: HttpRequest, number: Number) -> EntryOut:
    """One entry of one's own agency's log."""
    actor = acting(request, READ)
    any_case(request)
    line = entry_of(actor, number)
    look(actor, READ, objects=[number])
    return EntryOut.of(line)


@router.get("/log/{int:number}/proof", response=Proof, summary="The proof of an entry")
def proof(request: HttpRequest, number: Number) -> dict[str, Any]:
    """That the entry stands in the sealed log; it tells nothing of other entries."""
    actor = acting(request, READ)
    any_case(request)
    line = entry_of(actor, number)
    try:
        found = proof_of(line.entry)
    except NotProvable as error:
        raise Conflict(NOT_YET if error.reason == "unsealed" else DOES_NOT_HOLD) from None
    look(actor, READ, objects=[number], detail="proof")
    return found
