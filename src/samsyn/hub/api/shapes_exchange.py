"""How is what passes between agencies said to a program: asked, told, received, and why?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from samsyn.hub.api.shapes import Body, Cite, Code, Day, Line, Said, Version, Words
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.guard.actor import Actor


def _same(cls: Any, row: Any, **others: Any) -> Any:
    """A shape from the columns of the same names."""
    fields = [name for name in cls.model_fields if name not in others]
    return cls(**{name: getattr(row, name) for name in fields}, **others)


class QuestionOut(Schema):
    """A question, as one's own side has it."""

    id: UUID
    exchange: UUID = Field(description="The same at both agencies.")
    side: str = Field(description="asked or received.")
    state: str
    asker: str
    asker_name: str
    holder: str
    case: UUID | None
    purpose: str
    about: str
    text: str
    due_on: date | None
    made_at: datetime
    sent_at: datetime | None
    taken_up_at: datetime | None
    ended_at: datetime | None
    answer_words: str
    refusal_grounds: list[str]

    @classmethod
    def of(cls, question: Question) -> QuestionOut:
        """The question."""
        found: QuestionOut = _same(cls, question, case=question.case_id)
        return found


class QuestionNew(Body):
    """A question to draft; nothing leaves yet."""

    holder: Code = Field(description="The agency that is asked.")
    text: Words
    activity: Code = Field(description="Where at one's own agency the interest is held.")
    entity: UUID | None = Field(default=None, description="One of the subjects of the case.")
    purpose: Code = Field(default="", description="The key's own when left out.")
    due_on: Day | None = None


class QuestionSend(Body):
    """To send a draft."""

    weighing: Words = Field(
        default="", description="A person's own words, where the law asks for them."
    )


class QuestionPlace(Body):
    """In which own case a question that came in is answered."""

    case: UUID


class QuestionRefuse(Body):
    """A refusal."""

    words: Words = Field(description="What the asker may know, and may do instead.")
    grounds: list[Cite] = Field(default=[], max_length=10)


class AssessmentOut(Schema):
    """What the law says of one fact, as it was asked."""

    id: UUID
    fact: UUID
    outcome: str
    test: str
    duty: bool
    grounds: list[str]
    excluded_by: list[str]
    steps: list[StepOut]
    text: str = Field(description="The exact text that would leave, or left.")
    left_out: bool
    read_at: datetime | None

    @classmethod
    def of(cls, item: DisclosedFact) -> AssessmentOut:
        """The item of a disclosure."""
        steps = [StepOut.of(step) for step in item.steps]
        found: AssessmentOut = _same(cls, item, fact=item.fact_id, steps=steps)
        return found


class StepOut(Schema):
    """One step of the law's reasoning."""

    sv: str
    en: str
    cites: list[str]

    @classmethod
    def of(cls, step: Any) -> StepOut:
        """The step as it was kept."""
        return cls(sv=step["sv"], en=step["en"], cites=step.get("cites", []))


AssessmentOut.model_rebuild()


class DisclosureOut(Schema):
    """A decision to tell, or not to tell: the giver's side."""

    id: UUID
    exchange: UUID
    kind: str
    state: str
    receiver: str
    receiver_function: str
    case: UUID
    question: UUID | None
    purpose: str
    initiative: str
    told_title: str
    weighing: str
    ground: str
    grounds: list[str]
    outcome: str
    law_day: date | None
    rulebook: str
    valid_to: date | None
    made_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    recalled_at: datetime | None
    version: int

    @classmethod
    def of(cls, row: Disclosure) -> DisclosureOut:
        """The disclosure."""
        found: DisclosureOut = _same(cls, row, case=row.case_id, question=row.question_id)
        return found


class DisclosureWhole(DisclosureOut):
    """A disclosure with what the law says of each of its facts."""

    assessments: list[AssessmentOut]


class DisclosureNew(Body):
    """A draft: some facts of a case for one receiver; nothing leaves yet."""

    case: UUID
    facts: list[UUID] = Field(min_length=1, max_length=200)
    receiver: Code
    receiver_function: Code = ""
    purpose: Code = Field(description="For what the receiver gets it.")
    question: UUID | None = Field(default=None, description="The question it answers.")
    told_title: Line = ""
    told_words: Words = ""
    valid_to: Day | None = None


class DisclosureDecide(Body):
    """A decision by the person the key acts as."""

    version: Version = Field(description="Of the draft as it was read.")
    weighing: Words = Field(
        default="", description="The person's own words, where the law asks for them."
    )
    left_out: list[UUID] = Field(default=[], max_length=200, description="Items that do not leave.")
    valid_to: Day | None = None


class DisclosureRefuse(Body):
    """A decision that nothing leaves."""

    version: Version
    reason: Words


class DisclosureRecall(Body):
    """To take back what was told."""

    reason: Words


class Recalled(Schema):
    """A recall, with what could not be taken back."""

    disclosure: DisclosureOut
    read: int = Field(description="Facts that the receiver had read; those it may keep by law.")


class ReceiptOut(Schema):
    """What came in by a disclosure: the receiver's side."""

    id: UUID
    exchange: UUID
    kind: str
    state: str
    giver: str
    case: UUID
    question: UUID | None = Field(description="Exchange of the question it answers.")
    purpose: str
    purpose_group: str
    initiative: str
    words: str
    weighed: bool
    ground: str
    grounds: list[str]
    law_day: date
    decided_by_name: str
    decided_at: datetime
    valid_to: date | None
    received_at: datetime
    read_at: datetime | None
    register_number: str
    items: int

    @classmethod
    def of(cls, row: Receipt) -> ReceiptOut:
        """The receipt."""
        found: ReceiptOut = _same(cls, row, case=row.case_id)
        return found


class Why(Schema):
    """Why the person may see a fact."""

    fact: UUID
    own: bool
    because: Said
    key: str = Field(description="The access key of the row, which the person holds today.")
    purpose_group: str
    valid_to: date | None
    receipt: ReceiptOut | None
    question: QuestionOut | None


def why_own(actor: Actor, fact: Fact) -> Why:
    """One's own agency's fact."""
    return Why(
        fact=fact.pk,
        own=True,
        because=Said(
            sv=f"Uppgiften är {fact.agency}:s egen, och din roll läser myndighetens ärenden.",
            en=f"The fact is {fact.agency}'s own, and your role reads the agency's cases.",
        ),
        key=fact.visible_to,
        purpose_group=fact.bound_purpose,
        valid_to=fact.valid_to,
        receipt=None,
        question=None,
    )


def why_received(actor: Actor, fact: Fact, receipt: Receipt, question: Question | None) -> Why:
    """A fact that another agency gave."""
    giver, ground, by = receipt.giver, receipt.ground, receipt.decided_by_name
    return Why(
        fact=fact.pk,
        own=False,
        because=Said(
            sv=f"{giver} lämnade ut den enligt {ground}; {by} beslutade. Du läser den i det "
            "ärende och för det ändamål den gavs för.",
            en=f"{giver} disclosed it under {ground}; {by} decided. You read it in the case and "
            "for the purpose it was given for.",
        ),
        key=fact.visible_to,
        purpose_group=fact.bound_purpose,
        valid_to=fact.valid_to,
        receipt=ReceiptOut.of(receipt),
        question=QuestionOut.of(question) if question else None,
    )
