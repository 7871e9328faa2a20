"""What may a browser do with our pages, and what do we refuse that another site asks for?"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from samsyn.hub.project.environment_values import Provider
from samsyn.hub.project.headers import HeadersMiddleware, OtherSitesMiddleware


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>what only one may see</p>")


def policy(answer: HttpResponse) -> dict[str, str]:
    parts = (part.partition(" ") for part in answer["Content-Security-Policy"].split("; "))
    return {name: sources for name, _, sources in parts}


def test_everything_but_our_own_is_closed() -> None:
    answer = HeadersMiddleware(page)(RequestFactory().get("/"))
    rules = policy(answer)
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("frame-ancestors") == rules.pop("base-uri") == "'none'"
    assert rules.pop("img-src") == "'self' data:"
    assert rules.pop("upgrade-insecure-requests") == ""
    assert set(rules.values()) == {"'self'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_what_one_may_see_is_not_kept_in_the_browser() -> None:
    answer = HeadersMiddleware(page)(RequestFactory().get("/"))
    assert answer["Cache-Control"] == "no-store"
    static = HeadersMiddleware(page)(RequestFactory().get("/static/desk/samsyn.css"))
    assert "Cache-Control" not in static


def test_a_form_may_lead_to_the_sign_in_services_and_nowhere_else() -> None:
    provider = Provider(
        id="av", name="AV", issuer="https://id.example.se/realm", client_id="s", secret="x"
    )
    with override_settings(SAMSYN=msgspec.structs.replace(settings.SAMSYN, oidc=(provider,))):
        answer = HeadersMiddleware(page)(RequestFactory().get("/"))
    assert policy(answer)["form-action"] == "'self' https://id.example.se"


FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}
OPENING = {**FROM_ELSEWHERE, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

Ask = Callable[[RequestFactory], HttpRequest]


@pytest.mark.parametrize(
    "ask",
    [
        lambda make: make.get("/", headers=FROM_ELSEWHERE),
        lambda make: make.post("/", headers=OPENING),
        lambda make: make.post("/", headers={"Sec-Fetch-Site": "same-site"}),
        lambda make: make.get("/", headers={**OPENING, "Sec-Fetch-Dest": "iframe"}),
        lambda make: make.get("/", headers={**FROM_ELSEWHERE, "Sec-Fetch-Mode": "no-cors"}),
    ],
)
def test_another_site_cannot_make_a_browser_ask(ask: Ask) -> None:
    answer = OtherSitesMiddleware(page)(ask(RequestFactory()))
    assert answer.status_code == 403
    assert b"Another site" in answer.content or b"annan webbplats" in answer.content


@pytest.mark.parametrize(
    "ask",
    [
        lambda make: make.get("/"),
        lambda make: make.post("/"),
        lambda make: make.post("/", headers={"Sec-Fetch-Site": "same-origin"}),
        lambda make: make.get("/", headers={"Sec-Fetch-Site": "none"}),
        lambda make: make.get("/", headers=OPENING),
    ],
)
def test_our_own_pages_and_the_address_bar_can(ask: Ask) -> None:
    assert OtherSitesMiddleware(page)(ask(RequestFactory())).content == page(HttpRequest()).content


def test_who_returns_from_a_sign_in_service_comes_again_from_a_page_of_ours() -> None:
    address = '/account/oidc/av/login/callback/?code=a"b&state=c'
    answer = OtherSitesMiddleware(page)(RequestFactory().get(address, headers=OPENING))
    text = answer.content.decode()
    assert 'http-equiv="refresh"' in text
    assert "code=a%22b&amp;state=c" in text
    again = RequestFactory().get(address, headers={**OPENING, "Sec-Fetch-Site": "same-origin"})
    assert OtherSitesMiddleware(page)(again).content == page(again).content


def test_cookies_are_for_us_alone() -> None:
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{name}_COOKIE_SAMESITE") == "Strict"
        assert getattr(settings, f"{name}_COOKIE_SECURE") is True
        assert getattr(settings, f"{name}_COOKIE_HTTPONLY") is True
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert settings.SECURE_HSTS_SECONDS > 0
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
    assert settings.DEBUG is False
