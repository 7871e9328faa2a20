"""What is kept of examining: checks of the log, confirmations, disposals, public releases."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.protected import Protected


class LogCheck(models.Model):
    """The result of checking the log once. Written by the nightly job, never changed.

    Attributes:
        whole: whether every entry was read, or only those after the last seal checked before.
        seal, root: the last seal that was read, where the next check may begin.
        entries, seals: how many were read.
        unsealed: entries that no seal had taken in yet.
        witnessed: whether the copies of another party were compared.
        sound: whether nothing was wrong.
        findings: what was wrong, each in both languages; places in the log, never content.
    """

    id = models.BigAutoField(primary_key=True)
    made_at = models.DateTimeField(db_default=Now())
    whole = models.BooleanField()
    seal = models.BigIntegerField()
    root = models.CharField(max_length=64)
    entries = models.BigIntegerField()
    seals = models.BigIntegerField()
    unsealed = models.BigIntegerField()
    witnessed = models.BooleanField()
    sound = models.BooleanField()
    findings = models.JSONField(default=list)

    rows: ClassVar = models.Manager["LogCheck"]()


class Confirmation(Protected):
    """Somebody has looked at something that stood out, and says so in their own words.

    Attributes:
        kind: ``anomaly`` or ``access``.
        code: code of the rule, or of the kind of line in the access review.
        subject: which occurrence: ids and days, no content.
        period: the quarter of an access review, ``2026K4``; empty for an anomaly.
        outcome: ``in_order`` or ``follow_up``.
        entry: number of the log row.
    """

    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    subject = models.CharField(max_length=160)
    period = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=20)
    note = models.TextField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(db_default=Now())
    entry = models.BigIntegerField(null=True)

    class Meta(Protected.Meta):
        """Each occurrence is confirmed once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visible_to", "kind", "code", "subject", "period"],
                name="confirmed_once",
            ),
        ]


class Disposal(Protected):
    """The proof that something was disposed of or locked. Made by the database, never changed.

    Attributes:
        request: the approved request of two persons.
        how: ``remove`` (the content is gone) or ``lock`` (nobody sees it any more).
        exchange: the delivery whose copies it was about; None when a whole case was.
        number: register number of the case.
        counts: how many rows of each kind lost their content.
        objects: their ids.
        digest: SHA-256 over all that was removed, with the ids, as JSON with sorted keys.
        files: names in the store of what was to be erased; erased when ``files_erased_at`` is set.
    """

    request = models.UUIDField(unique=True)
    agency = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposals")
    exchange = models.UUIDField(null=True)
    how = models.CharField(max_length=10)
    number = models.CharField(max_length=40)
    reason = models.TextField()
    counts = models.JSONField(default=dict)
    objects = ArrayField(models.UUIDField(), default=list)  # the log's own word
    digest = models.CharField(max_length=64)
    files = ArrayField(models.CharField(max_length=64), default=list)
    files_erased_at = models.DateTimeField(null=True)
    proposed_by_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta(Protected.Meta):
        """The latest first."""

        indexes: ClassVar = [models.Index(fields=["visible_to", "-decided_at"])]


class Release(Protected):
    """A request for a public document, and what was decided on it (OSL 6 kap.).

    Attributes:
        state: ``draft`` or ``decided``.
        receiver: ``JOURNALIST`` for anybody, ``PARTY`` for a party to the case.
        asked_by: whom the copy goes to, as they wish to be called; nobody has to say who they are.
        document: register entry that was asked for; None when it is the whole case.
        outcome: ``whole``, ``part`` or ``refused``, once decided.
        reasons: why something is left out, in the words of whoever decided.
        copy: the page that was released, as it was; what is masked is not in it.
        digest: SHA-256 of the copy.
        version: rises with every change; a decision names the version it was made on.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="releases")
    agency = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="draft")
    receiver = models.CharField(max_length=20)
    asked_by = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    document = models.UUIDField(null=True)
    document_name = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)
    copy = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta(Protected.Meta):
        """The latest first."""

        indexes: ClassVar = [models.Index(fields=["visible_to", "-made_at"])]


class ReleaseItem(Protected):
    """How one piece of what was asked for is treated.

    Attributes:
        kind: ``heading``, ``subject``, ``fact``, ``file`` or ``document``.
        piece: id of the case, entity, fact, file or register entry.
        outcome, grounds: what the law says of giving it whole; empty where it is not asked.
        released: whether it leaves, with its masks; otherwise it is withheld whole.
        withheld_by: provisions under which it is withheld.
        masks: stretches left out: ``[{"start": 3, "end": 9, "by": "2009:400/21:1"}]``, in order.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="items")
    place = models.IntegerField()
    kind = models.CharField(max_length=10)
    piece = models.UUIDField()
    outcome = models.CharField(max_length=30, blank=True)
    grounds = ArrayField(models.CharField(max_length=200), default=list)
    released = models.BooleanField(default=False)
    withheld_by = ArrayField(models.CharField(max_length=60), default=list)
    masks = models.JSONField(default=list)

    class Meta(Protected.Meta):
        """A piece stands once in a release."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "piece"], name="piece_once_a_release"),
        ]
