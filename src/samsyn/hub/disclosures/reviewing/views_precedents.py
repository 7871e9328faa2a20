"""The library of earlier weighings: looked in by officers, written in by the secrecy lawyer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samsyn.hub.disclosures.choices import others
from samsyn.hub.disclosures.entering import acting, enter_disclosure
from samsyn.hub.disclosures.models import Precedent
from samsyn.hub.disclosures.reviewing import precedents
from samsyn.hub.disclosures.reviewing.forms import LibraryForm, PrecedentForm
from samsyn.hub.disclosures.reviewing.views import page_of
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid

WRITE = "precedent.write"


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Earlier weighings, searched in whatever Swedish."""
    actor = acting(request)
    form = LibraryForm(request.GET, others(actor))
    wanted = form.cleaned_data if form.is_valid() else {}
    page = page_of(request)
    rows, more = precedents.library(
        actor, wanted.get("q", ""), wanted.get("till", ""), wanted.get("utfall", ""), page
    )
    look(actor, "disclosure.read", objects=rows, detail="earlier weighings")
    context = {
        "form": form,
        "rows": rows,
        "more": more,
        "page": page,
        "next_page": page + 1,
        "a_page": precedents.A_PAGE,
        "narrowed": any(wanted.values()),
        "may_write": actor.permits(WRITE),
    }
    return render(request, "disclosures/reviewing/library.html", context)


@require_safe
def precedent(request: HttpRequest, precedent_id: UUID) -> HttpResponse:
    """One earlier weighing: what spoke for, what against, and what is learnt."""
    actor = acting(request)
    found = Precedent.seen_one(actor, pk=precedent_id)
    look(actor, "disclosure.read", objects=[found], detail="earlier weighings")
    context = {"one": found, "may_write": actor.permits(WRITE)}
    return render(request, "disclosures/reviewing/precedent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Make an earlier weighing of a decision, without a word of who it was about."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request, WRITE)
    precedents.leaning(found)
    form = PrecedentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = precedents.write_precedent(actor=actor, disclosure=found, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field, said(error.said))
            if error.field == "confirmed":
                form.ask_to_confirm()
        else:
            messages.success(request, say("Avvägningen är sparad.", "The weighing is kept."))
            return redirect("disclosures:precedent", made.pk)
    look(actor, "disclosure.read", objects=[found])
    context = {"form": form, "disclosure": found, "case": found.case}
    return render(request, "disclosures/reviewing/write.html", context)


@require_POST
def retire(request: HttpRequest, precedent_id: UUID) -> HttpResponse:
    """Take one out of the library."""
    actor = acting(request, WRITE)
    found = Precedent.seen_one(actor, pk=precedent_id)
    precedents.retire_precedent(actor=actor, precedent=found)
    messages.success(
        request, say("Avvägningen visas inte längre.", "The weighing is not shown any more.")
    )
    return redirect("disclosures:precedents")
