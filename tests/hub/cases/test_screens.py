"""The case room as people see it: every size, light and dark, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.cases.actions import (
    add_file,
    add_subject,
    add_task,
    assign,
    correct_fact,
    open_case,
    pause_clock,
    start_clock,
    take_up,
    write_fact,
)
from samsyn.hub.cases.models import Fact, SealedFile
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.kernel.invented_numbers import invented_organisation, invented_vehicle
from tests.hub.cases.sample_files import pdf
from tests.hub.cases.scene import GIVEN, PURPOSE, Scene
from tests.hub.live import PLAIN, Live, serving
from tests.hub.support import Hub
from tests.support.browser import at_all_sizes, axe, picture, watch

CASE_PAGES = (
    "room",
    "facts",
    "subjects",
    "files",
    "register",
    "log",
    "fact-new",
    "subject-new",
    "file-new",
    "register-new",
    "people",
    "task-new",
    "edit",
    "close",
    "restrict",
    "export",
)
WHOLE = ("cases:room", "cases:facts", "cases:fact-new")
LISTS = ("list", "new", "agency-register", "register-extract")


@dataclass
class Furnished:
    """AV's case with something of everything."""

    live: Live
    scene: Scene
    own: Fact
    file: SealedFile

    def url(self, name: str, *more: object) -> str:
        """The address of a page of the case."""
        return self.live.address + reverse(name, args=[self.scene.case.pk, *more])


