"""Calls about the organisation: agencies, centres and roles on a day, oneself, the colleagues."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from samsyn.hub.api.entering import acting, any_case, key_of
from samsyn.hub.api.paging import page_of
from samsyn.hub.api.shapes import USUAL, Cursor, Day, Limit, Page, Said
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.models import Account, RoleAssignment
from samsyn.hub.guard.reads import READ, in_force
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook

router = Router(tags=["organisation"])


class AgencyOut(Schema):
    """An agency of the cooperation."""

    code: str
    name: Said


class CentreOut(Schema):
    """A joint centre that is open on the day."""

    code: str
    name: Said
    city: str
    agencies: list[str]


class RoleOut(Schema):
    """A role, and what it may do."""

    code: str
    name: Said
    acts: list[str]


class OrganisationOut(Schema):
    """Who cooperates, where, in which roles, on a day."""

    on: date
    agencies: list[AgencyOut]
    centres: list[CentreOut]
    roles: list[RoleOut]


@router.get("/organisation", response=OrganisationOut, summary="Agencies, centres, roles on a day")
def organisation(request: HttpRequest, on: Day | None = None) -> OrganisationOut:
    """What holds on a day for certain; today when none is named. It is no secret of anybody."""
    day = on or acting(request).day
    found = current_organisation()
    members = found.cooperation_members(day)
    return OrganisationOut(
        on=day,
        agencies=[
            AgencyOut(code=agency.code, name=Said.of(agency.name))
            for agency, _ in current_rulebook().content.agencies
            if agency.code in members
        ],
        centres=[
            CentreOut(
                code=centre.code,
                name=Said.of(centre.name),
                city=centre.city,
                agencies=sorted(centre.agencies_on(day)),
            )
            for centre in found.centres.values()
            if centre.is_open(day)
        ],
        roles=[
            RoleOut(code=role.code, name=Said.of(role.name), acts=list(role.acts))
            for role in found.roles.values()
        ],
    )


class MeOut(Schema):
    """As whom the key acts today."""

    name: str
    agency: str
    role: str
    acts: list[str]
    centres: list[str]
    purpose: str
    case: UUID | None
    last_day: date = Field(description="Last day of the key.")
    today: date


@router.get("/me", response=MeOut, summary="As whom do I act?")
def me(request: HttpRequest) -> MeOut:
    """What the key may do today: never more than its owner."""
    actor, key = acting(request), key_of(request)
    return MeOut(
        name=actor.name,
        agency=actor.agency,
        role=key.role,
        acts=list(actor.acts),
        centres=list(actor.centres),
        purpose=key.purpose,
        case=key.case,
        last_day=key.last_day,
        today=actor.day,
    )


class HeldOut(Schema):
    """A role that a colleague has on the day."""

    role: str
    centre: str
    from_day: date
    to_day: date | None


class PersonOut(Schema):
    """A colleague's account."""

    id: UUID
    name: str
    title: str
    active: bool
    roles: list[HeldOut]


@router.get("/people", response=Page[PersonOut], summary="Accounts and roles of the agency")
def people(
    request: HttpRequest, on: Day | None = None, cursor: Cursor = "", limit: Limit = USUAL
) -> Page[PersonOut]:
    """The accounts of one's own agency with the roles in force on a day. The look is logged."""
    actor = acting(request, READ)
    any_case(request)
    day = on or actor.day
    held = RoleAssignment.seen(actor).filter(in_force(day)).order_by("role")
    accounts = Account.seen(actor).prefetch_related(Prefetch("assignments", held, to_attr="held"))
    rows, follow = page_of(accounts, "made_at", cursor, limit)
    look(actor, READ, objects=rows, detail=f"list {day}")
    return Page(items=[_person(row) for row in rows], next=follow)


def _person(account: Account) -> PersonOut:
    held: list[RoleAssignment] = account.held  # type: ignore[attr-defined]
    return PersonOut(
        id=account.pk,
        name=account.name,
        title=account.title,
        active=account.is_active,
        roles=[
            HeldOut(role=one.role, centre=one.centre, from_day=one.from_day, to_day=one.to_day)
            for one in held
        ],
    )
