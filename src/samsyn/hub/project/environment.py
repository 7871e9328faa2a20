"""What does this installation say about itself in environment variables, and is it usable?

Every setting of the hub is read here, once, into one frozen value. What is missing or unusable is
gathered, so that a person mends everything at one time; a fault names the variable, what was found
(never the value of a secret) and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from samsyn.hub.project.environment_faults import (
    EnvironmentFault,
    FaultyEnvironment,
    Unusable,
)
from samsyn.hub.project.environment_values import (
    Mail,
    Provider,
    read_database,
    read_file,
    read_folder,
    read_hosts,
    read_key,
    read_language,
    read_mail,
    read_minutes,
    read_providers,
    read_secret,
    read_seed,
    read_switch,
    read_token,
)
from samsyn.kernel.text import Language, Text

__all__ = ["Environment", "EnvironmentFault", "FaultyEnvironment", "read_environment"]

Value = TypeVar("Value")

TOOLING = "SAMSYN_TOOLING"
"""Set to 1 by type checkers and tests that only import the settings: missing variables get values
that open nothing. It is refused together with a real database."""

DEMO_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one installation.

    Attributes:
        database: connection parameters of the web role, as libpq names them.
        owner_database: those of the role that migrates; the web process needs none.
        worker_database: those of the role that runs the jobs; the web process needs none.
        secret_key: signs sessions and one-time links.
        context_key: HMAC key of the signed context that row policies read.
        files_key: encrypts the files that are kept.
        log_signing_key: Ed25519 seed that signs the sealed log.
        log_public_keys: file of the public keys that signed the log before, one a line.
        witness_dir: where signed log roots are laid for another party to fetch.
        static_dir: where collected static files lie; None serves them from the packages.
        metrics_token: lets a scraper read the metrics from another machine.
        webhook_hosts: hosts inside the own network that agencies may have told of what happens.
        behind_proxy: a proxy ends TLS and says so in X-Forwarded-Proto.
        demo: training data and the role switcher; set by the demo command alone.
    """

    database: dict[str, str]
    owner_database: dict[str, str] | None
    worker_database: dict[str, str] | None
    secret_key: str
    context_key: bytes
    files_key: bytes
    files_dir: Path
    log_signing_key: bytes
    log_public_keys: Path | None
    witness_dir: Path | None
    static_dir: Path | None
    hosts: tuple[str, ...]
    mail: Mail | None
    oidc: tuple[Provider, ...]
    metrics_token: str | None
    webhook_hosts: tuple[str, ...]
    behind_proxy: bool
    demo: bool
    language: Language
    session_minutes: int
    tooling: bool = False


def read_environment(variables: Mapping[str, str]) -> Environment:
    """The settings in these variables.

    Raises:
        FaultyEnvironment: with every fault found.
    """
    tooling = variables.get(TOOLING) == "1"
    given = {**TOOLING_VALUES, **variables} if tooling else dict(variables)
    reading = _Reading(given)
    demo = reading.of("SAMSYN_DEMO", read_switch, default=False)
    environment: dict[str, Any] = {
        "database": reading.of("DATABASE_URL", read_database),
        "owner_database": reading.of("SAMSYN_OWNER_DATABASE_URL", read_database, default=None),
        "worker_database": reading.of("SAMSYN_WORKER_DATABASE_URL", read_database, default=None),
        "secret_key": reading.of("SAMSYN_SECRET_KEY", read_secret),
        "context_key": reading.of("SAMSYN_CONTEXT_KEY", read_key),
        "files_key": reading.of("SAMSYN_FILES_KEY", read_key),
        "files_dir": reading.of("SAMSYN_FILES_DIR", read_folder),
        "log_signing_key": reading.of("SAMSYN_LOG_SIGNING_KEY", read_seed),
        "log_public_keys": reading.of("SAMSYN_LOG_PUBLIC_KEYS", read_file, default=None),
        "witness_dir": reading.of("SAMSYN_WITNESS_DIR", read_folder, default=None),
        "static_dir": reading.of("SAMSYN_STATIC_DIR", read_folder, default=None),
        "hosts": reading.of(
            "SAMSYN_HOSTS", read_hosts, **({"default": DEMO_HOSTS} if demo else {})
        ),
        "mail": reading.of("SAMSYN_MAIL_URL", read_mail, default=None),
        "oidc": reading.of("SAMSYN_OIDC", read_providers, default=()),
        "metrics_token": reading.of("SAMSYN_METRICS_TOKEN", read_token, default=None),
        "webhook_hosts": reading.of("SAMSYN_WEBHOOK_HOSTS", read_hosts, default=()),
        "behind_proxy": reading.of("SAMSYN_BEHIND_PROXY", read_switch, default=False),
        "demo": demo,
        "language": reading.of("SAMSYN_LANGUAGE", read_language, default="sv"),
        "session_minutes": reading.of("SAMSYN_SESSION_MINUTES", read_minutes, default=30),
        "tooling": tooling,
    }
    reading.refuse_unknown()
    reading.refuse_equal("SAMSYN_SECRET_KEY", "SAMSYN_CONTEXT_KEY", "SAMSYN_FILES_KEY")
    if reading.faults:
        raise FaultyEnvironment(tuple(reading.faults))
    return Environment(**environment)


