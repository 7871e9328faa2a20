"""The act of disclosure: what the law says, what leaves, who decides; and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    recall,
    refuse_disclosure,
    refuse_question,
    state_facts,
    withdraw_draft,
)
from samsyn.hub.disclosures.draft_form import DraftForm
from samsyn.hub.disclosures.entering import acting, enter_disclosure, mark_read, sent
from samsyn.hub.disclosures.forms import RecallForm, RefuseDraftForm, RefuseForm
from samsyn.hub.disclosures.large_drafts import groups_of, listed, on_page, seen_on, wanted_page
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.paging import paged
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.disclosures.reads import disclosure_state, items_of, with_reasons
from samsyn.hub.disclosures.reads_receipts import came_of_it
from samsyn.hub.disclosures.refusing import proposals_of_draft, refusal_first
from samsyn.hub.disclosures.reviewing.reads import reviews_of
from samsyn.hub.disclosures.reviewing.signatures import SignatureNeeded
from samsyn.hub.disclosures.reviewing.views_waiting import (
    ask_to_sign,
    signing_shown,
    waiting_page,
)
from samsyn.hub.disclosures.shown import (
    ask_law,
    decided_shown,
    items_shown,
    preview,
    weigh,
)
from samsyn.hub.disclosures.stated import StatedForm
from samsyn.hub.disclosures.views_questions import chosen_grounds
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Conflict, Invalid
from samsyn.kernel.text import Text

DECISIONS = ("decide", "sign")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = say(
    "Du har ändrat vad som lämnas ut sedan förhandsvisningen. Inget har lämnats ut. Läs "
    "förhandsvisningen nedan och besluta igen.",
    "You have changed what leaves since the preview. Nothing has left. Read the preview below and "
    "decide again.",
)


@get_or_post
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """The page of the act while it is a draft; the decision and its chain afterwards."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request)
    items = items_of(actor, found)
    if found.state == "awaiting":
        return waiting_page(request, actor, found, items)
    if found.state != "draft":
        return _decided_page(request, actor, found, items)
    if request.method != "POST":
        return _draft_page(request, actor, found, items, DraftForm.of(found, items))
    try:
        return _sent(request, actor, found, items)
    except Conflict as conflict:
        return _conflict(request, found, conflict)


def _sent(
    request: HttpRequest, actor: Actor, draft: Disclosure, items: list[DisclosedFact]
) -> HttpResponse:
    """Keep what was chosen; and decide, if exactly that was shown before.

    INVARIANT: what leaves has been shown, to the letter, to whoever decides.
    """
    here = on_page(request, items)
    ids = {item.pk for item in here}
    beside = [item for item in items if item.pk not in ids]
    form = DraftForm(request.POST, items=here, beside=beside, draft=draft)
    _choose_group(request, actor, draft, items, form)
    before = draft.version
    another = form.keep(actor, draft) if form.is_valid() else None
    if another is None:
        return _draft_page(request, actor, draft, items, form)
    there = reverse("disclosures:act", args=[draft.pk])
    if request.POST.get("do") not in DECISIONS or another:
        if another or "till" not in request.POST:
            _say_kept(request, another)
        at = wanted_page(request)
        return redirect(f"{there}?{at}#facts" if at else f"{there}#preview")
    # A weighing that was kept just now has raised the version by itself.
    shown = form.cleaned_data["version"] if draft.version == before else draft.version
    if not _decided(request, actor, draft, form, shown):
        return _draft_page(request, actor, draft, items_of(actor, draft), form)
    return redirect(there)


def _choose_group(
    request: HttpRequest,
    actor: Actor,
    draft: Disclosure,
    items: list[DisclosedFact],
    form: DraftForm,
) -> None:
    """Choose a whole group of a large draft, or none of it, where that was pressed."""
    code, _, what = request.POST.get("group", "").partition(":")
    if what not in ("all", "none"):
        return
    shown = items_shown(items, ask_law(actor, draft, items).answers, {})
    for group in groups_of(shown):
        if str(group.code) == code and group.opens:
            among = {one.item.pk for one in group.items if not one.closed}
            form.choose(among, leave=what == "all")


def _say_kept(request: HttpRequest, another: bool) -> None:
    if request.POST.get("do") in DECISIONS:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, say("Utkastet är sparat.", "The draft is kept."))


