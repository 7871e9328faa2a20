"""Is a server that is to be kept stopped in order, and is its data there the next time?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samsyn.hub.project.embedded import (
    PostgresMissing,
    binaries,
    embedded_binaries,
    kept_server,
    own_identity,
    private_folder,
)


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: its parents are closed to the user that a server of root runs as.
    parent = private_folder()
    yield parent / "kept"
    shutil.rmtree(parent)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def process(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def test_what_was_written_is_there_the_next_time(folder: Path) -> None:
    with kept_server(embedded_binaries(), folder) as url:
        ask(url, "create table kept as select 7 as seven")
        assert ask(url, "show fsync") == "on"
        assert ask(url, "show listen_addresses") == ""
        number = process(folder)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert not (folder / "data" / "postmaster.pid").exists()
    with kept_server(embedded_binaries(), folder) as url:
        assert ask(url, "select seven from kept") == 7


def test_a_folder_with_a_long_path_is_no_hindrance(folder: Path) -> None:
    with kept_server(embedded_binaries(), folder / ("long" * 20)) as url:
        assert ask(url, "select 1") == 1


def test_a_server_left_behind_is_stopped_first(folder: Path) -> None:
    # As when the one who started it was killed: the server runs on, and holds the data.
    left = kept_server(embedded_binaries(), folder)
    url = left.__enter__()
    ask(url, "create table kept as select 7 as seven")
    first = process(folder)
    with kept_server(embedded_binaries(), folder) as again:
        assert process(folder) != first
        assert ask(again, "select seven from kept") == 7
    left.__exit__(None, None, None)


def test_data_of_another_version_is_refused_with_a_remedy(folder: Path) -> None:
    with kept_server(embedded_binaries(), folder):
        pass
    (folder / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresMissing, match="RESET=1"), kept_server(embedded_binaries(), folder):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_a_folder_the_server_cannot_reach_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with (
        pytest.raises(PostgresMissing, match="SAMSYN_DEMO_DIR"),
        kept_server(embedded_binaries(), closed / "inside"),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_the_data_belongs_to_the_server_alone(folder: Path) -> None:
    with kept_server(embedded_binaries(), folder):
        assert folder.stat().st_uid == own_identity()["user"]
        assert folder.stat().st_mode & 0o077 == 0


def test_the_named_programs_are_taken(tmp_path: Path) -> None:
    assert binaries({"PG_BIN": str(tmp_path)}) == tmp_path
    assert binaries({}) == embedded_binaries()
