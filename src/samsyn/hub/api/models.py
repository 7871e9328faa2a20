"""What is kept of programs: keys, calls made once, addresses that are told, what was imported."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.protected import Protected


class Token(models.Model):
    """A key by which a program acts as a person, with less than the person may.

    Attributes:
        hash: SHA-256 of the secret, hexadecimal; the secret itself is kept nowhere.
        begins: the first letters of the secret, to tell keys apart.
        role: the one role of the account that it uses; looked at anew at every call.
        acts: act codes that it may do, of those the role has.
        purpose: the purpose it acts for in every case.
        case: the one case it may act in; None for all that the role sees.
        last_day: last day it works.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    agency = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    acts = ArrayField(models.CharField(max_length=40), default=list)
    purpose = models.CharField(max_length=60)
    case = models.UUIDField(null=True)
    last_day = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    rows: ClassVar = models.Manager["Token"]()

    class Meta:
        """Shown to its owner, newest first."""

        indexes: ClassVar = [models.Index(fields=["account", "-made_at"])]

    @classmethod
    def seen(cls, actor: Actor) -> models.QuerySet[Token]:
        """One's own keys; for who administers accounts, those of the agency."""
        whole = Q(account=actor.account)
        if actor.permits("account.read"):
            whole |= Q(agency=actor.agency)
        return cls.rows.filter(whole)

    def works(self, day: date) -> bool:
        """Whether it is neither taken back nor over on a day."""
        return self.revoked_at is None and self.last_day >= day


class TokenUse(models.Model):
    """How often a key was used in the running minute, and when last."""

    token = models.OneToOneField(
        Token, primary_key=True, on_delete=models.CASCADE, related_name="use"
    )
    minute = models.DateTimeField()
    used = models.IntegerField(default=0)
    last_used_at = models.DateTimeField()

    rows: ClassVar = models.Manager["TokenUse"]()


class OnceCall(models.Model):
    """A call that made something under a key of the caller's: made again, it makes nothing more.

    Attributes:
        key: what the program sent in the header ``Idempotency-Key``.
        digest: SHA-256 of address and body, so that another call under the same key is refused.
        made: id of what the first call made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    token = models.UUIDField()
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    made = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    rows: ClassVar = models.Manager["OnceCall"]()

    class Meta:
        """A key is used once by a token."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="call_once_a_key"),
        ]


class Webhook(Protected):
    """An address of an agency's own that is told that something has happened, by ids only.

    Attributes:
        secret: signs what is sent; sealed, and opened by the job that sends.
        failures: tries that failed in a row.
        stopped_at: when it was stopped, by a person or after too many failures.
        stopped_why: ``person`` or ``failures``; empty while it runs.
    """

    agency = models.CharField(max_length=20)
    address = models.CharField(max_length=300)
    about = models.CharField(max_length=120, blank=True)
    secret = models.TextField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())
    failures = models.IntegerField(default=0)
    last_ok_at = models.DateTimeField(null=True)
    last_fault = models.CharField(max_length=120, blank=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=20, blank=True)

    class Meta(Protected.Meta):
        """Looked up by agency whenever something happens."""

        indexes: ClassVar = [models.Index(fields=["agency"])]


class WebhookMessage(models.Model):
    """One thing to be told to one address: written by the database when what happened is kept.

    Attributes:
        event: code of what happened.
        kind, thing: what it happened to, ``case`` and its id.
        line: the row it was read from; looked at again before it is sent.
        next_at: when it is tried; None once it is sent or given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    event = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    thing = models.UUIDField()
    line = models.UUIDField()
    at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    rows: ClassVar = models.Manager["WebhookMessage"]()

    class Meta:
        """The job asks for what is due."""

        indexes: ClassVar = [models.Index(fields=["next_at"])]


class ImportedFact(Protected):
    """That a fact came from an agency's own system, so that it comes once.

    Attributes:
        system, source_id: what the agency calls its system, and the fact there.
        digest: SHA-256 of the row as it was read.
    """

    system = models.CharField(max_length=60)
    source_id = models.CharField(max_length=120)
    fact = models.UUIDField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(db_default=Now())

    class Meta(Protected.Meta):
        """Once for those who see it; whoever does not see it learns nothing of it."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visible_to", "system", "source_id"], name="imported_once"
            ),
        ]
