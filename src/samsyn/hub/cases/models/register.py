"""The register (diarium) of each agency: what came in, went out and was drawn up (OSL 5 kap.)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.models.cases import Case
from samsyn.hub.guard.protected import Protected


class RegisterCounter(models.Model):
    """Last number given in a series and year; numbers have no gaps."""

    agency = models.CharField(max_length=20)
    series = models.CharField(max_length=40)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    rows: ClassVar = models.Manager["RegisterCounter"]()

    class Meta:
        """One counter a series and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "series", "year"], name="counter_once"),
        ]


class RegisterEntry(Protected):
    """One document in an agency's register (OSL 5:1-2).

    Attributes:
        number: register number of the case; ``sequence`` counts the documents in it.
        direction: ``in``, ``out`` or ``drawn_up``.
        registered_at: when it was registered.
        dated: when it came in or was drawn up.
        counterpart: from whom it came or to whom it went.
        about: in short what it is about; left out of the public extract when ``about_secret``.
        counterpart_secret, about_secret: what the public extract leaves out (OSL 5:2 st2).
        mark_provision, mark_dated, mark_agency: secrecy mark (OSL 5:5).
        mark_lifted_at: when the mark was taken off, by two persons.
        document: id of the file, disclosure or question that it is.
    """

    agency = models.CharField(max_length=20)
    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="register_entries"
    )
    number = models.CharField(max_length=40)
    sequence = models.IntegerField(default=1)
    direction = models.CharField(max_length=20)
    registered_at = models.DateTimeField(db_default=Now())
    dated = models.DateField()
    counterpart = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=200)
    counterpart_secret = models.BooleanField(default=False)
    about_secret = models.BooleanField(default=False)
    mark_provision = ArrayField(models.CharField(max_length=40), default=list)
    mark_dated = models.DateField(null=True)
    mark_agency = models.CharField(max_length=20, blank=True)
    mark_lifted_at = models.DateTimeField(null=True)
    document = models.UUIDField(null=True)
    document_kind = models.CharField(max_length=40, blank=True)

    class Meta(Protected.Meta):
        """Read by agency and day, and by number."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "-registered_at"]),
            models.Index(fields=["agency", "-registered_at", "-id"], name="register_newest"),
            models.Index(fields=["document"], name="register_of_document"),
            models.Index(fields=["agency", "number", "sequence"]),
        ]
