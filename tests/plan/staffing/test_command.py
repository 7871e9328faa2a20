"""Does ``samsyn plan staff`` do what it says, and leave nothing half-written?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samsyn.cli.main import main


@pytest.fixture
def month(tmp_path: Path) -> Path:
    file = tmp_path / "task.json"
    assert main(["plan", "staff", "--example", "5", "--operations", "8", "--out", str(file)]) == 0
    return file


def test_a_month_is_proposed_checked_mended_and_put_in_calendars(
    month: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, mended = month.with_name("plan.json"), month.with_name("mended.json")
    folder = month.with_name("calendars")
    call = ["plan", "staff", str(month), "--lang", "en"]
    done = main([*call, "--seconds", "3", "--out", str(plan), "--calendars", str(folder)])
    said = capsys.readouterr().out
    assert done == 0, said
    assert "bound for all plans" in said
    assert main([*call, "--check", str(plan)]) == 0
    first = json.loads(plan.read_text())["planned"][0]
    who = first["people"][0]["person"]
    assert (folder / f"{who}.ics").read_bytes().count(b"\r\r\n") == 0
    absent = ["--absent", f"{who}:{first['day']}:{first['day']}", "--from", str(plan)]
    assert main([*call, *absent, "--seconds", "2", "--out", str(mended)]) == 0
    assert "Others whose duties change:" in capsys.readouterr().out
    broken = json.loads(plan.read_text())
    broken["planned"][0]["people"].pop()
    plan.write_text(json.dumps(broken))
    assert main([*call, "--check", str(plan)]) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--absent", "x"], "--from"),
        (["--absent", "x", "--from", "{plan}"], "PERSON:FROM:TO"),
        (["--absent", "x:2027-02-01:2027-02-02", "--from", "{plan}"], "not among the people"),
        (["--check", "gone.json"], "gone.json"),
    ],
)
def test_a_wrong_call_says_what_to_write(
    month: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = month.with_name("plan.json"), month.with_name("out.json")
    plan.write_text('{"planned": []}')
    call = [word.format(plan=plan) for word in more]
    done = main(["plan", "staff", str(month), "--lang", "en", "--out", str(out), *call])
    assert done in (1, 2)
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_without_a_file_it_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "staff", "--lang", "sv"]) == 2
    assert "ange filen med uppdraget" in capsys.readouterr().err
