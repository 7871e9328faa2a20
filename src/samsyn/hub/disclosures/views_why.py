"""Pages that explain: why one may see a received fact, why another may not see one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from samsyn.hub.cases.actions.facts import own_fact
from samsyn.hub.cases.answering import actor_in
from samsyn.hub.cases.forms import purpose_choices
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.proposing import activity_name
from samsyn.hub.cases.provisions import provisions
from samsyn.hub.cases.reads_facts import FactRow, fact_of
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.views import mark_read, room_page
from samsyn.hub.disclosures.choices import others
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.disclosures.shown import law_shown
from samsyn.hub.disclosures.why import (
    exchange_of,
    law_now,
    question_behind,
    receipt_of,
    told_already,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid


class WhyNotForm(forms.Form):
    """To whom and for what one asks about."""

    myndighet = forms.ChoiceField(label=say("Myndighet", "Agency"))
    andamal = forms.ChoiceField(label=say("Ändamål", "Purpose"))
    fragar = forms.BooleanField(
        label=say("Myndigheten frågar efter uppgiften", "The agency asks for it"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["myndighet"].choices = others(actor)
        fields["andamal"].choices = purpose_choices()
        fields["andamal"].initial = actor.purpose


@require_GET
@in_case
def fact_why(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Why one may see a fact that another agency gave: the chain of its receipt."""
    actor = actor_in(request)
    row = fact_of(actor, case, fact_id)
    if row.own:
        return redirect("cases:fact-why", case.pk, fact_id)
    look(actor, "fact.read", objects=[row.fact], detail="why")
    mark_read([row.fact.pk])
    return render(request, "disclosures/why.html", _chain(actor, case, row))


def _chain(actor: Actor, case: Case, row: FactRow) -> dict[str, Any]:
    receipt = receipt_of(actor, row.fact)
    return {
        "case": case,
        "row": row,
        "receipt": receipt,
        "question": question_behind(actor, receipt),
        "provisions": provisions(receipt.grounds or [receipt.ground], receipt.law_day),
        "activity": activity_name(row.fact.activity),
        "readable_for": purposes_bound(receipt.purpose_group),
    }


@require_GET
@in_case
def fact_why_not(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Why another agency may not see a fact of one's own: the law's answer of today."""
    actor = actor_in(request)
    row = fact_of(actor, case, fact_id)
    own_fact(row.fact)
    form = WhyNotForm(request.GET if "myndighet" in request.GET else None, actor=actor)
    look(actor, "fact.read", objects=[row.fact], detail="why not")
    context = {"case": case, "row": row, "form": form, **_law(actor, row, form)}
    return render(request, "disclosures/why_not.html", context)


def _law(actor: Actor, row: FactRow, form: WhyNotForm) -> dict[str, Any]:
    if not (form.is_bound and form.is_valid()):
        return {"told": told_already(actor, row.fact)}
    receiver = form.cleaned_data["myndighet"]
    try:
        answer = law_now(
            actor,
            row.fact,
            receiver,
            form.cleaned_data["andamal"],
            asked=form.cleaned_data["fragar"],
        )
    except Invalid as error:
        form.add_error(None, said(error.said))
        return {"told": told_already(actor, row.fact)}
    return {
        "answer": answer,
        "law": law_shown(answer),
        "receiver": receiver,
        "barred": provisions(answer.excluded_by or answer.grounds, actor.day),
        "told": told_already(actor, row.fact, receiver),
    }


@require_GET
@in_case
def of_case(request: HttpRequest, case: Case) -> HttpResponse:
    """What the case has asked, given and got."""
    exchange = exchange_of(actor_in(request), case)
    ids = [
        row.pk for part in (exchange.questions, exchange.given, exchange.received) for row in part
    ]
    return room_page(request, case, "exchange", "disclosures/why_case.html", ids, exchange=exchange)
