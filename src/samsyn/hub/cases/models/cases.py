"""A matter at one agency: its case, the people on it, whom it is about, what has happened."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.guard.protected import Protected
from samsyn.hub.registry.models import Entity


class Case(Protected):
    """A case of one agency. Each agency in a joint matter has its own, with its own number.

    Attributes:
        matter: ties the cases of several agencies; alone it says nothing.
        number: register number in the agency's own series.
        state: ``open``, ``told`` (another agency has told us; nobody has taken it up yet),
            ``paused`` (nothing runs until it is resumed), ``closed``, ``archived`` (kept to be
            read, and disposed of when its time is out).
        origin: ``opened`` here, or ``told`` by another agency.
        told_by: code of that agency.
        purpose: code of the purpose people on the case act for unless they choose another.
        restricted: only those assigned see it; ``visible_to`` is then the key of the case.
        keep_until: last day before disposal is due, counted from when the case was archived.
    """

    matter = models.UUIDField(default=uuid.uuid4)
    agency = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="open")
    origin = models.CharField(max_length=20, default="opened")
    told_by = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=60)
    centre = models.CharField(max_length=40, blank=True)
    restricted = models.BooleanField(default=False)
    opened_on = models.DateField()
    opened_by = models.UUIDField(null=True)
    opened_by_name = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    keep_until = models.DateField(null=True)
    changed_at = models.DateTimeField(db_default=Now())
    version = models.IntegerField(default=1)
    search = SearchVectorField(null=True)

    class Meta(Protected.Meta):
        """Lists are by agency, newest change first."""

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "-changed_at"]),
            models.Index(fields=["visible_to", "state", "-changed_at"]),
            # Who holds the keys of several cases reads this one, and leaves out what is not theirs.
            models.Index(fields=["agency", "-changed_at"]),
            models.Index(fields=["matter"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["agency", "matter"], name="case_once_a_matter"),
        ]


class CaseMember(Protected):
    """A person who works on a case, from a day to a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    account = models.UUIDField()
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=40, default="handler")
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta(Protected.Meta):
        """Asked for at every request: which restricted cases is this person on?"""

        indexes: ClassVar = [models.Index(fields=["account", "from_day"])]


class CaseSubject(Protected):
    """What a case is about: a firm, workplace, person, vehicle or address, and how."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subjects")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="cases")
    part = models.CharField(max_length=40, default="object")

    class Meta(Protected.Meta):
        """An entity stands once in a case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "entity"], name="entity_once_a_case"),
        ]


class Event(Protected):
    """One line of a case's timeline, written by the act it tells of.

    Attributes:
        act: code of the act, which gives the sentence in both languages.
        words: what the sentence names; for the eyes of the case's own agency only.
        entry: number of the log row of the act.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(db_default=Now())
    act = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    by_agency = models.CharField(max_length=20, blank=True)
    words = models.JSONField(default=dict)
    entry = models.BigIntegerField(null=True)
    about = models.UUIDField(null=True)

    class Meta(Protected.Meta):
        """Read by case, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["case", "-at"]),
            models.Index(fields=["visible_to", "-at"]),
            models.Index(
                fields=["about"], condition=models.Q(about__isnull=False), name="event_about"
            ),
        ]
