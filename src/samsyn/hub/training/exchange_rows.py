"""Which columns do the tables have that hold what passes between agencies?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from samsyn.hub.training.copying import Json
from samsyn.hub.training.rows import Cell, Row


@dataclass(slots=True, kw_only=True)
class QuestionRow(Row):
    """A question, as the asker or the holder has it."""

    TABLE: ClassVar = "disclosures_question"
    id: str
    visible_to: str
    exchange: str
    side: str
    state: str
    asker: str
    asker_name: str
    asker_number: Cell
    holder: str
    case_id: str | None
    matter: str
    purpose: str
    about: str
    entity: str | None
    text: str
    due_on: date | None
    made_by: str | None
    made_at: datetime
    sent_at: datetime | None = None
    ended_at: datetime | None = None
    taken_up_at: datetime | None = None
    answer_words: str = ""
    refusal_grounds: list[str] = field(default_factory=list)
    law: Cell = field(default_factory=dict)
    question_set: str = ""
    items: Cell = field(default_factory=lambda: Json("[]"))
    round: str | None = None
    search: Cell = None


@dataclass(slots=True, kw_only=True)
class DisclosureRow(Row):
    """A decision to tell or not: the giver's row."""

    TABLE: ClassVar = "disclosures_disclosure"
    id: str
    visible_to: str
    exchange: str
    kind: str = "facts"
    state: str = "draft"
    agency: str
    receiver: str
    receiver_function: str
    case_id: str
    matter: str
    question_id: str | None
    purpose: str
    purpose_group: str
    initiative: str
    told_title: str
    told_words: str
    told_search: Cell = None
    weighing: str = ""
    weighing_outcome: str = ""
    facts_stated: dict[str, Cell]
    ground: str = ""
    grounds: list[str] = field(default_factory=list)
    outcome: str = ""
    test: str = ""
    law_day: date | None = None
    rulebook: str = ""
    common: bool = False
    valid_to: date | None = None
    made_by: str
    made_at: datetime
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    entry: Cell = None
    recalled_at: datetime | None = None
    recalled_by_name: str = ""
    recall_reason: str = ""
    completes: bool = True
    refused_items: Cell = field(default_factory=dict)
    countersign: str = ""
    came_of_it: str = ""
    came_words: str = ""
    came_at: datetime | None = None
    version: int = 1


@dataclass(slots=True, kw_only=True)
class ItemRow(Row):
    """One fact of a disclosure and what the law said of it."""

    TABLE: ClassVar = "disclosures_disclosedfact"
    id: str
    visible_to: str
    disclosure_id: str
    fact_id: str
    text: str
    left_out: bool = False
    with_files: bool = False
    answers: str = ""
    secrecy: list[str]
    marks: list[str]
    outcome: str
    test: str
    duty: bool
    grounds: list[str]
    excluded_by: list[str]
    question: Cell
    steps: Cell
    copy: str | None = None
    read_at: datetime | None = None
    exported_at: datetime | None = None
    search: Cell = None


@dataclass(slots=True, kw_only=True)
class ReceiptRow(Row):
    """What came in by a disclosure: the receiver's row."""

    TABLE: ClassVar = "disclosures_receipt"
    id: str
    visible_to: str
    exchange: str
    kind: str
    state: str = "received"
    agency: str
    giver: str
    case_id: str
    question: str | None
    purpose: str
    purpose_group: str
    initiative: str
    words: str
    weighed: bool
    ground: str
    grounds: list[str]
    rulebook: str
    law_day: date
    decided_by_name: str
    decided_at: datetime
    valid_to: date | None
    received_at: datetime
    read_at: datetime | None = None
    register_number: Cell
    entry: Cell
    items: int
    answered: Cell = field(default_factory=dict)
    came_of_it: str = ""
    came_words: str = ""
    came_at: datetime | None = None
    came_by_name: str = ""
    ended_on: date | None = None
    locked_at: datetime | None = None
    locked_by_name: str = ""
    lock_proof: Cell = field(default_factory=dict)
