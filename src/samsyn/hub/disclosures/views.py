"""The lists of questions and disclosures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samsyn.hub.disclosures import lists
from samsyn.hub.disclosures.choices import others
from samsyn.hub.disclosures.entering import acting
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
