"""What is kept of how people sign in: sessions, invitations, identities elsewhere, limits.

Passkeys and the secrets of code apps lie in the table of the package we take for them. The rows
here are fenced in this folder's ``policies.sql``; ``samsyn.hub.guard.models`` makes them known.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class SessionManager(BaseSessionManager["Session"]):
    """Makes rows of sessions, under the name that the session store asks for."""


class Session(AbstractBaseSession):
    """One browser that is signed in, or on its way to be.

    Attributes:
        account: whose it is; None until somebody has signed in.
        begun_at: when the browser got it.
    """

    account = models.UUIDField(null=True)
    begun_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        """Ended by account: closed, recovered, signed out everywhere."""

        app_label = "guard"
        indexes: ClassVar = [models.Index(fields=["account"])]

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that writes this table."""
        from samsyn.hub.guard.signin.sessions import SessionStore

        return SessionStore


class Invitation(models.Model):
    """A link that lets a person choose how to sign in, once.

    Attributes:
        token_hash: SHA-256 of what stands in the link; the link itself is kept nowhere.
        request: the two-person request that allowed it, when sign-in is recovered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("guard.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    request = models.UUIDField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    rows: ClassVar = models.Manager["Invitation"]()

    class Meta:
        """One request allows one invitation."""

        app_label = "guard"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(request__isnull=False), name="one_invitation"
            ),
        ]


class Identity(models.Model):
    """Which person of an agency's own sign-in service an account is.

    INVARIANT: bound on issuer and subject. Addresses and names that a service claims bind nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("guard.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_by = models.UUIDField(null=True)
    bound_at = models.DateTimeField(db_default=Now())

    rows: ClassVar = models.Manager["Identity"]()

    class Meta:
        """A subject is one account's, and an account has one subject at each issuer."""

        app_label = "guard"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_subject"),
            models.UniqueConstraint(fields=["account", "issuer"], name="one_subject_an_account"),
        ]


class Limit(models.Model):
    """What the limits of sign-in remember for a while; the same for all processes.

    Attributes:
        key: SHA-256 of what is counted, so that no address and no name stands here.
    """

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField()

    rows: ClassVar = models.Manager["Limit"]()

    class Meta:
        """Emptied by time."""

        app_label = "guard"
        indexes: ClassVar = [models.Index(fields=["expires_at"])]
