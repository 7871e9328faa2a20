"""What are the codes of a row of the obstacle register called, in a template?"""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.guard.language import reading, said
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.figures import Line
from samsyn.hub.obstacles.phrases import KIND_NAMES

register = template.Library()


@register.filter
def obstacle_kind(code: str) -> str:
    """What a kind of obstacle is called."""
    return said(KIND_NAMES[code]) if code in KIND_NAMES else code


@register.filter
def need(code: str) -> str:
    """What something was needed for."""
    known = obstacle_codes().needs.get(code)
    return said(known) if known else ""


@register.filter
def followed(code: str) -> str:
    """What followed."""
    known = obstacle_codes().consequences.get(code)
    return said(known) if known else ""


@register.filter
def fact_kind(code: str) -> str:
    """What a kind of fact is called."""
    return kind_name(code, reading()) if code else ""


@register.filter
def is_cite(code: str) -> bool:
    """Whether a line is about a provision, ``2009:400/27:1``."""
    return ":" in code and "/" in code


@register.filter
def rows_address(line: Line) -> str:
    """Where the rows of a figure are read; empty when they lie in another list."""
    return f"{reverse('obstacles:register')}?{urlencode(line.rows)}" if line.rows else ""
