"""A hub with the training data in it, loaded once for all tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from samsyn.hub.training.load import Loaded, load_training
from tests.hub.support import TODAY, Hub, HubServer


@dataclass
class Trained:
    """A hub with the training data.

    Attributes:
        loaded: what the loader said.
    """

    hub: Hub
    loaded: Loaded

    @property
    def database(self) -> str:
        """Name of its database."""
        return str(conninfo_to_dict(self.hub.owner_url)["dbname"])

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the owner of the database finds."""
        with self.hub.owner() as owner:
            return list(owner.execute(query, values or None).fetchall())

    def value(self, query: str, *values: Any) -> Any:
        """The one value that the owner finds."""
        return self.rows(query, *values)[0][0]


@pytest.fixture(scope="package")
def loaded_once(hub_server: HubServer) -> Iterator[Trained]:
    """The demo's training data, as on the day of the tests."""
    with hub_server.hub() as hub, hub.owner() as owner:
        yield Trained(hub, load_training(owner, today=TODAY))


@pytest.fixture
def trained(hub_server: HubServer, loaded_once: Trained) -> Trained:
    """The same, also as the web and the jobs see it: a test before may have looked elsewhere."""
    hub_server.point(loaded_once.database)
    return loaded_once
