"""How do files leave the web so that a browser shows pictures, keeps originals and runs nothing?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samsyn.hub.cases.previews import PAGE_TYPE
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.spreadsheets import csv_table


def shown_page(data: bytes, media_type: str) -> HttpResponse:
    """A page of a shown copy: a picture that we made ourselves and nothing else.

    Raises:
        Missing: if it is none.
    """
    if media_type != PAGE_TYPE:
        raise Missing
    return _locked(HttpResponse(data, content_type=PAGE_TYPE))


def attachment(
    data: bytes, name: str, media_type: str = "application/octet-stream"
) -> HttpResponse:
    """What the browser keeps and never opens by itself."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _locked(response)


def _locked(response: HttpResponse) -> HttpResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def as_csv(lines: Iterable[Any], name: str) -> HttpResponse:
    """The public extract of a register as a table."""
    head = ("Nummer", "Handling", "Riktning", "Datum", "Från/till", "Rör", "Utelämnat")
    rows = [
        (
            line.number,
            line.sequence,
            line.direction,
            line.dated.isoformat(),
            line.counterpart,
            line.about,
            "ja (OSL 5:2)" if line.left_out else "",
        )
        for line in lines
    ]
    return attachment(csv_table(head, rows).encode(), name, "text/csv; charset=utf-8")
