"""What needs a person today who works on no cases: who gives access, who examines, who leads?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.lacking import LackShown, lacking_at
from samsyn.hub.guard.models import Account, LogEntry, LogSeal, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.organisation import Centre
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.two_persons import VALID_DAYS, told_all
from samsyn.kernel.text import Text

SHOWN = 10
SOON_DAYS = 30
"""A role that ends within these days is looked at."""
WATCHED_DAYS = 7


class Request(NamedTuple):
    """A request that awaits its second person."""

    request: TwoPersonRequest
    said: Text
    own: bool


class Anomaly(NamedTuple):
    """How often something out of the ordinary is in the log of these days."""

    said: Text
    rows: int


class OfficeDay(NamedTuple):
    """The day of a person without cases; what the roles do not open is None.

    Attributes:
        requests: what awaits a second person.
        ending: roles that end soon, or belong to a closed account.
        without: how many accounts have no role in force.
        lacks: what takes two persons and lacks the second.
        anomalies: what the log of the last days has out of the ordinary.
        sealed: when the log was last sealed.
        centres: the centres that are open today, with the agencies that take part.
    """

    requests: list[Request] | None = None
    ending: list[RoleAssignment] | None = None
    without: int | None = None
    lacks: list[LackShown] | None = None
    anomalies: list[Anomaly] | None = None
    sealed: datetime | None = None
    centres: list[tuple[Centre, list[str]]] | None = None

    @property
    def decidable(self) -> Request | None:
        """The oldest request that this person may decide."""
        return next((item for item in self.requests or [] if not item.own), None)


def office_day(actor: Actor) -> OfficeDay:
    """What needs a person today, as far as the roles open it."""
    people, log = actor.permits("account.read"), actor.permits("oversight.read")
    return OfficeDay(
        requests=_requests(actor) if people else None,
        ending=list(_ending(actor)[:SHOWN]) if people else None,
        without=_without_role(actor) if people else None,
        lacks=lacking_at(actor) if people else None,
        anomalies=_anomalies(actor) if log else None,
        sealed=_sealed() if log else None,
        centres=None if people or log else _centres(actor),
    )


def _requests(actor: Actor) -> list[Request]:
    since = timezone.now() - timedelta(days=VALID_DAYS)
    rows = list(
        TwoPersonRequest.seen(actor)
        .filter(outcome="", asked_at__gte=since)
        .order_by("asked_at")[:SHOWN]
    )
    return [
        Request(row, said, row.asked_by == actor.account)
        for row, said in zip(rows, told_all(rows), strict=True)
    ]


def _ending(actor: Actor) -> QuerySet[RoleAssignment]:
    until = actor.day + timedelta(days=SOON_DAYS)
    soon = Q(to_day__gte=actor.day, to_day__lte=until)
    closed = Q(account__is_active=False) & (Q(to_day__isnull=True) | Q(to_day__gte=actor.day))
    rows = RoleAssignment.seen(actor).filter(soon | closed).select_related("account")
    return rows.order_by("to_day", "account__name")


def _without_role(actor: Actor) -> int:
    held = Q(assignments__from_day__lte=actor.day) & (
        Q(assignments__to_day__isnull=True) | Q(assignments__to_day__gte=actor.day)
    )
    accounts = Account.seen(actor).filter(is_active=True)
    return accounts.annotate(roles=Count("assignments", filter=held)).filter(roles=0).count()


def _anomalies(actor: Actor) -> list[Anomaly]:
    since = timezone.now() - timedelta(days=WATCHED_DAYS)
    rows = LogEntry.rows.filter(agency=actor.agency, at__gte=since).order_by()
    looks = Q(act__in=["case.read", "fact.read", "file.read"], matter__isnull=True)
    kinds = {
        "hidden": (Q(act="attempt.missing"), "Frågade efter något dolt eller borttaget",
                   "Asked for something hidden or gone"),
        "refused": (Q(act="attempt.refused"), "Nekades", "Was refused"),
        "failed": (Q(act="signin.fail"), "Misslyckad inloggning", "Failed to sign in"),
        "outside": (looks & ~Q(detail="my day"), "Läste utan ärende", "Read outside a case"),
    }  # fmt: skip
    found = rows.aggregate(
        **{name: Count("pk", filter=where) for name, (where, _, _) in kinds.items()}
    )
    return [Anomaly(Text(sv=sv, en=en), found[name]) for name, (_, sv, en) in kinds.items()]


def _sealed() -> datetime | None:
    return LogSeal.rows.order_by("-id").values_list("made_at", flat=True).first()


def _centres(actor: Actor) -> list[tuple[Centre, list[str]]]:
    """Public knowledge, for those whose role is to follow the centres."""
    if not actor.permits("figures.read"):
        return []
    taking_part = [
        (centre, sorted(centre.agencies_on(actor.day)))
        for centre in current_organisation().centres.values()
    ]
    return [(centre, agencies) for centre, agencies in taking_part if agencies]
