"""At which addresses does one take a letter or a decision home as a PDF?

INVARIANT: each comes by the same entrance as its page, so that what is hidden there is missing
here; and each leaves a row in the log before a byte of it leaves.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from samsyn.hub.disclosures.entering import (
    acting,
    enter_disclosure,
    enter_question,
    enter_receipt,
    mark_read,
)
from samsyn.hub.disclosures.letters.covering import cover_letter, recall_received
from samsyn.hub.disclosures.letters.deciding import decision_letter, recall_notice
from samsyn.hub.disclosures.letters.requesting import question_refusal, request_letter
from samsyn.hub.disclosures.letters.writing import as_pdf, chosen_language
from samsyn.hub.disclosures.reads import copied_files, copies_of, items_of, recalled_at
from samsyn.hub.guard.acts import look


@require_GET
def request_pdf(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The request as it was sent, for who asked and for who was asked."""
    found = enter_question(request, question_id)
    actor = acting(request)
    letter = request_letter(actor, found)
    look(actor, "disclosure.read", objects=[found], detail="pdf request")
    return as_pdf(letter, chosen_language(request))


@require_GET
def question_refusal_pdf(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The decision to refuse a question, for both."""
    found = enter_question(request, question_id)
    actor = acting(request)
    letter = question_refusal(actor, found)
    look(actor, "disclosure.read", objects=[found], detail="pdf refusal")
    return as_pdf(letter, chosen_language(request))


@require_GET
def decision_pdf(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """The giver's decision, to disclose or not."""
    found = enter_disclosure(request, disclosure_id)
    actor = acting(request)
    items = items_of(actor, found)
    letter = decision_letter(actor, found, items)
    touched = [found, *(item.fact_id for item in items)]
    look(actor, "disclosure.read", objects=touched, detail=f"pdf {letter.template}")
    return as_pdf(letter, chosen_language(request))


@require_GET
def recall_pdf(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """The notice that what was given has been recalled."""
    found = enter_disclosure(request, disclosure_id)
    letter = recall_notice(found)
    look(acting(request), "disclosure.read", objects=[found], detail="pdf recall")
    return as_pdf(letter, chosen_language(request))


@require_GET
def cover_pdf(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """The cover letter to what came in; the giver learns that it was taken out of the hub."""
    actor, case, came = enter_receipt(request, case_id, receipt_id)
    copies = copies_of(actor, came)
    files = [file.name for file in copied_files(actor, came)] if copies else []
    letter = cover_letter(came, case.number, copies, files)
    look(actor, "fact.read", objects=[came, *copies], detail="pdf cover")
    mark_read(copies, exported=True)
    return as_pdf(letter, chosen_language(request))


@require_GET
def received_recall_pdf(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> HttpResponse:
    """The notice of a recall, where what was recalled had come in."""
    actor, _, came = enter_receipt(request, case_id, receipt_id)
    letter = recall_received(came, recalled_at(actor, came))
    look(actor, "disclosure.read", objects=[came], detail="pdf recall")
    return as_pdf(letter, chosen_language(request))
