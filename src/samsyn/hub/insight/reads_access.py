"""Who has access that nobody may need any more? Looked through once a quarter, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import Q

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import RoleAssignment
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.reads import in_force
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight.anomaly_rules import anomaly_rules
from samsyn.hub.insight.models import Confirmation
from samsyn.hub.insight.reads_anomalies import Confirmed, confirmations
from samsyn.kernel.text import Text

CONFIRM = "access.confirm"
ACCESS = "access"
MOST = 200


class AccessLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something to decide on in the review.

    Attributes:
        kind: ``leaver``, ``unused``, ``ending``, ``left_member`` or ``centre_left``.
        id: of the role assignment, or of the membership in a case.
        role, centre: in words; None for a case.
        about: register number of a restricted case, or the day somebody left.
    """

    kind: str
    id: UUID
    account: UUID
    name: str
    role: Text | None
    centre: Text | None
    from_day: date
    to_day: date | None
    about: str = ""
    confirmed: Confirmation | None = None

    @property
    def subject(self) -> str:
        """Which line this is within its quarter."""
        return str(self.id)


KINDS = ("leaver", "left_member", "centre_left", "unused", "ending")
"""The gravest first."""


def quarter_of(day: date) -> str:
    """The quarter of a day, ``2026K4``."""
    return f"{day.year}K{(day.month - 1) // 3 + 1}"


def access_lines(actor: Actor, confirmed: Confirmed | None = None) -> dict[str, list[AccessLine]]:
    """What there is to look at today, by kind, with what somebody has said of it this quarter.

    Args:
        actor: who does the review.
        confirmed: what was said, where it has been read already.

    Raises:
        Refused: if none of the asker's roles does the review.
    """
    require(actor, CONFIRM)
    on = actor.day
    said = confirmed
    if said is None:
        said = confirmations(actor, ACCESS, period=quarter_of(on))
    lines: dict[str, list[AccessLine]] = {kind: [] for kind in KINDS}
    for line in (*_found(on), *_at_centres_left(actor, on)):
        known = said.get((line.kind, line.subject))
        lines[line.kind].append(msgspec.structs.replace(line, confirmed=known))
    return lines


def access_line(actor: Actor, kind: str, subject: str) -> AccessLine:
    """One line of the review today.

    Raises:
        Missing: if it is not there.
    """
    for line in access_lines(actor).get(kind, ()):
        if line.subject == subject:
            return line
    raise Missing


def _found(on: date) -> Iterator[AccessLine]:
    measures = anomaly_rules().review
    roles = current_organisation().roles
    acts = {code: _acts_of(role.acts) for code, role in roles.items()}
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select * from insight_access(%s, %s, %s, %s::jsonb)",
            [on, measures.quiet_days, measures.soon_days, json.dumps(acts)],
        )
        for row in cursor.fetchall():
            yield _line(*row)


def _acts_of(patterns: tuple[str, ...]) -> list[str]:
    known = current_organisation().acts
    prefixes = tuple(one[:-1] for one in patterns if one.endswith(".*"))
    return [code for code in known if code in patterns or (prefixes and code.startswith(prefixes))]


def _line(
    kind: str,
    line: UUID,
    account: UUID,
    name: str,
    role: str,
    centre: str,
    from_day: date,
    to_day: date | None,
    about: str,
) -> AccessLine:
    organisation = current_organisation()
    known = organisation.roles.get(role)
    place = organisation.centres.get(centre)
    return AccessLine(
        kind=kind,
        id=line,
        account=account,
        name=name,
        role=known.name if known else (Text(sv=role, en=role) if role else None),
        centre=place.name if place else (Text(sv=centre, en=centre) if centre else None),
        from_day=from_day,
        to_day=to_day,
        about=about,
    )


def _at_centres_left(actor: Actor, on: date) -> Iterator[AccessLine]:
    """Roles at a centre that is closed or that the agency has left; they open nothing any more."""
    centres = current_organisation().centres
    open_ones = [code for code, it in centres.items() if actor.agency in it.agencies_on(on)]
    held = (
        RoleAssignment.seen(actor)
        .filter(in_force(on), ~Q(centre=""), ~Q(centre__in=open_ones), account__is_active=True)
        .select_related("account")
        .order_by("account__name")[:MOST]
    )
    for item in held:
        yield _line(
            "centre_left",
            item.pk,
            item.account_id,
            item.account.name,
            item.role,
            item.centre,
            item.from_day,
            item.to_day,
            "",
        )
