"""Is the PostgreSQL that tests are given a real one, of our own, and gone afterwards?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from samsyn.hub.project.embedded import (
    PostgresMissing,
    Runner,
    embedded_binaries,
    own_identity,
    private_folder,
    reachable,
    running_server,
)
from tests.support.postgres import own_database, postgres


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def test_it_answers(postgres_url: str) -> None:
    assert _ask(postgres_url, "select 1") == 1
    assert int(str(_ask(postgres_url, "show server_version_num"))) >= 150000
    assert _ask(postgres_url, "show server_encoding") == "UTF8"


def test_a_database_of_its_own_is_gone_afterwards(postgres_url: str) -> None:
    count = "select count(*) from pg_database where datname = '{}'"
    with own_database(postgres_url) as url:
        name = str(_ask(url, "select current_database()"))
        assert _ask(postgres_url, count.format(name)) == 1
    assert _ask(postgres_url, count.format(name)) == 0


def test_a_server_leaves_nothing_behind() -> None:
    with running_server(embedded_binaries()) as url:
        folder = Path(str(_ask(url, "show unix_socket_directories")))
        process = int((folder / "data/postmaster.pid").read_text().split()[0])
        assert _ask(url, "show listen_addresses") == ""
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_running_server_is_used_when_named(postgres_url: str) -> None:
    where = "select current_setting('data_directory')"
    with postgres({"DATABASE_URL": postgres_url}) as url:
        assert url != postgres_url
        assert _ask(url, where) == _ask(postgres_url, where)


def test_a_folder_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PostgresMissing, match="PG_BIN"), postgres({"PG_BIN": str(tmp_path)}):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_programs_in_a_closed_folder_are_copied_out(tmp_path: Path) -> None:
    installed = embedded_binaries().parent
    packed = installed.parent.with_name(f"{installed.parent.name}.libs")
    closed = tmp_path / "closed"
    programs = closed / installed.parent.name / installed.name / "bin"
    shutil.copytree(installed, programs.parent, symlinks=True)
    if packed.is_dir():
        shutil.copytree(packed, closed / packed.name, symlinks=True)
    closed.chmod(0o700)
    runner = Runner(own_identity(), private_folder())
    try:
        assert not runner.can_run(programs)
        assert reachable(programs, runner).is_relative_to(runner.folder)
    finally:
        shutil.rmtree(runner.folder)
    with running_server(programs) as url:
        folder = Path(str(_ask(url, "show unix_socket_directories")))
        assert (folder / "data").stat().st_uid == own_identity()["user"] != 0
