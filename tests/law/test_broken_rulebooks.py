"""Whatever is done to a rulebook, it can be used or its faults are told; nothing else happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.kernel.faults import Fault, FaultyFiles, FieldError
from samsyn.law import Rulebook
from samsyn.law.loading import packaged_folder
from tests.law.broken import read_once
from tests.law.questions import PAYROLL

WRONG = """\
''|open|5|-1|true|null|[]|{}|x|é|٣|1.5|skv|any|2024-13-45|2024-07-01|9999-12-30|0001-01-01|unknown
unknown before 2030-01-01|unknown between 2026-01-01 and 2025-01-01
unknown between 2017-01-01 and 2025-01-01|2009:400|2009:400/99:1|2009:400/15z:1|1962:700|25:8-1
25:1-999999999|15-99 kap.|{a: b}|[a, 1]|[[x]]|[{}]|{at_least: x}|{within: 5}|{within: [x]}
{any: authority, circle: x}|[SKV, SKV]|*a|&a x|!!int x|- x|\t|harm""".replace("\n", "|").split("|")


@dataclass(frozen=True)
class Source:
    """The text of a rulebook file, and where its keys and values stand in it."""

    name: str
    text: str = field(repr=False)
    values: tuple[tuple[int, int], ...] = field(repr=False)
    keys: tuple[tuple[int, int, int], ...] = field(repr=False)


def sources() -> list[Source]:
    folder, found = packaged_folder(), []
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        values: list[tuple[int, int]] = []
        keys: list[tuple[int, int, int]] = []
        _walk(yaml.compose(text, Loader=yaml.CSafeLoader), values, keys)
        name = path.relative_to(folder).as_posix()
        found.append(Source(name, text, tuple(values), tuple(keys)))
    return found


def _walk(
    node: yaml.Node | None, values: list[tuple[int, int]], keys: list[tuple[int, int, int]]
) -> None:
    if isinstance(node, yaml.ScalarNode):
        values.append((node.start_mark.index, node.end_mark.index))
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _walk(child, values, keys)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            keys.append((key.start_mark.index, key.end_mark.index, child.end_mark.index))
            _walk(child, values, keys)


SOURCES = sources()


@st.composite
def breaches(draw: st.DrawFn) -> tuple[Source, str]:
    """A file, and what stands in it after one change."""
    source = draw(st.sampled_from(SOURCES))
    text = source.text
    way = draw(st.sampled_from(["value", "value", "swap", "rename", "delete", "whole", "cut"]))
    if way in ("value", "swap"):
        start, end = draw(st.sampled_from(source.values))
        if way == "value":
            new = draw(st.sampled_from(WRONG) | st.text(st.characters(codec="utf-8"), max_size=4))
        else:
            other = draw(st.sampled_from(source.values))
            new = text[slice(*other)]
        return source, text[:start] + new + text[end:]
    if way == "cut":
        return source, text[: draw(st.integers(0, len(text)))]
    start, name_end, end = draw(st.sampled_from(source.keys))
    if way == "rename":
        new = draw(st.sampled_from(["xyz", "", text[start:name_end].upper(), "from", "code"]))
        return source, text[:start] + new + text[name_end:]
    if way == "whole":
        return source, f"{text[:name_end]}: {draw(st.sampled_from(WRONG))}{text[end:]}"
    after = end + 2 if text[end : end + 2] == ", " else end
    return source, text[:start] + text[after:]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samsyn.law.loading.read_yaml", read_once)
        yield Path(shutil.copytree(packaged_folder(), tmp_path_factory.mktemp("broken") / "se"))


@settings(max_examples=100)
@given(breach=breaches())
def test_a_changed_rulebook_works_or_tells_its_faults(
    copied: Path, breach: tuple[Source, str]
) -> None:
    source, text = breach
    path = copied / source.name
    try:
        path.write_text(text, encoding="utf-8")
        works_or_tells(copied)
    finally:
        path.write_text(source.text, encoding="utf-8")


@pytest.mark.parametrize("name", [source.name for source in SOURCES if "acts/" not in source.name])
def test_a_rulebook_without_one_of_its_lists_tells_so(copied: Path, name: str) -> None:
    path = copied / name
    text = path.read_bytes()
    try:
        path.unlink()
        works_or_tells(copied)
    finally:
        path.write_bytes(text)


def works_or_tells(folder: Path) -> None:
    rulebook, faults = load(folder)
    if rulebook is None:
        assert faults
        for fault in faults:
            assert fault.file.is_relative_to(folder)
            assert 0 <= fault.line <= lines_in(fault.file)
            assert fault.line or not fault.field
            assert fault.expected.strip()
        return
    for day in (rulebook.epoch_starts[0], rulebook.epoch_starts[-1]):
        rulebook.epoch(day)
    with suppress(FieldError):  # a word of the question may be gone
        assert rulebook.ask(rulebook.read(PAYROLL)).outcome


def load(folder: Path) -> tuple[Rulebook | None, list[Fault]]:
    try:
        return Rulebook.load(folder), []
    except FaultyFiles as error:
        return None, error.faults


def lines_in(file: Path) -> int:
    """Lines as YAML counts them, and one more where a file ends too early."""
    return len(file.read_text(encoding="utf-8").splitlines()) + 1 if file.is_file() else 0
