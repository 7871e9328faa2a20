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
from samsyn.hub.guard.references import NoReference, number_of, reference
from samsyn.hub.guard.refusals import Conflict, Invalid
from samsyn.hub.insight.reads_log import (
    READ,
    LogAsked,
    LogLine,
    entry_of,
    log_page,
    named_objects,
    proof_of,
)
from samsyn.kernel.text import Text

router = Router(tags=["log"])
WRITTEN = "An entry as people write it, `7K3-F9Q-X2M`; its name tells nothing of other entries."
Name = Annotated[str, Path(min_length=9, max_length=20, description=WRITTEN)]
After = Annotated[str, Field(max_length=20, description="`next` of the page before.")]
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

    entry: str = Field(description=WRITTEN)
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

    @classmethod
    def of(cls, line: LogLine) -> EntryOut:
        """The entry."""
        entry = line.entry
        same = "at account act matter purpose ground rulebook detail hash".split()
        return cls(
            entry=reference(entry.pk),
            who=line.who,
            what=Said.of(line.what),
            case=entry.case_id,
            objects=named_objects(entry),
            **{name: getattr(entry, name) for name in same},
        )


class Proof(Schema):
    """A proof as `samsyn log check-proof` reads it: the entry, its seal and the path between."""

    format: str
    entry: dict[str, Any]
    path: list[str]
    seal: dict[str, Any]


def _number(name: str) -> int:
    """The number of an entry.

    Raises:
        Invalid: if no entry can be called so.
    """
    try:
        return number_of(name)
    except NoReference as error:
        raise Invalid("name", error.said) from None


@router.get("/log", response=Page[EntryOut], summary="The log of one's own agency")
def list_log(
    request: HttpRequest,
    act: Code = "",
    person: UUID | None = None,
    since: Day | None = None,
    until: Day | None = None,
    attempts: bool = False,
    cursor: After = "",
    limit: Limit = USUAL,
) -> Page[EntryOut]:
    """The entries, the latest first. The look is logged."""
    actor = acting(request, READ)
    any_case(request)
    after = _number(cursor) if cursor else 0
    asked = LogAsked(
        person=person, act=act, since=since, until=until, attempts=attempts, after=after
    )
    page = log_page(actor, asked)
    lines = page.lines[:limit]
    last = lines[-1].entry.pk if len(page.lines) > limit else page.after
    look(actor, READ, detail="log")
    following = reference(last) if last else None
    return Page(items=[EntryOut.of(line) for line in lines], next=following)


@router.get("/log/{name}", response=EntryOut, summary="An entry of the log")
def read_entry(request: HttpRequest, name: Name) -> EntryOut:
    """One entry of one's own agency's log."""
    actor = acting(request, READ)
    any_case(request)
    line = entry_of(actor, _number(name))
    look(actor, READ, objects=[line.entry.pk])
    return EntryOut.of(line)


@router.get("/log/{name}/proof", response=Proof, summary="The proof of an entry")
def proof(request: HttpRequest, name: Name) -> dict[str, Any]:
    """That the entry stands in the sealed log; it tells nothing of other entries."""
    actor = acting(request, READ)
    any_case(request)
    line = entry_of(actor, _number(name))
    try:
        found = proof_of(line.entry)
    except NotProvable as error:
        raise Conflict(NOT_YET if error.reason == "unsealed" else DOES_NOT_HOLD) from None
    look(actor, READ, objects=[line.entry.pk], detail="proof")
    return found
