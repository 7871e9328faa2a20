"""Is whoever asks signed in, with proof, and not for too long?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from samsyn.hub.guard.language import said
from samsyn.hub.guard.middleware import WITHOUT_CONTEXT
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.signin.proof import is_over, proved_at
from samsyn.kernel.text import Text

OVER = Text(
    sv="Du har varit inloggad så länge som en inloggning får vara. Logga in igen.",
    en="You have been signed in for as long as one sign-in may last. Sign in again.",
)
UNPROVED = Text(
    sv="Ett lösenord räcker inte. Be myndighetsadministratören om en ny inbjudan, så att du kan "
    "lägga till en nyckel eller en kodapp.",
    en="A password is not enough. Ask the agency administrator for a new invitation, so that you "
    "can add a passkey or a code app.",
)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every page is for those who are signed in, but those that say they are not.

    A page says so by ``django.contrib.auth.decorators.login_not_required``.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Lead to the sign-in, also when only a part of a page was asked for."""
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
        return super().handle_no_permission(request, view_func)


class ProofMiddleware:
    """Ends a session that has proved too little or lasted too long, before anybody acts in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a session pass that nobody is signed in by, or that is proved."""
        if request.path.startswith(WITHOUT_CONTEXT) or not isinstance(request.user, Account):
            return self.get_response(request)
        why = None if proved_at(request) is not None else UNPROVED
        if why is None and is_over(request):
            why = OVER
        if why is None:
            return self.get_response(request)
        logout(request)
        messages.warning(request, said(why))
        return HttpResponseRedirect(reverse("account_login"))
