"""Which number does a case or document get in an agency's register (OSL 5:1-2)?"""

from __future__ import annotations

from datetime import date
from string import Formatter

import msgspec
from django.db import connections

from samsyn.hub.guard.organisation import RegisterSeries
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text


class Shape(msgspec.Struct, frozen=True):
    """How the database writes a number: a text with one ``%s`` and how wide the number is.

    Attributes:
        series: code of the series.
        year: year the number is counted in.
        text: for PostgreSQL's ``format``.
        width: digits, filled up with zeros.
    """

    series: str
    year: int
    text: str
    width: int


def shape_of(series: RegisterSeries, year: int) -> Shape:
    """The shape of a series' numbers in a year."""
    text, width = "", 1
    for literal, name, spec, _ in Formatter().parse(series.pattern):
        text += literal.replace("%", "%%")
        if name == "year":
            text += str(year)
        elif name == "number":
            text += "%s"
            width = int((spec or "1").rstrip("d") or 1)
    return Shape(series.code, year, text, width)


def main_series(agency: str, day: date) -> Shape:
    """The series that an agency's cases are numbered in when nobody chooses another.

    Raises:
        Refused: if the agency keeps no register on that day.
    """
    for series in current_organisation().registers.get(agency, ()):
        if series.is_kept(day):
            return shape_of(series, day.year)
    raise Refused(
        Text(
            sv=f"{agency} har inget diarium den dagen.",
            en=f"{agency} keeps no register on that day.",
        ),
        next_step=Text(
            sv="Lägg in myndighetens diarieserie i regelbokens organisation/registers.yaml.",
            en="Add the agency's series to organisation/registers.yaml in the rulebook.",
        ),
        ground="2009:400/5:1",
    )


def next_number(agency: str, day: date) -> str:
    """The next number of one's own agency; the database counts, without gaps."""
    shape = main_series(agency, day)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select cases_next_number(%s, %s, %s, %s)",
            [shape.series, shape.year, shape.text, shape.width],
        )
        return str(cursor.fetchone()[0])
