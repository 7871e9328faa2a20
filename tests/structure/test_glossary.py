"""Do docs/glossary.md and the code use the same words?

A glossary table starts with the header below. The first column holds the term as the code writes
it, in backticks, several if they belong together; a row without backticks explains a word of the
trade that the code does not use.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tests.structure.tree import modules, none_of, read, texts

GLOSSARY = "docs/glossary.md"
HEADER = ["English (code)", "Svenska", "Meaning / betydelse", "Source"]
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[str]

    def terms(self) -> list[str]:
        return re.findall(r"`([^`]+)`", self.cells[0])


def parse_rows(text: str) -> list[Row]:
    """The rows of every table under the header, without header and rule."""
    rows: list[Row] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip().startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if cells == HEADER:
            inside = True
        elif inside and not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            rows.append(Row(number, cells))
    return rows


def glossary() -> list[Row]:
    rows = parse_rows(read(GLOSSARY))
    assert rows, f"{GLOSSARY} has no table with the header | {' | '.join(HEADER)} |."
    return rows


def words_in_use() -> set[str]:
    """Every name and word in the code of the package and in its rulebook."""
    words: set[str] = set()
    for module in modules():
        words.update(part.removesuffix(".py") for part in module.path.parts)
        for node in ast.walk(module.tree):
            for field in ("name", "id", "attr", "arg"):
                if isinstance(value := getattr(node, field, None), str):
                    words.add(value)
        words.update(
            word
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            # A sentence is prose; a code, an option or a format is a word of its own.
            if len(node.value) <= 60
            for word in _WORD.findall(node.value)
        )
    for path, text in texts():
        if path.is_relative_to("src/samsyn/rulebook"):
            words.update(_WORD.findall(text))
            words.update(path.parts)
            words.add(path.stem)
    return words


def test_every_row_is_filled() -> None:
    none_of(
        (
            f"{GLOSSARY}:{row.line}: {' | '.join(row.cells)}"
            for row in glossary()
            if len(row.cells) != len(HEADER) or not all(row.cells)
        ),
        f"Every row needs its {len(HEADER)} cells; write – where there is no source:",
    )


def test_every_term_is_explained_once() -> None:
    seen: set[str] = set()
    twice = []
    for row in glossary():
        twice += [f"{GLOSSARY}:{row.line}: {term}" for term in row.terms() if term in seen]
        seen.update(row.terms())
    none_of(twice, "One word, one meaning, one row:")


def test_every_code_term_is_in_use() -> None:
    words = words_in_use()
    none_of(
        (
            f"{GLOSSARY}:{row.line}: {term}"
            for row in glossary()
            for term in row.terms()
            if not set(_WORD.findall(term)) <= words
        ),
        "Neither the code nor the rulebook uses this word; rename the row or take it away:",
    )


def test_every_public_class_of_the_pure_packages_has_a_row() -> None:
    explained = {term for row in glossary() for term in row.terms()}
    none_of(
        (
            f"{module.path}:{node.lineno}: {node.name}"
            for module in modules()
            if module.inside("kernel", "law")
            for node in module.tree.body
            if isinstance(node, ast.ClassDef)
            if not node.name.startswith("_") and node.name not in explained
        ),
        f"Give the class a row in {GLOSSARY}, or a leading underscore if nobody else uses it:",
    )


def test_the_table_is_read_as_it_is_written() -> None:
    header = f"| {' | '.join(HEADER)} |"
    text = f"# G\n\n{header}\n|---|:--|---|---|\n| `A`, `b.c` | a | x \\| y | – |\n\n| z |\n"
    (row,) = parse_rows(text)
    assert row.line == 5
    assert row.terms() == ["A", "b.c"]
    assert row.cells[2] == r"x \| y"
