"""What does the text of one environment variable mean?

One function for each kind of value. Each raises `Unusable` with what was found; the values of
secrets are never repeated, only what is wrong with them.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from samsyn.hub.project.environment_faults import Unusable
from samsyn.kernel.text import LANGUAGES, Language, Text

KEY_BYTES = 32
SECRET_LENGTH = 32
DIFFERENT = 10
"""A value with fewer different characters was typed, not drawn."""
SESSION_MINUTES = range(5, 721)
MAIL_PORTS = {"smtp": 587, "smtps": 465}

_HOST = re.compile(r"(\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]|\d+(\.\d+){3})")
_PLACEHOLDER = re.compile(r"change.?me|secret.?key|insecure|example|password|samsyn", re.IGNORECASE)


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agency's sign-in service (OpenID Connect)."""

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """How mail leaves the hub; without host it is written to files in a folder."""

    host: str
    port: int
    user: str
    password: str
    encryption: str
    sender: str
    folder: Path | None


def read_database(text: str) -> dict[str, str]:
    """Connection parameters, as libpq names them."""
    remedy = Text(
        sv="Skriv postgresql://roll:lösenord@värd:port/databas.",
        en="Write postgresql://role:password@host:port/database.",
    )
    if not text.startswith(("postgresql://", "postgres://")):
        raise Unusable(
            Text(sv="det är ingen adress till PostgreSQL", en="it is no address of a PostgreSQL"),
            remedy,
        )
    try:
        # None is what a parameter without value means to libpq: its default.
        parameters = {k: str(v) for k, v in conninfo_to_dict(text).items() if v is not None}
    except ProgrammingError:
        # The message of libpq may repeat the address, and with it the password.
        raise Unusable(
            Text(sv="adressen går inte att läsa", en="the address cannot be read"), remedy
        ) from None
    for name, sv, en in (("user", "roll", "role"), ("dbname", "databas", "database")):
        if not parameters.get(name):
            raise Unusable(
                Text(sv=f"adressen nämner ingen {sv}", en=f"the address names no {en}"), remedy
            )
    return parameters


def read_secret(text: str) -> str:
    """A long random text."""
    remedy = Text(
        sv="Ta ett slumpat värde: python3 -c 'import secrets; print(secrets.token_hex(32))'",
        en="Take a random value: python3 -c 'import secrets; print(secrets.token_hex(32))'",
    )
    if len(text) < SECRET_LENGTH:
        raise Unusable(
            Text(
                sv=f"den har {len(text)} tecken, minst {SECRET_LENGTH} behövs",
                en=f"it has {len(text)} characters, at least {SECRET_LENGTH} are needed",
            ),
            remedy,
        )
    if is_typed(text):
        raise Unusable(
            Text(
                sv="den ser ut som en text någon skrivit, inte ett slumpat värde",
                en="it looks like a text somebody typed, not a random value",
            ),
            remedy,
        )
    return text


def is_typed(text: str) -> bool:
    """Does a secret look like an example or a repeated word?"""
    return len(set(text)) < DIFFERENT or bool(_PLACEHOLDER.search(text))


def read_key(text: str) -> bytes:
    """A key of at least 32 bytes, in hex digits."""
    remedy = Text(
        sv="Skriv 64 slumpade hextecken: python3 -c 'import secrets; print(secrets.token_hex(32))'",
        en="Write 64 random hex digits: python3 -c 'import secrets; print(secrets.token_hex(32))'",
    )
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise Unusable(
            Text(sv="den består inte av hextecken", en="it does not consist of hex digits"), remedy
        ) from None
    if len(key) < KEY_BYTES:
        raise Unusable(
            Text(
                sv=f"den har {len(key)} byte, minst {KEY_BYTES} behövs",
                en=f"it has {len(key)} bytes, at least {KEY_BYTES} are needed",
            ),
            remedy,
        )
    if len(set(key)) < 2:
        raise Unusable(Text(sv="alla byte är lika", en="all of its bytes are the same"), remedy)
    return key


def read_seed(text: str) -> bytes:
    """The 32 bytes of an Ed25519 seed, in hex digits or in a file that holds them."""
    if "/" in text:
        try:
            text = Path(text).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise Unusable(
                Text(sv="filen går inte att läsa", en="the file cannot be read"),
                Text(
                    sv="Lägg 64 hextecken i filen och låt bara hubbens användare läsa den.",
                    en="Put 64 hex digits into the file, and let only the hub's user read it.",
                ),
            ) from None
    seed = read_key(text)
    if len(seed) != KEY_BYTES:
        raise Unusable(
            Text(
                sv=f"den har {len(seed)} byte, precis {KEY_BYTES} behövs",
                en=f"it has {len(seed)} bytes, exactly {KEY_BYTES} are needed",
            ),
            Text(sv="Skriv 64 hextecken.", en="Write 64 hex digits."),
        )
    return seed


def read_folder(text: str) -> Path:
    """A folder by its full path. Whether it can be used is asked by `samsyn hub check`."""
    folder = Path(text)
    if not folder.is_absolute():
        raise Unusable(
            Text(sv=f"{text} är ingen fullständig sökväg", en=f"{text} is not a full path"),
            Text(
                sv="Börja sökvägen med /, annars beror den på var hubben startas.",
                en="Begin the path with /, or it depends on where the hub is started.",
            ),
        )
    return folder


