"""A closed account does nothing with a session that still lives; each of two checks holds alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samsyn.hub.cases.actions import open_case
from samsyn.hub.guard import middleware
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.signin.backend import AccountBackend
from tests.hub.support import Browser, Hub

TITLE = "Kvarteret Ejdern"


@pytest.fixture
def account(hub: Hub) -> Account:
    """An officer with a case."""
    account = hub.person("AV")
    actor = hub.actor(account)
    with acting(actor):
        open_case(actor=actor, title=TITLE, purpose="detect_rule_breach")
    return account


@pytest.fixture
def browser(hub: Hub, account: Account) -> Browser:
    """Signed in, and the account closed behind the session's back: the session lives on."""
    browser = hub.client(account)
    assert TITLE in browser.get(reverse("cases:list")).content.decode()
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update guard_account set is_active = false, ended_on = %s where id = %s",
            [hub.today, account.pk],
        )
    return browser


def turned_away(browser: Browser) -> bool:
    """Whether neither a list nor a form is given, whatever the answer."""
    for address in ("cases:list", "cases:new", "desk:search"):
        answer = browser.get(reverse(address))
        if answer.status_code == 200 or TITLE in answer.content.decode():
            return False
    sent = browser.post(reverse("cases:new"), {"title": "Efteråt", "purpose": "detect_rule_breach"})
    return not sent.headers.get("Location", "").startswith("/arenden/")


def check_of_the_session_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign-in backend lets anybody's session live on."""
    monkeypatch.setattr(AccountBackend, "user_can_authenticate", lambda *_: True)


def check_of_the_actor_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has a session gets the roles and keys of an open account."""

    def blind(account: Account, *args: Any, **kwargs: Any) -> Actor:
        account.is_active = True
        return actor_of(account, *args, **kwargs)

    monkeypatch.setattr(middleware, "actor_of", blind)


def test_a_live_session_of_a_closed_account_opens_nothing(browser: Browser) -> None:
    assert turned_away(browser)


def test_it_holds_without_the_check_of_the_session(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_of_the_session_gone(monkeypatch)
    assert turned_away(browser)


def test_it_holds_without_the_check_of_the_actor(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_of_the_actor_gone(monkeypatch)
    assert turned_away(browser)


def test_without_both_it_does_not_hold(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    check_of_the_session_gone(monkeypatch)
    check_of_the_actor_gone(monkeypatch)
    assert not turned_away(browser)


def test_the_actor_of_a_closed_account_has_nothing(hub: Hub, account: Account) -> None:
    account.is_active = False
    actor = hub.actor(account)
    assert (actor.roles, actor.keys, actor.acts) == ((), (), ())
