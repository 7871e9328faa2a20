"""Whom and what a case is about, its documents, and the register they stand in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.hub.cases.actions import add_subject, register_document
from samsyn.hub.cases.actions.files import add_file, mark_file
from samsyn.hub.cases.actions.lifting import LIFT
from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.closed_texts import OPEN
from samsyn.hub.cases.forms import RegisterForm
from samsyn.hub.cases.forms_facts import MarksForm
from samsyn.hub.cases.forms_objects import FileForm, SubjectForm
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.provisions import provisions
from samsyn.hub.cases.reads_facts import facts_of, subject_of_case, subjects_of
from samsyn.hub.cases.reads_files import (
    file_of,
    file_opened,
    files_of,
    original_of,
    page_of,
    text_of,
)
from samsyn.hub.cases.reads_register import (
    public_extract,
    register_of_agency,
    register_of_case,
    shown_from,
)
from samsyn.hub.cases.reads_room import OWN
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.serving import as_csv, attachment, shown_page
from samsyn.hub.cases.views import room_page
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require


@require_GET
@in_case
def subjects(request: HttpRequest, case: Case) -> HttpResponse:
    """Whom and what the case is about."""
    rows = subjects_of(actor_in(request), case)
    ids = [row.entity.pk for row in rows]
    return room_page(request, case, "subjects", "cases/subjects.html", ids, rows=rows)


@require_POST
@in_case
def subject_shown(request: HttpRequest, case: Case, entity_id: UUID) -> HttpResponse:
    """The name and number of a protected person, for this once; the look says so in the log."""
    actor = actor_in(request)
    entity = subject_of_case(actor, case, entity_id)
    look(actor, "fact.read", objects=[entity], detail="protected person shown")
    rows = subjects_of(actor, case, shown=entity.pk)
    return room_page(request, case, "subjects", "cases/subjects.html", rows=rows, shown=entity.pk)


@in_case
def subject_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Say what the case is about."""
    actor = actor_in(request)
    require(actor, "case.write")
    way = reverse("cases:subjects", args=[case.pk])
    return answer(
        request,
        SubjectForm(sent(request), initial={"kind": "firm"}),
        lambda values: add_subject(actor=actor, case=case, **values),
        then=lambda _: way,
        context={"case": case, "way": way, "draft": f"subject-{case.pk}", "secret": True},
    )


@require_GET
@in_case
def files(request: HttpRequest, case: Case) -> HttpResponse:
    """The documents of the case."""
    rows = files_of(actor_in(request), case)
    ids = [row.pk for row in rows]
    return room_page(request, case, "files", "cases/files.html", ids, rows=rows)


@in_case
def file_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand in a document."""
    actor = actor_in(request)
    require(actor, "file.add")
    way = reverse("cases:files", args=[case.pk])
    return answer(
        request,
        FileForm(sent(request), request.FILES or None, facts=facts_of(actor, case, OWN).rows),
        lambda values: add_file(actor=actor, case=case, **values),
        then=lambda file: reverse("cases:file", args=[case.pk, file.pk]),
        context={"case": case, "way": way, "upload": True, "draft": f"file-{case.pk}"},
    )


@require_GET
@in_case
def file(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """A document as it is shown: pictures of its pages, or its text."""
    actor = actor_in(request)
    row, stands = file_opened(actor, case, file_id, otherwise="file.read")
    closed = is_closed(row)
    drawn = row.shown_type.startswith("image/") and not closed
    context = {
        "case": case,
        "file": row,
        "closed": closed,
        "stands": stands,
        "may": {"lift": actor.permits(LIFT), "open": actor.permits(OPEN)},
        "pages": range(1, len(row.shown_as) + 1) if drawn else (),
        "text": text_of(row),
        "provisions": provisions(row.secrecy, actor.day),
    }
    return render(request, "cases/file.html", context)


@require_GET
@in_case
def file_page(request: HttpRequest, case: Case, file_id: UUID, number: int) -> HttpResponse:
    """One page of the copy that is shown."""
    row, _ = file_opened(actor_in(request), case, file_id)
    return shown_page(page_of(row, number), row.shown_type)


@require_GET
@in_case
def file_original(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """The original as it came, to be kept and never opened here."""
    actor = actor_in(request)
    require(actor, "file.read")
    row, _ = file_opened(actor, case, file_id)
    data = original_of(row)
    look(actor, "file.read", objects=[row], detail="original")
    return attachment(data, row.name)


@in_case
def file_secrecy(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Confirm which provisions make a document secret, and its marks."""
    actor = actor_in(request)
    row = file_of(actor, case, file_id)
    way = reverse("cases:file", args=[case.pk, row.pk])
    form = MarksForm(
        sent(request),
        proposed=provisions(row.secrecy, actor.day),
        ticked=row.secrecy,
        initial={"marks": row.marks},
    )
    return answer(
        request,
        form,
        lambda values: mark_file(actor=actor, file=row, **values),
        then=lambda _: way,
        template="cases/secrecy_form.html",
        context={"case": case, "file": row, "way": way},
    )


@require_GET
@in_case
def register(request: HttpRequest, case: Case) -> HttpResponse:
    """The documents of the case as they are registered."""
    actor = actor_in(request)
    context = {"rows": register_of_case(actor, case), "may_lift": actor.permits(LIFT)}
    return room_page(request, case, "register", "cases/register.html", **context)


@in_case
def register_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Register a document."""
    actor = actor_in(request)
    require(actor, "register.write")
    way = reverse("cases:register", args=[case.pk])
    return answer(
        request,
        RegisterForm(sent(request), initial={"dated": actor.day}),
        lambda values: register_document(actor=actor, case=case, **values),
        then=lambda _: way,
        context={"case": case, "way": way, "draft": f"register-{case.pk}"},
    )


@require_GET
def agency_register(request: HttpRequest) -> HttpResponse:
    """The register of one's own agency."""
    actor = actor_in(request)
    require(actor, "case.read")
    shown = shown_from(request.GET)
    look(actor, "case.read", detail="register")
    context = {
        "shown": shown,
        "page": register_of_agency(actor, shown),
        "may_lift": actor.permits(LIFT),
    }
    return render(request, "cases/agency_register.html", context)


@require_GET
def register_extract(request: HttpRequest) -> HttpResponse:
    """What anybody may read of the register, on a page or as a table to send (OSL 5:2)."""
    actor = actor_in(request)
    require(actor, "case.read")
    shown = shown_from(request.GET)
    lines = public_extract(actor, shown)
    look(actor, "case.read", detail="public register extract")
    if request.GET.get("som") == "csv":
        return as_csv(lines, f"diarium-{actor.agency}-{actor.day}.csv")
    return render(request, "cases/extract.html", {"shown": shown, "lines": lines})