def read_file(text: str) -> Path:
    """A file by its full path."""
    file = read_folder(text)
    if not file.is_file():
        raise Unusable(
            Text(sv=f"{text} finns inte", en=f"{text} is not there"),
            Text(sv="Rätta sökvägen, eller ta bort den.", en="Correct the path, or remove it."),
        )
    return file


def read_hosts(text: str) -> tuple[str, ...]:
    """The names by which browsers reach the hub."""
    hosts = tuple(host.strip().lower() for host in text.split(",") if host.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise Unusable(
                Text(sv=f"{host} är inget värdnamn", en=f"{host} is not the name of a host"),
                Text(
                    sv="Skriv namn utan https:// och port, med komma emellan; * är inte tillåtet.",
                    en="Write names without https:// and port, with commas; * is not allowed.",
                ),
            )
    return hosts


def read_mail(text: str) -> Mail:
    """Where mail goes: smtp://, smtps:// or file://."""
    remedy = Text(
        sv="Skriv smtp://användare:lösenord@värd:587?from=samsyn@myndighet.se (STARTTLS), smtps:// "
        "(TLS) eller file:///mapp.",
        en="Write smtp://user:password@host:587?from=samsyn@agency.se (STARTTLS), smtps:// (TLS) "
        "or file:///folder.",
    )
    try:
        parts = urlsplit(text)
        port = parts.port or MAIL_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Unusable(
            Text(sv="adressen går inte att läsa", en="the address cannot be read"), remedy
        ) from None
    sender = parse_qs(parts.query).get("from", [""])[0]
    to_file = parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc
    to_host = parts.scheme in MAIL_PORTS and bool(parts.hostname)
    if not to_file and not to_host:
        raise Unusable(
            Text(sv="det är ingen väg för post", en="it is no way for mail to leave"), remedy
        )
    if to_host and "@" not in sender:
        raise Unusable(Text(sv="avsändaren saknas", en="the sender is missing"), remedy)
    return Mail(
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encryption={"smtp": "starttls", "smtps": "tls"}.get(parts.scheme, "none"),
        sender=sender or "samsyn@localhost",
        folder=Path(unquote(parts.path)) if to_file else None,
    )


def read_providers(text: str) -> tuple[Provider, ...]:
    """The sign-in services, as a JSON list."""
    remedy = Text(
        sv='Skriv [{"id": "av", "name": "Arbetsmiljöverket", "issuer": "https://…", '
        '"client_id": "…", "secret": "…"}].',
        en='Write [{"id": "av", "name": "Arbetsmiljöverket", "issuer": "https://…", '
        '"client_id": "…", "secret": "…"}].',
    )
    try:
        providers = msgspec.json.decode(text.encode(), type=tuple[Provider, ...])
    except msgspec.DecodeError as error:
        # The message names the path and the types, never the value.
        raise Unusable(
            Text(sv=f"den går inte att läsa: {error}", en=f"it cannot be read: {error}"), remedy
        ) from None
    for provider in providers:
        if not provider.issuer.startswith("https://"):
            raise Unusable(
                Text(
                    sv=f"utfärdaren för {provider.id} börjar inte med https://",
                    en=f"the issuer of {provider.id} does not begin with https://",
                ),
                remedy,
            )
    if len({provider.id for provider in providers}) < len(providers):
        raise Unusable(Text(sv="samma id två gånger", en="the same id twice"), remedy)
    return providers


def read_switch(text: str) -> bool:
    """Yes or no."""
    if text.lower() not in {"true", "false", "1", "0"}:
        raise Unusable(
            Text(sv=f"{text} är varken true eller false", en=f"{text} is neither true nor false"),
            Text(sv="Skriv true eller false.", en="Write true or false."),
        )
    return text.lower() in {"true", "1"}


def read_language(text: str) -> Language:
    """The language of those who have not chosen one."""
    for language in LANGUAGES:
        if text.lower() == language:
            return language
    raise Unusable(
        Text(sv=f"{text} är inget av hubbens språk", en=f"{text} is not a language of the hub"),
        Text(sv="Skriv sv eller en.", en="Write sv or en."),
    )


def read_minutes(text: str) -> int:
    """Minutes after which a session without use ends."""
    if text.isdecimal() and int(text) in SESSION_MINUTES:
        return int(text)
    first, last = SESSION_MINUTES[0], SESSION_MINUTES[-1]
    raise Unusable(
        Text(
            sv=f"{text} är inte ett antal minuter mellan {first} och {last}",
            en=f"{text} is not a number of minutes between {first} and {last}",
        ),
        Text(sv="Skriv till exempel 30.", en="Write 30, for instance."),
    )


def read_token(text: str) -> str:
    """A secret that stands in a header, and so holds no spaces."""
    if re.search(r"\s", text):
        raise Unusable(
            Text(sv="den innehåller mellanslag", en="it contains spaces"),
            Text(sv="Ta bort dem.", en="Remove them."),
        )
    return read_secret(text)
