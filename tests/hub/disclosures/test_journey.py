"""From sign-in to recall in a real browser, and every page in every size, light and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    send_question,
)
from samsyn.hub.disclosures.models import Question, Receipt
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.arrivals import arrived
from tests.hub.disclosures.conftest import KEPT, SECRET, WEIGHING, Two
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes, watch

SHORTENED = SECRET.split(". ")[0] + "."


@pytest.fixture
def live(two: Two) -> Iterator[Live]:
    with serving(two.hub) as live:
        yield live


@contextmanager
def signed_in(live: Live, chromium: Browser, client: Client, **options: object) -> Iterator[Page]:
    """A window in which somebody has signed in."""
    with live.page(chromium, **options) as page:
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
        page.screenshot(path=f"{folder}/journey-{name}.png", full_page=True)


def send_from_ask_page(av: Page, two: Two) -> None:
    av.goto(f"/arenden/{two.asking.pk}/fraga/")
    av.get_by_label("Skatteverket").check()
    av.get_by_label("Vad gäller frågan?").select_option(str(two.place.pk))
    av.get_by_label("Frågan", exact=True).fill("Vilka löner redovisas för dem på platsen?")
    av.get_by_label("nej, bara vad vi frågar efter").check()
    shot(av, "1-ask")
    av.get_by_role("button", name="Se lagens svar").click()
    expect(av.locator("#law")).to_contain_text("lagen (2024:307) 4 §")
    av.get_by_label("Din avvägning").fill(WEIGHING)
    shot(av, "2-law-on-asking")
    av.get_by_role("button", name="Sänd frågan").click()
    expect(av.get_by_text("Framme, inte påbörjad").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_question_to_recall(two: Two, live: Live, chromium: Browser, script: bool) -> None:
    """AV asks; SKV places, assesses, takes a part away, decides; AV reads; SKV recalls."""
    options = {"java_script_enabled": script}
    with (
        arrived(live, chromium, two.receiver.account, **options) as av,
        arrived(live, chromium, two.giver.account, **options) as skv,
    ):
        watched = [watch(av, live.address), watch(skv, live.address)]
        send_from_ask_page(av, two)
        skv.goto("/utlamnanden/")
        skv.get_by_role("link", name="Kvarteret Lönnen, Lönngatan 4").click()
        shot(skv, "3-received")
        skv.get_by_label("Björklunds Bygg AB", exact=False).check()
        skv.get_by_role("button", name="Placera").click()
        av.reload()
        expect(av.get_by_text("Framme, prövas").first).to_be_visible()
        skv.get_by_label(SECRET, exact=False).check()
        skv.get_by_label(KEPT, exact=False).check()
        shot(skv, "4-choose")
        skv.get_by_role("button", name="Pröva det valda").click()
        decide_on_a_part(skv)
        av.reload()
        av.get_by_role("link", name="Läs uppgiften").click()
        expect(av.locator("#facts")).to_contain_text(f"{SHORTENED} […]")
        expect(av.locator("main")).to_contain_text("lagen (2024:307) 4 §")
        expect(av.locator("body")).not_to_contain_text("410 000")
        expect(av.locator("body")).not_to_contain_text("revisor")
        expect(av.locator("body")).not_to_contain_text(WEIGHING)
        shot(av, "8-received-facts")
        skv.reload()
        expect(skv.locator("#receipt")).to_contain_text("Allt har lästs hos Arbetsmiljöverket")
        recall(skv)
        av.reload()
        expect(av.locator("body")).not_to_contain_text("fyra av elva")
        expect(av.locator("#recalled")).to_contain_text("Skatteverket har återkallat det här")
        shot(av, "11-recalled-at-receiver")
        for seen in watched:
            seen.clean()


def decide_on_a_part(skv: Page) -> None:
    shot(skv, "5-act")
    skv.get_by_role("checkbox", name="Lämnas ut uppgift 2").uncheck()
    skv.get_by_label("Text som lämnas ut uppgift 1").fill(SHORTENED)
    skv.get_by_label("Din avvägning").fill(WEIGHING)
    skv.get_by_role("button", name="Besluta och lämna ut").click()
    # What leaves was changed after the preview, so nothing has left yet.
    expect(skv.locator(".notices")).to_contain_text("Inget har lämnats ut")
    preview = skv.locator("#preview")
    expect(preview).to_contain_text(f"{SHORTENED} […]")
    expect(preview).not_to_contain_text("410 000")
    expect(preview).not_to_contain_text("revisor")
    expect(skv.locator("#item-1 del")).to_contain_text("410 000")
    shot(skv, "6-act-changed")
    skv.get_by_role("button", name="Besluta och lämna ut").click()
    expect(skv.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
    shot(skv, "7-decided")


def recall(skv: Page) -> None:
    skv.get_by_role("link", name="Återkalla").click()
    skv.get_by_label("Skäl").fill("Fel bolag")
    shot(skv, "9-recall")
    skv.get_by_role("button", name="Återkalla").click()
    expect(skv.locator("#recalled")).to_contain_text("1 uppgift hade redan lästs")
    shot(skv, "10-recalled")


def test_a_no_is_of_use(two: Two, live: Live, chromium: Browser) -> None:
    """SKV refuses; AV reads the provision and what to do instead, and asks in another way.

    Nothing has left, so there is nothing to recall: it ends where a new question begins.
    """
    with (
        arrived(live, chromium, two.receiver.account) as av,
        arrived(live, chromium, two.giver.account) as skv,
    ):
        send_from_ask_page(av, two)
        skv.goto("/utlamnanden/")
        skv.get_by_role("link", name="Kvarteret Lönnen, Lönngatan 4").click()
        skv.get_by_label("Björklunds Bygg AB", exact=False).check()
        skv.get_by_role("button", name="Placera").click()
        skv.get_by_role("link", name="Avslå hela frågan").click()
        expect(skv.get_by_label("OSL 27:1", exact=False)).to_be_checked()
        shot(skv, "refuse")
        skv.get_by_role("button", name="Avslå och sänd beskedet").click()
        expect(skv.locator("#ended")).to_contain_text("OSL 27 kap. 1 §")
        av.reload()
        expect(av.locator("#refusal")).to_contain_text("OSL 27 kap. 1 §")
        expect(av.locator("#refusal")).to_contain_text("Vad ni kan göra i stället")
        shot(av, "refused")
        av.get_by_role("link", name="Fråga på ett annat sätt").click()
        expect(av.get_by_label("Skatteverket")).to_be_checked()


def test_every_page_holds_wcag_in_every_size(two: Two, live: Live, chromium: Browser) -> None:
    ours, theirs = furnished(two)
    for client, addresses in ((two.skv, ours), (two.av, theirs)):
        with signed_in(live, chromium, client) as page:
            seen = watch(page, live.address)
            for address in addresses:
                at_all_sizes(page, f"{live.address}{address}")
            seen.clean()


def furnished(two: Two) -> tuple[list[str], list[str]]:
    """Something on every page; the addresses of the giver and of the receiver."""
    with acting(two.giver):
        closed = write_fact(
            actor=two.giver,
            case=two.case,
            text="Svar i en undersökning.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
            secrecy=["2009:400/24:8"],
        )
    with acting(two.receiver):
        asked, draft = (
            draft_question(
                actor=two.receiver,
                case=two.asking,
                holder=holder,
                text="Vilka löner redovisas för dem på platsen?",
                activity="supervision",
                entity=two.place,
                due_on=two.receiver.day,
            )
            for holder in ("SKV", "AF")
        )
        send_question(actor=two.receiver, question=asked, weighing=WEIGHING)
    with acting(two.giver):
        received = Question.seen(two.giver).get()
        place_question(actor=two.giver, question=received, case=two.case)
        same = {"actor": two.giver, "case": two.case, "receiver": "AV"}
        purpose = "joint_inspection_plan"
        given, waiting = (
            prepare_disclosure(facts=facts, purpose=purpose, question=question, **same)  # type: ignore[arg-type]
            for facts, question in (([two.fact, two.kept], None), ([two.fact, closed], received))
        )
        decide_and_deliver(actor=two.giver, draft=given, version=given.version, weighing=WEIGHING)
        crime = prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver="PM",
            purpose="crime_investigation",
            facts=[two.fact],
        )
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    return (
        [
            "/utlamnanden/?flik=utlamnat",
            f"/fragor/{received.pk}/",
            f"/fragor/{received.pk}/avsla/",
            f"/arenden/{two.case.pk}/lamna-ut/?gemensamt=1",
            f"/arenden/{two.case.pk}/nominera/",
            f"/utlamnanden/{waiting.pk}/",
            f"/utlamnanden/{crime.pk}/",
            f"/utlamnanden/{waiting.pk}/avsla/",
            f"/utlamnanden/{given.pk}/",
            f"/utlamnanden/{given.pk}/aterkalla/",
        ],
        [
            "/utlamnanden/?flik=utkast",
            f"/arenden/{two.asking.pk}/fraga/",
            f"/fragor/{asked.pk}/",
            f"/fragor/{draft.pk}/",
            f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/",
        ],
    )
