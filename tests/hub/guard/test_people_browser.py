"""Are the screens of people, roles, two persons and one's own account for everybody?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page

from samsyn.hub.guard import actions
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, TwoPersonRequest
from tests.hub.guard.signin_pages import invited
from tests.hub.live import PLAIN, Live, serving
from tests.hub.support import TODAY, Hub
from tests.support.browser import at_all_sizes, picture, watch


@pytest.fixture
def live(hub: Hub) -> Iterator[Live]:
    with serving(hub) as live:
        yield live


def as_person(live: Live, page: Page, account: Account) -> Page:
    """A window in which an account has signed in."""
    with override_settings(**PLAIN):
        browser = live.hub.client(account)
    cookie = browser.cookies["samsyn"].value
    page.context.add_cookies([{"name": "samsyn", "value": cookie, "url": live.address}])
    return page


@pytest.fixture
def peopled(live: Live) -> tuple[Account, Account, TwoPersonRequest]:
    """An agency with people, and something that waits for the second person."""
    hub = live.hub
    first = hub.person("AV", "agency_administrator", name="Ann-Marie Öhrnberg")
    second = hub.person("AV", "agency_administrator", name="Bo Lidh")
    actor = hub.actor(first, TODAY)
    for number in range(6):
        hub.person("AV", "agency_officer", "inspector", name=f"Handläggare nummer {number}")
    account, _ = invited(hub, by=actor)
    with acting(actor):
        actions.give_role(
            actor, account_id=account.pk, role="inspector", centre="",
            from_day=TODAY + timedelta(days=10), to_day=None, reason="",
        )  # fmt: skip
        asked = actions.give_role(
            actor, account_id=account.pk, role="secrecy_lawyer", centre="",
            from_day=TODAY, to_day=None, reason="Tar över efter Karin, som går i pension.",
        )  # fmt: skip
    assert isinstance(asked, TwoPersonRequest)
    return second, account, asked


def test_every_screen_of_people_and_roles(
    live: Live, chromium: Browser, peopled: tuple[Account, Account, TwoPersonRequest]
) -> None:
    administrator, account, asked = peopled
    with live.page(chromium) as page:
        as_person(live, page, administrator)
        seen = watch(page, live.address)
        for place in (
            "people/", "people/?find=ingen", "people/new/", f"people/{account.pk}/",
            f"people/{account.pk}/role/", f"people/{account.pk}/close/", "two-persons/",
            f"two-persons/{asked.pk}/", "me/", "account/logout/", "account/ways/passkey/",
            "account/ways/code/",
        ):  # fmt: skip
            at_all_sizes(page, f"{live.address}/{place}")
        seen.clean()


def test_a_role_that_takes_two_is_agreed_to_on_the_screen(
    live: Live, chromium: Browser, peopled: tuple[Account, Account, TwoPersonRequest]
) -> None:
    administrator, account, _ = peopled
    with live.page(chromium) as page:
        as_person(live, page, administrator)
        page.goto("/people/")
        page.get_by_role("link", name="Väntar på två personer 1").click()
        page.get_by_role("link", name=f"Avgör: Ge {account.name} rollen").click()
        page.get_by_role("button", name="Besluta").click()
        page.get_by_role("alert").wait_for()
        page.get_by_label("Ja, gör det").check()
        page.get_by_role("button", name="Besluta").click()
        page.get_by_text("Ingenting väntar på dig.").wait_for()
        picture(page, "decided")
        page.goto(f"{live.address}/people/{account.pk}/")
        page.get_by_role("row", name="sekretessjurist").get_by_text("gäller").wait_for()


def test_a_field_that_is_wrong_says_so_and_a_new_account_shows_its_link_once(
    live: Live, chromium: Browser, peopled: tuple[Account, Account, TwoPersonRequest]
) -> None:
    administrator, account, _ = peopled
    with live.page(chromium) as page:
        as_person(live, page, administrator)
        page.goto("/people/new/")
        page.get_by_label("Namn", exact=True).fill("Nya Nilsson")
        page.get_by_label("E-postadress i tjänsten").fill(account.email)
        page.get_by_role("button", name="Spara").click()
        page.get_by_role("link", name="Adressen kan inte användas").wait_for()
        page.get_by_label("E-postadress i tjänsten").fill("nya.nilsson@example.org")
        page.get_by_role("button", name="Spara").click()
        link = page.locator("#invitation-link").inner_text()
        picture(page, "invited")
        page.goto(f"{live.address}/people/")
        page.get_by_role("link", name="Nya Nilsson").click()
        assert link not in page.content()
        page.get_by_text("Personen har inte valt än").wait_for()


def test_the_profile_reads_in_the_language_one_chooses(
    live: Live, chromium: Browser, peopled: tuple[Account, Account, TwoPersonRequest]
) -> None:
    administrator, _, _ = peopled
    with live.page(chromium) as page:
        as_person(live, page, administrator)
        page.goto("/me/")
        page.locator("#id_language").select_option("en")
        page.locator("#language").get_by_role("button", name="Spara").click()
        page.get_by_role("heading", name="My account").wait_for()
        picture(page, "english")
