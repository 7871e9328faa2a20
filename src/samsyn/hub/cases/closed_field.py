"""How does what points to a tip-giver stay closed wherever a row of it is shown?

The column closes itself: what is read from a row marked ``tip_giver`` is the words that say so,
in every list, page, export, preview and copy, also in one that is written tomorrow. What forgets
to open it shows nothing; :mod:`samsyn.hub.cases.closed_texts` says who may open it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from samsyn.hub.guard.language import said
from samsyn.kernel.text import Text

MARK = "tip_giver"
CLOSED = Text(sv="Pekar ut en tipsare – stängd", en="Points to a tip-giver – closed")
CLOSED_NAME = Text(sv="Stängd handling", en="Closed document")
"""What a file that points to a tip-giver is called: names of files tell whom they are about."""


class Closed(str):
    """The words that stand in the place of a closed text.

    Saved or handed on to another closed column it is the text itself, so that a row is never
    overwritten by the words that cover it.

    Attributes:
        text: what is covered.
    """

    __slots__ = ("text",)

    text: str


def whole(value: Any) -> Any:
    """A text as it is kept: for those who write it down, compare it or look for repeats."""
    return value.text if isinstance(value, Closed) else value


def is_closed(row: Any) -> bool:
    """Whether a row's text, or the name of a file, is covered for whoever reads it now.

    A row that tells of a fact is closed with it, also when the fact was marked after the row was
    made; it is open where the fact is, or where two persons have opened the row itself.
    """
    # As far as it has been fetched: to ask whether a text is closed asks nothing of the database.
    fact = row._state.fields_cache.get("fact", row)
    marked = MARK in row.marks or (fact is not None and MARK in fact.marks)
    opened = any(getattr(one, "opened_until", None) is not None for one in (row, fact))
    return marked and not opened


class _Cover(DeferredAttribute):
    """Reads the text, or the words that cover it; keeps what is set."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not value or not is_closed(instance):
            return value
        covered = Closed(self.field.cover())
        covered.text = whole(value)
        return covered

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = whole(value)


class _ClosedField(models.Field):  # type: ignore[type-arg]
    descriptor_class = _Cover
    column_of = "django.db.models.TextField"

    def cover(self) -> str:
        """What is read in its place."""
        return said(CLOSED)

    def get_prep_value(self, value: Any) -> Any:
        """The text itself goes to the database."""
        return super().get_prep_value(whole(value))

    def deconstruct(self) -> Any:
        """To the database it is a column like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, self.column_of, args, kwargs


class ClosedTextField(_ClosedField, models.TextField):  # type: ignore[type-arg]
    """What a fact says."""


class ClosedSourceField(_ClosedField, models.CharField):  # type: ignore[type-arg]
    """Where a fact comes from: of a tip it is the tip-giver, so nothing stands there."""

    column_of = "django.db.models.CharField"

    def cover(self) -> str:
        """Nothing: the text says already that it is closed."""
        return ""


class ClosedNameField(_ClosedField, models.CharField):  # type: ignore[type-arg]
    """What a file is called."""

    column_of = "django.db.models.CharField"

    def cover(self) -> str:
        """Words that say nothing of it."""
        return said(CLOSED_NAME)
