"""Libraries to ask: small ones written in a test, and the shared texts where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samsyn.law.statutes import StatuteLibrary

SHARED = Path(__file__).parents[3].parent / "shared" / "law"

Open = Callable[[dict[str, str]], StatuteLibrary]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Write files by name and open them as a library."""

    def write(files: dict[str, str]) -> StatuteLibrary:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return StatuteLibrary.open(tmp_path)

    return write


@pytest.fixture(scope="session")
def real() -> StatuteLibrary:
    """The shared statute texts."""
    if not (SHARED / "statutes").is_dir():
        pytest.skip(f"the shared statute texts are not at {SHARED / 'statutes'}")
    return StatuteLibrary.open(SHARED / "statutes")


@pytest.fixture(scope="session")
def shared_law() -> Path:
    """The folder with the summaries that cite the statutes."""
    if not (SHARED / "scenarios.jsonl").is_file():
        pytest.skip(f"the shared law summaries are not at {SHARED}")
    return SHARED
