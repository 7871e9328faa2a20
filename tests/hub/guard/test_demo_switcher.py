"""Does the switcher of the demo exist there and nowhere else?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, reload

import msgspec
import pytest
from django.conf import settings
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import clear_url_caches, get_resolver
from playwright.sync_api import Browser as Chromium

from samsyn.hub.guard.context import acting, nobody_yet
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.signin import demo, proof
from samsyn.hub.guard.signin import urls as signin_urls
from samsyn.hub.training.people import DEMO_PEOPLE
from tests.hub.guard.signin_pages import signed_in
from tests.hub.live import serving
from tests.hub.support import Browser, Hub
from tests.support.browser import at_all_sizes, watch


@contextmanager
def in_demo(*, on: bool) -> Iterator[None]:
    """The addresses as a demo has them, or as a real hub has."""
    environment = msgspec.structs.replace(settings.SAMSYN, demo=on)
    with override_settings(SAMSYN=environment):
        _read_addresses_again()
        yield
    _read_addresses_again()


def _read_addresses_again() -> None:
    reload(signin_urls)
    if "samsyn.hub.project.urls" in sys.modules:
        reload(import_module("samsyn.hub.project.urls"))
    clear_url_caches()


@pytest.fixture
def played(hub: Hub) -> Hub:
    """The people of the demo."""
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        for person in DEMO_PEOPLE:
            owner.execute(
                "insert into guard_account (id, password, email, name, agency, title, language, "
                "is_active) values (%s, '!', %s, %s, %s, '', 'sv', true)",
                [person.account, f"{person.account}@example.org", person.name, person.agency],
            )
            owner.execute(
                "insert into guard_roleassignment (id, account_id, agency, role, centre, from_day) "
                "values (gen_random_uuid(), %s, %s, %s, '', '2020-01-01')",
                [person.account, person.agency, person.role],
            )
    return hub


def test_in_the_demo_one_is_any_of_its_people_and_changes_at_will(played: Hub) -> None:
    assert len(DEMO_PEOPLE) == 12
    browser = Browser(SERVER_NAME="localhost")
    with in_demo(on=True):
        page = browser.get("/account/demo/").content.decode()
        for person in DEMO_PEOPLE:
            assert person.name in page
            browser.post("/account/demo/", {"person": str(person.account)})
            shown = browser.get("/me/").content.decode()
            assert person.name in shown
        assert '<form class="switcher"' in shown
        assert browser.post("/account/demo/", {"person": "nobody"}).status_code == 404


def test_in_the_demo_a_grave_act_is_confirmed_by_a_page_that_says_what_it_stands_for(
    played: Hub,
) -> None:
    person = DEMO_PEOPLE[0]
    browser = Browser(SERVER_NAME="localhost")
    with in_demo(on=True):
        browser.post("/account/demo/", {"person": str(person.account)})
        with acting(nobody_yet(played.today)):
            session = browser.session
            for record in session["account_authentication_methods"]:
                record["at"] -= proof.FRESH_SECONDS + 1
            session.save()
        sent = browser.get("/account/ways/passkey/")
        assert sent.headers["Location"].startswith("/account/demo/again/")
        asked = browser.get(sent.headers["Location"]).content.decode()
        assert person.name in asked
        assert "har ingen nyckel" in asked
        done = browser.post(sent.headers["Location"])
        assert done.headers["Location"] == "/account/ways/passkey/"
        assert browser.get("/account/ways/passkey/").status_code == 200


def test_outside_the_demo_the_address_does_not_exist_and_the_code_signs_nobody_in(
    played: Hub,
) -> None:
    browser = Browser(SERVER_NAME="localhost")
    with in_demo(on=False):
        for address in ("/account/demo/", "/account/demo/again/"):
            assert browser.get(address).status_code == 404
            sent = browser.post(address, {"person": str(DEMO_PEOPLE[0].account)})
            assert sent.status_code == 404
        assert not signed_in(browser)
        names = {str(pattern) for pattern in get_resolver().reverse_dict if pattern}
        assert not {name for name in names if name.startswith("demo_")}
        request = RequestFactory().post("/", {"person": str(DEMO_PEOPLE[0].account)})
        for attempt in (
            lambda: demo.switch(request),
            lambda: demo.become(request, DEMO_PEOPLE[0]),
            lambda: demo.confirm(request),
        ):
            with pytest.raises(Missing):
                attempt()


def test_a_session_of_the_demo_proves_nothing_outside_it(played: Hub) -> None:
    browser = Browser(SERVER_NAME="localhost")
    with in_demo(on=True):
        browser.post("/account/demo/", {"person": str(DEMO_PEOPLE[0].account)})
        assert signed_in(browser)
    assert not signed_in(browser)


def test_the_screens_of_the_demo_are_for_everybody(played: Hub, chromium: Chromium) -> None:
    with in_demo(on=True), serving(played) as live, live.page(chromium) as page:
        seen = watch(page, live.address)
        at_all_sizes(page, f"{live.address}/account/login/")
        page.get_by_label("Öva som").select_option(str(DEMO_PEOPLE[1].account))
        page.get_by_role("button", name="Byt").click()
        page.locator(".acting").get_by_text(DEMO_PEOPLE[1].name).wait_for()
        for place in ("account/demo/", "account/demo/again/", "me/"):
            at_all_sizes(page, f"{live.address}/{place}")
        seen.faults = [fault for fault in seen.faults if "404" not in fault]
        seen.clean()