def _decided(
    request: HttpRequest, actor: Actor, draft: Disclosure, form: DraftForm, version: int
) -> bool:
    """Decide on the draft as it was kept and shown, or ask the secrecy lawyer first."""
    if request.POST.get("do") == "sign":
        return _asked_to_sign(request, actor, draft, form, version)
    kept = list(DisclosedFact.seen(actor).filter(disclosure=draft))
    leaving = [item for item in kept if not item.left_out]
    try:
        decide_and_deliver(
            actor=actor,
            draft=draft,
            version=version,
            weighing=draft.weighing,
            left_out={item.pk for item in kept if item.left_out},
            texts={item.pk: item.text for item in leaving},
            with_files={item.pk for item in leaving if item.with_files},
        )
    except SignatureNeeded as no:
        messages.warning(request, f"{said(no.said)} {said(no.next_step or no.said)}")
        return True
    except Invalid as error:
        form.put_right(error)
        return False
    done = say("Beslutat och utlämnat till {}.", "Decided, and disclosed to {}.")
    messages.success(request, str(done).format(draft.receiver))
    return True


def _asked_to_sign(
    request: HttpRequest, actor: Actor, draft: Disclosure, form: DraftForm, version: int
) -> bool:
    try:
        ask_to_sign(request, actor, draft, version)
    except Invalid as error:
        form.put_right(error)
        return False
    return True


def _draft_page(
    request: HttpRequest,
    actor: Actor,
    draft: Disclosure,
    items: list[DisclosedFact],
    form: DraftForm,
) -> HttpResponse:
    asked = ask_law(actor, draft, items)
    shown = items_shown(items, asked.answers, form.chosen())
    form.fields["weighing"].required = any(one.leaves and one.law.weighed for one in shown)
    page = listed(request, shown)
    look(actor, "disclosure.read", objects=(seen := seen_on(page, draft)))
    mark_read(item.fact for item in items if item.fact_id in seen)
    context = {
        "form": form,
        "shown": shown,
        **page,
        **preview(shown, asked.answers),
        "weigh": weigh(shown, asked.answers),
        "stated_form": StatedForm(codes=asked.codes, initial=_stated(draft)),
        "pressing": asked.pressing,
        **signing_shown(actor, draft, shown, asked.answers),
        **_both(actor, draft),
    }
    return render(request, "disclosures/act.html", context)


def _stated(draft: Disclosure) -> dict[str, Any]:
    words = {True: "true", False: "false"}
    return {
        f"fact-{code}": words.get(value, value) if isinstance(value, bool) else value
        for code, value in draft.facts_stated.items()
    }


def _both(actor: Actor, found: Disclosure) -> dict[str, Any]:
    return {
        "disclosure": found,
        "case": found.case,
        "question": found.question,
        "bound": purposes_bound(found.purpose_group),
        "may_decide": actor.permits("disclosure.decide"),
        "may_recall": actor.permits("disclosure.recall"),
    }


def _conflict(request: HttpRequest, draft: Disclosure, conflict: Conflict) -> HttpResponse:
    """Somebody else was first: nothing is kept, and what was written is given back to copy."""
    context = {
        "disclosure": draft,
        "refusal": conflict,
        "weighing": request.POST.get("weighing", ""),
    }
    return render(request, "disclosures/conflict.html", context, status=409)


def sent_version(request: HttpRequest) -> int:
    """The version of the draft that was shown; none, which is a conflict, when it is not said."""
    written = request.POST.get("version", "")
    return int(written) if written.isdigit() and len(written) < 9 else 0


