"""The commands as their users meet them: output, refusals and exit statuses."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli.main import FAULTS, OK, SOME_FAILED, USAGE, main
from samsyn.law.loading import packaged_folder
from tests.law.questions import PAYROLL

STATUTES = Path(__file__).parents[2].parent / "shared" / "law" / "statutes"
ASK = [
    "law", "ask", "--on", "2025-06-02", "--giver", "SKV", "--activity", "taxation",
    "--item-kind", "payroll_and_vat_figures", "--subject", "company",
    "--secrecy", "2009:400/27:1", "--receiver", "AV", "--receiver-function", "supervision",
    "--purpose", "joint_inspection_plan", "--initiative", "request", "--fact", "harm=met",
]  # fmt: skip


class Terminal(io.StringIO):
    """Typed replies, as from a person at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Talar emot"), ("en", "Speaks against")],
)
def test_ask_answers_in_both_languages(
    capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main([*ASK, "--language", language]) == OK
    shown = capsys.readouterr().out
    assert words in shown
    assert "2024:307/4" in shown


def test_ask_as_json_has_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--on", "2024-06-30", "--json", "--language", "sv"]) == OK
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == "may_after_balancing"
    assert answer["grounds"][0] == "2009:400/10:27"
    assert answer["holds_until"] == "2024-06-30"
    assert answer["weigh"]["against"]
    assert answer["what_would_open"]
    assert answer["ask_first"] is None


def test_ask_reads_a_question_from_its_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(PAYROLL)))
    assert main(["law", "ask", "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["test"] == "overriding_reasons_against"


def test_ask_by_prompts_corrects_slips_and_asks_what_decides(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = [
        "soon", "2025-06-02", "?", "AF", "labour_market", "wage_subsidy_data",
        "company victm", "company, victim",
        "2009:400/28:12", "SKV", "tax", "joint_inspection_plan", "request", "not_met",
    ]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(replies) + "\n"))
    assert main(["law", "ask", "--language", "sv"]) == OK
    shown = capsys.readouterr().out
    assert "ange en dag som" in shown
    assert "AF: Arbetsförmedlingen" in shown
    assert "fältet finns inte; använd kind, victim" in shown
    assert "Är skaderekvisitet uppfyllt" in shown
    assert "UPPGIFTEN SKA LÄMNAS UT" in shown


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ([*ASK[:-2], "--fact", "harm"], "--fact"),
        ([*ASK, "--giver", "SKVV"], "giver"),
        (["law", "ask", "--question", "no-such-file.json"], "--question"),
        (["law", "assess", "no-such-file.jsonl"], "FILE.jsonl"),
        (["law", "show", "ABC 1:1"], "citation"),
        (["law", "show", "OSL ten"], "citation"),
        (["law", "show", "OSL 10:27", "--on", "2024-02-31"], "--on"),
        (["law", "diff", "--before", "nowhere", "--after", "2024-07-01"], "--before"),
    ],
)
def test_a_wrong_call_is_one_line_with_its_field(
    capsys: pytest.CaptureFixture[str], arguments: list[str], field: str
) -> None:
    assert main(arguments) == USAGE
    error = capsys.readouterr().err
    assert error.startswith(f"samsyn: {field}: ")
    assert len(error.strip().splitlines()) == 1


