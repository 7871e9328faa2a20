"""A bill is data: what it changes, read and checked, and the rulebook that comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samsyn.kernel.faults import FaultyFiles
from samsyn.law import Rulebook
from samsyn.law.proposals import proposed_rulebook, read_proposal, read_proposals
from samsyn.law.simulate import simulate

HEAD = """proposal:
  - code: a-bill
    title: {sv: Förslag, en: A bill}
    says: {sv: Ändrar, en: Changes}
    status: proposed
    source: {text: "Ds"}
changes:
"""
BEFORE_2025 = {
    "on": "2025-03-01",
    "giver": "SKV",
    "activity": "taxation",
    "item_kind": "payroll_and_vat_figures",
    "subject": {"kind": "company"},
    "secrecy": ["2009:400/27:1"],
    "receiver": "AV",
    "receiver_function": "supervision",
    "purpose": "own_supervision",
    "initiative": "own",
    "facts": {"harm": "met"},
}
DUTY = "acts/2024-307.yaml, rule: duty-joint-inspections"


def written(folder: Path, changes: str) -> Path:
    path = folder / "a-bill.yaml"
    path.write_text(HEAD + changes, "utf-8")
    return path


def test_every_proposal_that_comes_along_makes_a_rulebook_that_is_another() -> None:
    present = Rulebook.load()
    proposals = read_proposals()
    assert proposals
    for code, proposal in proposals.items():
        rulebook = proposal.rulebook()
        assert rulebook.version.endswith(code)
        assert rulebook.version != present.version
        assert proposal.head.source.text


def test_the_bill_of_2025_would_have_opened_what_only_the_general_clause_did() -> None:
    proposed = read_proposals()["prop-2024-25-180"].rulebook()
    simulation = simulate(Rulebook.load(), proposed, [json.dumps(BEFORE_2025)])
    (replayed,) = simulation.with_effect("opened")
    assert "2009:400/10:15a" in replayed.proposed.grounds[0]
    assert "2009:400/10:15a" not in str(replayed.present.grounds)


def test_a_rule_can_be_taken_away_and_another_come(tmp_path: Path) -> None:
    away = read_proposal(written(tmp_path, f"  - {{file: {DUTY}, remove: true}}\n")).rulebook()
    rules = {placed.block.rule for placed in away.content.blocks}
    assert "duty-joint-inspections" not in rules
    assert "duty-welfare-payments" in rules
    note = (
        "  - file: acts/2024-307.yaml\n    add: {kind: note, rule: note-new, cite: '2024:307/9', "
        "from: 2027-01-01, to: open, title: {sv: Nytt, en: New}, summary: {sv: Nytt, en: New}, "
        "source: {text: Ds}, review: draft}\n"
    )
    more = proposed_rulebook(written(tmp_path, note))
    assert "note-new" in {placed.block.rule for placed in more.content.blocks}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("  - {file: acts/1900-1.yaml, rule: x, remove: true}\n", "no such file of an act"),
        ("  - {file: ../x.yaml, rule: x, remove: true}\n", "no such file of an act"),
        ("  - {file: acts/2024-307.yaml, rule: x, remove: true}\n", "no such rule"),
        (f"  - {{file: {DUTY}}}\n", "expected one of set, remove and add"),
        (f"  - {{file: {DUTY}, set: {{force: sometimes}}}}\n", "makes acts/2024-307.yaml faulty"),
        ("  []\n", "expected"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_its_file(
    tmp_path: Path, changes: str, said: str
) -> None:
    path = written(tmp_path, changes)
    with pytest.raises(FaultyFiles) as refused:
        read_proposal(path).rulebook()
    (first, *_) = refused.value.faults
    assert first.file == path
    assert said in first.expected


def test_a_proposal_is_called_as_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, f"  - {{file: {DUTY}, remove: true}}\n")
    other = path.rename(tmp_path / "another.yaml")
    with pytest.raises(FaultyFiles, match="name of the file"):
        read_proposal(other)
