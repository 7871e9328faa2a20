"""What has been asked, answered, disclosed and received, as one person may see it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import CharField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from samsyn.hub.cases.closed_field import CLOSED_NAME, MARK
from samsyn.hub.cases.closed_texts import open_for, without_person
from samsyn.hub.cases.models import Case, CaseSubject, Event, Fact, RegisterEntry, SealedFile
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.disclosures.phrases import ASKED, GIVEN, GOT, RECEIVED, State
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.registry.models import Entity
from samsyn.kernel.search_words import to_tsquery_text

MOST_SHOWN = 200
"""Facts of a case that are offered at once; a case with more is searched."""


def read_counts(actor: Actor, disclosures: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """For each disclosure how many facts it carries, and how many of them have been read."""
    rows = (
        DisclosedFact.seen(actor)
        .filter(disclosure__in=list(disclosures), left_out=False)
        .values_list("disclosure")
        .annotate(Count("pk"), Count("read_at"))
    )
    return {disclosure: (facts, read) for disclosure, facts, read in rows}


def question_state(question: Question) -> State:
    """How far a question has come, seen from the own side."""
    partly = question.state == "sent" and getattr(question, "partly", False)
    if question.side == "received":
        key = ("placed" if question.case_id else "unplaced") if question.state == "sent" else ""
        return RECEIVED["partly" if partly else key or question.state]
    taken = question.state == "sent" and question.taken_up_at is not None
    return ASKED["partly" if partly else "taken_up" if taken else question.state]


def disclosure_state(disclosure: Disclosure, day: date, facts: int, read: int) -> State:
    """How far a disclosure has come: read or not, still readable or not."""
    if disclosure.state != "delivered":
        return GIVEN.get(disclosure.state, GIVEN["draft"])
    if disclosure.valid_to is not None and disclosure.valid_to < day:
        return GIVEN["expired"]
    return GIVEN["read" if read and read == facts else "some_read" if read else "unread"]


def receipt_state(receipt: Receipt, day: date) -> State:
    """Whether what came in can still be read."""
    if receipt.state == "received" and receipt.valid_to is not None and receipt.valid_to < day:
        return GOT["expired"]
    if receipt.state == "received" and purpose_over(receipt, day):
        return GOT["over"]
    unread = receipt.state == "received" and receipt.read_at is None
    return GOT["unread" if unread else receipt.state]


def purpose_is_over(day: date) -> Q:
    """The receipts whose purpose has ended while what came can still be locked."""
    over = Q(ended_on__lte=day) | Q(case__state__in=["closed", "archived"]) | Q(valid_to__lt=day)
    return Q(state="received") & over


def purpose_over(receipt: Receipt, day: date) -> str:
    """Why the purpose for which something came is over: ``said``, ``closed`` or ``expired``.

    Empty while it is not, or when nothing is left to lock.
    """
    if receipt.state != "received":
        return ""
    if receipt.ended_on is not None and receipt.ended_on <= day:
        return "said"
    if receipt.case.state in ("closed", "archived"):
        return "closed"
    return "expired" if receipt.valid_to is not None and receipt.valid_to < day else ""


def items_of(actor: Actor, disclosure: Disclosure) -> list[DisclosedFact]:
    """The facts of a disclosure in a lasting order, each with its fact, object and own files.

    Without the reasoning of the law, which is heavy: see :func:`with_reasons`.
    """
    files = SealedFile.seen(actor).filter(fact=OuterRef("fact"), state="current", received_from="")
    names = ArraySubquery(files.order_by("name").values(row=JSONObject(name="name", marks="marks")))
    rows = DisclosedFact.seen(actor).filter(disclosure=disclosure).annotate(files_bound=names)
    rows = rows.defer("question", "steps", "search", "fact__search")
    items: list[Any] = list(
        rows.select_related("fact", "fact__entity").order_by("fact__made_at", "pk")
    )
    open_for(actor, disclosure.case_id, [item.fact for item in items])
    without_person(item.fact for item in items)
    for item in items:
        item.file_names = [_called(file, item.fact) for file in item.files_bound]
    return items


def with_reasons(actor: Actor, items: Sequence[DisclosedFact]) -> Sequence[DisclosedFact]:
    """The same facts with the reasoning of the law as it was on the day."""
    rows = DisclosedFact.seen(actor).filter(pk__in=[item.pk for item in items])
    steps = dict(rows.values_list("pk", "steps"))
    for item in items:
        item.steps = steps.get(item.pk, [])
    return items


def _called(file: Mapping[str, Any], fact: Fact) -> str:
    """What a file is called: closed as long as the fact it would go along with is."""
    opened = MARK in fact.marks and fact.opened_until is not None
    return said(CLOSED_NAME) if MARK in file["marks"] and not opened else str(file["name"])


def receipts_of_question(actor: Actor, question: Question) -> list[Receipt]:
    """What came in as answers to a question of one's own."""
    return list(Receipt.seen(actor).filter(question=question.exchange).order_by("received_at"))


