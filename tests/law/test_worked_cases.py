"""Agreement with the worked cases beside the project."""

from __future__ import annotations

import ast
from pathlib import Path

from samsyn.law import Rulebook
from samsyn.law.batch import score
from samsyn.law.loading import packaged_folder

LEAST_ARGUABLE = 17


def test_all_certain_cases_and_nearly_all_arguable_ones_agree(
    rulebook: Rulebook, worked_cases: Path
) -> None:
    found = score(rulebook, worked_cases.read_text(encoding="utf-8").splitlines())
    assert not found.failed
    certain = [one for one in found.differences if one.confidence == "certain"]
    assert not certain
    assert found.agreed["certain"] == found.total["certain"] == 86
    assert found.agreed["arguable"] >= LEAST_ARGUABLE
    assert found.total["arguable"] == 19


def test_no_rule_mentions_a_case(worked_cases: Path) -> None:
    identities = {f"D-{number:03d}" for number in range(1, 106)}
    texts = {path: path.read_text(encoding="utf-8") for path in packaged_folder().rglob("*.yaml")}
    for path in Path(packaged_folder()).parents[1].rglob("*.py"):
        texts[path] = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
    named = [(path.name, one) for path, text in texts.items() for one in identities if one in text]
    assert not named
