"""Pages that ask for a second person: lift a secrecy mark, open a tip-giver's identity."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samsyn.hub.cases.actions.lifting import (
    LIFT,
    Liftable,
    ask_lift_fact,
    ask_lift_file,
    ask_lift_line,
    liftable,
    liftable_of_file,
    require_own_mark,
)
from samsyn.hub.cases.actions.opening import ask_open, ask_open_file
from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.closed_texts import OPEN, OPEN_HOURS, open_files_for, open_for
from samsyn.hub.cases.forms_lifting import LiftForm, OpenForm
from samsyn.hub.cases.models import Case, RegisterEntry, SealedFile
from samsyn.hub.cases.phrases import short_cite
from samsyn.hub.cases.provisions import provisions
from samsyn.hub.cases.reads_facts import fact_of
from samsyn.hub.cases.reads_files import file_of
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.cases.views_facts import fact_url
from samsyn.hub.guard.language import said
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.signin.proof import fresh_sign_in
from samsyn.kernel.text import Text

ASKED = Text(
    sv="Begärt. En annan person vid din myndighet avgör.",
    en="Asked. Another person at your agency decides.",
)


@fresh_sign_in(LIFT)
@in_case
def fact_lift(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Ask to lift provisions or marks of a fact."""
    actor = actor_in(request)
    require(actor, LIFT)
    row = fact_of(actor, case, fact_id)
    own = liftable(actor, row.fact)
    form = LiftForm(sent(request), secrecy=provisions(own.secrecy, actor.day), marks=own.marks)
    return answer(
        request,
        form,
        lambda values: ask_lift_fact(actor=actor, fact=row.fact, **_chosen(values)),
        then=lambda _: fact_url(row.fact),
        template="cases/lift.html",
        context={"case": case, "row": row, "way": fact_url(row.fact), **_beside(own)},
        notice=ASKED,
    )


@fresh_sign_in(LIFT)
@in_case
def file_lift(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Ask to lift provisions or marks of a document."""
    actor = actor_in(request)
    require(actor, LIFT)
    file = file_of(actor, case, file_id)
    own = liftable_of_file(file)
    form = LiftForm(sent(request), secrecy=provisions(own.secrecy, actor.day), marks=own.marks)
    return answer(
        request,
        form,
        lambda values: ask_lift_file(actor=actor, file=file, **_chosen(values)),
        then=lambda _: file_url(file),
        template="cases/lift.html",
        context={"case": case, "file": file, "way": file_url(file), **_beside(own)},
        notice=ASKED,
    )


def file_url(file: SealedFile) -> str:
    """The address of a document."""
    return reverse("cases:file", args=[file.case_id, file.pk])


def _chosen(values: dict[str, Any]) -> dict[str, Any]:
    """With what there was nothing to choose of."""
    return {"secrecy": [], "marks": [], **values}


def _beside(own: Liftable) -> dict[str, Any]:
    names = [
        said(MARK_NAMES[part]) if part in MARK_NAMES else short_cite(part) for part in own.inherited
    ]
    return {"own": own, "inherited": names, "nothing": not (own.secrecy or own.marks)}


@fresh_sign_in(LIFT)
@in_case
def register_lift(request: HttpRequest, case: Case, line_id: UUID) -> HttpResponse:
    """Ask to lift the secrecy mark of a registered document."""
    actor = actor_in(request)
    require(actor, LIFT)
    line = RegisterEntry.seen_one(actor, case=case, pk=line_id)
    require_own_mark(line)
    way = reverse("cases:register", args=[case.pk])
    return answer(
        request,
        LiftForm(sent(request), secrecy=provisions(line.mark_provision, actor.day)),
        lambda values: ask_lift_line(actor=actor, line=line, **values),
        then=lambda _: way,
        template="cases/lift.html",
        context={"case": case, "line": line, "way": way},
        notice=ASKED,
    )


@fresh_sign_in(OPEN)
@in_case
def fact_open(request: HttpRequest, case: Case, fact_id: UUID) -> HttpResponse:
    """Ask to read a fact that points to a tip-giver."""
    actor = actor_in(request)
    require(actor, OPEN)
    row = fact_of(actor, case, fact_id)
    stands = open_for(actor, case.pk, [row.fact]).get(row.fact.pk)
    return answer(
        request,
        OpenForm(sent(request)),
        lambda values: ask_open(actor=actor, fact=row.fact, **values),
        then=lambda _: fact_url(row.fact),
        template="cases/lift_open.html",
        context={
            "case": case, "row": row, "way": fact_url(row.fact), "stands": stands,
            "hours": OPEN_HOURS,
        },
        notice=ASKED,
    )  # fmt: skip


@fresh_sign_in(OPEN)
@in_case
def file_open(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Ask to read a document that points to a tip-giver."""
    actor = actor_in(request)
    require(actor, OPEN)
    file = file_of(actor, case, file_id)
    stands = open_files_for(actor, case.pk, [file]).get(file.pk)
    return answer(
        request,
        OpenForm(sent(request)),
        lambda values: ask_open_file(actor=actor, file=file, **values),
        then=lambda _: file_url(file),
        template="cases/lift_open.html",
        context={
            "case": case, "file": file, "way": file_url(file), "stands": stands,
            "hours": OPEN_HOURS,
        },
        notice=ASKED,
    )  # fmt: skip
