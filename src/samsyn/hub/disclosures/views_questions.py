"""Ask another agency, follow one's question, and take in, place or refuse what others ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from samsyn.hub.cases.actions import open_case
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.once import done_before, remember
from samsyn.hub.disclosures.actions import (
    draft_question,
    edit_question,
    place_question,
    refuse_question,
    send_question,
    withdraw_question,
)
from samsyn.hub.disclosures.entering import acting, enter_matter, enter_question, sent
from samsyn.hub.disclosures.forms import (
    AnswerForm,
    AskForm,
    PlaceForm,
    QuestionDraftForm,
    RefuseForm,
    SendManyForm,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.reads import (
    cases_for_question,
    drafts_of_question,
    facts_to_tell,
    objects_of,
    question_state,
    receipts_of_question,
)
from samsyn.hub.disclosures.refusing import WORDS, proposals, read_ground
from samsyn.hub.disclosures.shown import asking_shown, copy_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid

USUAL_WAIT = 14
"""Calendar days until an answer is needed, unless the asker says otherwise."""
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# --- ask ------------------------------------------------------------


@get_or_post
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a question to one agency or several; then read the law's answer, and send."""
    actor, case = enter_matter(request, case_id, "question.ask")
    if "utkast" in request.GET:
        return _written_together(request, actor, case)
    entities = objects_of(actor, case)
    initial = _ask_from(request, actor, case)
    form = AskForm(sent(request), actor=actor, entities=entities, initial=initial)
    if request.method == "POST" and form.is_valid():
        address = _drafted(actor, case, form)
        if address:
            return redirect(address)
    look(actor, "case.read", objects=[case, *entities])
    return render(request, "disclosures/ask.html", {"case": case, "form": form})


def _ask_from(request: HttpRequest, actor: Actor, case: Case) -> dict[str, Any]:
    return {
        "purpose": actor.purpose or case.purpose,
        "due_on": actor.day + timedelta(days=USUAL_WAIT),
        "holders": request.GET.getlist("till"),
        "entity": request.GET.get("om", ""),
    }


def _drafted(actor: Actor, case: Case, form: AskForm) -> str:
    """Where the drafts are read; empty when the form has to be put right."""
    token, asked = form.cleaned_data["token"], form.cleaned_data
    if first := done_before(actor, token):
        return first
    entity = next((one for one in objects_of(actor, case) if str(one.pk) == asked["entity"]), None)
    same = {name: asked[name] for name in ("text", "activity", "purpose", "due_on")}
    try:
        with transaction.atomic():
            made = [
                draft_question(actor=actor, case=case, holder=holder, entity=entity, **same)
                for holder in asked["holders"]
            ]
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return ""
    address = reverse("disclosures:question", args=[made[0].pk])
    if len(made) > 1:
        query = urlencode({"utkast": [str(question.pk) for question in made]}, doseq=True)
        address = f"{reverse('disclosures:ask', args=[case.pk])}?{query}"
    remember(actor, token, "question.ask", address)
    return address


def _written_together(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Questions that were written together, each with the law's answer; sent with one weighing."""
    rows = Question.seen(actor).filter(pk__in=_ids(request), case=case, side="asked")
    asked = list(rows.order_by("holder"))
    shown = [(question, asking_shown(question), question_state(question)) for question in asked]
    to_send = [one for one, law, _ in shown if one.state == "draft" and law.opens]
    form = SendManyForm(sent(request))
    if request.method == "POST" and form.is_valid() and _all_sent(request, actor, form, to_send):
        return redirect(f"{reverse('disclosures:list')}?flik=vara&arende={case.pk}")
    form.fields["weighing"].required = any(law.law.weighed for _, law, _ in shown)
    look(actor, "disclosure.read", objects=asked)
    context = {"case": case, "form": form, "shown": shown, "to_send": to_send}
    return render(request, "disclosures/ask_many.html", context)


def _ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in request.GET.getlist("utkast")[:50]]
    except ValueError:
        raise BadRequest from None


def _all_sent(
    request: HttpRequest, actor: Actor, form: SendManyForm, questions: list[Question]
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


# --- one question ------------------------------------------------------------


@get_or_post
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """A question: a draft of ours, one of ours that is out, or one that came in."""
    found = enter_question(request, question_id)
    actor = acting(request)
    if found.side == "asked" and found.state == "draft":
        return _draft(request, actor, found)
    facts = _to_answer_with(actor, found)
    look(actor, "disclosure.read", objects=[found, *facts])
    if found.side == "asked":
        return render(request, "disclosures/asked.html", _asked_context(actor, found))
    return render(request, "disclosures/received.html", _received_context(actor, found, facts))


def _draft(request: HttpRequest, actor: Actor, found: Question) -> HttpResponse:
    law = asking_shown(found)
    initial = {"text": found.text, "due_on": found.due_on}
    form = QuestionDraftForm(sent(request), initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _changed_or_sent(request, actor, found, form)
    ):
        return redirect("disclosures:question", found.pk)
    form.fields["weighing"].required = law.law.weighed
    look(actor, "disclosure.read", objects=[found])
    context = {"question": found, "case": found.case, "form": form, "law": law}
    return render(request, "disclosures/question_draft.html", context)


def _changed_or_sent(
    request: HttpRequest, actor: Actor, found: Question, form: QuestionDraftForm
) -> bool:
    data, send = form.cleaned_data, request.POST.get("do") == "send"
    try:
        with transaction.atomic():
            if (data["text"].strip(), data["due_on"]) != (found.text, found.due_on):
                edit_question(actor=actor, question=found, text=data["text"], due_on=data["due_on"])
            if send:
                send_question(actor=actor, question=found, weighing=data["weighing"])
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, said(error.said))
        return False
    told = (
        ("Frågan är sänd.", "The question is sent.") if send else ("Utkastet är sparat.", "Kept.")
    )
    messages.success(request, say(*told))
    return True


def _asked_context(actor: Actor, found: Question) -> dict[str, Any]:
    return {
        "question": found,
        "case": found.case,
        "state": question_state(found),
        "late": found.state == "sent" and found.due_on is not None and found.due_on < actor.day,
        "law": asking_shown(found),
        "receipts": receipts_of_question(actor, found),
        "registered": getattr(found, "registered", None),
    }


def _to_answer_with(actor: Actor, found: Question) -> list[Any]:
    answers = found.side == "received" and found.state == "sent" and found.case is not None
    return facts_to_tell(actor, found.case) if answers and found.case is not None else []


def _received_context(actor: Actor, found: Question, facts: list[Any]) -> dict[str, Any]:
    placing = found.case is None and found.state == "sent"
    same, newest = cases_for_question(actor, found) if placing else ([], [])
    return {
        "question": found,
        "case": found.case,
        "state": question_state(found),
        "late": found.state == "sent" and found.due_on is not None and found.due_on < actor.day,
        "place_form": PlaceForm(cases=[*same, *newest], initial=_place_from(found, same))
        if placing
        else None,
        "facts": [copy_shown(fact) for fact in facts],
        "answer_form": AnswerForm(actor=actor, facts=[fact.pk for fact in facts]),
        "drafts": [] if placing else drafts_of_question(actor, found),
        "registered": getattr(found, "registered", None),
        "may_answer": actor.permits("question.answer"),
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
            context = {**_received_context(actor, found, []), "place_form": form}
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
    initial = {"grounds": grounds[:1], "words": said(WORDS), "instead": ["0", "1"]}
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
