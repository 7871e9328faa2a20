"""How does a request come to act in a case, and for which purpose?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.middleware import enter_as
from samsyn.hub.guard.refusals import Missing

_CHOSEN = "purpose_in"
"""Session key: case id → the purpose that the person has chosen to act for there."""


def enter_case(request: HttpRequest, case_id: UUID) -> Case:
    """Go on with a request in a case; received facts of its matter can then be read.

    Raises:
        Missing: if there is no such case for this person; hidden and missing look the same.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Missing
    return enter_seen(request, Case.seen_one(actor, pk=case_id))


def enter_seen(request: HttpRequest, case: Case) -> Case:
    """The same with a case that has been read already, as one that the person sees."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    purpose = chosen_purpose(request, case)
    # The identity bar says in which case one acts.
    request.matter_name = f"{case.number} {case.title}"  # type: ignore[attr-defined]
    enter_as(
        request,
        actor.within(
            case=case.pk,
            matter=case.matter,
            purpose=purpose,
            purpose_group=purpose_group(purpose),
        ),
    )
    return case


def chosen_purpose(request: HttpRequest, case: Case) -> str:
    """The purpose a person acts for in a case: chosen in this session, else the case's own."""
    return str(request.session.get(_CHOSEN, {}).get(str(case.pk), case.purpose))


def choose_purpose(request: HttpRequest, case: Case, purpose: str) -> None:
    """Act for another purpose in a case, for the rest of the session.

    Raises:
        Invalid: if the rulebook has no such purpose.
    """
    purpose_group(purpose)
    request.session[_CHOSEN] = {**request.session.get(_CHOSEN, {}), str(case.pk): purpose}


def in_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view within a case: gets the case instead of its id, and acts in it."""

    @wraps(view)
    def within(request: HttpRequest, case_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, enter_case(request, case_id), *args, **kwargs)

    return within
