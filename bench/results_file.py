"""Where do the results of each benchmark stand in RESULTS.md, so that none takes another's away?

The page of the law engine comes first; each other benchmark has a part between markers of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def write_first(text: str, file: Path = RESULTS) -> None:
    """Write the page anew; the parts between markers stay as they are, behind it."""
    _write(file, [text, *_parts(_read(file)).values()])


def write_part(name: str, text: str, file: Path = RESULTS, command: str = "") -> None:
    """Write one part between markers; everything else stays as it is.

    The command that writes it is ``python -m bench.`` and the name, unless another is told.
    """
    command = command or f"python -m bench.{name}"
    before = _read(file)
    parts = _parts(before)
    first = before
    for part in parts.values():
        first = first.replace(part, "")
    parts[name] = f"{_begin(name, command)}\n\n{text.strip()}\n\n{_end(name)}"
    _write(file, [first, *parts.values()])


def _parts(page: str) -> dict[str, str]:
    """Name → part, with its markers."""
    marked = re.compile(r"<!-- (\w+) begins .*?<!-- \1 ends -->", re.DOTALL)
    return {found[1]: found[0] for found in marked.finditer(page)}


def _begin(name: str, command: str) -> str:
    return f"<!-- {name} begins here; {command} writes it -->"


def _end(name: str) -> str:
    return f"<!-- {name} ends -->"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _write(file: Path, pieces: list[str]) -> None:
    stripped = [piece.strip() for piece in pieces]
    file.write_text("\n\n".join(filter(None, stripped)) + "\n", encoding="utf-8")
