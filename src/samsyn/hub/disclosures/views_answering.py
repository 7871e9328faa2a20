"""Answer a question: choose facts item by item, write what is missing, say what is not given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samsyn.hub.cases.once import done_before, remember
from samsyn.hub.disclosures.actions import answer_question
from samsyn.hub.disclosures.entering import acting, enter_question, get_or_post, mark_read, sent
from samsyn.hub.disclosures.forms_answering import AnswerForm
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.passing_on import NotHere, in_one
from samsyn.hub.disclosures.reads import objects_of
from samsyn.hub.disclosures.reads_answering import Offered, facts_offered
from samsyn.hub.disclosures.shown import copy_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.refusals import Invalid


@get_or_post
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Choose and write what answers a question; the law is asked on the page that follows."""
    found = enter_question(request, question_id)
    actor = acting(request, "question.answer")
    if found.side != "received" or found.state != "sent" or found.case is None:
        return redirect("disclosures:question", found.pk)
    form = AnswerForm(sent(request), actor=actor, question=found)
    looking = request.POST.get("do", "").partition(":")[0] in ("search", "page")
    if request.method == "POST" and not looking and form.is_valid():
        address = _prepared(actor, found, form)
        if address:
            return redirect(address)
    offered = facts_for(actor, found, form)
    look(actor, "disclosure.read", objects=[found, *offered.facts])
    mark_read(offered.facts)
    return render(request, "disclosures/answer.html", answer_context(found, form, offered))


def facts_for(actor: Actor, found: Question, form: AnswerForm) -> Offered:
    """The facts that a question can be answered with; it stands in a case."""
    assert found.case is not None
    kinds = [kind for item in found.items for kind in item.get("kinds", ())]
    words = str(form.data.get("words", ""))[:200] if form.is_bound else ""
    return facts_offered(actor, found.case, kinds, words, form.ticked(), page_wanted(form))


def page_wanted(form: AnswerForm) -> int:
    """Which page of the facts was pressed for; the first when something else was."""
    _, _, page = str(form.data.get("do", "")).partition(":") if form.is_bound else ("", "", "")
    return int(page) if page.isdigit() and 0 < len(page) < 6 and int(page) else 1


def answer_context(found: Question, form: AnswerForm, offered: Offered) -> dict[str, Any]:
    """What the form of an answer shows."""
    sections, others = form.sections(offered.facts)
    return {
        "question": found,
        "case": found.case,
        "form": form,
        "sections": [(one, [copy_shown(fact) for fact in one.facts]) for one in sections],
        "others": [copy_shown(fact) for fact in others],
        "choices": form.choices() if found.items else [],
        "ticked": [str(pk) for pk in form.ticked()],
        "offered": offered,
        "searched": form.is_bound and bool(form.data.get("words", "").strip()),
    }


def _prepared(actor: Actor, found: Question, form: AnswerForm) -> str:
    """Where the answer is assessed; empty when the form has to be put right."""
    data = form.cleaned_data
    if first := done_before(actor, data["token"]):
        return first
    try:
        with transaction.atomic():
            written = form.written()
            objects = objects_of(actor, found.case) if written and found.case is not None else []
            made = answer_question(
                actor=actor,
                question=found,
                chosen=form.ticked(),
                written=written,
                refused=form.refused(),
                completes=data["completes"] == "whole",
                entity=objects[0] if len(objects) == 1 else None,
                told_title=data["told_title"],
                told_words=data["told_words"],
            )
    except Invalid as error:
        form.put_right(error)
        return ""
    except NotHere as no:
        form.add_error(None, in_one(no))
        return ""
    address = reverse("disclosures:act", args=[made.pk])
    remember(actor, data["token"], "disclosure.prepare", address)
    return address
