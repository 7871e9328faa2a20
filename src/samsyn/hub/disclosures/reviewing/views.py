"""The secrecy lawyer's queue, and the page on which a decision is looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.disclosures.choices import others
from samsyn.hub.disclosures.entering import acting, enter_disclosure
from samsyn.hub.disclosures.large_drafts import listed, seen_on
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Review
from samsyn.hub.disclosures.paging import paged
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.disclosures.reads import items_of, with_reasons
from samsyn.hub.disclosures.reviewing import reads
from samsyn.hub.disclosures.reviewing.actions import approve, mark_sample, send_back
from samsyn.hub.disclosures.reviewing.forms import ReviewForm
from samsyn.hub.disclosures.reviewing.precedents import similar
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.disclosures.shown import ask_law, decided_shown, items_shown, preview, weigh
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.signin.proof import require_fresh

SIGN, SAMPLE = "disclosure.countersign", "review.sample"
DONE = {
    "approve": say("Kontrasignerat. Handläggaren kan skicka.", "Countersigned. It can be sent."),
    "return": say("Lämnat tillbaka till handläggaren.", "Returned to the officer."),
    "pass": say("Noterat: utan anmärkning.", "Noted: no remark."),
    "remark": say("Anmärkningen är lämnad till handläggaren.", "The officer is told the remark."),
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by risk; with how long, for whom and why."""
    actor = acting(request, SIGN)
    tab = reads.tab_named(request.GET.get("flik", ""))
    receiver, page = request.GET.get("till", "")[:20], page_of(request)
    rows, more = reads.queue(actor, tab, receiver, page)
    look(
        actor, "disclosure.read", objects=[row.review.disclosure_id for row in rows], detail="queue"
    )
    context = {
        "tab": tab,
        "tabs": reads.tab_counts(actor),
        "rows": rows,
        "more": more,
        "page": page,
        "next_page": page + 1,
        "receiver": receiver,
        "agencies": others(actor),
        "figures": reads.figures(actor),
        "figure_days": reads.FIGURE_DAYS,
        "rate": review_rules().sample_on(actor.agency, actor.day),
        "a_page": reads.A_PAGE,
    }
    return render(request, "disclosures/reviewing/queue.html", context)


def page_of(request: HttpRequest) -> int:
    """Which page the address asks for."""
    written = request.GET.get("sida", "1")
    if not written.isdigit() or not 1 <= int(written) <= 10_000:
        raise BadRequest
    return int(written)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Exactly what would leave, or has left; the lawyer signs, returns, or says what was wrong."""
    actor = acting(request, SIGN)
    found = Review.seen_one(actor, pk=review_id)
    disclosure = enter_disclosure(request, found.disclosure_id)
    actor = acting(request, SIGN)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _done(request, actor, found, form):
        return redirect("disclosures:reviews")
    return _page(request, actor, found, disclosure, form)


def _done(request: HttpRequest, actor: Actor, found: Review, form: ReviewForm) -> bool:
    """Do what was pressed; False when something has to be put right."""
    do, words = request.POST.get("do", ""), form.cleaned_data["words"]
    if found.kind == "countersign":
        require_fresh(request, SIGN)
    try:
        if do == "approve":
            approve(actor=actor, review=found, words=words)
        elif do == "return":
            send_back(actor=actor, review=found, words=words)
        elif do in ("pass", "remark"):
            mark_sample(actor=actor, review=found, remark=do == "remark", words=words)
        else:
            raise BadRequest
    except Invalid as error:
        form.add_error("words", said(error.said))
        return False
    messages.success(request, DONE[do])
    return True


def _page(
    request: HttpRequest, actor: Actor, found: Review, disclosure: Disclosure, form: ReviewForm
) -> HttpResponse:
    items = items_of(actor, disclosure)
    law = _law(request, actor, disclosure, items)
    look(actor, "disclosure.read", objects=law.pop("seen"))
    rules = {rule.code: rule for rule in review_rules().rules}
    # Of a decision that was drawn, only a remark has to have words.
    form.fields["words"].required = found.kind == "countersign"
    context = {
        "review": found,
        "row": reads.row_of(actor, found),
        "rule": rules.get(found.rule),
        "form": form,
        "disclosure": disclosure,
        "case": disclosure.case,
        "question": disclosure.question,
        "bound": purposes_bound(disclosure.purpose_group),
        "changed": found.state == "waiting" and found.kind == "countersign"
        and disclosure.version != found.version,
        **law,
    }  # fmt: skip
    return render(request, "disclosures/reviewing/review.html", context)


def _law(
    request: HttpRequest, actor: Actor, disclosure: Disclosure, items: list[DisclosedFact]
) -> dict[str, Any]:
    """What leaves, what the law says of it, what is weighed, and what was weighed before.

    Of what is decided the law's answer is shown as it was on the day. ``seen`` is for the log.
    """
    if disclosure.state not in ("draft", "awaiting"):
        here = paged(request, items, "sida")
        return {
            "decided": decided_shown(with_reasons(actor, here.items), here.first),
            "place": here,
            "seen": [disclosure, *(item.fact_id for item in here.items)],
        }
    asked = ask_law(actor, disclosure, items)
    shown = items_shown(items, asked.answers, {})
    kinds = [item.fact.item_kind for item in items if not item.left_out]
    grounds = [ground for one in shown if one.leaves for ground in one.law.grounds]
    page = listed(request, shown)
    return {
        "shown": shown,
        "seen": seen_on(page, disclosure),
        **page,
        **preview(shown, asked.answers),
        "weigh": weigh(shown, asked.answers),
        "closed": any(is_closed(item.fact) for item in items if not item.left_out),
        "similar": similar(actor, disclosure, kinds, grounds),
    }
