"""The scene of the case room's tests."""

from __future__ import annotations

import pytest

from tests.hub.cases.scene import Scene, make_scene
from tests.hub.support import Hub


@pytest.fixture
def scene(hub: Hub) -> Scene:
    """A matter between SKV and AV, with one fact disclosed."""
    return make_scene(hub)
