"""The hub's settings for tools that only import them, such as the type checker."""

from __future__ import annotations

import os

os.environ.setdefault("SAMSYN_TOOLING", "1")

from samsyn.hub.project.settings import *  # noqa: F403
