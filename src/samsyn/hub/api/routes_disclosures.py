"""Calls about disclosures: list, read with assessments, prepare, decide, recall; receipts."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from samsyn.hub.api.entering import acting, enter_case, enter_seen, key_of
from samsyn.hub.api.once import once
from samsyn.hub.api.paging import page_of
from samsyn.hub.api.routes_questions import enter_question
from samsyn.hub.api.shapes import USUAL, Cursor, Limit, Page
from samsyn.hub.api.shapes_exchange import (
    AssessmentOut,
    DisclosureDecide,
    DisclosureNew,
    DisclosureOut,
    DisclosureRecall,
    DisclosureRefuse,
    DisclosureWhole,
    Recalled,
    ReceiptOut,
)
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    prepare_disclosure,
    recall,
    refuse_disclosure,
)
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Receipt
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look, one_act
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing

router = Router(tags=["disclosures"])
DISCLOSURE = "/disclosures/{uuid:disclosure_id}"
READ = "disclosure.read"
State = Literal["", "draft", "awaiting", "delivered", "recalled", "refused", "withdrawn"]
Got = Literal["", "received", "recalled", "withdrawn", "locked"]


@router.get("/disclosures", response=Page[DisclosureOut], summary="Disclosures of one's own")
def list_disclosures(
    request: HttpRequest,
    state: State = "",
    case: UUID | None = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Page[DisclosureOut]:
    """What one's own agency has told, prepared or refused to tell, the newest first."""
    actor = acting(request, READ)
    rows = Disclosure.seen(actor)
    for name, value in (("state", state), ("case", case), ("case_id", key_of(request).case)):
        if value:
            rows = rows.filter(**{name: value})
    found, follow = page_of(rows, "made_at", cursor, limit)
    look(actor, READ, objects=found, detail="list")
    return Page(items=[DisclosureOut.of(row) for row in found], next=follow)


@router.get(DISCLOSURE, response=DisclosureWhole, summary="A disclosure with its assessments")
def read_disclosure(request: HttpRequest, disclosure_id: UUID) -> DisclosureWhole:
    """One disclosure, with what the law says of each of its facts. The look is logged."""
    actor, found = _enter(request, disclosure_id, READ)
    whole = _whole(actor, found)
    look(actor, READ, objects=[found, *(item.fact for item in whole.assessments)])
    return whole


@router.post(
    "/disclosures",
    response={200: DisclosureWhole, 201: DisclosureWhole},
    summary="Prepare a disclosure",
)
def prepare_a_disclosure(request: HttpRequest, payload: DisclosureNew) -> Status[DisclosureWhole]:
    """A draft with what the law says of each fact. Nothing leaves yet."""
    actor, case = enter_case(request, payload.case, "disclosure.prepare")
    require(actor, READ)
    question = None
    if payload.question is not None:
        actor, question = enter_question(request, payload.question, "disclosure.prepare")
    wanted = set(payload.facts)
    facts = list(Fact.seen(actor).filter(case=case, pk__in=wanted).select_related("entity"))
    if len(facts) != len(wanted):
        raise Missing
    values = payload.model_dump(exclude={"case", "facts", "question"})
    made, new = once(
        request,
        lambda: prepare_disclosure(
            actor=actor, case=case, facts=facts, question=question, **values
        ),
    )
    return Status(201 if new else 200, _whole(actor, Disclosure.seen_one(actor, pk=made)))


@router.post(DISCLOSURE + "/decide", response=DisclosureOut, summary="Decide, and let it leave")
def decide(request: HttpRequest, disclosure_id: UUID, payload: DisclosureDecide) -> DisclosureOut:
    """Decide that a draft leaves. The law is asked again; a no names the provision.

    What the draft leaves out stays out, and so does what points to a tip-giver.
    """
    actor, draft = _enter(request, disclosure_id, "disclosure.decide")
    with one_act():
        decided = decide_and_deliver(
            actor=actor,
            draft=draft,
            version=payload.version,
            weighing=payload.weighing,
            left_out=payload.left_out,
            as_drafted=True,
            valid_to=payload.valid_to,
        )
    return DisclosureOut.of(decided)


@router.post(DISCLOSURE + "/refuse", response=DisclosureOut, summary="Decide that nothing leaves")
def refuse(request: HttpRequest, disclosure_id: UUID, payload: DisclosureRefuse) -> DisclosureOut:
    """The provisions that stood in the way are kept with the refusal."""
    actor, draft = _enter(request, disclosure_id, "disclosure.decide")
    with one_act():
        refused = refuse_disclosure(
            actor=actor, draft=draft, version=payload.version, reason=payload.reason
        )
    return DisclosureOut.of(refused)


@router.post(DISCLOSURE + "/recall", response=Recalled, summary="Recall what was told")
def recall_a_disclosure(
    request: HttpRequest, disclosure_id: UUID, payload: DisclosureRecall
) -> Recalled:
    """In the hub it is gone at the receiver at once; how much had been read is told."""
    actor, found = _enter(request, disclosure_id, "disclosure.recall")
    with one_act():
        was_read = recall(actor=actor, disclosure=found, reason=payload.reason)
    return Recalled(disclosure=DisclosureOut.of(found), read=was_read)


@router.get("/receipts", response=Page[ReceiptOut], summary="What has come in")
def list_receipts(
    request: HttpRequest,
    state: Got = "",
    case: UUID | None = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Page[ReceiptOut]:
    """What other agencies have told, the newest first; the facts are read in their case."""
    actor = acting(request, READ)
    rows = Receipt.seen(actor)
    for name, value in (("state", state), ("case", case), ("case_id", key_of(request).case)):
        if value:
            rows = rows.filter(**{name: value})
    found, follow = page_of(rows, "received_at", cursor, limit)
    look(actor, READ, objects=found, detail="list")
    return Page(items=[ReceiptOut.of(row) for row in found], next=follow)


@router.get("/receipts/{uuid:receipt_id}", response=ReceiptOut, summary="A receipt")
def read_receipt(request: HttpRequest, receipt_id: UUID) -> ReceiptOut:
    """By whom, on what ground and until when something was told."""
    actor = acting(request, READ)
    found = Receipt.seen(actor).filter(pk=receipt_id).select_related("case").first()
    if found is None:
        raise Missing
    actor, _ = enter_seen(request, found.case)
    look(actor, READ, objects=[found])
    return ReceiptOut.of(found)


def _enter(request: HttpRequest, disclosure_id: UUID, act: str) -> tuple[Actor, Disclosure]:
    actor = acting(request, act)
    require(actor, READ)
    rows = Disclosure.seen(actor).filter(pk=disclosure_id)
    found = rows.select_related("case", "question", "question__case").first()
    if found is None:
        raise Missing
    actor, _ = enter_seen(request, found.case)
    return actor, found


def _whole(actor: Actor, row: Disclosure) -> DisclosureWhole:
    # Without what two persons may have opened to the person: that is not for programs.
    items = DisclosedFact.seen(actor).filter(disclosure=row).select_related("fact")
    shown = [AssessmentOut.of(item) for item in items.order_by("fact__made_at", "pk")]
    return DisclosureWhole(**DisclosureOut.of(row).model_dump(), assessments=shown)
