"""In which cases did somebody write last, and what?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from samsyn.hub.cases.models import Case, Event
from samsyn.hub.cases.phrases import sentence
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import LogEntry
from samsyn.kernel.text import Text

LAST_EDITED = 5
_RECENT = 60
"""Rows of one's own log in which the last edits are looked for."""
_WRITES = (
    "case.open case.write case.assign case.restrict case.close fact.write fact.mark file.add "
    "task.write question.ask question.answer disclosure.prepare disclosure.decide "
    "disclosure.recall register.write"
).split()


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """Something one did last: the newest act in a case."""

    case: Case
    said: Text
    at: datetime


def account_of(actor: Actor) -> UUID:
    """The account of somebody who has a day."""
    assert actor.account is not None  # a job has no day
    return actor.account


def last_edited(actor: Actor) -> list[Edit]:
    """The cases one wrote in last, with what one did: told by the timeline of each."""
    mine = LogEntry.rows.filter(
        account=account_of(actor), act__in=_WRITES, case_id__isnull=False
    ).order_by("-id")[:_RECENT]
    events = (
        Event.seen(actor)
        .filter(case__in=mine.values("case_id"), entry__in=mine.values("id"))
        .select_related("case")
        .defer("case__search")
        .order_by("-at")[:_RECENT]
    )
    edits: dict[UUID, Event] = {}
    for event in events:
        edits.setdefault(event.case_id, event)
    last = list(edits.values())[:LAST_EDITED]
    return [Edit(case=e.case, said=sentence(e.act, e.words), at=e.at) for e in last]
