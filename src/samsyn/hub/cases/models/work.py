"""What is to be done in a case, by whom and by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samsyn.hub.cases.models.cases import Case
from samsyn.hub.guard.protected import Protected


class Task(Protected):
    """Something somebody is to do."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=200)
    account = models.UUIDField(null=True)
    name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)

    class Meta(Protected.Meta):
        """My open tasks, the most urgent first."""

        indexes: ClassVar = [
            models.Index(
                fields=["account", "due_on"],
                condition=Q(done_at__isnull=True),
                name="task_open",
            ),
        ]


class Clock(Protected):
    """A time within which something must happen, in working days.

    Attributes:
        what: what must happen.
        started_on: day the clock started; the day after is day one.
        working_days: how many it runs.
        question: a question whose being out pauses it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    what = models.CharField(max_length=200)
    started_on = models.DateField()
    working_days = models.IntegerField()
    stopped_on = models.DateField(null=True)

    class Meta(Protected.Meta):
        """A clock runs forward."""

        constraints: ClassVar = [
            models.CheckConstraint(name="clock_runs", condition=Q(working_days__gt=0)),
        ]


class ClockPause(Protected):
    """A stretch in which a clock stands still, for example while a question is out.

    Attributes:
        of_case: it stands still because the case does, and runs again when the case does.
    """

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    question = models.UUIDField(null=True)
    of_case = models.BooleanField(default=False, db_default=False)

    class Meta(Protected.Meta):
        """The clocks that a question has stopped run again when it ends."""

        indexes: ClassVar = [
            models.Index(
                fields=["question"], condition=Q(question__isnull=False), name="pause_of_question"
            ),
        ]
