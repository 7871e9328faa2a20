"""The pages of the guidance: what they show on which day, without a script, in every size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

import samsyn.hub
from samsyn.hub.disclosures.actions import prepare_disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guidance.loading import Guidance
from tests.hub.desk.test_desk_pages import signed_in
from tests.hub.disclosures.conftest import Two, two
from tests.hub.live import serving
from tests.hub.support import Hub
from tests.support.browser import at_all_sizes, axe, picture, watch

__all__ = ["two"]

HUB = Path(samsyn.hub.__file__).parent
USED = re.compile(r'{% guidance "([^"]+)" %}')
READER = Actor(account=uuid4(), name="Läsare", agency="AV", day=date(2026, 11, 24))


def shown(code: str, day: date, language: str = "sv") -> str:
    """A step's box as it is on a day."""
    request = RequestFactory().get("/")
    request.actor = msgspec.structs.replace(READER, day=day)  # type: ignore[attr-defined]
    template = Template(f'{{% load guidance %}}{{% guidance "{code}" %}}')
    with translation.override(language):
        return template.render(Context({"request": request}))


# --- the lines of a step


def test_a_template_uses_every_step_and_every_step_used_is_there(guidance: Guidance) -> None:
    templates = [path.read_text(encoding="utf-8") for path in HUB.rglob("templates/**/*.html")]
    used = {code for text in templates for code in USED.findall(text)}
    assert used == set(guidance.steps)


def test_the_box_says_what_holds_on_the_readers_day() -> None:
    before, after = shown("ask", date(2024, 6, 30)), shown("ask", date(2024, 7, 1))
    assert "ännu ingen skyldighet" in before
    assert "2024:307" not in before
    assert "lagen\u00a0(2024:307)\u00a04\u00a0§" in after
    assert "ännu ingen skyldighet" not in after
    assert "Ask for what you need" in shown("ask", date(2024, 7, 1), "en")


def test_the_box_is_closed_and_needs_no_script() -> None:
    box = shown("weigh", date(2026, 11, 24))
    assert '<details class="fold guidance" data-step="weigh">' in box
    assert box.count("<li>") <= 5


def test_a_step_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        shown("juggle", date(2026, 11, 24))


# --- the pages


@pytest.fixture
def client(hub: Hub) -> Client:
    return hub.client(hub.person("AV", "agency_officer"))


