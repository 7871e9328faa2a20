"""Ask three agencies from a set, answer item by item, report back and lock, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.disclosures.actions import lock_received
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.asking import answered, ask_set, receipt_of, sent_set, within
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two
from tests.hub.disclosures.test_journey import shot, signed_in
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes, watch

THREE = ("Skatteverket", "Polismyndigheten", "Ekobrottsmyndigheten")


@pytest.fixture
def live(two: Two) -> Iterator[Live]:
    with serving(two.hub) as live:
        yield live


def ask_three(av: Page, two: Two) -> None:
    av.goto(f"/arenden/{two.asking.pk}/fraga/")
    av.get_by_role("link", name="Finns bokföringsbrott eller målvakter i bilden?").click()
    expect(av.locator("#set")).to_contain_text("Räkna med att få nej")
    for name in THREE:
        av.get_by_label(name, exact=False).check()
    av.get_by_label("Vad gäller frågan?").select_option(str(two.place.pk))
    shot(av, "set-1-ask")
    av.get_by_role("button", name="Se lagens svar").click()
    for name in THREE:
        expect(av.get_by_role("heading", name=name)).to_be_visible()
    av.get_by_label("Din avvägning").fill(WEIGHING)
    shot(av, "set-2-round")
    av.get_by_role("button", name="Sänd till 3 myndigheter").click()
    expect(av.get_by_text("Framme, inte påbörjad")).to_have_count(3)


def answer_an_item(skv: Page) -> None:
    skv.goto("/utlamnanden/")
    skv.get_by_role("link", name="Kvarteret Lönnen, Lönngatan 4").click()
    skv.get_by_label("Björklunds Bygg AB", exact=False).check()
    skv.get_by_role("button", name="Placera").click()
    item = skv.locator("#item-bookkeeping")
    expect(item).to_contain_text("Ärendet har ingen uppgift av det slaget")
    skv.get_by_label("Sök i alla era ärenden").fill("fyra av elva")
    skv.get_by_role("button", name="Sök", exact=True).click()
    expect(skv.locator("#others")).to_contain_text("fyra av elva")
    skv.get_by_label(SECRET, exact=False).check()
    chosen = skv.locator(".fact.pick").filter(has_text="fyra av elva")
    chosen.get_by_label("Svarar på").select_option("bookkeeping")
    straw = skv.locator("#item-straw_men")
    straw.get_by_text("Skriv en ny uppgift").click()
    straw.get_by_label("Skriv att vi inte vet något om det").check()
    skv.get_by_label("nej, mer kommer").check()
    shot(skv, "set-3-answer")
    skv.get_by_role("button", name="Pröva det valda").click()
    expect(skv.locator("#item-1")).to_contain_text("Svarar på: Finns brister i bokföringen?")
    skv.get_by_label("Din avvägning").fill(WEIGHING)
    shot(skv, "set-4-act")
    skv.get_by_role("button", name="Besluta och lämna ut").click()
    expect(skv.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")


def read_report_and_lock(av: Page) -> None:
    av.reload()
    expect(av.get_by_text("Delvis besvarad").first).to_be_visible()
    av.get_by_role("link", name="Öppna för sig Skatteverket").click()
    expect(av.locator("#answer")).to_contain_text("har sagt att mer kommer")
    shot(av, "set-5-partly")
    av.get_by_role("link", name="Läs 2 uppgifter").click()
    expect(av.locator("#facts")).to_contain_text("fyra av elva")
    expect(av.locator("#facts")).to_contain_text("Inget är känt hos oss")
    shot(av, "set-6-receipt")
    av.get_by_role("link", name="Berätta vad som kom av det").click()
    av.get_by_label("Användes när vi planerade en kontroll").check()
    av.get_by_label("Din avvägning").fill(WEIGHING)
    shot(av, "set-7-report")
    av.get_by_role("button", name="Berätta", exact=True).click()
    expect(av.locator("#came")).to_contain_text("Användes när vi planerade en kontroll")
    av.get_by_text("Ändamålet är slut").click()
    av.get_by_role("button", name="Säg att det är slut").click()
    expect(av.locator("#over")).to_contain_text("lås eller gallra")
    av.get_by_role("link", name="Lås det").click()
    shot(av, "set-8-lock")
    av.get_by_role("button", name="Lås", exact=True).click()
    expect(av.locator("#digests")).to_contain_text("uppgift")
    expect(av.locator("body")).not_to_contain_text("fyra av elva")
    shot(av, "set-9-proof")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_three_are_asked_and_one_answers_item_by_item(
    two: Two, live: Live, chromium: Browser, script: bool
) -> None:
    options = {"java_script_enabled": script}
    with (
        signed_in(live, chromium, two.av, **options) as av,
        signed_in(live, chromium, two.skv, **options) as skv,
    ):
        watched = [watch(av, live.address), watch(skv, live.address)]
        ask_three(av, two)
        answer_an_item(skv)
        read_report_and_lock(av)
        skv.reload()
        expect(skv.locator("#came")).to_contain_text("Användes när vi planerade en kontroll")
        for seen in watched:
            seen.clean()


def test_the_pages_of_rounds_hold_wcag_in_every_size(
    two: Two, live: Live, chromium: Browser
) -> None:
    ours, theirs = furnished(two)
    for client, addresses in ((two.skv, ours), (two.av, theirs)):
        with signed_in(live, chromium, client) as page:
            seen = watch(page, live.address)
            for address in addresses:
                at_all_sizes(page, f"{live.address}{address}")
            seen.clean()


def furnished(two: Two) -> tuple[list[str], list[str]]:
    """Something on every page; the addresses of the giver and of the receiver."""
    with acting(two.receiver):
        write_fact(
            actor=two.receiver,
            case=two.asking,
            text="Elva personer på platsen.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    ask_set(two, "SKV", "PM", code="reports_of_crime")
    with acting(two.receiver):
        draft = Question.seen(two.receiver).first()
        assert draft is not None
    question, received = sent_set(two)
    part = answered(two, received, {two.fact.pk: "totals"}, completes=False)
    came = receipt_of(two, part)
    later = answered(two, received, {two.kept.pk: "declared"}, completes=False)
    lost = receipt_of(two, later)
    there = within(two.receiver, lost)
    with acting(there):
        lock_received(actor=there, receipt=lost)
    base = f"/arenden/{came.case_id}/mottaget"
    return (
        [f"/fragor/{received.pk}/", f"/fragor/{received.pk}/svara/", f"/utlamnanden/{part.pk}/"],
        [
            f"/arenden/{two.asking.pk}/fraga/?mall=payroll_and_staff",
            f"/arenden/{two.asking.pk}/fraga/?omgang={draft.round}",
            f"/fragor/{draft.pk}/",
            f"/fragor/{question.pk}/",
            f"{base}/{came.pk}/",
            f"{base}/{came.pk}/rapportera/",
            f"{base}/{came.pk}/las/",
            f"{base}/{lost.pk}/",
            f"{base}/{lost.pk}/las/bevis/",
            "/utlamnanden/?flik=mottaget&lage=lasta",
        ],
    )
