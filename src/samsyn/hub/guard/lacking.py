"""What that takes two persons cannot be done at an agency, since there is no second person?

Asked of who holds which role today: an act takes one who may ask for it and another who may agree,
both of whom see what it is about. Where only one may agree, it hangs on that one: it waits while
that person is away, and what the person asks for nobody agrees to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

import msgspec

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import RoleAssignment
from samsyn.hub.guard.organisation import Organisation, Role
from samsyn.hub.guard.people import centre_holds
from samsyn.hub.guard.reads import in_force
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

BESIDE = {"review.request": "disclosure.countersign"}
"""Act that is agreed to by another person's signature, though it is not itself a grave one."""
LEVELS = {
    "cases": Text(sv="ärendena", en="the cases"),
    "protection": Text(sv="skyddsspåret", en="the protection track"),
    "people": Text(sv="konton och roller", en="accounts and roles"),
}


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """Acts that lack a second person, among those who see one and the same.

    Attributes:
        level: what it is about, as in :data:`LEVELS`.
        acts: codes of what somebody may ask for.
        only: account of the one who may agree; None when nobody may.
        stops: whether none of it can be done at all; otherwise it hangs on one person.
        roles: codes of the roles of which one more has to be given.
    """

    level: str
    acts: tuple[str, ...]
    only: UUID | None
    stops: bool
    roles: tuple[str, ...]


class LackShown(msgspec.Struct, frozen=True, kw_only=True):
    """The same in words: what lacks, with the name of the one, and the roles that mend it."""

    where: Text
    acts: tuple[Text, ...]
    only: str
    stops: bool
    roles: tuple[Text, ...]


def lacking(organisation: Organisation, held: Iterable[tuple[UUID, str]]) -> list[Lack]:
    """What lacks a second person, where somebody may ask for it; what stops altogether first.

    Args:
        organisation: roles and acts.
        held: account and role, of everybody at one agency on a day.
    """
    roles: dict[str, set[UUID]] = {}
    for account, role in held:
        roles.setdefault(role, set()).add(account)
    found: dict[tuple[str, UUID | None, bool, tuple[str, ...]], list[str]] = {}
    for act, second in {**organisation.two_person_acts, **BESIDE}.items():
        for level in LEVELS:
            if level not in organisation.acts[act].needs:
                continue
            asking = _who(organisation, roles, level, act)
            agreeing = _who(organisation, roles, level, second)
            if not asking or len(agreeing) > 1:
                continue
            only = next(iter(agreeing), None)
            mending = tuple(role.code for role in _giving(organisation, level, second))
            if not mending:
                continue  # nobody's to mend by giving a role
            key = (level, only, not asking - agreeing or only is None, mending)
            found.setdefault(key, []).append(act)
    lacks = [
        Lack(level=level, acts=tuple(acts), only=only, stops=stops, roles=mending)
        for (level, only, stops, mending), acts in found.items()
    ]
    return sorted(lacks, key=lambda lack: not lack.stops)


def lacking_at(actor: Actor) -> list[LackShown]:
    """What lacks a second person at one's own agency today, in words."""
    organisation = current_organisation()
    held = RoleAssignment.seen(actor).filter(in_force(actor.day), account__is_active=True)
    rows = [
        row
        for row in held.select_related("account")
        if centre_holds(organisation, row.agency, row.centre, actor.day)
    ]
    names = {row.account_id: row.account.name for row in rows}
    found = lacking(organisation, ((row.account_id, row.role) for row in rows))
    return list(in_words(organisation, found, names))


def in_words(
    organisation: Organisation, lacks: Iterable[Lack], names: Mapping[UUID, str]
) -> Iterator[LackShown]:
    """What lacks, in words.

    Args:
        organisation: roles and acts.
        lacks: what lacks.
        names: account → name.
    """
    for lack in lacks:
        yield LackShown(
            where=LEVELS[lack.level],
            acts=tuple(organisation.acts[act].name for act in lack.acts),
            only=names.get(lack.only, "") if lack.only is not None else "",
            stops=lack.stops,
            roles=tuple(organisation.roles[role].name for role in lack.roles),
        )


def _giving(organisation: Organisation, level: str, act: str) -> list[Role]:
    """The roles that may do an act and see what it is about."""
    return [
        role for role in organisation.roles.values() if level in role.reads and role.permits(act)
    ]


def _who(
    organisation: Organisation, held: Mapping[str, set[UUID]], level: str, act: str
) -> set[UUID]:
    """Those who may do an act among those who see what it is about."""
    see = {role for role in organisation.roles.values() if level in role.reads}
    seeing = set[UUID]().union(*(held.get(role.code, ()) for role in see))
    doing = (
        held.get(role.code, set()) for role in organisation.roles.values() if role.permits(act)
    )
    return seeing & set[UUID]().union(*doing)
