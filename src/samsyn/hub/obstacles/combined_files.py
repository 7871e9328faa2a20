"""How do the figures of several agencies leave as words, a table, a document or data?"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from samsyn.documents import render
from samsyn.hub.obstacles.combining import Combined
from samsyn.hub.obstacles.figures import UNITS
from samsyn.hub.obstacles.names import names_of, title_of
from samsyn.kernel.spreadsheets import csv_table
from samsyn.kernel.text import Language, Text

TEMPLATE = Path(__file__).with_name("combined.typ")
FIRST = ("provisions", "givers", "receivers", "purposes")
TITLE = Text(
    sv="Hinder för informationsutbyte, myndigheterna tillsammans",
    en="Obstacles to the exchange of information, the agencies together",
)


def rows_of(combined: Combined, language: Language) -> list[tuple[str, ...]]:
    """A row a figure: table, title, unit, code, name, number and number of agencies."""
    rows: list[tuple[str, ...]] = []
    for table, lines in sorted(combined.tables.items(), key=lambda pair: _place(pair[0])):
        names = names_of(table, lines)
        title = title_of(table, together=True).into(language)
        known = {str(unit): name for unit, name in UNITS.items()}
        written = combined.units[table]
        unit = known.get(written, Text(sv=written, en=written)).into(language)
        for code, span in lines.items():
            name = names.get(code, Text(sv=code, en=code)).into(language)
            rows.append((table, title, unit, code, name, span.text, str(span.agencies)))
    return rows


def _place(table: str) -> int:
    """What stood in the way of whom first, then the rest as it comes, bills last."""
    if table in FIRST:
        return FIRST.index(table)
    return len(FIRST) + table.startswith("bill.")


def as_text(combined: Combined, language: Language) -> str:
    """For the screen."""
    lines = [f"{', '.join(combined.agencies)}: {combined.since} – {combined.until}"]
    before = ""
    for table, title, unit, _, name, count, _ in rows_of(combined, language):
        if table != before:
            lines += ["", f"{title} ({unit})"]
            before = table
        lines.append(f"{count:>9}  {name}")
    return "\n".join(lines)


def as_csv(combined: Combined, language: Language) -> bytes:
    """One line a figure, for a spreadsheet."""
    head = ("table", "title", "unit", "code", "name", "count", "agencies")
    return csv_table(head, rows_of(combined, language)).encode()


def as_json(combined: Combined) -> bytes:
    """For another program."""
    tables = {
        table: {
            "unit": combined.units[table],
            "lines": {
                code: {"least": span.least, "most": span.most, "agencies": span.agencies}
                for code, span in lines.items()
            },
        }
        for table, lines in combined.tables.items()
    }
    head = {
        "agencies": list(combined.agencies), "from": combined.since, "to": combined.until,
    }  # fmt: skip
    return json.dumps({**head, "tables": tables}, ensure_ascii=False, indent=1).encode()


def as_pdf(combined: Combined, language: Language, at: datetime) -> bytes:
    """The joint report as a document that everyone can read."""
    tables: dict[str, dict[str, object]] = {}
    for table, title, unit, code, name, count, agencies in rows_of(combined, language):
        shown = tables.setdefault(table, {"title": title, "unit": unit, "lines": []})
        lines = shown["lines"]
        assert isinstance(lines, list)
        lines.append({"code": code, "name": name, "count": count, "agencies": agencies})
    return render(
        TEMPLATE,
        {
            "agencies": ", ".join(combined.agencies),
            "since": combined.since,
            "until": combined.until,
            "made": at,
            "tables": list(tables.values()),
        },
        title=TITLE,
        language=language,
        at=at,
    )
