"""Ask another agency, or several at once: choose what is asked, read the law's answer, send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.once import done_before, remember
from samsyn.hub.disclosures.actions import Asked, draft_round, edit_question, send_question
from samsyn.hub.disclosures.actions.asking import ASKED_ABOUT, may_be_sent
from samsyn.hub.disclosures.entering import acting, enter_matter, get_or_post, mark_read, sent
from samsyn.hub.disclosures.forms_asking import AskForm, QuestionDraftForm, SendManyForm
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.question_sets import QuestionSet, sets_on
from samsyn.hub.disclosures.reads import facts_to_tell, objects_of, question_state
from samsyn.hub.disclosures.reads_answering import partly_answered
from samsyn.hub.disclosures.shown_asking import asking_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.working_days import add_working_days

USUAL_WAIT = 14
"""Calendar days until an answer is needed, unless the set or the asker says otherwise."""


@get_or_post
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a question to one agency or several; then read the law's answer, and send."""
    actor, case = enter_matter(request, case_id, "question.ask")
    if "omgang" in request.GET:
        return _written_together(request, actor, case)
    form = _ask_form(request, actor, case)
    if request.method == "POST" and form.is_valid():
        address = _drafted(actor, case, form)
        if address:
            return redirect(address)
    look(actor, "case.read", objects=[case, *form.entities, *form.facts])
    mark_read(form.facts.values())
    context = {"case": case, "form": form, "chosen": form.chosen, "sets": sets_on(actor.day)}
    return render(request, "disclosures/ask.html", context)


class _Asking(AskForm):
    """The form with what it was made from."""

    entities: list[Any]
    chosen: QuestionSet | None


def _ask_form(request: HttpRequest, actor: Actor, case: Case) -> _Asking:
    code = request.GET.get("mall", "")
    chosen = next((one for one in sets_on(actor.day) if one.code == code), None)
    due = actor.day + timedelta(days=USUAL_WAIT)
    entities = objects_of(actor, case)
    form = _Asking(
        sent(request),
        actor=actor,
        entities=entities,
        facts=facts_to_tell(actor, case),
        usual_activity=fact_kinds()[ASKED_ABOUT].holders.get(actor.agency, ""),
        chosen=chosen,
        initial={
            "purpose": chosen.purposes[0] if chosen else actor.purpose or case.purpose,
            "due_on": add_working_days(actor.day, chosen.days) if chosen else due,
            "holders": request.GET.getlist("till"),
            "entity": request.GET.get("om", ""),
        },
    )
    form.entities, form.chosen = entities, chosen
    return form


def _drafted(actor: Actor, case: Case, form: _Asking) -> str:
    """Where the drafts are read; empty when the form has to be put right."""
    token, asked = form.cleaned_data["token"], form.cleaned_data
    if first := done_before(actor, token):
        return first
    try:
        made = draft_round(
            actor=actor,
            case=case,
            holders=asked["holders"],
            asked=Asked(
                entity=next((one for one in form.entities if str(one.pk) == asked["entity"]), None),
                chosen=form.chosen,
                items=tuple(asked.get("items") or ()),
                repeats=form.named(),
                **{name: asked[name] for name in ("text", "activity", "purpose", "due_on")},
            ),
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return ""
    address = reverse("disclosures:question", args=[made[0].pk])
    if made[0].round is not None:
        address = f"{reverse('disclosures:ask', args=[case.pk])}?omgang={made[0].round}"
    remember(actor, token, "question.ask", address)
    return address


def _written_together(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Questions of one round, each with the law's answer; sent with one weighing."""
    rows = Question.seen(actor).filter(round=_round(request), case=case, side="asked")
    asked = list(rows.annotate(partly=partly_answered(actor)).order_by("holder"))
    shown = [(question, asking_shown(question), question_state(question)) for question in asked]
    to_send = [one for one in asked if one.state == "draft" and may_be_sent(one)]
    form = SendManyForm(sent(request))
    if request.method == "POST" and form.is_valid() and _all_sent(request, actor, form, to_send):
        return redirect(request.get_full_path())
    form.fields["weighing"].required = any(law.weighed for one, law, _ in shown if one in to_send)
    look(actor, "disclosure.read", objects=asked)
    context = {"case": case, "form": form, "shown": shown, "to_send": to_send, "today": actor.day}
    return render(request, "disclosures/ask_many.html", context)


def _round(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET["omgang"])
    except ValueError:
        raise BadRequest from None


def _all_sent(
    request: HttpRequest, actor: Actor, form: SendManyForm, questions: Sequence[Question]
) -> bool:
    try:
        with transaction.atomic():
            for question in questions:
                send_question(
                    actor=actor, question=question, weighing=form.cleaned_data["weighing"]
                )
    except Invalid as error:
        form.add_error("weighing", said(error.said))
        return False
    sent_to = ", ".join(question.holder for question in questions)
    messages.success(request, say(f"Sänt till {sent_to}.", f"Sent to {sent_to}."))
    return True


def draft_page(request: HttpRequest, found: Question) -> HttpResponse:
    """A question of one's own that has not been sent."""
    actor, law = acting(request), asking_shown(found)
    facts = facts_to_tell(actor, found.case) if found.case is not None else []
    form = _draft_form(request, found, facts)
    if (
        request.method == "POST"
        and form.is_valid()
        and _changed_or_sent(request, actor, found, form)
    ):
        return redirect("disclosures:question", found.pk)
    form.fields["weighing"].required = law.weighed
    look(actor, "disclosure.read", objects=[found, *form.facts])
    mark_read(form.facts.values())
    context = {"question": found, "case": found.case, "form": form, "law": law}
    return render(request, "disclosures/question_draft.html", context)


def _draft_form(request: HttpRequest, found: Question, facts: list[Any]) -> QuestionDraftForm:
    told = [one["fact"] for one in found.law.get("told", ())]
    initial = {
        "text": found.text,
        "due_on": found.due_on,
        "repeats": told,
        "tells": "facts" if told else "nothing",
    }
    return QuestionDraftForm(sent(request), initial=initial, facts=facts, kept_text=found.text)


def _changed_or_sent(
    request: HttpRequest, actor: Actor, found: Question, form: QuestionDraftForm
) -> bool:
    data, send = form.cleaned_data, request.POST.get("do") == "send"
    told = {one["fact"] for one in found.law.get("told", ())}
    named = {str(fact.pk) for fact in form.named()} if data["tells"] else told
    try:
        with transaction.atomic():
            if (data["text"].strip(), data["due_on"], named) != (found.text, found.due_on, told):
                edit_question(
                    actor=actor,
                    question=found,
                    text=data["text"],
                    due_on=data["due_on"],
                    repeats=form.named(),
                )
            if send:
                send_question(actor=actor, question=found, weighing=data["weighing"])
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return False
    told_now = (
        ("Frågan är sänd.", "The question is sent.") if send else ("Utkastet är sparat.", "Kept.")
    )
    messages.success(request, say(*told_now))
    return True
