"""Do the commands of the hub do their work as programs, and say what is wrong with its remedy?"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from samsyn.hub.project import serving
from samsyn.hub.project.metrics_folder import TOGETHER
from samsyn.hub.project.serving import Serving, serve
from tests.hub.support import Hub

ROOT = Path(__file__).parents[3]


def clean() -> dict[str, str]:
    """Our environment without what tests or a developer have set for Samsyn."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMSYN_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    return kept


@pytest.fixture
def installation(hub: Hub, tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that uses the hub's database."""
    for name in ("files", "witness"):
        (tmp_path / name).mkdir(mode=0o700)

    def address(user: str) -> str:
        parts = dict(part.split("=", 1) for part in hub.owner_url.split())
        query = "&".join(f"{name}={value}" for name, value in {**parts, "user": user}.items())
        return f"postgresql:///?{query}"

    return {
        **clean(),
        "DATABASE_URL": address("samsyn_web"),
        "SAMSYN_WORKER_DATABASE_URL": address("samsyn_worker"),
        "SAMSYN_OWNER_DATABASE_URL": address("postgres"),
        "SAMSYN_SECRET_KEY": secrets.token_hex(32),
        # That of the template, which the database knows.
        "SAMSYN_CONTEXT_KEY": settings.SAMSYN_CONTEXT_KEY,
        "SAMSYN_FILES_KEY": secrets.token_hex(32),
        "SAMSYN_LOG_SIGNING_KEY": secrets.token_hex(32),
        "SAMSYN_FILES_DIR": str(tmp_path / "files"),
        "SAMSYN_WITNESS_DIR": str(tmp_path / "witness"),
        "SAMSYN_HOSTS": "samsyn.example.se",
    }


def samsyn(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samsyn.cli.main", "hub", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "check"])
def test_without_settings_every_variable_is_named(command: str) -> None:
    done = samsyn(clean(), command, "--language", "sv")
    assert done.returncode == 2
    named = {line.split(": ")[1] for line in done.stderr.splitlines()}
    assert {"DATABASE_URL", "SAMSYN_CONTEXT_KEY", "SAMSYN_HOSTS"} <= named
    assert "den är inte satt" in done.stderr
    assert "Traceback" not in done.stderr


def test_from_check_over_backup_to_restore(
    installation: dict[str, str], hub: Hub, tmp_path: Path
) -> None:
    done = samsyn(installation, "migrate", "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "== Row policies" in done.stdout

    done = samsyn(installation, "check", "--json")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    # The key is that of the tests, which everybody knows; and nobody does jobs.
    assert {f["code"] for f in findings if f["level"] == "fault"} == {
        "weak-secret",
        "worker-not-alive",
    }
    assert done.returncode == 1

    (tmp_path / "files" / "one").write_bytes(b"sealed")
    file = str(tmp_path / "today.backup")
    done = samsyn(installation, "backup", file, "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 files" in done.stdout
    (tmp_path / "files" / "one").unlink()

    done = samsyn(installation, "restore", file, "--language", "sv")
    assert done.returncode == 2
    assert "SAMSYN_OWNER_DATABASE_URL: databasen är inte tom" in done.stderr
    done = samsyn(installation, "restore", file, "--replace", "--language", "sv")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "files" / "one").read_bytes() == b"sealed"


def test_work_is_done_and_ends(installation: dict[str, str]) -> None:
    done = samsyn(installation, "work", "--until-done")
    assert done.returncode == 0, done.stderr


def test_a_database_of_an_earlier_version_is_not_served(
    installation: dict[str, str], hub: Hub
) -> None:
    with hub.owner() as owner:
        owner.execute("delete from django_migrations where app = 'guard'")
    done = samsyn(installation, "serve", "--language", "en")
    assert done.returncode == 2
    assert "run 'samsyn hub migrate'" in done.stderr


def test_a_database_that_does_not_answer_is_said(
    installation: dict[str, str], tmp_path: Path
) -> None:
    address = f"postgresql://samsyn_web@/samsyn?host={tmp_path}"
    done = samsyn({**installation, "DATABASE_URL": address}, "serve", "--language", "sv")
    assert done.returncode == 2
    assert "DATABASE_URL: databasen svarar inte" in done.stderr


@pytest.fixture
def served(installation: dict[str, str], tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A hub that is served; its port, and where it writes about itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "samsyn.cli.main", "hub", "serve", "--workers", "2",
             "--bind", f"127.0.0.1:{port}"],
            env=installation,
            cwd=ROOT,
            stderr=output,
        )  # fmt: skip
    try:
        for _ in range(300):
            if process.poll() is not None or answer(port, "/readyz")[0] == 200:
                break
            time.sleep(0.1)
        assert process.poll() is None, log.read_text()
        yield port, log
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def answer(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *arguments: object, **named: object) -> None:
            return None

    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as got:
            return got.status, dict(got.headers), got.read()
    except urllib.error.HTTPError as got:
        with got:
            return got.code, dict(got.headers), got.read()
    except OSError:
        return 0, {}, b""


def test_browsers_are_led_to_an_encrypted_line_and_kept_there(served: tuple[int, Path]) -> None:
    port, _ = served
    status, headers, _ = answer(port, "/", Host="samsyn.example.se")
    assert (status, headers["Location"]) == (301, "https://samsyn.example.se/")
    assert answer(port, "/", Host="elsewhere.example.org")[0] == 400
    assert answer(port, "/healthz", Host="10.0.0.7")[0] == 200


def test_the_numbers_of_all_processes_are_added_up_and_the_log_is_json(
    served: tuple[int, Path],
) -> None:
    port, log = served
    for _ in range(5):
        answer(port, "/static/desk/none.css", Host="samsyn.example.se")
    assert answer(port, "/metrics")[0] == 200
    for line in log.read_text().splitlines():
        assert json.loads(line)["level"]


def test_the_web_process_forgets_every_other_way_into_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, str] = {}
    for step in ("_require_ready", "_collect_static"):
        monkeypatch.setattr(serving, step, lambda: None)
    environment = {
        "DATABASE_URL": "web",
        "SAMSYN_OWNER_DATABASE_URL": "owner",
        "SAMSYN_WORKER_DATABASE_URL": "worker",
    }
    monkeypatch.setattr(serving, "_run", lambda options: seen.update(environment))
    serve(Serving("127.0.0.1:0", 1, 1), environment)
    assert {"SAMSYN_OWNER_DATABASE_URL", "SAMSYN_WORKER_DATABASE_URL"}.isdisjoint(seen)
    assert seen["DATABASE_URL"] == "web"
    assert not Path(seen[TOGETHER]).exists()


def test_every_template_is_read_before_the_processes_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    monkeypatch.setattr("django.template.loader.get_template", read.append)
    monkeypatch.setattr("gc.freeze", lambda: read.append("frozen"))
    serving._loaded()
    assert {"cases/list.html", "cotton/panel.html", "insight/overview.html"} < set(read)
    # Nothing that is read comes after; what stays is looked through no more.
    assert read[-1] == "frozen"
