"""Do the commands of the log work on a real hub, with its roles and policies, in both languages?"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings

from samsyn.cli.main import main
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.chaining import chain_hash
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.log_rows import lane_rows, lanes
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.seal_keys import signing_key
from tests.hub.support import Hub


@pytest.fixture
def looks(hub: Hub) -> list[int]:
    """Looks that somebody has made, by number of the log row."""
    officer = hub.officer("AV", "auditor")
    numbers = []
    for detail in ("a", "räksmörgås:,", "c"):
        with acting(officer), transaction.atomic():
            numbers.append(look(officer, "log.read", detail=detail, objects=["å", "b"]))
    return numbers


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The public key of the signing key that tests run with."""
    path = tmp_path / "public"
    public = signing_key(settings.SAMSYN.log_signing_key).public_key()
    path.write_text(f"# of the tests\n{public.public_bytes_raw().hex()}\n")
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_the_database_hashes_the_same_octets(hub: Hub, looks: list[int]) -> None:
    connections["worker"].ensure_connection()
    connection: psycopg.Connection = connections["worker"].connection
    with connection.transaction():
        rows = [row for lane in lanes(connection) for row in lane_rows(connection, lane)]
    assert {row.id for row in rows} >= set(looks)
    assert [row.hash for row in rows] == [chain_hash(row.entry) for row in rows]
    assert "räksmörgås:," in {row.entry.detail for row in rows}


def test_from_sealing_to_a_proof_checked_alone(
    hub: Hub, looks: list[int], key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, proof = tmp_path / "witness", tmp_path / "proof.json"
    folder.mkdir()
    assert main(["log", "prove", str(looks[1]), "--language", "en"]) == 1
    assert "not sealed yet" in said(capsys)
    assert main(["log", "seal", "--witness", str(folder), "--language", "sv"]) == 0
    assert "poster förseglade i 1 förseglingar" in said(capsys)
    assert main(["log", "verify", "--witness", str(folder), "--language", "en"]) == 0
    assert "The log is whole." in said(capsys)
    assert main(["log", "prove", str(looks[1]), "--out", str(proof)]) == 0
    assert main(["log", "check-proof", str(proof), "--key", str(key), "--language", "sv"]) == 0
    assert "Beviset håller" in said(capsys)
    assert main(["log", "check-witness", str(folder), "--key", str(key), "--language", "en"]) == 0
    assert "1 seals" in said(capsys)
    raw = json.loads(proof.read_text())
    raw["entry"]["detail"] = "other"
    proof.write_text(json.dumps(raw))
    assert main(["log", "check-proof", str(proof), "--key", str(key), "--language", "en"]) == 1
    assert "does not stand like this" in said(capsys)


def test_an_entry_is_proved_by_what_people_call_it(
    hub: Hub, looks: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "seal", "--language", "en"]) == 0
    capsys.readouterr()
    assert main(["log", "prove", str(looks[1])]) == 0
    by_number = said(capsys)
    name = reference(looks[1])
    assert main(["log", "prove", name]) == 0
    assert said(capsys) == by_number
    mistyped = name[:-1] + ("A" if name[-1] != "A" else "B")
    assert main(["log", "prove", mistyped, "--language", "sv"]) == 2
    assert "ingen loggpost" in said(capsys)


def test_keys_from_before_are_read_from_the_settings(
    hub: Hub, looks: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log whose key was changed is sealed and checked without typing the old one again."""
    present = settings.SAMSYN
    old = msgspec.structs.replace(present, log_signing_key=bytes(range(32)))
    with override_settings(SAMSYN=old):
        assert main(["log", "seal"]) == 0
    with acting(hub.officer("AV", "auditor")) as officer:
        look(officer, "log.read")
    assert main(["log", "seal", "--language", "en"]) == 1
    assert "SAMSYN_LOG_PUBLIC_KEYS" in said(capsys)
    file = tmp_path / "keys"
    file.write_text(signing_key(bytes(range(32))).public_key().public_bytes_raw().hex())
    with override_settings(SAMSYN=msgspec.structs.replace(present, log_public_keys=file)):
        assert main(["log", "seal"]) == 0
        assert main(["log", "verify", "--language", "en"]) == 0
        assert "The log is whole." in said(capsys)


def test_an_operator_who_edits_a_row_is_found(
    hub: Hub, looks: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Abuse case 40, on the tables of the hub: the fences have to be taken down first."""
    assert main(["log", "seal", "--witness", str(tmp_path)]) == 0
    edit = f"update guard_log_entry set agency = 'SKV' where id = {looks[0]}"
    with hub.owner() as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(edit)
        owner.execute("alter table guard_log_entry disable trigger user")
        assert owner.execute(edit).rowcount == 1
    capsys.readouterr()
    assert main(["log", "verify", "--witness", str(tmp_path), "--language", "sv"]) == 1
    out = said(capsys)
    assert f"id {looks[0]}" in out
    assert "har ändrats" in out
    assert main(["log", "prove", str(looks[0]), "--language", "sv"]) == 1
    assert "ändrats sedan den skrevs" in said(capsys)


def test_a_new_key_replaces_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "key"
    assert main(["log", "keygen", "--out", str(path), "--language", "sv"]) == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(path.read_text())) == 32
    assert main(["log", "keygen", "--out", str(path), "--language", "sv"]) == 2
    assert "kan inte skapas" in said(capsys)


@pytest.mark.parametrize("text", ["", "# none\n", "xyz\n", "00\n"])
def test_a_file_without_a_key_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, proof = tmp_path / "key", tmp_path / "proof"
    key.write_text(text)
    proof.write_text("{}")
    assert main(["log", "check-proof", str(proof), "--key", str(key), "--language", "en"]) == 2
    assert "--key" in said(capsys)
