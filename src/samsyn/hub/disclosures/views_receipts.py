"""What came in: read it, tell what came of it, say that its purpose has ended, lock it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from samsyn.hub.cases.proposing import usual_activity
from samsyn.hub.disclosures.actions import end_purpose, lock_received, report_back
from samsyn.hub.disclosures.actions.ending import assess_report, may_report
from samsyn.hub.disclosures.entering import (
    acting,
    enter_receipt,
    get_or_post,
    mark_read,
    sent,
)
from samsyn.hub.disclosures.forms_receipts import EndForm, ReportForm
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.disclosures.paging import Page, paged
from samsyn.hub.disclosures.phrases import GOT, purposes_bound
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.disclosures.reads import (
    copied_files,
    copies_of,
    purpose_over,
    recalled_at,
    receipt_state,
)
from samsyn.hub.disclosures.reads_receipts import by_item, came_of_it, in_order
from samsyn.hub.disclosures.shown import copy_shown, law_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid, Missing


@require_safe
def receipt(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """What came in by a disclosure: the copies, on which ground, bound to what and until when."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    copies = in_order(came, getattr(came, "asked_items", None) or [], copies_of(actor, came))
    place = paged(request, copies, "sida")
    look(actor, "fact.read", objects=[came, *place.items])
    mark_read(place.items)
    context = {"case": case, "place": place, **_receipt_context(actor, came, place)}
    return render(request, "disclosures/receipt.html", context)


def _receipt_context(actor: Actor, came: Receipt, place: Page) -> dict[str, Any]:
    copies = place.items
    shown = [copy_shown(copy) for copy in copies]
    groups = by_item(came, getattr(came, "asked_items", None) or [], shown)
    return {
        "receipt": came,
        "state": _state(actor, came, copies),
        "copies": shown,
        # That nothing came under an item is said only where all that came is on the page.
        "groups": [group for group in groups if group.copies or not place.many],
        "files": copied_files(actor, came) if copies else [],
        "recalled_at": recalled_at(actor, came) if came.state == "recalled" else None,
        "bound": purposes_bound(came.purpose_group),
        "question": getattr(came, "asked", None),
        "over": purpose_over(came, actor.day),
        "end_form": EndForm(initial={"on": actor.day}),
        "came_of_it": came_of_it(came.came_of_it),
        "may_report": may_report(came) and actor.permits("disclosure.report"),
        "may_lock": came.state == "received" and actor.permits("disclosure.lock"),
        "may_dispose": actor.permits("disposal.propose"),
    }


def _state(actor: Actor, came: Receipt, copies: Sequence[Any]) -> Any:
    """As it stands after it was read just now."""
    over = purpose_over(came, actor.day)
    return GOT["received"] if copies and not over else receipt_state(came, actor.day)


@get_or_post
def report(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Tell the giver what came of it, after reading what the law says of telling it."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    acting(request, "disclosure.report")
    if not may_report(came):
        return redirect("disclosures:receipt", case.pk, came.pk)
    usual = usual_activity(actor.agency, "workplace_fit_for_inspection")
    form = ReportForm(sent(request), actor=actor, usual_activity=usual)
    if request.method == "POST" and form.is_valid() and _reported(request, actor, came, form):
        return redirect("disclosures:receipt", case.pk, came.pk)
    look(actor, "disclosure.read", objects=[came])
    laws = _laws(actor, came, str(form["activity"].value() or usual))
    context = {"case": case, "receipt": came, "form": form, "laws": laws}
    return render(request, "disclosures/report.html", context)


def _laws(actor: Actor, came: Receipt, activity: str) -> list[Any]:
    """What the law says of telling each thing that can be reported, each kind of fact once."""
    found: dict[str, Any] = {}
    names: dict[str, list[Any]] = {}
    for kind in known_questions().reports.values():
        names.setdefault(kind.tells, []).append(kind.name)
        if kind.tells not in found:
            found[kind.tells] = law_shown(assess_report(actor, came, kind, activity))
    return [(names[tells], law) for tells, law in found.items()]


def _reported(request: HttpRequest, actor: Actor, came: Receipt, form: ReportForm) -> bool:
    try:
        report_back(actor=actor, receipt=came, **form.cleaned_data)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return False
    told = say("{} har fått veta vad som kom av det.", "{} has been told what came of it.")
    messages.success(request, str(told).format(came.giver))
    return True


@require_POST
def end(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Say that the purpose has ended."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    acting(request, "disclosure.lock")
    form = EndForm(request.POST)
    try:
        if form.is_valid():
            end_purpose(actor=actor, receipt=came, on=form.cleaned_data["on"])
        else:
            messages.error(request, say("Ange en dag.", "Give a day."))
    except Invalid as error:
        messages.error(request, said(error.said))
    return redirect("disclosures:receipt", case.pk, came.pk)


@get_or_post
def lock(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Ask whether to lock, say what follows, and lock."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    acting(request, "disclosure.lock")
    if came.state == "received" and request.method == "POST":
        lock_received(actor=actor, receipt=came)
        messages.success(request, say("Låst.", "Locked."))
        return redirect("disclosures:lock-proof", case.pk, came.pk)
    if came.state != "received":
        return redirect("disclosures:receipt", case.pk, came.pk)
    look(actor, "disclosure.read", objects=[came])
    return render(request, "disclosures/lock.html", {"case": case, "receipt": came})


@require_safe
def proof(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """What was locked, as digests that whoever has the text can hold against it."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    if not came.lock_proof:
        raise Missing
    look(actor, "disclosure.read", objects=[came])
    return render(request, "disclosures/lock_proof.html", {"case": case, "receipt": came})
