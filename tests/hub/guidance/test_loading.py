"""What is said of guidance that is wrong, and does it stay apart from the law?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from samsyn.hub.guidance.loading import Guidance, load_guidance
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.loading import packaged_folder
from samsyn.law.rulebook import digest

LEFT_OUT = "leave_out: true\n        change"
EXTRA = """      - text: {sv: En rad till., en: One more line.}
      - text: {sv: Och en., en: And one.}
      - text: {sv: För en gemensam"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(packaged_folder() / "guidance", tmp_path / "guidance")
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Put new words in the place of old ones; the line they stand on."""
    path = folder / "guidance" / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("steps.yaml", '"2009:400/5:2"', '"2009:400/5:99"', "the rulebook knows no 2009:400/5:99"),
        ("steps.yaml", '"2009:400/5:2"', '"2042:1/3"', "cites 2042:1, which has no file"),
        ("steps.yaml", '"2009:400/5:2"', "kap 5", "not a citation"),
        ("steps.yaml", 'from: "2025-04-01"', 'from: "2025-03-31"', "not in force before"),
        ("steps.yaml", 'from: "2025-04-01"', "from: i fjol", "i fjol"),
        ("steps.yaml", "code: weigh", "code: ask", "stands twice"),
        ("steps.yaml", "code: weigh", "code: Weigh it", "is no code"),
        ("steps.yaml", "sv: Räcker en del?", "sv: ''} #", "unknown field|missing|is not YAML"),
        ("exercises.yaml", "outcome: must,", "outcome: may,", "but the law says must"),
        ("exercises.yaml", 'ground: "2024:307/4"}', 'ground: "2009:400/10:27"}', "not decide it"),
        ("exercises.yaml", "theme: tax", "theme: taxes", "did you mean tax"),
        ("exercises.yaml", LEFT_OUT, LEFT_OUT.replace("true", "false"), "expected True"),
        ("exercises.yaml", "receiver: KOMMUN,", "receiver: KOMUN,", "KOMUN"),
        ("exercises.yaml", "compatible_with_swedish_interests: false", "tip_giver: false", "open"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(
    guidance: Guidance, folder: Path, name: str, old: str, new: str, said: str
) -> None:
    line = change(folder, name, old, new)
    with pytest.raises(FaultyFiles) as caught:
        load_guidance(guidance.rulebook, folder)
    fault = caught.value.faults[0]
    assert fault.file == folder / "guidance" / name
    assert abs(fault.line - line) <= 12
    assert fault.line > 0
    assert any(part in str(fault) for part in said.split("|")), str(fault)


def test_a_line_that_outlives_its_provision_is_a_fault(guidance: Guidance, folder: Path) -> None:
    change(folder, "steps.yaml", 'cite: "1990:782/10"', 'cite: "2001:588/8a"')
    with pytest.raises(FaultyFiles, match="expected to: 2026-04-01"):
        load_guidance(guidance.rulebook, folder)


def test_at_most_five_lines_are_said_on_a_day(guidance: Guidance, folder: Path) -> None:
    change(folder, "steps.yaml", "      - text: {sv: För en gemensam", EXTRA)
    with pytest.raises(FaultyFiles, match="says 6 lines on 2024-07-01; expected at most 5"):
        load_guidance(guidance.rulebook, folder)


def test_every_way_has_to_be_exercised(guidance: Guidance, folder: Path) -> None:
    path = folder / "guidance" / "exercises.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("  - code: two_people_with_one_name")
    path.write_text(head, encoding="utf-8")
    with pytest.raises(FaultyFiles, match="no exercise of identity"):
        load_guidance(guidance.rulebook, folder)


def test_guidance_is_no_part_of_the_version_of_the_law(tmp_path: Path) -> None:
    whole = tmp_path / "se"
    shutil.copytree(packaged_folder(), whole)
    before = digest(whole)
    (whole / "guidance" / "steps.yaml").write_text("steps: []\n", encoding="utf-8")
    assert digest(whole) == before
    (whole / "offences.yaml").write_text("offences: []\n", encoding="utf-8")
    assert digest(whole) != before


def test_what_is_said_changes_with_the_law(guidance: Guidance) -> None:
    weigh = guidance.steps["weigh"]
    before = {line.cite for line in weigh.lines_on(date(2024, 6, 30))}
    after = {line.cite for line in weigh.lines_on(date(2024, 7, 1))}
    assert "2009:400/10:27" in before
    assert "2024:307/4" not in before
    assert "2024:307/4" in after
    assert "2009:400/10:27" not in after
    assess = guidance.steps["assess"]
    for day, cite in (("2025-04-01", "2025:170/5"), ("2025-12-01", "2009:400/10:15a")):
        first = date.fromisoformat(day)
        last = first.fromordinal(first.toordinal() - 1)
        assert cite in {line.cite for line in assess.lines_on(first)}
        assert cite not in {line.cite for line in assess.lines_on(last)}
