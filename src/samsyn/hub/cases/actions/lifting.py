"""Ask to lift a secrecy mark; when another person agrees, exactly that is lifted.

A mark reminds and decides nothing (OSL 5:5): when it is lifted, whether something is given out is
still assessed when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections
from django.utils import timezone

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.actions.opening import numbers_of
from samsyn.hub.cases.actions.remarking import call_file
from samsyn.hub.cases.closed_field import MARK, whole
from samsyn.hub.cases.closed_texts import file_words, words_of
from samsyn.hub.cases.models import Case, Fact, RegisterEntry, SealedFile
from samsyn.hub.cases.phrases import short_cite
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry, act
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Conflict, Invalid, Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.registry.searching import tokens_in
from samsyn.kernel.text import Text

LIFT = "secrecy.lift"
BETWEEN = "|"
"""Between the parts of a choice, in what a request is about."""
CHOOSE = Text(
    sv="Välj minst en bestämmelse eller ett märke som ska hävas.",
    en="Choose at least one provision or mark to lift.",
)
CHANGED = Text(
    sv="Markeringen har ändrats sedan det begärdes; inget är hävt.",
    en="The mark has changed since it was asked for; nothing is lifted.",
)
ASK_ANEW = Text(
    sv="Neka begäran; den som vill kan begära det som gäller nu.",
    en="Refuse the request; whoever wants to can ask for what holds now.",
)
NOTHING = Text(sv="Det finns ingen markering att häva.", en="There is no mark to lift.")


class Liftable(msgspec.Struct, frozen=True, kw_only=True):
    """What of a fact's secrecy its own agency may lift.

    Attributes:
        secrecy, marks: what may be chosen.
        inherited: provisions and marks taken over from received facts, which stay.
        givers: agencies that gave those.
    """

    secrecy: tuple[str, ...]
    marks: tuple[str, ...]
    inherited: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()


def only_giver_lifts(giver: str) -> Refused:
    """What another agency has said stays as it said it."""
    return Refused(
        Text(
            sv=f"Sekretessen följde med från {giver} och kan bara hävas där.",
            en=f"The secrecy came along from {giver} and can be lifted only there.",
        ),
        next_step=Text(
            sv=f"Fråga {giver} om markeringen fortfarande behövs.",
            en=f"Ask {giver} whether the mark is still needed.",
        ),
    )


def liftable(actor: Actor, fact: Fact) -> Liftable:
    """What of a fact may be lifted: its own, and nothing that it took over.

    A source that is gone or hidden keeps all of it: what it gave cannot be told apart. Of what was
    received it is what was added here, and nothing that its giver has set, then or since.
    """
    if fact.received_from:
        return _liftable_here(fact)
    own_marks = [mark for mark in fact.marks if mark != "may_not_be_told"]
    if not fact.derived_from:
        return Liftable(secrecy=tuple(fact.secrecy), marks=tuple(own_marks))
    sources = list(Fact.seen(actor).filter(pk__in=fact.derived_from))
    taken = {part for source in sources for part in (*source.secrecy, *source.marks)}
    if len(sources) < len(set(fact.derived_from)):
        taken |= {*fact.secrecy, *fact.marks}
    return Liftable(
        secrecy=tuple(cite for cite in fact.secrecy if cite not in taken),
        marks=tuple(mark for mark in own_marks if mark not in taken),
        inherited=tuple(part for part in (*fact.secrecy, *own_marks) if part in taken),
        givers=tuple(dict.fromkeys(source.received_from or source.holder for source in sources)),
    )


def _liftable_here(fact: Fact) -> Liftable:
    return Liftable(
        secrecy=tuple(cite for cite in fact.secrecy if cite in fact.added),
        marks=tuple(mark for mark in fact.marks if mark in fact.added),
        inherited=tuple(part for part in (*fact.secrecy, *fact.marks) if part not in fact.added),
        givers=(fact.received_from,),
    )


def ask_lift_fact(
    *, actor: Actor, fact: Fact, secrecy: Sequence[str], marks: Sequence[str], reason: str
) -> TwoPersonRequest:
    """Ask to lift some of a fact's provisions and marks.

    Raises:
        Invalid: if nothing is chosen, or no reason is given.
        Refused: if its giver has set it or it is taken over, or is asked for already.
    """
    _require_own(liftable(actor, fact), secrecy, marks)
    if not (secrecy or marks):
        raise Invalid("secrecy", CHOOSE)
    about = {
        "fact": str(fact.pk),
        "secrecy": BETWEEN.join(secrecy),
        "marks": BETWEEN.join(marks),
    }
    if fact.bound_matter is not None and actor.purpose:
        about["purpose"] = actor.purpose  # what builds on the received is read for it alone
    return _ask(actor, fact, about, reason, secrecy=[*secrecy], marks=[*marks])


def liftable_of_file(file: SealedFile) -> Liftable:
    """What of a file may be lifted; the mark of the tip-giver's fact it belongs to stays with it.

    Raises:
        Refused: if it was received.
    """
    if file.received_from:
        raise only_giver_lifts(file.received_from)
    of_fact = file.fact is not None and MARK in file.fact.marks
    stays = {"may_not_be_told", MARK} if of_fact else {"may_not_be_told"}
    return Liftable(
        secrecy=tuple(file.secrecy),
        marks=tuple(mark for mark in file.marks if mark not in stays),
    )


def ask_lift_file(
    *, actor: Actor, file: SealedFile, secrecy: Sequence[str], marks: Sequence[str], reason: str
) -> TwoPersonRequest:
    """Ask to lift some of a file's provisions and marks.

    Raises:
        Invalid: if nothing is chosen, or no reason is given.
        Refused: if it was received, or is asked for already.
    """
    _require_own(liftable_of_file(file), secrecy, marks)
    if not (secrecy or marks):
        raise Invalid("secrecy", CHOOSE)
    about = {
        "file": str(file.pk),
        "secrecy": BETWEEN.join(secrecy),
        "marks": BETWEEN.join(marks),
    }
    return _ask(actor, file, about, reason, file=True, secrecy=[*secrecy], marks=[*marks])


def ask_lift_line(
    *, actor: Actor, line: RegisterEntry, secrecy: Sequence[str], reason: str
) -> TwoPersonRequest:
    """Ask to lift some of the provisions, or all, of the secrecy mark of a registered document.

    Raises:
        Invalid: if nothing is chosen, or no reason is given.
        Refused: if the mark is another agency's, or is lifted or asked for already.
    """
    require_own_mark(line)
    if not secrecy or set(secrecy) - set(line.mark_provision):
        raise Invalid("secrecy", CHOOSE)
    about = {"line": str(line.pk), "secrecy": BETWEEN.join(secrecy)}
    return _ask(actor, line, about, reason, secrecy=[*secrecy])


def require_own_mark(line: RegisterEntry) -> None:
    """That there is a mark, and that it is the agency's own.

    Raises:
        Refused: saying whose it is.
    """
    if line.case is None or not line.mark_provision or line.mark_lifted_at is not None:
        raise Refused(NOTHING)
    if line.mark_agency != line.agency:
        raise only_giver_lifts(line.mark_agency)


def _ask(
    actor: Actor,
    row: Fact | SealedFile | RegisterEntry,
    about: dict[str, str],
    reason: str,
    **words: Any,
) -> TwoPersonRequest:
    case = row.case
    assert case is not None  # a line without a case has no mark of one's own to lift
    with act(actor, LIFT, case=case.pk, matter=case.matter, objects=[row], detail="asked") as entry:
        request = two_persons.ask(
            actor,
            code=LIFT,
            about=about,
            reason=reason,
            case=case.pk,
            visible_to=row.visible_to,
        )
        tell(entry, case, about=row, **words)
    return request


def _require_own(own: Liftable, secrecy: Iterable[str], marks: Iterable[str]) -> None:
    for part in (*secrecy, *marks):
        if part in own.inherited:
            raise only_giver_lifts(", ".join(own.givers) or "–")
        if part not in (*own.secrecy, *own.marks):
            raise Invalid("secrecy", CHOOSE)


def lift(actor: Actor, request: TwoPersonRequest) -> str:
    """Agreed: take off exactly what was asked for, in the transaction of the decision.

    Raises:
        Missing: if the row is not there for whoever decides.
        Conflict: if something of it is not there any more.
        Refused: if it has come to be another agency's.
    """
    case = Case.seen_one(actor, pk=request.case)
    purpose = str(request.about.get("purpose", case.purpose))
    group = purpose_group(purpose)
    secrecy, marks = _parts(request, "secrecy"), _parts(request, "marks")
    within = actor.within(case=case.pk, matter=case.matter, purpose=purpose, purpose_group=group)
    with acting(within):
        row: Fact | SealedFile | RegisterEntry
        if "line" in request.about:
            row = _lift_line(within, request, secrecy)
        elif "file" in request.about:
            row = _lift_file(within, request, secrecy, marks)
        else:
            row = _lift_fact(within, request, secrecy, marks)
        second = current_organisation().two_person_acts[LIFT]
        entry = Entry(within, second, case.pk, case.matter)
        entry.detail = "lifted"
        entry.touches(request, row)
        words: dict[str, Any] = {"file": True} if isinstance(row, SealedFile) else {}
        tell(entry, case, about=row, secrecy=secrecy, marks=marks, **words)
    return ""


def _parts(request: TwoPersonRequest, name: str) -> list[str]:
    return [part for part in str(request.about.get(name, "")).split(BETWEEN) if part]


def _lift_fact(
    actor: Actor, request: TwoPersonRequest, secrecy: list[str], marks: list[str]
) -> Fact:
    asked = Fact.seen(actor).filter(pk=UUID(str(request.about["fact"])))
    # A copy is locked where it is changed: its receiver may not write it.
    received = asked.exclude(received_from="").first()
    fact = received or asked.select_for_update().first()
    if fact is None:
        raise Missing
    own = liftable(actor, fact)
    if not (secrecy or marks) or {*secrecy, *marks} - {*own.secrecy, *own.marks}:
        raise Conflict(CHANGED, next_step=ASK_ANEW)
    left = [mark for mark in fact.marks if mark not in marks]
    still = [cite for cite in fact.secrecy if cite not in secrecy]
    # That nothing is left is an assessment; what is left is as assessed as it was.
    by = fact.secrecy_confirmed_by or (None if still else actor.account)
    if fact.received_from:
        words = tokens_in(words_of(fact, left))
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select cases_lift_added(%s, %s, %s, %s, %s)",
                [fact.pk, secrecy, marks, words, request.pk],
            )
        return fact
    asked.update(secrecy=still, marks=left, secrecy_confirmed_by=by)
    if MARK in marks:
        asked.update(search=words_of(fact, left))
    return fact


def _lift_file(
    actor: Actor, request: TwoPersonRequest, secrecy: list[str], marks: list[str]
) -> SealedFile:
    asked = SealedFile.seen(actor).filter(pk=UUID(str(request.about["file"])), state="current")
    file = asked.select_for_update().first()
    if file is None:
        raise Missing
    own = liftable_of_file(file)
    if not (secrecy or marks) or {*secrecy, *marks} - {*own.secrecy, *own.marks}:
        raise Conflict(CHANGED, next_step=ASK_ANEW)
    left = [mark for mark in file.marks if mark not in marks]
    still = [cite for cite in file.secrecy if cite not in secrecy]
    asked.update(secrecy=still, marks=left, search=file_words(whole(file.name), left))
    call_file(file)
    return file


def _lift_line(actor: Actor, request: TwoPersonRequest, secrecy: list[str]) -> RegisterEntry:
    lines = RegisterEntry.seen(actor).filter(pk=UUID(str(request.about["line"])))
    line = lines.select_for_update().first()
    if line is None:
        raise Missing
    if line.mark_lifted_at is not None or not secrecy or set(secrecy) - set(line.mark_provision):
        raise Conflict(CHANGED, next_step=ASK_ANEW)
    require_own_mark(line)
    left = [cite for cite in line.mark_provision if cite not in secrecy]
    if left:
        lines.update(mark_provision=left)
    else:  # what was marked stays to be read beside the day it was lifted
        lines.update(mark_lifted_at=timezone.now())
    return line


def told(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    """What was asked for, in words."""
    numbers = numbers_of(requests)
    return [_told(one, numbers.get(one.case, "–")) for one in requests]


def _told(request: TwoPersonRequest, number: str) -> Text:
    cites = [short_cite(cite) for cite in _parts(request, "secrecy")]
    marks = [MARK_NAMES[mark] for mark in _parts(request, "marks") if mark in MARK_NAMES]
    swedish = ", ".join((*cites, *(mark.sv for mark in marks))) or "–"
    english = ", ".join((*cites, *(mark.en for mark in marks))) or "–"
    if "line" in request.about:
        return Text(
            sv=f"Häv sekretessmarkeringen på en handling i diariet, {number}: {swedish}",
            en=f"Lift the secrecy mark of a registered document, {number}: {english}",
        )
    if "file" in request.about:
        return Text(
            sv=f"Häv sekretessmarkeringen på en handling i {number}: {swedish}",
            en=f"Lift the secrecy mark of a document in {number}: {english}",
        )
    return Text(
        sv=f"Häv sekretessmarkeringen på en uppgift i {number}: {swedish}",
        en=f"Lift the secrecy mark of a fact in {number}: {english}",
    )


two_persons.register(LIFT, executor=lift, words=told)
