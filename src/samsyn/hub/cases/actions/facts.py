"""Write, correct and mark facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from samsyn.hub.cases.actions.remarking import call_file, remark
from samsyn.hub.cases.actions.sharpening import sharpen
from samsyn.hub.cases.actions.states import require_not_archived
from samsyn.hub.cases.closed_field import MARK, whole
from samsyn.hub.cases.closed_texts import fact_words, file_words, require_open, words_of
from samsyn.hub.cases.derived import Inheritance, inherit
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.cases.secrecy import MARKS, propose_secrecy, read_secrecy
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text

LONGEST = 20_000


def write_fact(
    *,
    actor: Actor,
    case: Case,
    text: str,
    item_kind: str,
    activity: str,
    subject_kind: str = "",
    entity: Entity | None = None,
    secrecy: Sequence[str] | None = None,
    marks: Iterable[str] = (),
    source: str = "",
    observed_on: date | None = None,
    derived_from: Iterable[UUID] = (),
    replaces: Fact | None = None,
) -> Fact:
    """Write down a fact in a case; it belongs to the actor's agency.

    Args:
        item_kind, activity, subject_kind: kind of fact (:mod:`samsyn.hub.cases.fact_kinds`), where
            it arose, and ``person`` or ``company``.
        secrecy: provisions the officer confirms; None keeps those proposed, unconfirmed.
        source, observed_on: where it comes from, in words, and when it was seen or told.
        derived_from: received facts that it builds on; repeats are found besides.

    Raises:
        Invalid, Refused: naming the field; if no role permits it, or the case is archived.
    """
    require_not_archived(case)
    _check(text, item_kind, activity, marks)
    bound = Fact.seen(actor).filter(case=case).exclude(bound_matter=None)
    inherited = inherit(text, bound, derived_from)
    all_marks = list(dict.fromkeys((*marks, *inherited.marks)))
    law = (activity, item_kind, subject_kind, tuple(all_marks))
    with act(actor, "fact.write", case=case.pk, matter=case.matter) as entry:
        fact = Fact.rows.create(
            visible_to=case.visible_to,
            case=case,
            agency=actor.agency,
            entity=entity,
            item_kind=item_kind,
            subject_kind=subject_kind,
            text=text.strip(),
            holder=actor.agency,
            activity=activity,
            marks=all_marks,
            source=source.strip()[:200],
            observed_on=observed_on,
            replaces=replaces,
            made_by=actor.account,
            made_by_name=actor.name,
            **_secrecy(actor, secrecy, law, inherited),
            search=fact_words(item_kind, all_marks, text, source, entity.name if entity else ""),
            **_bounds(inherited),
        )
        entry.detail = _detail(inherited, replaces)
        entry.touches(fact)
        if replaces is None:  # a correction tells of itself, with its reason
            tell(entry, case, about=fact, kind=item_kind, derived=len(inherited.sources))
        return fact


def _secrecy(
    actor: Actor,
    confirmed: Sequence[str] | None,
    law: tuple[str, str, str, tuple[str, ...]],
    inherited: Inheritance,
) -> dict[str, Any]:
    """The provisions a person confirmed, else those the rulebook proposes; and the inherited."""
    if confirmed is not None:
        provisions = read_secrecy(list(confirmed))
    else:
        activity, item_kind, subject_kind, marks = law
        provisions = list(
            propose_secrecy(
                holder=actor.agency,
                activity=activity,
                item_kind=item_kind,
                subject_kind=subject_kind,
                marks=marks,
                on=actor.day,
            )
        )
    return {
        "secrecy": list(dict.fromkeys((*provisions, *inherited.secrecy))),
        "secrecy_confirmed_by": actor.account if confirmed is not None else None,
    }


def _bounds(inherited: Inheritance) -> dict[str, Any]:
    return {
        "derived_from": list(inherited.sources),
        "bound_matter": inherited.bound_matter,
        "bound_purpose": inherited.bound_purpose,
        "valid_to": inherited.valid_to,
    }


def _detail(inherited: Inheritance, replaces: Fact | None) -> str:
    said = []
    if inherited.sources:
        said.append(f"derived from {' '.join(map(str, inherited.sources))}")
    if replaces is not None:
        said.append(f"replaces {replaces.pk}")
    return "; ".join(said)


def _check(text: str, item_kind: str, activity: str, marks: Iterable[str]) -> None:
    if not text.strip():
        raise Invalid("text", Text(sv="Skriv uppgiften.", en="Write the fact."))
    if len(text) > LONGEST:
        raise Invalid(
            "text",
            Text(
                sv=f"Högst {LONGEST} tecken; lägg det längre som en fil.",
                en=f"At most {LONGEST} characters; add what is longer as a file.",
            ),
        )
    if not item_kind.strip():
        raise Invalid("item_kind", Text(sv="Välj slag av uppgift.", en="Choose the kind of fact."))
    if not activity.strip():
        raise Invalid(
            "activity",
            Text(
                sv="Välj i vilken verksamhet uppgiften finns; sekretessen beror på det.",
                en="Choose the activity it is held in; the secrecy depends on it.",
            ),
        )
    if unknown := [mark for mark in marks if mark not in MARKS]:
        raise Invalid(
            "marks", Text(sv=f"Okänt märke: {unknown[0]}.", en=f"No such mark: {unknown[0]}.")
        )


def own_fact(fact: Fact) -> None:
    """What was received is read and not changed by its receiver.

    Raises:
        Refused: naming whose it is.
    """
    if fact.received_from:
        raise Refused(
            Text(
                sv=f"Uppgiften kommer från {fact.received_from} och ändras bara där.",
                en=f"The fact comes from {fact.received_from} and is changed only there.",
            ),
            next_step=Text(
                sv="Skriv en egen uppgift som hänvisar till den, eller fråga myndigheten.",
                en="Write a fact of your own that refers to it, or ask the agency.",
            ),
        )


def correct_fact(*, actor: Actor, fact: Fact, text: str, reason: str) -> Fact:
    """Correct a fact: a new row takes its place, the old one is kept and says so.

    Raises:
        Invalid: naming the field.
        Refused: if it was received from another agency, or is closed to whoever corrects it.
    """
    own_fact(fact)
    if not reason.strip():
        raise Invalid("reason", Text(sv="Skriv vad som var fel.", en="Say what was wrong."))
    require_open(fact)
    with act(actor, "fact.write", case=fact.case_id, objects=[fact]) as entry:
        entry.detail = "corrected"
        new = write_fact(
            actor=actor,
            case=fact.case,
            text=text,
            item_kind=fact.item_kind,
            activity=fact.activity,
            subject_kind=fact.subject_kind,
            entity=fact.entity,
            secrecy=fact.secrecy if fact.secrecy_confirmed_by else None,
            marks=fact.marks,
            source=whole(fact.source),
            observed_on=fact.observed_on,
            derived_from=fact.derived_from,
            replaces=fact,
        )
        Fact.seen(actor).filter(pk=fact.pk).update(state="replaced")
        tell(entry, fact.case, about=new, corrected=True, reason=reason)
    return new


def confirm_secrecy(
    *, actor: Actor, fact: Fact, secrecy: Sequence[str], marks: Iterable[str]
) -> None:
    """Confirm which provisions make a fact secret, and its marks.

    A protective mark, a provision that somebody has confirmed, and what is inherited from another
    agency are not taken off here: that is to lift a secrecy mark and takes two persons. What was
    received can be marked more strictly, and by its giver alone less.

    Raises:
        Invalid: if a provision or mark cannot be used.
        Refused: if a mark would be taken off.
    """
    confirmed, kept = read_secrecy(list(secrecy)), list(dict.fromkeys(marks))
    _check(fact.text, fact.item_kind, fact.activity, kept)
    if fact.received_from:
        sharpen(actor=actor, fact=fact, secrecy=confirmed, marks=kept)
        return
    lost = [mark for mark in fact.marks if mark not in kept and mark != "may_not_be_told"]
    settled = bool(fact.derived_from or fact.secrecy_confirmed_by)
    dropped = [cite for cite in fact.secrecy if settled and cite not in confirmed]
    if lost or dropped:
        raise Refused(
            Text(
                sv="Ett skyddsmärke, bekräftad eller ärvd sekretess tas inte bort här.",
                en="A protective mark, confirmed or inherited secrecy is not taken off here.",
            ),
            next_step=Text(
                sv="Begär att sekretessmarkeringen hävs; det avgörs av två personer.",
                en="Ask for the secrecy mark to be lifted; two persons decide that.",
            ),
        )
    with act(actor, "fact.mark", case=fact.case_id, objects=[fact]) as entry:
        Fact.seen(actor).filter(pk=fact.pk).update(
            secrecy=confirmed, secrecy_confirmed_by=actor.account, marks=kept
        )
        if MARK in kept and MARK not in fact.marks:
            entry.touches(*_close(actor, fact))
        tell(entry, fact.case, about=fact, secrecy=confirmed, marks=kept)
        remark(entry, fact.case, fact=fact.pk)


def _close(actor: Actor, fact: Fact) -> list[UUID]:
    """Take the words of a fact out of search; its files and what it said before close with it."""
    Fact.seen(actor).filter(pk=fact.pk).update(search=words_of(fact, [MARK]))
    closed = _close_files(actor, fact)
    at = fact.replaces_id
    while at is not None:
        earlier = Fact.seen(actor).filter(pk=at).first()
        if earlier is None:
            break
        marks = list(dict.fromkeys((*earlier.marks, MARK)))
        Fact.seen(actor).filter(pk=at).update(marks=marks, search=words_of(earlier, marks))
        closed += [earlier.pk, *_close_files(actor, earlier)]
        at = earlier.replaces_id
    return closed


def _close_files(actor: Actor, fact: Fact) -> list[UUID]:
    found = SealedFile.seen(actor).filter(fact=fact).exclude(marks__contains=[MARK])
    files = list(found.defer("search"))
    for file in files:
        marks = [*file.marks, MARK]
        SealedFile.seen(actor).filter(pk=file.pk).update(
            marks=marks, search=file_words(whole(file.name), marks)
        )
        call_file(file)
    return [file.pk for file in files]
