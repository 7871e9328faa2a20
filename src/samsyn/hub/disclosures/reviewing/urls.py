"""Which address leads to the queue, a review and the library of earlier weighings?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.disclosures.reviewing import views, views_precedents

urlpatterns = [
    path("utlamnanden/granskning/", views.queue, name="reviews"),
    path("utlamnanden/granskning/<uuid:review_id>/", views.review, name="review"),
    path("utlamnanden/avvagningar/", views_precedents.library, name="precedents"),
    path("utlamnanden/avvagningar/<uuid:precedent_id>/", views_precedents.precedent,
         name="precedent"),
    path("utlamnanden/avvagningar/<uuid:precedent_id>/ta-ur/", views_precedents.retire,
         name="retire-precedent"),
    path("utlamnanden/<uuid:disclosure_id>/avvagning/", views_precedents.write,
         name="write-precedent"),
]  # fmt: skip
