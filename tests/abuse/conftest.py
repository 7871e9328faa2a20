"""The abuse cases meet the hub as its own tests do."""

from __future__ import annotations

from tests.hub.conftest import day_of_the_run, hub, hub_server

__all__ = ["day_of_the_run", "hub", "hub_server"]
