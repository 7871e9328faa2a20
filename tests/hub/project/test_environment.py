"""Is a setting that cannot be used named, with what is wrong and what to do, in both languages?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from samsyn.hub.project.environment import (
    TOOLING_VALUES,
    Environment,
    FaultyEnvironment,
    read_environment,
)

KEYS = ["1a2b3c4d5e6f7081" * 3 + f"9{place}f0e1d2c3b4a596" for place in range(4)]

GOOD = {
    "DATABASE_URL": "postgresql://samsyn_web:p%40ss@db.example.se:5433/samsyn?sslmode=require",
    "SAMSYN_SECRET_KEY": KEYS[0],
    "SAMSYN_CONTEXT_KEY": KEYS[1],
    "SAMSYN_FILES_KEY": KEYS[2],
    "SAMSYN_FILES_DIR": "/srv/samsyn/files",
    "SAMSYN_LOG_SIGNING_KEY": KEYS[3],
    "SAMSYN_HOSTS": "samsyn.example.se, SAMSYN.example.org",
}
PROVIDER = {
    "id": "av",
    "name": "Arbetsmiljöverket",
    "issuer": "https://id.example.se",
    "client_id": "samsyn",
    "secret": "s3cret-of-the-provider",
}


def faulty(variables: dict[str, str]) -> dict[str, str]:
    """The faults by variable, as sentences in Swedish and English together."""
    with pytest.raises(FaultyEnvironment) as caught:
        read_environment(variables)
    found: dict[str, str] = {}
    for fault in caught.value.faults:
        assert fault.into("sv") != fault.into("en")
        found[fault.variable] = f"{fault.into('sv')} {fault.into('en')}"
    return found


def test_what_is_given_is_read() -> None:
    environment = read_environment(GOOD)
    assert environment.database == {
        "host": "db.example.se",
        "port": "5433",
        "user": "samsyn_web",
        "password": "p@ss",
        "dbname": "samsyn",
        "sslmode": "require",
    }
    assert environment.context_key == bytes.fromhex(KEYS[1])
    assert environment.hosts == ("samsyn.example.se", "samsyn.example.org")
    assert environment.language == "sv"
    assert environment.session_minutes == 30
    assert (environment.demo, environment.behind_proxy, environment.tooling) == (False,) * 3
    assert environment.owner_database is None


def test_everything_that_is_missing_is_said_at_once() -> None:
    found = faulty({})
    assert set(found) == set(GOOD)
    assert "den är inte satt" in found["SAMSYN_HOSTS"]
    assert "it is not set" in found["SAMSYN_HOSTS"]


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DATABASE_URL", "mysql://a@b/c", "postgresql://"),
        ("DATABASE_URL", "postgresql://host/samsyn", "names no role"),
        ("DATABASE_URL", "postgresql://samsyn_web@host", "names no database"),
        ("DATABASE_URL", "postgresql://samsyn_web:hemligt@[host/x", "cannot be read"),
        ("SAMSYN_OWNER_DATABASE_URL", "sqlite:///x", "no address"),
        ("SAMSYN_SECRET_KEY", "short", "5 characters"),
        ("SAMSYN_SECRET_KEY", "a" * 64, "somebody typed"),
        ("SAMSYN_SECRET_KEY", "django-insecure-0123456789abcdefghijkl", "somebody typed"),
        ("SAMSYN_CONTEXT_KEY", "xyz" * 30, "hex digits"),
        ("SAMSYN_CONTEXT_KEY", "ab12", "2 bytes"),
        ("SAMSYN_FILES_KEY", "00" * 32, "the same"),
        ("SAMSYN_LOG_SIGNING_KEY", "1a2b3c4d" * 10, "exactly 32"),
        ("SAMSYN_LOG_SIGNING_KEY", "/nonexistent/key", "cannot be read"),
        ("SAMSYN_FILES_DIR", "files", "not a full path"),
        ("SAMSYN_WITNESS_DIR", "../witness", "not a full path"),
        ("SAMSYN_LOG_PUBLIC_KEYS", "/nonexistent/keys", "is not there"),
        ("SAMSYN_HOSTS", "*", "not the name of a host"),
        ("SAMSYN_HOSTS", "https://samsyn.example.se", "not the name of a host"),
        ("SAMSYN_MAIL_URL", "smtp://mail.example.se", "sender"),
        ("SAMSYN_MAIL_URL", "http://mail.example.se?from=a@b.se", "no way for mail"),
        ("SAMSYN_MAIL_URL", "smtp://mail:port?from=a@b.se", "cannot be read"),
        ("SAMSYN_OIDC", "{", "cannot be read"),
        ("SAMSYN_OIDC", json.dumps([{**PROVIDER, "issuer": "http://x"}]), "https://"),
        ("SAMSYN_OIDC", json.dumps([PROVIDER, PROVIDER]), "twice"),
        ("SAMSYN_OIDC", json.dumps([{**PROVIDER, "sekret": "x"}]), "sekret"),
        ("SAMSYN_DEMO", "ja", "neither true nor false"),
        ("SAMSYN_LANGUAGE", "fi", "not a language"),
        ("SAMSYN_SESSION_MINUTES", "0", "between 5 and 720"),
        ("SAMSYN_SESSION_MINUTES", "half an hour", "between 5 and 720"),
        ("SAMSYN_METRICS_TOKEN", "two words " * 5, "spaces"),
        ("SAMSYN_CONTEXT_KYE", KEYS[1], "no such setting"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_remedy(
    variable: str, value: str, words: str
) -> None:
    found = faulty({**GOOD, variable: value})
    assert set(found) == {variable}
    assert words in found[variable]


def test_the_value_of_a_secret_is_never_repeated() -> None:
    secret = "hemligt-lösen-nr-1"
    found = faulty(
        {
            **GOOD,
            "DATABASE_URL": f"postgresql://samsyn_web:{secret}@[x/y",
            "SAMSYN_SECRET_KEY": secret,
            "SAMSYN_CONTEXT_KEY": secret,
            "SAMSYN_FILES_KEY": secret,
            "SAMSYN_LOG_SIGNING_KEY": secret,
            "SAMSYN_METRICS_TOKEN": secret,
            "SAMSYN_MAIL_URL": f"smtp://u:{secret}@host",
            "SAMSYN_OIDC": json.dumps([{**PROVIDER, "secret": secret, "more": secret}]),
        }
    )
    assert len(found) >= 7
    assert secret not in " ".join(found.values())


def test_a_key_is_for_one_use() -> None:
    found = faulty({**GOOD, "SAMSYN_FILES_KEY": KEYS[1].upper()})
    assert set(found) == {"SAMSYN_FILES_KEY"}
    assert "SAMSYN_CONTEXT_KEY" in found["SAMSYN_FILES_KEY"]


def test_a_signing_key_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEYS[3]}\n", encoding="ascii")
    environment = read_environment({**GOOD, "SAMSYN_LOG_SIGNING_KEY": str(file)})
    assert environment.log_signing_key == bytes.fromhex(KEYS[3])


@pytest.mark.parametrize(
    ("url", "host", "port", "encryption"),
    [
        ("smtp://u:p%40@mail.example.se?from=s@example.se", "mail.example.se", 587, "starttls"),
        ("smtps://mail.example.se:2465?from=s@example.se", "mail.example.se", 2465, "tls"),
        ("file:///var/mail/samsyn", "", 0, "none"),
    ],
)
def test_mail_goes_to_a_server_or_to_files(url: str, host: str, port: int, encryption: str) -> None:
    mail = read_environment({**GOOD, "SAMSYN_MAIL_URL": url}).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.encryption) == (host, port, encryption)
    assert (mail.folder is None) == bool(host)


def test_sign_in_services_are_read() -> None:
    environment = read_environment({**GOOD, "SAMSYN_OIDC": json.dumps([PROVIDER])})
    assert [provider.issuer for provider in environment.oidc] == ["https://id.example.se"]


def test_the_demo_needs_no_hosts_and_nothing_else_becomes_a_demo() -> None:
    without = {name: value for name, value in GOOD.items() if name != "SAMSYN_HOSTS"}
    assert "localhost" in read_environment({**without, "SAMSYN_DEMO": "true"}).hosts
    assert not read_environment(GOOD).demo
    assert not read_environment({**GOOD, "SAMSYN_DEMO": "false"}).demo


def test_known_keys_are_given_to_tools_alone() -> None:
    tooling: Environment = read_environment({"SAMSYN_TOOLING": "1"})
    assert tooling.tooling
    assert tooling.database["host"] == "/nonexistent"
    for value in ("0", "true", ""):
        assert set(GOOD) == set(faulty({"SAMSYN_TOOLING": value}))
    assert not {"SAMSYN_DEMO", "SAMSYN_OIDC"} & set(TOOLING_VALUES)


def test_every_setting_is_explained_to_the_operator() -> None:
    guide = Path(__file__).parents[3] / "docs" / "guides" / "operations.md"
    rows = re.findall(r"^\| `([A-Z_]+)` \|", guide.read_text(encoding="utf-8"), re.MULTILINE)
    with pytest.raises(FaultyEnvironment) as caught:
        read_environment({**GOOD, "SAMSYN_MISSPELLED": "x"})
    known = set(re.findall(r"[A-Z_]{6,}", caught.value.faults[0].remedy.en))
    assert set(rows[: len(known)]) == known
