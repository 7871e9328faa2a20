"""Follow one's question, and take in, place or refuse what others ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from samsyn.hub.cases.actions import open_case
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.actions import (
    place_question,
    refuse_question,
    withdraw_question,
)
from samsyn.hub.disclosures.entering import acting, enter_question, get_or_post, mark_read, sent
from samsyn.hub.disclosures.forms import PlaceForm, RefuseForm
from samsyn.hub.disclosures.forms_answering import AnswerForm
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.reads import (
    cases_for_question,
    drafts_of_question,
    question_state,
    receipts_of_question,
)
from samsyn.hub.disclosures.reads_answering import (
    days_left,
    days_taken,
    items_progress,
    told_consequence,
)
from samsyn.hub.disclosures.refusing import proposals, read_ground, refusal_first
from samsyn.hub.disclosures.shown_asking import asking_shown
from samsyn.hub.disclosures.views_answering import answer_context, facts_for
from samsyn.hub.disclosures.views_asking import draft_page
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid


@get_or_post
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """A question: a draft of ours, one of ours that is out, or one that came in."""
    found = enter_question(request, question_id)
    actor = acting(request)
    if found.side == "asked" and found.state == "draft":
        return draft_page(request, found)
    if found.side == "asked":
        look(actor, "disclosure.read", objects=[found])
        return render(request, "disclosures/asked.html", _asked_context(actor, found))
    answer = _answer(actor, found)
    facts = answer["offered"].facts if answer else []
    look(actor, "disclosure.read", objects=[found, *facts])
    mark_read(facts)
    context = {**_received_context(actor, found), **answer}
    return render(request, "disclosures/received.html", context)


def _asked_context(actor: Actor, found: Question) -> dict[str, Any]:
    receipts = receipts_of_question(actor, found)
    return {
        **_both(actor, found),
        "law": asking_shown(found),
        "receipts": receipts,
        "told": told_consequence(actor, found),
        "progress": items_progress(found, receipts),
        "first": next((one for one in receipts if one.state in ("received", "locked")), None),
        "left": days_left(found.due_on, actor.day) if found.state == "sent" else None,
        "taken": days_taken(found.sent_at, found.ended_at),
    }


def _both(actor: Actor, found: Question) -> dict[str, Any]:
    return {
        "question": found,
        "case": found.case,
        "state": question_state(found),
        "late": found.state == "sent" and found.due_on is not None and found.due_on < actor.day,
        "registered": getattr(found, "registered", None),
    }


def _answer(actor: Actor, found: Question) -> dict[str, Any]:
    """The form of the answer, with the facts it offers; nothing while there is none to fill in."""
    answers = found.state == "sent" and found.case is not None
    if not answers or not actor.permits("question.answer"):
        return {}
    form = AnswerForm(actor=actor, question=found)
    return answer_context(found, form, facts_for(actor, found, form))


def _received_context(actor: Actor, found: Question) -> dict[str, Any]:
    placing = found.case is None and found.state == "sent"
    same, newest = cases_for_question(actor, found) if placing else ([], [])
    place_form = PlaceForm(cases=[*same, *newest], initial=_place_from(found, same))
    return {
        **_both(actor, found),
        "place_form": place_form if placing else None,
        "drafts": [] if placing else drafts_of_question(actor, found),
        "may_answer": actor.permits("question.answer"),
        "left": days_left(found.due_on, actor.day) if found.state == "sent" else None,
    }


def _place_from(found: Question, same: list[Case]) -> dict[str, str]:
    """The case about the same object; nobody is led to put a question in any other."""
    title = found.about.split(",")[0] or f"Fråga från {found.asker}"
    return {"where": str(same[0].pk) if same else "new", "title": title[:200]}


@require_POST
def place(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Place a question in a case of one's own, or in a new one."""
    found = enter_question(request, question_id)
    actor = acting(request, "question.answer")
    if found.case is None and found.state == "sent":
        same, newest = cases_for_question(actor, found)
        form = PlaceForm(request.POST, cases=[*same, *newest])
        if not form.is_valid() or not _placed(actor, found, form):
            context = {**_received_context(actor, found), "place_form": form}
            return render(request, "disclosures/received.html", context)
    return redirect("disclosures:question", found.pk)


def _placed(actor: Actor, found: Question, form: PlaceForm) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            if data["where"] == "new":
                case: Case | None = open_case(
                    actor=actor, title=data["title"], purpose=found.purpose
                )
            elif data["where"] == "number":
                case = Case.seen(actor).filter(number=data["number"].strip()).first()
            else:
                case = Case.seen(actor).filter(pk=data["where"]).first()
            if case is not None:
                place_question(actor=actor, question=found, case=case)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return False
    if case is None:
        unknown = say("Hittar inget sådant ärende hos er.", "No such case is found with you.")
        form.add_error("number", str(unknown))
    return case is not None


@get_or_post
def refuse(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Refuse a question: the provision, words for the asker, and what can be done instead."""
    found = enter_question(request, question_id)
    actor = acting(request, "question.answer")
    if found.side != "received" or found.state != "sent":
        return redirect("disclosures:question", found.pk)
    grounds, instead = proposals(actor, found)
    initial = refusal_first(grounds, actor.day)
    form = RefuseForm(sent(request), actor=actor, grounds=grounds, instead=instead, initial=initial)
    if request.method == "POST" and form.is_valid() and _refused(request, actor, found, form):
        return redirect("disclosures:question", found.pk)
    look(actor, "disclosure.read", objects=[found])
    return render(request, "disclosures/refuse_question.html", {"question": found, "form": form})


def _refused(request: HttpRequest, actor: Actor, found: Question, form: RefuseForm) -> bool:
    try:
        refuse_question(
            actor=actor, question=found, words=form.told(), grounds=chosen_grounds(form)
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return False
    sent = say("Avslaget är sänt till {}.", "The refusal has been sent to {}.")
    messages.success(request, str(sent).format(found.asker))
    return True


def chosen_grounds(form: RefuseForm) -> list[str]:
    """The provisions that an officer ticked or wrote.

    Raises:
        Invalid: if there is none, or what is written is none.
    """
    other = read_ground(form.cleaned_data["other_ground"])
    return [*form.cleaned_data.get("grounds", ()), *([other] if other else [])]


@require_POST
def withdraw(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Withdraw a question of one's own that has not been answered."""
    found = enter_question(request, question_id)
    actor = acting(request, "question.ask")
    if found.side == "asked" and found.state in ("draft", "sent"):
        withdraw_question(actor=actor, question=found)
        messages.success(request, say("Frågan är återtagen.", "The question is withdrawn."))
    return redirect("disclosures:question", found.pk)
