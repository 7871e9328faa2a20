"""How does an act become a line of the case's timeline?"""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import connections
from django.utils import timezone

from samsyn.hub.cases.models import Case, Event
from samsyn.hub.guard.acts import Entry

_TOLD = """
with told as (
    insert into cases_event (id, visible_to, case_id, at, act, by_name, by_agency, words, entry,
        about)
    values (%(id)s, %(visible_to)s, %(case_id)s, now(), %(act)s, %(by_name)s, %(by_agency)s,
        %(words)s::jsonb, %(entry)s, %(about)s)
)
update cases_case set changed_at = %(moved)s where id = %(case_id)s
"""
"""The line and the case's new place in the lists, in one statement."""


def _values(event: Event) -> dict[str, Any]:
    values = {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields}
    values.pop("at")
    return values | {"words": msgspec.json.encode(event.words, enc_hook=str).decode()}


def tell(entry: Entry, case: Case, *, about: object = None, **words: Any) -> None:
    """Write the line, tied to the log row of the act; the case moves to the top of the lists.

    Args:
        entry: the log row under way; it is written here, so whatever it touches is named before.
        case: the case whose timeline it is.
        about: the row the line is about, so that the timeline can lead to it.
        words: what the sentence names.
    """
    if entry.number is None:
        entry.write()
    event = Event(
        visible_to=case.visible_to,
        case=case,
        act=entry.act,
        by_name=entry.actor.name,
        by_agency=entry.actor.agency,
        words=words,
        entry=entry.number,
        about=getattr(about, "pk", about),
    )
    with connections["default"].cursor() as cursor:
        cursor.execute(_TOLD, {**_values(event), "moved": timezone.now()})
