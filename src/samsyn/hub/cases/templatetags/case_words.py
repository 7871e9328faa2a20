"""What are the states, marks, duties and kinds of a case room called where templates show them?"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse

from samsyn.hub.cases.forms import DUTIES
from samsyn.hub.cases.models import Event
from samsyn.hub.cases.phrases import DIRECTION_NAMES, SUBJECTS, counted_facts
from samsyn.hub.cases.proposing import activity_name
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.cases.views import STATE_NAMES
from samsyn.hub.guard.language import reading, said
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

register = template.Library()

_STATUS = {
    "open": "open",
    "told": "new",
    "paused": "paused",
    "closed": "closed",
    "archived": "closed",
}


@register.filter
def as_status(state: str) -> str:
    """The state of a case among those that the frame has a colour for."""
    return _STATUS.get(state, "draft")


@register.filter
def case_state(state: str) -> str:
    """The state of a case in words."""
    return said(STATE_NAMES.get(state, Text(sv=state, en=state)))


@register.filter
def duty(code: str) -> str:
    """What somebody does on a case."""
    return said(DUTIES.get(code, Text(sv=code, en=code)))


@register.filter
def centre(code: str) -> str:
    """What a centre is called."""
    known = current_organisation().centres.get(code)
    return said(known.name) if known else code


@register.filter
def activity(code: str) -> str:
    """What an activity is called."""
    return said(activity_name(code))


@register.filter
def marks(codes: Iterable[str]) -> str:
    """Handling marks in words."""
    return ", ".join(said(MARK_NAMES[code]) for code in codes if code in MARK_NAMES)


@register.filter
def subject(code: str) -> str:
    """What an entity is: firm, workplace, person, vehicle or address."""
    return said(SUBJECTS.get(code, Text(sv=code, en=code)))


@register.filter
def direction(code: str) -> str:
    """Which way a document went."""
    return said(DIRECTION_NAMES.get(code, Text(sv=code, en=code)))


@register.filter
def facts_counted(number: int) -> str:
    """A number of facts with its word."""
    return counted_facts(number, reading())


@register.filter
def file_size(octets: int) -> str:
    """How large a file is."""
    if octets < 10_000:
        return f"{octets} B"
    return f"{octets / 1000:.0f} kB" if octets < 1_000_000 else f"{octets / 1_000_000:.1f} MB"


_LEADS = {
    "fact.write": "cases:fact",
    "fact.mark": "cases:fact",
    "file.add": "cases:file",
}
_OUTSIDE = {
    "question.ask": "disclosures:question",
    "question.answer": "disclosures:question",
    "disclosure.prepare": "disclosures:act",
    "disclosure.decide": "disclosures:act",
    "disclosure.recall": "disclosures:act",
    "obstacle.write": "obstacles:row",
}


@register.simple_tag
def event_link(event: Event) -> str:
    """Where a line of the timeline leads; nowhere for most."""
    if event.about is None:
        return ""
    if event.act in _LEADS:
        view = "cases:file" if event.words.get("file") else _LEADS[event.act]
        return reverse(view, args=[event.case_id, event.about])
    if event.act in _OUTSIDE:
        view = "disclosures:question" if event.words.get("consequence") else _OUTSIDE[event.act]
        return reverse(view, args=[event.about])
    return ""
