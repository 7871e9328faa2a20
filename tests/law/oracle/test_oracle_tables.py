"""The tables of the oracle say what ``provisions.md`` says, and its space is well built."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from . import space
from .permissions import RULES
from .provisions import LOCKS
from .reading import rule_opens
from .rules import CRIME_FIGHTING, JOINT_INSPECTION
from .space_tables import ASKERS, GIVERS, NEW_DAYS, OLD_DAYS

HERE = Path(__file__)
VOCABULARY = HERE.parents[3] / "src" / "samsyn" / "rulebook" / "se" / "vocabulary"
MILLION = 1_000_000

#: Section 3: secrecy, then D1, D2, L1, L2, 10:15a, 10:24, 10:27.
COLUMNS: Final = (
    "2024:307/4",
    "2024:307/2",
    "2025:170/4",
    "2025:170/5",
    "10:15a",
    "10:24",
    "10:27",
)
SECTION_3: Final[tuple[tuple[str, str], ...]] = (
    ("15:1 15:2", "n n y y n y y"),
    ("15:1a", "n n n n n n n"),
    ("17:1 17:2", "y n y y n y y"),
    ("18:1 18:2 18:3 18:7", "y n y y n y y"),
    ("21:1 21:3 21:3a 22:1 22:2", "y y y y y y y"),
    ("24:8", "n n y n n n n"),
    ("25:1 25:2 25:3 25:4 25:5 25:8", "n n y n n n n"),
    ("25:6 25:7", "n n y n y n n"),
    ("26:1 26:2 26:5", "n n y n y n n"),
    ("26:3 26:4 26:6", "n n y n n n n"),
    ("27:1 27:2 28:1 28:4 28:11 28:12 28:13 28:14 28:15", "y y y y y y y"),
    ("32:3b", "y y y y y y y"),
    ("35:1 35:2 35:11", "y y y y y y y"),
    ("35:3", "n n n n n n n"),
    ("37:1", "y y y y y y y"),
    ("40:2 40:5", "n n y n n n n"),
)


@pytest.mark.parametrize(("sections", "row"), SECTION_3)
def test_rules_open_what_section_3_says(sections: str, row: str) -> None:
    """Every row of the table in section 3 of provisions.md."""
    for section in sections.split():
        for column, expected in zip(COLUMNS, row.split(), strict=True):
            rules = [r for r in RULES if r.cite == column or r.through == column]
            assert rules
            locked, fact = LOCKS.get(section, (frozenset[str](), ""))
            for rule in rules:
                opens = rule_opens(rule, section) and not (rule.through in locked and not fact)
                assert opens == (expected == "y"), (section, rule.cite)


def test_space_is_large_and_its_size_is_known() -> None:
    """More than a million questions, on both sides of all fifteen dates."""
    assert space.count() > MILLION
    assert len(OLD_DAYS + NEW_DAYS) == len(set(OLD_DAYS + NEW_DAYS)) == 2 * 15


def test_chunks_are_the_whole_space_once() -> None:
    """The parts together are the whole, and about equally large."""
    parts = [sum(1 for _ in space.chunk(index, 4)) for index in range(4)]
    assert sum(parts) == space.count()
    assert max(parts) < 1.2 * min(parts)


def test_space_is_the_same_every_time() -> None:
    """Two walks give the same questions in the same order."""
    first, second = (list(islice(space.chunk(3, 50), 500)) for _ in range(2))
    assert first == second


def test_no_question_is_asked_twice() -> None:
    """The questions of one giver are all different (givers differ among themselves)."""
    asked = Counter(
        repr(question) for question in space.every() if question["activity"] == "supervision"
    )
    assert len(asked) == asked.total()


def test_space_speaks_the_common_vocabulary() -> None:
    """Activities, functions and purposes are those of the code lists."""
    if not VOCABULARY.exists():
        pytest.skip(f"the code lists are not there ({VOCABULARY})")

    def codes(name: str) -> set[str]:
        text = (VOCABULARY / name).read_text(encoding="utf-8")
        aliases = re.findall(r"aliases: \[([^\]]*)\]", text)
        found = {alias.strip() for group in aliases for alias in group.split(",")}
        return found | set(re.findall(r"code: ([\w.]+)", text))

    assert {giver.activity for giver in GIVERS} <= codes("activities.yaml")
    assert {asker.function for asker in ASKERS} <= codes("functions.yaml")
    purposes = {purpose for asker in ASKERS for purpose in asker.purposes}
    assert purposes <= codes("purposes.yaml")
    assert {*CRIME_FIGHTING, *JOINT_INSPECTION} <= codes("purposes.yaml")
    assert {need for rule in RULES for need in rule.purposes} <= codes("purposes.yaml")


def test_oracle_does_not_lean_on_the_engine() -> None:
    """No module of the oracle imports anything from the project."""
    for module in HERE.parent.glob("*.py"):
        if module.name.startswith("test_"):
            continue
        assert not re.search(r"^\s*(from|import) samsyn", module.read_text("utf-8"), re.M)
