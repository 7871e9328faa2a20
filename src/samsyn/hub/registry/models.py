"""What is a matter about? Firms, workplaces, persons, vehicles, addresses of each agency."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.guard.protected import Received
from samsyn.kernel.identity_numbers import IdentityNumber, NumberKind

NAMING = ("organisation", "person", "coordination", "workplace", "vehicle")
"""Kinds of numbers that have a usual way to be written."""


class Entity(Received):
    """A firm, workplace, person, vehicle or address, as one agency knows it.

    Two agencies that know the same firm have a row each; neither learns of the other's.

    Attributes:
        kind: ``firm``, ``workplace``, ``person``, ``vehicle`` or ``address``.
        name: name, or for an address its text.
        number: organisation, personal, coordination or workplace number or plate, in the normal
            form of :mod:`samsyn.kernel.identity_numbers`; empty where there is none.
        number_kind: which of these it is, ``foreign`` or ``none``.
        certain: whether the identity is certain; foreign firms and persons without papers are
            normal.
        protected: protected personal data (OSL 21:3-3b, 22:1-2; folkbokföringslagen 16 §).
        address: where it is; for a person only where that is needed.
        part_of: the firm a workplace belongs to, as this agency knows it.
        search: lexemes, see :mod:`samsyn.kernel.search_words`.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=30, blank=True)
    number_kind = models.CharField(max_length=30, default="none")
    certain = models.BooleanField(default=True)
    protected = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    municipality = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    search = SearchVectorField(null=True)

    @property
    def written(self) -> str:
        """The number as people write it, ``556677-8899``; empty where there is none."""
        if self.number_kind in NAMING:
            return IdentityNumber(cast(NumberKind, self.number_kind), self.number).display
        return self.number

    class Meta(Received.Meta):
        """Found by number within an agency, and by words."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "number"]),
            models.Index(fields=["visible_to", "kind", "name"]),
            models.Index(fields=["visible_to", "-made_at"], name="entity_newest"),
        ]
