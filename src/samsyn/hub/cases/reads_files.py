"""Which files does a case hold, and what of one is shown?"""

from __future__ import annotations

from uuid import UUID

from samsyn.hub.cases.actions.files import file_store
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.cases.sealed_files import Stored
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Missing

MOST = 200


def files_of(actor: Actor, case: Case, most: int | None = MOST) -> list[SealedFile]:
    """The files of a case, the newest first."""
    found = SealedFile.seen(actor).filter(case=case, state="current")
    return list(found.order_by("-made_at", "-pk")[:most])


def files_of_fact(actor: Actor, fact: Fact) -> list[SealedFile]:
    """The files that belong to a fact."""
    found = SealedFile.seen(actor).filter(case=fact.case_id, fact=fact, state="current")
    return list(found.order_by("name")[:MOST])


def file_of(actor: Actor, case: Case, pk: UUID) -> SealedFile:
    """A file of this case.

    Raises:
        Missing: if there is none in it that the person may see.
    """
    return SealedFile.seen_one(actor, pk=pk, case=case, state="current")


def original_of(file: SealedFile) -> bytes:
    """The original as it came, checked against its digest."""
    return file_store().read_whole(Stored(file.stored_as, file.sha256, file.size))


def page_of(file: SealedFile, number: int) -> bytes:
    """One page of the copy that is shown.

    Raises:
        Missing: if it has no such page.
    """
    if not 1 <= number <= len(file.shown_as):
        raise Missing
    return file_store().read_whole(Stored(file.shown_as[number - 1]))


def text_of(file: SealedFile) -> str:
    """What a plain text says; empty for everything else."""
    if file.shown_type != "text/plain" or not file.shown_as:
        return ""
    return page_of(file, 1).decode(errors="replace")
