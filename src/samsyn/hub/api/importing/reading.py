"""What stands in a file of facts, row by row, whatever program wrote it?"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import msgspec

from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

MOST_ROWS = 1000
MOST_BYTES = 1_000_000
WINDOWS = Text(
    sv="Filen är inte UTF-8 och lästes som Windows-1252; se efter att å, ä och ö är rätt.",
    en="The file is not UTF-8 and was read as Windows-1252; see that å, ä and ö are right.",
)


class SourceRow(msgspec.Struct, frozen=True):
    """A row as it came.

    Attributes:
        line: number of its line, or of its object, as people count.
    """

    line: int
    values: dict[str, str]


class SourceFile(msgspec.Struct, frozen=True):
    """A file as it came.

    Attributes:
        notice: what whoever sent it should look at; None when nothing.
    """

    rows: list[SourceRow]
    notice: Text | None = None


def read_file(name: str, data: bytes) -> SourceFile:
    """A file by its name: JSON or CSV.

    Raises:
        Invalid: if it cannot be read, saying why.
    """
    if len(data) > MOST_BYTES:
        raise _no(
            f"Filen är större än {MOST_BYTES // 1000} kB; dela upp den.",
            f"The file is larger than {MOST_BYTES // 1000} kB; divide it.",
        )
    return read_json(data) if name.lower().endswith(".json") else read_csv(data)


def read_json(data: bytes) -> SourceFile:
    """A list of objects, or an object with such a list as ``facts``.

    Raises:
        Invalid: if it is something else.
    """
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise _no("Filen är inte JSON i UTF-8.", "The file is not JSON in UTF-8.") from None
    return rows_of(raw.get("facts") if isinstance(raw, dict) else raw)


def rows_of(raw: Any) -> SourceFile:
    """The rows of a list of objects.

    Raises:
        Invalid: if it is something else.
    """
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise _no(
            "Ange en lista av objekt, ett för varje uppgift.",
            "Give a list of objects, one for each fact.",
        )
    rows = [
        SourceRow(number, {str(name): _cell(value) for name, value in row.items()})
        for number, row in enumerate(raw, start=1)
    ]
    return _bounded(rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_csv(data: bytes) -> SourceFile:
    """A table with the names of its columns first, with semicolons, commas or tabs between.

    A cell that another program would take for a formula is text here, letter by letter.

    Raises:
        Invalid: if it cannot be read, saying why.
    """
    text, notice = _decoded(data)
    first = text.partition("\n")[0]
    between = max(";,\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        raise _no(
            f"Tabellen går inte att läsa ({error}); se efter citattecknen.",
            f"The table cannot be read ({error}); look at its quotation marks.",
        ) from None
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise _no(
            "Första raden ska vara kolumnernas namn.",
            "The first line has to be the names of the columns.",
        )
    names = [name.strip() for name in lines[0]]
    if doubled := [name for name in names if names.count(name) > 1]:
        raise _no(
            f"Kolumnen ”{doubled[0]}” står två gånger.", f"The column “{doubled[0]}” stands twice."
        )
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(names):
            raise _no(
                f"Rad {number} har {len(line)} celler och första raden {len(names)}.",
                f"Line {number} has {len(line)} cells and the first line {len(names)}.",
            )
        rows.append(SourceRow(number, dict(zip(names, line, strict=True))))
    return _bounded(rows, notice)


def _decoded(data: bytes) -> tuple[str, Text | None]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _no("Spara filen som UTF-8, inte UTF-16.", "Save the file as UTF-8, not UTF-16.")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), WINDOWS
    except UnicodeDecodeError:
        raise _no(
            "Filen är varken UTF-8 eller Windows-1252; spara den som UTF-8.",
            "The file is neither UTF-8 nor Windows-1252; save it as UTF-8.",
        ) from None


def _bounded(rows: list[SourceRow], notice: Text | None = None) -> SourceFile:
    if not rows:
        raise _no("Filen har inga uppgifter.", "The file has no facts.")
    if len(rows) > MOST_ROWS:
        raise _no(
            f"Högst {MOST_ROWS} uppgifter åt gången; dela upp filen.",
            f"At most {MOST_ROWS} facts at a time; divide the file.",
        )
    return SourceFile(rows, notice)


def _no(sv: str, en: str) -> Invalid:
    return Invalid("file", Text(sv=sv, en=en))
