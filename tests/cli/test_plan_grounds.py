"""``samsyn plan grounds`` and ``powers``: what the planner reads, and what a program gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samsyn.cli.main import main

PLAN = """\
day: 2026-12-03
type: single
place: workplace
lead: AV
participants:
  - {who: Inspektör 1, agency: AV, ground: av_work_environment}
  - {who: Handläggare 1, agency: SKV, ground: skv_staff_register,
     answers: {register_duty: true, visit_decided: true}}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Grunderna håller den 2026-12-03"), ("en", "The grounds hold")]
)
def test_a_plan_that_holds_says_so_with_what_to_know(
    capsys: pytest.CaptureFixture[str], plan: Path, language: str, words: str
) -> None:
    assert main(["plan", "grounds", str(plan), "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert words in shown
    assert "[2011:1244/42:8, 2011:1244/42:8a" in shown


def test_a_ground_of_another_agency_is_refused_with_the_paragraph(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    plan.write_text(PLAN.replace("skv_staff_register", "av_posting"), encoding="utf-8")
    assert main(["plan", "grounds", str(plan), "--lang", "sv"]) == 3
    shown = capsys.readouterr().out
    assert "kan inte genomföras" in shown
    assert "SKV, Handläggare 1:" in shown
    assert "[1999:678/36]" in shown


def test_a_program_gets_the_same_as_json(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    plan.write_text(PLAN.replace("visit_decided: true", "visit_decided: false"), encoding="utf-8")
    assert main(["plan", "grounds", str(plan), "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["holds"] is False
    (stop,) = [remark for remark in answer["remarks"] if remark["weight"] == "stops"]
    assert stop["field"] == "participants[1].answers.visit_decided"
    assert stop["cites"] == ["2011:1244/42:8"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("day: 2026-12-03", "day: tomorrow", "plan.yaml:1: day"),
        ("place: workplace", "place: ship", "plan.yaml:3: place"),
        ("agency: AV,", "agenci: AV,", "plan.yaml:6: participants[0]"),
        (PLAN, "- [", "plan.yaml"),
    ],
)
def test_a_faulty_plan_names_file_line_and_field(
    capsys: pytest.CaptureFixture[str], plan: Path, old: str, new: str, says: str
) -> None:
    plan.write_text(PLAN.replace(old, new), encoding="utf-8")
    assert main(["plan", "grounds", str(plan)]) not in (0, 3)
    assert says in capsys.readouterr().err


def test_no_plan_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["plan", "grounds", str(tmp_path / "none.yaml")]) not in (0, 3)
    assert "none.yaml" in capsys.readouterr().err


def test_the_grounds_of_an_agency_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "powers", "--agency", "MV", "--on", "2024-06-30", "--lang", "en"]) == 1
    assert "No ground for MV on 2024-06-30" in capsys.readouterr().err
    assert main(["plan", "powers", "--agency", "MV", "--on", "2024-07-01"]) == 0
    assert "mv_duty_officer" in capsys.readouterr().out
    assert main(["plan", "powers", "--on", "2026-12-03", "--json"]) == 0
    agencies = {power["agency"] for power in json.loads(capsys.readouterr().out)}
    assert len(agencies) == 9
