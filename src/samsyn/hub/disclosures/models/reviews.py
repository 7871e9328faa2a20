"""Which decisions does the secrecy lawyer look at, and what is learnt from earlier ones?"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.models.disclosures import Disclosure
from samsyn.hub.guard.protected import Protected


class Review(Protected):
    """A disclosure that the secrecy lawyer of the giver looks at.

    Attributes:
        kind: ``countersign`` (before it leaves) or ``sample`` (afterwards, drawn by chance).
        rule: code of the rule that asks for it, or of the sample.
        state: ``waiting``; then ``approved`` or ``returned`` of a countersignature, ``passed`` or
            ``remarked`` of a sample; ``lapsed`` when the officer took the draft back.
        risk: points that the queue is ordered by, the highest first.
        risk_reasons: codes of what made the points.
        version: of the disclosure as it was looked at; a signature holds for no other.
        words: what the lawyer says to the officer.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    agency = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    state = models.CharField(max_length=20, default="waiting")
    risk = models.IntegerField(default=0)
    risk_reasons = ArrayField(models.CharField(max_length=60), default=list)
    version = models.IntegerField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    entry = models.BigIntegerField(null=True)

    class Meta(Protected.Meta):
        """Nobody signs what they asked for; the riskiest first."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "state", "-risk", "asked_at"]),
            models.Index(fields=["disclosure"], name="review_of_disclosure"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nobody_reviews_their_own",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="decided_review_has_person",
                condition=Q(state__in=["waiting", "lapsed"]) | Q(decided_by__isnull=False),
            ),
        ]


class Precedent(Protected):
    """An earlier weighing, told without secret content, for others to learn from.

    Attributes:
        leans: how the weighing ended, ``for`` or ``against``.
        speaks_for, speaks_against, lesson: written by the lawyer for this, naming nobody.
        disclosure: the decision it was made from, which the agency's lawyers may open.
        retired_at: when it ceased to be an example, since the law or the judgement has changed.
    """

    agency = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    receiver = models.CharField(max_length=20)
    purpose = models.CharField(max_length=60)
    item_kinds = ArrayField(models.CharField(max_length=60), default=list)
    grounds = ArrayField(models.CharField(max_length=200), default=list)
    leans = models.CharField(max_length=10)
    speaks_for = models.TextField()
    speaks_against = models.TextField()
    lesson = models.TextField()
    disclosure = models.UUIDField(null=True)
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True)

    class Meta(Protected.Meta):
        """Newest first."""

        indexes: ClassVar = [models.Index(fields=["visible_to", "-made_at"])]
