"""Is the repository complete, and free of what ties it to one machine or one registry?"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from tests.structure.tree import PACKAGE, ROOT, files, none_of, read, texts

# In pieces, or this file would break its own rule.
REGISTRIES = [
    re.compile(r"\b" + r"\.".join(map(re.escape, parts)) + r"\b", re.IGNORECASE)
    for parts in (
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("npmjs", "com"),
        ("npmjs", "org"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("security", "debian", "org"),
        ("yarnpkg", "com"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.$})~-])/(?:" + "|".join(("work", "root", "farm")) + r")/\S*")
PERSONAL_PATH = re.compile(r"(?<![\w.$})~-])/(?:home|Users)/[a-z]\w*/")
INDEX_OPTION = re.compile(r"^\s*--?(?:i|f|index-url|extra-index-url|find-links|trusted-host)\b")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["project"]
    return table


def lines_with(*patterns: re.Pattern[str]) -> Iterator[str]:
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), start=1):
            for pattern in patterns:
                if found := pattern.search(line):
                    yield f"{path}:{number}: {found.group().strip()}"


def is_lock(path: PurePosixPath) -> bool:
    return path.parent.name == "requirements" or "lock" in path.stem.lower().split("-")


def missing_links(path: PurePosixPath, text: str) -> Iterator[str]:
    """Relative links of a Markdown page that lead to nothing in the repository."""
    for match in LINK.finditer(CODE.sub("", text)):
        target = unquote((match.group(1) or match.group(2)).split("#")[0])
        if not target or re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        place = (ROOT / path.parent / target).resolve()
        if not place.is_relative_to(ROOT) or not place.exists():
            yield f"{path}: {target}"


def test_no_registry_is_named() -> None:
    none_of(lines_with(*REGISTRIES), "Where packages come from is for each machine to say:")


def test_no_path_of_one_machine_is_named() -> None:
    none_of(lines_with(MACHINE_PATH, PERSONAL_PATH), "Write it relative to the repository:")


def test_no_lock_file_holds_an_address() -> None:
    locks = [(path, text) for path, text in texts() if is_lock(path)]
    assert locks, "There is no lock file; run 'make lock'."
    none_of(
        (
            f"{path}:{number}: {line.strip()}"
            for path, text in locks
            for number, line in enumerate(text.splitlines(), start=1)
            if "://" in line or INDEX_OPTION.match(line)
        ),
        "A lock file holds names, versions and hashes; run 'make lock':",
    )


def test_every_locked_package_has_a_hash() -> None:
    none_of(
        (
            f"{path}: {entry.split()[0]}"
            for path, text in texts()
            if path.parent.name == "requirements" and path.suffix == ".txt"
            for entry in re.findall(r"^[A-Za-z0-9].*==.*$", text, re.MULTILINE)
            if not entry.endswith("\\")
        ),
        "Run 'make lock':",
    )


def test_needs_are_the_same_wherever_they_are_listed() -> None:
    listed = {
        line
        for line in read("requirements/runtime.in").splitlines()
        if line and not line.startswith("#")
    }
    assert listed == set(project()["dependencies"]), (
        "pyproject.toml and requirements/runtime.in differ; make them alike and run 'make lock'."
    )


def test_every_relative_link_leads_somewhere() -> None:
    read("README.md")
    none_of(
        (
            fault
            for path, text in texts()
            if path.suffix == ".md"
            for fault in missing_links(path, text)
        ),
        "The link leads nowhere in the repository:",
    )


def test_the_changelog_speaks_of_this_version() -> None:
    headings = re.findall(r"^## \[?([^\]\s]+)", read("CHANGELOG.md"), re.MULTILINE)
    version = project()["version"]
    assert {"Unreleased", version} & set(headings), (
        f"CHANGELOG.md has neither an Unreleased section nor one for {version}."
    )


def test_the_version_is_the_same_wherever_it_stands() -> None:
    stated = re.findall(r'^__version__ = "([^"]+)"', read(f"{PACKAGE}/__init__.py"), re.MULTILINE)
    assert stated in ([], [project()["version"]]), (
        f"{PACKAGE}/__init__.py says {stated[0]}, pyproject.toml says {project()['version']}."
    )


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    # Built from a copy: a build in place leaves folders behind, and old files in them.
    copy = tmp_path / "copy"
    for path in files():
        if path.is_relative_to("src") or len(path.parts) == 1:
            target = copy / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, target)
    build = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(copy)]
    done = subprocess.run(build + options, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"The wheel cannot be built:\n{done.stderr}"
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    none_of(
        (
            str(path)
            for path in files()
            if path.is_relative_to(PACKAGE) and str(path.relative_to("src")) not in held
        ),
        "Not in the wheel; see [tool.setuptools.package-data] in pyproject.toml:",
    )


def test_each_pattern_finds_its_breach() -> None:
    for pattern, breach in zip(
        REGISTRIES,
        [
            "crates_io",
            "deb_debian_org",
            "npmjs_com",
            "npmjs_org",
            "pypi_org",
            "pythonhosted_org",
            "security_debian_org",
            "yarnpkg_com",
        ],
        strict=True,
    ):
        assert pattern.search("see files." + breach.replace("_", ".") + "/x")
    assert MACHINE_PATH.search("in " + "/".join(["", "work", "main"]))
    assert MACHINE_PATH.search("(" + "/".join(["", "root", "x"]) + ")")
    assert not MACHINE_PATH.search("/".join(["docs", "work", "plan.md"]))
    assert PERSONAL_PATH.search("/".join(["", "home", "anna", "x"]))
    assert INDEX_OPTION.match("--index-url x")
    assert not INDEX_OPTION.match("    --hash=sha256:0")
    page = (
        "[a](gone.md) [b](README.md#x) `[c](gone.md)` [d](https://example.org) [e](#f)\n[g]: gone"
    )
    assert list(missing_links(PurePosixPath("page.md"), page)) == [
        "page.md: gone.md",
        "page.md: gone",
    ]