def drafts_of_question(actor: Actor, question: Question) -> list[Disclosure]:
    """What has been prepared or decided as answers to a question that came in."""
    return list(Disclosure.seen(actor).filter(question=question).order_by("-made_at")[:MOST_SHOWN])


def cases_for_question(actor: Actor, question: Question) -> tuple[list[Case], list[Case]]:
    """Own open cases in which a question may belong: about the same object, and the newest."""
    parts = [part.strip() for part in question.about.split(",") if part.strip()]
    # The agency too, which the keys say already: it leads to the index in order of change.
    own = Case.seen(actor).filter(agency=actor.agency)
    own = own.exclude(state__in=["closed", "archived", "withdrawn"])
    same: list[Case] = []
    if parts:
        number = "".join(filter(str.isalnum, parts[1])) if len(parts) > 1 else ""
        about = Q(name=parts[0]) | Q(number=number) if number else Q(name=parts[0])
        known = CaseSubject.seen(actor).filter(entity__in=Entity.seen(actor).filter(about))
        same = list(own.filter(pk__in=known.values("case")).order_by("-changed_at")[:5])
    newest = own.exclude(pk__in=[case.pk for case in same]).order_by("-changed_at")[:5]
    return same, list(newest)


def known_agencies(actor: Actor, case: Case) -> list[str]:
    """Agencies that are in the matter as far as the own agency knows: told by them, or told to.

    What another agency has asked or told a third is known to nobody here.
    """
    given = Disclosure.seen(actor).filter(case=case, state="delivered").values_list("receiver")
    got = Receipt.seen(actor).filter(case=case).values_list("giver")
    asked = Question.seen(actor).filter(case=case, side="asked").exclude(state="draft")
    rows = given.union(got, asked.values_list("holder"))
    found = {row[0] for row in rows} | {case.told_by}
    return sorted(found - {"", actor.agency})


def facts_to_tell(
    actor: Actor, case: Case, words: str = "", chosen: Iterable[str] = ()
) -> list[Fact]:
    """The newest facts of a case that still hold, own ones and received ones.

    Args:
        actor, case: who chooses, and in which case.
        words: only those that have these words, as the search finds them; all when empty.
        chosen: ids of those that are there whatever the words; what is no id is left out.
    """
    rows = Fact.seen(actor).filter(case=case, state="current").select_related("entity")
    if asked := to_tsquery_text(words):
        found = Q(search=SearchQuery(asked, config="simple", search_type="raw"))
        rows = rows.filter(found | Q(pk__in=_ids_in(chosen)))
    return without_person(rows.order_by("-made_at")[:MOST_SHOWN])


def _ids_in(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def objects_of(actor: Actor, case: Case) -> list[Entity]:
    """What a case is about."""
    rows = Entity.seen(actor).filter(cases__case=case).order_by("kind", "name")
    return list(rows.distinct()[:MOST_SHOWN])


def copies_of(actor: Actor, receipt: Receipt) -> list[Fact]:
    """What came in by a disclosure and can be read in the matter and for the purpose acted for."""
    rows = Fact.seen(actor).filter(
        disclosure=receipt.exchange, case=receipt.case_id, state="current"
    )
    return without_person(rows.select_related("entity").order_by("made_at", "pk"))


def copied_files(actor: Actor, receipt: Receipt) -> list[SealedFile]:
    """The files that came with it."""
    rows = SealedFile.seen(actor).filter(disclosure=receipt.exchange, state="current")
    return list(rows.order_by("name"))


def recalled_at(actor: Actor, receipt: Receipt) -> datetime | None:
    """When the giver recalled it, as the timeline of the case tells."""
    lines = Event.seen(actor).filter(case=receipt.case_id, about=receipt.exchange)
    return lines.filter(act="disclosure.recalled").values_list("at", flat=True).first()


def registered(actor: Actor) -> Any:
    """Under which number of the own register the row's exchange was registered, as a subquery."""
    lines = (
        RegisterEntry.seen(actor).filter(document=OuterRef("exchange")).order_by("registered_at")
    )
    number = Concat("number", Value("-"), Cast("sequence", CharField()))
    return Subquery(lines.annotate(whole=number).values("whole")[:1])
