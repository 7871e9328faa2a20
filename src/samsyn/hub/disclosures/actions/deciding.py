"""Decide on a disclosure and carry it out, or refuse it. The law is asked again at the moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils import timezone

from samsyn.hub.cases.actions import register_document
from samsyn.hub.cases.closed_field import whole
from samsyn.hub.cases.closed_texts import open_for, require_open
from samsyn.hub.cases.numbering import main_series
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.actions.items import keep_decided, light_items
from samsyn.hub.disclosures.actions.preparing import (
    change_version,
    only_draft,
    search_of,
    wanted_of,
)
from samsyn.hub.disclosures.assessing import (
    BETWEEN_AGENCIES,
    SHORTEST_WEIGHING,
    WEIGHED,
    Assessment,
    assess_all,
)
from samsyn.hub.disclosures.files_along import require_assessed
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.obstacles import (
    CLOSED,
    record_items,
    record_items_refused,
    stood_in_the_way,
)
from samsyn.hub.disclosures.passing_on import require_bounds_kept, require_not_held
from samsyn.hub.disclosures.reviewing.measuring import measured, rule_for
from samsyn.hub.disclosures.reviewing.sampling import draw, keep_sample
from samsyn.hub.disclosures.reviewing.signatures import require_signature
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import Entry, act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.kernel.text import Text

HURDLES = ("public", "must", "may", WEIGHED)


def decide_and_deliver(
    *,
    actor: Actor,
    draft: Disclosure,
    version: int,
    weighing: str = "",
    left_out: Collection[UUID] = (),
    as_drafted: bool = False,
    texts: Mapping[UUID, str] | None = None,
    with_files: Collection[UUID] = (),
    valid_to: date | None = None,
    told_title: str = "",
    told_words: str | None = None,
) -> Disclosure:
    """Decide that the draft leaves, and let exactly that leave.

    Args:
        actor, draft, version: who decides on which draft, and the version that was shown; one
            that awaits a second signature leaves as it was signed, or not at all.
        weighing: the officer's own words, where the law asks for a weighing.
        left_out, with_files: ids of items that do not leave, and of those that take their files.
        as_drafted: whether what the draft leaves out stays out besides.
        texts: id of an item → the part of its text that leaves.
        valid_to: last day the receiver may read it.
        told_title, told_words: what the receiver's case is called, and words that go along.

    Raises:
        Refused: if the law does not open an item, or a signature is missing; nothing is kept.
        Invalid, Conflict: naming the field; if the draft has changed since it was shown.
    """
    if draft.state != "awaiting":
        only_draft(draft)
    _check_receiver(actor, draft)
    last = _last_day(actor, draft, valid_to)
    with act(actor, "disclosure.decide", case=draft.case_id, matter=draft.matter) as entry:
        items = light_items(actor, draft)
        if as_drafted:
            left_out = {*left_out, *(item.pk for item in items if item.left_out)}
        leaving = _leaving(items, left_out, with_files)
        answers = _ask_again(actor, draft, leaving, last)
        decisive = max(answers.values(), key=_hurdle)
        _weighed(decisive, weighing)
        found = measured(draft, leaving, answers)
        require_signature(actor, draft, rule_for(found, actor.day))
        keep_decided(draft, items, answers, _parts(leaving, texts or {}), with_files)
        entry.touches(draft, *(item.fact_id for item in leaving))
        entry.ground, entry.rulebook = decisive.ground, decisive.rulebook
        sample = None if draft.countersign else draw(found, actor.day)
        entry.detail = f"to {draft.receiver}{sample.logged if sample else ''}"
        kept: dict[str, Any] = {"weighing": weighing.strip(), "valid_to": last}
        kept |= _along(draft, told_title, told_words)
        kept |= _decision(actor, answers, decisive, entry.write())
        change_version(actor, draft, version, **kept)
        _deliver(actor, draft, entry.number)
        _register_and_tell(actor, draft, entry, leaving, decisive.ground, kept["told_title"])
        if sample is not None and sample.drawn:
            keep_sample(actor, draft, sample, found)
        _record_left_out(actor, draft, items, answers, entry)
    # As the database has it now, without asking: decided, and then carried out.
    return _as_kept(draft, {**kept, "state": "delivered", "version": version + 2})


def _leaving(
    items: list[DisclosedFact], left_out: Collection[UUID], with_files: Collection[UUID]
) -> list[DisclosedFact]:
    leaving = [item for item in items if item.pk not in left_out]
    for item in leaving:
        item.with_files = item.pk in with_files
    return leaving


def _along(draft: Disclosure, title: str, words: str | None) -> dict[str, Any]:
    """What goes along: what the officer wrote now, else what the draft has."""
    told = (title.strip() or draft.told_title)[:200]
    said = draft.told_words if words is None else words
    return {"told_title": told, "told_words": said, "told_search": search_of(told, said)}


def _as_kept(draft: Disclosure, fields: Mapping[str, Any]) -> Disclosure:
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


class Denied(Refused):
    """What may not leave, whoever signs: the law, or the receiver's membership, says no."""


