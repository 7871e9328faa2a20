"""How does an act become a line of the case's timeline?"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from samsyn.hub.cases.models import Case, Event
from samsyn.hub.guard.acts import Entry


def tell(entry: Entry, case: Case, *, about: object = None, **words: Any) -> Event:
    """Write the line, tied to the log row of the act; the case moves to the top of the lists.

    Args:
        entry: the log row under way; it is written here, so whatever it touches is named before.
        case: the case whose timeline it is.
        about: the row the line is about, so that the timeline can lead to it.
        words: what the sentence names.
    """
    if entry.number is None:
        entry.write()
    event = Event.rows.create(
        visible_to=case.visible_to,
        case=case,
        act=entry.act,
        by_name=entry.actor.name,
        by_agency=entry.actor.agency,
        words=words,
        entry=entry.number,
        about=getattr(about, "pk", about),
    )
    Case.rows.filter(pk=case.pk).update(changed_at=timezone.now())
    return event
