"""Settings, help and the front page."""

from __future__ import annotations

import pytest

from samsyn.hub.desk.frame import SCHEME_COOKIE, SIZE_COOKIE
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from tests.hub.support import Browser, Hub

CHOSEN = {"language": "en", "scheme": "dark", "size": "lg"}


def test_what_is_chosen_is_kept_in_the_browser_and_the_language_on_the_account(hub: Hub) -> None:
    account = hub.person("AV")
    client = hub.client(account)
    answer = client.post("/installningar/", CHOSEN)
    assert (answer.status_code, answer["Location"]) == (302, "/installningar/")
    page = client.get("/installningar/").content.decode()
    assert '<html lang="en" data-color-scheme="dark"' in page
    assert 'data-size="lg"' in page
    for name in (SCHEME_COOKIE, SIZE_COOKIE):
        assert client.cookies[name]["samesite"] == "Strict"
        assert client.cookies[name]["httponly"]
    with acting(hub.actor(account)):
        assert Account.rows.get(pk=account.pk).language == "en"


@pytest.mark.parametrize("field", CHOSEN)
def test_what_cannot_be_chosen_is_refused_and_nothing_is_kept(hub: Hub, field: str) -> None:
    client = hub.client(hub.person("AV"))
    answer = client.post("/installningar/", {**CHOSEN, field: "<b>"})
    assert answer.status_code == 422
    assert "data-errors" in answer.content.decode()
    assert SCHEME_COOKIE not in answer.cookies


def test_help_names_keys_words_and_whom_to_turn_to(hub: Hub) -> None:
    page = hub.client(hub.person("AV")).get("/hjalp/").content.decode()
    for said in ("Kortkommandon", "Uppgiftsskyldighet", "10\u00a0kap.\u00a028\u00a0§",
                 "Myndighetsadministratören vid Arbetsmiljöverket"):  # fmt: skip
        assert said in page


def test_the_front_page_says_what_this_is_and_leads_to_the_sign_in(hub: Hub) -> None:
    answer = Browser(SERVER_NAME="localhost").get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="/account/login/"' in page
    assert "Min dag" not in page


def test_language_can_be_chosen_before_one_signs_in(hub: Hub) -> None:
    client = Browser(SERVER_NAME="localhost")
    assert client.post("/sprak/", {"language": "en", "next": "/"}).status_code == 302
    assert "The shared workplace of agencies" in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/sok/", "/sok/forslag/", "/installningar/", "/hjalp/"])
def test_everything_else_is_for_those_who_are_signed_in(hub: Hub, path: str) -> None:
    answer = Browser(SERVER_NAME="localhost").get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
