"""Is everything that was destroyed there again, and is nothing overwritten by mistake?"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.obstacles.handing_in import hand_in_figures
from samsyn.hub.obstacles.models import HandedFigures
from samsyn.hub.obstacles.national import choices, national, standing_figures
from samsyn.hub.project.backup import backup, restore
from samsyn.hub.project.programs import program
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from tests.hub.support import Hub

SEALED = b"\x00\x01 what was sealed \xff" * 1000


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "kept" / "files"
    (folder / "3f").mkdir(mode=0o700, parents=True)
    (folder / "3f" / "3f9a").write_bytes(SEALED)
    (folder / "empty").write_bytes(b"")
    with override_settings(SAMSYN=msgspec.structs.replace(settings.SAMSYN, files_dir=folder)):
        yield folder


@pytest.fixture
def archive(hub: Hub, files: Path, tmp_path: Path) -> Path:
    """A backup of a hub in which somebody has looked at something."""
    actor = hub.officer("AV")
    with acting(actor):
        look(actor, "case.read", objects=["1"])
    file = tmp_path / "samsyn.backup"
    backup(file)
    return file


def destroy(hub: Hub, files: Path) -> None:
    for alias in ("default", "worker", "owner"):
        connections[alias].close()
    name = sql.Identifier(str(conninfo_to_dict(hub.owner_url)["dbname"]))
    server = make_conninfo(hub.owner_url, dbname="postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(name))
        connection.execute(sql.SQL("create database {} template template0").format(name))
    for path in sorted(files.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    files.rmdir()


def context_key(hub: Hub) -> object:
    with hub.owner() as owner:
        return owner.execute("select encode(inner_pad, 'hex') from guard_context_key").fetchone()


def log_rows(hub: Hub) -> list[tuple[object, ...]]:
    with hub.owner() as owner:
        query = sql.SQL("select lane, seq, act, hash from {} order by 1, 2")
        return owner.execute(query.format(sql.Identifier(LogEntry._meta.db_table))).fetchall()


def rows(hub: Hub, table: str) -> list[tuple[object, ...]]:
    with hub.owner() as owner:
        query = sql.SQL("select * from {} order by 1").format(sql.Identifier(table))
        return owner.execute(query).fetchall()


def test_what_was_destroyed_is_there_again(archive: Path, hub: Hub, files: Path) -> None:
    before = {table: rows(hub, table) for table in ("guard_account", "guard_roleassignment")}
    log = log_rows(hub)
    assert log
    destroy(hub, files)
    told: list[Text] = []
    manifest = restore(archive, report=told.append)
    assert {table: rows(hub, table) for table in before} == before
    assert log_rows(hub) == log
    assert (files / "3f" / "3f9a").read_bytes() == SEALED
    assert (files / "empty").read_bytes() == b""
    assert files.stat().st_mode & 0o077 == 0
    assert len(manifest.members) == 3
    assert [step.en for step in told][:2] == ["Checksums", "The database"]
    # Both fences stand: the web sees with a context what it saw, and nothing without.
    officer = hub.actor(next(iter(hub.people.values())))
    with acting(officer):
        look(officer, "case.read", objects=["2"])
    with connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from guard_account")
        assert cursor.fetchone() == (0,)


def test_figures_handed_in_are_there_again_and_still_hold(
    hub: Hub, files: Path, tmp_path: Path
) -> None:
    lawyer, head = hub.officer("SKV", "secrecy_lawyer"), hub.officer("AV", "national_coordinator")
    with acting(lawyer):
        hand_in_figures(actor=lawyer, period=str(lawyer.day.year - 1))
    before = rows(hub, "obstacles_handedfigures")
    assert before
    file = tmp_path / "samsyn.backup"
    backup(file)
    destroy(hub, files)
    restore(file)
    assert rows(hub, "obstacles_handedfigures") == before
    with acting(head):
        found = standing_figures(head)
        (period,) = choices(found)
        assert national(found, period).counted == 1
    with acting(hub.officer("FK")):
        assert not HandedFigures.rows.exists()


def test_neither_the_key_of_contexts_nor_sessions_are_kept(
    archive: Path, hub: Hub, files: Path
) -> None:
    with hub.owner() as owner:
        owner.execute(
            "insert into guard_session (session_key, session_data, expire_date)"
            " values ('stolen', 'x', now() + interval '1 day')"
        )
    key = context_key(hub)
    backup(archive)
    destroy(hub, files)
    with override_settings(SAMSYN_CONTEXT_KEY="2b" * 31 + "01"):
        restore(archive)
    assert rows(hub, "guard_session") == []
    with hub.owner() as owner:
        (other,) = owner.execute(
            "select encode(inner_pad, 'hex') from guard_context_key"
        ).fetchone()  # type: ignore[misc]
    assert other != key


def test_an_old_entry_does_not_pass_for_one_of_a_transaction_to_come(
    archive: Path, hub: Hub, files: Path
) -> None:
    destroy(hub, files)
    restore(archive)
    with hub.owner() as owner:
        found = owner.execute(
            "select table_name from information_schema.columns where data_type = 'xid8'"
            " and table_schema = 'public'"
        ).fetchall()
        assert found
        for (table,) in found:
            query = sql.SQL("select count(*) from {} where xact <> '0'::xid8")
            assert owner.execute(query.format(sql.Identifier(str(table)))).fetchone() == (0,)


def test_what_is_there_is_not_overwritten_unless_asked(
    archive: Path, hub: Hub, files: Path
) -> None:
    with pytest.raises(FieldError, match="not empty"):
        restore(archive)
    (files / "later").write_bytes(b"later")
    hub.person("SKV")
    restore(archive, replace=True)
    assert not (files / "later").exists()
    assert len(rows(hub, "guard_account")) == 1


def test_files_alone_stand_in_the_way_too(archive: Path, hub: Hub, files: Path) -> None:
    destroy(hub, files)
    files.mkdir()
    (files / "other").write_bytes(b"other")
    with pytest.raises(FieldError, match="SAMSYN_FILES_DIR"):
        restore(archive)
    assert (files / "other").read_bytes() == b"other"


def altered(archive: Path, *, name: str, text: bytes | None) -> Path:
    """The archive with one member changed, or left out."""
    other = archive.with_name("altered.backup")
    with tarfile.open(archive) as source, tarfile.open(other, "w") as target:
        for info in source:
            file = source.extractfile(info)
            assert file is not None
            content = file.read()
            if info.name == name:
                if text is None:
                    continue
                content = text
                info.size = len(content)
            target.addfile(info, io.BytesIO(content))
    return other


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("files/3f/3f9a", b"something else"),
        ("files/3f/3f9a", None),
        ("database.dump", b"PGDMP"),
        ("manifest.json", None),
        ("manifest.json", b"{}"),
    ],
)
def test_an_archive_that_is_not_whole_is_refused_before_anything_is_touched(
    archive: Path, hub: Hub, files: Path, name: str, text: bytes | None
) -> None:
    before = rows(hub, "guard_account")
    with pytest.raises(FieldError, match="no whole backup"):
        restore(altered(archive, name=name, text=text), replace=True)
    assert rows(hub, "guard_account") == before
    assert (files / "3f" / "3f9a").read_bytes() == SEALED


def test_half_an_archive_and_no_archive_are_refused(
    archive: Path, files: Path, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    for file in (half, tmp_path / "gone", files / "empty"):
        with pytest.raises(FieldError, match="no whole backup"):
            restore(file, replace=True)


def test_a_name_that_leads_elsewhere_is_refused(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        info = tarfile.TarInfo("files/../../escaped")
        tar.addfile(info, io.BytesIO(b""))
    with pytest.raises(FieldError, match="escaped"):
        restore(archive, replace=True)
    assert not (tmp_path / "escaped").exists()


def test_it_is_for_its_maker_alone_and_there_whole_or_not_at_all(
    archive: Path, files: Path, hub: Hub
) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    before = archive.read_bytes()
    with hub.owner() as owner:
        owner.execute("create role samsyn_test_plain login")
        try:
            connections["owner"].close()
            connections["owner"].settings_dict["USER"] = "samsyn_test_plain"
            with pytest.raises(FieldError, match="bypassrls"):
                backup(archive)
        finally:
            owner.execute("drop role samsyn_test_plain")
    assert archive.read_bytes() == before
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []


def test_programs_older_than_the_server_are_not_taken(tmp_path: Path) -> None:
    old = tmp_path / "pg_dump"
    old.write_text('#!/bin/sh\necho "pg_dump (PostgreSQL) 14.2"\n')
    old.chmod(0o755)
    assert program("pg_dump", 140_002, {"PG_BIN": str(tmp_path)}) == old
    with pytest.raises(FieldError, match="version 15 or later"):
        program("pg_dump", 150_000, {"PG_BIN": str(tmp_path)})
    assert program("pg_dump", 180_000, {"PATH": str(tmp_path)}) != old


def test_the_manifest_says_what_is_in_it(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        file = tar.extractfile("manifest.json")
        assert file is not None
        manifest = json.load(file)
    assert {member["name"] for member in manifest["members"]} == {
        "database.dump",
        "files/3f/3f9a",
        "files/empty",
    }
    assert manifest["server_version"] >= 150_000
