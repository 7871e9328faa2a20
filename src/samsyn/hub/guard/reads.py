"""Which accounts and roles are there at the agency, and what has been done?

Every answer is limited to the asker's own agency, and to those who may ask it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Prefetch, Q

from samsyn.hub.guard.act_names import act_name
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account, LogEntry, RoleAssignment
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

READ = "account.read"
ENTRIES = 20


class Held(NamedTuple):
    """A role that somebody has, had or will have.

    Attributes:
        name: the role in words.
        centre: the centre in words, None at the agency itself.
        now: whether it is in force on the day that was asked about.
        over: whether its last day has passed.
    """

    assignment: RoleAssignment
    name: Text
    centre: Text | None
    now: bool
    over: bool


class Person(NamedTuple):
    """An account with the roles in force on a day."""

    account: Account
    roles: tuple[Held, ...]


class Line(NamedTuple):
    """A row of the log, without content."""

    entry: LogEntry
    what: Text


def account_of_agency(actor: Actor, account_id: UUID) -> Account:
    """An account of the asker's agency.

    Raises:
        Missing: if it is not there or belongs to another agency; both look the same.
        Refused: if the asker's roles do not let them see accounts.
    """
    require(actor, READ)
    account = Account.seen(actor).filter(pk=account_id).first()
    if account is None:
        raise Missing
    return account


def people_on(actor: Actor, day: date, *, find: str = "", closed: bool = False) -> list[Person]:
    """The accounts of the agency with the roles in force on a day, by name."""
    require(actor, READ)
    held = RoleAssignment.seen(actor).filter(in_force(day)).order_by("role")
    accounts = Account.seen(actor).filter(is_active=not closed)
    if find:
        accounts = accounts.filter(Q(name__icontains=find) | Q(email__icontains=find))
    accounts = accounts.prefetch_related(Prefetch("assignments", held, to_attr="held"))
    return [
        Person(account, tuple(_held(item, day) for item in account.held))
        for account in accounts.order_by("name", "pk")
    ]


def roles_of(actor: Actor, account: Account, day: date) -> list[Held]:
    """Every role somebody has, had or will have: those in force first, then the latest."""
    held = RoleAssignment.seen(actor).filter(account=account).order_by("-from_day", "role")
    return sorted((_held(item, day) for item in held), key=lambda item: not item.now)


def log_of(actor: Actor, account: Account) -> list[Line]:
    """The latest rows of an account in the log: for itself, and for who examines the log."""
    entries = LogEntry.rows.filter(account=account.pk, agency=actor.agency).order_by("-id")
    if account.pk != actor.account:
        require(actor, "oversight.read")
    return [Line(entry, act_name(entry.act)) for entry in entries[:ENTRIES]]


def may_read_log(actor: Actor, account: Account) -> bool:
    """Whether the log of an account is shown to somebody."""
    return account.pk == actor.account or actor.permits("oversight.read")


def in_force(day: date) -> Q:
    """The condition of a role that holds on a day."""
    return Q(from_day__lte=day) & not_over(day)


def not_over(day: date) -> Q:
    """The condition of a role that holds on a day or later."""
    return Q(to_day__isnull=True) | Q(to_day__gte=day)


def overlaps(from_day: date, to_day: date | None) -> Q:
    """The condition of a role that holds on one of these days."""
    begins = Q() if to_day is None else Q(from_day__lte=to_day)
    # One that was withdrawn before it began holds on no day.
    never = Q(to_day__isnull=False, to_day__lt=F("from_day"))
    return begins & not_over(from_day) & ~never


def _held(assignment: RoleAssignment, day: date) -> Held:
    organisation = current_organisation()
    role = organisation.roles.get(assignment.role)
    centre = organisation.centres.get(assignment.centre)
    over = assignment.to_day is not None and assignment.to_day < day
    return Held(
        assignment,
        role.name if role else Text(sv=assignment.role, en=assignment.role),
        centre.name if centre else None,
        assignment.from_day <= day and not over,
        over,
    )
