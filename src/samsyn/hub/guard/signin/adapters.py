"""Where does the sign-in of the package we take (allauth) follow our rules?"""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from samsyn.hub.guard.language import reading, said
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.signin import identities, proof, records
from samsyn.kernel.text import Text


def name_of(account: Account) -> str:
    """What a person is called on passkeys."""
    return account.name


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made beforehand; signing in and out, and failing to, is logged."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin a session for an account whose sign-in is complete."""
        super().login(request, user)
        if isinstance(user, Account):
            proof.begin(request)
            records.note(user, records.BEGUN, detail=how(request))

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        account = records.account_of(request)
        if account is not None:
            records.note(account, records.ENDED)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password for an account that exists."""
        email = str(credentials.get("email", "")).lower()
        records.note_failure(Account.rows.filter(email=email).first(), "password")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say only what is ours to say: the package's notices are left out."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How a person proves anew who they are: never by the password alone."""
        if not isinstance(user, Account):
            return []
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        ways = []
        if Authenticator.Type.WEBAUTHN in kinds:
            ways.append(_way(Text(sv="Använd en nyckel", en="Use a passkey"),
                             reverse("mfa_reauthenticate_webauthn")))  # fmt: skip
        if Authenticator.Type.TOTP in kinds:
            ways.append(_way(Text(sv="Använd kodappen", en="Use the code app"),
                             reverse("mfa_reauthenticate")))  # fmt: skip
        ways += [
            _way(
                Text(sv=f"Använd {service.name}", en=f"Use {service.name}"),
                reverse("signin_again_identity", args=[service.id]),
            )
            for service in identities.services_of(user)
        ]
        if settings.SAMSYN.demo:
            ways.append(_way(Text(sv="Bekräfta i övningen", en="Confirm in the training"),
                             reverse("demo_again")))  # fmt: skip
        return ways

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Without the host, which the one who tries can choose among those of the hub.
        return str(credentials.get("email", "")).strip().lower()


def how(request: HttpRequest) -> str:
    """By which ways a session was signed in, as a code for the log."""
    kept = request.session.get("account_authentication_methods", [])
    return "+".join(dict.fromkeys(str(item.get("type") or item.get("method")) for item in kept))


def _way(name: Text, url: str) -> dict[str, Any]:
    return {"id": url, "description": said(name), "url": url}


class FactorAdapter(DefaultMFAAdapter):
    """Passkeys and code apps; the secrets of these are sealed before they are kept."""

    def encrypt(self, text: str) -> str:
        """The secret of a code app as it is kept: unreadable in a backup."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, to compare a code with; no page shows it."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        """A name for the next passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}" if reading() == "en" else f"Nyckel {number}"

    def get_totp_label(self, user: Any) -> str:
        """What the code app shows."""
        return f"{user.email}"

    def build_totp_svg(self, url: str) -> str:
        """The picture that a code app reads, on white so that it can be read in the dark too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def _get_site_name(self) -> str:
        return "Samsyn"


@lru_cache
def _seal() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"samsyn code apps").derive(settings.SAMSYN.files_key)
    return Fernet(base64.urlsafe_b64encode(key))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An agency's own sign-in service says who it is; which account that is, is bound with us."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody registers."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account by issuer and subject, and by nothing else that is claimed.

        Raises:
            ImmediateHttpResponse: the page that says why nobody was signed in.
        """
        claims = sociallogin.account.extra_data.get("id_token") or {}
        again = sociallogin.state.get("process") == AuthProcess.REDIRECT
        outcome = identities.account_for(
            request, service_id=sociallogin.account.provider, claims=claims, again=again
        )
        if isinstance(outcome, Text):
            raise ImmediateHttpResponse(
                render(request, "socialaccount/authentication_error.html", {"why": outcome},
                       status=403)
            )  # fmt: skip
        sociallogin.user = outcome

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Nothing more than the page that the package shows."""
