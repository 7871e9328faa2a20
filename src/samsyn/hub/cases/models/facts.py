"""Facts and files: what an agency knows in a case, and what it has been given by others."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.closed_field import ClosedNameField, ClosedSourceField, ClosedTextField
from samsyn.hub.cases.models.cases import Case
from samsyn.hub.guard.protected import Received
from samsyn.hub.registry.models import Entity


class Fact(Received):
    """One item of information, with the law it carries. Never edited: corrected by a new row.

    A fact that another agency has disclosed is a copy of what was decided to be told; it carries
    the giver, the ground and the last day, and its ``visible_to`` is emptied by a recall.

    Attributes:
        text: what it says; closed by itself when marked ``tip_giver``, and so is its source.
        item_kind: kind of item, as questions to the law use it.
        holder: code of the agency that holds the original.
        activity: activity in which the holder has it.
        secrecy: provisions that make it secret, as citations.
        secrecy_confirmed_by: who confirmed them; None while they are only proposed.
        marks: ``victim``, ``child``, ``protected``, ``tip_giver``, ``may_not_be_told``.
        added: of a received fact, the provisions and marks among these that its receiver has set
            and its giver has not; they alone can be lifted at the receiver.
        source: where it comes from, in words.
        state: ``current``, ``replaced``, ``recalled``, ``locked``.
        replaces: the fact this one corrects.
        derived_from: received facts that this one builds on; it inherits their marks and bounds.
        disclosure: exchange id of the disclosure it came by.
        ground: leading provision of that disclosure.
        common: whether it was given to everybody in the matter.
        entry: number of the log row by which it came.
        opened_until: no column: set where two persons have opened a tip-giver's identity for
            whoever reads the row now.
    """

    opened_until: datetime | None = None

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    agency = models.CharField(max_length=20)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="facts")
    item_kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=20, blank=True)
    text = ClosedTextField()
    holder = models.CharField(max_length=20)
    activity = models.CharField(max_length=60)
    secrecy = ArrayField(models.CharField(max_length=40), default=list)
    secrecy_confirmed_by = models.UUIDField(null=True)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    added = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    source = ClosedSourceField(max_length=200, blank=True)
    observed_on = models.DateField(null=True)
    state = models.CharField(max_length=20, default="current")
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    derived_from = ArrayField(models.UUIDField(), default=list)
    disclosure = models.UUIDField(null=True)
    ground = models.CharField(max_length=200, blank=True)
    common = models.BooleanField(default=False)
    entry = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    search = SearchVectorField(null=True)

    class Meta(Received.Meta):
        """The newest facts of an agency are read straight off one index.

        How the words are looked for stands in the policies.sql of the desk.
        """

        indexes: ClassVar = [
            models.Index(fields=["visible_to", "-made_at"], name="fact_newest"),
            # Across the keys of an agency, for those who hold several.
            models.Index(fields=["agency", "-made_at"], name="fact_of_agency"),
            models.Index(fields=["case", "-made_at"], name="fact_of_case"),
            models.Index(fields=["disclosure"]),
            models.Index(fields=["entity"]),
        ]


class SealedFile(Received):
    """A file of a case: the original sealed, a cleaned copy shown.

    Attributes:
        fact: the fact it belongs to; a tip-giver's fact marks its files ``tip_giver`` too.
        name: what it is called; closed by itself when marked ``tip_giver``.
        stored_as: random name of the sealed original in the store; never from a user.
        shown_as: random names of the cleaned pages, one a page.
        sha256: digest of the original.
        state: ``current``, ``recalled``, ``disposed``.
        opened_until: no column: set where two persons have opened it for whoever reads it now.
    """

    opened_until: datetime | None = None

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    fact = models.ForeignKey(Fact, null=True, on_delete=models.PROTECT, related_name="files")
    name = ClosedNameField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64)
    shown_as = ArrayField(models.CharField(max_length=64), default=list)
    shown_type = models.CharField(max_length=100, blank=True)
    warnings = models.JSONField(default=list)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    secrecy = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=20, default="current")
    disclosure = models.UUIDField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)

    search = SearchVectorField(null=True)

    class Meta(Received.Meta):
        """Read by case; found by name."""

        indexes: ClassVar = [
            models.Index(fields=["case", "-made_at"]),
            models.Index(fields=["visible_to", "-made_at"], name="file_newest"),
            models.Index(
                fields=["disclosure"],
                condition=models.Q(disclosure__isnull=False),
                name="file_of_disclosure",
            ),
        ]
