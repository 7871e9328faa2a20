"""Which address leads to which page of the act of disclosure?"""

from __future__ import annotations

from django.urls import include, path

from samsyn.hub.disclosures import (
    views,
    views_act,
    views_answering,
    views_asking,
    views_prepare,
    views_questions,
    views_receipts,
)

app_name = "disclosures"
RECEIPT = "arenden/<uuid:case_id>/mottaget/<uuid:receipt_id>/"

urlpatterns = [
    path("utlamnanden/", views.overview, name="list"),
    path("arenden/<uuid:case_id>/fraga/", views_asking.ask, name="ask"),
    path("fragor/<uuid:question_id>/", views_questions.question, name="question"),
    path("fragor/<uuid:question_id>/placera/", views_questions.place, name="place"),
    path("fragor/<uuid:question_id>/svara/", views_answering.answer, name="answer"),
    path("fragor/<uuid:question_id>/avsla/", views_questions.refuse, name="refuse-question"),
    path("fragor/<uuid:question_id>/aterta/", views_questions.withdraw, name="withdraw-question"),
    path("arenden/<uuid:case_id>/lamna-ut/", views_prepare.prepare, name="prepare"),
    path("arenden/<uuid:case_id>/nominera/", views_prepare.nominate_object, name="nominate"),
    path("utlamnanden/<uuid:disclosure_id>/", views_act.disclosure, name="act"),
    path("utlamnanden/<uuid:disclosure_id>/lagens-fragor/", views_act.stated, name="stated"),
    path("utlamnanden/<uuid:disclosure_id>/avsla/", views_act.refuse, name="refuse"),
    path("utlamnanden/<uuid:disclosure_id>/kasta/", views_act.discard, name="discard"),
    path("utlamnanden/<uuid:disclosure_id>/aterkalla/", views_act.recall_it, name="recall"),
    path(RECEIPT, views_receipts.receipt, name="receipt"),
    path(f"{RECEIPT}rapportera/", views_receipts.report, name="report"),
    path(f"{RECEIPT}slut/", views_receipts.end, name="end-purpose"),
    path(f"{RECEIPT}las/", views_receipts.lock, name="lock"),
    path(f"{RECEIPT}las/bevis/", views_receipts.proof, name="lock-proof"),
    path("", include("samsyn.hub.disclosures.urls_why")),
    path("", include("samsyn.hub.disclosures.letters.urls")),
    path("", include("samsyn.hub.disclosures.reviewing.urls")),
]
