"""The packaged rulebook, loaded once for each test process, and the material beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.law import Rulebook

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="session")
def worked_cases() -> Path:
    path = SHARED / "law" / "scenarios.jsonl"
    if not path.is_file():
        pytest.skip(f"the worked cases are not there: {path}")
    return path
