"""The pages of what never came: the register, its rows, and the forms that add to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.hub.cases.answering import answer
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.choices import agency_names
from samsyn.hub.disclosures.entering import acting, enter_matter, enter_question, sent
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.obstacles.actions import note_never_asked, tell_consequence, tell_what_followed
from samsyn.hub.obstacles.believing import believe
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.forms import ConsequenceForm, FollowedForm, NeverAskedForm
from samsyn.hub.obstacles.phrases import KIND_EXPLAINED, KIND_NAMES, OUTCOME_NAMES
from samsyn.hub.obstacles.reads import consequence_of, filters_from, obstacle_of, origin_of, page_of
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
NOTED = Text(sv="Det är antecknat i hinderregistret.", en="It is noted in the obstacle register.")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The obstacles of the own agency, newest first."""
    actor = acting(request, "obstacle.read")
    filters = filters_from(request.GET)
    rows, last = page_of(actor, filters)
    look(actor, "obstacle.read", objects=rows)
    context = {
        "rows": rows,
        "last": last,
        "filters": filters,
        "narrowed": any(name != "efter" and value for name, value in request.GET.items()),
        "kinds": KIND_NAMES,
        "agencies": agency_names(),
        "codes": obstacle_codes(),
    }
    return render(request, "obstacles/register.html", context)


@FORMS
def row(request: HttpRequest, obstacle_id: UUID) -> HttpResponse:
    """One obstacle: what stood in the way, what the law says, and what followed."""
    actor = acting(request, "obstacle.read")
    found = obstacle_of(actor, obstacle_id)
    if request.method == "POST":
        require(actor, "obstacle.write")
    look(actor, "obstacle.read", objects=[found])
    return answer(
        request,
        FollowedForm(sent(request), initial=_told(found)),
        lambda values: tell_what_followed(actor=actor, obstacle=found, **values),
        then=lambda _: reverse("obstacles:row", args=[found.pk]),
        template="obstacles/row.html",
        context={
            "row": found,
            "kind": KIND_NAMES[found.kind],
            "explained": KIND_EXPLAINED[found.kind],
            "outcome": OUTCOME_NAMES.get(found.outcome, OUTCOME_NAMES[""]),
            "codes": obstacle_codes(),
            "belief": believe(
                actor=actor, giver=found.giver, item_kind=found.item_kind, purpose=found.purpose
            )
            if found.kind == "never_asked"
            else None,
            "may_write": actor.permits("obstacle.write"),
            "origin": origin_of(actor, found) if actor.permits("disclosure.read") else "",
        },
        notice=NOTED,
    )


def _told(found: Any) -> dict[str, str]:
    return {"consequence": found.consequence, "consequence_words": found.consequence_words}


@FORMS
def never_asked(request: HttpRequest, case_id: UUID | None = None) -> HttpResponse:
    """Say what one needs and believes one may not have; the law answers on the next page."""
    case: Case | None = None
    actor = acting(request, "obstacle.write")
    if case_id is not None:
        actor, case = enter_matter(request, case_id, "obstacle.write")
    way = reverse("cases:room", args=[case.pk]) if case else reverse("obstacles:register")
    first = {"purpose": case.purpose if case else "", "giver": request.GET.get("till", "")}
    return answer(
        request,
        NeverAskedForm(sent(request), actor=actor, initial=first),
        lambda values: note_never_asked(actor=actor, case=case, **values),
        then=lambda made: reverse("obstacles:row", args=[made[0].pk]),
        template="obstacles/never_asked.html",
        context={"case": case, "way": way},
        notice=NOTED,
    )


@FORMS
def consequence(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Tell what a refused answer was needed for, and what followed."""
    acting(request, "obstacle.write")
    question = enter_question(request, question_id)
    actor = acting(request, "obstacle.write")
    if question.side != "asked" or question.state != "refused":
        raise Missing
    known = consequence_of(actor, question)
    needs = {"needed_for": known.needed_for, "needed_words": known.needed_words} if known else {}
    first = {**_told(known), **needs} if known else {}
    look(actor, "disclosure.read", objects=[question])
    return answer(
        request,
        ConsequenceForm(sent(request), initial=first),
        lambda values: tell_consequence(actor=actor, question=question, **values),
        then=lambda _: reverse("disclosures:question", args=[question.pk]),
        template="obstacles/consequence.html",
        context={"question": question},
        notice=NOTED,
    )
