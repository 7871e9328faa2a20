"""Which provision stood in the way of what, how often and with what consequence?"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.protected import Protected


class Obstacle(Protected):
    """Something that was needed and did not come, with the law's question as it can be asked again.

    A row of the agency that met it; the register tells nothing between agencies.

    Attributes:
        kind: ``never_asked`` (somebody needed it and believed it was no use to ask),
            ``not_put`` (the law did not open what the question would tell), ``question_refused``
            and ``disclosure_refused`` (by us, as the giver), ``left_out`` (a fact that the law did
            not open in a disclosure that left), ``met_refusal`` (our question was refused).
        giver, receiver: who holds it, and who would have had it.
        exchange: of the question or disclosure it came of; None when never asked.
        provisions: what stood in the way, the leading one first.
        outcome: what the law said, ``must_not``, or ``may_after_balancing`` when a weighing went
            against; empty when nobody asked the law.
        question: the question to the law, as ``law simulate`` reads it; empty when there is none.
        needed_for, consequence: codes of what it was needed for and what followed.
        needed_words, consequence_words: the officer's own words; never told outside the agency.
        asked_on, happened_on: when it was asked, and the day it stood in the way.
    """

    kind = models.CharField(max_length=20)
    agency = models.CharField(max_length=20)
    giver = models.CharField(max_length=20)
    receiver = models.CharField(max_length=20)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="obstacles")
    exchange = models.UUIDField(null=True)
    fact = models.UUIDField(null=True)
    provisions = ArrayField(models.CharField(max_length=200), default=list)
    outcome = models.CharField(max_length=30, blank=True)
    question = models.JSONField(default=dict)
    purpose = models.CharField(max_length=60)
    item_kind = models.CharField(max_length=60, blank=True)
    initiative = models.CharField(max_length=10, blank=True)
    needed_for = models.CharField(max_length=40, blank=True)
    needed_words = models.TextField(blank=True)
    consequence = models.CharField(max_length=40, blank=True)
    consequence_words = models.TextField(blank=True)
    rulebook = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True)
    happened_on = models.DateField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    entry = models.BigIntegerField(null=True)

    class Meta(Protected.Meta):
        """Newest first; those of an exchange are found together."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "-happened_on"]),
            models.Index(fields=["exchange"], name="obstacle_of_exchange"),
        ]
