"""A large draft, its decision and its receipt in a real browser, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from samsyn.hub.cases.actions import open_case
from samsyn.hub.disclosures.actions import (
    answer_question,
    draft_question,
    place_question,
    send_question,
)
from samsyn.hub.disclosures.models import Question, Receipt
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.arrivals import arrived
from tests.hub.disclosures.reviewing.conftest import WEIGHING, Desk
from tests.hub.disclosures.reviewing.test_large import COUNT, large
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes


@pytest.fixture
def live(desk: Desk) -> Iterator[Live]:
    with serving(desk.hub) as live:
        yield live


def test_a_group_is_opened_one_fact_left_out_all_read_and_decided(
    desk: Desk, live: Live, chromium: Browser
) -> None:
    draft = large(desk)
    with arrived(live, chromium, desk.officer_account) as page:
        at_all_sizes(page, f"/utlamnanden/{draft.pk}/?grupp=2&brev=3")
        page.goto(f"/utlamnanden/{draft.pk}/")
        page.get_by_role("link", name="Öppna gruppen 1").click()
        page.get_by_role("heading", name="Grupp 1").last.wait_for()
        page.get_by_label("Lämnas ut uppgift 1", exact=True).uncheck()
        page.get_by_role("button", name="Nästa sida").first.click()
        page.get_by_text("51–80 av 80").first.wait_for()
        page.locator("#preview").get_by_text(f"{COUNT - 1} uppgifter").wait_for()
        page.locator("#preview").get_by_role("link", name="Nästa").first.click()
        page.get_by_text(f"51–100 av {COUNT - 1}").first.wait_for()
        page.get_by_role("button", name="Besluta och lämna ut").click()
        page.get_by_text("Beslutat och utlämnat till AV.").wait_for()
        at_all_sizes(page, f"/utlamnanden/{draft.pk}/?sida=3")
    with acting(desk.receiver):
        receipt = Receipt.seen(desk.receiver).get()
    with arrived(live, chromium, desk.hub.person("AV", "agency_officer")) as page:
        at_all_sizes(page, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/?sida=3")


def test_whether_more_is_to_come_is_changed_in_a_browser(
    desk: Desk, live: Live, chromium: Browser
) -> None:
    asker = desk.receiver
    with acting(asker):
        case = open_case(actor=asker, title="Ett bygge", purpose="joint_inspection_plan")
        question = draft_question(
            actor=asker, case=case, holder="SKV", text="Vad vet ni?", activity="supervision"
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
    with acting(desk.officer):
        theirs = Question.seen(desk.officer).get(exchange=question.exchange)
        place_question(actor=desk.officer, question=theirs, case=desk.case)
        theirs.refresh_from_db()
        made = answer_question(actor=desk.officer, question=theirs, chosen={desk.plain.pk: ""})
    with arrived(live, chromium, desk.officer_account) as page:
        at_all_sizes(page, f"/fragor/{theirs.pk}/")
        page.goto(f"/utlamnanden/{made.pk}/")
        page.get_by_label("nej, mer kommer").check()
        page.get_by_role("button", name="Spara och visa vad som lämnas").click()
        page.locator("#preview").get_by_text("En del av svaret: mer kommer.").wait_for()
        at_all_sizes(page, f"/utlamnanden/{made.pk}/")


def test_the_administrator_reads_what_lacks_a_second_person(
    desk: Desk, live: Live, chromium: Browser
) -> None:
    desk.hub.person("SKV", "victim_support_coordinator", name="Ylva Norén")
    with arrived(live, chromium, desk.hub.person("SKV", "agency_administrator")) as page:
        for address in ("/people/", "/"):
            page.goto(address)
            page.locator("#lacking").wait_for()
            at_all_sizes(page, address)
