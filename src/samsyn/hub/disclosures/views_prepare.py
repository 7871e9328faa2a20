"""Choose what is to be told on own initiative, to whom and for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.once import done_before, remember
from samsyn.hub.disclosures.actions import nominate, prepare_disclosure
from samsyn.hub.disclosures.entering import enter_matter, mark_read, sent
from samsyn.hub.disclosures.forms import NominateForm, OnceForm, PrepareForm
from samsyn.hub.disclosures.models import Disclosure
from samsyn.hub.disclosures.passing_on import NotHere, in_one
from samsyn.hub.disclosures.reads import facts_to_tell, known_agencies, objects_of
from samsyn.hub.disclosures.shown import copy_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.registry.models import Entity

MOST_WORDS = 200
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Preparing:
    """What an officer chooses from, and what becomes of the choice.

    Attributes:
        known: agencies that are in the matter as known here, asked for when it is released to all.
        words: what the offered facts are searched by; what is ticked stays whatever they are.
    """

    request: HttpRequest
    actor: Actor
    case: Case
    facts: list[Fact]
    known: list[str]
    words: str = ""

    def form(self) -> PrepareForm:
        """The form as it was sent, or with what the address proposes."""
        if self.searching:
            return self._kept_form()
        facts, asked = self.facts, self.request.GET
        initial = {
            "purpose": self.actor.purpose or self.case.purpose,
            "receivers": self.known or asked.getlist("till"),
            "common": "gemensamt" in asked,
            "facts": asked.getlist("uppgift") or [str(one.pk) for one in facts if len(facts) == 1],
        }
        ids = [fact.pk for fact in facts]
        return PrepareForm(sent(self.request), actor=self.actor, facts=ids, initial=initial)

    @property
    def searching(self) -> bool:
        """Whether facts are only looked for, and nothing is to be assessed yet."""
        return self.request.POST.get("do") == "search"

    def _kept_form(self) -> PrepareForm:
        """The form with all that was filled in, and without a word of what is still lacking."""
        posted = self.request.POST
        lists = {name: posted.getlist(name) for name in ("receivers", "facts")}
        ids = [fact.pk for fact in self.facts]
        return PrepareForm(actor=self.actor, facts=ids, initial={**posted.dict(), **lists})

    def drafts(self, data: dict[str, Any]) -> list[Disclosure]:
        """One draft for each receiver."""
        return [
            prepare_disclosure(
                actor=self.actor,
                case=self.case,
                receiver=receiver,
                purpose=data["purpose"],
                facts=[fact for fact in self.facts if str(fact.pk) in data["facts"]],
                receiver_function=data["function"],
                told_title=data["told_title"],
                told_words=data["told_words"],
                common=data["common"],
            )
            for receiver in data["receivers"]
        ]

    def context(self, form: PrepareForm) -> dict[str, Any]:
        """What the page shows."""
        return {
            "case": self.case,
            "form": form,
            "facts": [copy_shown(fact) for fact in self.facts],
            "chosen": [str(chosen) for chosen in form["facts"].value() or []],
            "common": "gemensamt" in self.request.GET,
            "known": self.known,
            "words": self.words,
        }


@get_or_post
def prepare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose facts of a case; the law is asked about each of them on the page that follows."""
    actor, case = enter_matter(request, case_id, "disclosure.prepare")
    known = known_agencies(actor, case) if "gemensamt" in request.GET else []
    words = request.POST.get("words", "").strip()[:MOST_WORDS]
    facts = facts_to_tell(actor, case, words, request.POST.getlist("facts"))
    here = Preparing(request, actor, case, facts, known, words)
    form = here.form()
    if request.method == "POST" and not here.searching and form.is_valid():
        address = _kept(actor, case, form, here.drafts)
        if address:
            return redirect(address)
    look(actor, "case.read", objects=[case, *here.facts])
    mark_read(here.facts)
    return render(request, "disclosures/prepare.html", here.context(form))


def _kept(
    actor: Actor,
    case: Case,
    form: OnceForm,
    prepare_them: Callable[[dict[str, Any]], list[Disclosure]],
) -> str:
    """Where the drafts are assessed; empty when the form has to be put right."""
    token = form.cleaned_data["token"]
    if first := done_before(actor, token):
        return first
    try:
        with transaction.atomic():
            made = prepare_them(form.cleaned_data)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return ""
    except NotHere as no:
        form.add_error("facts" if "facts" in form.fields else None, in_one(no))
        return ""
    address = reverse("disclosures:act", args=[made[0].pk])
    if len(made) > 1:
        address = f"{reverse('disclosures:list')}?flik=utkast&arende={case.pk}"
    remember(actor, token, "disclosure.prepare", address)
    return address


@get_or_post
def nominate_object(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Name an object as fit for a joint inspection, without saying why."""
    actor, case = enter_matter(request, case_id, "disclosure.prepare")
    objects = objects_of(actor, case)
    form = NominateForm(sent(request), actor=actor, entities=objects)
    if request.method == "POST" and form.is_valid():
        address = _kept(actor, case, form, _nominations(actor, case, objects))
        if address:
            return redirect(address)
    look(actor, "case.read", objects=[case, *objects])
    context = {"case": case, "form": form, "objects": objects}
    return render(request, "disclosures/nominate.html", context)


def _nominations(
    actor: Actor, case: Case, objects: list[Entity]
) -> Callable[[dict[str, Any]], list[Disclosure]]:
    def drafts(data: dict[str, Any]) -> list[Disclosure]:
        entity = next(one for one in objects if str(one.pk) == data["entity"])
        return [
            nominate(actor=actor, case=case, entity=entity, receiver=receiver)
            for receiver in data["receivers"]
        ]

    return drafts
