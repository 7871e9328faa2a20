"""A hub with the training data in it, loaded once for all tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

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

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the owner of the database finds."""
        with self.hub.owner() as owner:
            return list(owner.execute(query, values or None).fetchall())

    def value(self, query: str, *values: Any) -> Any:
        """The one value that the owner finds."""
        return self.rows(query, *values)[0][0]


@pytest.fixture(scope="package")
def trained(hub_server: HubServer) -> Iterator[Trained]:
    """The demo's training data, as on the day of the tests."""
    with hub_server.hub() as hub, hub.owner() as owner:
        yield Trained(hub, load_training(owner, today=TODAY))
