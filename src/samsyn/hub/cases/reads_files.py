"""Which files does a case hold, and what of one is shown?"""

from __future__ import annotations

from uuid import UUID

from samsyn.hub.cases.actions.files import file_store
from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.closed_texts import Opening, open_files_for, require_open_file
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
    """The files that belong to a fact; those of a tip-giver's fact are open where it is."""
    found = SealedFile.seen(actor).filter(case=fact.case_id, fact=fact, state="current")
    files = list(found.order_by("name")[:MOST])
    for file in files:
        file.fact = fact
    return files


def file_of(actor: Actor, case: Case, pk: UUID) -> SealedFile:
    """A file of this case.

    Raises:
        Missing: if there is none in it that the person may see.
    """
    return SealedFile.seen_one(actor, pk=pk, case=case, state="current")


def file_opened(
    actor: Actor, case: Case, pk: UUID, *, otherwise: str = ""
) -> tuple[SealedFile, Opening | None]:
    """The same, as far as two persons have opened it to this person; the look is logged.

    Args:
        actor, case, pk: who looks at which file.
        otherwise: the act as which the look is logged when nothing was opened; none if empty.

    Returns:
        The file, and how the person's request stands; None for a file that is not closed.

    Raises:
        Missing: if there is none in it that the person may see.
    """
    file = file_of(actor, case, pk)
    return file, open_files_for(actor, case.pk, [file], otherwise=otherwise).get(file.pk)


def original_of(file: SealedFile) -> bytes:
    """The original as it came, checked against its digest.

    Raises:
        Refused: if it is closed to whoever asks.
    """
    require_open_file(file)
    return file_store().read_whole(Stored(file.stored_as, file.sha256, file.size))


def page_of(file: SealedFile, number: int) -> bytes:
    """One page of the copy that is shown.

    Raises:
        Missing: if it has no such page.
        Refused: if it is closed to whoever asks.
    """
    require_open_file(file)
    if not 1 <= number <= len(file.shown_as):
        raise Missing
    return file_store().read_whole(Stored(file.shown_as[number - 1]))


def text_of(file: SealedFile) -> str:
    """What a plain text says; empty for everything else, and while it is closed."""
    if is_closed(file) or file.shown_type != "text/plain" or not file.shown_as:
        return ""
    return page_of(file, 1).decode(errors="replace")
