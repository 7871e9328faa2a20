"""What stands around every page of a case room: compartments, tasks, people, clocks, counts?

All of it is read in one statement, so that a page's statements do not grow with what is in a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samsyn.hub.cases.models import (
    Case,
    CaseMember,
    CaseSubject,
    Clock,
    ClockPause,
    Event,
    Fact,
    RegisterEntry,
    SealedFile,
    Task,
)
from samsyn.hub.cases.phrases import more, sentence
from samsyn.hub.cases.reads import cursor_of, read_cursor
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.text import Text
from samsyn.kernel.working_days import Clock as Counted
from samsyn.kernel.working_days import Pause

LINES = 50
OWN, COMMON = "vart", "gemensamt"
MOST_BESIDE = 40


class TaskLine(msgspec.Struct, kw_only=True, frozen=True):
    """Something to be done."""

    id: UUID
    what: str
    name: str
    account: UUID | None = None
    due_on: date | None = None
    done: bool = False
    late: bool = False


class MemberLine(msgspec.Struct, kw_only=True, frozen=True):
    """Somebody who works on the case."""

    id: UUID
    account: UUID
    name: str
    duty: str
    from_day: date
    to_day: date | None = None


class ClockLine(msgspec.Struct, kw_only=True, frozen=True):
    """A clock as it stands today.

    Attributes:
        left: working days left; less than 0 when it is late.
        due: last day in time; None while it stands still.
        paused: why it stands still; empty when it runs.
    """

    id: UUID
    what: str
    working_days: int
    left: int
    due: date | None
    paused: str


class Compartment(msgspec.Struct, kw_only=True, frozen=True):
    """A part of the case: what is ours, what one agency gave us, what is common.

    Attributes:
        code: as it stands in addresses: ``vart``, ``gemensamt`` or the code of an agency.
        agency: code of the agency it came from; empty for the others.
    """

    code: str
    agency: str = ""
    count: int = 0


class Room(msgspec.Struct, kw_only=True):
    """What stands around a page of a case.

    Attributes:
        case: the case.
        clocks, tasks, people: what stands at the right.
        compartments: what stands at the left.
        counts: number of rows behind each tab.
    """

    case: Case
    tasks: list[TaskLine]
    people: list[MemberLine]
    clocks: list[ClockLine]
    compartments: list[Compartment]
    counts: Mapping[str, int]


class Line(msgspec.Struct, kw_only=True, frozen=True):
    """A line of the timeline."""

    event: Event
    said: Text
    more: Text | None


def room_of(actor: Actor, case: Case) -> Room:
    """The room of a case that has been entered.

    Raises:
        Missing: if it is not there for this person any more.
    """
    read: Mapping[str, Any] | None = (
        Case.seen(actor)
        .filter(pk=case.pk)
        .annotate(
            in_tasks=ArraySubquery(_tasks(actor)),
            in_people=ArraySubquery(_people(actor)),
            in_clocks=ArraySubquery(_clocks(actor)),
            in_givers=ArraySubquery(_givers(actor)),
            of_common=_number(Fact.seen(actor).filter(common=True, state="current")),
            of_own=_number(Fact.seen(actor).filter(received_from="", state="current")),
            of_facts=_number(Fact.seen(actor).filter(state="current")),
            of_subjects=_number(CaseSubject.seen(actor)),
            of_told=_number(
                Fact.seen(actor).exclude(received_from=""), Count("entity", distinct=True)
            ),
            of_files=_number(SealedFile.seen(actor).filter(state="current")),
            of_register=_number(RegisterEntry.seen(actor)),
        )
        .values()
        .first()
    )
    if read is None:
        raise Missing
    return Room(
        case=case,
        tasks=[_task(row, actor.day) for row in read["in_tasks"]],
        people=msgspec.convert(read["in_people"], list[MemberLine]),
        clocks=[clock_line(row, actor.day) for row in read["in_clocks"]],
        compartments=_compartments(read),
        counts=_counts(read),
    )


def _counts(read: Mapping[str, Any]) -> dict[str, int]:
    counts = {name[3:]: read[name] or 0 for name in read if name.startswith("of_")}
    # Objects that others have told of have no row among the case's own.
    counts["subjects"] += counts.pop("told")
    return counts


def _number(rows: QuerySet[Any], what: Count | None = None) -> Subquery:
    here = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(here.annotate(number=what or Count("pk")).values("number"))


def _tasks(actor: Actor) -> QuerySet[Any]:
    return (
        Task.seen(actor)
        .filter(case=OuterRef("pk"))
        .order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "made_at")
        .values(
            row=JSONObject(
                id="pk", what="what", name="name", account="account", due_on="due_on",
                done_at="done_at",
            )
        )[:MOST_BESIDE]
    )  # fmt: skip


def _people(actor: Actor) -> QuerySet[Any]:
    return (
        CaseMember.seen(actor)
        .filter(case=OuterRef("pk"))
        .exclude(to_day__lt=actor.day)
        .order_by("from_day", "name")
        .values(
            row=JSONObject(
                id="pk", account="account", name="name", duty="duty", from_day="from_day",
                to_day="to_day",
            )
        )[:MOST_BESIDE]
    )  # fmt: skip


def _clocks(actor: Actor) -> QuerySet[Any]:
    pauses = (
        ClockPause.seen(actor)
        .filter(clock=OuterRef("pk"))
        .order_by("from_day")
        .values(row=JSONObject(since="from_day", until="to_day", why="reason"))
    )
    return (
        Clock.seen(actor)
        .filter(case=OuterRef("pk"), stopped_on__isnull=True)
        .order_by("started_on")
        .values(
            row=JSONObject(
                id="pk", what="what", started="started_on", working_days="working_days",
                pauses=ArraySubquery(pauses),
            )
        )[:MOST_BESIDE]
    )  # fmt: skip


def _givers(actor: Actor) -> QuerySet[Any]:
    return (
        Fact.seen(actor)
        .filter(case=OuterRef("pk"), state="current")
        .exclude(received_from="")
        .order_by("received_from")
        .values("received_from")
        .annotate(number=Count("pk"))
        .values(row=JSONObject(agency="received_from", count="number"))
    )


def _task(row: Mapping[str, Any], today: date) -> TaskLine:
    due = row["due_on"]
    done = row["done_at"] is not None
    return msgspec.convert(
        {
            **{name: value for name, value in row.items() if name != "done_at"},
            "done": done,
            "late": bool(due) and not done and due < today.isoformat(),
        },
        TaskLine,
    )


def clock_line(row: Mapping[str, Any], today: date) -> ClockLine:
    """A clock as it stands on a day, from its row with its pauses."""
    pauses = [
        (Pause(_day(pause["since"]), _day(pause["until"]) if pause["until"] else None), pause)
        for pause in row["pauses"]
    ]
    clock = Counted(_day(row["started"]), row["working_days"], tuple(pause for pause, _ in pauses))
    why = next((str(words["why"]) for pause, words in pauses if pause.holds(today)), "")
    paused = clock.state(today) == "paused"
    return ClockLine(
        id=UUID(row["id"]),
        what=row["what"],
        working_days=row["working_days"],
        left=clock.days_left(today),
        due=clock.due,
        paused=(why or "–") if paused else "",
    )


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _compartments(read: Mapping[str, Any]) -> list[Compartment]:
    from_others = [
        Compartment(code=row["agency"], agency=row["agency"], count=row["count"])
        for row in read["in_givers"]
    ]
    return [
        Compartment(code=OWN, count=read["of_own"] or 0),
        *from_others,
        Compartment(code=COMMON, count=read["of_common"] or 0),
    ]


class Timeline(msgspec.Struct, frozen=True):
    """Lines of a case's timeline, the newest first, and where the next ones begin."""

    lines: list[Line]
    after: str


