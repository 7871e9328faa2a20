"""How is one database named to Django, and how to libpq?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo

SECONDS_KEPT = 60
DJANGOS_OWN = frozenset(
    {"assume_role", "cursor_factory", "isolation_level", "pool", "server_side_binding"}
)
"""Options that are no parameters of libpq."""


def django_database(parameters: Mapping[str, str]) -> dict[str, Any]:
    """One entry of Django's `DATABASES`."""
    rest = dict(parameters)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": rest.pop("dbname"),
        "USER": rest.pop("user"),
        "PASSWORD": rest.pop("password", ""),
        "HOST": rest.pop("host", ""),
        "PORT": rest.pop("port", ""),
        "CONN_MAX_AGE": SECONDS_KEPT,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "TIME_ZONE": None,
        "OPTIONS": {"application_name": "samsyn", **rest},
        "TEST": {"MIGRATE": False},
    }


def conninfo(database: Mapping[str, Any]) -> str:
    """The connection string of an entry of `DATABASES`, for psycopg and the server's programs."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    parameters = {name: str(database.get(key) or "") for name, key in names.items()}
    parameters["port"] = str(database.get("PORT") or "")
    options = {
        name: str(value)
        for name, value in dict(database.get("OPTIONS") or {}).items()
        if name not in DJANGOS_OWN
    }
    return make_conninfo("", **{k: v for k, v in {**parameters, **options}.items() if v})
