"""How often may somebody try, counted over all processes of the hub?

A cache in the database that holds JSON only. It runs in the transaction of the request: who tries
at the same time waits for the first, so that no try is lost from the count.
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections

FAR = 366 * 24 * 3600
"""Seconds that something without end is kept: nothing here is for ever."""


class LimitCache(BaseCache):
    """The cache that allauth counts tries, used codes and used tokens in."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: float | object = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Keep a value if there is none; False if there is."""
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "insert into guard_limit (key, value, expires_at) values (%s, %s, %s) "
                "on conflict (key) do update set value = excluded.value, "
                "expires_at = excluded.expires_at where guard_limit.expires_at <= now() "
                "returning key",
                [self._hashed(key, version), json.dumps(value), self._end(timeout)],
            )
            return cursor.fetchone() is not None

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        """The value kept, if its time is not over."""
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select value::text from guard_limit where key = %s and expires_at > now()",
                [self._hashed(key, version)],
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def set(
        self, key: str, value: Any, timeout: float | object = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Keep a value in place of what was kept."""
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "insert into guard_limit (key, value, expires_at) values (%s, %s, %s) "
                "on conflict (key) do update set value = excluded.value, "
                "expires_at = excluded.expires_at",
                [self._hashed(key, version), json.dumps(value), self._end(timeout)],
            )

    def delete(self, key: str, version: Any = None) -> bool:
        """Forget a value."""
        with connections["default"].cursor() as cursor:
            cursor.execute("delete from guard_limit where key = %s", [self._hashed(key, version)])
            return bool(cursor.rowcount)

    def clear(self) -> None:
        """Forget what is over; what still counts is not forgotten by anyone."""
        with connections["default"].cursor() as cursor:
            cursor.execute("delete from guard_limit where expires_at <= now()")

    def _hashed(self, key: str, version: Any) -> str:
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()

    def _end(self, timeout: float | object) -> datetime:
        end = self.get_backend_timeout(timeout)  # type: ignore[arg-type]
        return datetime.fromtimestamp(end if end is not None else time.time() + FAR, UTC)
