"""Calls about facts: list, read, write, correct, and why one may see one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from samsyn.hub.api.entering import acting, enter_case, enter_seen
from samsyn.hub.api.known import known_activity, known_kind
from samsyn.hub.api.once import once
from samsyn.hub.api.paging import begun, cut
from samsyn.hub.api.shapes import USUAL, Code, Cursor, Limit, Page
from samsyn.hub.api.shapes_cases import FactCorrection, FactNew, FactOut
from samsyn.hub.api.shapes_exchange import Why, why_own, why_received
from samsyn.hub.cases.actions import correct_fact, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.reads_facts import FactRow, fact_of, facts_of, subject_of_case
from samsyn.hub.disclosures.entering import mark_read
from samsyn.hub.disclosures.why import question_behind, receipt_of
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing

router = Router(tags=["facts"])
FACT = "/cases/{uuid:case_id}/facts/{uuid:fact_id}"


@router.get("/cases/{uuid:case_id}/facts", response=Page[FactOut], summary="Facts of a case")
def list_facts(
    request: HttpRequest,
    case_id: UUID,
    compartment: Code = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Page[FactOut]:
    """The facts that hold now, the newest first, received ones with their giver.

    `compartment` is `vart` for one's own, `gemensamt` for what all in the matter have, or the code
    of the agency that gave it. Whoever gave what is read here learns that it has been read.
    """
    actor, case = enter_case(request, case_id, "fact.read")
    begun(cursor)
    page = facts_of(actor, case, compartment, cursor)
    rows, follow = cut(page.rows, limit, page.after, lambda row: (row.fact.made_at, row.fact.pk))
    _seen(actor, rows)
    return Page(items=[FactOut.of(row) for row in rows], next=follow)


@router.get(FACT, response=FactOut, summary="A fact")
def read_fact(request: HttpRequest, case_id: UUID, fact_id: UUID) -> FactOut:
    """One fact of a case, whether it holds or was replaced."""
    actor, case = enter_case(request, case_id, "fact.read")
    row = fact_of(actor, case, fact_id)
    _seen(actor, [row])
    return FactOut.of(row)


@router.get("/facts/{uuid:fact_id}", response=FactOut, summary="A fact, by its id alone")
def find_fact(request: HttpRequest, fact_id: UUID) -> FactOut:
    """The same where a program has only the id, as from a webhook."""
    actor = acting(request, "fact.read")
    require(actor, "case.read")
    case = (
        Case.seen(actor).filter(facts=fact_id).first()
        or Case.seen(actor).filter(events__about=fact_id).first()
    )
    if case is None:
        raise Missing
    actor, case = enter_seen(request, case)
    row = fact_of(actor, case, fact_id)
    _seen(actor, [row])
    return FactOut.of(row)


def _seen(actor: Actor, rows: list[FactRow], detail: str = "") -> None:
    """What is shown is logged, and its givers learn that it was read."""
    look(actor, "fact.read", objects=[row.fact for row in rows], detail=detail)
    mark_read([row.fact for row in rows])


@router.post(
    "/cases/{uuid:case_id}/facts", response={200: FactOut, 201: FactOut}, summary="Write a fact"
)
def write_a_fact(request: HttpRequest, case_id: UUID, payload: FactNew) -> Status[FactOut]:
    """Write a fact of one's own agency. Its secrecy is proposed unless a person confirmed it."""
    actor, case = enter_case(request, case_id, "fact.write")
    known_kind(payload.item_kind)
    known_activity(actor.agency, payload.activity)
    values = payload.model_dump(exclude={"entity"})
    entity = subject_of_case(actor, case, payload.entity) if payload.entity else None
    made, new = once(request, lambda: write_fact(actor=actor, case=case, entity=entity, **values))
    return Status(201 if new else 200, FactOut.of(fact_of(actor, case, made)))


@router.post(FACT + "/correct", response={200: FactOut, 201: FactOut}, summary="Correct a fact")
def correct_a_fact(
    request: HttpRequest, case_id: UUID, fact_id: UUID, payload: FactCorrection
) -> Status[FactOut]:
    """A new row takes the fact's place; the old one is kept and says so."""
    actor, case = enter_case(request, case_id, "fact.write")
    fact: Fact = fact_of(actor, case, fact_id).fact
    made, new = once(
        request,
        lambda: correct_fact(actor=actor, fact=fact, text=payload.text, reason=payload.reason),
    )
    return Status(201 if new else 200, FactOut.of(fact_of(actor, case, made)))


@router.get(FACT + "/why", response=Why, summary="Why may I see this?")
def why(request: HttpRequest, case_id: UUID, fact_id: UUID) -> Why:
    """By which key one's own fact is seen; by which decision, on which ground, a received one."""
    actor, case = enter_case(request, case_id, "fact.read")
    row = fact_of(actor, case, fact_id)
    _seen(actor, [row], "why")
    if row.own:
        return why_own(actor, row.fact)
    receipt = receipt_of(actor, row.fact)
    return why_received(actor, row.fact, receipt, question_behind(actor, receipt))
