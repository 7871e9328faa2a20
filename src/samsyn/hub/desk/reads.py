"""What needs this person today?

Five lists would be five pages of questions to the database; here each list is one, and the page
keeps to its statements whatever the number of rows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from samsyn.hub.cases.models import Case, CaseMember, Clock, ClockPause, Task
from samsyn.hub.cases.reads_room import ClockLine, clock_line
from samsyn.hub.desk.last_edited import Edit, account_of, last_edited
from samsyn.hub.desk.lines import SHOWN, Line, exchange_lines
from samsyn.hub.desk.results import CASE_STATES
from samsyn.hub.disclosures.models import Obstacle, Question, Review
from samsyn.hub.disclosures.reads import question_state
from samsyn.hub.disclosures.reviewing.reads import (
    row_of,
    waiting_for_lawyer,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.kernel.text import Text
from samsyn.kernel.working_days import working_days_between

TOLD_WITHIN = 60
"""Days in which the day asks what followed a refusal."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of a day, each with its most urgent row first."""

    late: list[Line]
    new: list[Line]
    mine: list[Line]
    waiting: list[Line]
    clocks: list[Line]
    edited: list[Edit]
    reviews: list[Line] = []
    to_review: int = 0
    answers: list[Line] = []
    refused: list[Line] = []
    may_note: bool = False

    @property
    def next(self) -> Line | None:
        """What to open next: what is late, then what is new, what runs out, and one's own."""
        for rows in (self.late, self.answers, self.reviews, self.new, self.clocks, self.mine):
            if rows:
                return rows[0]
        return None


def day_of(actor: Actor) -> Day:
    """What needs a person who works on cases, logged as looked at."""
    questions = _questions(actor)
    incoming = [row for row in questions if row.list == "new"]
    asked = [row for row in questions if row.list == "waiting"]
    overdue = [row for row in questions if row.list == "late"]
    refused = [row for row in questions if row.list == "refused"]
    cases = _cases(actor)
    told = [_case_line(case) for case in cases if case.list == "told"]
    mine = [_case_line(case) for case in cases if case.list == "mine"]
    receipts, answers = exchange_lines(actor, _mine(actor))
    to_do = _to_do(actor)
    late = [
        *(_question_line(row, actor.day) for row in overdue),
        *(line for line in to_do if line.late),
    ]
    shown = Day(
        late=sorted(late, key=lambda line: line.left or 0)[: 2 * SHOWN],
        new=_newest_first([*told, *(_question_line(q, actor.day) for q in incoming), *receipts]),
        mine=mine,
        waiting=[_question_line(row, actor.day) for row in asked],
        clocks=sorted(
            [line for line in to_do if not line.late],
            key=lambda line: (line.left is None, line.left or 0),
        )[:SHOWN],
        edited=last_edited(actor),
        refused=[_refused_line(row, actor.day) for row in refused],
        may_note=actor.permits("obstacle.write"),
        answers=answers,
        **_reviewing(actor),
    )
    look(actor, "case.read", objects=_ids(shown), detail="my day")
    return shown


def _reviewing(actor: Actor) -> dict[str, Any]:
    """What waits for the secrecy lawyer."""
    if actor.permits("disclosure.countersign"):
        rows, count = waiting_for_lawyer(actor, SHOWN)
        return {"reviews": [_review_line(actor, row) for row in rows], "to_review": count}
    return {}


def _review_line(actor: Actor, review: Review) -> Line:
    row = row_of(actor, review)
    return Line(
        pk=review.disclosure_id,
        url=reverse("disclosures:review", args=[review.pk]),
        what=row.rule,
        title=review.case.title,
        agency=review.disclosure.receiver,
        case=review.case,
        look=row.state.look,
        state=row.state.name,
        at=review.asked_at,
    )


def _newest_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.at.timestamp() if line.at else 0, reverse=True)


def _ids(day: Day) -> list[UUID]:
    lines = (
        *day.late, *day.new, *day.mine, *day.waiting, *day.clocks, *day.reviews, *day.answers,
        *day.refused,
    )  # fmt: skip
    return [*(line.pk for line in lines), *(edit.case.pk for edit in day.edited)]


def _mine(actor: Actor) -> QuerySet[Any]:
    here = CaseMember.seen(actor).filter(account=account_of(actor), from_day__lte=actor.day)
    return here.filter(Q(to_day__isnull=True) | Q(to_day__gte=actor.day)).values("case")


def _cases(actor: Actor) -> list[Any]:
    """Cases that others told of and nobody has taken up, and those one works on: one statement."""
    seen = Case.seen(actor).defer("search")
    told = seen.filter(state="told").annotate(list=Value("told")).order_by("-changed_at")
    mine = (
        seen.filter(pk__in=_mine(actor), state__in=["open", "paused"])
        .annotate(list=Value("mine"))
        .order_by("-changed_at")
    )
    return list(told[:SHOWN].union(mine[:SHOWN], all=True).order_by("-changed_at"))


