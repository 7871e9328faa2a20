"""What no template of the hub may hold, and where each person may go."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from django.utils import timezone

import samsyn.hub
from samsyn.hub.desk.frame import frame
from samsyn.hub.guard.rulebooks import current_organisation
from tests.hub.desk import gallery

HUB = Path(samsyn.hub.__file__).parent
TEMPLATES = sorted(HUB.rglob("templates/**/*.html"))
# Data in a script element is not run, and the policy lets it be.
FORBIDDEN = {
    "an inline style": re.compile(r"<style|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))"),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "an address of another host": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"),
    "text marked as safe": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HUB)))
def test_no_template_holds_what_the_security_policy_shuts_out(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(source)]
    assert not found, f"{path.relative_to(HUB)} holds {', '.join(found)}"


def places_of(role: str) -> list[str]:
    acts = current_organisation().roles[role].acts
    request: HttpRequest = RequestFactory().get("/cases/")
    request.actor = msgspec.structs.replace(gallery.ACTOR, roles=(role,), acts=acts)  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=gallery.__name__):
        return [link.name.en for link in frame(request)["frame"].links]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            "agency_officer",
            [
                "My day",
                "Cases",
                "Questions & disclosures",
                "Search",
                "Oversight & disposal",
                "Settings",
            ],
        ),
        ("inspector", ["My day", "Cases", "Search", "Settings"]),
        ("auditor", ["My day", "Oversight & disposal", "Settings"]),
        ("national_coordinator", ["My day", "Settings"]),
    ],
)
def test_the_menu_holds_what_a_role_may(role: str, places: list[str]) -> None:
    assert places_of(role) == places


def test_one_is_at_the_place_whose_address_is_longest() -> None:
    request: HttpRequest = RequestFactory().get("/cases/17/")
    request.actor = gallery.ACTOR  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=gallery.__name__):
        here = [link.name.en for link in frame(request)["frame"].links if link.current]
    assert here == ["Cases"]


def test_nobody_goes_anywhere_signed_out_and_unknown_choices_are_not_taken() -> None:
    request: HttpRequest = RequestFactory().get("/")
    request.COOKIES = {"samsyn_scheme": "<x>", "samsyn_size": "lg"}
    shown = frame(request)["frame"]
    assert (shown.links, shown.search_url, shown.until) == ((), "", None)
    assert (shown.scheme, shown.size) == ("auto", "lg")


def test_the_bar_promises_no_more_time_than_the_session_has() -> None:
    used = int(timezone.now().timestamp()) - 60
    request: HttpRequest = RequestFactory().get("/")
    request.actor = gallery.ACTOR  # type: ignore[attr-defined]
    request.session = SessionStore()
    request.session["used_at"] = used
    until = frame(request)["frame"].until
    assert until is not None
    assert int(until.timestamp()) == used + settings.SESSION_COOKIE_AGE
