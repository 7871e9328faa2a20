"""Which questions and disclosures stand in the five lists, as one person may see them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.disclosures.phrases import State
from samsyn.hub.disclosures.reads import (
    disclosure_state,
    purpose_is_over,
    question_state,
    read_counts,
    receipt_state,
)
from samsyn.hub.disclosures.reads_answering import partly_answered
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.text import Text

A_PAGE = 50
MOST_COUNTED = 1000


class Filter(msgspec.Struct, frozen=True):
    """A choice of rows, with its word in addresses."""

    code: str
    name: Text
    where: Callable[[Actor], Q]


class Tab(msgspec.Struct, frozen=True):
    """A list, with its word in addresses and its choices; the first is the usual one."""

    code: str
    name: Text
    filters: tuple[Filter, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list.

    Attributes:
        pk: id of what it is about, for the log.
        url: where it opens.
        title: what it is about.
        under: a line more.
        agency: the other side.
        case: the own case; None where there is none.
        day: by when, or until when.
        late: whether that day has passed while it still matters.
    """

    pk: UUID
    url: str
    title: str
    under: Text | None
    agency: str
    case: Case | None
    day: date | None
    late: bool
    state: State


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list."""

    rows: list[Row]
    more: bool


def _f(code: str, sv: str, en: str, where: Callable[[Actor], Q]) -> Filter:
    return Filter(code, Text(sv=sv, en=en), where)


_ALL = _f("alla", "Alla", "All", lambda actor: Q())
_LATE = _f("sena", "Försenade", "Late", lambda actor: Q(state="sent", due_on__lt=actor.day))
_ENDED = (
    _f("besvarade", "Besvarade", "Answered", lambda actor: Q(state="answered")),
    _f("avslagna", "Avslagna", "Refused", lambda actor: Q(state="refused")),
    _f("atertagna", "Återtagna", "Withdrawn", lambda actor: Q(state="withdrawn")),
)

RECEIVED_TAB = Tab(
    "inkomna",
    Text(sv="Inkomna frågor", en="Questions to us"),
    (
        _f("oppna", "Att besvara", "To answer", lambda actor: Q(state="sent")),
        _f("nya", "Nya", "New", lambda actor: Q(state="sent", case__isnull=True)),
        _LATE,
        *_ENDED,
        _ALL,
    ),
)
ASKED_TAB = Tab(
    "vara",
    Text(sv="Våra frågor", en="Our questions"),
    (
        _f("oppna", "Väntar på svar", "Waiting", lambda actor: Q(state="sent")),
        _LATE,
        *_ENDED,
        _f("utkast", "Utkast", "Drafts", lambda actor: Q(state="draft")),
        _ALL,
    ),
)
DRAFTS_TAB = Tab("utkast", Text(sv="Utkast", en="Drafts"), (_ALL,))
GIVEN_TAB = Tab(
    "utlamnat",
    Text(sv="Utlämnat", en="Disclosed"),
    (
        _f("gallande", "Kan läsas nu", "Can be read now", lambda actor: _in_force(actor)),
        _f(
            "olasta", "Olästa", "Unread", lambda actor: _in_force(actor) & ~_read_by_receiver(actor)
        ),
        _f(
            "utgangna",
            "Utgångna",
            "Expired",
            lambda actor: Q(state="delivered", valid_to__lt=actor.day),
        ),
        _f("aterkallade", "Återkallade", "Recalled", lambda actor: Q(state="recalled")),
        _f("avslag", "Avslag", "Refusals", lambda actor: Q(state="refused")),
        _f("alla", "Alla", "All", lambda actor: ~Q(state__in=["draft", "awaiting"])),
    ),
)
GOT_TAB = Tab(
    "mottaget",
    Text(sv="Mottaget", en="Received"),
    (
        _f(
            "gallande",
            "Kan läsas nu",
            "Can be read now",
            lambda actor: (
                Q(state="received") & (Q(valid_to__isnull=True) | Q(valid_to__gte=actor.day))
            ),
        ),
        _f(
            "utgangna",
            "Utgångna",
            "Expired",
            lambda actor: Q(state="received", valid_to__lt=actor.day),
        ),
        _f("slut", "Ändamålet är slut", "Purpose ended", lambda actor: purpose_is_over(actor.day)),
        _f("lasta", "Låsta", "Locked", lambda actor: Q(state="locked")),
        _f(
            "aterkallade",
            "Återkallade",
            "Recalled",
            lambda actor: Q(state__in=["recalled", "withdrawn"]),
        ),
        _ALL,
    ),
)
TABS = (RECEIVED_TAB, ASKED_TAB, DRAFTS_TAB, GIVEN_TAB, GOT_TAB)


def _in_force(actor: Actor) -> Q:
    return Q(state="delivered") & (Q(valid_to__isnull=True) | Q(valid_to__gte=actor.day))


def _read_by_receiver(actor: Actor) -> Q:
    read = DisclosedFact.seen(actor).filter(disclosure=OuterRef("pk"), read_at__isnull=False)
    return Q(Exists(read))


def tab_named(code: str) -> Tab:
    """The tab of that word, else the first."""
    return next((tab for tab in TABS if tab.code == code), TABS[0])


def filter_named(tab: Tab, code: str) -> Filter:
    """The choice of that word, else the usual one of the tab."""
    return next((one for one in tab.filters if one.code == code), tab.filters[0])


def listed(
    actor: Actor, tab: Tab, chosen: Filter, *, agency: str = "", case: UUID | None = None, page: int
) -> Listed:
    """A page of a list, limited to an agency on the other side or to a case where that is asked."""
    rows = _rows_of(actor, tab).filter(chosen.where(actor))
    if case is not None:
        rows = rows.filter(case=case)
    if agency:
        rows = rows.filter(**{_OTHER_SIDE[tab.code]: agency})
    start = (page - 1) * A_PAGE
    found = list(
        rows.order_by(*_order(tab, chosen)).select_related("case")[start : start + A_PAGE + 1]
    )
    return Listed(rows=_shown(actor, tab, found[:A_PAGE]), more=len(found) > A_PAGE)


def question_drafts(actor: Actor, case: UUID | None = None) -> list[Row]:
    """The newest drafts of questions, for the list of drafts."""
    rows = Question.seen(actor).filter(side="asked", state="draft")
    if case is not None:
        rows = rows.filter(case=case)
    found = rows.order_by("-made_at").select_related("case")[:A_PAGE]
    return [_question_row(actor, question) for question in found]


def tab_counts(actor: Actor) -> dict[str, int]:
    """How many rows each tab has by its usual choice, counted no further than a thousand and one.

    One statement for all five, each part limited as its list is.
    """
    sql: list[str] = []
    values: list[Any] = []
    for tab in TABS:
        rows = _rows_of(actor, tab).filter(tab.filters[0].where(actor)).order_by()
        part, its_values = rows.values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        sql.append(f"(select count(*) from ({part}) counted)")
        values += its_values
        if tab is DRAFTS_TAB:  # drafts of questions stand there too
            drafts = Question.seen(actor).filter(side="asked", state="draft").order_by()
            part, its_values = drafts.values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
            sql[-1] += f" + (select count(*) from ({part}) counted)"
            values += its_values
    with connections["default"].cursor() as cursor:
        cursor.execute("select " + ", ".join(sql), values)
        counted = cursor.fetchone()
    return {tab.code: count for tab, count in zip(TABS, counted, strict=True)}


_OTHER_SIDE = {
    RECEIVED_TAB.code: "asker",
    ASKED_TAB.code: "holder",
    DRAFTS_TAB.code: "receiver",
    GIVEN_TAB.code: "receiver",
    GOT_TAB.code: "giver",
}


def _rows_of(actor: Actor, tab: Tab) -> QuerySet[Any]:
    if tab is RECEIVED_TAB:
        return Question.seen(actor).filter(side="received").annotate(partly=partly_answered(actor))
    if tab is ASKED_TAB:
        return Question.seen(actor).filter(side="asked").annotate(partly=partly_answered(actor))
    if tab is DRAFTS_TAB:
        return Disclosure.seen(actor).filter(state__in=["draft", "awaiting"])
    if tab is GIVEN_TAB:
        return Disclosure.seen(actor)
    return Receipt.seen(actor)


def _order(tab: Tab, chosen: Filter) -> tuple[Any, ...]:
    if tab in (RECEIVED_TAB, ASKED_TAB):
        if chosen.code in ("oppna", "nya", "sena"):
            return F("due_on").asc(nulls_last=True), "made_at"
        return ("-made_at",)
    return ("-received_at",) if tab is GOT_TAB else ("-made_at",)


def _shown(actor: Actor, tab: Tab, found: list[Any]) -> list[Row]:
    if tab in (RECEIVED_TAB, ASKED_TAB):
        return [_question_row(actor, question) for question in found]
    if tab is GOT_TAB:
        return [_receipt_row(actor, receipt) for receipt in found]
    read = read_counts(actor, [disclosure.pk for disclosure in found])
    return [_disclosure_row(actor, one, read.get(one.pk, (0, 0))) for one in found]


def _question_row(actor: Actor, question: Question) -> Row:
    is_open = question.state == "sent"
    return Row(
        pk=question.pk,
        url=reverse("disclosures:question", args=[question.pk]),
        title=question.about or _short(question.text),
        under=_same(_short(question.text)) if question.about else None,
        agency=question.asker if question.side == "received" else question.holder,
        case=question.case,
        day=question.due_on,
        late=is_open and question.due_on is not None and question.due_on < actor.day,
        state=question_state(question),
    )


def _disclosure_row(actor: Actor, disclosure: Disclosure, read: tuple[int, int]) -> Row:
    facts = read[0]
    kind = Text(sv="Nominerad arbetsplats", en="Nominated workplace")
    carries = Text(
        sv="1 uppgift" if facts == 1 else f"{facts} uppgifter",
        en="1 fact" if facts == 1 else f"{facts} facts",
    )
    asked = disclosure.initiative == "request"
    how = Text(
        sv="svar på fråga" if asked else "eget initiativ",
        en="answer" if asked else "own initiative",
    )
    what = kind if disclosure.kind == "existence" else carries
    return Row(
        pk=disclosure.pk,
        url=reverse("disclosures:act", args=[disclosure.pk]),
        title=disclosure.case.title,
        under=Text(sv=f"{what.sv}, {how.sv}", en=f"{what.en}, {how.en}"),
        agency=disclosure.receiver,
        case=disclosure.case,
        day=disclosure.valid_to,
        late=False,
        state=disclosure_state(disclosure, actor.day, *read),
    )


def _carried(receipt: Receipt) -> Text:
    number = receipt.register_number
    return Text(
        sv=f"{receipt.items} uppgifter, diarienummer {number}",
        en=f"{receipt.items} facts, register number {number}",
    )


def _receipt_row(actor: Actor, receipt: Receipt) -> Row:
    number = receipt.register_number
    return Row(
        pk=receipt.pk,
        url=reverse("disclosures:receipt", args=[receipt.case_id, receipt.pk]),
        title=receipt.case.title,
        under=_same(number) if receipt.state in ("withdrawn", "locked") else _carried(receipt),
        agency=receipt.giver,
        case=receipt.case,
        day=receipt.valid_to,
        late=False,
        state=receipt_state(receipt, actor.day),
    )


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 90 else first[:88].rsplit(" ", 1)[0] + " …"


def _same(text: str) -> Text:
    return Text(sv=text, en=text)
