"""Which address leads to which letter?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.disclosures.letters import views

urlpatterns = [
    path("fragor/<uuid:question_id>/begaran.pdf", views.request_pdf, name="request-pdf"),
    path(
        "fragor/<uuid:question_id>/avslag.pdf",
        views.question_refusal_pdf,
        name="question-refusal-pdf",
    ),
    path("utlamnanden/<uuid:disclosure_id>/beslut.pdf", views.decision_pdf, name="decision-pdf"),
    path("utlamnanden/<uuid:disclosure_id>/aterkallelse.pdf", views.recall_pdf, name="recall-pdf"),
    path(
        "arenden/<uuid:case_id>/mottaget/<uuid:receipt_id>/missiv.pdf",
        views.cover_pdf,
        name="cover-pdf",
    ),
    path(
        "arenden/<uuid:case_id>/mottaget/<uuid:receipt_id>/aterkallelse.pdf",
        views.received_recall_pdf,
        name="received-recall-pdf",
    ),
]
