"""What does the law say to a question put in the words of AuthZEN?

A decision is true only where the law opens the item by itself. Where it asks for a weighing the
answer is no, with the reason that a person has to weigh: no program does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from samsyn.hub.api.shapes import Said
from samsyn.hub.api.shapes_exchange import StepOut
from samsyn.hub.api.shapes_law import (
    Circumstances,
    Decision,
    DecisionContext,
    Disclose,
    Found,
    FoundContext,
    Item,
    ItemProperties,
    PartOfMany,
    Reason,
    Receiver,
    Results,
    SearchItems,
    SearchPurposes,
    SearchReceivers,
)
from samsyn.hub.cases.fact_kinds import fact_kinds, usual_function
from samsyn.hub.disclosures.assessing import OPENS, WEIGHED, Assessment, assess_question
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.kernel.text import Text
from samsyn.law.schema import Code

INITIATIVES = ("request", "own")


def question_of(
    receiver: Receiver, action: Disclose, item: Item, context: Circumstances, today: date
) -> dict[str, Any]:
    """The question to the law, in its own words."""
    raw = _about(item.properties, item.properties.item_kind or item.id)
    return (
        raw
        | _wanted(receiver.id, receiver.properties.function, context, today)
        | {
            "purpose": action.properties.purpose,
            "initiative": action.properties.initiative,
        }
    )


def _about(item: ItemProperties, kind: str) -> dict[str, Any]:
    return {
        "giver": item.holder,
        "activity": item.activity or None,
        "item_kind": kind or None,
        "categories": item.categories,
        "subject": item.subject.model_dump(),
        "secrecy": item.secrecy,
    }


def _wanted(receiver: str, function: str, context: Circumstances, today: date) -> dict[str, Any]:
    return {
        "on": (context.on or today).isoformat(),
        "receiver": receiver,
        "receiver_function": function or usual_function(receiver) or None,
        "facts": dict(context.facts),
    }


def decide(raw: dict[str, Any]) -> Decision:
    """The law's answer as a decision with its reason.

    Raises:
        Invalid: naming the field that cannot be used.
    """
    return decision_of(assess_question(raw))


def decision_of(law: Assessment) -> Decision:
    """An answer of the law as a decision."""
    reason = Reason(
        outcome=law.outcome,
        test=law.test,
        duty=law.duty,
        grounds=law.grounds,
        excluded_by=law.excluded_by,
        steps=[StepOut.of(step) for step in law.steps],
        opened_by=[Said(**way) for way in law.opened_by],
        ask_first=law.ask_first,
    )
    return Decision(
        decision=law.outcome in OPENS,
        context=DecisionContext(reason=reason, rulebook=law.rulebook),
    )


def decide_many(
    whole: PartOfMany, parts: Iterable[PartOfMany], semantic: str, today: date
) -> Iterator[Decision]:
    """Many decisions, until one says that no more are wanted.

    Raises:
        Invalid: naming what one of them lacks.
    """
    last = {"deny_on_first_deny": False, "permit_on_first_permit": True}.get(semantic)
    for number, part in enumerate(parts):
        decision = decide(_whole(whole, part, number, today))
        yield decision
        if decision.decision is last:
            return


def _whole(whole: PartOfMany, part: PartOfMany, number: int, today: date) -> dict[str, Any]:
    receiver = part.subject or whole.subject
    action = part.action or whole.action
    item = part.resource or whole.resource
    named = {"subject": receiver, "action": action, "resource": item}
    if receiver is None or action is None or item is None:
        lacking = next(name for name, value in named.items() if value is None)
        raise Invalid(
            f"evaluations.{number}.{lacking}",
            Text(
                sv=f"evaluations.{number}: {lacking} saknas, både där och i helheten.",
                en=f"evaluations.{number}: {lacking} is missing, there and in the whole.",
            ),
        )
    context = part.context or whole.context or Circumstances()
    return question_of(receiver, action, item, context, today)


def receivers_of(asked: SearchReceivers, today: date) -> Results:
    """The cooperating agencies that may be told the item."""
    day = asked.context.on or today
    holder = current_rulebook().vocabulary.agencies.require(asked.resource.properties.holder)
    members = sorted(current_organisation().cooperation_members(day) - {holder})
    raw = (
        _about(asked.resource.properties, asked.resource.properties.item_kind or asked.resource.id)
        | asked.action.properties.model_dump()
    )
    return _results(
        (Found(type="agency", id=code), raw | _wanted(code, "", asked.context, today))
        for code in members
    )


def items_of(asked: SearchItems, today: date) -> Results:
    """The kinds of facts at the holder that the receiver may be told."""
    given = asked.resource.properties
    raw = (
        _wanted(asked.subject.id, asked.subject.properties.function, asked.context, today)
        | asked.action.properties.model_dump()
    )
    found = []
    for kind in fact_kinds().values():
        activity = given.activity or kind.holders.get(given.holder, "")
        if not activity or given.item_kind not in ("", kind.code):
            continue
        about = _about(given, kind.code) | {"activity": activity}
        if given.subject.kind is None:
            about["subject"] = {**given.subject.model_dump(), "kind": kind.subject}
        properties = {"holder": given.holder, "activity": activity}
        found.append((Found(type="item", id=kind.code, properties=properties), about | raw))
    return _results(found)


def purposes_of(asked: SearchPurposes, today: date) -> Results:
    """The purposes, asked or by oneself, for which the receiver may be told the item."""
    item = asked.resource
    raw = _about(item.properties, item.properties.item_kind or item.id) | _wanted(
        asked.subject.id, asked.subject.properties.function, asked.context, today
    )
    return _results(
        (Found(name="disclose", properties=wanted), raw | wanted)
        for purpose in purposes()
        for wanted in ({"purpose": purpose.code, "initiative": way} for way in INITIATIVES)
    )


def purposes() -> list[Code]:
    """Every purpose of the rulebook."""
    known = current_rulebook().vocabulary.purposes.known.values()
    return [entry for entry in known if isinstance(entry, Code)]


def _results(asked: Iterable[tuple[Found, dict[str, Any]]]) -> Results:
    rulebook = current_rulebook()
    opened, weighed = [], []
    for found, raw in asked:
        outcome = rulebook.ask(rulebook.read(raw)).outcome
        if outcome in OPENS:
            opened.append(found)
        elif outcome == WEIGHED:
            weighed.append(found)
    return Results(results=opened, context=FoundContext(after_weighing=weighed))
