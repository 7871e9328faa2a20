"""The frame and every component: for everyone, in every size, with and without a script."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.browser import SIZES, at_all_sizes, axe, watch

STOPS = {
    "/refused/": 403,
    "/missing/": 404,
    "/session-expired/": 200,
    "/broken/": 200,
}


def until_scrolled(page: Page) -> None:
    """Wait until the page has moved; asked from outside, since the page's policy forbids eval."""
    for _ in range(100):
        if page.evaluate("scrollY") > 300:
            return
        page.wait_for_timeout(50)
    pytest.fail("the page did not scroll")


def test_every_component_holds_wcag_in_every_size_light_and_dark(page: Page, address: str) -> None:
    seen = watch(page, address)
    at_all_sizes(page, f"{address}/?notice=1", "best-practice")
    seen.clean()


@pytest.mark.parametrize("path", ["/form/", "/confirm/"])
def test_forms_and_questions_hold_wcag(page: Page, address: str, path: str) -> None:
    seen = watch(page, address)
    at_all_sizes(page, address + path, "best-practice")
    seen.clean()


@pytest.mark.parametrize("path", STOPS)
def test_pages_that_stop_hold_wcag_and_offer_a_next_step(
    page: Page, address: str, path: str
) -> None:
    answer = page.goto(address + path)
    assert answer
    assert answer.status == STOPS[path]
    expect(page.locator(".refusal .next .ds-button").first).to_be_visible()
    at_all_sizes(page, address + path)


def test_a_refusal_names_its_provision_and_what_to_do(page: Page, address: str) -> None:
    page.goto(f"{address}/refused/")
    expect(page.locator("h1")).to_contain_text("får inte lämnas till Skatteverket")
    expect(page.locator("main")).to_contain_text("OSL\u00a08\u00a0kap.\u00a01\u00a0§")
    expect(page.locator(".next")).to_contain_text("lämna ut i allmän form")


@pytest.mark.parametrize("width", SIZES)
def test_as_whom_and_in_what_one_acts_never_scrolls_away(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.goto(address)
    page.mouse.wheel(0, 900)
    until_scrolled(page)
    bar = page.locator(".identity")
    for part in ("Maja Lindqvist", "AV", "2026/1184", "planera en myndighetsgemensam kontroll"):
        expect(bar.get_by_text(part).first).to_be_in_viewport()
    expect(bar.locator("[data-until]")).to_be_in_viewport()


def test_the_keyboard_reaches_everything_in_order(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(address)
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(e => e === document.body ? '' : e.id + '|' + (e.textContent || e.name).trim() + '|'"
            " + (e.getBoundingClientRect().top >= 0))(document.activeElement)"
        )
        reached.add(place)
    told = " ".join(reached)
    for name in (
        "Ärenden",
        "Logga ut",
        "Norrstråk Bygg AB",
        "Varför får jag se detta?",
        "Nästa 50",
    ):
        assert name in told
    assert "|false" not in told, "something has the focus outside the page"


def test_what_has_the_focus_is_not_behind_the_bar(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(address)
    page.locator("main a").last.focus()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            "(e => !e.closest('.top, .skip') && e !== document.body && e.tagName !== 'MAIN' &&"
            " e.getBoundingClientRect().bottom <="
            " document.querySelector('.top').getBoundingClientRect().bottom)"
            "(document.activeElement)"
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_the_menu_of_a_phone_opens_and_holds_wcag(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    cases = page.locator(".rail").get_by_role("link", name="Ärenden")
    expect(cases).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    expect(cases).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(cases).to_be_hidden()


def test_the_training_strip_stays_with_the_bar_and_holds_the_switcher(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samsyn.hub.desk.frame._in_demo", lambda: True)
    with override_settings(SAMSYN_SWITCHER="switcher.html"):
        at_all_sizes(page, f"{address}/search/", "best-practice")
        page.mouse.wheel(0, 900)
        until_scrolled(page)
        expect(page.get_by_label("Var en annan person")).to_be_in_viewport()
        expect(page.locator(".identity").get_by_text("2026/1184")).to_be_in_viewport()


def test_outside_the_demo_nothing_tells_of_a_switcher(page: Page, address: str) -> None:
    with override_settings(SAMSYN_SWITCHER="switcher.html"):
        page.goto(address)
        expect(page.locator(".training, .switcher")).to_have_count(0)


def test_everything_works_without_a_script(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False, locale="sv-SE") as context:
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{address}/form/")
        page.get_by_role("button", name="Meny").click()
        page.locator(".rail").get_by_role("link", name="Ärenden").click()
        assert page.url == f"{address}/cases/"
        page.goto(f"{address}/form/")
        page.get_by_role("button", name="Spara").click()
        summary = page.locator(".ds-error-summary")
        expect(summary).to_contain_text("Rubrik")
        summary.get_by_role("link", name=re.compile("^Rubrik")).click()
        assert page.url.endswith("#id_subject")
        page.get_by_role("button", name="Meny").click()
        page.locator(".rail").get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"


def test_a_form_with_faults_says_them_first_and_at_each_field(page: Page, address: str) -> None:
    page.goto(f"{address}/form/")
    page.get_by_role("button", name="Spara").click()
    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    subject = page.get_by_label("Rubrik")
    assert subject.get_attribute("aria-invalid") == "true"
    assert "id_subject_error" in (subject.get_attribute("aria-describedby") or "")
    note = page.get_by_label("Anteckning").get_attribute("aria-describedby")
    assert note == "id_text_help id_text_error"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page, "best-practice")


def test_english_is_one_press_away_and_stays(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".rail nav")).to_contain_text("Questions & disclosures")
    expect(page.locator(".identity")).to_contain_text("plan a joint inspection")
    page.goto(f"{address}/form/")
    expect(page.get_by_label("Heading")).to_be_visible()


def test_light_and_dark_can_be_chosen_against_the_machine(page: Page, address: str) -> None:
    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.emulate_media(color_scheme="light")
    page.goto(address)
    light = ground()
    page.context.add_cookies([{"name": "samsyn_scheme", "value": "dark", "url": address}])
    page.goto(address)
    assert ground() != light
    axe(page)
    page.context.add_cookies([{"name": "samsyn_scheme", "value": "light", "url": address}])
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    assert ground() == light
    axe(page)


@pytest.mark.parametrize("path", ["/", "/form/", "/confirm/", "/refused/"])
def test_at_four_times_the_size_nothing_runs_out_to_the_side(
    page: Page, address: str, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("size", ["md", "lg"])
def test_larger_letters_keep_every_page_within_its_width(
    page: Page, address: str, size: str
) -> None:
    page.context.add_cookies([{"name": "samsyn_size", "value": size, "url": address}])
    at_all_sizes(page, address)


def test_the_first_page_weighs_at_most_150_kb_on_the_wire(page: Page, address: str) -> None:
    weights: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        body = answer.body()
        packed = answer.url.endswith((".woff2", ".png"))
        weights[answer.url] = len(body) if packed else len(gzip.compress(body))

    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")
    assert any("inter-latin.woff2" in url for url in weights)
    # The Łuczak of the gallery brings the letters of other languages with him.
    assert any("inter-latin-ext.woff2" in url for url in weights)
    assert sum(weights.values()) <= 150_000, weights
