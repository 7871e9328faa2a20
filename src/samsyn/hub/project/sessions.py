"""When does a session end? So many minutes after it was last used, without a write at each look."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

USED = "used_at"
PARTS = 10
"""A session is written anew when a tenth of its life has passed, not at every request."""


class SlidingSessionMiddleware:
    """Keeps a session that is in use, and ends one that has not been used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refresh a session that is in use before it is read further."""
        response = self.get_response(request)
        session = request.session
        # An empty session is that of somebody who is not signed in; it needs no row.
        if session.accessed and not session.is_empty():
            now = int(time.time())
            if now - int(session.get(USED, 0)) >= settings.SESSION_COOKIE_AGE // PARTS:
                session[USED] = now
        return response
