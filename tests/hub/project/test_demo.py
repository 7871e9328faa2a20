"""Does a demo start, answer, stop in order, and keep what was done in it?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from samsyn.hub.project.demo import default_folder
from samsyn.hub.project.embedded import private_folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PROGRAM = "tests.hub.project.small_demo"


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: its parents are closed to the user that a server of root runs as.
    parent = private_folder()
    parent.chmod(0o711)
    yield parent / "demo"
    shutil.rmtree(parent)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


def environment() -> dict[str, str]:
    # The demo makes its own settings; what the tests have set for themselves is not its own.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMSYN_")}
    kept.pop("DATABASE_URL", None)
    return {**kept, "PYTHONPATH": str(ROOT)}


def start(folder: Path, port: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", PROGRAM, str(folder), str(port), *more],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until(process: subprocess.Popen[str], start_of_line: str) -> list[str]:
    """What it says, up to a line."""
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.strip())
        if line.startswith(start_of_line):
            return said
    raise AssertionError(f"it ended with: {said}")


@contextmanager
def demo(folder: Path, port: int, *more: str) -> Iterator[list[str]]:
    """A demo that answers; stopped as by Ctrl-C, which has to leave nothing running."""
    process = start(folder, port, *more)
    try:
        said = until(process, "ready")
        yield said
        process.send_signal(signal.SIGINT)
        assert until(process, "stopped")
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
    assert not (folder / "postgresql" / "data" / "postmaster.pid").exists()
    with pytest.raises(OSError, match="refused"):
        get(port, "/healthz")


def get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        text: bytes = answer.read()
    return text


def ask(folder: Path, question: str) -> list[tuple[object, ...]]:
    server = make_conninfo(host=str(folder / "postgresql"), user="postgres", dbname="samsyn_demo")
    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        return cursor.fetchall() if cursor.description else []


def workers(folder: Path) -> object:
    """How many do jobs, as soon as one does."""
    for _ in range(100):
        ((number,),) = ask(folder, "select count(*) from procrastinate_workers")
        if number:
            return number
        time.sleep(0.2)
    return 0


def test_a_demo_keeps_what_was_done_until_it_is_to_begin_anew(folder: Path, port: int) -> None:
    with demo(folder, port) as said:
        assert said[-1] == f"ready http://localhost:{port}/"
        assert "One person" in said
        assert json.loads(get(port, "/readyz"))["status"] == "ok"
        assert b"<html" in get(port, "/account/login/")
        assert b"samsyn_requests_total" in get(port, "/metrics")
        assert ask(folder, "select name from guard_account") == [("2022",)]
        assert workers(folder) == 1
        ask(folder, "create table done as select 7 as seven")
    with demo(folder, port) as said:
        assert "One person" not in said
        assert ask(folder, "select seven from done") == [(7,)]
    with demo(folder, port, "reset") as said:
        assert "One person" in said
        assert ask(folder, "select to_regclass('done') is null") == [(True,)]


def test_what_another_version_made_is_not_opened_but_begun_anew(folder: Path, port: int) -> None:
    with demo(folder, port):
        pass
    about = folder / "samsyn-demo.json"
    remembered = json.loads(about.read_bytes())
    about.write_text(json.dumps({**remembered, "tables": "of last year"}))
    process = start(folder, port)
    assert "RESET=1" in "".join(until(process, "SAMSYN_DEMO_DIR"))
    assert process.wait(60) == 2
    process.communicate()
    assert json.loads(about.read_bytes())["tables"] == "of last year"
    with demo(folder, port, "reset"):
        assert json.loads(about.read_bytes())["tables"] == remembered["tables"]


def test_its_keys_are_its_own_and_closed(folder: Path, port: int) -> None:
    with demo(folder, port):
        about = folder / "samsyn-demo.json"
        keys = json.loads(about.read_bytes())
        assert about.stat().st_mode & 0o077 == 0
        assert (folder / "files").stat().st_mode & 0o077 == 0
    assert len({keys["secret_key"], keys["context_key"], keys["files_key"]}) == 3


def test_two_at_once_are_one_too_many(folder: Path, port: int) -> None:
    with demo(folder, port):
        taken = start(folder, port)
        assert "--port" in "".join(until(taken, "--port"))
        assert taken.wait(60) == 2
        taken.communicate()
        with socket.create_server(("127.0.0.1", 0)) as free:
            other = free.getsockname()[1]
        second = start(folder, other)
        assert "already runs" in "".join(until(second, "SAMSYN_DEMO_DIR"))
        assert second.wait(60) == 2
        second.communicate()


def test_a_folder_with_something_else_is_left_alone(folder: Path, port: int) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    process = start(folder, port, "reset")
    assert "something else" in "".join(until(process, "SAMSYN_DEMO_DIR"))
    process.communicate()
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_the_place_of_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_folder({"SAMSYN_DEMO_DIR": str(tmp_path)}) == tmp_path
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/samsyn/demo")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_folder({}) == Path("/var/lib/samsyn/demo")
