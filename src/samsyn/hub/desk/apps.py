"""What is the desk to Django?"""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The frame and components of all screens; it has no tables of its own."""

    name = "samsyn.hub.desk"
    label = "desk"
    verbose_name = "Skrivbord"
