"""Is the handbook written, and is it said why when it cannot be?"""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.cli.main import main


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_handbook_is_written_to_a_file(tmp_path: Path, language: str) -> None:
    path = tmp_path / "handbook.pdf"
    asked = ["guidance", "handbook", "--lang", language, "--on", "2026-11-24", "--to", str(path)]
    assert main(asked) == 0
    first = path.read_bytes()
    assert first.startswith(b"%PDF")
    assert main(asked) == 0
    assert path.read_bytes() == first


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "handbook.pdf"
    assert main(["guidance", "handbook", "--lang", "sv", "--to", str(path)]) == 1
    assert "ange en fil" in capsys.readouterr().err


def test_a_day_before_the_rulebook_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["guidance", "handbook", "--lang", "sv", "--on", "1999-01-01"]
    assert main([*asked, "--to", str(tmp_path / "handbook.pdf")]) == 2
    assert "regelboken gäller dagar från" in capsys.readouterr().err


def test_without_a_command_its_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guidance"]) == 2
    assert "handbook" in capsys.readouterr().out
