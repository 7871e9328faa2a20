"""The list of cases, the room of one and its tabs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.hub.cases.actions import open_case, take_up
from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.forms import CaseForm, PurposeForm, centre_choices, purpose_choices
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.reads import STATES, cases_of, count_of, counted, to_take_up, wanted_from
from samsyn.hub.cases.reads_facts import facts_of
from samsyn.hub.cases.reads_room import Room, room_of, timeline_of
from samsyn.hub.cases.room import choose_purpose, in_case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.language import said
from samsyn.hub.guard.policy import require
from samsyn.kernel.text import Text

STATE_NAMES = {
    "open": Text(sv="öppet", en="open"),
    "told": Text(sv="att ta upp", en="to take up"),
    "paused": Text(sv="vilande", en="paused"),
    "closed": Text(sv="avslutat", en="closed"),
    "archived": Text(sv="arkiverat", en="archived"),
}
STATES_NAMED = {
    "open": Text(sv="Öppna", en="Open"),
    "told": Text(sv="Att ta upp", en="To take up"),
    "paused": Text(sv="Vilande", en="Paused"),
    "closed": Text(sv="Avslutade", en="Closed"),
    "archived": Text(sv="Arkiverade", en="Archived"),
}


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of one's own agency that one may see."""
    actor = actor_in(request)
    require(actor, "case.read")
    wanted = wanted_from(request.GET)
    context = {
        "wanted": wanted,
        "page": cases_of(actor, wanted),
        "count": counted(count_of(actor, wanted)),
        "to_take_up": to_take_up(actor),
        "states": [(code, STATES_NAMED[code]) for code in STATES],
        "centres": centre_choices(actor.agency, actor.day)[1:],
        "purposes": purpose_choices(),
    }
    return render(request, "cases/list.html", context)


def case_new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    actor = actor_in(request)
    require(actor, "case.open")
    return answer(
        request,
        CaseForm(sent(request), actor=actor),
        lambda values: open_case(actor=actor, **values),
        then=room_url,
        context={"way": reverse("cases:list"), "draft": "case-new"},
    )


def room_url(case: Case) -> str:
    """The address of a case's room."""
    return reverse("cases:room", args=[case.pk])


def room_page(
    request: HttpRequest, case: Case, tab: str, template: str, objects: Any = (), **context: Any
) -> HttpResponse:
    """A page of the room: what stands around it, and the look in the log."""
    actor = actor_in(request)
    room = room_of(actor, case)
    look(actor, "case.read", objects=[case, *objects])
    return render(request, template, {**around(actor, room, tab), **context})


_OF_ARCHIVED = ("register", "tell", "export")


def around(actor: Actor, room: Room, tab: str) -> dict[str, Any]:
    """What every page of the room is shown with."""
    return {
        "case": room.case,
        "room": room,
        "tab": tab,
        "state_name": STATE_NAMES.get(room.case.state, Text(sv="–", en="–")),
        "purpose_form": PurposeForm(initial={"purpose": actor.purpose}),
        # What is archived is read: nothing is offered that would be refused.
        "may": {
            name: actor.permits(act) and (room.case.state != "archived" or name in _OF_ARCHIVED)
            for name, act in {
                "write": "case.write",
                "fact": "fact.write",
                "mark": "fact.mark",
                "assign": "case.assign",
                "restrict": "case.restrict",
                "close": "case.close",
                "pause": "case.pause",
                "archive": "case.archive",
                "task": "task.write",
                "file": "file.add",
                "register": "register.write",
                "ask": "question.ask",
                "tell": "disclosure.prepare",
                "export": "export.run",
                "obstacle": "obstacle.write",
            }.items()
        },
    }


def mark_read(ids: list[UUID], *, exported: bool = False) -> None:
    """Let those who gave something know that it has been read."""
    if ids:
        with connections["default"].cursor() as cursor:
            cursor.execute("select disclosures_mark_read(%s::uuid[], %s)", [ids, exported])


@require_GET
@in_case
def room(request: HttpRequest, case: Case) -> HttpResponse:
    """What the case is and what has happened in it."""
    timeline = timeline_of(actor_in(request), case, request.GET.get("efter", ""))
    return room_page(request, case, "overview", "cases/room.html", timeline=timeline)


@require_GET
@in_case
def facts(request: HttpRequest, case: Case) -> HttpResponse:
    """What is known in the case, by compartment."""
    compartment = request.GET.get("del", "")[:20]
    page = facts_of(actor_in(request), case, compartment, request.GET.get("efter", ""))
    mark_read(page.received())
    return room_page(
        request, case, "facts", "cases/facts.html", page.ids(), page=page, compartment=compartment
    )


@require_GET
@in_case
def log(request: HttpRequest, case: Case) -> HttpResponse:
    """Every act in the case with the number of its row in the log."""
    timeline = timeline_of(actor_in(request), case, request.GET.get("efter", ""))
    return room_page(request, case, "log", "cases/log.html", timeline=timeline)


@require_POST
@in_case
def purpose(request: HttpRequest, case: Case) -> HttpResponse:
    """Act for another purpose from here on."""
    choose_purpose(request, case, request.POST.get("purpose", ""))
    return redirect(room_url(case))


@require_POST
@in_case
def taken_up(request: HttpRequest, case: Case) -> HttpResponse:
    """Take up a case that another agency told of."""
    take_up(actor=actor_in(request), case=case)
    messages.success(
        request, said(Text(sv="Ärendet är nu ert att arbeta med.", en="The case is now yours."))
    )
    return redirect(room_url(case))
