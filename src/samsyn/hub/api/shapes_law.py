"""How is a question to the law put in the words of AuthZEN, and how is the answer said?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from samsyn.hub.api.shapes import Body, Cite, Code, Day, Line, Said
from samsyn.hub.api.shapes_exchange import StepOut

Stated = bool | Annotated[int, Field(ge=0, le=10**6)] | Line
Initiative = Literal["request", "own"]


class ReceiverProperties(Body):
    """More about the receiver."""

    function: Code = Field(
        default="", description="In which capacity; the usual one when left out."
    )


class Receiver(Body):
    """Who is to get the item."""

    type: Literal["agency"]
    id: Code = Field(description="Code of the agency.")
    properties: ReceiverProperties = ReceiverProperties()


class ReceiverKind(Body):
    """Receivers to look for."""

    type: Literal["agency"]


class AboutWhom(Body):
    """Whom the item is about."""

    kind: Literal["person", "company"] | None = None
    victim: bool = False
    child: bool = False
    protected: bool = False


class ItemProperties(Body):
    """What the law needs to know of an item."""

    holder: Code = Field(description="Code of the agency that holds it.")
    activity: Code = ""
    item_kind: Code = Field(default="", description="The id of the resource when left out.")
    categories: list[Code] | None = Field(default=None, max_length=30)
    subject: AboutWhom = AboutWhom()
    secrecy: list[Cite] | None = Field(
        default=None, max_length=20, description="Provisions; left out the rulebook proposes them."
    )


class Item(Body):
    """The item. Its id is the caller's, or a kind of item."""

    type: Literal["item"]
    id: Code
    properties: ItemProperties


class ItemKind(Body):
    """Items to look for: kinds of facts at a holder."""

    type: Literal["item"]
    properties: ItemProperties


class Purpose(Body):
    """For what, and how it came about."""

    purpose: Code
    initiative: Initiative = "request"


class Disclose(Body):
    """To tell it."""

    name: Literal["disclose"]
    properties: Purpose


class Circumstances(Body):
    """On which day, and what is stated of the facts that the law asks about."""

    on: Day | None = Field(default=None, description="Day of the decision; today when left out.")
    facts: dict[Code, Stated] = Field(
        default={}, max_length=60, description="By code; `unknown` is one."
    )


class Evaluation(Body):
    """May this receiver be told this item, for this purpose, on this day?"""

    subject: Receiver
    action: Disclose
    resource: Item
    context: Circumstances = Circumstances()


class PartOfMany(Body):
    """One of many; what is left out is taken from the whole."""

    subject: Receiver | None = None
    action: Disclose | None = None
    resource: Item | None = None
    context: Circumstances | None = None


class Options(Body):
    """How many are worked out."""

    evaluations_semantic: Literal["execute_all", "deny_on_first_deny", "permit_on_first_permit"] = (
        "execute_all"
    )


class Evaluations(PartOfMany):
    """Many at once."""

    evaluations: list[PartOfMany] = Field(min_length=1, max_length=100)
    options: Options = Options()


class Reason(Schema):
    """Why: what the law says and how it comes there."""

    outcome: str = Field(
        description="public, must, may, may_after_balancing or must_not. Where a person has to "
        "weigh, the decision is false until they have."
    )
    test: str
    duty: bool
    grounds: list[str]
    excluded_by: list[str]
    steps: list[StepOut]
    opened_by: list[Said] = Field(description="The smallest changes that would open it more.")
    ask_first: str = Field(description="The fact to find out first; empty when none is open.")


class DecisionContext(Schema):
    """What stands behind a decision."""

    reason: Reason
    rulebook: str


class Decision(Schema):
    """Whether it may be told without anybody weighing; never a disclosure by itself."""

    decision: bool
    context: DecisionContext


class Decisions(Schema):
    """In the order they were asked."""

    evaluations: list[Decision]


class Found(Schema):
    """Something that was found; of an action its name, of the others type and id."""

    type: str | None = None
    id: str | None = None
    name: str | None = None
    properties: dict[str, Any] = Field(default={})


class FoundPage(Schema):
    """There is one page always."""

    next_token: str = ""


class FoundContext(Schema):
    """What opens only after a person has weighed; no result, but worth asking about."""

    after_weighing: list[Found]


class Results(Schema):
    """What the law opens."""

    results: list[Found]
    page: FoundPage = FoundPage()
    context: FoundContext


class SearchReceivers(Body):
    """Which receivers may be told the item?"""

    subject: ReceiverKind
    action: Disclose
    resource: Item
    context: Circumstances = Circumstances()


class SearchItems(Body):
    """Which kinds of items at a holder may the receiver be told?"""

    subject: Receiver
    action: Disclose
    resource: ItemKind
    context: Circumstances = Circumstances()


class SearchPurposes(Body):
    """For which purposes, asked or by oneself, may the receiver be told the item?"""

    subject: Receiver
    resource: Item
    context: Circumstances = Circumstances()
