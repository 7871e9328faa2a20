"""Calls about cases: list, read, open, close."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from samsyn.hub.api.entering import acting, any_case, enter_case, enter_seen, key_of, same_purpose
from samsyn.hub.api.once import once
from samsyn.hub.api.paging import begun, cut
from samsyn.hub.api.shapes import USUAL, Code, Cursor, Limit, Line, Page
from samsyn.hub.api.shapes_cases import CaseClose, CaseNew, CaseOut, CaseWhole, SubjectOut
from samsyn.hub.cases.actions import close_case, open_case
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.reads import Wanted, cases_of
from samsyn.hub.cases.reads_facts import subjects_of
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look

router = Router(tags=["cases"])
State = Literal["", "open", "told", "paused", "closed", "archived"]


@router.get("/cases", response=Page[CaseOut], summary="Cases of one's own agency")
def list_cases(
    request: HttpRequest,
    state: State = "",
    words: Line = "",
    purpose: Code = "",
    centre: Code = "",
    mine: bool = False,
    told: bool = False,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Page[CaseOut]:
    """The cases that the key sees, the one that changed last first."""
    actor = acting(request, "case.read")
    begun(cursor)
    only = key_of(request).case
    if only is not None:
        found = list(Case.seen(actor).filter(pk=only))
        return Page(items=[CaseOut.of(case) for case in found], next=None)
    wanted = Wanted(state=state, words=words, purpose=purpose, centre=centre, mine=mine, told=told,
                    after=cursor)  # fmt: skip
    page = cases_of(actor, wanted)
    rows, follow = cut(page.cases, limit, page.after, lambda case: (case.changed_at, case.pk))
    return Page(items=[CaseOut.of(case) for case in rows], next=follow)


@router.get("/cases/{uuid:case_id}", response=CaseWhole, summary="A case")
def read_case(request: HttpRequest, case_id: UUID) -> CaseWhole:
    """A case with those it is about. The look is logged."""
    actor, case = enter_case(request, case_id, "case.read")
    return _whole(actor, case)


def _whole(actor: Actor, case: Case) -> CaseWhole:
    subjects = subjects_of(actor, case)
    look(actor, "case.read", objects=[case, *(row.entity for row in subjects)])
    return CaseWhole(
        **CaseOut.of(case).model_dump(), subjects=[SubjectOut.of(row) for row in subjects]
    )


@router.post("/cases", response={200: CaseOut, 201: CaseOut}, summary="Open a case")
def open_a_case(request: HttpRequest, payload: CaseNew) -> Status[CaseOut]:
    """Open a case at one's own agency; it is registered at once, and nobody else learns of it."""
    actor = acting(request, "case.open")
    any_case(request)
    purpose = same_purpose(request, payload.purpose)
    values = payload.model_dump() | {"purpose": purpose}
    opened: list[Case] = []

    def make() -> Case:
        opened.append(open_case(actor=actor, **values))
        return opened[0]

    made, new = once(request, make)
    if opened and opened[0].restricted:
        return Status(201, CaseOut.of(opened[0]))  # its key comes with the next call
    _, case = enter_seen(request, Case.seen_one(actor, pk=made))
    return Status(201 if new else 200, CaseOut.of(case))


@router.post("/cases/{uuid:case_id}/close", response=CaseOut, summary="Close a case")
def close_a_case(request: HttpRequest, case_id: UUID, payload: CaseClose) -> CaseOut:
    """Close a case with what came of it."""
    actor, case = enter_case(request, case_id, "case.close")
    close_case(actor=actor, case=case, outcome=payload.outcome)
    return CaseOut.of(Case.seen_one(actor, pk=case.pk))
