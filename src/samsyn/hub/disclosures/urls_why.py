"""Which addresses have the pages that explain? A part of the addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from samsyn.hub.disclosures import views_why

FACT = "arenden/<uuid:case_id>/uppgifter/<uuid:fact_id>/"

urlpatterns: list[URLPattern] = [
    path("arenden/<uuid:case_id>/utbyte/", views_why.of_case, name="of-case"),
    path(f"{FACT}kedja/", views_why.fact_why, name="fact-why"),
    path(f"{FACT}varfor-inte/", views_why.fact_why_not, name="fact-why-not"),
]
