"""What does the running hub write about itself? One JSON object a line, without secret content.

A line has ids, codes and counts. It never has a name, a text, an address with its query, the values
of a statement or the message of an error, for any of them may tell what is secret. What was seen
and done is in the log of the database; this one is for those who keep the machine running.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

from samsyn.hub.project import metrics

LOGGER = logging.getLogger("samsyn.request")
FRAMES = 12

_APPEND = "select guard_append("


class JsonFormatter(logging.Formatter):
    """One record as one JSON object.

    Our own records say an event and its fields. Of others only the text as the code writes it is
    kept, without the values put into it, and of an error its kind and place, without its message.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update(fields)
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, place = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            frames = traceback.extract_tb(place)[-FRAMES:]
            line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False, default=str)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """The configuration for `logging.config.dictConfig`: everything to standard error, as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "samsyn.hub.project.request_log.JsonFormatter"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["json"], "level": level},
        "loggers": {
            # Django would mail its errors with everything the request carried.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # A refusal is an answer; it stands in the line of its request.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "procrastinate": {"level": "WARNING"},
        },
    }


class Statements:
    """Counts the statements of a request, and notes which acts it left in the log."""

    def __init__(self) -> None:
        self.number = 0
        self.acts: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Let a statement through and count it."""
        self.number += 1
        if isinstance(sql, str) and sql.startswith(_APPEND) and params:
            self.acts.append(str(params[0]))
        return execute(sql, params, many, context)


class RequestLogMiddleware:
    """Gives every request an id, and writes one line about it when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, count and tell."""
        # Our own, not one that came along: an outside value could carry anything into the log.
        identity = secrets.token_hex(8)
        request.request_id = identity  # type: ignore[attr-defined]
        statements = Statements()
        begun = time.perf_counter()
        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(statements))
            response = self.get_response(request)
        seconds = time.perf_counter() - begun
        response.headers["X-Request-ID"] = identity
        match = request.resolver_match
        route = (match.view_name or match.func.__name__) if match else "-"
        method = request.method if request.method in METHODS else "OTHER"
        metrics.count(str(method), route, response.status_code, seconds, statements.number)
        actor = getattr(request, "actor", None)
        account = getattr(actor, "account", None)
        LOGGER.info(
            "request",
            extra={
                "fields": {
                    "request": identity,
                    "account": str(account) if account else None,
                    "method": method,
                    "route": route,
                    "acts": statements.acts,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                    "statements": statements.number,
                }
            },
        )
        return response


METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
"""A label must not be whatever a stranger sends."""
