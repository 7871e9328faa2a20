"""Does signing in work in a browser, with a passkey, with a code, and as a screen?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.hub.guard.signin_pages import PASSWORD, code_of, invited
from tests.hub.live import Live, serving, with_passkeys
from tests.hub.support import Hub
from tests.support.browser import at_all_sizes, watch


@pytest.fixture
def live(hub: Hub) -> Iterator[Live]:
    with serving(hub) as live:
        yield live


@pytest.fixture
def page(live: Live, chromium: Browser) -> Iterator[Page]:
    with live.page(chromium) as page:
        yield with_passkeys(page)


def enrol_passkey(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Ja, fortsätt").click()
    page.get_by_role("link", name="Skapa en nyckel").click()
    page.get_by_label("Vad nyckeln ska heta").fill("Datorn på kontoret")
    page.get_by_role("button", name="Skapa nyckeln").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def test_a_person_makes_a_passkey_signs_out_and_signs_in_with_it(page: Page, live: Live) -> None:
    account, address = invited(live.hub)
    seen = watch(page, live.address)
    enrol_passkey(page, address)
    page.goto("/me/")
    assert page.get_by_role("heading", level=1).inner_text() == "Mitt konto"
    page.get_by_text("Datorn på kontoret").first.wait_for()
    page.get_by_role("button", name="Logga ut").first.click()
    page.wait_for_url("**/account/login/**")
    page.goto("/me/")
    page.wait_for_url("**/account/login/?next=/me/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url(f"{live.address}/me/")
    page.locator(".identity").get_by_text(account.name).wait_for()
    # Where one goes after signing in is the desk's; the rest is to be without a word.
    seen.faults = [fault for fault in seen.faults if "404" not in fault]
    seen.clean()


def test_a_key_that_nobody_confirms_says_so_on_the_page(live: Live, chromium: Browser) -> None:
    with live.page(chromium) as page:
        page.goto("/account/login/")
        page.evaluate(
            "() => { navigator.credentials.get = () => "
            "Promise.reject(new DOMException('no', 'NotAllowedError')) }"
        )
        page.get_by_role("button", name="Logga in med nyckel").click()
        page.get_by_text("Nyckeln gav inget svar").wait_for()


def test_a_person_chooses_password_and_code_app(page: Page, live: Live) -> None:
    account, address = invited(live.hub)
    page.goto(address)
    page.get_by_role("button", name="Ja, fortsätt").click()
    page.get_by_role("link", name="Välj lösenord och kodapp").click()
    secret = page.locator("#totp-secret").inner_text()
    assert page.get_by_role("img").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Lösenordet en gång till").fill(PASSWORD)
    page.get_by_label("Kod", exact=True).fill(code_of(secret, steps=-1))
    page.get_by_role("button", name="Spara").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto("/me/")
    page.get_by_role("button", name="Logga ut").first.click()
    page.get_by_label("E-postadress i tjänsten").fill(account.email)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_label("Kod", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto("/me/")
    page.locator(".identity").get_by_text(account.name).wait_for()


def test_the_screens_of_signing_in_are_for_everybody(page: Page, live: Live) -> None:
    _, address = invited(live.hub)
    at_all_sizes(page, f"{live.address}/account/login/")
    at_all_sizes(page, f"{live.address}{address}")
    page.get_by_role("button", name="Ja, fortsätt").click()
    for place in ("ways/", "ways/passkey/", "ways/code/"):
        at_all_sizes(page, f"{live.address}/account/{place}")
    at_all_sizes(page, f"{live.address}/account/invitation/nonsense/")
