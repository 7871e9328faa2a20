"""Does the process live, can it answer people, and how is it doing?

Asked by machines. Answered before anything else looks at the request, so that an answer does not
depend on cookies, on the name in the address or on a database that may be down.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from samsyn.hub.project.metrics import metrics


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and the files have their folder: people may be sent here."""
    parts = {"database": _database_answers(), "files": settings.SAMSYN.files_dir.is_dir()}
    ready = all(parts.values())
    shown = {name: "ok" if good else "failed" for name, good in parts.items()}
    return JsonResponse(
        {"status": "ok" if ready else "failed", **shown}, status=200 if ready else 503
    )


def _database_answers() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("select 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False
    finally:
        connections["default"].close_if_unusable_or_obsolete()


ADDRESSES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}


class HealthMiddleware:
    """Answers the addresses that machines ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a machine, or let the request through."""
        view = ADDRESSES.get(request.path_info)
        if view is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return view(request)
