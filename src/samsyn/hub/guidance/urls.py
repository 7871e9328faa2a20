"""Which addresses has the guidance?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.guidance import views

app_name = "guidance"
urlpatterns = [
    path("metodstod/", views.overview, name="overview"),
    path("metodstod/situationer/<str:code>/", views.situation, name="situation"),
    path("metodstod/ova/", views.exercises, name="exercises"),
    path("metodstod/ova/borja-om/", views.from_start, name="from-start"),
    path("metodstod/ova/<str:code>/", views.exercise, name="exercise"),
    path("metodstod/ova/<str:code>/igen/", views.again, name="again"),
    path("metodstod/handbok/", views.whole, name="handbook"),
    path("metodstod/handbok.pdf", views.whole_pdf, name="handbook-pdf"),
]
