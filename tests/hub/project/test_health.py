"""Do machines learn how the hub is, and nothing of anybody?"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from samsyn.hub.project.health import HealthMiddleware
from samsyn.hub.project.metrics import count, may_read, written
from tests.hub.support import Hub

TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def with_settings(**changes: object) -> override_settings:
    return override_settings(SAMSYN=msgspec.structs.replace(settings.SAMSYN, **changes))


def test_alive_needs_no_database_and_no_host_name() -> None:
    answer = Client().get("/healthz", headers={"Host": "10.0.0.7"})
    assert answer.json() == {"status": "ok"}
    assert answer.status_code == 200
    assert not answer.cookies


def test_ready_when_database_and_files_are(hub: Hub, tmp_path: Path) -> None:
    with with_settings(files_dir=tmp_path):
        answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "files": "ok"}


def test_not_ready_without_files(hub: Hub, tmp_path: Path) -> None:
    with with_settings(files_dir=tmp_path / "gone"):
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["files"] == "failed"


def test_not_ready_without_a_database(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", str(tmp_path))
    with with_settings(files_dir=tmp_path):
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failed", "database": "failed", "files": "ok"}


def test_only_questions_are_answered() -> None:
    assert Client().post("/healthz").status_code == 405


def test_other_addresses_go_on() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("page")

    for path in ("/", "/healthz/", "/healthz/x", "/metrics2"):
        assert HealthMiddleware(page)(RequestFactory().get(path)).content == b"page"


def asked(remote: str, token: str = "") -> bool:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return may_read(RequestFactory().get("/metrics", headers=headers, REMOTE_ADDR=remote))


def test_numbers_are_for_the_machine_itself_or_for_who_has_the_token() -> None:
    assert asked("127.0.0.1")
    assert asked("::1")
    assert not asked("10.0.0.7")
    assert not asked("")
    with with_settings(behind_proxy=True):
        # Everybody comes from the proxy, which is the machine itself.
        assert not asked("127.0.0.1")
    with with_settings(metrics_token=TOKEN, behind_proxy=True):
        assert asked("10.0.0.7", TOKEN)
        assert not asked("10.0.0.7", TOKEN[:-1])
        assert not asked("127.0.0.1")


def test_who_may_not_read_them_sees_what_is_not_there() -> None:
    answer = Client(REMOTE_ADDR="10.0.0.7").get("/metrics")
    assert answer.status_code == 404


def test_numbers_name_addresses_as_the_code_writes_them() -> None:
    count("GET", "cases:case", 200, 0.02, 7)
    answer = Client().get("/metrics")
    text = answer.content.decode()
    assert text == written().decode() or "samsyn_requests_total" in text
    assert 'samsyn_requests_total{method="GET",route="cases:case",status="200"}' in text
    assert 'samsyn_request_statements_bucket{le="10.0",route="cases:case"}' in text
