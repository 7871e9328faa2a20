"""How does a template write what was asked, as a question keeps it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from samsyn.hub.guard.language import reading

register = template.Library()


@register.filter
def in_words(item: Mapping[str, Any]) -> str:
    """An asked item in the reader's language; its code when the words are missing."""
    return str(item.get(reading()) or item.get("sv") or item.get("code", ""))


@register.filter
def asked_as(items: Iterable[Mapping[str, Any]], code: str) -> str:
    """The asked item of a code in the reader's language; empty when there is none."""
    return next((in_words(item) for item in items or () if code and item["code"] == code), "")
