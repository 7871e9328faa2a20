"""How is an approved disposal carried out, proved, and its files erased from the store?

The database removes the content and writes the proof in one function, which looks at the approval
itself. Files are erased when that has been committed; what could not be erased then is erased by
the job, so that nothing stays because a machine stopped at the wrong moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from samsyn.hub.cases.actions.files import file_store
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.sealed_files import FileGone, Stored
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry, act
from samsyn.hub.guard.context import acting, worker
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.insight.actions import NOT_DUE
from samsyn.hub.insight.models import Disposal
from samsyn.hub.insight.reads_disposal import is_due
from samsyn.kernel.text import Text

FORMAT = "samsyn-disposal-proof/1"
ERASED = "job.disposal"


def dispose(actor: Actor, request: TwoPersonRequest) -> str:
    """Carry out what two persons have agreed on; gives back the id of the proof.

    Raises:
        Missing: if the case is not there for whoever decides.
        Refused: if it is not due, or not any more.
    """
    case = Case.seen_one(actor, pk=UUID(str(request.about["case"])))
    whole = "exchange" not in request.about
    if whole and not is_due(case, actor.day):
        raise Refused(NOT_DUE)
    entry = Entry(actor, "disposal.decide", case.pk, case.matter)
    entry.detail = "removed" if request.about.get("how", "remove") == "remove" else "locked"
    entry.touches(request, *request.about.values())
    number = entry.write()
    with connections["default"].cursor() as cursor:
        cursor.execute("select insight_dispose(%s, %s)", [request.pk, number])
        proof = Disposal.seen_one(actor, pk=cursor.fetchone()[0])
    tell(entry, case, about=proof)
    transaction.on_commit(lambda: erase(proof.files))
    return str(proof.pk)


def told(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    """What was asked for, in words."""
    about = {UUID(str(request.about["case"])) for request in requests}
    # The row policies let through only those that whoever reads the list may see.
    numbers = dict(Case.rows.filter(pk__in=about).values_list("pk", "number"))
    return [_told(one, numbers.get(UUID(str(one.about["case"])), "")) for one in requests]


def _told(request: TwoPersonRequest, number: str) -> Text:
    if "exchange" not in request.about:
        return Text(sv=f"Gallra ärendet {number}".strip(), en=f"Dispose of case {number}".strip())
    if request.about.get("how") == "lock":
        return Text(
            sv=f"Spärra mottagna uppgifter i {number}", en=f"Lock received facts in {number}"
        )
    return Text(
        sv=f"Gallra mottagna uppgifter i {number}", en=f"Dispose of received facts in {number}"
    )


two_persons.register("disposal.propose", executor=dispose, words=told)


def erase(names: Iterable[str]) -> None:
    """Erase files from the store; those already gone are as they should be."""
    store = file_store()
    for name in names:
        with suppress(FileGone):
            store.destroy(Stored(name))


def erase_what_is_left(using: str = "worker") -> int:
    """Erase the files of disposals whose files nobody has seen to be gone; returns how many."""
    actor = worker(timezone.localdate())
    with acting(actor, using):
        waiting = list(Disposal.rows.using(using).filter(files_erased_at__isnull=True)[:100])
        for proof in waiting:
            erase(proof.files)
        if waiting:
            with act(actor, ERASED, objects=waiting, using=using):
                Disposal.rows.using(using).filter(pk__in=[proof.pk for proof in waiting]).update(
                    files_erased_at=timezone.now()
                )
    return len(waiting)


def proof_as_json(proof: Disposal) -> dict[str, Any]:
    """The proof as a file that somebody keeps: what, how many, when, who, and the digest."""
    stated: dict[str, Any] = {
        "format": FORMAT,
        "id": str(proof.pk),
        "agency": proof.agency,
        "case": {"id": str(proof.case_id), "number": proof.number},
        "delivery": str(proof.exchange) if proof.exchange else None,
        "how": proof.how,
        "reason": proof.reason,
        "counts": proof.counts,
        "objects": [str(one) for one in proof.objects],
        "sha256_of_what_was_removed": proof.digest,
        "files_erased_at": proof.files_erased_at.isoformat() if proof.files_erased_at else None,
        "proposed": {"by": proof.proposed_by_name, "at": proof.proposed_at.isoformat()},
        "decided": {"by": proof.decided_by_name, "at": proof.decided_at.isoformat()},
        "log_entry": reference(proof.entry),
        "request": str(proof.request),
    }
    written = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {**stated, "sha256_of_this": hashlib.sha256(written.encode()).hexdigest()}
