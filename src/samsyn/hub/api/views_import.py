"""The page that takes in facts from a file: first what would happen, then it is carried out."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samsyn.hub.api.forms import ImportAgainForm, ImportForm
from samsyn.hub.api.importing.carrying_out import import_facts
from samsyn.hub.api.importing.columns import COLUMNS
from samsyn.hub.api.importing.reading import read_file
from samsyn.hub.cases.answering import actor_in, sent
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import in_case
from samsyn.hub.guard.forms import take_fault
from samsyn.hub.guard.language import say
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
@in_case
def import_file(request: HttpRequest, case: Case) -> HttpResponse:
    """Choose a file; it is looked through, and nothing is written yet."""
    actor = actor_in(request)
    require(actor, "fact.write")
    form = ImportForm(sent(request), request.FILES or None)
    shown: dict[str, Any] = {"case": case, "form": form, "columns": COLUMNS}
    if form.is_valid():
        upload, system = form.cleaned_data["file"], form.cleaned_data["system"]
        data = upload.read()
        try:
            file = read_file(upload.name, data)
            plan = import_facts(actor=actor, case=case, system=system, file=file, dry_run=True)
        except Invalid as fault:
            take_fault(form, fault)
        else:
            kept = {
                "system": system,
                "name": upload.name,
                "content": base64.b64encode(data).decode(),
            }
            return render(
                request, "api/import_plan.html", {**shown, **_counted(plan), "kept": kept}
            )
    return render(request, "api/import.html", shown)


def _counted(plan: Any) -> dict[str, Any]:
    numbers = {name: plan.count(name) for name in ("write", "already", "fault")}
    return {"plan": plan, "numbers": numbers, "rows": plan.rows[:200]}


@require_POST
@in_case
def import_carried_out(request: HttpRequest, case: Case) -> HttpResponse:
    """Take in the file that was looked through; each of its rows once."""
    form = ImportAgainForm(request.POST)
    if not form.is_valid():
        return redirect("api:import", case.pk)
    plan = import_facts(
        actor=actor_in(request),
        case=case,
        system=form.cleaned_data["system"],
        file=read_file(form.cleaned_data["name"], form.data_of_file()),
        valid_rows=form.cleaned_data["valid_rows"],
    )
    number = plan.count("write")
    said = say(f"Intagna uppgifter: {number}.", f"Facts taken in: {number}.")
    messages.success(request, str(said))
    return redirect("cases:facts", case.pk)
