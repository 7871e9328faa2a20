"""Which settings does Django run the hub with?

All that differs between installations comes from `samsyn.hub.project.environment` and is found
whole as `settings.SAMSYN`; the rest is the same everywhere.
"""

from __future__ import annotations

import os
from typing import Any

from samsyn.hub.project.databases import django_database
from samsyn.hub.project.environment import read_environment
from samsyn.hub.project.request_log import logging_settings
from samsyn.hub.project.signin_settings import *  # noqa: F403
from samsyn.hub.project.signin_settings import identity_providers

SAMSYN = read_environment(os.environ)

# The same, by the names of their variables; keys in hex digits.
SAMSYN_CONTEXT_KEY = SAMSYN.context_key.hex()
SAMSYN_FILES_KEY = SAMSYN.files_key.hex()
SAMSYN_FILES_DIR = SAMSYN.files_dir
SAMSYN_LOG_SIGNING_KEY = SAMSYN.log_signing_key.hex()
SAMSYN_WITNESS_DIR = SAMSYN.witness_dir
SAMSYN_OIDC = SAMSYN.oidc
SAMSYN_DEMO = SAMSYN.demo

SOCIALACCOUNT_PROVIDERS = identity_providers(SAMSYN.oidc)
# Passkeys ask for HTTPS, which the demo on one's own machine has not.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SAMSYN.demo
# Whose address is counted when tries are limited: behind our proxy, what it put last.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SAMSYN.behind_proxy else 0

SECRET_KEY = SAMSYN.secret_key
DEBUG = False
ALLOWED_HOSTS = list(SAMSYN.hosts)

# --- apps ---

OURS = tuple(
    f"samsyn.hub.{name}"
    for name in (
        "guard",
        "guidance",
        "registry",
        "cases",
        "disclosures",
        "obstacles",
        "insight",
        "api",
        "desk",
        "project",
    )
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Ours first: our templates take the place of the packages' own.
    *OURS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton",
    "django_htmx",
    "procrastinate.contrib.django",
]
AUTH_USER_MODEL = "guard.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "samsyn.hub.project.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "samsyn.hub.project.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samsyn.hub.project.request_log.RequestLogMiddleware",
    "samsyn.hub.project.headers.OtherSitesMiddleware",
    # The pages are long tables. No other site can have a page fetched with somebody's cookie
    # (SameSite=Strict, OtherSitesMiddleware), so its compressed length tells nobody anything.
    "django.middleware.gzip.GZipMiddleware",
    # Programs: without cookies, their key looked up and counted.
    "samsyn.hub.api.arriving.ApiMiddleware",
    # One transaction a request, from before the session is read.
    "samsyn.hub.guard.middleware.GuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samsyn.hub.project.sessions.SlidingSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samsyn.hub.guard.signin.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samsyn.hub.guard.signin.middleware.ProofMiddleware",
    "samsyn.hub.guard.middleware.ActorMiddleware",
]

ROOT_URLCONF = "samsyn.hub.project.urls"
WSGI_APPLICATION = "samsyn.hub.project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samsyn.hub.desk.frame.frame",
            ],
        },
    }
]

# --- database ---

# The web process is given the first alone; asking for another there is an error, as it should be.
DATABASES = {
    alias: django_database(parameters)
    for alias, parameters in (
        ("default", SAMSYN.database),
        ("worker", SAMSYN.worker_database),
        ("owner", SAMSYN.owner_database),
    )
    if parameters is not None
}

# --- language and time ---

LANGUAGE_CODE = SAMSYN.language
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- sessions, cookies and what a browser may do ---

_SECURE = not SAMSYN.demo
# __Host- makes the browser refuse the cookie from a neighbouring host or over plain HTTP.
_PREFIX = "__Host-" if _SECURE else ""
SESSION_ENGINE = "samsyn.hub.guard.signin.sessions"
SESSION_COOKIE_NAME = f"{_PREFIX}samsyn"
SESSION_COOKIE_AGE = SAMSYN.session_minutes * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = f"{_PREFIX}samsyn-csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "samsyn-language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = _SECURE
LANGUAGE_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = _SECURE and not SAMSYN.tooling
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if SAMSYN.behind_proxy and _SECURE else None
)
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# No other site learns an address. "no-referrer" would also turn the Origin of our own forms into
# null, which the check against forged requests must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- files ---

STATIC_URL = "/static/"
STATIC_ROOT = SAMSYN.static_dir
WHITENOISE_USE_FINDERS = SAMSYN.static_dir is None
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SAMSYN.static_dir is None
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# What is uploaded stays in memory until it is sealed: a temporary file would hold it in the clear.
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# --- mail ---

if SAMSYN.mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
elif SAMSYN.mail.folder is not None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = SAMSYN.mail.folder
    DEFAULT_FROM_EMAIL = SAMSYN.mail.sender
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = SAMSYN.mail.host
    EMAIL_PORT = SAMSYN.mail.port
    EMAIL_HOST_USER = SAMSYN.mail.user
    EMAIL_HOST_PASSWORD = SAMSYN.mail.password
    EMAIL_USE_TLS = SAMSYN.mail.encryption == "starttls"
    EMAIL_USE_SSL = SAMSYN.mail.encryption == "tls"
    EMAIL_TIMEOUT = 10
    DEFAULT_FROM_EMAIL = SAMSYN.mail.sender

# --- jobs ---

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- log ---

LOGGING = logging_settings()
