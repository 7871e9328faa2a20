"""The hub as a browser meets it: served on this machine, with its own middleware and policies."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page

from samsyn.hub.project.environment_values import Provider
from samsyn.hub.project.signin_settings import identity_providers
from tests.hub.support import Hub
from tests.support.browser import served
from tests.support.issuer import CLIENT, SECRET, issuing

# Without TLS, which a browser lets be for this machine; all else as where it is real.
PLAIN: dict[str, Any] = {
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "samsyn",
    "CSRF_COOKIE_SECURE": False,
    "CSRF_COOKIE_NAME": "samsyn-csrf",
    "LANGUAGE_COOKIE_SECURE": False,
}


@dataclass
class Live:
    """A hub that is being served.

    Attributes:
        address: where, as ``http://localhost:port``.
    """

    hub: Hub
    address: str

    @contextmanager
    def page(self, chromium: Browser, **options: Any) -> Iterator[Page]:
        """A window of its own, with a passkey store that answers as a person would."""
        with chromium.new_context(locale="sv-SE", base_url=self.address, **options) as context:
            yield context.new_page()


@contextmanager
def serving(hub: Hub) -> Iterator[Live]:
    """Serve a hub while the block runs."""
    with override_settings(**PLAIN):
        # A thread for each request: none keeps its connection when it is done.
        connections["default"].settings_dict["CONN_MAX_AGE"] = 0
        with served(get_wsgi_application()) as address:
            yield Live(hub, address.replace("127.0.0.1", "localhost"))


@contextmanager
def serving_with_issuer(hub: Hub) -> Iterator[tuple[Live, str]]:
    """Serve a hub where an agency signs in by a service of its own; the hub and the issuer.

    The issuer must know beforehand where the hub answers, and the hub what the issuer is called.
    """
    with free_port() as port:
        address = f"http://localhost:{port}"
        with issuing(f"{address}/account/oidc/av/login/callback/") as issuer:
            service = Provider(
                id="av", name="Myndighetens inloggning", issuer=issuer, client_id=CLIENT,
                secret=SECRET,
            )  # fmt: skip
            with (
                using_service(service),
                override_settings(**PLAIN),
                served(get_wsgi_application(), port=port),
            ):
                connections["default"].settings_dict["CONN_MAX_AGE"] = 0
                yield Live(hub, address), issuer


@contextmanager
def using_service(*services: Provider) -> Iterator[None]:
    """These sign-in services of agencies while the block runs."""
    environment = msgspec.structs.replace(settings.SAMSYN, oidc=services)
    with override_settings(
        SAMSYN=environment, SOCIALACCOUNT_PROVIDERS=identity_providers(services)
    ):
        yield


@contextmanager
def free_port() -> Iterator[int]:
    """A port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    yield port


def with_passkeys(page: Page) -> Page:
    """Give a window a passkey store with a finger that is always the right one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page
