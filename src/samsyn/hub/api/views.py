"""The pages about programs: what the interface offers, and a person's keys."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.hub.api import describing, tokens
from samsyn.hub.api.forms import TokenForm
from samsyn.hub.cases.answering import actor_in, sent
from samsyn.hub.guard.forms import take_fault
from samsyn.hub.guard.language import say
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin.proof import require_just_proved


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, as its description has it."""
    return render(request, "api/calls.html", {"groups": describing.groups()})


@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    """The person's own keys, and for an administrator those that work at the agency."""
    actor = actor_in(request)
    shown = {
        "tokens": list(tokens.tokens_of(actor)),
        "others": list(tokens.tokens_at_agency(actor)),
        "may_revoke": actor.permits("account.close"),
        "roles": _usable(actor.roles),
        "day": actor.day,
    }
    return render(request, "api/tokens.html", shown)


def _usable(roles: tuple[str, ...]) -> list[str]:
    """The roles with which a program may do something."""
    organisation = current_organisation()
    return [role for role in roles if tokens.acts_for_programs(organisation, role)]


@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: HttpRequest, role: str) -> HttpResponse:
    """Make a key; its secret is shown on the answer, and nowhere again."""
    actor = actor_in(request)
    if role not in _usable(actor.roles):
        return redirect("api:tokens")
    form = TokenForm(sent(request), actor=actor, role=role)
    if form.is_valid():
        require_just_proved(request)
        try:
            with transaction.atomic():
                token, secret = tokens.make_token(actor=actor, **form.values())
            return render(request, "api/token_made.html", {"token": token, "secret": secret})
        except Invalid as fault:
            take_fault(form, fault)
    return render(request, "api/token_new.html", {"form": form, "role": role})


@require_POST
def token_revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Take back a key, at once."""
    tokens.revoke_token(actor=actor_in(request), token_id=token_id)
    messages.success(request, str(say("Nyckeln är återtagen.", "The key has been taken back.")))
    return redirect("api:tokens")