class _Reading:
    """Reads variables one by one and gathers what is wrong."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.faults: list[EnvironmentFault] = []
        self._asked = {TOOLING}

    def of(self, name: str, read: Callable[[str], Value], **default: Any) -> Value | None:
        """The value of a variable; its default if it is empty or not set."""
        self._asked.add(name)
        text = self.variables.get(name, "").strip()
        if not text:
            if "default" not in default:
                self.faults.append(EnvironmentFault(name, NOT_SET, PURPOSES[name]))
            return default.get("default")
        try:
            return read(text)
        except Unusable as fault:
            self.faults.append(EnvironmentFault(name, fault.found, fault.remedy))
            return None

    def refuse_unknown(self) -> None:
        """A misspelled variable would otherwise silently mean its default."""
        for name in sorted(self.variables):
            if name.startswith("SAMSYN_") and name not in self._asked | OF_COMMANDS:
                known = ", ".join(sorted(self._asked - {TOOLING}))
                self.faults.append(
                    EnvironmentFault(
                        name,
                        Text(sv="det finns ingen sådan inställning", en="there is no such setting"),
                        Text(sv=f"Ta bort den; de som finns är {known}.",
                             en=f"Remove it; those that exist are {known}."),
                    )
                )  # fmt: skip

    def refuse_equal(self, *names: str) -> None:
        """One key for two uses lets whoever learns one use the other."""
        seen: dict[str, str] = {}
        for name in names:
            value = re.sub(r"\s", "", self.variables.get(name, "")).lower()
            if value and value in seen:
                self.faults.append(
                    EnvironmentFault(
                        name,
                        Text(
                            sv=f"samma värde som {seen[value]}",
                            en=f"the same value as {seen[value]}",
                        ),
                        Text(
                            sv="Gör en egen nyckel för varje bruk.",
                            en="Make a key of its own for each use.",
                        ),
                    )
                )
            seen.setdefault(value, name)


NOT_SET = Text(sv="den är inte satt", en="it is not set")

_MAKE_KEY = "python3 -c 'import secrets; print(secrets.token_hex(32))'"

PURPOSES = {
    "DATABASE_URL": Text(
        sv="Sätt den till webbrollens databas: postgresql://samsyn_web:…@värd/samsyn.",
        en="Set it to the web role's database: postgresql://samsyn_web:…@host/samsyn.",
    ),
    "SAMSYN_SECRET_KEY": Text(
        sv=f"Sätt den till ett slumpat värde: {_MAKE_KEY}",
        en=f"Set it to a random value: {_MAKE_KEY}",
    ),
    "SAMSYN_CONTEXT_KEY": Text(
        sv=f"Sätt den till 64 slumpade hextecken: {_MAKE_KEY}",
        en=f"Set it to 64 random hex digits: {_MAKE_KEY}",
    ),
    "SAMSYN_FILES_KEY": Text(
        sv="Sätt den till 64 slumpade hextecken, och förvara en kopia skild från "
        f"säkerhetskopiorna: {_MAKE_KEY}",
        en=f"Set it to 64 random hex digits, and keep a copy apart from the backups: {_MAKE_KEY}",
    ),
    "SAMSYN_FILES_DIR": Text(
        sv="Sätt den till en mapp för filer, som bara hubben når och ingen webbserver visar.",
        en="Set it to a folder for files that only the hub reaches and no web server shows.",
    ),
    "SAMSYN_LOG_SIGNING_KEY": Text(
        sv=f"Sätt den till 64 slumpade hextecken eller en fil som innehåller dem: {_MAKE_KEY}",
        en=f"Set it to 64 random hex digits or a file that holds them: {_MAKE_KEY}",
    ),
    "SAMSYN_HOSTS": Text(
        sv="Sätt den till hubbens namn i adressfältet, med komma emellan: samsyn.example.se.",
        en="Set it to the hub's names in the address bar, with commas: samsyn.example.se.",
    ),
}

OF_COMMANDS = frozenset(
    {"SAMSYN_DEMO_DIR", "SAMSYN_SUPERUSER_DATABASE_URL", "SAMSYN_TEST_DATABASE"}
)
"""Read by commands or tests themselves, not a setting of the running hub."""

TOOLING_VALUES = {
    "DATABASE_URL": "postgresql://samsyn_web@/samsyn_tooling?host=/nonexistent",
    "SAMSYN_OWNER_DATABASE_URL": "postgresql://postgres@/samsyn_tooling?host=/nonexistent",
    "SAMSYN_WORKER_DATABASE_URL": "postgresql://samsyn_worker@/samsyn_tooling?host=/nonexistent",
    "SAMSYN_SECRET_KEY": "tooling only, never a running hub: 0123456789abcdef",
    "SAMSYN_CONTEXT_KEY": "1f" * 31 + "c0",
    "SAMSYN_FILES_KEY": "2f" * 31 + "f0",
    "SAMSYN_FILES_DIR": "/nonexistent/samsyn-files",
    "SAMSYN_LOG_SIGNING_KEY": "3f" * 31 + "10",
    "SAMSYN_HOSTS": "testserver,localhost",
}