@require_POST
def stated(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Answer what the law asks about; every fact is assessed anew."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request, "disclosure.prepare")
    form = StatedForm(request.POST, codes=ask_law(actor, found, items_of(actor, found)).codes)
    try:
        messages.info(request, _stated_now(request, actor, found, form))
    except Conflict as conflict:
        return _conflict(request, found, conflict)
    except Invalid as error:
        messages.error(request, said(error.said))
    return redirect("disclosures:act", found.pk)


def _stated_now(request: HttpRequest, actor: Actor, found: Disclosure, form: StatedForm) -> str:
    if not form.is_valid():
        faults = " ".join(f"{form[name].label} {errors[0]}" for name, errors in form.errors.items())
        raise Invalid("stated", Text(sv=faults, en=faults))
    version = sent_version(request)
    state_facts(actor=actor, draft=found, stated=form.stated(), version=version)
    return str(say("Lagen är frågad på nytt.", "The law has been asked anew."))


# --- the decision, when it is made ------------------------------------------------------------


def _decided_page(
    request: HttpRequest, actor: Actor, found: Disclosure, items: list[DisclosedFact]
) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, say("Det är redan avgjort.", "It has been decided already."))
        return redirect("disclosures:act", found.pk)
    here = paged(request, items, "sida")
    left = [item for item in items if not item.left_out]
    read = [item for item in left if item.read_at is not None]
    kept = paged(request, read, "lasta")  # what a recall could not take back
    objects = dict.fromkeys(item.fact_id for item in (*here.items, *kept.items))
    look(actor, "disclosure.read", objects=[found, *objects])
    context = {
        "shown": decided_shown(with_reasons(actor, here.items), here.first),
        "place": here,
        "kept": kept,
        "state": disclosure_state(found, actor.day, len(left), len(read)),
        "left": left,
        "read": read,
        "came_of_it": came_of_it(found.came_of_it),
        "exported": [item for item in left if item.exported_at is not None],
        "registered": getattr(found, "registered", None),
        "looks": reviews_of(actor, found),
        "may_tell": found.weighing_outcome != "" and actor.permits("precedent.write"),
        **_both(actor, found),
    }
    return render(request, "disclosures/decided.html", context)


@get_or_post
def recall_it(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Ask whether to recall, and say honestly what can and what cannot be taken back."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request, "disclosure.recall")
    if found.state != "delivered":
        return redirect("disclosures:act", found.pk)
    form = RecallForm(sent(request))
    if request.method == "POST" and form.is_valid():
        recall(actor=actor, disclosure=found, reason=form.cleaned_data["reason"])
        messages.success(request, say("Återkallat.", "Recalled."))
        return redirect("disclosures:act", found.pk)
    left = [item for item in items_of(actor, found) if not item.left_out]
    read = [item for item in left if item.read_at is not None]
    look(actor, "disclosure.read", objects=[found])
    context = {"disclosure": found, "form": form, "left": left, "read": read}
    return render(request, "disclosures/recall.html", context)


# --- no ------------------------------------------------------------


@get_or_post
def refuse(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Decide that nothing leaves; whoever asked is told the provision and what can be done."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request, "disclosure.decide")
    if found.state != "draft":
        return redirect("disclosures:act", found.pk)
    grounds, instead, items = proposals_of_draft(actor, found)
    reason = RefuseDraftForm(sent(request), initial={"reason": found.weighing})
    words = _words_form(request, actor, found, grounds, instead)
    valid = reason.is_valid() and (words is None or words.is_valid())
    answer = _refused(request, actor, found, reason, words) if valid else None
    if answer is not None:
        return answer
    look(actor, "disclosure.read", objects=[found, *(item.fact_id for item in items)])
    context = {"reason_form": reason, "words_form": words, "version": found.version}
    return render(request, "disclosures/refuse.html", {**context, **_both(actor, found)})


def _words_form(
    request: HttpRequest, actor: Actor, draft: Disclosure, grounds: list[str], instead: list[Any]
) -> RefuseForm | None:
    """The form for whoever asked; None when nobody waits for an answer."""
    if draft.question is None or draft.question.state != "sent":
        return None
    initial = refusal_first(grounds, actor.day)
    return RefuseForm(sent(request), actor=actor, grounds=grounds, instead=instead, initial=initial)


def _refused(
    request: HttpRequest,
    actor: Actor,
    draft: Disclosure,
    reason: RefuseDraftForm,
    words: RefuseForm | None,
) -> HttpResponse | None:
    """The answer to a refusal that was sent; None when something has to be put right."""
    try:
        with transaction.atomic():
            why = reason.cleaned_data["reason"]
            refuse_disclosure(actor=actor, draft=draft, version=sent_version(request), reason=why)
            if words is not None and draft.question is not None:
                refuse_question(
                    actor=actor,
                    question=draft.question,
                    words=words.told(),
                    grounds=chosen_grounds(words),
                )
    except Conflict as conflict:
        return _conflict(request, draft, conflict)
    except Invalid as error:
        form = words if words is not None and error.field in words.fields else reason
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return None
    messages.success(request, say("Avslaget är beslutat.", "The refusal is decided."))
    return redirect("disclosures:act", draft.pk)


@require_POST
def discard(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Put a draft away; it stays in the case as discarded."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request, "disclosure.prepare")
    if found.state == "draft":
        withdraw_draft(actor=actor, draft=found)
        messages.success(request, say("Utkastet är draget tillbaka.", "The draft is withdrawn."))
    return redirect("disclosures:act", found.pk)
