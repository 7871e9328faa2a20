"""What is kept of the obstacle figures that the agencies hand in to the national coordination?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.policy import visible
from samsyn.hub.guard.protected import Protected


class HandedFigures(Protected):
    """One agency's signed obstacle figures for a period: sums alone, the small ones kept back.

    Never changed: withdrawn or replaced, it stays with who did so and why, for its own agency.

    Attributes:
        agency: whose figures.
        since, until: the period, both days counted in.
        figures: the file of figures as it was signed, to the letter.
        rulebook: version of the rulebook that names the provisions.
        handed_by, handed_by_name, entry: who handed it in, and the log row of it.
        withdrawn_at: when it was withdrawn or replaced; None while it stands.
        withdrawn_why: in the person's words; empty where it was replaced.
        replaced_by: what took its place.
    """

    agency = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    figures = models.TextField()
    rulebook = models.CharField(max_length=80)
    handed_by = models.UUIDField()
    handed_by_name = models.CharField(max_length=120)
    handed_at = models.DateTimeField(db_default=Now())
    entry = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    replaced_by = models.UUIDField(null=True)

    class Meta(Protected.Meta):
        """An agency's figures for a period stand once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "since", "until"],
                condition=Q(withdrawn_at__isnull=True),
                name="handed_in_once_a_period",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["since", "until"], name="handed_by_period")]

    @classmethod
    def seen(cls, actor: Actor) -> models.QuerySet[HandedFigures]:
        """One's own agency's; for the national coordination those that stand, of every agency."""
        whole = visible(actor, bound=False)
        if actor.permits("figures.national"):
            whole |= Q(withdrawn_at__isnull=True)
        return cls.rows.filter(whole)

    @property
    def stands(self) -> bool:
        """Whether the national coordination sees it."""
        return self.withdrawn_at is None
