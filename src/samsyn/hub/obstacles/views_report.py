"""The pages of figures: the obstacle report, its files, and what a bill would have meant."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samsyn.hub.cases.serving import attachment
from samsyn.hub.disclosures.entering import acting
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.guard.seal_keys import signing_key
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.combining import signed
from samsyn.hub.obstacles.figures import Period
from samsyn.hub.obstacles.files import as_csv, as_pdf, as_snapshot
from samsyn.hub.obstacles.names import known_bills
from samsyn.hub.obstacles.phrases import EFFECT_NAMES, PROTECTED_NAMES, STATUS_NAMES
from samsyn.hub.obstacles.reads import CHOOSE_ANEW
from samsyn.hub.obstacles.report import report_of
from samsyn.hub.obstacles.whatif import WhatIf, proposal_of, what_if
from samsyn.kernel.text import Text

FILES = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}
USUAL_DAYS = 365


def period_in(request: HttpRequest, actor: Actor) -> Period:
    """The period in an address; the year that ends today unless it says.

    Raises:
        Refused: if a day is none, or the last comes before the first.
    """
    until = _day(request, "till") or actor.day
    since = _day(request, "fran") or until - timedelta(days=USUAL_DAYS)
    if since > until:
        raise Refused(
            Text(sv="Perioden slutar före den börjar.", en="The period ends before it begins."),
            next_step=CHOOSE_ANEW,
        )
    return Period(since, until)


def _day(request: HttpRequest, name: str) -> date | None:
    written = request.GET.get(name, "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(
            Text(sv="En dag i perioden är ingen dag.", en="A day of the period is no day."),
            next_step=CHOOSE_ANEW,
        ) from None


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The obstacle report of the own agency for a period."""
    actor = acting(request, "obstacle.read")
    period = period_in(request, actor)
    found = report_of(actor, period)
    look(actor, "obstacle.read", detail=f"report {period.since} {period.until}")
    context = {"report": found, "period": period, "smallest": obstacle_codes().smallest}
    return render(request, "obstacles/report.html", context)


@require_GET
def report_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The report as a file; small figures are not in it."""
    actor = acting(request, "obstacle.read")
    if kind not in FILES:
        raise Missing
    period = period_in(request, actor)
    body = _file(kind, actor, period)
    look(actor, "obstacle.read", detail=f"report {kind} {period.since} {period.until}")
    name = f"hinder-{actor.agency}-{period.since}-{period.until}.{kind}"
    return attachment(body, name, FILES[kind])


def _file(kind: str, actor: Actor, period: Period) -> bytes:
    found = report_of(actor, period)
    if kind == "csv":
        return as_csv(found, reading())
    if kind == "pdf":
        return as_pdf(found, reading(), timezone.localtime())
    key = signing_key(bytes.fromhex(settings.SAMSYN_LOG_SIGNING_KEY))
    return json.dumps(signed(as_snapshot(found), key), ensure_ascii=False, indent=1).encode()


@require_GET
def if_it_were_law(request: HttpRequest) -> HttpResponse:
    """What a proposed law would have meant for the register."""
    actor = acting(request, "obstacle.read")
    proposals = known_bills()
    code = request.GET.get("forslag", "")
    period = period_in(request, actor)
    context: dict[str, Any] = {"proposals": proposals, "period": period, "statuses": STATUS_NAMES}
    if code:
        proposal = proposal_of(code)
        found = what_if(actor, proposal, period.since, period.until)
        look(actor, "obstacle.read", detail=f"what if {code} {period.since} {period.until}")
        context |= {"chosen": proposal, "found": found, **_shown(found)}
    return render(request, "obstacles/what_if.html", context)


def _shown(found: WhatIf) -> dict[str, Any]:
    def lines(tallies: Any) -> list[Any]:
        return sorted(tallies.items(), key=lambda pair: (-pair[1].count, pair[0]))

    return {
        "effects": [(EFFECT_NAMES[effect], tally) for effect, tally in found.effects.items()],
        "opened": lines(found.opened),
        "closed": lines(found.closed),
        "changes": lines(found.changes),
        "people": [
            (name, found.weakened[one])
            for one, name in PROTECTED_NAMES.items()
            if one in found.weakened
        ],
        "weakened": [pair for pair in lines(found.weakened) if pair[0] not in PROTECTED_NAMES],
    }
