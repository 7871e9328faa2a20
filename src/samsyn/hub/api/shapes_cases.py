"""How are cases, their subjects and their facts said to a program?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from samsyn.hub.api.shapes import Body, Cite, Code, Day, Line, Said, Words
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.phrases import PROTECTED
from samsyn.hub.cases.reads_facts import FactRow, SubjectRow
from samsyn.hub.guard.language import said

SubjectKind = Literal["", "person", "company"]
Marks = Literal["victim", "child", "protected", "tip_giver", "may_not_be_told"]


class CaseOut(Schema):
    """A case of one's own agency."""

    id: UUID
    number: str
    title: str
    summary: str
    state: str
    origin: str
    told_by: str
    purpose: str
    centre: str
    restricted: bool
    opened_on: date
    closed_on: date | None
    outcome: str
    changed_at: datetime
    version: int

    @classmethod
    def of(cls, case: Case) -> CaseOut:
        """The case."""
        return cls(**{name: getattr(case, name) for name in cls.model_fields})


class SubjectOut(Schema):
    """Whom or what a case is about; a protected person only as such."""

    id: UUID
    kind: str
    name: str
    number: str
    protected: bool
    received_from: str

    @classmethod
    def of(cls, row: SubjectRow) -> SubjectOut:
        """The subject, masked where the page masks it."""
        entity = row.entity
        name = said(PROTECTED) if row.masked else entity.name
        return cls(
            id=entity.pk,
            kind=entity.kind,
            name=name,
            number=row.number,
            protected=entity.protected,
            received_from=entity.received_from,
        )


class CaseWhole(CaseOut):
    """A case with those it is about."""

    subjects: list[SubjectOut]


class CaseNew(Body):
    """A case to open."""

    title: Line
    summary: Words = ""
    purpose: Code = Field(default="", description="The key's own when left out.")
    centre: Code = ""
    restricted: bool = Field(default=False, description="Only those assigned to it see it.")


class CaseClose(Body):
    """What came of a case."""

    outcome: Words


class FactOut(Schema):
    """A fact with the law it carries."""

    id: UUID
    case: UUID
    text: str
    item_kind: str
    kind: Said = Field(description="The kind in words.")
    about: str | None
    subject_kind: str
    holder: str
    activity: str
    secrecy: list[str]
    secrecy_confirmed: bool
    marks: list[str]
    level: str = Field(description="secret, protected, open or unassessed.")
    source: str
    observed_on: date | None
    state: str
    replaces: UUID | None
    derived_from: list[UUID]
    received_from: str = Field(description="The agency that gave it; empty for one's own.")
    ground: str
    valid_to: date | None
    files: int
    made_at: datetime
    made_by_name: str

    @classmethod
    def of(cls, row: FactRow) -> FactOut:
        """The fact, as its page shows it: what is closed there is closed here."""
        fact = row.fact
        same = (
            "text item_kind subject_kind holder activity secrecy marks source observed_on state "
            "derived_from received_from ground valid_to made_at made_by_name"
        ).split()
        return cls(
            id=fact.pk,
            case=fact.case_id,
            kind=Said.of(row.kind),
            about=said(row.about) if row.about else None,
            secrecy_confirmed=fact.secrecy_confirmed_by is not None,
            level=row.level,
            replaces=fact.replaces_id,
            files=row.files,
            **{name: getattr(fact, name) for name in same},
        )


class FactNew(Body):
    """A fact to write. What decides who sees it is the case, and cannot be sent."""

    text: Words
    item_kind: Code = Field(description="As listed by `/law/words`.")
    activity: Code = Field(description="Where at one's own agency it is held.")
    subject_kind: SubjectKind = ""
    entity: UUID | None = Field(default=None, description="One of the subjects of the case.")
    secrecy: list[Cite] | None = Field(
        default=None,
        max_length=20,
        description="Provisions a person has confirmed; left out they are proposed, unconfirmed.",
    )
    marks: list[Marks] = Field(default=[], max_length=5)
    source: Line = ""
    observed_on: Day | None = None
    derived_from: list[UUID] = Field(default=[], max_length=50)


class FactCorrection(Body):
    """What a fact should say, and what was wrong."""

    text: Words
    reason: Words