def timeline_of(actor: Actor, case: Case, after: str = "") -> Timeline:
    """What has happened in a case, from where the page before ended."""
    events = Event.seen(actor).filter(case=case)
    if start := read_cursor(after):
        at, last = start
        events = events.filter(at__lte=at).exclude(at=at, pk__gte=last)
    rows = list(events.order_by("-at", "-pk")[: LINES + 1])
    follow = cursor_of(rows[LINES - 1].at, rows[LINES - 1].pk) if len(rows) > LINES else ""
    return Timeline(
        [
            Line(
                event=event,
                said=sentence(event.act, event.words),
                more=more(event.act, event.words),
            )
            for event in rows[:LINES]
        ],
        follow,
    )


def colleagues(actor: Actor) -> QuerySet[Account]:
    """People of one's own agency who can be given work."""
    return Account.rows.filter(agency=actor.agency, is_active=True).order_by("name")


def task_of(actor: Actor, case: Case, pk: UUID) -> Task:
    """A task of this case.

    Raises:
        Missing: if there is none in it.
    """
    return Task.seen_one(actor, pk=pk, case=case)


def clock_of(actor: Actor, case: Case, pk: UUID) -> Clock:
    """A clock of this case.

    Raises:
        Missing: if there is none in it.
    """
    return Clock.seen_one(actor, pk=pk, case=case)


def member_of(actor: Actor, case: Case, pk: UUID) -> CaseMember:
    """Somebody on this case.

    Raises:
        Missing: if there is none in it.
    """
    return CaseMember.seen_one(actor, pk=pk, case=case)
