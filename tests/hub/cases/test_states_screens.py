"""A closed document, and the forms of rest and archive, as people see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import Browser

from samsyn.hub.cases.actions import add_file, archive_case, close_case, pause_case, take_up
from samsyn.hub.guard.context import acting
from tests.hub.cases.scene import Scene
from tests.hub.cases.test_screens import at_two_sizes, signed_in
from tests.hub.live import Live, serving
from tests.hub.support import Hub
from tests.support.browser import watch


@pytest.fixture
def live(hub: Hub, tmp_path: Path) -> Iterator[Live]:
    """The hub, served, with a place for files."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path), serving(hub) as live:
        yield live


def test_closed_documents_and_states_are_shown_well(
    chromium: Browser, live: Live, scene: Scene
) -> None:
    actor = scene.in_case(scene.receiver, scene.case)

    def url(name: str, *more: object) -> str:
        return live.address + reverse(f"cases:{name}", args=[scene.case.pk, *more])

    with acting(actor):
        file = add_file(
            actor=actor, case=scene.case, name="brev från Xerxina.txt", data=b"Xerxina",
            direction="in", counterpart="Okänd", secrecy=["OSL 28:14"], marks=["tip_giver"],
        )  # fmt: skip
        take_up(actor=actor, case=scene.case)
    with live.page(chromium) as page:
        signed_in(page, live, scene.receiver)
        seen = watch(page, live.address)
        for name in ("file", "file-lift", "file-open"):
            at_two_sizes(page, url(name, file.pk))
            assert "Xerxina" not in page.content()
        at_two_sizes(page, url("pause"))
        with acting(actor):
            pause_case(actor=actor, case=scene.case, reason="Väntar på domen.")
        at_two_sizes(page, url("room"))
        at_two_sizes(page, url("resume"))
        with acting(actor):
            close_case(actor=actor, case=scene.case, outcome="Klart.")
        at_two_sizes(page, url("archive"))
        with acting(actor):
            archive_case(actor=actor, case=scene.case)
        at_two_sizes(page, url("room") + "?arkiverat")
        seen.clean()