def _last_day(actor: Actor, draft: Disclosure, valid_to: date | None) -> date:
    last = valid_to or draft.valid_to
    if last is None or last < actor.day:
        raise Invalid(
            "valid_to",
            Text(sv="Ange en sista dag som inte har varit.", en="Give a last day not yet past."),
        )
    return last


def _ask_again(
    actor: Actor, draft: Disclosure, leaving: list[DisclosedFact], until: date
) -> dict[UUID, Assessment]:
    """What the law says at this moment of each item that is to leave; all of them open."""
    if not leaving:
        raise Invalid(
            "items",
            Text(sv="Inget lämnas ut; avslå i stället.", en="Nothing leaves; refuse instead."),
        )
    wanted = wanted_of(draft, actor.day)
    said = assess_all((item.fact for item in leaving), actor.agency, wanted)
    answers = {item.pk: answer for item, answer in zip(leaving, said, strict=True)}
    _all_open(answers)
    # What leaves has been read by whoever decides: a closed fact is opened by two persons first.
    open_for(actor, draft.case_id, [item.fact for item in leaving])
    for item in leaving:
        require_open(item.fact)
    try:
        require_not_held(item.fact for item in leaving)
        require_bounds_kept(
            [item.fact for item in leaving],
            matter=draft.matter,
            group=draft.purpose_group,
            receiver=draft.receiver,
            until=until,
        )
    except Refused as no:
        raise Denied(no.said, next_step=no.next_step, ground=no.ground) from None
    require_assessed(actor, leaving)
    return answers


def _record_left_out(
    actor: Actor,
    draft: Disclosure,
    items: list[DisclosedFact],
    answers: Mapping[UUID, Assessment],
    entry: Entry,
) -> None:
    """What did not leave is kept in the obstacle register: items refused, and what the law shut."""
    record_items_refused(actor, draft, entry.number)
    closed = [item.pk for item in items if item.pk not in answers and item.outcome == CLOSED]
    if closed:
        whole_rows = DisclosedFact.seen(actor).filter(pk__in=closed)
        record_items("left_out", actor=actor, draft=draft, items=whole_rows, entry=entry.number)


def require_ready(
    actor: Actor, draft: Disclosure
) -> tuple[list[DisclosedFact], dict[UUID, Assessment]]:
    """What would leave of a kept draft and what the law says of it: all there is to decide on.

    Raises:
        Refused, Invalid: as :func:`decide_and_deliver` would, but for the second signature.
    """
    _check_receiver(actor, draft)
    last = _last_day(actor, draft, None)
    leaving = [item for item in light_items(actor, draft) if not item.left_out]
    answers = _ask_again(actor, draft, leaving, last)
    _weighed(max(answers.values(), key=_hurdle), draft.weighing)
    _parts(leaving, {item.pk: item.text for item in leaving})
    return leaving, answers


def _hurdle(answer: Assessment) -> int:
    return HURDLES.index(answer.outcome)


def _decision(
    actor: Actor, answers: Mapping[UUID, Assessment], decisive: Assessment, entry: int
) -> dict[str, Any]:
    """What is kept of a decision: who, when, on which law, logged where."""
    return {
        "state": "decided",
        "weighing_outcome": "for" if decisive.outcome == WEIGHED else "",
        "outcome": decisive.outcome,
        "test": decisive.test,
        "ground": decisive.ground,
        "grounds": _all_grounds(list(answers.values())),
        "law_day": actor.day,
        "rulebook": decisive.rulebook,
        "decided_by": actor.account,
        "decided_by_name": actor.name,
        "decided_at": timezone.now(),
        "entry": entry,
    }


def _check_receiver(actor: Actor, draft: Disclosure) -> None:
    """Membership is looked at on the day of sending (abuse case 18)."""
    if not current_organisation().is_member(draft.receiver, actor.day):
        raise Denied(
            Text(
                sv=f"{draft.receiver} ingår inte längre i samverkan; inget har lämnats ut.",
                en=f"{draft.receiver} is no longer in the cooperation; nothing has left.",
            ),
            next_step=Text(sv="Avslå eller dra tillbaka utkastet.", en="Refuse or withdraw."),
        )


