"""How does a request come to a question, a disclosure or a receipt, and who may open it?"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connections
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.room import chosen_purpose, enter_case
from samsyn.hub.disclosures.models import Disclosure, Question, Receipt
from samsyn.hub.disclosures.reads import registered
from samsyn.hub.disclosures.reads_answering import partly_answered
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.middleware import enter_as
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def acting(request: HttpRequest, act: str = "disclosure.read") -> Actor:
    """Who asks, if one of the person's roles permits the act.

    Raises:
        Missing: if nobody has signed in.
        Refused: naming the act.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Missing
    require(actor, act)
    return actor


def sent(request: HttpRequest) -> QueryDict | None:
    """The form that was sent, also an empty one; None when none was."""
    return request.POST if request.method == "POST" else None


def enter_matter(request: HttpRequest, case_id: UUID, act: str = "case.read") -> tuple[Actor, Case]:
    """Go on in a case, if one of the person's roles permits the act.

    Raises:
        Missing: if there is no such case for this person.
        Refused: naming the act.
    """
    acting(request, act)
    case = enter_case(request, case_id)
    return acting(request, act), case


def enter_disclosure(request: HttpRequest, disclosure_id: UUID) -> Disclosure:
    """A disclosure of the own agency, with its case entered.

    Raises:
        Missing: if there is none for this person.
    """
    actor = acting(request)
    rows = Disclosure.seen(actor).filter(pk=disclosure_id).annotate(registered=registered(actor))
    found = rows.select_related("case", "question", "question__case").first()
    if found is None:
        raise Missing
    _go_in(request, actor, found.case)
    return found


def enter_question(request: HttpRequest, question_id: UUID) -> Question:
    """A question of the own agency, with its case entered where it has one.

    Raises:
        Missing: if there is none for this person.
    """
    actor = acting(request)
    rows = Question.seen(actor).filter(pk=question_id)
    rows = rows.annotate(registered=registered(actor), partly=partly_answered(actor))
    found = rows.select_related("case").first()
    if found is None:
        raise Missing
    if found.case is not None:
        _go_in(request, actor, found.case)
    return found


def _go_in(request: HttpRequest, actor: Actor, case: Case) -> None:
    """Act in a case that this person was seen to see just now."""
    purpose = chosen_purpose(request, case)
    request.matter_name = f"{case.number} {case.title}"  # type: ignore[attr-defined]
    group = purpose_group(purpose)
    within = actor.within(case=case.pk, matter=case.matter, purpose=purpose, purpose_group=group)
    enter_as(request, within)


def enter_receipt(
    request: HttpRequest, case_id: UUID, receipt_id: UUID
) -> tuple[Actor, Case, Receipt]:
    """What came in in a case, named by both, with the case entered.

    Raises:
        Missing: if there is no such receipt in the case for this person.
    """
    actor, case = enter_matter(request, case_id)
    asked = Question.seen(actor).filter(exchange=OuterRef("question"), side="asked")
    rows = Receipt.seen(actor).filter(pk=receipt_id, case=case)
    found = rows.annotate(
        asked=Subquery(asked.values("pk")[:1]), asked_items=Subquery(asked.values("items")[:1])
    ).first()
    if found is None:
        raise Missing
    found.case = case
    return actor, case, found


def mark_read(copies: Iterable[Fact], *, exported: bool = False) -> None:
    """Tell the givers of received facts that they have been read, or taken out of the hub."""
    ids = [copy.pk for copy in copies if copy.received_from]
    if ids:
        with connections["default"].cursor() as cursor:
            cursor.execute("select disclosures_mark_read(%s::uuid[], %s)", [ids, exported])
