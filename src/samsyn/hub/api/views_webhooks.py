"""The page of an agency administrator: addresses that are told that something has happened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samsyn.hub.api.forms import WebhookForm
from samsyn.hub.api.webhooks import registering
from samsyn.hub.cases.answering import actor_in, sent
from samsyn.hub.guard.forms import take_fault
from samsyn.hub.guard.language import say
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.signin.proof import require_fresh


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The addresses of the agency, and a form for one more; its secret is shown once."""
    actor = actor_in(request)
    hooks = list(registering.hooks_of(actor))
    form = WebhookForm(sent(request))
    if form.is_valid():
        require_fresh(request, registering.MANAGE)
        try:
            with transaction.atomic():
                hook, secret = registering.register(actor=actor, **form.cleaned_data)
            return render(request, "api/webhook_made.html", {"hook": hook, "secret": secret})
        except Invalid as fault:
            take_fault(form, fault)
    return render(request, "api/webhooks.html", {"hooks": hooks, "form": form})


@require_POST
def webhook_stop(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Tell an address nothing more. Not grave: what leaks has to end at once."""
    registering.stop(actor=actor_in(request), hook_id=hook_id)
    messages.success(request, str(say("Adressen är stoppad.", "The address has been stopped.")))
    return redirect("api:webhooks")
