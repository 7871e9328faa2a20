"""How is a table written that a spreadsheet reads as words and figures, and never as a formula?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula."""


def csv_table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV that no spreadsheet takes for a formula (abuse case 32)."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()


def neutral(cell: Any) -> str:
    """A cell as text; one that could begin a formula gets an apostrophe before it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip().startswith(_ACTIVE) or text.startswith(_ACTIVE) else text
