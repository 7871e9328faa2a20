"""The app that puts the others together."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Settings, addresses and deployment; it has no tables."""

    name = "samsyn.hub.project"
    label = "project"
