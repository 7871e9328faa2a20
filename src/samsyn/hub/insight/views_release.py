"""The pages on which a public document is masked and released."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import enter_case, enter_seen
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
from samsyn.hub.insight.models import Release, ReleaseItem
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


class _Entered(NamedTuple):
    """A request whose case has been entered: received facts are read in it."""

    actor: Actor
    release: Release
    case: Case
    items: list[ReleaseItem]

    def read(self) -> list[reads.Shown]:
        """The pieces, logged as looked at; those who gave something learn that it was read."""
        pieces = reads.shown_of(self.actor, self.release, self.items)
        look(self.actor, "fact.read", objects=[one.source.id for one in pieces], detail="release")
        mark_read([one.source.id for one in pieces if one.source.received_from])
        return pieces


def _entered(request: HttpRequest, pk: UUID) -> _Entered:
    found, items = reads.release_of(actor_in(request), pk)
    case = enter_seen(request, found.case)
    return _Entered(actor_in(request), found, case, items)


@require_GET
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked for, piece by piece, with what the law says and what is masked."""
    here = _entered(request, pk)
    if here.release.state == "decided":
        return _decided_page(request, here)
    context = {"release": here.release, "case": here.case, "pieces": here.read()}
    return shown(request, PLACE, "release", **context)


def _decided_page(request: HttpRequest, here: _Entered) -> HttpResponse:
    look(here.actor, "case.read", objects=[here.release, here.case], detail="release decided")
    return shown(request, PLACE, "release_decided", release=here.release, case=here.case)


@require_POST
def piece(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Mask, release or withhold one piece."""
    here = _entered(request, pk)
    one = reads.item_of(here.actor, here.release, item)
    form = PieceForm(request.POST)
    if form.is_valid():
        try:
            _done(here.actor, here.release, one, form.cleaned_data)
            return redirect(f"{reverse('insight:release', args=[pk])}#stycke-{one.item.place}")
        except Invalid as error:
            fault = {"item": item, "said": error.said, **form.cleaned_data}
            context = {"release": here.release, "case": here.case, "pieces": here.read()}
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
    here = _entered(request, pk)
    if here.release.state == "decided":
        return redirect("insight:release", pk)
    context, version = _preview(here), here.release.version
    return answer(
        request,
        DecideForm(sent(request), outcome=context["outcome"], initial={"version": version}),
        lambda values: releasing.decide(actor=here.actor, release=here.release, **values),
        then=lambda _: reverse("insight:release", args=[pk]),
        template="insight/release_decide.html",
        context=context,
        notice=DECIDED,
    )


def _preview(here: _Entered) -> dict[str, Any]:
    pieces = here.read()
    return {
        "release": here.release,
        "case": here.case,
        "outcome": releasing.outcome_of(pieces),
        "preview": releasing.preview_of(pieces),
    }


@require_GET
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy that was released, as a file."""
    here = _entered(request, pk)
    found = here.release
    if found.state != "decided" or not found.copy:
        messages.info(request, said(Text(sv="Inget är beslutat än.", en="Nothing is decided yet.")))
        return redirect("insight:release", pk)
    look(here.actor, "case.read", objects=[found], detail="release copy")
    name = f"allman-handling-{here.case.number}.html".replace("/", "-").replace(" ", "-")
    return attachment(found.copy.encode(), name, "text/html; charset=utf-8")
