"""What every test may ask for, and how hypothesis runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.support.browser import chromium_running
from tests.support.postgres import postgres

# On a busy machine a slow example is not a wrong one. In CI the same examples are tried every
# time, so that a red run can be run again.
settings.register_profile("here", deadline=timedelta(seconds=10))
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that look at pages in a browser, so that they can be left out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty database on a real PostgreSQL, one for each test process."""
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser, one for each test process; a test opens pages of its own in it."""
    with chromium_running() as browser:
        yield browser
