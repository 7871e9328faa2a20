"""How do people sign in? The settings of allauth and of Django's sign-in, read into `settings`.

Nobody registers: an account is made by an agency administrator, and its owner is invited to choose
how to sign in. By passkey first; by password only together with a code app; by an agency's own
sign-in service. How that is held up stands in `samsyn.hub.guard.signin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samsyn.hub.project.environment_values import Provider

AUTHENTICATION_BACKENDS = ["samsyn.hub.guard.signin.backend.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# Hard to try many of at once, in memory as in time.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name", "agency")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
     "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip

# Counted in the database, so that the limits hold over all processes.
CACHES = {"default": {"BACKEND": "samsyn.hub.guard.signin.limits.LimitCache"}}

ACCOUNT_ADAPTER = "samsyn.hub.guard.signin.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_DISPLAY = "samsyn.hub.guard.signin.adapters.name_of"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {"login": "samsyn.hub.guard.signin.forms.PasswordForm"}
# Many people of an agency share one address, so that is generous; one account is not.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/5m/ip,5/15m/key,20/d/key",
    "reauthenticate": "10/5m/user",
}

MFA_ADAPTER = "samsyn.hub.guard.signin.adapters.FactorAdapter"
# No recovery codes: a list of codes on paper is one factor; two administrators restore sign-in.
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Samsyn"
# One step back or forth, for clocks that are not quite right.
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = False
MFA_FORMS = {
    "authenticate": "samsyn.hub.guard.signin.forms.CodeForm",
    "reauthenticate": "samsyn.hub.guard.signin.forms.CodeAgainForm",
    "add_webauthn": "samsyn.hub.guard.signin.forms.PasskeyForm",
    "activate_totp": "samsyn.hub.guard.signin.forms.CodeAppForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

SOCIALACCOUNT_ADAPTER = "samsyn.hub.guard.signin.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"

# In the demo, what changes the person; the frame shows it nowhere else.
SAMSYN_SWITCHER = "guard/switcher.html"


def identity_providers(providers: Iterable[Provider]) -> dict[str, Any]:
    """The agencies' sign-in services as allauth has them."""
    apps = [
        {
            "provider_id": provider.id,
            "name": provider.name,
            "client_id": provider.client_id,
            "secret": provider.secret,
            "settings": {
                "server_url": provider.issuer,
                # Who it is stands in the signed token; nothing else is asked for or believed.
                "fetch_userinfo": False,
                "scope": ["openid"],
                "oauth_pkce_enabled": True,
            },
        }
        for provider in providers
    ]
    return {"openid_connect": {"APPS": apps}}
