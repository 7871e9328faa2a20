"""Are the pages about programs for everybody, at every size?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Browser

from tests.hub.api.program import program
from tests.hub.api.test_import import HEAD, LINES
from tests.hub.api.told import hooked
from tests.hub.disclosures.conftest import Two, two
from tests.hub.guard.test_people_browser import as_person
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes, axe, watch

__all__ = ["two"]


@pytest.fixture
def live(two: Two) -> Iterator[Live]:
    with serving(two.hub) as live:
        yield live


def test_every_page_about_programs(two: Two, live: Live, chromium: Browser) -> None:
    program(two.giver)
    hooked(two.hub, "SKV")
    officer = two.hub.people[two.giver.account]  # type: ignore[index]
    boss = two.hub.person("SKV", "agency_administrator", name="Ann-Marie Öhrnberg")
    places = (
        ("api/", officer),
        ("me/nycklar/", officer),
        ("me/nycklar/ny/agency_officer/", officer),
        (f"arenden/{two.case.pk}/importera/", officer),
        ("people/webhooks/", boss),
    )
    for place, who in places:
        with live.page(chromium) as page:
            as_person(live, page, who)
            seen = watch(page, live.address)
            at_all_sizes(page, f"{live.address}/{place}")
            seen.clean()


def test_an_import_is_looked_through_in_the_browser(
    two: Two, live: Live, chromium: Browser
) -> None:
    officer = two.hub.people[two.giver.account]  # type: ignore[index]
    upload = SimpleUploadedFile("u.csv", (HEAD + LINES[0] + "b;;x;;;\n").encode())
    with live.page(chromium) as page:
        as_person(live, page, officer)
        page.goto(f"{live.address}/arenden/{two.case.pk}/importera/")
        page.get_by_label("Källsystem").fill("Gränsen")
        page.get_by_label("Fil", exact=True).set_input_files(
            {"name": "u.csv", "mimeType": "text/csv", "buffer": upload.read()}
        )
        page.get_by_role("button", name="Visa vad som skulle hända").click()
        page.get_by_text("item_kind").first.wait_for()
        axe(page)
        page.get_by_role("button", name="Ta in 1 giltiga").click()
        page.get_by_text("Intagna uppgifter: 1.").first.wait_for()
