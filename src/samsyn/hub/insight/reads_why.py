"""Why may, or may not, this person see this? The policy's own reasoning, without the content."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.policy import (
    Explanation,
    RowBounds,
    acts_of,
    explain_visibility,
    keys_of,
    require,
)
from samsyn.hub.guard.refusals import Invalid, Missing
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight.reads_log import READ, case_numbered, uuid_in
from samsyn.kernel.text import Text

NOT_THERE = Text(
    sv="Inget hos din myndighet har det numret. Skriv ett ärendes diarienummer eller ett id ur "
    "loggen; det som hör till en annan myndighet granskas där.",
    en="Nothing at your agency has that number. Write the register number of a case or an id from "
    "the log; what belongs to another agency is examined there.",
)


class WhyAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose sight of what is asked about.

    Attributes:
        person: account of the agency; None for an invented person with ``roles``.
        roles: codes, for an invented person.
        day: the day that all is judged on.
        thing: an id from the log, or the register number of a case.
        purpose: the person acts in the thing's case for this purpose; outside any case when empty.
    """

    person: UUID | None
    roles: tuple[str, ...]
    day: date
    thing: str
    purpose: str = ""


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, with what was asked about.

    Attributes:
        kind: what the thing is.
        id: its id.
        name: the person's name; empty for an invented one.
    """

    explanation: Explanation
    kind: str
    id: UUID
    name: str


def why(actor: Actor, asked: WhyAsked) -> Why:
    """What the policy says, in steps.

    Raises:
        Invalid: if the agency has no such thing.
        Missing: if it has no such person.
        Refused: if none of the asker's roles examines the log.
    """
    require(actor, READ)
    found = uuid_in(asked.thing) or case_numbered(asked.thing)
    row = _row(found) if found else None
    if row is None:
        raise Invalid("thing", NOT_THERE)
    kind, matter, bounds = row
    looker, name = _looker(actor, asked)
    if asked.purpose and matter is not None:
        looker = looker.within(
            case=UUID(int=0),
            matter=matter,
            purpose=asked.purpose,
            purpose_group=purpose_group(asked.purpose),
        )
    member = current_organisation().is_member(actor.agency, asked.day)
    explanation = explain_visibility(looker, bounds, member=member)
    assert found is not None
    return Why(explanation=explanation, kind=kind, id=found, name=name)


def _looker(actor: Actor, asked: WhyAsked) -> tuple[Actor, str]:
    organisation = current_organisation()
    if asked.person is None:
        return Actor(
            account=None,
            name="",
            agency=actor.agency,
            roles=asked.roles,
            acts=acts_of(organisation, asked.roles),
            keys=keys_of(organisation, actor.agency, asked.roles, asked.day),
            day=asked.day,
        ), ""
    account = Account.seen(actor).filter(pk=asked.person).first()
    if account is None:
        raise Missing
    on_cases = [row[0] for row in _asked(
        "select insight_memberships(%s, %s)", [account.pk, asked.day])]  # fmt: skip
    looker = actor_of(account, organisation, asked.day, restricted=on_cases)
    return looker, account.name


def _row(found: UUID) -> tuple[str, UUID | None, RowBounds] | None:
    rows = _asked(
        "select kind, matter, visible_to, bound, bound_matter, bound_purpose, valid_to "
        "from insight_rows(%s)",
        [[found]],
    )
    if not rows:
        return None
    kind, matter, visible_to, bound, bound_matter, bound_purpose, valid_to = rows[0]
    return kind, matter, RowBounds(
        visible_to=visible_to,
        bound=bound,
        bound_matter=bound_matter,
        bound_purpose=bound_purpose,
        valid_to=valid_to,
    )  # fmt: skip


def _asked(query: str, values: list[Any]) -> list[Any]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
