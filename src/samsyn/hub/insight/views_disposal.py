"""The pages of disposal: what is due, the proposal, the proof."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.hub.cases.answering import actor_in, answer, sent
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.serving import attachment
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.insight import reads_disposal as reads
from samsyn.hub.insight.actions import (
    NOT_DUE,
    propose_case_disposal,
    propose_delivery_disposal,
)
from samsyn.hub.insight.disposing import proof_as_json
from samsyn.hub.insight.forms import ProposeDeliveryForm, ProposeForm
from samsyn.hub.insight.views import shown
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
PROPOSED = Text(
    sv="Föreslaget. En annan person vid myndigheten beslutar.",
    en="Proposed. Another person of the agency decides.",
)


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """What is due, what waits for a decision, what is proved to be gone."""
    actor = actor_in(request)
    queue = reads.queue_of(actor)
    if queue.cases:
        look(actor, "case.read", objects=queue.cases, detail="disposal queue")
    context = {
        "queue": queue,
        "proposes": actor.permits(reads.PROPOSE),
        "decides": actor.permits(reads.DECIDE),
    }
    return shown(request, "insight:retention", "retention", **context)


@FORMS
def propose_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Propose that a case loses its content."""
    actor = actor_in(request)
    require(actor, reads.PROPOSE)
    case = Case.seen_one(actor, pk=case_id)
    if not reads.is_due(case, actor.day):
        raise Refused(NOT_DUE)
    look(actor, "case.read", case=case.pk, objects=[case], detail="disposal")
    return answer(
        request,
        ProposeForm(sent(request)),
        lambda values: propose_case_disposal(actor=actor, case=case, **values),
        then=lambda _: reverse("insight:retention"),
        template="insight/propose.html",
        context={"case": case, "counts": reads.counts_of(case)},
        notice=PROPOSED,
    )


@FORMS
def propose_delivery(request: HttpRequest, case_id: UUID, exchange: UUID) -> HttpResponse:
    """Propose that what another agency once gave is locked or removed."""
    actor = actor_in(request)
    require(actor, reads.PROPOSE)
    case = Case.seen_one(actor, pk=case_id)
    due = reads.due_delivery(actor, case, exchange)
    look(actor, "case.read", case=case.pk, objects=[case, exchange], detail="disposal")
    return answer(
        request,
        ProposeDeliveryForm(sent(request), initial={"how": "remove"}),
        lambda values: propose_delivery_disposal(actor=actor, case=case, delivery=due, **values),
        then=lambda _: reverse("insight:retention"),
        template="insight/propose.html",
        context={"case": case, "due": due},
        notice=PROPOSED,
    )


@require_GET
def proof(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The proof of a disposal, to be read or printed."""
    actor = actor_in(request)
    found = reads.proof_of_disposal(actor, pk)
    look(actor, "case.read", case=found.case_id, objects=[found], detail="proof of disposal")
    stated = proof_as_json(found)
    return render(request, "insight/disposal_proof.html", {"proof": found, "stated": stated})


@require_GET
def proof_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The proof of a disposal as a file."""
    actor = actor_in(request)
    found = reads.proof_of_disposal(actor, pk)
    look(actor, "case.read", case=found.case_id, objects=[found], detail="proof of disposal")
    data = json.dumps(proof_as_json(found), ensure_ascii=False, indent=1).encode()
    return attachment(data, f"gallringsbevis-{pk}.json", "application/json")
