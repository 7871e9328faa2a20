"""How does a program's call come in: without cookies, with its key counted, as nobody yet?"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samsyn.hub.api.tokens import Arrived, arrive

PATH = "/api/v1/"
OPEN = ("/api/v1/openapi.json",)
A_MINUTE = 300
"""Calls that one key may make in a minute."""
LONGEST_SECRET = 200


class ApiMiddleware:
    """Takes what a browser would send along away, and looks up the key. Stands before the guard.

    The use of a key is counted in a transaction of its own: it counts also when the call is
    refused, and the calls of one key do not wait for each other.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a call to the interface in with its key, and everything else as it came."""
        if not request.path.startswith(PATH):
            return self.get_response(request)
        # No cookie means no session, and so nothing that another site could make a browser do.
        request.META.pop("HTTP_COOKIE", None)
        request.arrived = None  # type: ignore[attr-defined]
        secret = sent_secret(request)
        if secret and request.path not in OPEN:
            # One statement, kept by itself.
            request.arrived = arrive(secret)  # type: ignore[attr-defined]
        return self.get_response(request)


def sent_secret(request: HttpRequest) -> str:
    """The secret in the header ``Authorization: Bearer …``; empty when there is none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    usable = secret.isascii() and secret.isprintable() and len(secret) <= LONGEST_SECRET
    return secret if scheme.lower() == "bearer" and usable else ""


def arrived_in(request: HttpRequest) -> Arrived | None:
    """The key that a call came with."""
    found: Arrived | None = getattr(request, "arrived", None)
    return found
