"""The pages on which a public document is masked and released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import enter_case
from samsyn.hub.cases.serving import attachment
from samsyn.hub.cases.views import mark_read
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said
from samsyn.hub.guard.refusals import Invalid, Missing
from samsyn.hub.guard.signin.proof import fresh_sign_in
from samsyn.hub.insight import reads_release as reads
from samsyn.hub.insight import releasing
from samsyn.hub.insight.forms import DecideForm, PieceForm, ReleaseForm
from samsyn.hub.insight.models import Release
from samsyn.hub.insight.views import shown
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
PLACE = "insight:releases"
NO_CASE = Text(
    sv="Du ser inget ärende med det numret. Kontrollera numret; ett stängt ärende släpps av någon "
    "som är tilldelad.",
    en="You see no case of that number. Check it; a closed case is released by somebody assigned.",
)
NO_DOCUMENT = Text(
    sv="Ärendet har ingen handling med det numret.", en="The case has no document of that number."
)
DECIDED = Text(
    sv="Beslutat, kopian är sparad och utlämnandet diariefört.",
    en="Decided; the copy is kept and the release is registered.",
)


@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """Requests for public documents, under way and decided."""
    actor = actor_in(request)
    found = reads.releases_of(actor)
    if found:
        look(actor, "case.read", objects=found, detail="releases")
    return shown(request, PLACE, "releases", releases=found)


@FORMS
def new(request: HttpRequest) -> HttpResponse:
    """Take up a request."""
    actor = actor_in(request)
    reads.require_release(actor)
    return answer(
        request,
        ReleaseForm(sent(request)),
        lambda values: _taken_up(request, values),
        then=lambda release: reverse("insight:release", args=[release.pk]),
        template="insight/release_new.html",
    )


def _taken_up(request: HttpRequest, values: dict[str, Any]) -> Release:
    try:
        case = reads.case_asked_for(actor_in(request), values["number"])
    except Missing:
        raise Invalid("number", NO_CASE) from None
    enter_case(request, case.pk)
    actor, document = actor_in(request), None
    if values["sequence"]:
        try:
            document = reads.document_asked_for(actor, case, values["sequence"])
        except Missing:
            raise Invalid("sequence", NO_DOCUMENT) from None
    return releasing.take_up_request(
        actor=actor,
        case=case,
        receiver=values["receiver"],
        asked_by=values["asked_by"],
        document=document,
    )


def _entered(request: HttpRequest, pk: UUID) -> tuple[Actor, Release, Case]:
    """The request for a document, and its case entered: received facts are read in it."""
    release = reads.release_of(actor_in(request), pk)
    case = enter_case(request, release.case_id)
    return actor_in(request), release, case


def _read(actor: Actor, release: Release) -> list[reads.Shown]:
    """The pieces, logged as looked at; those who gave something learn that it was read."""
    pieces = reads.shown_of(actor, release)
    look(actor, "fact.read", objects=[one.source.id for one in pieces], detail="release")
    mark_read([one.source.id for one in pieces if one.source.received_from])
    return pieces


@require_GET
def release(request: HttpRequest, pk: UUID, fault: Any = None) -> HttpResponse:
    """What was asked for, piece by piece, with what the law says and what is masked."""
    actor, found, case = _entered(request, pk)
    if found.state == "decided":
        return _decided_page(request, actor, found, case)
    context = {"release": found, "case": case, "pieces": _read(actor, found), "fault": fault}
    return shown(request, PLACE, "release", **context)


def _decided_page(request: HttpRequest, actor: Actor, found: Release, case: Case) -> HttpResponse:
    look(actor, "case.read", objects=[found, case], detail="release decided")
    return shown(request, PLACE, "release_decided", release=found, case=case)


@require_POST
def piece(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Mask, release or withhold one piece."""
    actor, found, case = _entered(request, pk)
    one = reads.item_of(actor, found, item)
    form = PieceForm(request.POST)
    if form.is_valid():
        try:
            _done(actor, found, one, form.cleaned_data)
            return redirect(f"{reverse('insight:release', args=[pk])}#stycke-{one.item.place}")
        except Invalid as error:
            fault = {"item": item, "said": error.said, **form.cleaned_data}
            context = {"release": found, "case": case, "pieces": _read(actor, found)}
            return shown(request, PLACE, "release", fault=fault, **context)
    return redirect("insight:release", pk)


def _done(actor: Actor, found: Release, one: reads.Shown, filled: dict[str, Any]) -> None:
    match filled["do"]:
        case "mask":
            words, by = filled["words"], filled["by"]
            releasing.mask(actor=actor, release=found, shown=one, words=words, by=by)
        case "unmask":
            number = filled["number"] if filled["number"] is not None else -1
            releasing.unmask(actor=actor, release=found, shown=one, number=number)
        case do:
            by = filled["by"].split(",")
            releasing.treat(actor=actor, release=found, shown=one, released=do == "release", by=by)


@FORMS
@fresh_sign_in("register.release")
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy as it will leave, and the decision."""
    actor, found, case = _entered(request, pk)
    if found.state == "decided":
        return redirect("insight:release", pk)
    pieces = _read(actor, found)
    return answer(
        request,
        DecideForm(sent(request), initial={"version": found.version}),
        lambda values: releasing.decide(actor=actor, release=found, **values),
        then=lambda _: reverse("insight:release", args=[pk]),
        template="insight/release_decide.html",
        context={
            "release": found,
            "case": case,
            "outcome": releasing.outcome_of(pieces),
            "pieces": [{"shown": one, "pictures": reads.pictures_of(one)} for one in pieces],
        },
        notice=DECIDED,
    )


@require_GET
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy that was released, as a file."""
    actor, found, case = _entered(request, pk)
    if found.state != "decided" or not found.copy:
        messages.info(request, said(Text(sv="Inget är beslutat än.", en="Nothing is decided yet.")))
        return redirect("insight:release", pk)
    look(actor, "case.read", objects=[found], detail="release copy")
    name = f"allman-handling-{case.number}.html".replace("/", "-").replace(" ", "-")
    return attachment(found.copy.encode(), name, "text/html; charset=utf-8")
