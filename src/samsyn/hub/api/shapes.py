"""Which forms do texts, days and pages have in the interface? Every one of them is bounded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from samsyn.hub.api.faults import CONTROL, TOO_FAR, Unusable
from samsyn.kernel.text import LANGUAGES, Text

MOST = 100
"""Rows of the longest page."""
USUAL = 50
FIRST_YEAR, LAST_YEAR = 1900, 2199

Item = TypeVar("Item")


def _plain(text: str) -> str:
    if "\x00" in text:
        raise Unusable(CONTROL)
    return text


def _near(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unusable(TOO_FAR)
    return day


_Plain = AfterValidator(_plain)
Day = Annotated[date, AfterValidator(_near)]
Code = Annotated[str, StringConstraints(max_length=80), _Plain]
Line = Annotated[str, StringConstraints(max_length=200), _Plain]
Words = Annotated[str, StringConstraints(max_length=20_000), _Plain]
Cite = Annotated[str, StringConstraints(max_length=120), _Plain]
Limit = Annotated[int, Field(ge=1, le=MOST, description="Rows of a page.")]
Cursor = Annotated[
    str,
    StringConstraints(max_length=120),
    _Plain,
    Field(description="Where the page before ended: `next` of its answer."),
]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Body(Schema):
    """What is sent. A field that is not known is refused: none decides access in passing."""

    model_config = ConfigDict(extra="forbid")


class Said(Schema):
    """A sentence in both languages."""

    sv: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Said:
        """The sentence."""
        return cls(sv=text.sv, en=text.en)


class Page(Schema, Generic[Item]):
    """A page of rows. How many there are in all is not told."""

    items: list[Item]
    next: str | None = Field(default=None, description="Send as `cursor` for the rows that follow.")


class Problem(Schema):
    """A no (RFC 9457), in the language of Accept-Language: Swedish or English."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What is wrong and what to do, as one sentence.")
    next_step: str | None = Field(default=None, description="What may be done instead.")
    ground: str | None = Field(default=None, description="The provision that stands in the way.")
    field: str | None = Field(default=None, description="The first field that cannot be used.")
    errors: list[FieldFault] | None = None


class FieldFault(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


Problem.model_rebuild()


def both(text: Any) -> dict[str, str]:
    """A text in both languages, for names that come as code and words."""
    return {language: text.into(language) for language in LANGUAGES}
