"""Which keys has a person for programs, and as whom does a program act with one?

INVARIANT: a program is never more than the person is on that day: the actor of a key is cut out of
the actor that the account has then, by its role, its acts and its purpose.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from samsyn.hub.api.models import Token
from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.policy import keys_of
from samsyn.hub.guard.refusals import Invalid, Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

PREFIX = "samsyn_"
BYTES = 32
SHOWN = len(PREFIX) + 4
LONGEST_DAYS = 90
MADE, REVOKED = "token.make", "token.revoke"

ROLE_OVER = Text(
    sv="Nyckelns roll gäller inte i dag, så nyckeln får ingenting.",
    en="The key's role does not hold today, so the key may do nothing.",
)
NEW_KEY = Text(
    sv="Gör en ny nyckel på sidan ”Nycklar för program”.",
    en="Make a new key on the page “Keys for programs”.",
)


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A key as it was sent, with its owner.

    Attributes:
        used: how many calls it has made in this minute, this one counted.
    """

    token: UUID
    role: str
    acts: tuple[str, ...]
    purpose: str
    case: UUID | None
    last_day: date
    account: UUID
    name: str
    agency: str
    used: int


def digest_of(secret: str) -> str:
    """What is kept of a secret of 256 bits, which no list of words leads back to."""
    return hashlib.sha256(secret.encode()).hexdigest()


def arrive(secret: str) -> Arrived | None:
    """The key that was sent, counted as used; None when there is none or its owner has left."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select * from api_arrive(%s)", [digest_of(secret)])
        row = cursor.fetchone()
    if row is None:
        return None
    token, role, acts, purpose, case, last_day, account, name, agency, used = row
    return Arrived(
        token=token,
        role=role,
        acts=tuple(acts),
        purpose=purpose,
        case=case,
        last_day=last_day,
        account=account,
        name=name,
        agency=agency,
        used=used,
    )


def actor_with(
    arrived: Arrived, organisation: Organisation, day: date, *, request: str = ""
) -> Actor:
    """As whom a program acts on a day.

    Raises:
        Refused: if the account no longer has the key's role.
    """
    account = Account(pk=arrived.account, name=arrived.name, agency=arrived.agency)
    whole = actor_of(account, organisation, day, request=request)
    if arrived.role not in whole.roles:
        raise Refused(ROLE_OVER, next_step=NEW_KEY)
    allowed = acts_for_programs(organisation, arrived.role)
    restricted = [UUID(key.rpartition("/")[2]) for key in whole.keys if "/case/" in key]
    keys = keys_of(organisation, account.agency, (arrived.role,), day, restricted)
    return msgspec.structs.replace(
        whole,
        roles=(arrived.role,),
        acts=tuple(act for act in arrived.acts if act in allowed),
        keys=tuple(key for key in keys if key in whole.keys),
        token=arrived.token,
        only_case=arrived.case,
    )


def acts_for_programs(organisation: Organisation, role: str) -> tuple[str, ...]:
    """The acts that a key with a role may have: none that is grave or takes two persons."""
    held = organisation.roles.get(role)
    two = organisation.two_person_acts
    closed = organisation.grave_acts | set(two) | set(two.values())
    return tuple(
        code
        for code in organisation.acts
        if held is not None and held.permits(code) and code not in closed
    )


def make_token(
    *,
    actor: Actor,
    name: str,
    role: str,
    acts: Collection[str],
    purpose: str,
    last_day: date,
    case: UUID | None = None,
) -> tuple[Token, str]:
    """Make a key for oneself.

    Returns:
        The key, and the secret, which is shown once and kept nowhere.

    Raises:
        Invalid: naming the field.
    """
    _check(actor, name, role, acts, last_day)
    purpose_group(purpose)
    if case is not None and not Case.seen(actor).filter(pk=case).exists():
        raise Invalid("case", Text(sv="Välj ett ärende som du ser.", en="Choose a case you see."))
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    token = Token.rows.create(
        hash=digest_of(secret),
        begins=secret[:SHOWN],
        name=name.strip()[:120],
        account_id=str(actor.account),
        agency=actor.agency,
        role=role,
        acts=sorted(set(acts)),
        purpose=purpose,
        case=case,
        last_day=last_day,
    )
    _note(actor, MADE, token, f"{role}, {purpose}, to {last_day}")
    return token, secret


def _check(actor: Actor, name: str, role: str, acts: Collection[str], last_day: date) -> None:
    if not name.strip():
        raise Invalid("name", Text(sv="Ange vad nyckeln är till för.", en="Say what it is for."))
    if role not in actor.roles:
        raise Invalid(
            "role", Text(sv="Välj en roll som du har i dag.", en="Choose a role of yours.")
        )
    allowed = acts_for_programs(current_organisation(), role)
    if not acts or not set(acts) <= set(allowed):
        raise Invalid(
            "acts",
            Text(
                sv="Välj minst en sak som rollen får göra. Det som kräver ny inloggning eller två "
                "personer görs aldrig av program.",
                en="Choose at least one thing the role may do. What takes signing in anew or two "
                "persons is never done by a program.",
            ),
        )
    if not actor.day <= last_day <= actor.day + timedelta(days=LONGEST_DAYS):
        raise Invalid(
            "last_day",
            Text(
                sv=f"Ange en dag inom {LONGEST_DAYS} dagar.",
                en=f"Give a day within {LONGEST_DAYS} days.",
            ),
        )


def revoke_token(*, actor: Actor, token_id: UUID) -> Token:
    """Take back a key, at once: one's own, or as administrator one of the agency's.

    Raises:
        Missing: if there is none that the person may take back.
    """
    token = Token.seen(actor).filter(pk=token_id).first()
    if token is None or not (token.account_id == actor.account or actor.permits("account.close")):
        raise Missing
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _note(actor, REVOKED, token, "")
    return token


def tokens_of(actor: Actor) -> QuerySet[Token]:
    """The keys a person has made, the newest first, each with when it was last used."""
    own = Token.seen(actor).filter(account=actor.account)
    return own.select_related("use").order_by("-made_at")


def tokens_at_agency(actor: Actor) -> QuerySet[Token]:
    """The keys that still work at the agency, for who administers its accounts."""
    if not actor.permits("account.read"):
        return Token.rows.none()
    live = Token.seen(actor).filter(
        agency=actor.agency, revoked_at__isnull=True, last_day__gte=actor.day
    )
    return live.select_related("use", "account").order_by("account__name", "-made_at")


def _note(actor: Actor, code: str, token: Token, detail: str) -> None:
    """One's own keys are no act of a role: the row is written without one."""
    entry = Entry(actor, code, None, None)
    entry.detail = detail
    entry.touches(token)
    entry.write()
