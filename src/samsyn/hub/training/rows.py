"""Which columns does each table have that the training data fills?

Plain rows, one class a table, with the names of the columns. A row is filled in while the matter
it belongs to is told, and written once the matter's later acts are known to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

Cell = Any
"""A value, or something that is known only when the row is written (a number, a log entry)."""


class Row:
    """A row of any table.

    Attributes:
        TABLE: name of the table.
    """

    __slots__ = ()

    TABLE: ClassVar[str]


@dataclass(slots=True, kw_only=True)
class AccountRow(Row):
    """A person who may sign in; without a password that works."""

    TABLE: ClassVar = "guard_account"
    id: str
    password: str = "!"
    email: str
    name: str
    agency: str
    title: str
    language: str = "sv"
    is_active: bool = True
    made_at: datetime
    made_by: str | None = None
    ended_on: date | None = None


@dataclass(slots=True, kw_only=True)
class RoleRow(Row):
    """A role from a day to a day."""

    TABLE: ClassVar = "guard_roleassignment"
    id: str
    account_id: str
    agency: str
    role: str
    centre: str
    from_day: date
    to_day: date | None = None
    given_by: str | None = None
    second_by: str | None = None
    given_at: datetime


@dataclass(slots=True, kw_only=True)
class TwoPersonRow(Row):
    """A grave act asked for by one and decided by another."""

    TABLE: ClassVar = "guard_twopersonrequest"
    id: str
    visible_to: str
    act: str
    about: dict[str, Cell]
    case: str | None
    reason: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    outcome: str = ""
    decision_reason: str = ""


@dataclass(slots=True, kw_only=True)
class EntityRow(Row):
    """A firm, workplace, person, vehicle or address as one agency knows it."""

    TABLE: ClassVar = "registry_entity"
    id: str
    visible_to: str
    received_from: str = ""
    bound_matter: str | None = None
    bound_purpose: str = ""
    valid_to: date | None = None
    kind: str
    name: str
    number: str
    number_kind: str
    certain: bool
    protected: bool
    address: str
    municipality: str
    note: str = ""
    part_of_id: str | None = None
    made_at: datetime
    made_by: str | None = None
    search: Cell = None


@dataclass(slots=True, kw_only=True)
class CaseRow(Row):
    """A case of one agency."""

    TABLE: ClassVar = "cases_case"
    id: str
    visible_to: str
    matter: str
    agency: str
    number: Cell
    title: str
    summary: str
    state: str
    origin: str
    told_by: str = ""
    purpose: str
    centre: str
    restricted: bool = False
    opened_on: date
    opened_by: str | None = None
    opened_by_name: str = ""
    closed_on: date | None = None
    outcome: str = ""
    keep_until: date | None = None
    changed_at: datetime
    version: int = 1
    search: Cell = None


@dataclass(slots=True, kw_only=True)
class MemberRow(Row):
    """A person on a case."""

    TABLE: ClassVar = "cases_casemember"
    id: str
    visible_to: str
    case_id: str
    account: str
    name: str
    duty: str
    from_day: date
    to_day: date | None = None


@dataclass(slots=True, kw_only=True)
class SubjectRow(Row):
    """What a case is about."""

    TABLE: ClassVar = "cases_casesubject"
    id: str
    visible_to: str
    case_id: str
    entity_id: str
    part: str = "object"


@dataclass(slots=True, kw_only=True)
class EventRow(Row):
    """One line of a timeline."""

    TABLE: ClassVar = "cases_event"
    id: str
    visible_to: str
    case_id: str
    at: datetime
    act: str
    by_name: str
    by_agency: str
    words: dict[str, Cell]
    entry: Cell
    about: str | None = None


@dataclass(slots=True, kw_only=True)
class FactRow(Row):
    """One item of information, the agency's own or a copy that was told."""

    TABLE: ClassVar = "cases_fact"
    id: str
    visible_to: str
    received_from: str = ""
    bound_matter: str | None = None
    bound_purpose: str = ""
    valid_to: date | None = None
    case_id: str
    agency: str
    entity_id: str | None
    item_kind: str
    subject_kind: str
    text: str
    holder: str
    activity: str
    secrecy: list[str]
    secrecy_confirmed_by: str | None = None
    marks: list[str]
    source: str
    observed_on: date | None
    state: str = "current"
    replaces_id: str | None = None
    derived_from: list[str] = field(default_factory=list)
    disclosure: str | None = None
    ground: str = ""
    common: bool = False
    entry: Cell = None
    made_at: datetime
    made_by: str | None = None
    made_by_name: str
    search: Cell = None


@dataclass(slots=True, kw_only=True)
class RegisterRow(Row):
    """One document in an agency's register."""

    TABLE: ClassVar = "cases_registerentry"
    id: str
    visible_to: str
    agency: str
    case_id: str | None
    number: Cell
    sequence: int
    direction: str
    registered_at: datetime
    dated: date
    counterpart: str
    about: str
    counterpart_secret: bool
    about_secret: bool
    mark_provision: list[str]
    mark_dated: date | None
    mark_agency: str
    mark_lifted_at: datetime | None = None
    document: str | None
    document_kind: str


@dataclass(slots=True, kw_only=True)
class CounterRow(Row):
    """The last number given in a series and year."""

    TABLE: ClassVar = "cases_registercounter"
    agency: str
    series: str
    year: int
    last: int


@dataclass(slots=True, kw_only=True)
class TaskRow(Row):
    """Something somebody is to do."""

    TABLE: ClassVar = "cases_task"
    id: str
    visible_to: str
    case_id: str
    what: str
    account: str
    name: str
    due_on: date | None
    done_at: datetime | None = None
    done_by_name: str = ""
    made_at: datetime
    made_by: str


@dataclass(slots=True, kw_only=True)
class ClockRow(Row):
    """A time within which something must happen."""

    TABLE: ClassVar = "cases_clock"
    id: str
    visible_to: str
    case_id: str
    what: str
    started_on: date
    working_days: int
    stopped_on: date | None = None


@dataclass(slots=True, kw_only=True)
class PauseRow(Row):
    """A stretch in which a clock stands still."""

    TABLE: ClassVar = "cases_clockpause"
    id: str
    visible_to: str
    clock_id: str
    from_day: date
    to_day: date | None = None
    reason: str
    question: str | None
    of_case: bool = False


@dataclass(slots=True, kw_only=True)
class LogRow(Row):
    """One entry of the chained log."""

    TABLE: ClassVar = "guard_log_entry"
    id: int
    lane: int
    seq: int
    at: datetime
    account: str | None
    agency: str
    act: str
    case_id: str | None
    matter: str | None
    purpose: str
    ground: str
    rulebook: str
    objects: str
    detail: str
    prev: str
    hash: str
