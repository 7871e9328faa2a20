"""The office of oversight's tests."""

from __future__ import annotations

import pytest

from tests.hub.insight.scene import Office, make_office
from tests.hub.support import Hub


@pytest.fixture
def office(hub: Hub) -> Office:
    """An agency with something to examine."""
    return make_office(hub)
