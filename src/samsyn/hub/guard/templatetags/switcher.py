"""Whom can one play, for the switcher in the frame of the demo?"""

from __future__ import annotations

from django import template

from samsyn.hub.guard.signin.demo import DemoPerson, demo_people, require_demo

register = template.Library()


@register.simple_tag
def people_to_play() -> tuple[DemoPerson, ...]:
    """Those whom the training data offers; there is no such list outside the demo."""
    require_demo()
    return demo_people()
