"""Does a session end so many minutes after it was last used, and cost no write at each look?"""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from samsyn.hub.project.sessions import USED, SlidingSessionMiddleware


def used(session: SessionStore) -> bool:
    """Use a session once; is it to be written?"""

    def page(request: HttpRequest) -> HttpResponse:
        request.session.get("anything")
        return HttpResponse()

    request = RequestFactory().get("/")
    request.session = session
    session.modified = False
    SlidingSessionMiddleware(page)(request)
    return session.modified


def test_it_is_written_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    session = SessionStore()
    session["who"] = 1
    begun = time.time()
    monkeypatch.setattr(time, "time", lambda: begun)
    assert used(session)
    assert session[USED] == int(begun)
    assert not used(session)
    monkeypatch.setattr(time, "time", lambda: begun + 179)
    assert not used(session)
    monkeypatch.setattr(time, "time", lambda: begun + 181)
    assert used(session)


def test_who_is_not_signed_in_gets_none() -> None:
    assert not used(SessionStore())


def test_a_page_that_does_not_ask_who_it_is_does_not_prolong_it() -> None:
    session = SessionStore()
    session["who"] = 1
    session.accessed = session.modified = False
    request = RequestFactory().get("/")
    request.session = session
    SlidingSessionMiddleware(lambda request: HttpResponse())(request)
    assert not session.modified
