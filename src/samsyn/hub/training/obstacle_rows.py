"""What does a no leave in the obstacle register?

As :mod:`samsyn.hub.disclosures.obstacles` leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES, WEIGHED
from samsyn.hub.disclosures.obstacles import CLOSED, plain_question, secrecy_among
from samsyn.hub.training.exchange_rows import DisclosureRow, ItemRow, QuestionRow
from samsyn.hub.training.journal import Act
from samsyn.hub.training.room import Room
from samsyn.hub.training.rows import Cell, Row


@dataclass(slots=True, kw_only=True)
class ObstacleRow(Row):
    """A row of the obstacle register."""

    TABLE: ClassVar = "disclosures_obstacle"
    id: str
    visible_to: str
    kind: str
    agency: str
    giver: str
    receiver: str
    case_id: str
    exchange: str | None = None
    fact: str | None = None
    provisions: list[str] = field(default_factory=list)
    outcome: str = ""
    question: Cell = field(default_factory=dict)
    purpose: str
    item_kind: str = ""
    initiative: str = "request"
    needed_for: str = ""
    needed_words: str = ""
    consequence: str = ""
    consequence_words: str = ""
    rulebook: str
    asked_on: date | None = None
    happened_on: date
    made_by: str | None
    made_by_name: str
    made_at: datetime
    entry: Cell


def write(kind: str, room: Room, entry: Act, **fields: Any) -> ObstacleRow:
    """A row that an act leaves, with an id of its own that takes nothing from chance."""
    told = (kind, fields.get("exchange"), fields.get("fact"), room.row.id, entry.at.isoformat())
    mark = sha256(repr(told).encode()).digest()
    row = ObstacleRow(
        id=str(UUID(bytes=mark[:16], version=4)),
        kind=kind,
        agency=room.agency,
        case_id=room.row.id,
        rulebook=room.affair.setting.law.version,
        happened_on=entry.at.date(),
        made_by=entry.account,
        made_by_name=room.officer.name,
        made_at=entry.at,
        entry=entry,
        **fields,
    )
    entry.rows.append(row)
    return row


def question_refused(room: Room, question: QuestionRow, grounds: list[str], entry: Act) -> None:
    """The holder said no to a question: a row at the holder."""
    write("question_refused", room, entry, **of_question(question, grounds, entry.at.date()))


def of_question(question: QuestionRow, grounds: list[str], day: date) -> dict[str, Any]:
    """What a row has of the question that was refused, on a day."""
    raw = plain_question(
        giver=question.holder,
        receiver=question.asker,
        purpose=question.purpose,
        on=day,
        secrecy=secrecy_among(grounds, day),
    )
    return {
        "visible_to": question.visible_to,
        "giver": question.holder,
        "receiver": question.asker,
        "exchange": question.exchange,
        "provisions": grounds,
        "outcome": CLOSED,
        "question": raw,
        "purpose": question.purpose,
        "asked_on": question.sent_at.date() if question.sent_at else None,
    }


def items_kept_back(
    kind: str,
    room: Room,
    draft: DisclosureRow,
    items: list[tuple[ItemRow, str]],
    entry: Act,
    asked_at: datetime | None,
) -> None:
    """Facts that did not leave: a row each at the giver.

    Args:
        kind: ``left_out`` or ``disclosure_refused``.
        room, draft: the giver's.
        items: each with the kind of the fact.
        entry: the decision.
        asked_at: when the question that the draft answers was sent.
    """
    for item, item_kind in items:
        if item.outcome != CLOSED and (kind == "left_out" or item.outcome != WEIGHED):
            continue
        write(
            kind,
            room,
            entry,
            visible_to=item.visible_to,
            giver=draft.agency,
            receiver=draft.receiver,
            exchange=draft.exchange,
            fact=item.fact_id,
            provisions=item.excluded_by or item.secrecy or [BETWEEN_AGENCIES],
            outcome=item.outcome,
            question=item.question,
            purpose=draft.purpose,
            item_kind=item_kind,
            initiative=draft.initiative,
            asked_on=asked_at.date() if asked_at else None,
        )
