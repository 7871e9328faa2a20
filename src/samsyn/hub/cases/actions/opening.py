"""Ask to open what points to a tip-giver; another person decides."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samsyn.hub.cases.closed_field import MARK
from samsyn.hub.cases.closed_texts import OPEN, OPEN_HOURS, open_files_for, open_for
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry, act
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

OPEN_ALREADY = Text(
    sv="Uppgiften pekar inte ut någon tipsare, eller är redan öppen för dig.",
    en="The fact points to no tip-giver, or is open to you already.",
)
FILE_OPEN_ALREADY = Text(
    sv="Handlingen pekar inte ut någon tipsare, eller är redan öppen för dig.",
    en="The document points to no tip-giver, or is open to you already.",
)


def ask_open(*, actor: Actor, fact: Fact, reason: str) -> TwoPersonRequest:
    """Ask to read a closed fact for some hours; nobody else is opened to.

    Raises:
        Invalid: if no reason is given.
        Refused: if it is open, or asked for already, or the role is lacking.
    """
    stands = open_for(actor, fact.case_id, [fact]).get(fact.pk)
    if MARK not in fact.marks or (stands is not None and stands.state == "open"):
        raise Refused(OPEN_ALREADY)
    return _ask(actor, fact, "fact", reason)


def ask_open_file(*, actor: Actor, file: SealedFile, reason: str) -> TwoPersonRequest:
    """Ask to read a closed file for some hours, whether or not it belongs to a fact.

    Raises:
        Invalid: if no reason is given.
        Refused: if it is open, or asked for already, or the role is lacking.
    """
    stands = open_files_for(actor, file.case_id, [file]).get(file.pk)
    if stands is None or stands.state == "open":
        raise Refused(FILE_OPEN_ALREADY)
    return _ask(actor, file, "file", reason)


def _ask(actor: Actor, row: Fact | SealedFile, kind: str, reason: str) -> TwoPersonRequest:
    with act(actor, OPEN, case=row.case_id, objects=[row], detail="asked") as entry:
        request = two_persons.ask(
            actor,
            code=OPEN,
            # Two who ask are two requests: each is opened to for themselves.
            about={kind: str(row.pk), "by": str(actor.account)},
            reason=reason,
            case=row.case_id,
            visible_to=row.visible_to,
        )
        tell(entry, row.case, about=row, **({"file": True} if kind == "file" else {}))
    return request


def opened(actor: Actor, request: TwoPersonRequest) -> str:
    """Agreed: the fact or file is open to the asker from now on; the timeline says so, not to whom.

    Nothing is changed in it: the approved request itself is what opens it, and ages.

    Raises:
        Missing: if whoever decides may not see the case.
    """
    case = Case.seen_one(actor, pk=request.case)
    entry = Entry(actor, current_organisation().two_person_acts[OPEN], case.pk, case.matter)
    entry.detail = f"open for {OPEN_HOURS} hours"
    kind = "file" if "file" in request.about else "fact"
    entry.touches(request, request.about[kind])
    about = UUID(str(request.about[kind]))
    tell(entry, case, about=about, **({"file": True} if kind == "file" else {}))
    return ""


def told(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    """What was asked for, in words; never what the fact says."""
    numbers = numbers_of(requests)
    return [
        Text(
            sv=f"Öppna en {'handling' if 'file' in one.about else 'uppgift'} som pekar ut en "
            f"tipsare i {numbers.get(one.case, 'ett ärende')}, "
            f"för {one.asked_by_name} i {OPEN_HOURS} timmar",
            en=f"Open a {'document' if 'file' in one.about else 'fact'} that points to a "
            f"tip-giver in {numbers.get(one.case, 'a case')}, "
            f"to {one.asked_by_name} for {OPEN_HOURS} hours",
        )
        for one in requests
    ]


def numbers_of(requests: Sequence[TwoPersonRequest]) -> dict[UUID | None, str]:
    """The numbers of the cases of some requests, of those that the row policies let through."""
    cases = {one.case for one in requests if one.case}
    return dict(Case.rows.filter(pk__in=cases).values_list("pk", "number"))


two_persons.register(OPEN, executor=opened, words=told)
