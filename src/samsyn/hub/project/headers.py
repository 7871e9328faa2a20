"""What may a browser do with a page of ours, and what may other sites make it ask us?"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samsyn.kernel.text import Language, Text

# Everything that is not named is closed. Pictures in addresses (data:) are the QR code of TOTP.
CONTENT_SECURITY_POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "worker-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
}
PERMISSIONS = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Next = Callable[[HttpRequest], HttpResponse]


def content_security_policy() -> str:
    """The header's value for this installation."""
    policy = dict(CONTENT_SECURITY_POLICY)
    # Browsers apply form-action to where a form is redirected to: signing in leads to the issuer.
    issuers = sorted({_origin(provider.issuer) for provider in settings.SAMSYN.oidc})
    policy["form-action"] += tuple(issuers)
    parts = [f"{name} {' '.join(sources)}" for name, sources in policy.items()]
    if not settings.SAMSYN.demo:
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class HeadersMiddleware:
    """Puts the headers on every answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say what may be done with the answer."""
        response = self.get_response(request)
        # A page of a file says a stricter one itself.
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        if not request.path.startswith(settings.STATIC_URL):
            # What one person may see must not stay in a browser that another one uses.
            response.headers["Cache-Control"] = "no-store"
        return response


FORGED = Text(
    sv="En annan webbplats bad om detta, så det gjordes inte. Öppna Samsyn själv och försök igen.",
    en="Another site asked for this, so it was not done. Open Samsyn yourself and try again.",
)
ON_THE_WAY = Text(sv="Du förs vidare …", en="You are taken on …")


class OtherSitesMiddleware:
    """Refuses what another site makes a browser ask for, except to open a page of ours.

    Browsers say in Sec-Fetch-Site who asks. One that does not say so is met by the check against
    forged requests and by cookies that are not sent from other sites.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what our own pages and the address bar ask for."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site in {"same-origin", "none"}:
            return self.get_response(request)
        if not _opens_a_page(request):
            return HttpResponse(FORGED.into(_language(request)), "text/plain; charset=utf-8", 403)
        if site == "cross-site" and _returns_from_sign_in(request):
            return _ask_again_from_here(request)
        return self.get_response(request)


def _opens_a_page(request: HttpRequest) -> bool:
    return (
        request.method in SAFE
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )


def _returns_from_sign_in(request: HttpRequest) -> bool:
    return "/login/callback/" in request.path and "code" in request.GET


def _ask_again_from_here(request: HttpRequest) -> HttpResponse:
    """A page of ours that asks for the same address.

    Coming from the issuer, the browser keeps our cookies back (SameSite=Strict), and with them the
    sign-in that was begun; asked for by a page of ours, it sends them.
    """
    address = escape(request.get_full_path())
    language = _language(request)
    text = escape(ON_THE_WAY.into(language))
    return HttpResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Samsyn</title>'
        f'<meta http-equiv="refresh" content="0;url={address}">'
        f'<a href="{address}">{text}</a></html>'
    )


def _language(request: HttpRequest) -> Language:
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    return "en" if asked == "en" else "sv"
