"""``samsyn plan solve`` and ``check`` as their users meet them."""

from __future__ import annotations

import gzip
import json
import multiprocessing
from pathlib import Path

import pytest

from samsyn.cli.main import USAGE, main
from samsyn.plan.visits.first_plan import first_plan
from samsyn.plan.visits.searching import improve
from tests.plan.visits.invented import by_hand, problem_of

OK, STOPPED = 0, 3
ALIKE = ["--iterations", "20000"]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    file = tmp_path / "instance.json.gz"
    file.write_bytes(gzip.compress(json.dumps(by_hand()).encode()))
    return file


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "försening"), ("en", "largest tardiness 0.000")]
)
def test_a_plan_is_made_and_passes_its_check(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    out = tmp_path / "plan.json"
    solve = ["plan", "solve", str(instance), "--out", str(out), "--language", language]
    assert main([*solve, *ALIKE]) == OK
    told = capsys.readouterr().out
    assert "40.000" in told
    assert words in told
    assert main(["plan", "check", str(instance), str(out), "--language", language]) == OK
    assert "40.000" in capsys.readouterr().out
    assert set(json.loads(out.read_text())) == {"global_ordering", "routes"}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["instance.json.gz", "plan.json"]


def test_two_workers_search_within_the_time(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # What compiles at its first call does so here, so that the time goes to the search.
    improve(problem_of(by_hand()), first_plan(problem_of(by_hand())), 1, 1)
    out = tmp_path / "plan.json"
    assert (
        main(["plan", "solve", str(instance), "--out", str(out), "--seconds", "4", "--json"]) == OK
    )
    told = json.loads(capsys.readouterr().out)
    assert told["cost"] <= told["how"]["first_cost"]
    assert told["feasible"]
    assert told["how"]["workers"] == 2
    assert out.is_file()
    assert not multiprocessing.active_children()


def test_a_broken_plan_is_named_in_words(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"
    main(["plan", "solve", str(instance), "--out", str(out), *ALIKE])
    plan = json.loads(out.read_text())
    plan["routes"][0]["locations"] = []
    out.write_text(json.dumps(plan))
    capsys.readouterr()
    assert main(["plan", "check", str(instance), str(out), "--language", "en"]) == STOPPED
    assert "p1 does not get a" in capsys.readouterr().out
    assert main(["plan", "check", str(instance), str(out), "--json"]) == STOPPED
    assert json.loads(capsys.readouterr().out)["violations"][0]["kind"] == "missing"


def test_a_fault_names_file_field_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = by_hand()
    document["patients"][1]["time_window"] = [9, 3]
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(document))
    out = tmp_path / "plan.json"
    assert main(["plan", "solve", str(file), "--out", str(out), "--language", "sv"]) == USAGE
    told = capsys.readouterr().err
    assert f"{file}: patients[1].time_window: " in told
    assert "skriv det tidigare först" in told
    assert not out.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--workers", "0"),
        ("--seed", "-1"),
        ("--iterations", "-1"),
    ],
)
def test_numbers_out_of_range_are_refused(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    out = tmp_path / "plan.json"
    assert main(["plan", "solve", str(instance), "--out", str(out), option, value]) == USAGE
    assert option in capsys.readouterr().err


def test_missing_files_and_folders_are_named(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "plan.json"
    assert main(["plan", "solve", str(instance), "--out", str(out)]) == USAGE
    assert "nowhere" in capsys.readouterr().err
    assert main(["plan", "solve", str(instance), "--out", str(tmp_path)]) == USAGE
    assert str(tmp_path) in capsys.readouterr().err
    assert main(["plan", "check", str(tmp_path / "no.json"), str(instance)]) == USAGE
    assert "no.json" in capsys.readouterr().err
