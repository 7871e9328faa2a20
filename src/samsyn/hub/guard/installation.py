"""How do the first two administrators of an agency come about, when there is nobody to give it?

From the third on the web is the way, where two persons agree.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, RoleAssignment
from samsyn.hub.guard.policy import access_key
from samsyn.hub.guard.reads import not_over
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin import invitations
from samsyn.kernel.text import Text

ADMINISTRATOR = "agency_administrator"
FIRST = 2
"""So many an agency needs, because what is grave takes two."""


def add_administrator(*, agency: str, name: str, email: str, day: date) -> str:
    """Make the account of one of an agency's first administrators; the token of its invitation.

    Raises:
        Invalid: for an agency that does not cooperate or an address that cannot be used.
        Refused: when the agency already has its two.
    """
    if not current_organisation().is_member(agency, day):
        raise Invalid(
            "agency",
            Text(
                sv=f"{agency} är ingen samverkande myndighet den dagen.",
                en=f"{agency} is no cooperating agency on that day.",
            ),
        )
    operator = Actor(
        account=None,
        name="",
        agency=agency,
        keys=(access_key(agency, "people"),),
        acts=("account.approve",),
        day=day,
    )
    with acting(operator), act(operator, "account.approve", detail="installation") as entry:
        _require_few(agency, day)
        account = Account(
            password="!", email=email.strip().lower(), name=name.strip(), agency=agency
        )
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            raise Invalid("email", Text(sv="Adressen kan inte användas för ett nytt konto.",
                                        en="The address cannot be used for a new account."),
                          ) from None  # fmt: skip
        role = RoleAssignment(account=account, agency=agency, role=ADMINISTRATOR, from_day=day)
        role.save(force_insert=True)
        entry.touches(account, role)
        return invitations.invite(account)


def _require_few(agency: str, day: date) -> None:
    administrators = RoleAssignment.rows.filter(
        not_over(day), agency=agency, role=ADMINISTRATOR, account__is_active=True
    )
    if administrators.values("account").distinct().count() >= FIRST:
        raise Refused(
            Text(sv=f"{agency} har redan sina två första administratörer.",
                 en=f"{agency} already has its first two administrators."),
            next_step=Text(sv="De ger fler rollen i hubben, där två är överens.",
                           en="They give more people the role in the hub, where two agree."),
        )  # fmt: skip
