"""The pages of the desk as a person meets them: every size, light and dark, keyboard, no faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.cases.actions import add_task, restrict_case, start_clock
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.context import acting
from tests.hub.desk.test_my_day import ask, give
from tests.hub.disclosures.conftest import Two, two
from tests.hub.live import serving
from tests.hub.support import Hub
from tests.support.browser import at_all_sizes, watch

__all__ = ["two"]


@dataclass
class Desk:
    """A served hub and a window in which somebody has signed in."""

    two: Two
    address: str
    page: Page

    def of(self, path: str) -> str:
        """A page's address."""
        return f"{self.address}{path}"


def signed_in(page: Page, address: str, client: Client) -> None:
    """Give a window the session of a test's browser."""
    # Over plain HTTP the cookie has another name than where it is real.
    (value,) = [cookie.value for name, cookie in client.cookies.items() if name.endswith("samsyn")]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}]
    )


@pytest.fixture
def desk(two: Two, chromium: Browser) -> Iterator[Desk]:
    """A full day at the work environment authority."""
    give(two)
    ask(two, due=two.receiver.day)
    with acting(two.receiver):
        add_task(
            actor=two.receiver, case=two.asking, what="Ring platschefen om tider",
            due_on=two.receiver.day,
        )  # fmt: skip
        start_clock(actor=two.receiver, case=two.asking, what="Svar till anmälaren", working_days=2)
    with serving(two.hub) as live, live.page(chromium) as page:
        signed_in(page, live.address, two.av)
        yield Desk(two, live.address, page)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sok/?q=l%C3%B6nnen",
        "/sok/?q=finnsinte",
        "/sok/",
        "/sok/?q=l%C3%B6nnen&slag=objekt",
        "/installningar/",
        "/hjalp/",
    ],
)
def test_every_page_holds_wcag_in_every_size_light_and_dark(desk: Desk, path: str) -> None:
    seen = watch(desk.page, desk.address)
    at_all_sizes(desk.page, desk.of(path))
    seen.clean()


def test_search_inside_a_case_holds_wcag(desk: Desk) -> None:
    with acting(desk.two.receiver):
        told = Case.seen(desk.two.receiver).get(matter=desk.two.case.matter)
    at_all_sizes(desk.page, desk.of(f"/sok/?q=l%C3%B6ner&arende={told.pk}"))
    expect(desk.page.locator("#fact tbody tr")).to_have_count(1)


@pytest.mark.parametrize("role", ["agency_administrator", "auditor", "national_coordinator"])
def test_the_days_of_the_others_hold_wcag(hub: Hub, chromium: Browser, role: str) -> None:
    client = hub.client(hub.person("AV", role))
    hub.person("AV", "agency_officer", to_day=hub.today)
    with serving(hub) as live, live.page(chromium) as page:
        signed_in(page, live.address, client)
        at_all_sizes(page, f"{live.address}/")


def test_the_front_page_holds_wcag(hub: Hub, chromium: Browser) -> None:
    with serving(hub) as live, live.page(chromium) as page:
        at_all_sizes(page, f"{live.address}/")
        page.get_by_role("link", name="Logga in").click()
        expect(page).to_have_url(f"{live.address}/account/login/")


def test_search_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.of("/"))
    page.keyboard.press("/")
    page.keyboard.type("lonnen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=lonnen")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/arenden/**")


def test_suggestions_come_while_one_writes(desk: Desk) -> None:
    desk.page.goto(desk.of("/sok/"))
    desk.page.get_by_label("Ord, namn eller nummer").press_sequentially("kvart")
    expect(desk.page.locator("#names option")).to_have_attribute("value", "Kvarteret Lönnen")


def test_shortcuts_turned_off_in_the_settings_are_off(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.of("/installningar/"))
    page.locator("#shortcuts-on").uncheck()
    assert not page.locator("#keys-on").is_checked()
    page.goto(desk.of("/"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_choice_of_looks_holds_on_the_next_page_and_in_english(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.of("/installningar/"))
    page.get_by_label("English").check()
    page.get_by_label("Mörkt").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("The settings are saved.")
    assert page.evaluate("document.documentElement.dataset.colorScheme") == "dark"
    page.goto(desk.of("/"))
    expect(page.get_by_role("heading", name="Waiting for others")).to_be_visible()


def test_a_restricted_case_says_nothing_on_a_colleagues_day(desk: Desk) -> None:
    two = desk.two
    with acting(two.receiver):
        restrict_case(actor=two.receiver, case=two.asking, restricted=True)
    colleague = two.hub.client(two.hub.person("AV"))
    page = colleague.get("/").content.decode()
    assert "Lönnen" not in page
