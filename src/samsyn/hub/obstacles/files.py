"""How does the report leave as a table, a document, or figures that can be added to others'?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from samsyn.documents import render
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.combining import FORMAT
from samsyn.hub.obstacles.figures import Table, told_outside
from samsyn.hub.obstacles.report import Report
from samsyn.kernel.spreadsheets import csv_table
from samsyn.kernel.text import Language, Text

TEMPLATE = Path(__file__).with_name("report.typ")
CODED = ("provisions", "givers", "receivers")
"""Tables whose codes people know; those of the others are for files."""
HEAD = ("agency", "from", "to", "table", "title", "unit", "code", "name", "count")
TITLE = Text(sv="Hinder för informationsutbyte", en="Obstacles to the exchange of information")


def told_tables(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Tables as they may leave the agency."""
    smallest = obstacle_codes().smallest
    return tuple(told_outside(table, smallest) for table in tables)


def as_csv(report: Report, language: Language) -> bytes:
    """One line a figure, with its unit, for a spreadsheet."""
    smallest, period = obstacle_codes().smallest, report.period
    rows = [
        (
            report.agency,
            period.since,
            period.until,
            figures.code,
            figures.title.into(language),
            figures.unit_name.into(language),
            line.code,
            line.name.into(language),
            f"<{smallest}" if line.count is None else line.count,
        )
        for figures in told_tables(report.tables)
        for line in figures.lines
    ]
    return csv_table(HEAD, rows).encode()


def as_snapshot(report: Report, tables: Iterable[Table] | None = None) -> dict[str, Any]:
    """The figures alone, as another hub or the national coordination adds them together.

    Args:
        report: whose and when.
        tables: as they may leave; those of the report when not given.
    """
    told = told_tables(report.tables) if tables is None else tables
    return {
        "format": FORMAT,
        "agency": report.agency,
        "from": report.period.since.isoformat(),
        "to": report.period.until.isoformat(),
        "rulebook": report.rulebook,
        "smallest": obstacle_codes().smallest,
        "tables": {
            table.code: {
                "unit": table.unit,
                "total": table.total,
                "lines": {line.code: line.count for line in table.lines},
            }
            for table in told
        },
    }


def as_pdf(report: Report, language: Language, made_at: datetime) -> bytes:
    """The report as a document that everyone can read."""
    smallest = obstacle_codes().smallest
    agency = current_rulebook().vocabulary.agencies.known.get(report.agency)
    return render(
        TEMPLATE,
        {
            "agency": agency.name if agency else report.agency,
            "since": report.period.since,
            "until": report.period.until,
            "made": made_at,
            "rulebook": report.rulebook,
            "smallest": smallest,
            "tables": [
                _table(table, smallest) for table in told_tables(report.tables) if table.lines
            ],
            "waits": [
                {
                    "holder": holder or Text(sv="alla", en="all"),
                    "ended": wait.ended,
                    "open": wait.still_open,
                    "quarter": _days(wait.quarter),
                    "half": _days(wait.half),
                    "three": _days(wait.three_quarters),
                }
                for holder, wait in report.waits.items()
                if wait.ended + wait.still_open >= smallest
            ],
        },
        title=TITLE,
        language=language,
        at=made_at,
    )


def _days(days: int | None) -> Any:
    return str(days) if days is not None else Text(sv="ej nådd", en="not reached")


def _table(table: Table, smallest: int) -> dict[str, Any]:
    return {
        "title": table.title,
        "unit": table.unit_name,
        "definition": table.definition,
        "coded": table.code in CODED,
        "total": "–" if table.total is None else str(table.total),
        "lines": [
            {
                "code": Text(sv=cited(line.code, "sv"), en=cited(line.code, "en")),
                "name": line.name,
                "count": f"< {smallest}" if line.count is None else str(line.count),
            }
            for line in table.lines
        ],
    }
