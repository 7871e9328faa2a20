"""The officer's side: ask for a countersignature, wait, send what was signed, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samsyn.hub.disclosures.assessing import Assessment
from samsyn.hub.disclosures.large_drafts import listed, seen_on
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.disclosures.reviewing.actions import (
    request_countersignature,
    send_signed,
    standing_signature,
    take_back,
)
from samsyn.hub.disclosures.reviewing.measuring import measured, rule_for
from samsyn.hub.disclosures.reviewing.precedents import similar
from samsyn.hub.disclosures.reviewing.reads import reviews_of
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.disclosures.reviewing.signatures import review_of
from samsyn.hub.disclosures.shown import ItemShown, ask_law, items_shown, preview
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.policy import require
from samsyn.kernel.text import Text

ASK = "review.request"
RESTRICTED = Text(
    sv="Ärendet är stängt för andra än de tilldelade. Bara en sekretessjurist som är tilldelad "
    "ärendet ser begäran: tilldela en sådan, annars blir den liggande.",
    en="The case is closed to all but the assigned. Only a secrecy lawyer who is assigned to it "
    "sees the request: assign one, or it will lie there.",
)
PROTECTED = Text(
    sv="Ärendet ligger i skyddsspåret. Bara en sekretessjurist som också arbetar i skyddsspåret "
    "ser begäran; finns ingen sådan ger myndighetsadministratören någon båda rollerna.",
    en="The case lies in the protection track. Only a secrecy lawyer who works in the protection "
    "track too sees the request; if there is none, the agency administrator gives somebody both "
    "roles.",
)


def reach(draft: Disclosure) -> Text | None:
    """Who sees the request, where that is not every secrecy lawyer of the agency."""
    if draft.visible_to.endswith("/protection"):
        return PROTECTED
    return RESTRICTED if "/case/" in draft.visible_to else None


def signing_shown(
    actor: Actor, draft: Disclosure, shown: list[ItemShown], answers: Mapping[Any, Assessment]
) -> dict[str, Any]:
    """What the draft's page says of a second signature, and of earlier weighings like it."""
    leaving = [one.item for one in shown if one.leaves]
    weighed = [one for one in shown if one.leaves and one.law.weighed]
    grounds = [ground for one in weighed for ground in one.law.grounds]
    kinds = [one.item.fact.item_kind for one in weighed]
    return {
        "rule": rule_for(measured(draft, leaving, answers), actor.day) if leaving else None,
        "reach": reach(draft),
        "may_ask": actor.permits(ASK),
        "looks": reviews_of(actor, draft),
        "similar": similar(actor, draft, kinds, grounds) if weighed else [],
    }


def ask_to_sign(request: HttpRequest, actor: Actor, draft: Disclosure, version: int) -> None:
    """Send the kept draft to the secrecy lawyer.

    Raises:
        Invalid: naming what has to be put right.
    """
    request_countersignature(actor=actor, draft=draft, version=version)
    messages.success(
        request,
        say(
            "Skickat till sekretessjuristen. Du ser svaret på Min dag.",
            "Sent to the secrecy lawyer. You see the answer on My day.",
        ),
    )


def waiting_page(
    request: HttpRequest, actor: Actor, found: Disclosure, items: list[DisclosedFact]
) -> HttpResponse:
    """A draft that waits for a signature, or has one: it is sent or taken back, nothing else."""
    if request.method == "POST":
        _pressed(request, actor, found)
        return redirect(reverse("disclosures:act", args=[found.pk]))
    asked = ask_law(actor, found, items)
    shown = items_shown(items, asked.answers, {})
    page = listed(request, shown)
    look(actor, "disclosure.read", objects=seen_on({**page, "groups": (), "listed": ()}, found))
    rules = {rule.code: rule for rule in review_rules().rules}
    context = {
        "disclosure": found,
        "case": found.case,
        "question": found.question,
        "bound": purposes_bound(found.purpose_group),
        "may_decide": actor.permits("disclosure.decide"),
        "may_ask": actor.permits(ASK),
        "rule": rules.get(found.countersign),
        "review": review_of(actor, found),
        "signature": standing_signature(actor, found),
        "reach": reach(found),
        "shown": shown,
        "paper": page["paper"],
        **preview(shown, asked.answers),
    }
    return render(request, "disclosures/reviewing/awaiting.html", context)


def _pressed(request: HttpRequest, actor: Actor, found: Disclosure) -> None:
    version = request.POST.get("version", "")
    do = request.POST.get("do", "")
    if do == "take-back":
        require(actor, ASK)
        take_back(actor=actor, draft=found)
        messages.success(request, say("Det är ett utkast igen.", "It is a draft again."))
    elif do == "send":
        shown = int(version) if version.isdigit() and len(version) < 9 else 0
        no = send_signed(actor=actor, draft=found, version=shown)
        if no is None:
            done = say("Beslutat och utlämnat till {}.", "Decided, and disclosed to {}.")
            messages.success(request, str(done).format(found.receiver))
        else:
            messages.error(request, f"{said(no.said)} {LAPSED}")
    else:
        messages.info(
            request,
            say("Det väntar redan på kontrasignering.", "It waits for a countersignature already."),
        )


LAPSED = say(
    "Kontrasigneringen har förfallit och det är ett utkast igen.",
    "The countersignature has lapsed and it is a draft again.",
)
