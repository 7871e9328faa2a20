"""Who does one play in the demo? Exists only there, where all data is invented.

INVARIANT: outside the demo these pages have no address, and each checks it once more.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from samsyn.hub.guard.context import enter, nobody_yet
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.signin import proof
from samsyn.kernel.text import Text


class DemoPerson(Protocol):
    """Somebody that one can play, as the training data has it."""

    @property
    def account(self) -> UUID:
        """Id of the account."""

    @property
    def name(self) -> str:
        """What the person is called."""

    @property
    def agency(self) -> str:
        """Code of the agency."""

    @property
    def role(self) -> str:
        """Code of the role."""

    @property
    def look_at(self) -> Text:
        """What is worth seeing as this person."""


def demo_people() -> tuple[DemoPerson, ...]:
    """Those whom the training data offers."""
    # By name: the training data stands to the right of the guard.
    people: tuple[DemoPerson, ...] = import_module("samsyn.hub.training.people").DEMO_PEOPLE
    return people


def require_demo() -> None:
    """Go no further outside the demo.

    Raises:
        Missing: as for any address that is not there.
    """
    if not settings.SAMSYN.demo:
        raise Missing


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose whom to play, and be that person."""
    require_demo()
    people = demo_people()
    if request.method != "POST":
        return render(request, "guard/demo_people.html", {"people": people})
    chosen = next((p for p in people if str(p.account) == request.POST.get("person")), None)
    if chosen is None:
        raise Missing
    become(request, chosen)
    return redirect("/")


def become(request: HttpRequest, person: DemoPerson) -> None:
    """End the session of whom one played, and begin one as another."""
    require_demo()
    if request.user.is_authenticated:
        get_adapter().logout(request)
    enter(nobody_yet(timezone.localdate()))
    account = Account.rows.filter(pk=person.account, is_active=True).first()
    if account is None:
        raise Missing
    record_authentication(request, account, proof.DEMO)
    get_adapter().login(request, account)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """What stands in the demo for proving anew who one is: its people have no passkeys."""
    require_demo()
    if request.method != "POST":
        return render(request, "guard/demo_again.html", {"next": request.GET.get("next", "/")})
    proof.proved_again(request, proof.DEMO)
    return resume_request(request) or redirect("/")
