"""The abuse cases meet the hub as its own tests do."""

from __future__ import annotations

from tests.hub.conftest import hub, hub_server

__all__ = ["hub", "hub_server"]
