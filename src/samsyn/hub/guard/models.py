"""Who may sign in, with which roles, and what has been done: accounts, roles, the log."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.protected import Protected
from samsyn.hub.guard.signin.models import Identity, Invitation, Limit, Session

__all__ = [
    "Account",
    "AccountManager",
    "Idempotency",
    "Identity",
    "Invitation",
    "Limit",
    "LogEntry",
    "LogSeal",
    "RoleAssignment",
    "Session",
    "TwoPersonRequest",
]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by the address people sign in with."""


class Account(AbstractBaseUser):
    """A person who may sign in. Belongs to one agency; rights come from role assignments alone.

    Accounts are made beforehand by an agency administrator; nobody can register. Which identity
    of an outside provider belongs to it is bound on issuer and subject, never on the address.
    """

    # Roles and log tell when somebody was here; a column written at sign-in would need rights.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=20)
    title = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="sv")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)

    # The packages of the sign-in ask for a manager of this name.
    objects = AccountManager()
    rows = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "agency"]

    class Meta:
        """Newest questions about accounts are by agency."""

        indexes: ClassVar = [models.Index(fields=["agency", "name"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"

    @classmethod
    def seen(cls, actor: Actor) -> models.QuerySet[Account]:
        """The accounts a person may see: those of the agency, or only one's own."""
        whole = Q(agency=actor.agency) if actor.permits("account.read") else Q(pk=actor.account)
        return cls.rows.filter(whole)


class RoleAssignment(models.Model):
    """A role that a person has at a centre or at the agency, from a day to a day.

    Attributes:
        to_day: last day, inclusive; None while no end is known. The day before the first when it
            was withdrawn before it began.
        second_by: the other person, where giving the role takes two.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    agency = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    centre = models.CharField(max_length=40, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    given_by = models.UUIDField(null=True)
    second_by = models.UUIDField(null=True)
    given_at = models.DateTimeField(db_default=Now())

    rows: ClassVar = models.Manager["RoleAssignment"]()

    class Meta:
        """A role ends on or after the day it starts, or held on no day."""

        indexes: ClassVar = [models.Index(fields=["account", "from_day"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="role_ends_after_start",
                condition=Q(to_day__isnull=True)
                | Q(to_day__gte=models.F("from_day") - timedelta(days=1)),
            ),
        ]

    @classmethod
    def seen(cls, actor: Actor) -> models.QuerySet[RoleAssignment]:
        """The roles a person may see: those of the agency, or only one's own."""
        whole = (
            Q(agency=actor.agency) if actor.permits("account.read") else Q(account=actor.account)
        )
        return cls.rows.filter(whole)


class TwoPersonRequest(Protected):
    """A grave act that one person asks for and another of the same agency decides.

    Attributes:
        act: ``role.raise``, ``account.recover``, ``tipster.open``, ``secrecy.lift`` or
            ``disposal.propose``.
        about: what the act is done to, as the act itself reads it; ids only.
        outcome: empty while open, then ``approved``, ``refused`` or ``withdrawn``.
    """

    act = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    case = models.UUIDField(null=True)
    reason = models.TextField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        """One person cannot be both."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="two_persons_are_two",
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("asked_by"))
                | Q(outcome="withdrawn"),
            ),
        ]


class LogEntry(models.Model):
    """One act or one look at protected facts. Written only by ``guard_append``; never changed.

    Attributes:
        lane, seq: place in one of sixteen chains; writers take a free one and do not wait.
        objects: ids of what was touched, space-separated; never content.
        prev, hash: SHA-256, hexadecimal; see :mod:`samsyn.hub.guard.chaining`.
        xact: the transaction, so that a commit without a log row can be refused.
    """

    id = models.BigAutoField(primary_key=True)
    lane = models.SmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    agency = models.CharField(max_length=20)
    act = models.CharField(max_length=60)
    case_id = models.UUIDField(null=True)
    matter = models.UUIDField(null=True)
    purpose = models.CharField(max_length=60)
    ground = models.CharField(max_length=200)
    rulebook = models.CharField(max_length=60)
    objects = models.TextField()  # the log's own word
    detail = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    rows: ClassVar = models.Manager["LogEntry"]()

    class Meta:
        """Chains are read by lane; the auditor reads by agency and time."""

        db_table = "guard_log_entry"
        default_manager_name = "rows"
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lane", "seq"], name="guard_log_lane_seq"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="guard_log_agency"),
            models.Index(fields=["case_id", "-id"], name="guard_log_case"),
            models.Index(fields=["account", "-id"], name="guard_log_account"),
        ]


class LogSeal(models.Model):
    """A batch of log entries closed into the Merkle tree, with a signed root.

    Attributes:
        heads: last sealed ``seq`` of each lane, as JSON ``{"0": 12, ...}``.
        size: number of entries in the tree after this seal.
    """

    id = models.BigAutoField(primary_key=True)
    made_at = models.DateTimeField()
    heads = models.TextField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    prev_root = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=64)

    rows: ClassVar = models.Manager["LogSeal"]()

    class Meta:
        """Named as the log it closes."""

        db_table = "guard_log_seal"


class Idempotency(models.Model):
    """A form that has been sent once: sent again, it does nothing and shows the first result."""

    token = models.UUIDField(primary_key=True)
    visible_to = models.CharField(max_length=80)
    account = models.UUIDField()
    act = models.CharField(max_length=60)
    result = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now())

    rows: ClassVar = models.Manager["Idempotency"]()
