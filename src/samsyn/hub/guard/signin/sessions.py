"""Where is a session kept, so that all sessions of one person can be ended at once?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connections

from samsyn.hub.guard.signin.models import Session


class SessionStore(DatabaseStore):
    """Sessions in our own table, each with the account it belongs to."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written, with whose session it is."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.account = data.get(SESSION_KEY)
        return row


def end_sessions(account: UUID) -> int:
    """End every session of an account, at once; allowed to itself and its administrators.

    The database decides who may (``guard_end_sessions``), so that no other way is needed.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("select guard_end_sessions(%s)", [account])
        return int(cursor.fetchone()[0])
