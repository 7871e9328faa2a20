"""As whom, in which case and for which purpose does a call act?"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from samsyn.hub.api import arriving
from samsyn.hub.api.problems import TooMany, UnknownParameters
from samsyn.hub.api.tokens import Arrived, actor_with
from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.middleware import enter_as
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

ANOTHER_PURPOSE = Text(
    sv="Nyckeln är gjord för ett annat ändamål.", en="The key was made for another purpose."
)
ONE_CASE = Text(sv="Nyckeln gäller ett enda ärende.", en="The key holds for one case only.")
ANOTHER_KEY = Text(
    sv="Gör en nyckel för det på sidan ”Nycklar för program”.",
    en="Make a key for it on the page “Keys for programs”.",
)


class Key(HttpBearer):
    """A key for programs: `Authorization: Bearer samsyn_…`. No cookie is looked at.

    Args:
        parameters_of: what the call may have in its query, as its description says.
    """

    def __init__(self, parameters_of: Callable[[HttpRequest], Collection[str]]) -> None:
        super().__init__()
        self._parameters_of = parameters_of

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Who acts with the key; nobody when it does not work.

        Raises:
            TooMany: if the key has called too often in this minute.
            Refused: if the account no longer has the key's role.
            UnknownParameters: if the query holds what the call does not have. Told to callers
                with a key alone, and before anything is done.
        """
        arrived = arriving.arrived_in(request)
        today = timezone.localdate()
        if arrived is None or arrived.last_day < today:
            return None
        if arrived.used > arriving.A_MINUTE:
            raise TooMany(60 - int(time.time()) % 60)
        identity = str(getattr(request, "request_id", ""))
        actor = actor_with(arrived, current_organisation(), today, request=identity)
        enter_as(request, actor)
        known = self._parameters_of(request)
        if unknown := sorted(set(request.GET) - set(known)):
            raise UnknownParameters(unknown, sorted(known))
        return actor


def acting(request: HttpRequest, act: str = "") -> Actor:
    """Who asks, if the key permits the act.

    Raises:
        Refused: naming the act.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if act:
        require(actor, act)
    return actor


def key_of(request: HttpRequest) -> Arrived:
    """The key of a call that has been let in.

    Raises:
        Missing: if there is none.
    """
    arrived = arriving.arrived_in(request)
    if arrived is None:
        raise Missing
    return arrived


def enter_case(request: HttpRequest, case_id: UUID, act: str) -> tuple[Actor, Case]:
    """Go on in a case for the key's purpose, if the key permits the act.

    Raises:
        Refused: naming the act.
        Missing: if there is no such case for this key; hidden and missing look the same.
    """
    actor = acting(request, act)
    if key_of(request).case not in (None, case_id):
        raise Missing
    return enter_seen(request, Case.seen_one(actor, pk=case_id))


def enter_seen(request: HttpRequest, case: Case) -> tuple[Actor, Case]:
    """The same with a case that has been read already, as one that the key sees.

    Raises:
        Missing: if the key is for another case.
    """
    arrived = key_of(request)
    if arrived.case not in (None, case.pk):
        raise Missing
    actor = acting(request).within(
        case=case.pk,
        matter=case.matter,
        purpose=arrived.purpose,
        purpose_group=purpose_group(arrived.purpose),
    )
    enter_as(request, actor)
    return actor, case


def same_purpose(request: HttpRequest, purpose: str) -> str:
    """A purpose that is sent, or the key's own; one of another group is refused.

    Raises:
        Refused: if the key was made for another.
        Invalid: if there is no such purpose.
    """
    own = key_of(request).purpose
    if purpose_group(purpose or own) != purpose_group(own):
        raise Refused(ANOTHER_PURPOSE, next_step=ANOTHER_KEY)
    return purpose or own


def any_case(request: HttpRequest) -> None:
    """What is done outside every case is not for a key that holds for one.

    Raises:
        Refused: if the key holds for one case.
    """
    if key_of(request).case is not None:
        raise Refused(ONE_CASE, next_step=ANOTHER_KEY)
