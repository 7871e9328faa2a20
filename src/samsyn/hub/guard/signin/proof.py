"""Has this session proved who signed in, and how lately?

INVARIANT: a password alone proves nothing. A session counts as signed in only with a passkey, a
password and a code, or an agency's own sign-in service, which answers for its second factor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samsyn.hub.guard.models import Account, Session
from samsyn.hub.guard.rulebooks import current_organisation

BEGUN = "begun_at"
LONGEST_HOURS = 10
"""A session ends after a working day even when it is used all the time."""
FRESH_SECONDS = 5 * 60
"""How long ago somebody may have proved who they are before a grave act."""
FACTOR, IDENTITY, DEMO = "mfa", "socialaccount", "demo"

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def begin(request: HttpRequest) -> None:
    """A session begins: from here its longest time runs."""
    request.session[BEGUN] = int(time.time())


def is_over(request: HttpRequest) -> bool:
    """Whether a session has lasted as long as any may."""
    begun = request.session.get(BEGUN)
    return begun is None or time.time() - int(begun) > LONGEST_HOURS * 3600


def proved_at(request: HttpRequest) -> float | None:
    """When the person of this session last proved who they are; None if never."""
    if not isinstance(request.user, Account):
        return None
    times = [
        float(record["at"])
        for record in get_authentication_records(request, request.user)
        if _proves(record)
    ]
    return max(times, default=None)


def _proves(record: dict[str, Any]) -> bool:
    method = record.get("method")
    return method in {FACTOR, IDENTITY} or (method == DEMO and settings.SAMSYN.demo)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are just now."""
    at = proved_at(request)
    return at is not None and time.time() - at < FRESH_SECONDS


def require_fresh(request: HttpRequest, act: str) -> None:
    """Before a grave act the person proves who they are anew; what was sent is kept meanwhile.

    Raises:
        ReauthenticationRequired: it leads to that page and back, with the form as it was sent.
    """
    if act in current_organisation().grave_acts:
        require_just_proved(request)


def require_just_proved(request: HttpRequest) -> None:
    """The same before somebody changes how they sign in.

    Raises:
        ReauthenticationRequired: as above.
    """
    if not is_fresh(request):
        raise ReauthenticationRequired


def fresh_sign_in(act: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """Decorates a view that does a grave act when it is sent a form."""

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def checked(
            request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponse:
            if request.method == "POST":
                require_fresh(request, act)
            return view(request, *args, **kwargs)

        return cast("View[Arguments]", checked)

    return decorate


def proved_again(request: HttpRequest, method: str) -> None:
    """Note that the person has just proved anew who they are."""
    account = request.user
    if isinstance(account, Account):
        record_authentication(request, account, method, reauthenticated=True)


def end_others(request: HttpRequest) -> int:
    """End every session of the person but this one."""
    account = request.user
    if not isinstance(account, Account):
        return 0
    others = Session.objects.filter(account=account.pk).exclude(pk=request.session.session_key)
    return others.delete()[0]