def write_lines(path: Path, *entries: Any) -> Path:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_assess_writes_a_line_for_each_and_says_that_some_failed(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, **PAYROLL}, {"id": 2})
    out = tmp_path / "out.jsonl"
    assert main(["law", "assess", str(source), "--out", str(out)]) == SOME_FAILED
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["outcome"]) == (1, "may_after_balancing")
    assert (second["id"], second["error"]["field"]) == (2, "on")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_assess_leaves_no_half_written_file(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", PAYROLL)
    assert main(["law", "assess", str(source), "--out", str(tmp_path / "no" / "out")]) == USAGE
    assert main(["law", "assess", str(source), "--out", str(tmp_path / "out.jsonl")]) == OK


def test_score_fails_when_a_certain_case_differs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = {"id": "x", **PAYROLL, "expected": "must", "confidence": "certain"}
    assert main(["law", "score", str(write_lines(tmp_path / "c.jsonl", case))]) == FAULTS
    assert 'expected "must", answered "may_after_balancing"' in capsys.readouterr().out


def test_check_says_what_it_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check", "--language", "sv"]) == OK
    shown = capsys.readouterr().out
    assert "Inga fel." in shown
    assert "Granskning: " in shown


def test_check_names_file_line_and_field_of_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "se"
    for path in packaged_folder().rglob("*.yaml"):
        target = folder / path.relative_to(packaged_folder())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    act = folder / "acts" / "2024-307.yaml"
    text = act.read_text(encoding="utf-8")
    act.write_text(text.replace("force: duty", "forse: duty", 1), encoding="utf-8")
    assert main(["law", "check", "--rulebook", str(folder)]) == FAULTS
    error = capsys.readouterr().err
    assert "2024-307.yaml:" in error
    assert "forse" in error


def test_check_of_a_folder_that_is_no_rulebook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["law", "check", "--rulebook", str(tmp_path)]) == FAULTS
    assert "rulebook.yaml" in capsys.readouterr().err


@pytest.mark.skipif(not STATUTES.is_dir(), reason=f"no statute texts at {STATUTES}")
def test_show_prints_the_text_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["law", "show", "OSL 10:27", "--on", "2024-06-30", "--statutes", str(STATUTES)]
    assert main([*call, "--language", "sv"]) == OK
    shown = capsys.readouterr().out
    assert "uppenbart" in shown
    assert "sfs-2009-400.2024-05.md" in shown


@pytest.mark.skipif(not STATUTES.is_dir(), reason=f"no statute texts at {STATUTES}")
def test_show_refuses_a_section_that_did_not_exist_that_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call = ["law", "show", "OSL 10:15a", "--on", "2025-11-30", "--statutes", str(STATUTES)]
    assert main(call) == USAGE
    assert capsys.readouterr().err.startswith("samsyn: citation: ")


def test_words_lists_the_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "words", "purposes", "--language", "en"]) == OK
    shown = capsys.readouterr().out
    assert "joint_inspection_plan" in shown
    assert "agencies" not in shown


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_tour_tells_ten_situations(capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert main(["law", "tour", "--language", language]) == OK
    shown = capsys.readouterr().out
    assert "--- 10. " in shown
    assert "2009:400/10:15a st1 p5" in shown


@pytest.mark.parametrize(("language", "name"), [("sv", "handlaggare.md"), ("en", "officer.md")])
def test_the_officers_guide_says_what_the_engine_answers(
    capsys: pytest.CaptureFixture[str], language: str, name: str
) -> None:
    assert main(["law", "guide", "--language", language]) == OK
    page = Path(__file__).parents[2] / "docs" / "guides" / name
    assert page.read_text(encoding="utf-8") == capsys.readouterr().out, (
        f"write it anew: samsyn law guide --language {language} > docs/guides/{name}"
    )


def test_the_installed_command_runs_in_a_process_of_its_own() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "samsyn.cli.main", *ASK, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == OK, run.stderr
    assert json.loads(run.stdout)["duty_if_favourable"] is True


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == USAGE
    assert "demo" in capsys.readouterr().out
    assert main(["law"]) == USAGE
    assert "assess" in capsys.readouterr().out


@pytest.mark.skipif(not STATUTES.is_dir(), reason=f"no statute texts at {STATUTES}")
def test_check_proves_every_citation_that_the_texts_can_prove(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["law", "check", "--statutes", str(STATUTES), "--language", "en"]) == OK
    shown = capsys.readouterr().out
    assert "2009:400: " in shown
    assert "without text" in shown
