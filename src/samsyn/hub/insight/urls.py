"""Which address leads to which page of oversight, disposal and public documents?"""

from __future__ import annotations

from django.urls import path, register_converter

from samsyn.hub.guard.references import number_of, reference
from samsyn.hub.insight import views, views_disposal, views_release, views_review


class LogEntryConverter:
    """A log entry in an address, by what people call it."""

    regex = "[0-9A-Za-z-]{9,11}"

    def to_python(self, value: str) -> int:
        """Its number; NoReference, which is a ValueError, makes the address none of ours."""
        return number_of(value)

    def to_url(self, value: int) -> str:
        """What it is called."""
        return reference(value)


register_converter(LogEntryConverter, "log-entry")

app_name = "insight"

urlpatterns = [
    path("insyn/", views.overview, name="overview"),
    path("insyn/logg/", views.log, name="log"),
    path("insyn/logg/kontroll/", views.checks, name="checks"),
    path("insyn/logg/<log-entry:number>/", views.entry, name="entry"),
    path("insyn/logg/<log-entry:number>/bevis.json", views.proof, name="proof"),
    path("insyn/avvikelser/", views_review.anomaly_list, name="anomalies"),
    path("insyn/avvikelser/<slug:code>/", views_review.anomaly_rule, name="anomaly-rule"),
    path("insyn/avvikelser/<slug:code>/granska/", views_review.confirm_hit, name="confirm-hit"),
    path("insyn/behorigheter/", views_review.access, name="access"),
    path(
        "insyn/behorigheter/<slug:kind>/<uuid:subject>/",
        views_review.confirm_line,
        name="confirm-line",
    ),
    path("insyn/varfor/", views_review.why_seen, name="why"),
    path("insyn/gallring/", views_disposal.retention, name="retention"),
    path("insyn/gallring/arende/<uuid:case_id>/", views_disposal.propose_case, name="propose-case"),
    path(
        "insyn/gallring/arende/<uuid:case_id>/mottaget/<uuid:exchange>/",
        views_disposal.propose_delivery,
        name="propose-delivery",
    ),
    path("insyn/gallring/bevis/<uuid:pk>/", views_disposal.proof, name="disposal-proof"),
    path(
        "insyn/gallring/bevis/<uuid:pk>/bevis.json",
        views_disposal.proof_file,
        name="disposal-proof-file",
    ),
    path("insyn/allman-handling/", views_release.releases, name="releases"),
    path("insyn/allman-handling/ny/", views_release.new, name="release-new"),
    path("insyn/allman-handling/<uuid:pk>/", views_release.release, name="release"),
    path("insyn/allman-handling/<uuid:pk>/stycke/<uuid:item>/", views_release.piece, name="piece"),
    path("insyn/allman-handling/<uuid:pk>/besluta/", views_release.decide, name="release-decide"),
    path("insyn/allman-handling/<uuid:pk>/kopia.html", views_release.copy, name="release-copy"),
]
