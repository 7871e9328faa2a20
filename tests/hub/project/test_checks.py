"""Is each fault of a deployment found when it is planted, and nothing in a good one?"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings

from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting
from samsyn.hub.project.checks import all_findings, machine, server
from samsyn.hub.project.checks.finding import Finding
from samsyn.hub.project.environment import Environment
from samsyn.hub.project.environment_values import Mail
from samsyn.hub.project.roles import WEB
from tests.hub.support import Hub

DAY = date(2026, 11, 24)
KEY = "1a2b3c4d5e6f708192a3b4c5d6e7f809" * 2


@pytest.fixture
def good(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """A deployment with nothing wrong but that it cannot mail, which only warns."""
    for name in ("files", "witness"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = msgspec.structs.replace(
        settings.SAMSYN,
        files_dir=tmp_path / "files",
        witness_dir=tmp_path / "witness",
        tooling=False,
    )
    with hub.owner() as owner:
        owner.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    monkeypatch.setattr(machine, "FREE_SHARE", 0.0)
    monkeypatch.setattr(machine, "FREE_BYTES", 0)
    with override_settings(SAMSYN=environment):
        yield environment


def found(variables: dict[str, str] | None = None) -> dict[str, Finding]:
    findings = {finding.code: finding for finding in all_findings(variables or {}, DAY)}
    for finding in findings.values():
        assert finding.said.sv != finding.said.en
        assert finding.remedy.sv != finding.remedy.en
        assert finding.into("sv").count("\n") == 1
    return findings


def test_nothing_is_found_in_a_good_one(good: Environment) -> None:
    assert {code: finding.level for code, finding in found().items()} == {"no-mail": "warning"}


SQL = {
    "web-role-superuser": ("alter role samsyn_web superuser", "alter role samsyn_web nosuperuser"),
    "web-role-bypasses": ("alter role samsyn_web bypassrls", "alter role samsyn_web nobypassrls"),
    "web-role-creates-roles": (
        "alter role samsyn_web createrole",
        "alter role samsyn_web nocreaterole",
    ),
    "web-role-member": (
        "grant samsyn_guard to samsyn_web",
        "revoke samsyn_guard from samsyn_web",
    ),
    "web-role-owns": ("alter table guard_account owner to samsyn_web", ""),
    "web-role-creates": ("grant create on schema public to samsyn_web", ""),
    "table-not-forced": ("alter table guard_account no force row level security", ""),
    "table-without-policy": (
        "create table forgotten (x int); alter table forgotten enable row level security;"
        "alter table forgotten force row level security",
        "",
    ),
    "view-bypasses": (
        "create view everybody as select name from guard_account;"
        "grant select on everybody to samsyn_web",
        "",
    ),
    "rows-without-context": (
        "create policy open on guard_roleassignment for select using (true)",
        "",
    ),
    "context-key": (f"select guard_install_key('{'5c' * 32}')", ""),
    "worker-not-alive": (
        "update procrastinate_workers set last_heartbeat = now() - interval '1 hour'",
        "",
    ),
    "migrations-pending": ("delete from django_migrations where app = 'registry'", ""),
}


@pytest.mark.parametrize("code", SQL)
def test_what_is_planted_in_the_database_is_found(code: str, good: Environment, hub: Hub) -> None:
    plant, take_away = SQL[code]
    if code == "rows-without-context":
        hub.person("AV", "agency_officer")
    with hub.owner() as owner:
        owner.execute(plant.encode())
        try:
            findings = found()
        finally:
            # Roles belong to the server, and so to the tests that follow.
            if take_away:
                owner.execute(take_away.encode())
    assert code in findings
    assert findings[code].level == "fault"


def test_jobs_that_failed_are_told(good: Environment, hub: Hub) -> None:
    with hub.owner() as owner:
        owner.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, priority)"
            " values ('default', 'guard.seal', 'failed', 0)"
        )
        owner.execute(
            "insert into procrastinate_events (job_id, type, at)"
            " select id, 'failed', now() from procrastinate_jobs"
        )
    assert "guard.seal" in found()["jobs-failed"].said.en


def test_a_log_that_is_not_sealed_is_told(good: Environment, hub: Hub) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        look(actor, "case.read", objects=["1"])
    assert "log-not-sealed" not in found()
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update guard_log_entry set at = at - interval '12 minutes'")
    assert "12 minutes" in found()["log-not-sealed"].said.en


def test_another_role_than_the_webs_is_found(good: Environment, hub: Hub) -> None:
    connections["default"].settings_dict["USER"] = "samsyn_worker"
    assert WEB in found()["web-role-name"].remedy.en


def test_a_database_that_does_not_answer_is_the_last_finding(
    good: Environment, tmp_path: Path
) -> None:
    connections["default"].close()
    connections["default"].settings_dict["HOST"] = str(tmp_path)
    assert "DATABASE_URL" in found()["database-unreachable"].said.en


def test_clocks_that_differ(good: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 90)
    assert "90 seconds" in found()["clock-skew"].said.en


def test_an_old_server() -> None:
    (finding,) = server.version_findings(140_011)
    assert finding.code == "postgresql-version"
    assert not list(server.version_findings(150_000))


Change = Callable[[Environment, Path], Environment]


def readable_by_others(environment: Environment, place: Path) -> Environment:
    environment.files_dir.chmod(0o755)
    return environment


def in_web_root(environment: Environment, place: Path) -> Environment:
    folder = place / "static" / "files"
    folder.mkdir(mode=0o700, parents=True)
    return msgspec.structs.replace(environment, files_dir=folder)


def in_static(environment: Environment, place: Path) -> Environment:
    return msgspec.structs.replace(environment, static_dir=environment.files_dir.parent)


CHANGES: dict[str, tuple[str, Change]] = {
    "files gone": (
        "files-not-writable",
        lambda env, place: msgspec.structs.replace(env, files_dir=place / "gone"),
    ),
    "files open": ("files-open", readable_by_others),
    "files in a web root": ("files-in-web-root", in_web_root),
    "files beside static ones": ("files-in-web-root", in_static),
    "no witness": (
        "no-witness",
        lambda env, place: msgspec.structs.replace(env, witness_dir=None),
    ),
    "witness gone": (
        "witness-not-writable",
        lambda env, place: msgspec.structs.replace(env, witness_dir=place / "gone"),
    ),
    "a demo": ("demo", lambda env, place: msgspec.structs.replace(env, demo=True)),
    "mail to files": (
        "mail-to-files",
        lambda env, place: msgspec.structs.replace(env, mail=mail(folder=place)),
    ),
}


def mail(host: str = "", port: int = 0, folder: Path | None = None, tls: str = "tls") -> Mail:
    return Mail(
        host=host, port=port, user="", password="", encryption=tls, sender="a@b.se", folder=folder
    )


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_wrong_with_the_machine_is_found(
    name: str, good: Environment, tmp_path: Path
) -> None:
    code, change = CHANGES[name]
    with override_settings(SAMSYN=change(good, tmp_path)):
        assert code in found()


def test_a_full_disk(good: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "FREE_SHARE", 1.1)
    assert found()["disk-space"].level == "warning"


@pytest.mark.parametrize(
    ("value", "weak"),
    [
        ("1f" * 31 + "c0", True),  # known to everybody: that of the tools
        ("0123456789abcdef" * 4, True),
        ("ab" * 32, True),
        ("change-me-please-this-is-long-0123456789", True),
        ("9b1d04c2f7e8a36550c7d1be4f92a06d3387e1f45ca0b92d71f6e3a8045bd9c2", False),
    ],
)
def test_a_key_that_can_be_guessed(good: Environment, value: str, weak: bool) -> None:
    assert ("weak-secret" in found({"SAMSYN_CONTEXT_KEY": value})) is weak


def test_known_keys_of_tools(good: Environment) -> None:
    assert "tooling" in found({"SAMSYN_TOOLING": "1"})


def test_a_key_file_that_others_read(good: Environment, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(0o644)
    assert str(file) in found({"SAMSYN_LOG_SIGNING_KEY": str(file)})["key-file-open"].said.en
    file.chmod(0o600)
    assert "key-file-open" not in found({"SAMSYN_LOG_SIGNING_KEY": str(file)})


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_server_that_does_not_take_us(good: Environment, tls: str) -> None:
    """One that hangs up; and one that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def hang_up() -> None:
            listening.accept()[0].close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with override_settings(
            SAMSYN=msgspec.structs.replace(good, mail=mail("127.0.0.1", port, tls=tls))
        ):
            assert found()["mail-refused"].level == "fault"
        thread.join()
    with override_settings(
        SAMSYN=msgspec.structs.replace(good, mail=mail("127.0.0.1", port, tls=tls))
    ):
        assert "ConnectionRefusedError" in found()["mail-refused"].said.en


def test_data_in_the_clear_over_a_network_is_found(hub: Hub) -> None:
    """Asked of what the database says of the connection, since no test has a network."""

    class Answering:
        def __init__(self, encrypted: bool, near: bool) -> None:
            self.row = (encrypted, near)

        def execute(self, query: str) -> Answering:
            return self

        def fetchone(self) -> tuple[bool, bool]:
            return self.row

    def codes(encrypted: bool, near: bool) -> list[str]:
        connection: psycopg.Connection[tuple[object, ...]] = Answering(encrypted, near)  # type: ignore[assignment]
        return [finding.code for finding in server.encryption_findings(connection)]

    assert codes(False, False) == ["database-in-clear"]
    assert codes(True, False) == codes(False, True) == []
    with psycopg.connect(hub.owner_url) as connection:
        assert list(server.encryption_findings(connection)) == []
