"""The lists of questions and disclosures, and what came in by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samsyn.hub.disclosures import lists
from samsyn.hub.disclosures.choices import others
from samsyn.hub.disclosures.entering import acting, enter_receipt, mark_read
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.disclosures.phrases import GOT, purposes_bound
from samsyn.hub.disclosures.reads import copied_files, copies_of, recalled_at, receipt_state
from samsyn.hub.disclosures.shown import copy_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Five lists: questions to us, our questions, drafts, what we gave and what we got."""
    actor = acting(request)
    tab = lists.tab_named(request.GET.get("flik", ""))
    chosen = lists.filter_named(tab, request.GET.get("lage", ""))
    narrowed = _narrowed(request)
    rows = lists.listed(actor, tab, chosen, **narrowed)
    drafts = (
        lists.question_drafts(actor, narrowed["case"])
        if tab is lists.DRAFTS_TAB and narrowed["page"] == 1
        else []
    )
    look(actor, "disclosure.read", objects=[row.pk for row in (*rows.rows, *drafts)])
    context = _list_context(actor, tab, chosen, narrowed)
    return render(
        request, "disclosures/list.html", {**context, "rows": rows, "question_drafts": drafts}
    )


def _narrowed(request: HttpRequest) -> dict[str, Any]:
    """Which page, of which agency and case, as the address says."""
    try:
        page = int(request.GET.get("sida", "1"))
        case = request.GET.get("arende", "")
        found = {"case": UUID(case) if case else None, "page": page}
    except ValueError:
        raise BadRequest from None
    if not 1 <= page <= 10_000:
        raise BadRequest
    return {"agency": request.GET.get("myndighet", "")[:20], **found}


def _list_context(
    actor: Actor, tab: lists.Tab, chosen: lists.Filter, narrowed: dict[str, Any]
) -> dict[str, Any]:
    counts = lists.tab_counts(actor)
    most = lists.MOST_COUNTED
    return {
        "tabs": [
            (one, f"{most}+" if counts[one.code] > most else counts[one.code]) for one in lists.TABS
        ],
        "tab": tab,
        "chosen": chosen,
        "narrowed": narrowed,
        "agencies": others(actor),
        "may_review": actor.permits("disclosure.countersign"),
        "next_page": narrowed["page"] + 1,
        "a_page": lists.A_PAGE,
    }


@require_safe
def receipt(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """What came in by a disclosure: the copies, on which ground, bound to what and until when."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    copies = copies_of(actor, came)
    look(actor, "fact.read", objects=[came, *copies])
    mark_read(copies)
    return render(
        request, "disclosures/receipt.html", {"case": case, **_receipt_context(actor, came, copies)}
    )


def _receipt_context(actor: Actor, came: Receipt, copies: list[Any]) -> dict[str, Any]:
    return {
        "receipt": came,
        "state": GOT["received"] if copies else receipt_state(came, actor.day),
        "copies": [copy_shown(copy) for copy in copies],
        "files": copied_files(actor, came) if copies else [],
        "recalled_at": recalled_at(actor, came) if came.state == "recalled" else None,
        "bound": purposes_bound(came.purpose_group),
        "question": getattr(came, "asked", None),
    }
