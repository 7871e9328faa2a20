"""The pages that ask for a second person, as people see them: on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from samsyn.hub.cases.actions import ask_open, register_document, write_fact
from samsyn.hub.cases.models import Fact, RegisterEntry
from samsyn.hub.guard.context import acting
from tests.hub.cases.scene import GIVEN, Scene
from tests.hub.cases.test_screens import at_two_sizes, signed_in
from tests.hub.cases.two_persons import decided, lawyer_of
from tests.hub.live import Live, serving
from tests.hub.support import Hub
from tests.support.browser import watch


@pytest.fixture
def live(hub: Hub) -> Iterator[Live]:
    """The hub, served."""
    with serving(hub) as live:
        yield live


def _written(scene: Scene) -> tuple[Fact, Fact, RegisterEntry]:
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        tip = write_fact(
            actor=actor,
            case=scene.case,
            text="Grannen Xerxina Tipsberg ringde och berättade om natten.",
            item_kind="identity_of_worker_who_complained",
            activity="supervision",
            secrecy=["OSL 28:14"],
            marks=["tip_giver"],
        )
        derived = write_fact(
            actor=actor,
            case=scene.case,
            text=f"Enligt dem: {GIVEN}",
            item_kind="inspection_findings",
            activity="supervision",
            secrecy=["OSL 17:1"],
            marks=["victim"],
        )
        line = register_document(
            actor=actor,
            case=scene.case,
            direction="in",
            about="Skrivelse om arbetsplatsen",
            counterpart="Okänd",
            secrecy=["OSL 17:1", "OSL 28:14"],
        )
    return tip, derived, line


def test_every_state_of_asking(chromium: Browser, live: Live, scene: Scene) -> None:
    tip, derived, line = _written(scene)
    actor, lawyer = scene.in_case(scene.receiver, scene.case), lawyer_of(scene, "AV")

    def url(name: str, *more: object) -> str:
        return live.address + reverse(f"cases:{name}", args=[scene.case.pk, *more])

    with live.page(chromium) as page:
        signed_in(page, live, scene.receiver)
        seen = watch(page, live.address)
        for name, what in (
            ("fact", tip),
            ("fact-open", tip),
            ("fact-lift", tip),
            ("fact-lift", derived),
            ("register-lift", line),
        ):
            at_two_sizes(page, url(name, what.pk))
        at_two_sizes(page, url("facts"))
        at_two_sizes(page, url("register"))
        for yes in (False, True):
            with acting(actor):
                request = ask_open(actor=actor, fact=tip, reason="Hot behöver bedömas.")
            at_two_sizes(page, url("fact-open", tip.pk) + "?vantar")
            decided(scene, lawyer, request, yes)
            at_two_sizes(page, url("fact", tip.pk) + f"?{yes}")
        expect(page.locator("main")).to_contain_text("Xerxina Tipsberg")
        seen.clean()


def test_a_copy_is_marked_more_strictly_and_its_pages_say_whose_each_mark_is(
    chromium: Browser, live: Live, scene: Scene
) -> None:
    def url(name: str) -> str:
        return live.address + reverse(f"cases:{name}", args=[scene.case.pk, scene.copy.pk])

    with live.page(chromium) as page:
        signed_in(page, live, scene.receiver)
        at_two_sizes(page, url("fact-secrecy"))
        page.get_by_label("skyddade personuppgifter").check()
        page.get_by_role("button", name="Bekräfta").click()
        page.get_by_role("link", name="Skärp märkningen hos er").wait_for()
        at_two_sizes(page, url("fact"))
        page.goto(url("fact-lift"))
        expect(page.get_by_text("kan bara hävas där")).to_be_visible()
        at_two_sizes(page, url("fact-lift"))
