"""The pages of handed-in figures: an agency's own, and all agencies' together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.hub.cases.answering import answer
from samsyn.hub.cases.serving import attachment
from samsyn.hub.disclosures.entering import acting, sent
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.refusals import Invalid, Missing, Refused
from samsyn.hub.obstacles import combined_files
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.combining import Combined
from samsyn.hub.obstacles.forms import HandInForm, WithdrawForm
from samsyn.hub.obstacles.handing_in import (
    HAND_IN,
    WITHDRAW,
    hand_in_figures,
    handed_by_agency,
    handed_of,
    in_the_way,
    of_days,
    period_of,
    to_hand_in,
    withdraw_figures,
)
from samsyn.hub.obstacles.national import (
    READ,
    choices,
    chosen_of,
    national,
    of,
    standing_figures,
)
from samsyn.hub.obstacles.periods import name_of, periods_on
from samsyn.hub.obstacles.reads import CHOOSE_ANEW
from samsyn.hub.obstacles.views_report import FILES
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
HANDED = Text(
    sv="Talen är inlämnade. Den nationella samordnaren ser dem nu.",
    en="The figures are handed in. The national coordinator sees them now.",
)
WITHDRAWN = Text(
    sv="Talen är återtagna. De finns kvar här, men den nationella samordnaren ser dem inte längre.",
    en="The figures are withdrawn. They stay here, but the national coordinator sees them no more.",
)


@FORMS
def hand_in(request: HttpRequest) -> HttpResponse:
    """What the agency has handed in, and its figures for a period as they would leave."""
    actor = acting(request, HAND_IN)
    code = request.POST.get("period") or request.GET.get("period", "")
    shown = _to_hand_in(request, code)
    look(actor, "obstacle.read", detail=f"figures to hand in {code}")
    return answer(
        request,
        HandInForm(sent(request), initial={"period": code}),
        lambda values: hand_in_figures(actor=actor, period=values["period"]),
        then=lambda _: reverse("obstacles:hand-in"),
        template="obstacles/hand_in.html",
        context=shown,
        notice=HANDED,
    )


def _to_hand_in(request: HttpRequest, code: str) -> dict[str, Any]:
    """What the page shows; a period that is none is refused, and none shows none."""
    actor = acting(request, HAND_IN)
    handed = [(row, name_of(row.since, row.until)) for row in handed_by_agency(actor)]
    context: dict[str, Any] = {
        "periods": periods_on(actor.day).values(),
        "handed": handed,
        "smallest": obstacle_codes().smallest,
    }
    if not code or request.method == "POST":
        return context
    try:
        period = period_of(actor, code)
    except Invalid as fault:
        raise Refused(fault.said, next_step=CHOOSE_ANEW) from None
    _, tables = to_hand_in(actor, period)
    standing = [row for row, _ in handed if row.stands]
    other = in_the_way(standing, period.days)
    return context | {
        "chosen": period,
        "tables": [table for table in tables if table.lines],
        "before": of_days(standing, period.days),
        "in_the_way": other and name_of(other.since, other.until),
    }


@FORMS
def withdraw(request: HttpRequest, handed_id: UUID) -> HttpResponse:
    """Take figures back, with the reason; they are kept, and no longer seen elsewhere."""
    actor = acting(request, WITHDRAW)
    handed = handed_of(actor, handed_id)
    return answer(
        request,
        WithdrawForm(sent(request)),
        lambda values: withdraw_figures(actor=actor, handed=handed, why=values["why"]),
        then=lambda _: reverse("obstacles:hand-in"),
        template="obstacles/withdraw.html",
        context={"handed": handed, "period": name_of(handed.since, handed.until)},
        notice=WITHDRAWN,
    )


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """All agencies' handed-in figures for a period, and who has not handed in."""
    actor = acting(request, READ)
    rows = standing_figures(actor)
    found = choices(rows)
    period = chosen_of(found, request.GET.get("period", ""))
    context: dict[str, Any] = {"choices": found, "period": period}
    if period is not None:
        whole = national(rows, period)
        look(actor, READ, objects=of(rows, period), detail=period.code)
        context |= {"national": whole, "tables": _tables(whole.combined)}
    return render(request, "obstacles/national.html", context)


@require_GET
def together_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    actor = acting(request, READ)
    rows = standing_figures(actor)
    period = chosen_of(choices(rows), request.GET.get("period", ""))
    combined = national(rows, period).combined if period else None
    if kind not in FILES or period is None or combined is None:
        raise Missing
    look(actor, READ, objects=of(rows, period), detail=f"{kind} {period.code}")
    name = f"hinder-tillsammans-{period.since}-{period.until}.{kind}"
    return attachment(_file(kind, combined), name, FILES[kind])


def _file(kind: str, combined: Combined) -> bytes:
    if kind == "csv":
        return combined_files.as_csv(combined, reading())
    if kind == "json":
        return combined_files.as_json(combined)
    return combined_files.as_pdf(combined, reading(), timezone.localtime())


def _tables(combined: Combined | None) -> list[dict[str, Any]]:
    """The tables with their lines, in the order they are read."""
    if combined is None:
        return []
    found: dict[str, dict[str, Any]] = {}
    for table, title, unit, code, name, count, agencies in combined_files.rows_of(
        combined, reading()
    ):
        shown = found.setdefault(table, {"code": table, "title": title, "unit": unit, "lines": []})
        shown["lines"].append({"code": code, "name": name, "count": count, "agencies": agencies})
    return list(found.values())
