"""The way in to oversight, and the pages of the log."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samsyn.hub.cases.answering import actor_in
from samsyn.hub.cases.serving import attachment
from samsyn.hub.guard.act_names import OUTSIDE_ROLES
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said
from samsyn.hub.guard.log_proofs import NotProvable
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight import reads_log
from samsyn.hub.insight.overview import overview_of
from samsyn.kernel.text import Text

EXAMINE = reads_log.READ
TABS = (
    ("insight:overview", Text(sv="Översikt", en="Overview"), ()),
    ("insight:log", Text(sv="Loggen", en="The log"), (EXAMINE,)),
    ("insight:anomalies", Text(sv="Avvikelser", en="What stands out"), (EXAMINE,)),
    ("insight:access", Text(sv="Behörigheter", en="Access review"), ("access.confirm",)),
    ("insight:why", Text(sv="Varför syns det?", en="Why is it seen?"), (EXAMINE,)),
    (
        "insight:retention",
        Text(sv="Gallring", en="Disposal"),
        ("disposal.propose", "disposal.decide"),
    ),
    ("insight:releases", Text(sv="Allmän handling", en="Public documents"), ("register.release",)),
)
"""The pages of oversight, each for those whose roles permit one of the acts."""
NOT_PROVABLE = {
    "unsealed": Text(
        sv="Posten är inte förseglad än. Det sker varje minut.",
        en="The entry is not sealed yet. That is done every minute.",
    ),
}
DOES_NOT_HOLD = Text(
    sv="Posten kan inte bevisas: den eller förseglingen har ändrats. Larma driften.",
    en="The entry cannot be proved: it or its seal has been changed. Alert operations.",
)


def shown(request: HttpRequest, current: str, template: str, **context: Any) -> HttpResponse:
    """A page of oversight with its tabs."""
    actor = actor_in(request)
    tabs = [
        {"url": reverse(name), "name": text, "current": name == current}
        for name, text, acts in TABS
        if not acts or any(actor.permits(code) for code in acts)
    ]
    return render(request, f"insight/{template}.html", {"tabs": tabs, **context})


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to examine and decide, as far as one's roles go."""
    actor = actor_in(request)
    if not any(actor.permits(code) for _, _, acts in TABS for code in acts):
        require(actor, EXAMINE)
    if actor.permits(EXAMINE):
        look(actor, EXAMINE, detail="overview")
    return shown(request, "insight:overview", "overview", view=overview_of(actor))


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, when, in which case and on which ground."""
    actor = actor_in(request)
    asked = reads_log.asked_from(request.GET)
    page = reads_log.log_page(actor, asked)
    look(actor, EXAMINE, detail="log")
    context = {"asked": asked, "page": page, "acts": acts_named(), "actor": actor}
    return shown(request, "insight:log", "log", **context)


def acts_named() -> list[tuple[str, str]]:
    """Every act that the log may name, in words, by the alphabet."""
    names = {code: said(act.name) for code, act in current_organisation().acts.items()}
    names |= {code: said(name) for code, name in OUTSIDE_ROLES.items()}
    return sorted(names.items(), key=lambda one: one[1].casefold())


@require_GET
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with its place in the chain."""
    actor = actor_in(request)
    line = reads_log.entry_of(actor, number)
    context = {
        "line": line,
        "place": reads_log.place_of(line.entry),
        "objects": reads_log.objects_of(line.entry),
    }
    look(actor, EXAMINE, objects=[number], detail="entry")
    return shown(request, "insight:log", "entry", **context)


@require_GET
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof that one entry stands in the sealed log, as a file."""
    actor = actor_in(request)
    line = reads_log.entry_of(actor, number)
    try:
        stated = reads_log.proof_of(line.entry)
    except NotProvable as error:
        raise Refused(NOT_PROVABLE.get(error.reason, DOES_NOT_HOLD)) from None
    look(actor, EXAMINE, objects=[number], detail="proof")
    data = json.dumps(stated, ensure_ascii=False, indent=1).encode()
    return attachment(data, f"loggbevis-{reference(number)}.json", "application/json")


@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """Whether the log holds, night by night, and how to check it oneself."""
    actor = actor_in(request)
    state = reads_log.log_state(actor, most=30)
    look(actor, EXAMINE, detail="checks")
    return shown(request, "insight:log", "checks", state=state)
