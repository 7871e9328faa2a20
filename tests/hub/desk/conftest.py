"""The gallery of components, served once for each test process, and pages to look at it with."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page

from tests.hub.desk import gallery
from tests.support.browser import served


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the gallery answers."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(gallery.HERE / "templates")]
    with (
        override_settings(**gallery.SETTINGS, TEMPLATES=templates),
        served(gallery.application()) as address,
    ):
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a Swedish reader, with cookies and storage of its own."""
    with chromium.new_context(locale="sv-SE") as context:
        yield context.new_page()
