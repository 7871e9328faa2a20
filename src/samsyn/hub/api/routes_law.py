"""Calls about the law: decisions and searches in the words of AuthZEN, and the words themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from samsyn.hub.api import law_access
from samsyn.hub.api.entering import acting, enter_case
from samsyn.hub.api.shapes import Body, Code, Said
from samsyn.hub.api.shapes_law import (
    Decision,
    Decisions,
    Evaluation,
    Evaluations,
    Initiative,
    Results,
    SearchItems,
    SearchPurposes,
    SearchReceivers,
)
from samsyn.hub.cases.actions.facts import own_fact
from samsyn.hub.cases.fact_kinds import kinds_of
from samsyn.hub.cases.reads_facts import fact_of
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.disclosures.why import law_now
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.law.schema import Code as Word

router = Router(tags=["law"])


@router.post("/access/v1/evaluation", response=Decision, summary="May it be told?")
def evaluate(request: HttpRequest, payload: Evaluation) -> Decision:
    """The law's answer to one question, as AuthZEN's Access Evaluation. Nothing is told by it."""
    asked = payload
    return law_access.decide(
        law_access.question_of(
            asked.subject, asked.action, asked.resource, asked.context, acting(request).day
        )
    )


@router.post("/access/v1/evaluations", response=Decisions, summary="May they be told?")
def evaluate_many(request: HttpRequest, payload: Evaluations) -> Decisions:
    """Up to a hundred at once; what a part leaves out is taken from the whole."""
    semantic = payload.options.evaluations_semantic
    day = acting(request).day
    found = law_access.decide_many(payload, payload.evaluations, semantic, day)
    return Decisions(evaluations=list(found))


@router.post("/access/v1/search/subject", response=Results, summary="Who may be told?")
def search_receivers(request: HttpRequest, payload: SearchReceivers) -> Results:
    """The cooperating agencies that may be told the item, in their usual function."""
    return law_access.receivers_of(payload, acting(request).day)


@router.post("/access/v1/search/resource", response=Results, summary="What may be told?")
def search_items(request: HttpRequest, payload: SearchItems) -> Results:
    """The kinds of facts at the holder that the receiver may be told for the purpose."""
    return law_access.items_of(payload, acting(request).day)


@router.post("/access/v1/search/action", response=Results, summary="For what may it be told?")
def search_purposes(request: HttpRequest, payload: SearchPurposes) -> Results:
    """The purposes, asked or on own initiative, for which the item may be told."""
    return law_access.purposes_of(payload, acting(request).day)


class FactAsked(Body):
    """To whom and for what a fact would be told."""

    receiver: Code
    purpose: Code
    initiative: Initiative = "own"


@router.post(
    "/cases/{uuid:case_id}/facts/{uuid:fact_id}/evaluate",
    response=Decision,
    summary="May this fact be told?",
)
def evaluate_fact(
    request: HttpRequest, case_id: UUID, fact_id: UUID, payload: FactAsked
) -> Decision:
    """What the law says today of telling a fact of one's own. Nothing is told by it."""
    actor, case = enter_case(request, case_id, "fact.read")
    fact = fact_of(actor, case, fact_id).fact
    own_fact(fact)
    look(actor, "fact.read", objects=[fact], detail="why not")
    asked = payload.initiative == "request"
    return law_access.decision_of(
        law_now(actor, fact, payload.receiver, payload.purpose, asked=asked)
    )


class WordOut(Schema):
    """A code and what it means."""

    code: str
    name: Said


class KindOut(WordOut):
    """A kind of fact."""

    subject: str
    activity: str = ""


class PurposeOut(WordOut):
    """A purpose and its group, to which what is received is bound."""

    group: str


class WordsOut(Schema):
    """The codes that calls take."""

    rulebook: str
    item_kinds: list[KindOut]
    activities: list[WordOut]
    purposes: list[PurposeOut]
    marks: list[WordOut]


@router.get("/law/words", response=WordsOut, summary="The words of the rulebook")
def words(request: HttpRequest) -> WordsOut:
    """Kinds of facts, the agency's own activities, purposes and marks, with their names."""
    agency = acting(request).agency
    vocabulary = current_rulebook().vocabulary
    activities = [
        WordOut(code=code, name=Said.of(entry.name))
        for code in vocabulary.activities_of(agency)
        if isinstance(entry := vocabulary.activities.known.get(code), Word)
    ]
    return WordsOut(
        rulebook=current_rulebook().version,
        item_kinds=[
            KindOut(
                code=kind.code,
                name=Said.of(kind.name),
                subject=kind.subject,
                activity=kind.holders.get(agency, ""),
            )
            for kind in kinds_of(agency)
        ],
        activities=activities,
        purposes=[
            PurposeOut(code=entry.code, name=Said.of(entry.name), group=str(entry.group or ""))
            for entry in law_access.purposes()
        ],
        marks=[WordOut(code=code, name=Said.of(name)) for code, name in MARK_NAMES.items()],
    )
