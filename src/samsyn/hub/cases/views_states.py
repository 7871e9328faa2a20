"""Let a case rest and go on, close it and open it again, put it in the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from samsyn.hub.cases.actions import (
    archive_case,
    close_case,
    pause_case,
    reopen_case,
    resume_case,
)
from samsyn.hub.cases.answering import ActForm, actor_in, answer, sent
from samsyn.hub.cases.forms import (
    ArchiveForm,
    CloseForm,
    PauseCaseForm,
    ReopenForm,
    ResumeForm,
)
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.views import room_url
from samsyn.hub.guard.language import said
from samsyn.hub.guard.policy import require
from samsyn.kernel.text import Text


@in_case
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """Close the case with what came of it."""
    return _asked(request, case, CloseForm, close_case)


@in_case
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Open a closed case again."""
    return _asked(request, case, ReopenForm, reopen_case)


@in_case
def pause(request: HttpRequest, case: Case) -> HttpResponse:
    """Let the case rest."""
    lead = Text(
        sv="Alla klockor i ärendet står still tills det tas upp igen. Det som ska göras står kvar.",
        en="All clocks of the case stand still until it is resumed. What is to be done remains.",
    )
    return _asked(request, case, PauseCaseForm, pause_case, lead)


@in_case
def resume(request: HttpRequest, case: Case) -> HttpResponse:
    """Go on with it."""
    lead = Text(
        sv="Klockorna går igen, utom de som väntar på svar.",
        en="The clocks run again, except those that wait for an answer.",
    )
    return _asked(request, case, ResumeForm, resume_case, lead)


@in_case
def archive(request: HttpRequest, case: Case) -> HttpResponse:
    """Put the closed case in the archive."""
    lead = Text(
        sv="Ett arkiverat ärende läses men ändras inte, och öppnas inte igen.",
        en="An archived case is read but not changed, and is not opened again.",
    )
    return _asked(request, case, ArchiveForm, archive_case, lead)


def _asked(
    request: HttpRequest,
    case: Case,
    form: type[ActForm],
    do: Callable[..., None],
    lead: Text | None = None,
) -> HttpResponse:
    """The form of a change of state; or it is done, and leads back to the case."""
    actor = actor_in(request)
    require(actor, form.act)
    context: dict[str, Any] = {
        "case": case,
        "way": room_url(case),
        "lead": said(lead) if lead else "",
    }
    return answer(
        request,
        form(sent(request)),
        lambda values: do(actor=actor, case=case, **values),
        then=lambda _: room_url(case),
        context={**context, "draft": f"{form.act}-{case.pk}"},
    )
