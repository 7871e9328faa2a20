"""Whose purpose has ended by itself: because the case is closed, or the last day has passed?

A job notes the day. Whether what came is locked or disposed of, a person decides.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connections

from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting, worker

ENDED = "job.purpose"
MOST = 500
"""Receipts noted in one act, so that its row in the log stays short."""


def end_purposes_on(day: date) -> int:
    """Note the day on every receipt whose purpose has ended, and how many there were."""
    noted = 0
    while ids := _ended(day):
        with (
            acting(worker(day), using="worker") as actor,
            act(actor, ENDED, objects=ids, detail="ended", using="worker"),
            connections["worker"].cursor() as cursor,
        ):
            cursor.execute(
                "update disclosures_receipt set ended_on = %s where id = any (%s)", [day, ids]
            )
        noted += len(ids)
    return noted


def _ended(day: date) -> list[UUID]:
    statement = Path(__file__).with_suffix(".sql").read_text("utf-8")
    with connections["worker"].cursor() as cursor:
        cursor.execute(statement, {"day": day, "most": MOST})
        return [row[0] for row in cursor.fetchall()]