@pytest.mark.parametrize(
    "path",
    [
        "/metodstod/",
        "/metodstod/ova/",
        "/metodstod/ova/who_complained/",
        "/metodstod/handbok/",
        "/metodstod/situationer/victim_contact/?steg=6&dag=2025-04-01",
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_answers_in_few_statements(client: Client, path: str, language: str) -> None:
    client.cookies["samsyn-language"] = language
    with CaptureQueriesContext(connection) as statements:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(statements) <= 15


def test_everyone_who_has_signed_in_comes_there_and_nobody_else(hub: Hub) -> None:
    auditor = hub.client(hub.person("SKV", "auditor"))
    assert "Metodstöd" in auditor.get("/").content.decode()
    assert auditor.get("/metodstod/").status_code == 200
    assert Client(SERVER_NAME="localhost").get("/metodstod/", secure=True).status_code == 302


def test_what_is_not_there_is_missing(client: Client) -> None:
    for path in ("situationer/nothing/", "ova/nothing/"):
        assert client.get(f"/metodstod/{path}").status_code == 404


def test_the_day_changes_the_answer(client: Client) -> None:
    path = "/metodstod/situationer/payroll_for_joint_inspection/?steg=5&dag="
    before = client.get(f"{path}2024-06-30").content.decode()
    after = client.get(f"{path}2024-07-01").content.decode()
    assert 'data-outcome="may_after_balancing"' in before
    assert "bara om det är uppenbart" in before.split("Så har svaret")[0]
    assert "om inte övervägande skäl" in after.split("Så har svaret")[0]


@pytest.mark.parametrize("day", ["2001-01-01", "igår", ""])
def test_a_day_that_cannot_be_is_told_and_today_is_shown(client: Client, day: str) -> None:
    answer = client.get("/metodstod/situationer/victim_contact/", {"dag": day})
    assert answer.status_code == 422
    assert "ds-validation-message" in answer.content.decode()


@pytest.mark.parametrize("step", ["0", "99", "x", "", "9" * 5000])
def test_any_step_that_is_asked_for_is_answered(client: Client, step: str) -> None:
    answer = client.get("/metodstod/situationer/victim_contact/", {"steg": step})
    assert answer.status_code == 200


def test_an_exercise_is_answered_explained_and_tried_again(client: Client) -> None:
    url = "/metodstod/ova/wage_without_a_request/"
    assert client.post(url, {"outcome": "must"}).status_code == 422
    sent = client.post(url, {"outcome": "must", "ground": "2001:588/8a"})
    assert (sent.status_code, sent["Location"]) == (302, url)
    told = client.get(url).content.decode()
    assert "bara när mottagaren begär uppgiften" in told
    assert "Ditt svar hade varit rätt så här" in told
    assert "inte helt rätt" in client.get("/metodstod/ova/").content.decode()
    client.post(f"{url}igen/")
    client.post(url, {"outcome": "may_after_balancing", "ground": "2009:400/10:27"})
    assert "1 av 18 gjorda, 1 helt rätt" in client.get("/metodstod/ova/").content.decode()
    client.post("/metodstod/ova/borja-om/")
    assert "0 av 18 gjorda" in client.get("/metodstod/ova/").content.decode()


def test_what_is_exercised_is_not_recorded(hub: Hub) -> None:
    client = hub.client(hub.person("AV", "agency_officer"))
    client.get("/metodstod/ova/")
    with hub.owner() as owner:
        before = owner.execute("select count(*) from guard_log_entry").fetchone()
        url = "/metodstod/ova/who_complained/"
        client.post(url, {"outcome": "must_not", "ground": "2009:400/10:3"})
        assert "Rätt" in client.get(url).content.decode()
        assert owner.execute("select count(*) from guard_log_entry").fetchone() == before
    other = hub.client(hub.person("AV", "agency_officer"))
    assert "0 av 18 gjorda" in other.get("/metodstod/ova/").content.decode()


def test_the_handbook_is_an_accessible_pdf_and_the_same_each_time(client: Client) -> None:
    first = client.get("/metodstod/handbok.pdf?dag=2026-11-24")
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert b"pdfuaid" in first.content
    assert first.content == client.get("/metodstod/handbok.pdf?dag=2026-11-24").content


# --- where the work is


def test_the_box_stands_where_the_work_is(two: Two) -> None:
    with acting(two.giver):
        draft = prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[two.fact],
            told_title="Underlag om löner",
        )
    room = f"/arenden/{two.case.pk}"
    for path, steps in (
        ("/arenden/nytt/", ["open_case"]),
        (f"{room}/fraga/", ["ask"]),
        (f"{room}/lamna-ut/", ["prepare"]),
        (f"/utlamnanden/{draft.pk}/", ["assess", "weigh", "decide"]),
        (f"/utlamnanden/{draft.pk}/avsla/", ["refuse"]),
    ):
        page = two.skv.get(path).content.decode()
        assert re.findall(r'data-step="(\w+)"', page) == steps, path


def test_an_open_box_holds_wcag(two: Two, chromium: Browser) -> None:
    with serving(two.hub) as live, live.page(chromium) as page:
        signed_in(page, live.address, two.skv)
        page.goto(f"{live.address}/arenden/{two.case.pk}/fraga/")
        box = page.locator("details.guidance")
        box.locator("summary").press("Enter")
        expect(box.get_by_text("Fråga efter det ni behöver")).to_be_visible()
        picture(page, "open")
        axe(page)


# --- in a browser


@pytest.fixture
def page(hub: Hub, client: Client, chromium: Browser) -> Iterator[Page]:
    with serving(hub) as live, live.page(chromium) as page:
        signed_in(page, live.address, client)
        yield page


@pytest.mark.parametrize(
    "path",
    [
        "/metodstod/",
        "/metodstod/situationer/inspection_findings_for_police/?steg=5",
        "/metodstod/situationer/victim_contact/?steg=6",
        "/metodstod/ova/",
        "/metodstod/ova/two_people_with_one_name/",
        "/metodstod/handbok/",
    ],
)
def test_every_page_holds_wcag_in_every_size(page: Page, path: str) -> None:
    page.goto("/")
    origin = page.url.rstrip("/")
    seen = watch(page, origin)
    at_all_sizes(page, f"{origin}{path}")
    seen.clean()


def test_a_path_and_an_exercise_are_walked_without_a_script(
    hub: Hub, client: Client, chromium: Browser
) -> None:
    with serving(hub) as live, live.page(chromium, java_script_enabled=False) as page:
        signed_in(page, live.address, client)
        page.goto(f"{live.address}/metodstod/")
        page.get_by_role("link", name="Belastningsregistret").click()
        for _ in range(7):
            page.get_by_role("link", name="Nästa steg").click()
        expect(page.locator("#step")).to_contain_text("Registret har ett eget lås")
        page.goto(f"{live.address}/metodstod/ova/criminal_record_of_the_manager/")
        expect(page.get_by_text("Övning: påhittat.")).to_be_visible()
        page.get_by_label("Får eller ska lämnas, efter en avvägning").check()
        page.get_by_label("lagen (2024:307) 4 §").check()
        page.get_by_role("button", name="Svara").click()
        expect(page.locator("#result")).to_contain_text("stänger ute")
        page.get_by_role("button", name="Försök igen").click()
        expect(page.get_by_role("button", name="Svara")).to_be_visible()


def test_an_answer_holds_wcag_too(page: Page) -> None:
    page.goto("/metodstod/ova/two_people_with_one_name/")
    page.get_by_label("Får inte lämnas").check()
    page.get_by_label("OSL 37 kap. 1 §").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.locator("#result")).to_contain_text("Du valde")
    at_all_sizes(page, page.url)