def _case_line(case: Any) -> Line:
    state = CASE_STATES[case.state]
    return Line(
        pk=case.pk,
        url=reverse("cases:room", args=[case.pk]),
        what=Text(sv="Ärende", en="Case"),
        title=case.title,
        agency=case.told_by if case.state == "told" else "",
        case=case,
        look=state[0],
        state=state[1],
        at=case.changed_at,
    )


def _questions(actor: Actor) -> list[Any]:
    """Questions to us not yet placed, ours that are out, those past their day, and our refused."""
    if not actor.permits("disclosure.read"):
        return []  # an inspector may not open them, so nothing of them waits
    sent = Question.seen(actor).filter(state="sent").defer("search", "law")
    ours = Q(case__in=_mine(actor)) | Q(made_by=actor.account)
    late = Q(due_on__lt=actor.day)
    new = sent.filter(side="received", case__isnull=True).exclude(late)
    waiting = sent.filter(ours, side="asked")
    overdue = sent.filter(late, side="received").filter(Q(case__isnull=True) | ours)
    refused = (
        Question.seen(actor)
        .filter(ours, side="asked", state="refused")
        .filter(ended_at__gte=timezone.now() - timedelta(days=TOLD_WITHIN))
        .exclude(Exists(_told(actor)))
        .defer("search", "law")
    )
    parts = [
        new.annotate(list=Value("new")).order_by("-sent_at")[:SHOWN],
        waiting.annotate(list=Value("waiting")).order_by(F("due_on").asc(nulls_last=True))[:SHOWN],
        overdue.annotate(list=Value("late")).order_by("due_on")[:SHOWN],
        refused.annotate(list=Value("refused")).order_by("-ended_at")[:SHOWN],
    ]
    found = parts[0].union(*parts[1:], all=True).order_by(F("due_on").asc(nulls_last=True))
    return list(found)


def _question_line(question: Question, today: date) -> Line:
    state = question_state(question)
    received = question.side == "received"
    return Line(
        pk=question.pk,
        url=reverse("disclosures:question", args=[question.pk]),
        what=Text(sv="Fråga", en="Question"),
        title=question.about or question.text[:90],
        agency=question.asker if received else question.holder,
        look=state.look,
        state=state.name,
        due=question.due_on,
        left=_left(question.due_on, today),
        at=question.sent_at,
    )


def _told(actor: Actor) -> QuerySet[Obstacle]:
    """What somebody has told of a refused question of ours."""
    return Obstacle.seen(actor).filter(exchange=OuterRef("exchange"), kind="met_refusal")


def _refused_line(question: Question, today: date) -> Line:
    line = _question_line(question, today)
    url = reverse("obstacles:consequence", args=[question.pk])
    return msgspec.structs.replace(line, url=url, due=None, left=None, at=question.ended_at)


def _to_do(actor: Actor) -> list[Line]:
    """Tasks, and clocks of cases one works on with their pauses; one statement."""
    tasks = (
        Task.seen(actor)
        .filter(account=actor.account, done_at__isnull=True)
        .annotate(row=JSONObject(what="what", due="due_on"))
        .order_by(F("due_on").asc(nulls_last=True), "made_at")
    )
    pauses = (
        ClockPause.seen(actor)
        .filter(clock=OuterRef("pk"))
        .order_by("from_day")
        .values(row=JSONObject(since="from_day", until="to_day", why="reason"))
    )
    running = (
        Clock.seen(actor)
        .filter(case__in=_mine(actor), stopped_on__isnull=True)
        .annotate(
            row=JSONObject(
                id="pk",
                what="what",
                started="started_on",
                working_days="working_days",
                pauses=ArraySubquery(pauses),
            )
        )
        .order_by("started_on")
    )
    columns = ("pk", "case_id", "case__number", "case__title", "row")
    rows = tasks.values_list(*columns)[: 2 * SHOWN].union(
        running.values_list(*columns)[: 5 * SHOWN], all=True
    )
    return [_to_do_line(row, actor.day) for row in rows]


def _to_do_line(found: tuple[Any, ...], today: date) -> Line:
    pk, case_id, number, title, row = found
    case = Case(pk=case_id, number=number, title=title)
    url = reverse("cases:room", args=[case_id])
    if "started" in row:
        clock: ClockLine = clock_line(row, today)
        return Line(
            pk=pk,
            url=url,
            what=Text(sv="Klocka", en="Clock"),
            title=row["what"],
            case=case,
            due=clock.due,
            left=clock.left,
            paused=clock.paused,
        )
    due = date.fromisoformat(row["due"]) if row["due"] else None
    return Line(
        pk=pk,
        url=url,
        what=Text(sv="Att göra", en="To do"),
        title=row["what"],
        case=case,
        due=due,
        left=_left(due, today),
    )


def _left(due: date | None, today: date) -> int | None:
    """Working days from today to a day: 0 on the day itself, less than 0 after it."""
    if due is None:
        return None
    if due >= today:
        return working_days_between(today, due)
    # A day that passed over a weekend is late all the same.
    return -max(working_days_between(due, today), 1)
