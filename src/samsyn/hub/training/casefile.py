"""What does one agency do in its own case, and which rows does that leave?

As :mod:`samsyn.hub.cases.actions` leaves them; the log row of each act comes with its rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from samsyn.hub.training.days import working_days_after
from samsyn.hub.training.journal import Act, Number
from samsyn.hub.training.people import Officer
from samsyn.hub.training.rows import (
    CaseRow,
    ClockRow,
    EventRow,
    MemberRow,
    PauseRow,
    RegisterRow,
    TaskRow,
)
from samsyn.hub.training.setting import Affair


class CaseFile:
    """The case of one agency: people, timeline, register, tasks and clocks.

    Attributes:
        affair: what it is about.
        officer: who works in it.
        row: the case.
        clocks: clocks with their open pauses.
        open_tasks: what is still to be done.
        traces: its timeline and register, which go when the case is taken back unread.
    """

    def __init__(self, affair: Affair, officer: Officer, row: CaseRow, number: Number) -> None:
        self.affair, self.officer, self.row, self.number = affair, officer, row, number
        self.clocks: list[tuple[ClockRow, list[PauseRow]]] = []
        self.open_tasks: list[TaskRow] = []
        self.traces: list[EventRow | RegisterRow] = []
        self._documents = 0
        self._uuid = affair.setting.chance.uuid

    @property
    def agency(self) -> str:
        """Whose room it is."""
        return self.row.agency

    @property
    def key(self) -> str:
        """The access key of its rows."""
        return self.row.visible_to

    def act(self, code: str, *objects: str, detail: str = "", by: Officer | None = None) -> Act:
        """An act in this case, by the officer unless said otherwise."""
        moment = self.affair.pace.tick()
        left = self.officer.until
        if by is None and left is not None and moment.date() > left:
            self._hand_over(moment.date())
        who = by or self.officer
        entry = Act(
            at=moment,
            account=who.account,
            agency=self.agency,
            act=code,
            case=self.row.id,
            matter=self.row.matter,
            purpose=self.row.purpose,
            objects=list(objects),
            detail=detail,
        )
        self.affair.setting.journal.add(entry)
        return entry

    def _hand_over(self, day: date) -> None:
        """A colleague takes over from somebody who has left."""
        gone, staff = self.officer, self.affair.setting.staff
        self.officer = staff.find(gone.agency, gone.role, self.affair.centre, day)
        self.assign(self.officer, "owner")

    def tell(
        self,
        entry: Act,
        about: str | None,
        words: dict[str, Any],
        *,
        act: str = "",
        by: tuple[str, str] | None = None,
    ) -> None:
        """A line of the timeline; the case moves to the top of the lists."""
        name, agency = by or (self.officer.name, self.agency)
        row = EventRow(
            id=self._uuid(),
            visible_to=self.key,
            case_id=self.row.id,
            at=entry.at,
            act=act or entry.act,
            by_name=name,
            by_agency=agency,
            words=words,
            entry=entry,
            about=about,
        )
        entry.rows.append(row)
        self.traces.append(row)
        self.row.changed_at = max(self.row.changed_at, entry.at)

    def member(self, entry: Act, officer: Officer, duty: str) -> None:
        """Put somebody on the case."""
        entry.rows.append(
            MemberRow(
                id=self._uuid(),
                visible_to=self.key,
                case_id=self.row.id,
                account=officer.account,
                name=officer.name,
                duty=duty,
                from_day=entry.at.date(),
            )
        )

    def assign(self, officer: Officer, duty: str = "handler") -> None:
        """Put a colleague on the case."""
        entry = self.act("case.assign", officer.account)
        self.member(entry, officer, duty)
        self.tell(entry, officer.account, {"name": officer.name, "duty": duty})

    def begin_anew(self, number: Number) -> None:
        """Go by another number, whose register has no line yet."""
        self.number, self._documents = number, 0

    def take_up(self) -> None:
        """Make a told case one's own work."""
        entry = self.act("case.assign", self.row.id, detail="taken up")
        self.row.state = "open"
        self.member(entry, self.officer, "owner")
        self.tell(entry, self.row.id, {"taken_up": True})

    def read(self, *objects: str) -> Act:
        """Look at what stands in the case."""
        return self.act("case.read", *(objects or (self.row.id,)))

    def register(
        self,
        direction: str,
        about: str,
        counterpart: str = "",
        *,
        marks: list[str] | None = None,
        about_secret: bool = False,
        document: str | None = None,
        kind: str = "document",
    ) -> None:
        """Register a document in the case, as an act of its own."""
        entry = self.act("register.write")
        row = self.registered(
            entry, direction, about, counterpart, marks or [], self.agency, document, kind
        )
        row.about_secret = about_secret or bool(marks)
        entry.objects.append(row.id)
        self.tell(entry, row.id, {"direction": direction, "sequence": row.sequence})

    def registered(
        self,
        entry: Act,
        direction: str,
        about: str,
        counterpart: str,
        marks: list[str],
        mark_agency: str,
        document: str | None,
        kind: str,
    ) -> RegisterRow:
        """The line in the register, within another act."""
        self._documents += 1
        day = entry.at.date()
        row = RegisterRow(
            id=self._uuid(),
            visible_to=self.key,
            agency=self.agency,
            case_id=self.row.id,
            number=self.number,
            sequence=self._documents,
            direction=direction,
            registered_at=entry.at,
            dated=day,
            counterpart=counterpart,
            about=about,
            counterpart_secret=bool(marks),
            about_secret=bool(marks),
            mark_provision=marks,
            mark_dated=day if marks else None,
            mark_agency=mark_agency if marks else "",
            document=document,
            document_kind=kind,
        )
        entry.rows.append(row)
        self.traces.append(row)
        return row

    def task(self, what: str, due: date | None, *, by: Officer | None = None) -> TaskRow:
        """Something to be done, by the officer unless said otherwise."""
        entry, who = self.act("task.write"), by or self.officer
        row = TaskRow(
            id=self._uuid(),
            visible_to=self.key,
            case_id=self.row.id,
            what=what,
            account=who.account,
            name=who.name,
            due_on=due,
            made_at=entry.at,
            made_by=self.officer.account,
        )
        entry.objects.append(row.id)
        entry.rows.append(row)
        self.tell(entry, row.id, {"what": what, "name": who.name})
        self.open_tasks.append(row)
        return row

    def finish(self, task: TaskRow) -> None:
        """Tick a task off."""
        entry = self.act("task.write", task.id, detail="done")
        task.done_at, task.done_by_name = entry.at, self.officer.name
        self.open_tasks.remove(task)
        self.tell(entry, task.id, {"what": task.what, "done": True})

    def clock(self, what: str, working_days: int) -> None:
        """Start a clock."""
        entry = self.act("task.write", detail="clock started")
        row = ClockRow(
            id=self._uuid(),
            visible_to=self.key,
            case_id=self.row.id,
            what=what,
            started_on=entry.at.date(),
            working_days=working_days,
        )
        entry.objects.append(row.id)
        entry.rows.append(row)
        self.tell(entry, row.id, {"clock": what, "working_days": working_days})
        self.clocks.append((row, []))

    def pause_clocks(self, reason: str, question: str | None) -> None:
        """Let the clocks that run stand still."""
        for clock, pauses in self.clocks:
            if clock.stopped_on is not None or any(pause.to_day is None for pause in pauses):
                continue
            entry = self.act("task.write", clock.id, detail="clock paused")
            pause = PauseRow(
                id=self._uuid(),
                visible_to=self.key,
                clock_id=clock.id,
                from_day=entry.at.date(),
                reason=reason,
                question=question,
            )
            entry.rows.append(pause)
            pauses.append(pause)
            self.tell(entry, clock.id, {"clock": clock.what, "paused": True})

    def resume_clocks(self, question: str, day: date) -> None:
        """Let clocks that stood still for a question run again."""
        for _, pauses in self.clocks:
            for pause in pauses:
                if pause.question == question and pause.to_day is None:
                    pause.to_day = day

    def rest(self, reason: str) -> None:
        """Let the case rest, and its clocks with it."""
        entry = self.act("case.pause", self.row.id, detail="paused")
        for clock, pauses in self.clocks:
            if clock.stopped_on is not None:
                continue
            pause = PauseRow(
                id=self._uuid(),
                visible_to=self.key,
                clock_id=clock.id,
                from_day=entry.at.date(),
                reason=reason,
                question=None,
                of_case=True,
            )
            entry.objects.append(clock.id)
            entry.rows.append(pause)
            pauses.append(pause)
        self.row.state = "paused"
        self.row.version += 1
        self.tell(entry, self.row.id, {"paused": True, "reason": reason})

    def archive(self, years: int) -> None:
        """Put the closed case in the archive, where it is kept for some years."""
        entry = self.act("case.archive", self.row.id, detail=f"kept {years} years")
        day = entry.at.date()
        kept = day.replace(year=day.year + years, day=min(day.day, 28))
        self.row.state, self.row.keep_until = "archived", kept
        self.row.version += 1
        self.tell(entry, self.row.id, {"keep_until": kept.isoformat()})

    def stop_clocks(self) -> None:
        """What had to happen has happened."""
        for clock, pauses in self.clocks:
            if clock.stopped_on is None and all(pause.to_day for pause in pauses):
                entry = self.act("task.write", clock.id, detail="clock stopped")
                clock.stopped_on = entry.at.date()
                self.tell(entry, clock.id, {"clock": clock.what, "stopped": True})

    def close(self, outcome: str) -> None:
        """Close the case with what came of it."""
        for task in list(self.open_tasks):
            self.finish(task)
        self.stop_clocks()
        entry = self.act("case.close", self.row.id)
        day = entry.at.date()
        self.row.state, self.row.outcome, self.row.closed_on = "closed", outcome, day
        self.row.version += 1
        self.tell(entry, self.row.id, {"closed": True})

    def due(self, days: int) -> date:
        """The day so many working days from now."""
        return working_days_after(self.affair.pace.day, days)
