"""What is told to another agency, decided by whom and on what ground? The giver's rows."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samsyn.hub.cases.closed_field import ClosedTextField
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.models.questions import Question
from samsyn.hub.guard.protected import Protected


class Disclosure(Protected):
    """A decision to tell, or not to tell, facts to another agency: the giver's row.

    Attributes:
        kind: ``facts``, or ``existence`` when only a nominated object is told.
        state: ``draft``, ``awaiting`` (a countersignature; nothing of it is changed meanwhile),
            ``decided`` (within the act of sending), ``delivered``, ``recalled``, ``refused``,
            ``withdrawn``.
        purpose, purpose_group: for what the receiver gets it; it is bound to the group.
        initiative: ``request`` or ``own``.
        weighing: the officer's own words where the law asks for a weighing.
        weighing_outcome: ``for``, ``against`` or empty.
        valid_to: last day on which the receiver may read it.
        told_title, told_words: what the receiver's case is called and told with.
        completes: the question it answers is answered whole by it; otherwise more is to come.
        refused_items: code of an asked item that is not answered → the provision that bars it.
        countersign: code of the rule that asks for a second signature; empty when none does.
        came_of_it, came_words, came_at: what the receiver has told of what came of it.
        version: rises with every change; a decision names the version it was made on.
    """

    exchange = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, default="facts")
    state = models.CharField(max_length=20, default="draft")
    agency = models.CharField(max_length=20)
    receiver = models.CharField(max_length=20)
    receiver_function = models.CharField(max_length=60, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    matter = models.UUIDField()
    question = models.ForeignKey(
        Question, null=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    purpose = models.CharField(max_length=60)
    purpose_group = models.CharField(max_length=60)
    initiative = models.CharField(max_length=10)
    told_title = models.CharField(max_length=200)
    told_words = models.TextField(blank=True)
    told_search = SearchVectorField(null=True)
    weighing = models.TextField(blank=True)
    weighing_outcome = models.CharField(max_length=10, blank=True)
    facts_stated = models.JSONField(default=dict)
    ground = models.CharField(max_length=200, blank=True)
    grounds = ArrayField(models.CharField(max_length=200), default=list)
    outcome = models.CharField(max_length=30, blank=True)
    test = models.CharField(max_length=60, blank=True)
    law_day = models.DateField(null=True)
    rulebook = models.CharField(max_length=60, blank=True)
    common = models.BooleanField(default=False)
    completes = models.BooleanField(default=True)
    refused_items = models.JSONField(default=dict)
    countersign = models.CharField(max_length=60, blank=True)
    valid_to = models.DateField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_by_name = models.CharField(max_length=120, blank=True)
    recall_reason = models.TextField(blank=True)
    came_of_it = models.CharField(max_length=40, blank=True)
    came_words = models.TextField(blank=True)
    came_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta(Protected.Meta):
        """A weighing has words; what is delivered has a ground and a person who decided."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "state", "-made_at"]),
            models.Index(
                fields=["decided_by", "-came_at"],
                condition=Q(came_at__isnull=False),
                name="disclosure_reported_on",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="delivered_has_ground_and_person",
                condition=~Q(state__in=["decided", "delivered", "recalled"])
                | (~Q(ground="") & Q(decided_by__isnull=False) & ~Q(outcome="must_not")),
            ),
            models.CheckConstraint(
                name="weighing_has_words",
                condition=~Q(state__in=["decided", "delivered", "recalled"])
                | ~Q(outcome="may_after_balancing")
                | (Q(weighing_outcome="for") & ~Q(weighing="")),
            ),
        ]


class DisclosedFact(Protected):
    """One fact of a disclosure: what the law said of it and the exact text that leaves.

    Attributes:
        text: what leaves; the officer may have left parts out.
        left_out: the officer decided that this fact does not leave.
        with_files: the files of the fact leave with it.
        answers: code of the asked item that it answers; empty when none, or in own words.
        question, steps: the question to the law and the reasoning, as they were on the day.
        copy: id of the receiver's row.
        read_at: when the receiver first read it.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="items")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="disclosed")
    text = ClosedTextField()
    left_out = models.BooleanField(default=False)
    with_files = models.BooleanField(default=False)
    answers = models.CharField(max_length=60, blank=True)
    secrecy = ArrayField(models.CharField(max_length=40), default=list)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    outcome = models.CharField(max_length=30, blank=True)
    test = models.CharField(max_length=60, blank=True)
    duty = models.BooleanField(default=False)
    grounds = ArrayField(models.CharField(max_length=200), default=list)
    excluded_by = ArrayField(models.CharField(max_length=200), default=list)
    question = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    copy = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True)

    class Meta(Protected.Meta):
        """A fact stands once in a disclosure; the receiver's reading finds it by the copy."""

        indexes: ClassVar = [models.Index(fields=["copy"], name="disclosed_copy")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "fact"], name="fact_once_a_disclosure"),
        ]
