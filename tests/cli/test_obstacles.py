"""``samsyn obstacles combine`` as a national coordinator uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli.main import main
from samsyn.hub.guard.seal_keys import new_seed, signing_key
from samsyn.hub.obstacles.combining import FORMAT, signed


def figures(agency: str, count: int | None) -> dict[str, Any]:
    lines = {"2009:400/27:1": count, "2009:400/28:1": 7}
    return {
        "format": FORMAT, "agency": agency, "from": "2026-01-01", "to": "2026-12-31",
        "rulebook": "1", "smallest": 3,
        "tables": {"provisions": {"unit": "obstacle", "total": None, "lines": lines}},
    }  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    key = signing_key(new_seed())
    public = tmp_path / "keys"
    public.write_text(key.public_key().public_bytes_raw().hex())
    paths = []
    for agency, count in (("AV", 5), ("SKV", None)):
        path = tmp_path / f"{agency}.json"
        path.write_text(json.dumps(signed(figures(agency, count), key)))
        paths.append(str(path))
    return ["obstacles", "combine", *paths, "--public-keys", str(public)]


def test_the_sums_are_shown_with_their_unit(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "AV, SKV: 2026-01-01 – 2026-12-31" in said
    assert "row of the obstacle register" in said
    assert "6–7" in said
    assert "14" in said


@pytest.mark.parametrize(
    ("name", "start"), [("r.csv", b'\xef\xbb\xbf"table"'), ("r.json", b"{"), ("r.pdf", b"%PDF-")]
)
def test_the_report_is_written_as_its_file_is_named(
    files: list[str], tmp_path: Path, name: str, start: bytes
) -> None:
    assert main([*files, "--to", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_file_that_was_changed_is_named_and_nothing_is_written(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = Path(files[3])
    changed.write_text(changed.read_text().replace("7", "70"))
    assert main([*files, "--to", str(tmp_path / "r.csv")]) != 0
    assert str(changed) in capsys.readouterr().err
    assert not (tmp_path / "r.csv").exists()
    assert main([*files[:3], "--public-keys", files[-1], "--to", str(tmp_path / "r.doc")]) != 0
    assert "--to" in capsys.readouterr().err
