"""Ask for a second signature, sign or return, send what was signed, take it back, look at samples.

INVARIANT: what was sent for a signature is not changed while it waits; the signature holds for that
version and for no other, and whoever signs neither asked for it nor decides.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samsyn.hub.cases.closed_field import MARK, is_closed
from samsyn.hub.cases.closed_texts import open_for
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.actions.deciding import (
    Denied,
    decide_and_deliver,
    require_ready,
)
from samsyn.hub.disclosures.actions.preparing import change_version, only_draft
from samsyn.hub.disclosures.assessing import SHORTEST_WEIGHING
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Review
from samsyn.hub.disclosures.reviewing.measuring import measured, risk_of, rule_for
from samsyn.hub.disclosures.reviewing.signatures import review_of
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.text import Text

NOT_YOURS = Text(
    sv="Du har själv begärt kontrasigneringen och kan inte avgöra den.",
    en="You have asked for the countersignature yourself and cannot decide it.",
)
OTHER_LAWYER = Text(
    sv="En annan sekretessjurist vid myndigheten avgör den.",
    en="Another secrecy lawyer of the agency decides it.",
)


def request_countersignature(*, actor: Actor, draft: Disclosure, version: int) -> Review:
    """Send a draft to the secrecy lawyer; until the answer nothing of it is changed.

    The law is asked first, as at the moment of sending: what it does not open is not asked about.

    Raises:
        Invalid: if no rule asks for a signature, or something has to be put right, naming it.
        Refused: if the law does not open an item that is to leave.
        Conflict: if the draft has changed since it was shown.
    """
    only_draft(draft)
    assert actor.account is not None  # a job asks for nothing
    with act(actor, "review.request", case=draft.case_id, matter=draft.matter) as entry:
        leaving, answers = require_ready(actor, draft)
        found = measured(draft, leaving, answers)
        rule, risk = rule_for(found, actor.day), risk_of(found, actor.day)
        if rule is None:
            raise Invalid(
                "do",
                Text(
                    sv="Ingen kontrasignering behövs längre; läs igenom och besluta.",
                    en="No countersignature is needed any more; read it through and decide.",
                ),
            )
        entry.touches(draft, *(item.fact_id for item in leaving))
        entry.detail = f"to {draft.receiver} rule={rule.code} risk={risk.points}"
        change_version(actor, draft, version, state="awaiting", countersign=rule.code)
        review = Review.rows.create(
            visible_to=draft.visible_to,
            disclosure=draft,
            case_id=draft.case_id,
            agency=draft.agency,
            kind="countersign",
            rule=rule.code,
            risk=risk.points,
            risk_reasons=list(risk.reasons),
            version=version + 1,
            asked_by=actor.account,
            asked_by_name=actor.name,
            entry=entry.write(),
        )
        tell(entry, draft.case, about=draft, receiver=draft.receiver, asked=True)
    draft.refresh_from_db()
    return review


def approve(*, actor: Actor, review: Review, words: str) -> None:
    """Countersign: the officer may send exactly this version.

    Raises:
        Invalid: if nothing is said.
        Refused: if it is one's own request, is done already, or holds a text that is closed.
    """
    said = _words(words)
    draft = _waiting(actor, review, "countersign")
    with act(
        actor, "disclosure.countersign", case=review.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        _all_read(actor, draft)
        entry.detail = f"approved rule={review.rule} version={review.version}"
        _decide(actor, review, "approved", said, entry.write())
        tell(entry, draft.case, about=draft, receiver=draft.receiver, approved=True)


def send_back(*, actor: Actor, review: Review, words: str) -> None:
    """Return it with words: it is a draft again, to be changed or refused.

    Raises:
        Invalid: if nothing is said.
        Refused: if it is one's own request, or is done already.
    """
    said = _words(words)
    draft = _waiting(actor, review, "countersign")
    with act(
        actor, "disclosure.countersign", case=review.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        entry.detail = f"returned rule={review.rule} version={review.version}"
        _decide(actor, review, "returned", said, entry.write())
        change_version(actor, draft, draft.version, state="draft", countersign="")
        tell(entry, draft.case, about=draft, receiver=draft.receiver, returned=True)


def take_back(*, actor: Actor, draft: Disclosure, why: str = "taken back") -> None:
    """Make it a draft again; what was asked for or signed lapses.

    Raises:
        Refused: if it awaits nothing.
    """
    if draft.state != "awaiting":
        only_draft(draft)
        return
    with act(
        actor, "review.request", case=draft.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        entry.detail = why
        entry.write()
        Review.seen(actor).filter(disclosure=draft, kind="countersign", state="waiting").update(
            state="lapsed"
        )
        change_version(actor, draft, draft.version, state="draft", countersign="")
        tell(entry, draft.case, about=draft, receiver=draft.receiver, taken_back=True)
    draft.refresh_from_db()


def send_signed(*, actor: Actor, draft: Disclosure, version: int) -> Refused | None:
    """Let what was signed leave, as it was signed; the law is asked again at this moment.

    Returns:
        The no, if the law or the receiver's membership has become one: nothing has left, the
        signature has lapsed and it is a draft again. None when it has left.

    Raises:
        Refused: if no signature stands on this version, or a text is closed to whoever sends.
        Conflict: if it has changed since it was shown.
    """
    kept = DisclosedFact.seen(actor).filter(disclosure=draft)
    rows = list(kept.values_list("pk", "left_out", "text", "with_files"))
    try:
        with transaction.atomic():
            decide_and_deliver(
                actor=actor,
                draft=draft,
                version=version,
                weighing=draft.weighing,
                left_out={pk for pk, left_out, _, _ in rows if left_out},
                texts={pk: text for pk, left_out, text, _ in rows if not left_out},
                with_files={pk for pk, left_out, _, files in rows if files and not left_out},
            )
    except (Denied, Invalid) as no:
        draft.refresh_from_db()
        take_back(actor=actor, draft=draft, why="lapsed: the law says no")
        return no
    return None


def mark_sample(*, actor: Actor, review: Review, remark: bool, words: str = "") -> None:
    """Say of a decision that was drawn that it was right, or what the officer should know.

    Raises:
        Invalid: if a remark has no words.
        Refused: if it is one's own decision, or is done already.
    """
    said = _words(words) if remark else words.strip()
    decided = _waiting(actor, review, "sample")
    with act(
        actor, "review.sample", case=review.case_id, matter=decided.matter, objects=[decided]
    ) as entry:
        state = "remarked" if remark else "passed"
        entry.detail = state
        _decide(actor, review, state, said, entry.write())


def _words(words: str) -> str:
    said = words.strip()
    if len(said) < SHORTEST_WEIGHING:
        raise Invalid(
            "words",
            Text(
                sv="Skriv en mening till handläggaren: vad du har vägt, eller vad som ska ändras.",
                en="Write a sentence to the officer: what you have weighed, or what to change.",
            ),
        )
    return said


def _waiting(actor: Actor, review: Review, kind: str) -> Disclosure:
    """The disclosure of a review that this person may decide."""
    if review.state != "waiting" or review.kind != kind:
        raise Refused(
            Text(sv="Granskningen är redan avslutad.", en="The review is done already."),
            next_step=Text(sv="Läs in sidan igen.", en="Load the page again."),
        )
    if review.asked_by == actor.account:
        raise Refused(NOT_YOURS, next_step=OTHER_LAWYER)
    return Disclosure.seen(actor).select_related("case").get(pk=review.disclosure_id)


def _all_read(actor: Actor, draft: Disclosure) -> None:
    """Nobody signs what they cannot read."""
    marked = Q(marks__contains=[MARK]) | Q(fact__marks__contains=[MARK])
    rows = DisclosedFact.seen(actor).filter(marked, disclosure=draft, left_out=False)
    items = list(rows.select_related("fact"))
    open_for(actor, draft.case_id, [item.fact for item in items])
    if any(is_closed(item.fact) for item in items):
        raise Refused(
            Text(
                sv="En uppgift pekar ut en tipsare och är stängd för dig; du kan inte "
                "kontrasignera det du inte har läst.",
                en="A fact points to a tip-giver and is closed to you; you cannot countersign what "
                "you have not read.",
            ),
            next_step=Text(
                sv="Begär att få öppna den på uppgiftens sida; en annan person avgör.",
                en="Ask to open it on the page of the fact; another person decides.",
            ),
        )


def _decide(actor: Actor, review: Review, state: str, words: str, entry: int) -> None:
    changed = (
        Review.seen(actor)
        .filter(pk=review.pk, state="waiting")
        .update(
            state=state,
            words=words,
            decided_by=actor.account,
            decided_by_name=actor.name,
            decided_at=timezone.now(),
            entry=entry,
        )
    )
    if not changed:
        raise Refused(Text(sv="Granskningen är redan avslutad.", en="The review is done already."))


def standing_signature(actor: Actor, draft: Disclosure) -> Review | None:
    """The signature that lets a draft leave as it stands; None while there is none."""
    review = review_of(actor, draft)
    signed = review is not None and review.state == "approved" and review.version == draft.version
    return review if signed else None
