"""Where is a session kept, so that all sessions of one person can be ended at once?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
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

    def save(self, must_create: bool = False) -> None:
        """Keep the session; a kept one is written anew by one statement.

        Django's own takes a savepoint about it. Here the request is one transaction: what cannot
        be written undoes it whole.

        Raises:
            UpdateError: if the session was ended meanwhile.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        fields = {name: getattr(row, name) for name in ("session_data", "expire_date", "account")}
        if not Session.objects.filter(pk=row.pk).update(**fields):
            raise UpdateError


def end_sessions(account: UUID) -> int:
    """End every session of an account, at once; allowed to itself and its administrators.

    The database decides who may (``guard_end_sessions``), so that no other way is needed.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("select guard_end_sessions(%s)", [account])
        return int(cursor.fetchone()[0])
