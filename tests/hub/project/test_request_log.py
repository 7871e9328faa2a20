"""Does the machine's own log say what happened without saying anything of what it was about?"""

from __future__ import annotations

import json
import logging
import sys
from types import SimpleNamespace

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from samsyn.hub.project.request_log import JsonFormatter, RequestLogMiddleware, logging_settings
from tests.hub.support import Hub

SECRET = "Kalle Hemlig 19121212-1212"


def line(record: logging.LogRecord) -> dict[str, object]:
    text = JsonFormatter().format(record)
    assert SECRET not in text
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def record(message: str, *arguments: object, error: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if error else None
    return logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, info)


def test_of_others_only_the_text_as_the_code_writes_it_is_kept() -> None:
    found = line(record("Not found: %s by %s", SECRET, "x"))
    assert found["event"] == "Not found: %s by %s"
    assert found["level"] == "error"


def test_an_error_is_its_kind_and_place() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        found = line(record("failed", error=True))
    assert found["error"] == "builtins.ValueError"
    assert isinstance(found["where"], list)
    (place,) = found["where"]
    assert __file__ in place
    assert "test_an_error_is_its_kind_and_place" in place


def test_one_line_a_request(
    hub: Hub, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleNamespace(account="4711", name=SECRET)  # type: ignore[attr-defined]
        with connections["default"].cursor() as cursor:
            cursor.execute("select %s", [SECRET])
            cursor.execute("select 2")
        return HttpResponse(SECRET, status=201)

    caplog.set_level(logging.INFO, "samsyn.request")
    answer = RequestLogMiddleware(page)(RequestFactory().post(f"/{SECRET}?q={SECRET}"))
    (written,) = [line(entry) for entry in caplog.records if entry.name == "samsyn.request"]
    assert written["event"] == "request"
    assert written["request"] == answer["X-Request-ID"]
    assert written["account"] == "4711"
    assert (written["method"], written["route"], written["status"]) == ("POST", "-", 201)
    assert written["statements"] == 2
    assert isinstance(written["ms"], float)


def test_the_acts_of_a_request_are_named(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        from samsyn.hub.guard.acts import look
        from samsyn.hub.guard.context import acting

        actor = hub.officer("AV")
        with acting(actor):
            look(actor, "case.read", objects=["1"])
        return HttpResponse()

    caplog.set_level(logging.INFO, "samsyn.request")
    RequestLogMiddleware(page)(RequestFactory().get("/"))
    (written,) = [line(entry) for entry in caplog.records if entry.name == "samsyn.request"]
    assert written["acts"] == ["case.read"]


def test_a_request_does_not_bring_its_own_id() -> None:
    middleware = RequestLogMiddleware(lambda request: HttpResponse())
    answer = middleware(RequestFactory().get("/", headers={"X-Request-ID": "forged"}))
    assert answer["X-Request-ID"] != "forged"


def test_nothing_is_mailed_or_written_elsewhere() -> None:
    configuration = logging_settings()
    assert [handler["class"] for handler in configuration["handlers"].values()] == [
        "logging.StreamHandler"
    ]
    assert configuration["loggers"]["django"]["handlers"] == []
