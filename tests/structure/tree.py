"""What lies in the repository: its files, and its Python modules parsed."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/samsyn"


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: PurePosixPath  # from the root of the repository
    source: str
    tree: ast.Module

    @classmethod
    def parse(cls, path: str, source: str) -> Module:
        return cls(PurePosixPath(path), source, ast.parse(source, path))

    def inside(self, *packages: str) -> bool:
        """Does it lie in one of these packages of samsyn, such as `law`?"""
        return any(
            self.path.is_relative_to(f"{PACKAGE}/{package}")
            or self.path == PurePosixPath(f"{PACKAGE}/{package}.py")
            for package in packages
        )

    def package(self) -> list[str]:
        """The dotted name that `from . import` starts from, in parts: samsyn, law."""
        return list(self.path.relative_to("src").parent.parts)


@cache
def files() -> tuple[PurePosixPath, ...]:
    """Every file that git tracks or would on `git add`, so that a new file is judged at once."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, (
        f"The structure tests ask git which files there are, and git said: {listed.stderr.strip()}"
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return tuple(PurePosixPath(name) for name in names if (ROOT / name).is_file())


@cache
def texts() -> tuple[tuple[PurePosixPath, str], ...]:
    """Every text file with its text."""
    found = []
    for path in files():
        try:
            found.append((path, (ROOT / path).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return tuple(found)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, without the migrations, which Django writes."""
    found = tuple(
        Module.parse(str(path), text)
        for path, text in texts()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE) and "migrations" not in path.parts
    )
    assert found, f"There is no Python module in {PACKAGE} yet."
    return found


def read(name: str) -> str:
    """A file that has to be there."""
    path = ROOT / name
    if not path.is_file():
        pytest.fail(f"{name} is missing.", pytrace=False)
    return path.read_text(encoding="utf-8")


def none_of(faults: Iterable[str], remedy: str) -> None:
    """Fail with every fault on a line of its own, and with what to do about them."""
    found = list(faults)
    if found:
        pytest.fail("\n".join([remedy, *(f"  {fault}" for fault in found)]), pytrace=False)