@pytest.fixture
def furnished(hub: Hub, scene: Scene, tmp_path: object) -> Iterator[Furnished]:
    """Act it out, and serve it."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path), serving(hub) as live:
        own, file = _furnish(scene)
        yield Furnished(live, scene, own, file)


def _furnish(scene: Scene) -> tuple[Fact, SealedFile]:
    actor, case = scene.in_case(scene.receiver, scene.case), scene.case
    colleague = scene.hub.person("AV", "inspector", name="Ivar Inspektör")
    with acting(actor):
        take_up(actor=actor, case=case)
        assign(actor=actor, case=case, account=colleague)
        firm = add_subject(
            actor=actor,
            case=case,
            kind="firm",
            name="Norrstråk Bygg AB",
            number=invented_organisation(7).digits,
            address="Ejdervägen 4",
            municipality="Umeå",
        )
        add_subject(
            actor=actor,
            case=case,
            kind="vehicle",
            name="Skåpbil",
            number=invented_vehicle(3).digits,
        )
        add_subject(
            actor=actor,
            case=case,
            kind="person",
            name="Anna Skyddad",
            protected=True,
            certain=False,
        )
        common: dict[str, Any] = {"actor": actor, "case": case, "activity": "supervision"}
        own = write_fact(
            **common,
            text="Fyra personer arbetade med takläggning utan fallskydd. Ingen av dem stod i "
            "personalliggaren klockan 09.40.",
            item_kind="inspection_findings",
            entity=firm,
            source="Egen iakttagelse på plats",
            secrecy=["OSL 17:1"],
        )
        own = correct_fact(
            actor=actor,
            fact=own,
            text="Fem personer arbetade med takläggning utan fallskydd. Ingen av dem stod i "
            "personalliggaren klockan 09.40.",
            reason="Den femte satt i kranen.",
        )
        write_fact(
            **common, text="Två uppgav att de bor i bodarna.", item_kind="lodging_conditions"
        )
        write_fact(
            **common,
            text=f"Enligt skattesidan: {GIVEN}",
            item_kind="inspection_findings",
            marks=["victim"],
        )
        file = add_file(
            actor=actor,
            case=case,
            name="protokoll från platsbesök.pdf",
            data=pdf(2, (420, 594)),
            direction="drawn_up",
            secrecy=["OSL 17:1"],
            fact=own,
        )
        add_task(actor=actor, case=case, what="Boka tolk", due_on=actor.day - timedelta(days=2))
        add_task(actor=actor, case=case, what="Ring byggherren om tillträde", account=colleague)
        start_clock(actor=actor, case=case, what="Svar till Skatteverket", working_days=2)
        waiting = start_clock(actor=actor, case=case, what="Beslut om förbud", working_days=20)
        pause_clock(actor=actor, clock=waiting, reason="Fråga till MV")
        for number in range(12):
            open_case(
                actor=scene.actor(scene.receiver),
                title=f"Kontroll på byggarbetsplats {number + 1}",
                purpose=PURPOSE,
            )
    return own, file


def signed_in(page: Page, live: Live, account: Account) -> Page:
    """A window in which an account has signed in."""
    with override_settings(**PLAIN):
        cookie = live.hub.client(account).cookies["samsyn"].value
    page.context.add_cookies([{"name": "samsyn", "value": cookie, "url": live.address}])
    return page


@pytest.fixture
def page(chromium: Browser, furnished: Furnished) -> Iterator[Page]:
    """The officer at AV."""
    with furnished.live.page(chromium) as page:
        yield signed_in(page, furnished.live, furnished.scene.receiver)


def test_every_screen_of_the_room(page: Page, furnished: Furnished) -> None:
    seen = watch(page, furnished.live.address)
    scene = furnished.scene
    addresses = [furnished.live.address + reverse(f"cases:{name}") for name in LISTS]
    addresses += [furnished.url(f"cases:{name}") for name in CASE_PAGES]
    for name in ("fact", "fact-correct", "fact-secrecy", "fact-why"):
        addresses.append(furnished.url(f"cases:{name}", furnished.own.pk))
    addresses += [
        furnished.url("cases:file", furnished.file.pk),
        furnished.url("cases:fact", scene.copy.pk),
        furnished.url("disclosures:of-case"),
        furnished.url("disclosures:fact-why", scene.copy.pk),
        furnished.url("disclosures:fact-why-not", furnished.own.pk)
        + "?myndighet=PM&andamal=crime_investigation",
    ]
    for address in addresses:
        at_two_sizes(page, address)
    for name in WHOLE:
        at_all_sizes(page, furnished.url(name))
    seen.clean()


def at_two_sizes(page: Page, address: str) -> None:
    """On a phone in the dark and on a desk in light: axe is content, nothing runs out."""
    for width, height, scheme in ((390, 844, "dark"), (1440, 900, "light")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address)
        picture(page, f"{width}-{scheme}")
        axe(page)
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{address} runs {over} px out to the side at {width} px"


def test_the_secrecy_is_proposed_while_one_writes(page: Page, furnished: Furnished) -> None:
    seen = watch(page, furnished.live.address)
    page.goto(furnished.url("cases:fact-new"))
    page.get_by_label("Uppgiften", exact=True).fill(GIVEN)
    page.get_by_label("Slag av uppgift").select_option("inspection_findings")
    warning = page.locator("#secrecy .inherits")
    expect(warning).to_contain_text("SKV")
    expect(page.locator("#secrecy input[name=secrecy]").first).to_be_checked()
    page.get_by_role("button", name="Spara uppgiften").click()
    expect(page.locator("h1")).to_contain_text("Iakttagelser")
    expect(page.locator("main")).to_contain_text("Bygger på mottaget")
    seen.clean()


def test_a_fact_is_written_without_a_script(chromium: Browser, furnished: Furnished) -> None:
    with furnished.live.page(chromium, java_script_enabled=False) as page:
        signed_in(page, furnished.live, furnished.scene.receiver)
        page.goto(furnished.url("cases:fact-new"))
        page.get_by_label("Uppgiften", exact=True).fill("Ställningen saknade räcke.")
        page.get_by_label("Slag av uppgift").select_option("work_environment_deficiencies")
        page.get_by_role("button", name="Föreslå sekretess").click()
        expect(page.get_by_label("Uppgiften", exact=True)).to_have_value(
            "Ställningen saknade räcke."
        )
        page.get_by_role("button", name="Spara uppgiften").click()
        expect(page.locator("main")).to_contain_text("Ställningen saknade räcke.")
        expect(page.locator(".page-header")).not_to_contain_text("inte bekräftad")


def test_the_pages_of_a_file_are_pictures(page: Page, furnished: Furnished) -> None:
    seen = watch(page, furnished.live.address)
    page.goto(furnished.url("cases:file", furnished.file.pk))
    first = page.locator(".pages img").first
    expect(first).to_be_visible()
    assert first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    seen.clean()


def test_the_files_folder_is_the_tests_own(furnished: Furnished) -> None:
    assert str(settings.SAMSYN_FILES_DIR) != str(settings.SAMSYN.files_dir)
