"""Does an agency's own sign-in service sign in exactly whom it should, in a browser?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from samsyn.hub.guard import actions
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Identity
from tests.hub.guard.signin_pages import administrator, invited
from tests.hub.live import Live, serving_with_issuer
from tests.hub.support import Hub


@pytest.fixture
def live_and_issuer(hub: Hub) -> Iterator[tuple[Live, str]]:
    with serving_with_issuer(hub) as pair:
        yield pair


def through_service(page: Page, *, subject: str, email: str = "") -> None:
    """What a person does at the service."""
    page.locator("input[name=subject]").fill(subject)
    page.locator("input[name=email]").fill(email)
    page.get_by_role("button", name="OK").click()


def test_an_invited_person_binds_the_service_and_then_signs_in_by_it(
    live_and_issuer: tuple[Live, str], chromium: Browser
) -> None:
    live, issuer = live_and_issuer
    account, address = invited(live.hub)
    with live.page(chromium) as page:
        page.goto(address)
        page.get_by_role("button", name="Ja, fortsätt").click()
        page.get_by_role("button", name="Myndighetens inloggning").click()
        through_service(page, subject="person-1", email="whatever@example.org")
        page.wait_for_url(f"{live.address}/**")
        page.goto(f"{live.address}/me/")
        page.locator(".identity").get_by_text(account.name).wait_for()
    with live.page(chromium) as page:
        page.goto("/account/login/?next=/me/")
        page.get_by_role("button", name="Myndighetens inloggning").click()
        through_service(page, subject="person-1")
        page.wait_for_url(f"{live.address}/me/")
        page.locator(".identity").get_by_text(account.name).wait_for()
    with acting(live.hub.actor(account)):
        identity = Identity.rows.get(account=account)
        assert (identity.issuer, identity.subject) == (issuer, "person-1")


def test_the_address_that_a_service_claims_signs_nobody_in(
    live_and_issuer: tuple[Live, str], chromium: Browser
) -> None:
    live, _ = live_and_issuer
    account = live.hub.person("AV", "agency_administrator")
    with live.page(chromium) as page:
        page.goto("/account/login/")
        page.get_by_role("button", name="Myndighetens inloggning").click()
        through_service(page, subject="stranger", email=account.email)
        page.get_by_text("Det finns inget konto i Samsyn för den inloggning").wait_for()
        page.goto(f"{live.address}/me/")
        assert "/account/login/" in page.url


def test_an_administrator_binds_beforehand_and_the_person_needs_no_link(
    live_and_issuer: tuple[Live, str], chromium: Browser
) -> None:
    live, _ = live_and_issuer
    actor = administrator(live.hub)
    account, _ = invited(live.hub, by=actor)
    with acting(actor):
        actions.bind_identity(actor, account_id=account.pk, service_id="av", subject="person-2")
    with live.page(chromium) as page:
        page.goto("/account/login/?next=/me/")
        page.get_by_role("button", name="Myndighetens inloggning").click()
        through_service(page, subject="person-2")
        page.wait_for_url(f"{live.address}/me/")
        page.locator(".identity").get_by_text(account.name).wait_for()


def test_before_a_grave_act_the_service_asks_anew_and_for_the_same_person(
    live_and_issuer: tuple[Live, str], chromium: Browser
) -> None:
    live, _ = live_and_issuer
    account, address = invited(live.hub)
    with live.page(chromium) as page:
        page.goto(address)
        page.get_by_role("button", name="Ja, fortsätt").click()
        page.get_by_role("button", name="Myndighetens inloggning").click()
        through_service(page, subject="person-3")
        page.wait_for_url(f"{live.address}/**")
        for subject, said in (
            ("somebody-else", "Du loggade in som en annan person"),
            ("person-3", "Mitt konto"),
        ):
            page.goto(f"{live.address}/account/again/av/?next=/me/")
            page.get_by_role("button", name="Logga in på nytt").click()
            through_service(page, subject=subject)
            page.get_by_role("heading", level=1).filter(has_text=said).wait_for()
        page.locator(".identity").get_by_text(account.name).wait_for()
