"""Which roles does the database have, and who are they?

Roles belong to the whole server: two installations on one server share them, and with them their
passwords; give each its own server.
"""

from __future__ import annotations

from dataclasses import dataclass

WEB = "samsyn_web"
WORKER = "samsyn_worker"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the database.

    Attributes:
        login: may connect; one that may not only owns functions.
        about: why it exists, kept beside it in the database.
    """

    name: str
    login: bool
    about: str


ROLES = (
    Role(WEB, True, "Samsyn: the web; owns nothing, sees what the signed context opens"),
    Role(WORKER, True, "Samsyn: the jobs; reconciles, seals and lets things expire"),
    Role("samsyn_guard", False, "Samsyn: owns the functions that check context and write the log"),
    Role("samsyn_exchange", False, "Samsyn: owns the functions that deliver between agencies"),
    Role("samsyn_search", False, "Samsyn: owns the functions that search, and reads alone"),
    Role("samsyn_insight", False, "Samsyn: owns the functions that examine, and reads alone"),
)

APPS = (
    "guard", "registry", "cases", "disclosures", "obstacles", "insight", "api", "desk", "project",
)  # fmt: skip
"""The apps whose `policies.sql` is applied, in this order."""

WITHOUT_POLICY = (
    "account_",
    "auth_",
    "django_",
    "procrastinate_",
    "socialaccount_",
)
"""Tables of the packages we take, empty or about the queue. They hold nothing of a matter."""
