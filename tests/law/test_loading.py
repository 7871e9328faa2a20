"""What is said of files that cannot be read, and where?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law import Rulebook
from samsyn.law.loading import packaged_folder, read_content
from samsyn.law.yaml_files import read_yaml

ACT = """\
act: "1990:1"
title: {sv: Lag, en: Act}
from: 2018-01-01
to: open
blocks:
  - kind: note
    rule: a-note
    cite: "1990:1/2"
    from: 2018-01-01
    to: open
    title: {sv: Rubrik, en: Title}
    summary: {sv: Text, en: Text}
    source: {text: SFS 1990:1}
    review: draft
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_folder(), tmp_path / "se"))


def faults_in(folder: Path) -> list[Fault]:
    with pytest.raises(FaultyFiles) as caught:
        Rulebook.load(folder)
    return caught.value.faults


def fault_in(path: Path) -> Fault:
    with pytest.raises(FaultyFiles) as caught:
        read_yaml(path)
    (fault,) = caught.value.faults
    assert fault.file == path
    return fault


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_packaged_rulebook_has_no_fault() -> None:
    assert Rulebook.load().content.blocks


def test_words_stay_words_and_days_stay_texts(tmp_path: Path) -> None:
    text = "on: no\nday: 2024-07-01\ncount: -3\nyes: true\nnone: ~\nempty:\nsfs: '7'\n"
    assert read_yaml(written(tmp_path, text)).content == {
        "on": "no",
        "day": "2024-07-01",
        "count": -3,
        "yes": True,
        "none": None,
        "empty": None,
        "sfs": "7",
    }


def test_the_line_of_a_field_is_that_of_its_key(tmp_path: Path) -> None:
    file = read_yaml(written(tmp_path, "a:\n  - b: 1\n    c:\n      d: {e: 2}\n  - f\n"))
    assert file.line_of("a[0].c.d.e") == 4
    assert file.line_of("a[1]") == 5
    assert file.line_of("a[0].missing.deeper") == 2
    assert file.line_of("a[7]") == 1
    assert file.line_of("nothing") == 1


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a", "stands twice in one block"),
        ("a:\n  - {b: 1, b: 2}\n", 2, "b", "stands twice in one block"),
        (b"a: 1\nb: \xe5\n", 0, "", "cannot be read"),
        ("a: 1\n\tb: 2\n", 2, "", "is not YAML"),
        ("a: [1, 2\nb: 3\n", 2, "", "is not YAML"),
        ("a: *missing\n", 1, "", "is not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "", "is not YAML"),
        ("? [a, b]\n: 1\n", 1, "", "expected a word as key"),
        (b"a: \x00\n", 0, "", "is not YAML"),
    ],
    ids=[
        "key twice",
        "key twice in one line",
        "not UTF-8",
        "tab",
        "open list",
        "unknown anchor",
        "two documents",
        "list as key",
        "control character",
    ],
)
def test_a_file_that_is_not_good_yaml(
    tmp_path: Path, text: str | bytes, line: int, field: str, words: str
) -> None:
    fault = fault_in(written(tmp_path, text))
    assert (fault.line, fault.field) == (line, field)
    assert words in fault.expected


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    fault = fault_in(tmp_path / "missing.yaml")
    assert fault.line == 0
    assert "cannot be read" in fault.expected


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path / "nowhere")
    assert fault.file == tmp_path / "nowhere"
    assert "expected a folder that holds rulebook.yaml" in str(fault)


def test_a_folder_without_acts_is_a_fault(folder: Path) -> None:
    shutil.rmtree(folder / "acts")
    (fault,) = faults_in(folder)
    assert fault.file == folder / "acts"
    assert "holds no act" in fault.expected


@pytest.mark.parametrize(
    "name",
    [
        "agencies.yaml",
        "categories.yaml",
        "circles.yaml",
        "offences.yaml",
        "rulebook.yaml",
        "acts/2024-307.yaml",
        "vocabulary/facts.yaml",
        "vocabulary/purposes.yaml",
    ],
)
def test_an_empty_file_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).write_text("", encoding="utf-8")
    faults = faults_in(folder)
    assert {fault.file for fault in faults} == {folder / name}
    assert all("xpected" in fault.expected for fault in faults)


