"""The obstacle register as people see it: every size, light and dark, and nothing runs out."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser

from samsyn.hub.guard.context import acting
from samsyn.hub.obstacles.actions import tell_consequence
from tests.hub.live import serving
from tests.hub.obstacles.conftest import Met
from tests.hub.obstacles.test_handed_in import Country, country, handed
from tests.support.browser import at_all_sizes, watch

__all__ = ["country"]
BILL = "?forslag=prop-2024-25-180"


def test_every_page_of_the_register_in_every_size(met: Met, chromium: Browser) -> None:
    asker = met.two.receiver
    with acting(asker):
        tell_consequence(
            actor=asker, question=met.question, needed_for="plan_control", consequence="delayed"
        )
    pages = [
        reverse("obstacles:register"),
        reverse("obstacles:never-asked-in-case", args=[met.two.asking.pk]),
        reverse("obstacles:row", args=[met.ours.pk]),
        reverse("obstacles:consequence", args=[met.question.pk]),
        reverse("obstacles:report"),
        reverse("obstacles:what-if"),
        reverse("obstacles:what-if") + BILL,
        reverse("disclosures:question", args=[met.question.pk]),
    ]
    session = met.two.av.cookies[settings.SESSION_COOKIE_NAME].value
    with serving(met.two.hub) as live, live.page(chromium) as page:
        page.context.add_cookies([{"name": "samsyn", "value": session, "url": live.address}])
        seen = watch(page, live.address)
        for address in pages:
            at_all_sizes(page, live.address + address)
        seen.clean()


def test_the_pages_of_handed_in_figures_in_every_size(country: Country, chromium: Browser) -> None:
    empty = reverse("obstacles:national")
    row = handed(country.skv)
    handed(country.fk, "2025-2")
    lawyer = [
        reverse("obstacles:hand-in"),
        reverse("obstacles:hand-in") + "?period=2025",
        reverse("obstacles:withdraw", args=[row.pk]),
    ]
    name = settings.SESSION_COOKIE_NAME
    sessions = [
        (country.skv_page.cookies[name].value, lawyer),
        (country.head_page.cookies[name].value, [empty]),
    ]
    with serving(country.hub) as live, live.page(chromium) as page:
        seen = watch(page, live.address)
        for session, pages in sessions:
            page.context.add_cookies([{"name": "samsyn", "value": session, "url": live.address}])
            for address in pages:
                at_all_sizes(page, live.address + address)
        seen.clean()
