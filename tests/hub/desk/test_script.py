"""Keys and drafts: what a script adds, and what it must never leave on a shared computer."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import axe, watch

ACCOUNT = "00000000-0000-0000-0000-000000000007"


def stored(page: Page, store: str) -> dict[str, Any]:
    kept = page.evaluate(f"Object.fromEntries(Object.entries({store}))")
    return {name: json.loads(value) for name, value in kept.items() if "draft" in name}


def write(page: Page, text: str) -> None:
    page.get_by_label("Anteckning").fill(text)
    page.wait_for_timeout(600)


def test_keys_lead_to_places_search_and_help(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("ga")
    assert page.url == f"{address}/", "letters that are written lead nowhere"
    page.locator("#main").focus()
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url(f"{address}/cases/")


def test_rows_are_walked_with_j_and_k_and_opened_with_enter(page: Page, address: str) -> None:
    page.goto(address)
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "Norrstråk Bygg AB"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("case=2026"))


def test_keys_can_be_turned_off_and_stay_off(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Kortkommandon").click()
    page.get_by_label("Använd kortkommandon").uncheck()
    page.goto(address)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_draft_comes_back_after_the_page_is_lost(page: Page, address: str) -> None:
    page.goto(f"{address}/form/")
    write(page, "Fyra personer på taket")
    page.goto("about:blank")
    page.goto(f"{address}/form/")
    expect(page.get_by_label("Anteckning")).to_have_value("Fyra personer på taket")
    expect(page.locator(".draft")).to_contain_text("har lagts tillbaka")
    page.get_by_role("button", name="Släng utkastet").click()
    expect(page.get_by_label("Anteckning")).to_have_value("")
    assert not stored(page, "localStorage")


def test_a_draft_outlives_a_sending_that_failed_and_ends_with_one_that_arrived(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/form/")
    write(page, "Två bor i bodarna")
    page.route("**/form/", lambda route: route.abort())
    page.get_by_role("button", name="Spara").click()
    page.unroute("**/form/")
    page.goto(f"{address}/form/")
    expect(page.get_by_label("Anteckning")).to_have_value("Två bor i bodarna")
    page.get_by_label("Rubrik").fill("Bodarna")
    page.get_by_label("Jag har läst").check()
    page.get_by_role("button", name="Spara").click()
    page.wait_for_url(f"{address}/")
    assert not stored(page, "localStorage")


def test_signing_out_takes_every_draft_along(page: Page, address: str) -> None:
    page.goto(f"{address}/form/")
    write(page, "Öppet utkast")
    page.goto(f"{address}/form/?secret")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(f"{address}/session-expired/")
    assert not stored(page, "localStorage")
    assert not stored(page, "sessionStorage")


def test_secret_text_is_kept_for_the_window_only(page: Page, address: str) -> None:
    page.goto(f"{address}/form/?secret")
    write(page, "Skyddad adress")
    assert not stored(page, "localStorage")
    (draft,) = stored(page, "sessionStorage").values()
    assert "Skyddad adress" in str(draft)
    other = page.context.new_page()
    other.goto(f"{address}/form/?secret")
    expect(other.get_by_label("Anteckning")).to_have_value("")


def test_the_next_person_at_the_computer_finds_no_draft_of_another(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/form/")
    page.evaluate(
        """localStorage.setItem("samsyn:draft:someone-else:note",
        JSON.stringify({at: Date.now(), values: [["text", "Annans text", null]]}))"""
    )
    page.goto(f"{address}/form/")
    expect(page.get_by_label("Anteckning")).to_have_value("")
    assert not stored(page, "localStorage")


def test_passwords_files_and_tokens_are_never_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/form/")
    write(page, "Något")
    ((name, draft),) = stored(page, "localStorage").items()
    assert name == f"samsyn:draft:{ACCOUNT}:note"
    assert "csrfmiddlewaretoken" not in str(draft)


def test_the_next_rows_are_put_under_those_that_are_read(page: Page, address: str) -> None:
    seen = watch(page, address)
    page.goto(address)
    rows = page.locator("#cases tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_role("link", name="Nästa 50").click()
    expect(rows).to_have_count(10)
    page.get_by_role("link", name="Nästa 50").click()
    expect(rows).to_have_count(15)
    expect(page.locator("#cases-more")).to_contain_text("Det finns inga fler")
    assert page.url == f"{address}/"
    axe(page)
    seen.clean()


def test_rows_that_cannot_be_had_lead_to_the_page_that_says_why(page: Page, address: str) -> None:
    page.goto(f"{address}/lost/")
    page.get_by_role("link", name="Nästa 50").click()
    page.wait_for_url(f"{address}/session-expired/")


def test_no_page_is_kept_for_the_next_person(page: Page, address: str) -> None:
    page.goto(address)
    # Where a script changes the address, htmx would keep the page that is left, if it were let.
    page.evaluate(
        """() => {
            const link = document.querySelector("#cases-next");
            link.setAttribute("hx-push-url", "true");
            htmx.process(link);
            link.click();
        }"""
    )
    page.wait_for_url("**/?after=5")
    expect(page.locator("#cases tbody tr")).to_have_count(10)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Norrstråk" not in kept
