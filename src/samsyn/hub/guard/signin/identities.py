"""Which account is a person whom an agency's own sign-in service (OpenID Connect) vouches for?

INVARIANT: an account is found by issuer and subject together. No claim of an address, a name or a
number finds or binds one, and a subject at another issuer is another person.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest

from samsyn.hub.guard.models import Account, Identity
from samsyn.hub.guard.signin import invitations, proof, records
from samsyn.kernel.text import Text

UNKNOWN = Text(
    sv="Det finns inget konto i Samsyn för den inloggning du använde. Öppna inbjudan du fått och "
    "välj din myndighets inloggning där, eller be myndighetsadministratören om en inbjudan.",
    en="There is no account in Samsyn for the sign-in you used. Open the invitation you were given "
    "and choose your agency's sign-in there, or ask the agency administrator for an invitation.",
)
NOT_ISSUER = Text(
    sv="Inloggningen kom inte från den tjänst som myndigheten har angett. Ingen har loggats in. "
    "Säg till den som sköter Samsyn.",
    en="The sign-in did not come from the service that the agency named. Nobody was signed in. "
    "Tell whoever runs Samsyn.",
)
TAKEN = Text(
    sv="Den inloggningen hör redan till ett konto, eller så är ditt konto redan knutet till en "
    "annan inloggning hos tjänsten. Be myndighetsadministratören reda ut det.",
    en="That sign-in already belongs to an account, or your account is already bound to another "
    "sign-in at the service. Ask the agency administrator to sort it out.",
)
SOMEBODY_ELSE = Text(
    sv="Du loggade in som en annan person än den som är inloggad här. Ingenting har gjorts.",
    en="You signed in as another person than the one signed in here. Nothing was done.",
)
NOT_ANEW = Text(
    sv="Tjänsten svarade utan att du loggade in på nytt, så det räknas inte. Försök igen, eller "
    "logga ut och in.",
    en="The service answered without your signing in anew, so it does not count. Try again, or "
    "sign out and in.",
)


class Service(Protocol):
    """One agency's sign-in service, as the settings have it."""

    @property
    def id(self) -> str:
        """Its code in addresses."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def issuer(self) -> str:
        """How it names itself in what it signs."""


def services() -> tuple[Service, ...]:
    """The sign-in services of this installation."""
    found: tuple[Service, ...] = settings.SAMSYN.oidc
    return found


def services_of(account: Account) -> list[Service]:
    """The services that an account is bound at."""
    issuers = set(Identity.rows.filter(account=account).values_list("issuer", flat=True))
    return [service for service in services() if service.issuer in issuers]


def account_for(
    request: HttpRequest, *, service_id: str, claims: Mapping[str, Any], again: bool
) -> Account | Text:
    """The account that a service vouches for, or why there is none.

    Args:
        request: the request that came back from the service.
        service_id: which service was asked.
        claims: what its signed token says.
        again: whether somebody signed in proves anew who they are.
    """
    service = next((item for item in services() if item.id == service_id), None)
    subject = claims.get("sub")
    if service is None or claims.get("iss") != service.issuer or not isinstance(subject, str):
        return NOT_ISSUER
    if not subject:
        return NOT_ISSUER
    identity = (
        Identity.rows.filter(issuer=service.issuer, subject=subject)
        .select_related("account")
        .first()
    )
    if again:
        return _again(request, identity, claims)
    invitation = invitations.accepted(request)
    if invitation is not None:
        return _bind_invited(request, invitation.account, service, subject, identity)
    if identity is None:
        return UNKNOWN
    return identity.account


def _bind_invited(
    request: HttpRequest,
    account: Account,
    service: Service,
    subject: str,
    identity: Identity | None,
) -> Account | Text:
    """An invited person shows who they are at the service: from here on that is the account."""
    invitation = invitations.accepted(request)
    if (identity is not None and identity.account_id != account.pk) or invitation is None:
        return TAKEN
    if identity is None:
        try:
            with transaction.atomic(), records.acting_as(account):
                bind(account, service.issuer, subject)
                records.note(account, records.BOUND, detail=service.id)
        except DatabaseError:
            return TAKEN
    invitations.use(request, invitation)
    return account


def _again(
    request: HttpRequest, identity: Identity | None, claims: Mapping[str, Any]
) -> Account | Text:
    account = records.account_of(request)
    if account is None or identity is None or identity.account_id != account.pk:
        return SOMEBODY_ELSE
    signed_in = claims.get("auth_time")
    if not isinstance(signed_in, int) or time.time() - signed_in > proof.FRESH_SECONDS:
        return NOT_ANEW
    proof.proved_again(request, proof.IDENTITY)
    return account


def bind(account: Account, issuer: str, subject: str) -> None:
    """Bind an account to a subject of an issuer; the database says who may."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select guard_bind(%s, %s, %s, %s)", [uuid4(), account.pk, issuer, subject])
