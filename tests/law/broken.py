"""A copy of the packaged rulebook in which a test breaks one thing."""

from __future__ import annotations

import dataclasses
import shutil
from functools import cache
from pathlib import Path

import pytest

from samsyn.law.loading import packaged_folder
from samsyn.law.yaml_files import YamlFile, read_yaml

MADE_UP = "acts/1990-1.yaml"
HEAD = """\
act: "1990:1"
title: {sv: Lag, en: Act}
from: 2018-01-01
to: open
blocks:
"""
BLOCK = {
    "rule": "made-up",
    "cite": '"1990:1/2"',
    "from": "2018-01-01",
    "to": "open",
    "title": "{sv: Rubrik, en: Title}",
    "summary": "{sv: Text, en: Text}",
    "source": "{text: SFS 1990:1}",
    "review": "draft",
}


def block(base: dict[str, str], **changes: str | None) -> str:
    """A block with one field to a line; ``from_`` is the field from, None takes a field away."""
    fields = dict(base)
    for name, value in changes.items():
        fields.pop(name.rstrip("_"), None)
        if value is not None:
            fields[name.rstrip("_")] = value
    text = "\n".join(f"    {name}: {value}" for name, value in fields.items())
    return f"  -{text[3:]}\n"


def add(folder: Path, name: str, text: str) -> None:
    path = folder / name
    if not path.exists():
        path.write_text(HEAD, encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Put new words in the place of old ones; the line they stand on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def lines_of(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").splitlines()


@cache
def _packaged() -> dict[bytes, YamlFile]:
    paths = packaged_folder().rglob("*.yaml")
    return {path.read_bytes(): read_yaml(path) for path in paths}


def read_once(path: Path) -> YamlFile:
    """As :func:`read_yaml`, but the files that a test leaves alone are read once for all tests."""
    known = _packaged().get(path.read_bytes()) if path.is_file() else None
    return dataclasses.replace(known, path=path) if known else read_yaml(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packaged rulebook."""
    monkeypatch.setattr("samsyn.law.loading.read_yaml", read_once)
    return Path(shutil.copytree(packaged_folder(), tmp_path / "se"))
