"""What must follow when something is marked more strictly than it was?

The copies that other agencies hold get the stricter mark at once, and the lines that named a file
stop naming it. What is lifted is not passed on: each receiver keeps what it was told with.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections

from samsyn.hub.cases.models import Case, SealedFile
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.acts import Entry


def call_file(file: SealedFile) -> None:
    """Let the timeline and the register name a file as it may be named now."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select cases_name_file(%s)", [file.pk])


def remark(entry: Entry, case: Case, *, fact: UUID | None) -> None:
    """Carry the marks and provisions of a fact and its files to the copies that were delivered.

    Args:
        entry: the log row of the act, which is written already.
        case: the case of the fact, whose timeline says at which agencies it was carried out.
        fact: the fact; nothing is carried for a file that belongs to none.
    """
    if fact is None:
        return
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select disclosures_remark(%s, %s, %s)", [fact, entry.actor.name, entry.number]
        )
        reached: Any = cursor.fetchone()[0]
    if reached:
        tell(entry, case, about=fact, reached=", ".join(reached))
