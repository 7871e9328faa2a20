"""What does a person see of their own account, and what may they change?"""

from __future__ import annotations

from typing import NamedTuple

from allauth.mfa.models import Authenticator

from samsyn.hub.guard import reads
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account, Session
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.signin import records
from samsyn.hub.guard.signin.reading import factors_of, sessions_of


class OwnAccount(NamedTuple):
    """One's own account.

    Attributes:
        factors: passkeys and code app, which one may take away.
        sessions: where one is signed in, this browser among them.
        current: key of this browser's session.
    """

    account: Account
    held: list[reads.Held]
    factors: list[Authenticator]
    has_code_app: bool
    has_password: bool
    sessions: list[Session]
    current: str | None
    lines: list[reads.Line]


def shown(actor: Actor, session_key: str | None) -> OwnAccount:
    """What a person sees of their own account."""
    account = _own(actor)
    factors = factors_of(account)
    return OwnAccount(
        account=account,
        held=reads.roles_of(actor, account, actor.day),
        factors=factors,
        has_code_app=any(factor.type == Authenticator.Type.TOTP for factor in factors),
        has_password=account.has_usable_password(),
        sessions=sessions_of(account),
        current=session_key,
        lines=reads.log_of(actor, account),
    )


def choose_language(actor: Actor, language: str) -> None:
    """Keep the language a person reads in."""
    account = _own(actor)
    with records.acting_as(account):
        account.language = language
        account.save(update_fields=["language"])
        records.note(account, records.LANGUAGE, detail=language)


def _own(actor: Actor) -> Account:
    account = Account.seen(actor).filter(pk=str(actor.account)).first()
    if account is None:
        raise Missing
    return account
