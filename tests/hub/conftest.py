"""A hub for each test: a clone of a migrated database, with people of several agencies."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("SAMSYN_TOOLING", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.hub.project.settings")

import django

django.setup()

# Only now: its tables can be named once the settings are there.
from tests.hub.support import Hub, HubServer, one_day  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def day_of_the_run() -> Iterator[None]:
    """One day for all tests of the hub."""
    with one_day():
        yield


@pytest.fixture(scope="session")
def hub_server(postgres_url: str) -> Iterator[HubServer]:
    """A server with a migrated template database, one for each test process."""
    with HubServer.start(postgres_url) as server:
        yield server


@pytest.fixture
def hub(hub_server: HubServer) -> Iterator[Hub]:
    """A hub with an empty database of its own."""
    with hub_server.hub() as hub:
        yield hub
