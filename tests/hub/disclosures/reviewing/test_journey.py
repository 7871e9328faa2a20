"""The countersignature in a real browser: an officer asks, a lawyer signs, the officer sends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from samsyn.hub.disclosures.actions import decide_and_deliver
from samsyn.hub.disclosures.models import Disclosure, Review
from samsyn.hub.disclosures.reviewing.actions import request_countersignature
from samsyn.hub.disclosures.reviewing.precedents import write_precedent
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.arrivals import arrived
from tests.hub.disclosures.reviewing.conftest import PROTECTED, WEIGHING, WORDS, Desk
from tests.hub.disclosures.reviewing.test_pages import TEXTS
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes


@pytest.fixture
def live(desk: Desk) -> Iterator[Live]:
    with serving(desk.hub) as live:
        yield live


@contextmanager
def signed_in(live: Live, chromium: Browser, client: Client) -> Iterator[Page]:
    """A window in which somebody has signed in."""
    client.get("/utlamnanden/")
    with live.page(chromium) as page:
        page.context.add_cookies(
            [
                {"name": "samsyn", "value": morsel.value, "url": live.address}
                for name, morsel in client.cookies.items()
                if name.endswith("samsyn")
            ]
        )
        yield page


def shot(page: Page, name: str) -> None:
    """A picture of a step, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/review-{name}.png", full_page=True)


def test_two_people_let_it_leave(desk: Desk, live: Live, chromium: Browser) -> None:
    """From sign-in to recall: the officer asks for a signature, gets it, sends, takes back."""
    draft = desk.draft()
    with (
        arrived(live, chromium, desk.officer_account) as officer,
        arrived(live, chromium, desk.lawyer_account) as lawyer,
    ):
        officer.goto(f"/utlamnanden/{draft.pk}/")
        shot(officer, "1-draft")
        officer.get_by_role("button", name="Begär kontrasignering").click()
        officer.get_by_text("Väntar på kontrasignering, inget är utlämnat").wait_for()
        shot(officer, "2-waiting")
        countersign(lawyer)
        officer.goto("/")
        officer.locator("#answers").get_by_role("link", name="Björklunds Bygg").click()
        officer.get_by_text(WORDS).wait_for()
        shot(officer, "3-signed")
        officer.get_by_role("button", name="Besluta och lämna ut").click()
        officer.get_by_text("Beslutat och utlämnat till AV.").wait_for()
        shot(officer, "4-sent")
        with acting(desk.officer):
            draft.refresh_from_db()
        assert draft.state == "delivered"
        officer.get_by_role("link", name="Återkalla").click()
        officer.get_by_label("Skäl").fill("Fel person")
        officer.get_by_role("button", name="Återkalla").click()
        officer.locator("#recalled").wait_for()
    with acting(desk.officer):
        draft.refresh_from_db()
    assert draft.state == "recalled"


def countersign(lawyer: Page) -> None:
    """The lawyer finds it from the day's page, and cannot sign without a word to the officer."""
    lawyer.goto("/")
    lawyer.get_by_role("link", name="Hela kön").click()
    lawyer.get_by_role("link", name="Björklunds Bygg").click()
    lawyer.get_by_role("heading", name="Ditt beslut").wait_for()
    assert lawyer.get_by_text(PROTECTED).count() >= 2
    lawyer.get_by_role("button", name="Kontrasignera").click()
    lawyer.get_by_text("Skriv en mening till handläggaren").first.wait_for()
    lawyer.get_by_label("Ord till handläggaren").fill(WORDS)
    lawyer.get_by_role("button", name="Kontrasignera").click()
    lawyer.get_by_text("Kontrasignerat. Handläggaren kan skicka.").wait_for()


def test_every_page_in_every_size(desk: Desk, live: Live, chromium: Browser) -> None:
    waiting = desk.draft()
    done = desk.draft(desk.plain)
    with acting(desk.officer):
        review = request_countersignature(
            actor=desk.officer, draft=waiting, version=waiting.version
        )
        with mock.patch(
            "samsyn.hub.disclosures.reviewing.sampling.secrets.randbelow", return_value=0
        ):
            decide_and_deliver(
                actor=desk.officer, draft=done, version=done.version, weighing=WEIGHING
            )
        sample = Review.seen(desk.officer).get(kind="sample")
    with acting(desk.lawyer):
        decided = Disclosure.seen(desk.lawyer).select_related("case").get(pk=done.pk)
        precedent = write_precedent(actor=desk.lawyer, disclosure=decided, **TEXTS)
    places = {
        "queue": "/utlamnanden/granskning/",
        "empty": "/utlamnanden/granskning/?flik=klara",
        "review": f"/utlamnanden/granskning/{review.pk}/",
        "sample": f"/utlamnanden/granskning/{sample.pk}/",
        "awaiting": f"/utlamnanden/{waiting.pk}/",
        "library": "/utlamnanden/avvagningar/",
        "nothing-found": "/utlamnanden/avvagningar/?q=zzzz",
        "precedent": f"/utlamnanden/avvagningar/{precedent.pk}/",
        "write": f"/utlamnanden/{done.pk}/avvagning/",
    }
    with signed_in(live, chromium, desk.hub.client(desk.lawyer_account)) as page:
        for path in places.values():
            at_all_sizes(page, path)
