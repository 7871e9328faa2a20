"""Which agencies have handed in their obstacle figures of last year, and which has not?

By the real acts: the lawyer of each agency hands in. An agency without one gets one the way it
would, by an account and a role that two administrators agree on.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actions import approve_account, give_role
from samsyn.hub.guard.actor import SIGN_IN, Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.obstacles.handing_in import hand_in_figures

LAWYER: Final = "secrecy_lawyer"
MISSING: Final = "JäMy"
"""The agency that has not handed in yet, so that the page shows what that looks like."""
_LAWYERS: Final = {
    "AF": "Signe Ålund", "FK": "Ragnar Viklund", "MV": "Hedvig Strömbäck", "EBM": "Elias Norrby",
    "ÅM": "Margit Sundelöf",
}  # fmt: skip
_WHY: Final = "Myndigheten behöver en jurist i det gemensamma arbetet."


def add_handed_in(today: date) -> int:
    """Let every agency but one hand in the figures of last year.

    Returns:
        How many did.
    """
    members = current_organisation().cooperation_members(today)
    handed = 0
    for agency in sorted(members - {MISSING}):
        lawyer = _lawyer_of(agency, today)
        if lawyer is None:
            continue
        with acting(lawyer):
            hand_in_figures(actor=lawyer, period=str(today.year - 1))
        handed += 1
    return handed


def _lawyer_of(agency: str, today: date) -> Actor | None:
    """The agency's lawyer, who is made when there is none; None where two do not give roles."""
    for actor in _holders(agency, LAWYER, today):
        return actor
    administrators = _holders(agency, "agency_administrator", today)
    if len(administrators) < 2 or agency not in _LAWYERS:
        return None
    first, second = administrators[:2]
    name = _LAWYERS[agency]
    # An address whose name holds no letter that an address may not have.
    address = "".join(letter for letter in name.lower().replace(" ", ".") if letter.isascii())
    with acting(first):
        account, _ = approve_account(
            first, name=name, email=f"{address}@jurist.example", title="Jurist"
        )
        asked = give_role(
            first,
            account_id=account.pk,
            role=LAWYER,
            centre="",
            from_day=today,
            to_day=None,
            reason=_WHY,
        )
    if isinstance(asked, TwoPersonRequest):
        with acting(second):
            two_persons.decide(second, request_id=asked.pk, approve=True, reason="")
    return _holders(agency, LAWYER, today)[0]


def _holders(agency: str, role: str, today: date) -> list[Actor]:
    """The people of an agency who have a role today, in the order of their names."""
    with acting(Actor(account=None, name="", agency="", keys=(SIGN_IN,), day=today)):
        held = RoleAssignment.rows.filter(
            agency=agency, role=role, from_day__lte=today, to_day__isnull=True
        )
        people = Account.rows.filter(pk__in=held.values("account"), is_active=True)
        return [
            actor_of(account, current_organisation(), today) for account in people.order_by("name")
        ]
