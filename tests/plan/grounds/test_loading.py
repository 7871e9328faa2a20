"""Are the powers on site proved by the statutes, and is a faulty file refused with its line?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from samsyn.kernel.citations import Citation
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.loading import packaged_folder
from samsyn.law.statutes import StatuteLibrary, Verdict
from samsyn.plan.grounds import Grounds, load_grounds

STATUTES = Path(__file__).parents[3].parent / "shared" / "law" / "statutes"
NINE = {"AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV", "ÅM"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(packaged_folder(), tmp_path / "se")


def test_each_of_the_nine_has_a_ground_and_three_of_them_one_that_lets_them_enter(
    grounds: Grounds,
) -> None:
    assert grounds.members == NINE
    entering = {p.code for p in grounds.powers.values() if "access" in p.permits}
    assert {grounds.powers[code].agency for code in entering} == {"AV", "PM", "SKV"}
    assert {code for code in entering if code.startswith("skv")} == {
        "skv_cash_register_supervision"
    }


@pytest.mark.skipif(not STATUTES.is_dir(), reason=f"no statute texts at {STATUTES}")
def test_every_provision_of_a_ground_stands_in_the_statutes(grounds: Grounds) -> None:
    library = StatuteLibrary.open(STATUTES)
    for code, cite in grounds.cited():
        proof = library.prove(Citation.parse(cite), date(2025, 10, 1))
        assert proof.verdict is Verdict.PROVED, f"{code}: {cite}: {proof.reason.en}"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("agency: MV", "agency: XX", "agency: XX is no agency of agencies.yaml"),
        ("code: fk_inquiry", "code: mv_duty_officer", "code: mv_duty_officer stands twice"),
        ('"2024:307/4 st1"', '"2024:307 4"', "cites[0]"),
        ("[av_work_environment,", "[skv_nothing,", "assists[0]: skv_nothing is no own control"),
        ("capacity: support", "capacity: assistance", "assists: is written for assistance"),
        ("capacity: on_call", "capacity: seated", "capacity"),
        ("before: false", "before: maybe", "conditions[0].before"),
    ],
)
def test_a_faulty_power_is_refused_with_file_line_and_field(
    folder: Path, old: str, new: str, says: str
) -> None:
    path = folder / "inspections" / "powers.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text.split("powers:\n", 1)[1]
    head, body = text.split("powers:\n", 1)
    path.write_text(f"{head}powers:\n{body.replace(old, new, 1)}", encoding="utf-8")
    with pytest.raises(FaultyFiles) as refused:
        load_grounds(folder)
    said = [str(fault) for fault in refused.value.faults]
    assert any(says in line and "powers.yaml:" in line for line in said), said


def test_without_the_file_it_is_said_which_is_missing(folder: Path) -> None:
    (folder / "inspections" / "operation_types.yaml").unlink()
    with pytest.raises(FaultyFiles, match=r"operation_types\.yaml"):
        load_grounds(folder)
