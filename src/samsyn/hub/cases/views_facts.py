"""Write, read, correct and mark facts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.hub.cases.actions import confirm_secrecy, correct_fact, write_fact
from samsyn.hub.cases.actions.facts import own_fact
from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.closed_texts import require_open
from samsyn.hub.cases.forms_facts import CorrectForm, FactForm, MarksForm
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.proposing import activity_name
from samsyn.hub.cases.provisions import provisions
from samsyn.hub.cases.reads_facts import FactRow, fact_of, fact_opened, origins_of
from samsyn.hub.cases.reads_files import files_of_fact
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.secrecy import MARK_NAMES, propose_secrecy
from samsyn.hub.cases.views import mark_read
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require


def fact_url(fact: Fact) -> str:
    """The address of a fact."""
    return reverse("cases:fact", args=[fact.case_id, fact.pk])


@in_case
def fact_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Write a fact: what it says, then the secrecy that is proposed, then it is saved."""
    actor = actor_in(request)
    require(actor, "fact.write")
    initial = {"entity": request.GET.get("objekt", "")}
    return answer(
        request,
        FactForm(sent(request), actor=actor, case=case, initial=initial),
        lambda values: write_fact(actor=actor, case=case, **values),
        then=fact_url,
        template="cases/fact_form.html",
        context={"case": case, "way": reverse("cases:facts", args=[case.pk])},
    )


@require_POST
@in_case
def fact_proposal(request: HttpRequest, case: Case) -> HttpResponse:
    """What would be proposed for what is filled in so far; nothing is saved."""
    actor = actor_in(request)
    require(actor, "fact.write")
    form = FactForm(request.POST, actor=actor, case=case)
    form.is_valid()
    return render(request, "cases/secrecy_part.html", {"form": form, "case": case})


@require_GET
@in_case
def fact(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """One fact, with everything the law hangs on it and what it said before."""
    actor = actor_in(request)
    row, stands = fact_opened(actor, case, fact_id)
    mark_read([row.fact.pk] if not row.own else [])
    return render(
        request,
        "cases/fact.html",
        {
            **_around(actor, case, row),
            "stands": stands,
            "files": files_of_fact(actor, row.fact) if row.files else [],
            "may": {
                "tell": actor.permits("disclosure.prepare"),
                "write": actor.permits("fact.write") and case.state != "archived",
                "mark": actor.permits("fact.mark"),
                "lift": actor.permits("secrecy.lift"),
                "open": actor.permits("tipster.open"),
            },
        },
    )


def _around(actor: Actor, case: Case, row: FactRow) -> dict[str, Any]:
    origins = origins_of(actor, row.fact)
    return {
        "case": case,
        "row": row,
        "history": origins.history,
        "sources": origins.sources,
        "provisions": provisions(row.fact.secrecy, actor.day),
        "activity": activity_name(row.fact.activity),
        "marks": [MARK_NAMES[mark] for mark in row.fact.marks if mark in MARK_NAMES],
    }


@in_case
def fact_correct(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Correct a fact; the old wording stays."""
    actor = actor_in(request)
    row, _ = fact_opened(actor, case, fact_id)
    own_fact(row.fact)
    require_open(row.fact)
    return answer(
        request,
        CorrectForm(sent(request), fact=row.fact),
        lambda values: correct_fact(actor=actor, fact=row.fact, **values),
        then=fact_url,
        context={"case": case, "way": fact_url(row.fact), "draft": f"correct-{fact_id}"},
    )


@in_case
def fact_secrecy(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Confirm which provisions make a fact secret, and its marks."""
    actor = actor_in(request)
    row = fact_of(actor, case, fact_id)
    return answer(
        request,
        _marks_form(request, actor, row.fact),
        lambda values: confirm_secrecy(actor=actor, fact=row.fact, **values),
        then=lambda _: fact_url(row.fact),
        template="cases/secrecy_form.html",
        context={"case": case, "row": row, "way": fact_url(row.fact)},
    )


def _marks_form(request: HttpRequest, actor: Actor, fact: Fact) -> MarksForm:
    """What the fact has, ticked, and what the rulebook proposes besides."""
    proposed = propose_secrecy(
        holder=fact.holder,
        activity=fact.activity,
        item_kind=fact.item_kind,
        subject_kind=fact.subject_kind,
        marks=tuple(fact.marks),
        on=actor.day,
    )
    both = list(dict.fromkeys((*fact.secrecy, *proposed)))
    return MarksForm(
        sent(request),
        proposed=provisions(both, actor.day),
        ticked=fact.secrecy,
        initial={"marks": fact.marks},
    )


@require_GET
@in_case
def fact_why(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Why one may see a fact of one's own agency; what was received is explained by its receipt."""
    actor = actor_in(request)
    row = fact_of(actor, case, fact_id)
    if not row.own:
        return redirect("disclosures:fact-why", case.pk, fact_id)
    look(actor, "fact.read", objects=[row.fact], detail="why")
    return render(request, "cases/fact_why.html", _around(actor, case, row))
