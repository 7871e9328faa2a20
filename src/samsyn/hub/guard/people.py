"""Who is this person today: which roles, which keys, at which centres?

Asked anew at every request, with the day, so that a role that ended yesterday opens nothing today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, UUIDField
from django.db.models.expressions import RawSQL

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account, RoleAssignment
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.guard.policy import acts_of, keys_of


def actor_of(
    account: Account,
    organisation: Organisation,
    day: date,
    *,
    request: str = "",
    restricted: Iterable[UUID] | None = None,
) -> Actor:
    """The actor that an account is on a day, with the roles and keys it has then.

    An account that is closed, or whose agency is not in the cooperation on the day, gets an actor
    without any key: it sees nothing and may do nothing.

    Args:
        account: whose actor it is.
        organisation: roles and centres.
        day: the day that all of it is judged on.
        request: id of the web request.
        restricted: the restricted cases the person is on, where whoever asks has found them out in
            another way; looked up otherwise.
    """
    if not account.is_active or not organisation.is_member(account.agency, day):
        return Actor(
            account=account.pk, name=account.name, agency=account.agency, day=day, request=request
        )
    found = RoleAssignment.rows.filter(
        Q(to_day__isnull=True) | Q(to_day__gte=day), account=account, from_day__lte=day
    ).order_by("role")
    if restricted is None:
        # Asked in the same statement; who has no role holds no key, of restricted cases neither.
        found = found.annotate(on_cases=restricted_cases(account.pk, day))
    assignments = list(found)
    in_force = [
        assignment
        for assignment in assignments
        if assignment.role in organisation.roles
        and centre_holds(organisation, assignment.agency, assignment.centre, day)
    ]
    roles = tuple(dict.fromkeys(assignment.role for assignment in in_force))
    return Actor(
        account=account.pk,
        name=account.name,
        agency=account.agency,
        roles=roles,
        acts=acts_of(organisation, roles),
        keys=keys_of(
            organisation,
            account.agency,
            roles,
            day,
            _on_cases(assignments) if restricted is None else restricted,
        ),
        centres=tuple(sorted({item.centre for item in in_force if item.centre})),
        day=day,
        request=request,
    )


def centre_holds(organisation: Organisation, agency: str, centre: str, day: date) -> bool:
    """A role at a centre holds while the centre is open and the agency takes part in it.

    Args:
        organisation: centres and who belongs to them.
        agency, centre: of the role; without a centre it holds at the agency as a whole.
        day: of the question.
    """
    found = organisation.centres.get(centre)
    return not centre or (found is not None and agency in found.agencies_on(day))


def restricted_cases(account: UUID, day: date) -> RawSQL:
    """The restricted cases that a person is assigned to on a day, as part of a question."""
    # By name: the table belongs to the case room, which stands to the right of the guard.
    return RawSQL(
        "array(select case_id from cases_casemember where account = %s and from_day <= %s "
        # The rows of a restricted case carry its own key; other cases need none.
        "and (to_day is null or to_day >= %s) and visible_to like '%%/case/%%')",
        [account, day, day],
        output_field=ArrayField(UUIDField()),
    )


def _on_cases(assignments: Iterable[Any]) -> list[UUID]:
    return next((list(assignment.on_cases) for assignment in assignments), [])
