"""Which addresses has the interface for programs, and the pages about it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from samsyn.hub.api import v1, views, views_import, views_webhooks


def _calls() -> Iterator[Any]:
    """The calls; whoever makes them shows a key and is not signed in as in a browser."""
    for pattern in v1.api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = csrf_exempt(login_not_required(pattern.callback))
            yield pattern


app_name = "api"
CALLS: list[URLPattern | URLResolver] = [
    path("openapi.json", login_not_required(v1.openapi_json), name="openapi"),
    *_calls(),
    re_path(r"^(?P<rest>.*)$", csrf_exempt(login_not_required(v1.nothing_here)), name="nothing"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((CALLS, "v1"))),
    path("arenden/<uuid:case_id>/importera/", views_import.import_file, name="import"),
    path(
        "arenden/<uuid:case_id>/importera/genomfor/",
        views_import.import_carried_out,
        name="import-carried-out",
    ),
    path("people/webhooks/", views_webhooks.webhooks, name="webhooks"),
    path("people/webhooks/<uuid:hook_id>/stop/", views_webhooks.webhook_stop, name="webhook-stop"),
    path("api/", views.calls, name="calls"),
    path("me/nycklar/", views.token_list, name="tokens"),
    path("me/nycklar/ny/<slug:role>/", views.token_new, name="token-new"),
    path("me/nycklar/<uuid:token_id>/ta-tillbaka/", views.token_revoke, name="token-revoke"),
]
