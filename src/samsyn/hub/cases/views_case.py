"""Change a case, who works on it, what is to be done and by when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from samsyn.hub.cases.actions import (
    add_task,
    assign,
    edit_case,
    finish_task,
    pause_clock,
    restrict_case,
    resume_clock,
    start_clock,
    stop_clock,
    unassign,
)
from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.forms import (
    ClockForm,
    EditForm,
    MemberForm,
    PauseForm,
    TaskForm,
)
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.reads_room import clock_of, colleagues, member_of, room_of, task_of
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.views import around, room_url
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.text import Text


@in_case
def edit(request: HttpRequest, case: Case) -> HttpResponse:
    """Change what the case is called and worked on for."""
    actor = actor_in(request)
    require(actor, "case.write")
    return answer(
        request,
        EditForm(sent(request), actor=actor, case=case),
        lambda values: edit_case(actor=actor, case=case, **values),
        then=lambda _: room_url(case),
        context={"case": case, "way": room_url(case), "draft": f"case-{case.pk}"},
    )


@in_case
def people(request: HttpRequest, case: Case) -> HttpResponse:
    """Who works on the case; put somebody on it."""
    actor = actor_in(request)
    require(actor, "case.assign")
    room = room_of(actor, case)
    form = MemberForm(
        sent(request), people=colleagues(actor), there=[line.account for line in room.people]
    )
    return answer(
        request,
        form,
        lambda values: assign(actor=actor, case=case, **values),
        then=lambda _: reverse("cases:people", args=[case.pk]),
        template="cases/people.html",
        context=around(actor, room, "people"),
    )


@require_POST
@in_case
def unassigned(request: HttpRequest, case: Case, member_id: UUID) -> HttpResponse:
    """Take somebody off the case."""
    actor = actor_in(request)
    unassign(actor=actor, case=case, member=member_of(actor, case, member_id))
    return redirect("cases:people", case.pk)


@in_case
def restrict(request: HttpRequest, case: Case) -> HttpResponse:
    """Close the case to all but the assigned, or open it again, after asking."""
    actor = actor_in(request)
    require(actor, "case.restrict")
    if request.method != "POST":
        return render(request, "desk/confirm.html", _restriction(case))
    restrict_case(actor=actor, case=case, restricted=not case.restricted)
    return redirect(room_url(case))


def _restriction(case: Case) -> dict[str, object]:
    if case.restricted:
        return {
            "title": Text(sv="Öppna ärendet inom myndigheten?", en="Open the case in the agency?"),
            "lead": Text(
                sv="Alla handläggare vid din myndighet ser det då.",
                en="All officers of your agency will then see it.",
            ),
            "submit": Text(sv="Öppna inom myndigheten", en="Open in the agency"),
            "cancel_url": room_url(case),
        }
    return {
        "title": Text(sv="Stäng ärendet?", en="Close the case to others?"),
        "lead": Text(
            sv="Bara de som är tilldelade ser att det finns. Du är en av dem.",
            en="Only those assigned see that it exists. You are one of them.",
        ),
        "submit": Text(sv="Stäng för andra", en="Close to others"),
        "consequences": [
            Text(
                sv="Andra handläggare, även chefen, ser inte ärendet i listor eller sökning.",
                en="Other officers, and the head too, do not see it in lists or search.",
            ),
            Text(
                sv="Det står kvar i diariet för dem som är tilldelade.",
                en="It stays in the register for those who are assigned.",
            ),
        ],
        "cancel_url": room_url(case),
    }


@in_case
def task_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Write down something to be done."""
    actor = actor_in(request)
    require(actor, "task.write")
    return answer(
        request,
        TaskForm(sent(request), people=colleagues(actor), me=actor),
        lambda values: add_task(actor=actor, case=case, **values),
        then=lambda _: room_url(case),
        context={"case": case, "way": room_url(case), "draft": f"task-{case.pk}"},
    )


@require_POST
@in_case
def task_done(request: HttpRequest, case: Case, task_id: UUID) -> HttpResponse:
    """Tick a task off."""
    actor = actor_in(request)
    finish_task(actor=actor, task=task_of(actor, case, task_id))
    return redirect(room_url(case))


@in_case
def clock_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Start a clock."""
    actor = actor_in(request)
    require(actor, "task.write")
    return answer(
        request,
        ClockForm(sent(request)),
        lambda values: start_clock(actor=actor, case=case, **values),
        then=lambda _: room_url(case),
        context={"case": case, "way": room_url(case), "draft": f"clock-{case.pk}"},
    )


@in_case
def clock_pause(request: HttpRequest, case: Case, clock_id: UUID) -> HttpResponse:
    """Let a clock stand still, with the reason."""
    actor = actor_in(request)
    require(actor, "task.write")
    clock = clock_of(actor, case, clock_id)
    return answer(
        request,
        PauseForm(sent(request)),
        lambda values: pause_clock(actor=actor, clock=clock, **values),
        then=lambda _: room_url(case),
        context={"case": case, "way": room_url(case), "lead": clock.what},
    )


@require_POST
@in_case
def clock_change(request: HttpRequest, case: Case, clock_id: UUID, do: str) -> HttpResponse:
    """Let a clock run again, or stop it: what had to happen has happened."""
    actor = actor_in(request)
    clock = clock_of(actor, case, clock_id)
    if do == "fortsatt":
        resume_clock(actor=actor, clock=clock)
    elif do == "klar":
        stop_clock(actor=actor, clock=clock)
    else:
        raise Missing
    return redirect(room_url(case))
