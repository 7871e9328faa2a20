"""What does a template need to show the lines of a step, or a sentence of the law?

::

    {% load guidance %}
    {% guidance "weigh" %}
    {{ step.text|with_citations }}
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from samsyn.hub.guard.language import reading, said
from samsyn.hub.guard.lawwords import in_words
from samsyn.hub.guidance.loading import current_guidance
from samsyn.kernel.text import Text

register = template.Library()


@register.inclusion_tag("guidance/box.html", takes_context=True)
def guidance(context: template.Context, code: str) -> dict[str, Any]:
    """The few lines of a step, as they hold on the day of the one who reads.

    Raises:
        KeyError: if the guidance has no such step; a test sees that every template's has.
    """
    actor = getattr(context.get("request"), "actor", None)
    day = actor.day if actor else timezone.localdate()
    step = current_guidance().steps[code]
    return {"step": step, "lines": step.lines_on(day)}


@register.filter
def with_citations(text: Text | str) -> str:
    """A sentence in the reader's language, its citations as a lawyer writes them."""
    sentence = said(text) if isinstance(text, Text) else text
    # No line ends between a number and its section sign.
    return in_words(sentence, reading()).replace(" §", "\u00a0§")