def _all_open(answers: Mapping[UUID, Assessment]) -> None:
    for answer in answers.values():
        if answer.opens:
            continue
        asks = answer.ask_first
        raise Denied(
            Text(
                sv="En uppgift som skulle lämnas ut får inte lämnas; inget har lämnats ut.",
                en="An item that was to leave must not be disclosed; nothing has left.",
            ),
            next_step=Text(
                sv="Svara först på den öppna frågan om uppgiften."
                if asks
                else "Utelämna uppgiften, eller se vad som skulle öppna.",
                en="First answer the open question about it."
                if asks
                else "Leave the item out, or see what would open it.",
            ),
            ground=answer.bars[0],
        )


def _weighed(decisive: Assessment, weighing: str) -> None:
    if decisive.outcome == WEIGHED and len(weighing.strip()) < SHORTEST_WEIGHING:
        raise Invalid(
            "weighing",
            Text(
                sv="Skriv avvägningen: vad som talar för, vad som talar emot och varför det ena "
                "väger över.",
                en="Write the weighing: what speaks for, what against, and why one outweighs.",
            ),
        )


def _parts(leaving: list[DisclosedFact], texts: Mapping[UUID, str]) -> dict[UUID, str]:
    """What leaves of each fact: all of it, or parts of it and nothing else."""
    parts = {}
    for item in leaving:
        said = whole(item.fact.text)
        text = whole(texts.get(item.pk, said)).strip()
        if not text or not (text == said or _is_part(text, said)):
            raise Invalid(
                "texts",
                Text(
                    sv="Det som lämnas ut ska vara uppgiften eller delar av den; skriv nytt i "
                    "en egen uppgift.",
                    en="What leaves is the fact or parts of it; write anything new as a fact "
                    "of its own.",
                ),
            )
        parts[item.pk] = text
    return parts


def _is_part(text: str, whole: str) -> bool:
    """Whether every line of a text stands in the whole; an officer leaves out, and adds nothing."""
    squeezed = " ".join(whole.split())
    parts = [" ".join(part.split()) for part in text.replace("[…]", "\n").splitlines()]
    return all(part in squeezed for part in parts if part)


def _all_grounds(answers: Collection[Assessment]) -> list[str]:
    return list(dict.fromkeys(ground for answer in answers for ground in answer.grounds))


def _deliver(actor: Actor, draft: Disclosure, number: int | None) -> None:
    shape = main_series(draft.receiver, actor.day)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select disclosures_deliver(%s, %s, %s, %s, %s)",
            [draft.pk, number, shape.series, shape.text, shape.width],
        )


def _register_and_tell(
    actor: Actor,
    draft: Disclosure,
    entry: Entry,
    leaving: list[DisclosedFact],
    ground: str,
    title: str,
) -> None:
    secrecy = sorted({cite for item in leaving for cite in item.fact.secrecy})
    register_document(
        actor=actor,
        case=draft.case,
        direction="out",
        about=title,
        counterpart=draft.receiver,
        secrecy=secrecy,
        about_secret=bool(secrecy),
        counterpart_secret=bool(secrecy),
        document=draft.exchange,
        document_kind="disclosure",
    )
    count = len(leaving)
    tell(entry, draft.case, about=draft, receiver=draft.receiver, items=count, ground=ground)


def refuse_disclosure(*, actor: Actor, draft: Disclosure, version: int, reason: str) -> Disclosure:
    """Decide that nothing leaves; the provisions that stood in the way are kept.

    Raises:
        Invalid: if no reason is given.
    """
    only_draft(draft)
    if not reason.strip():
        raise Invalid("reason", Text(sv="Skriv varför.", en="Say why."))
    with act(actor, "disclosure.decide", case=draft.case_id, matter=draft.matter) as entry:
        items = list(DisclosedFact.seen(actor).filter(disclosure=draft))
        blocking = list(dict.fromkeys(cite for item in items for cite in item.excluded_by))
        weighed = any(item.outcome == WEIGHED for item in items)
        entry.touches(draft, *(item.fact_id for item in items))
        entry.ground = (blocking or [BETWEEN_AGENCIES])[0]
        entry.rulebook = current_rulebook().version
        entry.detail = "refused"
        change_version(
            actor,
            draft,
            version,
            state="refused",
            weighing=reason.strip(),
            weighing_outcome="against" if weighed else "",
            grounds=blocking,
            law_day=actor.day,
            rulebook=entry.rulebook,
            decided_by=actor.account,
            decided_by_name=actor.name,
            decided_at=timezone.now(),
        )
        tell(entry, draft.case, about=draft, receiver=draft.receiver, refused=True)
        stopped = [item for item in items if stood_in_the_way(item)]
        record_items(
            "disclosure_refused", actor=actor, draft=draft, items=stopped, entry=entry.number
        )
    draft.refresh_from_db()
    return draft
