"""Why may one see what another agency gave, and why may another agency not see what one holds?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.assessing import Assessment, Wanted, assess
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.disclosures.reviewing.reads import signers_of
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Missing

MOST = 100


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """That a fact has been disclosed already.

    Attributes:
        disclosure: id of the decision.
        receiver: agency.
        at: when it was decided.
        by_name: who decided.
        ground: leading provision.
        recalled_at: when it was taken back; None while it stands.
        read_at: when the receiver first read it; None if it has not.
        signed_by: who countersigned; empty where nobody did.
    """

    disclosure: UUID
    receiver: str
    at: datetime
    by_name: str
    ground: str
    recalled_at: datetime | None
    read_at: datetime | None
    signed_by: str = ""


def receipt_of(actor: Actor, fact: Fact) -> Receipt:
    """By what a received fact came: who decided, on what, after which weighing, until when.

    Raises:
        Missing: if nothing that the person may see says so.
    """
    if fact.disclosure is None:
        raise Missing
    return Receipt.seen_one(actor, exchange=fact.disclosure)


def question_behind(actor: Actor, receipt: Receipt) -> Question | None:
    """The question that was answered, if one was asked."""
    if receipt.question is None:
        return None
    return Question.seen(actor).filter(exchange=receipt.question, side="asked").first()


def law_now(actor: Actor, fact: Fact, receiver: str, purpose: str, *, asked: bool) -> Assessment:
    """What the law says today of telling a fact to an agency for a purpose; nothing is told.

    Args:
        actor: the holder's officer.
        fact: the fact.
        receiver: agency.
        purpose: for what it would get it.
        asked: whether it asks for it; otherwise the holder would tell by itself.
    """
    wanted = Wanted(
        receiver=receiver,
        purpose=purpose,
        initiative="request" if asked else "own",
        on=actor.day,
    )
    return assess(fact, actor.agency, wanted)


def told_already(actor: Actor, fact: Fact, receiver: str = "") -> list[Told]:
    """To whom a fact has been disclosed, the latest first; a recalled one says so."""
    found = DisclosedFact.seen(actor).filter(
        fact=fact, left_out=False, disclosure__state__in=("delivered", "recalled")
    )
    decided = Disclosure.seen(actor).filter(pk__in=found.values("disclosure"))
    if receiver:
        decided = decided.filter(receiver=receiver)
    by_id = {row.pk: row for row in decided.order_by("-decided_at")[:MOST]}
    signed = signers_of(actor, [row.pk for row in by_id.values() if row.countersign])
    read = dict(found.filter(disclosure__in=by_id).values_list("disclosure", "read_at"))
    return [
        Told(
            disclosure=row.pk,
            receiver=row.receiver,
            at=row.decided_at or row.made_at,
            by_name=row.decided_by_name,
            ground=row.ground,
            recalled_at=row.recalled_at,
            read_at=read.get(row.pk),
            signed_by=signed.get(row.pk, ""),
        )
        for row in by_id.values()
    ]


class CaseExchange(msgspec.Struct, frozen=True, kw_only=True):
    """What has passed between this case and other agencies."""

    questions: list[Question]
    given: list[Disclosure]
    received: list[Receipt]


def exchange_of(actor: Actor, case: Case) -> CaseExchange:
    """Questions, disclosures and what came in, of one case, the newest first."""
    questions = Question.seen(actor).filter(case=case).order_by("-made_at")
    given = Disclosure.seen(actor).filter(case=case).order_by("-made_at")
    received = Receipt.seen(actor).filter(case=case).order_by("-received_at")
    return CaseExchange(
        questions=list(questions[:MOST]), given=list(given[:MOST]), received=list(received[:MOST])
    )