def test_a_missing_list_is_a_fault_beside_those_of_other_files(folder: Path) -> None:
    (folder / "circles.yaml").unlink()
    (folder / "agencies.yaml").write_text("agencies: nine\n", encoding="utf-8")
    missing, wrong = sorted(faults_in(folder), key=lambda fault: fault.file.name, reverse=True)
    assert missing.file == folder / "circles.yaml"
    assert "cannot be read" in missing.expected
    assert (wrong.line, wrong.field) == (1, "agencies")
    assert "expected a list named agencies" in wrong.expected


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words"),
    [
        ("kind: note", "kind: notes", 6, "blocks[0].kind", "Invalid value 'notes'"),
        ("    title:", "    titel:", 6, "blocks[0]", "unknown field `titel`"),
        ("    review: draft\n", "", 6, "blocks[0]", "missing required field `review`"),
        ("rule: a-note", "rule: 5", 7, "blocks[0].rule", "Expected `str`, got `int`"),
        ("review: draft", "review: done", 14, "blocks[0].review", "Invalid enum value 'done'"),
        ("sv: Rubrik, ", "", 11, "blocks[0].title", "missing required field `sv`"),
        ("    from: 2018-01-01", "    from: 2018-02-30", 9, "blocks[0].from", "no day|not a day"),
        ("    to: open", "    to: ongoing", 10, "blocks[0].to", "expected the last day in force"),
        ("from: 2018-01-01\nto", "from: soon\nto", 3, "from", "expected a date such as"),
        ('act: "1990:1"\n', "", 1, "", "missing required field `act`"),
        ("  - kind: note", "  - note\n  - kind: note", 6, "blocks[0]", "Expected `object`"),
    ],
)
def test_a_block_in_the_wrong_form(
    folder: Path, old: str, new: str, line: int, field: str, words: str
) -> None:
    assert old in ACT
    path = folder / "acts" / "1990-1.yaml"
    path.write_text(ACT.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults_in(folder)
    assert (fault.file, fault.line, fault.field) == (path, line, field)
    assert any(word in fault.expected for word in words.split("|"))


def test_the_day_of_a_membership_is_read(folder: Path) -> None:
    path = folder / "circles.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(place for place, line in enumerate(lines) if "agency: AV, from:" in line)
    lines[number] = lines[number].replace("from: ", "from: around ", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    (fault,) = faults_in(folder)
    assert (fault.file, fault.line) == (path, number + 1)
    assert fault.field.startswith("circles[0].members[")
    assert "expected a date" in fault.expected


def test_all_faults_are_told_at_once(folder: Path) -> None:
    path = folder / "acts" / "1990-1.yaml"
    text = ACT.replace("review: draft", "review: done")
    path.write_text(text + text[text.index("  - kind") :], encoding="utf-8")
    (folder / "vocabulary" / "marks.yaml").write_text("codes: [1]\n", encoding="utf-8")
    with pytest.raises(FaultyFiles) as caught:
        read_content(folder)
    assert len(caught.value.faults) == 3
    assert str(caught.value).count("\n") == 2


def test_a_block_inside_itself_is_named(tmp_path: Path) -> None:
    assert "inside itself" in fault_in(written(tmp_path, "a: &x [*x]\n")).expected


def test_blocks_are_read_even_when_the_head_is_wrong(folder: Path) -> None:
    act = folder / "acts" / "1990-1.yaml"
    text = ACT.replace("from: 2018-01-01\nto: open\nblocks", "to: open\nblocks", 1)
    act.write_text(text.replace("review: draft", "review: maybe"), encoding="utf-8")
    named = [fault.field for fault in faults_in(folder) if fault.file == act]
    assert any("review" in field for field in named)
    assert len(named) == 2
