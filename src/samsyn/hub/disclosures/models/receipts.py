"""What came in by a disclosure? The receiver's rows."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.protected import Protected


class Receipt(Protected):
    """What came in by a disclosure: the receiver's row, with what may be told of its chain.

    Attributes:
        state: ``received``, ``recalled``, ``withdrawn`` (recalled before anybody read it) or
            ``locked`` (the purpose has ended; nobody reads it any more).
        read_at: when somebody at the receiver first read what came.
        entry: number of the giver's log row, so that an auditor can tie the two.
        answered: id of a copy → code of the asked item that it answers.
        came_of_it, came_words, came_at, came_by_name: what was told the giver of what came of it.
        ended_on: the day the purpose ended, when that is known; then locking is proposed.
        locked_at, locked_by_name, lock_proof: when, by whom, and the proof of what was locked.
    """

    exchange = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default="received")
    agency = models.CharField(max_length=20)
    giver = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    question = models.UUIDField(null=True)
    purpose = models.CharField(max_length=60)
    purpose_group = models.CharField(max_length=60)
    initiative = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    weighed = models.BooleanField(default=False)
    ground = models.CharField(max_length=200)
    grounds = ArrayField(models.CharField(max_length=200), default=list)
    rulebook = models.CharField(max_length=60)
    law_day = models.DateField()
    decided_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    valid_to = models.DateField(null=True)
    received_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    register_number = models.CharField(max_length=60, blank=True)
    entry = models.BigIntegerField(null=True)
    items = models.IntegerField(default=0)
    answered = models.JSONField(default=dict)
    came_of_it = models.CharField(max_length=40, blank=True)
    came_words = models.TextField(blank=True)
    came_at = models.DateTimeField(null=True)
    came_by_name = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)
    locked_at = models.DateTimeField(null=True)
    locked_by_name = models.CharField(max_length=120, blank=True)
    lock_proof = models.JSONField(default=dict)

    class Meta(Protected.Meta):
        """Newest first."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "-received_at"]),
            models.Index(
                fields=["visible_to", "-received_at"],
                condition=models.Q(read_at=None),
                name="receipt_unread",
            ),
            models.Index(fields=["exchange"], name="receipt_of_exchange"),
            # Asked of every question in a list: has anything come of it?
            models.Index(fields=["question"], name="receipt_of_question"),
        ]
