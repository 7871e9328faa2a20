"""The pages of examining: what stands out, who has access, why something is seen."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.forms import take_fault
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.insight.actions import confirm_access, confirm_anomaly
from samsyn.hub.insight.anomaly_rules import anomaly_rules
from samsyn.hub.insight.forms import ConfirmForm, WhyForm
from samsyn.hub.insight.reads_access import access_line, access_lines, quarter_of
from samsyn.hub.insight.reads_anomalies import anomalies, occurrence, period_from
from samsyn.hub.insight.reads_log import READ, names_of
from samsyn.hub.insight.reads_why import why
from samsyn.hub.insight.views import shown
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
NOTED = Text(sv="Granskningen är bekräftad.", en="The examination is confirmed.")


@require_GET
def anomaly_list(request: HttpRequest) -> HttpResponse:
    """Every rule with what it finds in a period."""
    actor = actor_in(request)
    period = period_from(request.GET, actor.day)
    rules = anomalies(actor, period)
    look(actor, READ, detail="anomalies")
    return shown(request, "insight:anomalies", "anomalies", period=period, rules=rules)


@require_GET
def anomaly_rule(request: HttpRequest, code: str) -> HttpResponse:
    """What one rule finds in a period."""
    actor = actor_in(request)
    period = period_from(request.GET, actor.day)
    (found,) = anomalies(actor, period, code)
    look(actor, READ, detail=f"anomalies {code}")
    return shown(request, "insight:anomalies", "anomaly_rule", period=period, found=found)


@FORMS
def confirm_hit(request: HttpRequest, code: str) -> HttpResponse:
    """Say what came of looking at something that stands out."""
    actor = actor_in(request)
    require(actor, "oversight.confirm")
    period = period_from(request.GET, actor.day)
    hit = occurrence(actor, code, request.GET.get("vad", ""), period)
    days = urlencode({"fran": period.since.isoformat(), "till": period.until.isoformat()})
    back = f"{reverse('insight:anomaly-rule', args=[code])}?{days}"
    return answer(
        request,
        ConfirmForm(sent(request)),
        lambda values: confirm_anomaly(actor=actor, hit=hit, **values),
        then=lambda _: back,
        template="insight/confirm_hit.html",
        context={"hit": hit, "rule": anomaly_rules().rules[code], "way": back},
        notice=NOTED,
    )


@require_GET
def access(request: HttpRequest) -> HttpResponse:
    """Who has access that nobody may need any more, this quarter."""
    actor = actor_in(request)
    lines = access_lines(actor)
    look(actor, "account.read", detail="access review")
    measures = anomaly_rules().review
    context = {"lines": lines.items(), "quarter": quarter_of(actor.day), "measures": measures}
    return shown(request, "insight:access", "access", **context)


@FORMS
def confirm_line(request: HttpRequest, kind: str, subject: UUID) -> HttpResponse:
    """Say what is to become of a line of the access review."""
    actor = actor_in(request)
    line = access_line(actor, kind, str(subject))
    return answer(
        request,
        ConfirmForm(sent(request)),
        lambda values: confirm_access(actor=actor, line=line, **values),
        then=lambda _: reverse("insight:access"),
        template="insight/confirm_line.html",
        context={"line": line, "quarter": quarter_of(actor.day)},
        notice=NOTED,
    )


@require_GET
def why_seen(request: HttpRequest) -> HttpResponse:
    """Why a person of the agency, or an invented one, sees something or not."""
    actor = actor_in(request)
    require(actor, READ)
    asked = "thing" in request.GET
    initial = {"day": actor.day}
    people = names_of(actor).items()
    form = WhyForm(people, request.GET if asked else None, initial=initial)
    answered = None
    if asked and form.is_valid():
        try:
            answered = why(actor, form.asked())
        except Invalid as fault:
            take_fault(form, fault)
    look(actor, READ, objects=[answered.id] if answered else [], detail="why")
    return shown(request, "insight:why", "why", form=form, answered=answered)
