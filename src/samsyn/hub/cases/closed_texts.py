"""Who may read a text that points to a tip-giver, until when, and what is shown to all others?

Two persons open it, for the one who asked, in that case and for some hours. It is opened one fact
at a time, with the files that belong to it, on its own page and where it is disclosed or corrected:
lists, search, exports and copies stay closed, since what they show outlives the hours. A file that
points to a tip-giver by itself is opened by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Func, Q
from django.utils import timezone

from samsyn.hub.cases.closed_field import CLOSED_NAME, MARK, is_closed, whole
from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.models import Fact, SealedFile
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.two_persons import APPROVED, REFUSED, VALID_DAYS
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.text import LANGUAGES, Text

OPEN = "tipster.open"
OPEN_HOURS = 24
"""From the approval: a working day and the evening of a summons or a threat to be assessed; whoever
needs it longer says why anew."""
STILL_CLOSED = Text(
    sv="Uppgiften pekar ut en tipsare och är stängd, också för den som skrev den.",
    en="The fact points to a tip-giver and is closed, also to whoever wrote it.",
)
ASK_TO_OPEN = Text(
    sv="Begär att få öppna den på uppgiftens sida; en annan person avgör.",
    en="Ask to open it on the page of the fact; another person decides.",
)
FILE_CLOSED = Text(
    sv="Handlingen pekar ut en tipsare och är stängd, också för den som lade till den.",
    en="The document points to a tip-giver and is closed, also to whoever added it.",
)
ASK_TO_OPEN_FILE = Text(
    sv="Begär att få öppna den på handlingens sida; en annan person avgör.",
    en="Ask to open it on the page of the document; another person decides.",
)


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How a person's request to open one fact stands.

    Attributes:
        state: ``none``, ``waiting``, ``refused``, ``open`` or ``over``.
        until: last moment it is open, or was.
        by_name, reason: who decided, and why.
    """

    state: str = "none"
    until: datetime | None = None
    by_name: str = ""
    reason: str = ""


def open_for(
    actor: Actor, case: UUID | None, facts: Iterable[Fact], *, otherwise: str = ""
) -> dict[UUID, Opening]:
    """Open the marked facts among these that the person may read now, and log that they are read.

    One question, and none when no fact is marked.

    Args:
        actor, case: who reads, and in which case.
        facts: what is shown.
        otherwise: the act as which the look is logged when nothing is opened; none if empty.

    Returns:
        For each marked fact how the person's request stands.
    """
    shown = list(facts)
    found = _requests(actor, case, [fact for fact in shown if MARK in fact.marks])
    opened = [fact for fact in shown if fact.pk in found and found[fact.pk].state == "open"]
    for fact in opened:
        fact.opened_until = found[fact.pk].until
    if opened:
        look(actor, OPEN, case=case, objects=opened, detail="read")
    elif otherwise:
        look(actor, otherwise, case=case, objects=shown)
    return found


def open_files_for(
    actor: Actor, case: UUID | None, files: Iterable[SealedFile], *, otherwise: str = ""
) -> dict[UUID, Opening]:
    """The same for files: open to whoever has had the file opened, or the fact it belongs to."""
    shown = list(files)
    found = _requests(actor, case, [file for file in shown if is_closed(file)])
    opened = [file for file in shown if file.pk in found and found[file.pk].state == "open"]
    for file in opened:
        file.opened_until = found[file.pk].until
    if opened:
        look(actor, OPEN, case=case, objects=opened, detail="read")
    elif otherwise:
        look(actor, otherwise, case=case, objects=shown)
    return found


def _requests(
    actor: Actor, case: UUID | None, rows: Sequence[Fact | SealedFile]
) -> dict[UUID, Opening]:
    if not rows or case is None or actor.account is None:
        return {}
    ids = {row.pk: _ids_of(row) for row in rows}
    every = [one for of_row in ids.values() for one in of_row]
    asked = TwoPersonRequest.seen(actor).filter(
        Q(about__fact__in=every) | Q(about__file__in=every),
        act=OPEN, case=case, asked_by=actor.account,
    )  # fmt: skip
    found = dict.fromkeys(ids, Opening())
    for request in asked.order_by("asked_at"):
        about = request.about.get("fact") or request.about.get("file")
        for pk in (pk for pk, of_row in ids.items() if about in of_row):
            found[pk] = _stands(actor, request, found[pk])
    return found


def _ids_of(row: Fact | SealedFile) -> tuple[str, ...]:
    """Of what a request may be about that opens the row: itself, and the fact of a file."""
    fact = getattr(row, "fact_id", None)
    return (str(row.pk), str(fact)) if fact else (str(row.pk),)


def _stands(actor: Actor, request: TwoPersonRequest, before: Opening) -> Opening:
    """How it stands after one more request; nothing later closes what is open."""
    now = timezone.now()
    if before.state == "open":
        return before
    by_name, reason = request.decided_by_name, request.decision_reason
    if request.outcome == APPROVED and request.decided_at is not None:
        until = request.decided_at + timedelta(hours=OPEN_HOURS)
        # Whoever has lost the role that may ask has lost what it opened.
        state = "open" if until > now and actor.permits(OPEN) else "over"
        return Opening(state=state, until=until, by_name=by_name, reason=reason)
    if request.outcome == REFUSED:
        return Opening(state="refused", by_name=by_name, reason=reason)
    if not request.outcome and request.asked_at > now - timedelta(days=VALID_DAYS):
        return Opening(state="waiting")
    return before


def require_open(fact: Fact) -> None:
    """What one cannot read one neither corrects nor passes on.

    Raises:
        Refused: naming whom to ask.
    """
    if is_closed(fact):
        raise Refused(STILL_CLOSED, next_step=ASK_TO_OPEN)


def require_open_file(file: SealedFile) -> None:
    """What is closed is neither drawn nor handed out.

    Raises:
        Refused: naming whom to ask.
    """
    if is_closed(file):
        raise Refused(FILE_CLOSED, next_step=ASK_TO_OPEN_FILE)


def without_person(facts: Iterable[Fact]) -> list[Fact]:
    """The facts, those that are closed without the person they are about: that would tell who."""
    rows = list(facts)
    for fact in rows:
        if is_closed(fact) and fact.entity is not None and fact.entity.kind == "person":
            Fact._meta.get_field("entity").set_cached_value(fact, None)
    return rows


def fact_words(item_kind: str, marks: Sequence[str], *texts: str) -> Func:
    """What search looks in: the words of a fact; of one that points to a tip-giver its kind."""
    if MARK in marks:
        return lexemes(*(kind_name(item_kind, code) for code in LANGUAGES))
    return lexemes(*texts)


def words_of(fact: Fact, marks: Sequence[str]) -> Func:
    """The same for a fact that is written already."""
    about = fact.entity.name if fact.entity else ""
    return fact_words(fact.item_kind, marks, whole(fact.text), whole(fact.source), about)


def file_words(name: str, marks: Sequence[str]) -> Func:
    """What search looks in: the name of a file; of one that points to a tip-giver nothing of it."""
    if MARK in marks:
        return lexemes(*(CLOSED_NAME.into(code) for code in LANGUAGES))
    return lexemes(name)
