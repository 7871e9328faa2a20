"""Which rows may a person see, and which acts may a person do?

This is the one policy. It works in access keys: each protected row carries one in ``visible_to``,
each person holds some on a day. The same rule stands a second time in the row policies of the
database (``policies.sql`` of each app); tests take either down and see the other hold.

An access key is one of::

    AV                 case work at the agency AV
    AV/protection      the protection track of AV, closed to the case work
    AV/log             the log of AV, without content
    AV/people          accounts and roles of AV
    AV/case/<uuid>     one restricted case of AV, for those assigned to it
    -                  nobody: recalled or locked
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Q

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

NOBODY = "-"
CASES = "cases"


def access_key(agency: str, level: str = CASES, case: UUID | None = None) -> str:
    """The key that a row of an agency carries.

    Args:
        agency: code of the agency whose row it is.
        level: ``cases``, ``protection``, ``log`` or ``people``.
        case: a restricted case, whose rows only those assigned to it see.
    """
    if case is not None:
        return f"{agency}/case/{case}"
    return agency if level == CASES else f"{agency}/{level}"


def keys_of(
    organisation: Organisation,
    agency: str,
    roles: Iterable[str],
    day: date,
    restricted_cases: Iterable[UUID] = (),
) -> tuple[str, ...]:
    """The access keys of a person on a day; none when the agency is not in the cooperation."""
    if not organisation.is_member(agency, day):
        return ()
    levels = {
        level
        for role in roles
        if role in organisation.roles
        for level in organisation.roles[role].reads
    }
    keys = {access_key(agency, level) for level in levels}
    if CASES in levels:
        keys.update(access_key(agency, case=case) for case in restricted_cases)
    return tuple(sorted(keys))


def acts_of(organisation: Organisation, roles: Iterable[str]) -> tuple[str, ...]:
    """The acts that some roles permit together."""
    known = [organisation.roles[role] for role in roles if role in organisation.roles]
    return tuple(sorted({act for role in known for act in role.acts}))


def visible(actor: Actor, *, bound: bool) -> Q:
    """The condition under which a row may be seen by a person.

    Args:
        actor: who looks, and in which matter and for which purpose.
        bound: whether the table holds received rows, which are bound to a matter, a purpose
            group and a last day.
    """
    condition = Q(visible_to__in=actor.keys)
    if not bound:
        return condition
    here = Q(bound_matter__isnull=True)
    if actor.matter is not None and actor.purpose_group is not None:
        here |= Q(bound_matter=actor.matter, bound_purpose=actor.purpose_group)
    in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=actor.day)
    return condition & here & in_time


class RowBounds(msgspec.Struct, frozen=True, kw_only=True):
    """What of a row decides who sees it; never what it says.

    Attributes:
        visible_to: its access key.
        bound: whether the table holds received rows.
        bound_matter, bound_purpose, valid_to: as in :class:`samsyn.hub.guard.protected.Received`.
    """

    visible_to: str
    bound: bool = False
    bound_matter: UUID | None = None
    bound_purpose: str = ""
    valid_to: date | None = None


class VisibilityStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the policy's reasoning.

    Attributes:
        code: ``member``, ``roles``, ``keys``, ``row_key``, ``matter``, ``purpose`` or ``valid``.
        holds: whether the step lets the reasoning go on.
        values: what it was judged by: codes, keys, ids and days.
    """

    code: str
    holds: bool
    values: tuple[str, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody sees a row, and each step that says so."""

    visible: bool
    steps: tuple[VisibilityStep, ...]


def explain_visibility(actor: Actor, row: RowBounds, *, member: bool) -> Explanation:
    """Why a person sees a row or not: the same rule as :func:`visible`, told in steps.

    Args:
        actor: who would look, with the roles and keys of the day, in a matter or in none.
        row: what of the row decides.
        member: whether the person's agency is in the cooperation on that day.
    """
    key = row.visible_to in actor.keys
    steps = [
        VisibilityStep(code="member", holds=member, values=(actor.agency, actor.day.isoformat())),
        VisibilityStep(code="roles", holds=bool(actor.roles), values=actor.roles),
        VisibilityStep(code="keys", holds=bool(actor.keys), values=actor.keys),
        VisibilityStep(code="row_key", holds=key, values=(row.visible_to,)),
    ]
    decisive = [key]
    if row.bound:
        bounds = _bound_steps(actor, row)
        steps += bounds
        decisive += [step.holds for step in bounds]
    return Explanation(visible=all(decisive), steps=tuple(steps))


def _bound_steps(actor: Actor, row: RowBounds) -> list[VisibilityStep]:
    steps = []
    if row.bound_matter is not None:
        here = actor.matter == row.bound_matter and actor.purpose_group is not None
        steps.append(
            VisibilityStep(
                code="matter",
                holds=here,
                values=(str(row.bound_matter), str(actor.matter or "")),
            )
        )
        steps.append(
            VisibilityStep(
                code="purpose",
                holds=actor.purpose_group == row.bound_purpose,
                values=(row.bound_purpose, actor.purpose_group or ""),
            )
        )
    if row.valid_to is not None:
        steps.append(
            VisibilityStep(
                code="valid",
                holds=row.valid_to >= actor.day,
                values=(row.valid_to.isoformat(), actor.day.isoformat()),
            )
        )
    return steps


def require(actor: Actor, act: str) -> None:
    """Check that one of the person's roles permits an act.

    Raises:
        Refused: naming the act and whom to turn to.
    """
    if actor.permits(act):
        return
    raise Refused(
        Text(
            sv=f"Ingen av dina roller ger rätt att göra detta ({act}).",
            en=f"None of your roles permits this ({act}).",
        ),
        next_step=Text(
            sv="Vänd dig till myndighetsadministratören hos din myndighet om du behöver rollen.",
            en="Turn to the agency administrator of your agency if you need the role.",
        ),
    )
