"""What does one agency ask another? Each of the two has a row."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.protected import Protected


class Question(Protected):
    """One agency asks another. The asker has a row, the holder has a row; ``exchange`` ties them.

    Attributes:
        side: ``asked`` (ours, sent to another) or ``received`` (to be answered by us).
        state: ``draft``, ``sent``, ``answered``, ``refused``, ``withdrawn``.
        matter: the asker's matter; answers are bound to it.
        case: the case it stands in at this agency; None while the holder has not placed it.
        about: name and number of the object, as the asker told it.
        taken_up_at: when the holder placed it in a case and began to assess; the asker sees this.
        answer_words: words that came with an answer or a refusal.
        question_set: code of the set of questions it was made from; empty when in own words.
        items: what is asked, each ``{"code", "sv", "en"}``, as it was when it was sent.
        round: ties the questions that the asker put to several agencies at once; no holder has it.
    """

    exchange = models.UUIDField()
    side = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default="draft")
    asker = models.CharField(max_length=20)
    asker_name = models.CharField(max_length=120)
    asker_number = models.CharField(max_length=40, blank=True)
    holder = models.CharField(max_length=20)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="questions")
    matter = models.UUIDField()
    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=240, blank=True)
    entity = models.UUIDField(null=True)
    text = models.TextField()
    question_set = models.CharField(max_length=60, blank=True)
    items = models.JSONField(default=list)
    round = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer_words = models.TextField(blank=True)
    refusal_grounds = ArrayField(models.CharField(max_length=120), default=list)
    law = models.JSONField(default=dict)
    search = SearchVectorField(null=True)

    class Meta(Protected.Meta):
        """Open questions of an agency, the most urgent first; found by their words."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "state", "due_on"]),
            models.Index(fields=["visible_to", "-made_at"], name="question_newest"),
            models.Index(fields=["exchange"]),
        ]
