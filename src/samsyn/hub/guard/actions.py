"""What does an agency administrator do: accounts, roles, invitations, and what takes two?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.clashes import clash
from samsyn.hub.guard.models import Account, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.organisation import Role
from samsyn.hub.guard.reads import account_of_agency, not_over, overlaps
from samsyn.hub.guard.refusals import Invalid, Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin import identities, invitations
from samsyn.hub.guard.signin.reading import is_enrolled
from samsyn.hub.guard.signin.sessions import end_sessions
from samsyn.kernel.text import Text

ONESELF = Text(
    sv="Det kan du inte göra med ditt eget konto; en annan administratör gör det.",
    en="You cannot do that to your own account; another administrator does.",
)
CLOSED = Text(sv="Kontot är stängt.", en="The account is closed.")
ENROLLED = Text(
    sv="Personen har redan valt hur hon eller han loggar in.",
    en="The person has already chosen how to sign in.",
)
RECOVER = Text(
    sv="Har personen tappat sitt sätt att logga in, begär att inloggningen återställs; det tar två "
    "administratörer.",
    en="If the person has lost the way to sign in, ask for the sign-in to be restored; that takes "
    "two administrators.",
)


def approve_account(actor: Actor, *, name: str, email: str, title: str = "") -> tuple[Account, str]:
    """Make an account at one's own agency, and the token of the link that invites its owner.

    Raises:
        Invalid: if the address cannot be used.
    """
    account = Account(
        password="!",
        email=email.strip().lower(),
        name=name.strip(),
        title=title.strip(),
        agency=actor.agency,
        made_by=actor.account,
    )
    with act(actor, "account.approve", objects=[account]):
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            # Whether it is taken here or elsewhere is not told.
            raise Invalid(
                "email",
                Text(
                    sv="Adressen kan inte användas för ett nytt konto.",
                    en="The address cannot be used for a new account.",
                ),
            ) from None
        token = invitations.invite(account)
    return account, token


def invite_again(actor: Actor, *, account_id: UUID) -> tuple[Account, str]:
    """A new link for somebody who has not yet chosen how to sign in; the old one is void."""
    account = _other(actor, account_id)
    with act(actor, "account.approve", objects=[account], detail="invite"):
        if is_enrolled(account):
            raise Refused(ENROLLED, next_step=RECOVER)
        token = invitations.invite(account)
    return account, token


def bind_identity(actor: Actor, *, account_id: UUID, service_id: str, subject: str) -> Account:
    """Say beforehand which person of the agency's own sign-in service the account is.

    Raises:
        Invalid: if the service or the subject cannot be used.
        Refused: if the person already signs in with the account.
    """
    account = _other(actor, account_id)
    service = next((item for item in identities.services() if item.id == service_id), None)
    if service is None or not subject.strip():
        raise Invalid(
            "subject",
            Text(
                sv="Skriv personens identitet hos tjänsten (sub).",
                en="Write the person's identity at the service (sub).",
            ),
        )
    with act(actor, "account.approve", objects=[account], detail=f"bind {service_id}"):
        if is_enrolled(account):
            raise Refused(ENROLLED)
        try:
            with transaction.atomic():
                identities.bind(account, service.issuer, subject.strip())
        except IntegrityError:
            raise Invalid("subject", identities.TAKEN) from None
    return account


def close_account(actor: Actor, *, account_id: UUID) -> Account:
    """Close an account: its sessions end at once and its links open nothing."""
    account = _other(actor, account_id)
    with act(actor, "account.close", objects=[account]):
        account.is_active, account.ended_on = False, actor.day
        account.save(update_fields=["is_active", "ended_on"])
        end_sessions(account.pk)
    return account


def give_role(
    actor: Actor,
    *,
    account_id: UUID,
    role: str,
    centre: str,
    from_day: date,
    to_day: date | None,
    reason: str,
) -> RoleAssignment | TwoPersonRequest:
    """Give somebody a role, or ask for the second person where giving it takes two.

    Raises:
        Invalid: for a role, centre or day that cannot be used.
        Refused: for oneself, a closed account or roles that do not go together.
    """
    account = _other(actor, account_id)
    kind = _require_possible(actor, account, role, centre, from_day, to_day)
    if kind.grave_for_raise:
        about = {
            "account": str(account.pk),
            "role": role,
            "centre": centre,
            "from": from_day.isoformat(),
            "to": to_day.isoformat() if to_day else "",
        }
        return two_persons.ask(actor, code="role.raise", about=about, reason=reason)
    assignment = RoleAssignment(
        account=account,
        agency=actor.agency,
        role=role,
        centre=centre,
        from_day=from_day,
        to_day=to_day,
        given_by=actor.account,
    )
    with act(actor, "role.give", objects=[account, assignment], detail=role):
        assignment.save(force_insert=True)
    return assignment


def withdraw_role(actor: Actor, *, assignment_id: UUID) -> RoleAssignment:
    """Take back a role at once; it opens nothing from the next request on."""
    assignment = (
        RoleAssignment.seen(actor)
        .filter(not_over(actor.day), pk=assignment_id)
        .select_related("account")
        .first()
    )
    if assignment is None:
        raise Missing
    with act(
        actor,
        "role.withdraw",
        objects=[assignment.account, assignment],
        detail=assignment.role,
    ):
        yesterday = actor.day - timedelta(days=1)
        # One that has not begun never holds for a day.
        assignment.to_day = max(yesterday, assignment.from_day - timedelta(days=1))
        assignment.save(update_fields=["to_day"])
    return assignment


def ask_recovery(actor: Actor, *, account_id: UUID, reason: str) -> TwoPersonRequest:
    """Ask for somebody to choose anew how to sign in; another administrator decides."""
    account = _other(actor, account_id)
    about = {"account": str(account.pk)}
    return two_persons.ask(actor, code="account.recover", about=about, reason=reason)


def _other(actor: Actor, account_id: UUID) -> Account:
    account = account_of_agency(actor, account_id)
    if account.pk == actor.account:
        raise Refused(ONESELF)
    if not account.is_active:
        raise Refused(CLOSED)
    return account


def _require_possible(
    actor: Actor, account: Account, role: str, centre: str, from_day: date, to_day: date | None
) -> Role:
    """Whether a role can be given to somebody for these days; asked again by the second person."""
    organisation = current_organisation()
    kind = organisation.roles.get(role)
    if kind is None:
        raise Invalid("role", Text(sv="Rollen finns inte.", en="There is no such role."))
    if from_day < actor.day:
        raise Invalid(
            "from_day",
            Text(
                sv="En roll kan inte ges bakåt i tiden.", en="A role cannot be given back in time."
            ),
        )
    if to_day is not None and to_day < from_day:
        raise Invalid(
            "to_day", Text(sv="Sista dagen är före första.", en="The last day is before the first.")
        )
    if centre and (
        centre not in organisation.centres
        or actor.agency not in organisation.centres[centre].agencies_on(from_day)
    ):
        raise Invalid(
            "centre",
            Text(
                sv="Myndigheten deltar inte i centret den dagen.",
                en="The agency does not take part in the centre that day.",
            ),
        )
    had = RoleAssignment.seen(actor).filter(overlaps(from_day, to_day), account=account)
    if had.filter(role=role, centre=centre).exists():
        raise Invalid(
            "role",
            Text(
                sv="Personen har redan rollen under den tiden.",
                en="The person already has the role for that time.",
            ),
        )
    why_not = clash(organisation, had.values_list("role", flat=True), role)
    if why_not is not None:
        raise Refused(
            why_not,
            next_step=Text(
                sv="Ta först tillbaka den andra rollen, eller ge rollen till någon annan.",
                en="Withdraw the other role first, or give the role to somebody else.",
            ),
        )
    return kind


def _raise_role(actor: Actor, request: TwoPersonRequest) -> str:
    about = request.about
    account = _other(actor, UUID(about["account"]))
    # Asked on one day and agreed to on a later: it begins then.
    from_day = max(date.fromisoformat(about["from"]), actor.day)
    to_day = date.fromisoformat(about["to"]) if about["to"] else None
    _require_possible(actor, account, about["role"], about["centre"], from_day, to_day)
    RoleAssignment(
        account=account,
        agency=actor.agency,
        role=about["role"],
        centre=about["centre"],
        from_day=from_day,
        to_day=to_day,
        given_by=request.asked_by,
        second_by=actor.account,
        given_at=timezone.now(),
    ).save(force_insert=True)
    return ""


def _recover(actor: Actor, request: TwoPersonRequest) -> str:
    account = _other(actor, UUID(request.about["account"]))
    return invitations.invite(account, request=request.pk)


def _names(requests: Sequence[TwoPersonRequest]) -> list[str]:
    ids = [str(request.about["account"]) for request in requests]
    rows = Account.rows.filter(pk__in=ids).values_list("pk", "name")
    names = {str(pk): name for pk, name in rows}
    return [names.get(pk, pk) for pk in ids]


def _told_roles(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    roles = current_organisation().roles
    texts = []
    for request, name in zip(requests, _names(requests), strict=True):
        code = request.about["role"]
        words = roles[code].name if code in roles else Text(sv=code, en=code)
        texts.append(Text(sv=f"Ge {name} rollen {words.sv}", en=f"Give {name} the role {words.en}"))
    return texts


def _told_recoveries(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    return [
        Text(sv=f"Återställ inloggningen för {name}", en=f"Restore the sign-in of {name}")
        for name in _names(requests)
    ]


two_persons.register("role.raise", executor=_raise_role, words=_told_roles)
two_persons.register("account.recover", executor=_recover, words=_told_recoveries)
