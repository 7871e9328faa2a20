"""Tasks, and clocks in working days that stand still while a question is out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from samsyn.hub.cases.actions.states import require_not_archived, require_running
from samsyn.hub.cases.models import Case, Clock, ClockPause, Task
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

LONGEST_CLOCK = 1000


def add_task(
    *,
    actor: Actor,
    case: Case,
    what: str,
    account: Account | None = None,
    due_on: date | None = None,
) -> Task:
    """Write down something to be done, by a colleague of the own agency or oneself.

    Raises:
        Invalid: naming the field.
    """
    require_not_archived(case)
    if not what.strip():
        raise Invalid("what", Text(sv="Skriv vad som ska göras.", en="Say what is to be done."))
    if account is not None and account.agency != actor.agency:
        raise Invalid("account", Text(sv="Välj en kollega.", en="Choose a colleague."))
    with act(actor, "task.write", case=case.pk, matter=case.matter) as entry:
        task = Task.rows.create(
            visible_to=case.visible_to,
            case=case,
            what=what.strip()[:200],
            account=account.pk if account else actor.account,
            name=account.name if account else actor.name,
            due_on=due_on,
            made_by=actor.account,
        )
        entry.touches(task)
        tell(entry, case, about=task, what=task.what, name=task.name)
    return task


def finish_task(*, actor: Actor, task: Task) -> None:
    """Tick a task off; a second tick changes nothing."""
    with act(actor, "task.write", case=task.case_id, objects=[task]) as entry:
        changed = (
            Task.seen(actor)
            .filter(pk=task.pk, done_at__isnull=True)
            .update(done_at=timezone.now(), done_by_name=actor.name)
        )
        entry.detail = "done"
        if changed:
            tell(entry, task.case, about=task, what=task.what, done=True)


def start_clock(*, actor: Actor, case: Case, what: str, working_days: int) -> Clock:
    """Start a clock; the next working day is its first.

    Raises:
        Invalid: naming the field.
    """
    require_running(case)
    if not what.strip():
        raise Invalid(
            "what", Text(sv="Skriv vad som ska ha skett.", en="Say what must have happened.")
        )
    if not 0 < working_days <= LONGEST_CLOCK:
        raise Invalid(
            "working_days",
            Text(
                sv=f"Ange 1 till {LONGEST_CLOCK} arbetsdagar.",
                en=f"Give 1 to {LONGEST_CLOCK} days.",
            ),
        )
    with act(actor, "task.write", case=case.pk, matter=case.matter) as entry:
        clock = Clock.rows.create(
            visible_to=case.visible_to,
            case=case,
            what=what.strip()[:200],
            started_on=actor.day,
            working_days=working_days,
        )
        entry.touches(clock)
        entry.detail = "clock started"
        tell(entry, case, about=clock, clock=clock.what, working_days=working_days)
    return clock


def stop_clock(*, actor: Actor, clock: Clock) -> None:
    """What had to happen has happened."""
    with act(actor, "task.write", case=clock.case_id, objects=[clock]) as entry:
        Clock.seen(actor).filter(pk=clock.pk, stopped_on__isnull=True).update(stopped_on=actor.day)
        entry.detail = "clock stopped"
        tell(entry, clock.case, about=clock, clock=clock.what, stopped=True)


def pause_clock(*, actor: Actor, clock: Clock, reason: str, question: UUID | None = None) -> None:
    """Let a clock stand still, for a reason or while a question is out.

    Raises:
        Invalid: if it stands still already.
    """
    pauses = ClockPause.seen(actor).filter(clock=clock, to_day__isnull=True)
    if question is None:
        require_running(clock.case)
    # While the whole case rests, a question that goes out is a reason of its own.
    if pauses.filter(of_case=False).exists():
        if question is not None:
            return
        raise Invalid(
            "clock", Text(sv="Klockan står redan still.", en="The clock is paused already.")
        )
    with act(actor, "task.write", case=clock.case_id, objects=[clock]) as entry:
        ClockPause.rows.create(
            visible_to=clock.visible_to,
            clock=clock,
            from_day=actor.day,
            reason=reason[:200],
            question=question,
        )
        entry.detail = "clock paused"
        tell(entry, clock.case, about=clock, clock=clock.what, paused=True)


def resume_clock(*, actor: Actor, clock: Clock) -> None:
    """Let a clock run again.

    Raises:
        Refused: if the whole case rests.
    """
    require_running(clock.case)
    with act(actor, "task.write", case=clock.case_id, objects=[clock]) as entry:
        ClockPause.seen(actor).filter(clock=clock, to_day__isnull=True).update(to_day=actor.day)
        entry.detail = "clock resumed"
        tell(entry, clock.case, about=clock, clock=clock.what, resumed=True)
