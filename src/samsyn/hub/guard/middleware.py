"""How does every request get its transaction, its actor and its answer to a no?"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry
from samsyn.hub.guard.context import acting, enter, nobody_yet
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation

WITHOUT_CONTEXT = ("/healthz", "/readyz", "/metrics", "/static/")
"""Asked by machines, or served without a database."""

Next = Callable[[HttpRequest], HttpResponse]


class GuardMiddleware:
    """One transaction a request, entered as nobody. Stands before the session is read.

    INVARIANT: what a request has begun is kept whole or not at all; after a no or an error
    nothing of it is kept but the log row of the attempt.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within a transaction."""
        if request.path.startswith(WITHOUT_CONTEXT):
            return self.get_response(request)
        with transaction.atomic():
            enter(nobody_yet(timezone.localdate()))
            response = self.get_response(request)
            error = getattr(request, "guard_no", None)
            if error is not None or response.status_code >= 500:
                transaction.set_rollback(True)
        if error is not None:
            _log_attempt(request, error)
        return response


class ActorMiddleware:
    """Makes the actor of a request and enters the transaction as that person. Stands last."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, as of today."""
        request.actor = None  # type: ignore[attr-defined]
        if not request.path.startswith(WITHOUT_CONTEXT):
            account = request.user
            if isinstance(account, Account):
                actor = actor_of(
                    account,
                    current_organisation(),
                    timezone.localdate(),
                    request=str(getattr(request, "request_id", "")),
                )
                enter_as(request, actor)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A no with its page."""
        if isinstance(error, Missing):
            request.guard_no = error  # type: ignore[attr-defined]
            return render(request, "404.html", status=404)
        if isinstance(error, Refused):
            request.guard_no = error  # type: ignore[attr-defined]
            return render(request, "403.html", {"refusal": error}, status=403)
        return None


def enter_as(request: HttpRequest, actor: Actor) -> None:
    """Go on with a request as an actor, in the code and in the database."""
    request.actor = actor  # type: ignore[attr-defined]
    enter(actor)


def _log_attempt(request: HttpRequest, error: Exception) -> None:
    """A no leaves its row: outside, hidden and missing look the same; here they do not."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return
    with acting(actor):
        kind = "attempt.missing" if isinstance(error, Missing) else "attempt.refused"
        match = request.resolver_match
        entry = Entry(actor, kind, actor.case, actor.matter)
        entry.ground = getattr(error, "ground", "")
        entry.detail = match.view_name if match else ""
        entry.touches(*(match.kwargs.values() if match else ()))
        entry.write()
