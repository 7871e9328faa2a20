"""The guidance that comes with Samsyn, read once."""

from __future__ import annotations

import pytest

from samsyn.hub.guidance.loading import Guidance, current_guidance


@pytest.fixture(scope="session")
def guidance() -> Guidance:
    return current_guidance()
