"""Take up a request for a public document, mask what is secret, and decide on it.

TF 2 kap. 15 §: what can be released without the secret part is released without it, in a copy.
OSL 6 kap. 2–3 §§: somebody of the agency decides; whoever asked may have the decision in writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from samsyn.hub.cases.actions import register_document
from samsyn.hub.cases.models import Case, Fact, RegisterEntry, SealedFile
from samsyn.hub.cases.secrecy import read_secrecy
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.assessing import Assessment, Wanted, assess, assess_question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Conflict, Invalid
from samsyn.hub.insight.masking import places_of, with_masks, without_mask
from samsyn.hub.insight.models import Release, ReleaseItem
from samsyn.hub.insight.reads_release import (
    RELEASE,
    Shown,
    Source,
    masks_in,
    pictures_of,
    require_release,
    shown_of,
    sources_of,
)
from samsyn.kernel.text import Text

RECEIVERS = ("JOURNALIST", "PARTY")
"""Anybody, as the law's rulebook knows a private receiver who says nothing of themselves; a party
to the case, who may see more (OSL 10:3)."""
OPEN = ("public", "must", "may")

NOT_FOUND = Text(
    sv="Orden står inte i texten. Skriv dem som de står där, hela ord.",
    en="The words do not stand in the text. Write them as they stand there, whole words.",
)
CHANGED = Text(
    sv="Någon har ändrat maskningen sedan du öppnade sidan; inget är beslutat.",
    en="Somebody has changed the masking since you opened the page; nothing is decided.",
)
NO_PROVISION = Text(
    sv="Ange bestämmelsen för varje stycke som hålls inne.",
    en="Name the provision for each piece that is withheld.",
)
NO_REASONS = Text(
    sv="Skriv skälen: något lämnas inte ut, och den som frågade ska kunna överklaga.",
    en="Write the reasons: something is not released, and whoever asked must be able to appeal.",
)
CLOSED = Text(
    sv="Lagen stänger ett stycke som du lämnar ut helt. Stryk det som är hemligt, eller håll inne "
    "stycket.",
    en="The law closes a piece that you release whole. Mask what is secret, or withhold the piece.",
)
FIXED = Text(
    sv="Skyddade personuppgifter lämnas inte ut här.",
    en="Protected personal data is not released here.",
)
NO_COPY = Text(
    sv="Handlingen har ingen visningskopia som kan lämnas ut. Håll inne den här och lämna ut en "
    "granskad papperskopia.",
    en="The document has no shown copy that can be released. Withhold it here and release a "
    "reviewed copy on paper.",
)


def take_up_request(
    *,
    actor: Actor,
    case: Case,
    receiver: str,
    asked_by: str = "",
    document: RegisterEntry | None = None,
) -> Release:
    """Take up a request; each piece starts as the law answers for a private receiver.

    Args:
        actor: who handles it, acting in the case.
        case: the case.
        receiver: one of :data:`RECEIVERS`.
        asked_by: whom the copy goes to; nobody has to say who they are (TF 2:18).
        document: the document asked for; the whole case when left out.

    Raises:
        Invalid: if the receiver is none.
        Refused: if none of the actor's roles releases documents.
    """
    require_release(actor)
    if receiver not in RECEIVERS:
        raise Invalid("receiver", Text(sv="Välj vem som frågar.", en="Choose who asks."))
    sources = sources_of(actor, case, document)
    with act(actor, "register.write", case=case.pk, matter=case.matter) as entry:
        release = Release.rows.create(
            visible_to=case.visible_to,
            case=case,
            agency=actor.agency,
            receiver=receiver,
            asked_by=asked_by.strip()[:200],
            asked_on=actor.day,
            document=document.pk if document else None,
            document_name=f"{document.number}-{document.sequence}" if document else "",
            made_by=actor.account,
            made_by_name=actor.name,
        )
        ReleaseItem.rows.bulk_create(
            _begun(actor, release, source, place) for place, source in enumerate(sources)
        )
        entry.detail = "release begun"
        entry.touches(release)
    return release


def treat(
    *, actor: Actor, release: Release, shown: Shown, released: bool, by: Sequence[str] = ()
) -> None:
    """Let a piece leave, with its masks; or withhold it whole under provisions.

    Raises:
        Conflict: if the request is decided.
        Invalid: if it is to be withheld without a provision, or may not be released here.
    """
    provisions = read_secrecy([one for one in by if one.strip()])
    if released and shown.source.fixed:
        raise Invalid("do", FIXED)
    if released and not (shown.source.text or shown.source.pages):
        raise Invalid("do", NO_COPY)
    if not released and not provisions:
        raise Invalid("by", NO_PROVISION)
    _change(actor, release, shown.item, released=released, withheld_by=provisions)


def mask(*, actor: Actor, release: Release, shown: Shown, words: str, by: str) -> None:
    """Leave some words out of a piece, everywhere they stand in it.

    Raises:
        Conflict: if the request is decided.
        Invalid: if the words do not stand there, or there is no provision.
    """
    provisions = read_secrecy([by] if by.strip() else [])
    if not provisions:
        raise Invalid("by", NO_PROVISION)
    places = places_of(shown.source.text, words)
    if not places:
        raise Invalid("words", NOT_FOUND)
    masks = with_masks(shown.source.text, masks_in(shown.item), places, provisions[0])
    _change(actor, release, shown.item, released=True, masks=msgspec.to_builtins(masks))


def unmask(*, actor: Actor, release: Release, shown: Shown, number: int) -> None:
    """Take one mask of a piece away.

    Raises:
        Conflict: if the request is decided.
    """
    masks = without_mask(masks_in(shown.item), number)
    _change(actor, release, shown.item, masks=msgspec.to_builtins(masks))


def decide(*, actor: Actor, release: Release, version: int, reasons: str) -> Release:
    """Decide: the copy is made and kept, the decision registered as gone out.

    Args:
        actor: who decides, acting in the case.
        release: the request.
        version: as it was shown.
        reasons: why something is left out; may be empty when nothing is.

    Raises:
        Conflict: if it has changed since, or is decided.
        Invalid: if a provision or the reasons are missing, or the law closes what would leave.
        Refused: if none of the actor's roles releases documents.
    """
    case = Case.seen_one(actor, pk=release.case_id)
    pieces = shown_of(actor, release)
    outcome = outcome_of(pieces)
    _check(actor, release, pieces, outcome, reasons)
    with act(actor, RELEASE, case=case.pk, matter=case.matter, objects=[release]) as entry:
        _locked(actor, release, version)
        entry.touches(*(one.source.id for one in pieces if one.item.released))
        entry.detail = outcome
        release.state, release.outcome, release.reasons = "decided", outcome, reasons.strip()
        release.decided_by_name, release.decided_at = actor.name, timezone.now()
        release.entry = entry.write()
        release.copy = copy_of(release, case, pieces)
        release.digest = sha256(release.copy.encode()).hexdigest()
        release.save(
            update_fields=[
                "state", "outcome", "reasons", "copy", "digest", "decided_by_name", "decided_at",
                "entry",
            ]
        )  # fmt: skip
        tell(entry, case, about=release)
        register_document(
            actor=actor,
            case=case,
            direction="out",
            about="Utlämnande av allmän handling",
            counterpart=release.asked_by or "Enskild",
            counterpart_secret=bool(release.asked_by),
            document=release,
            document_kind="release",
        )
    return release


def outcome_of(pieces: Sequence[Shown]) -> str:
    """What it comes to: ``whole``, ``part`` or ``refused``."""
    if all(piece.whole for piece in pieces):
        return "whole"
    return "part" if any(piece.item.released for piece in pieces) else "refused"


def copy_of(release: Release, case: Case, pieces: Sequence[Shown]) -> str:
    """The page that leaves, in Swedish; what is masked or withheld is not in it."""
    shown = {"release": release, "number": case.number, "agency": release.agency}
    # An agency decides in Swedish (språklagen 10 §), in whatever language the lawyer reads.
    with override("sv"):
        return render_to_string("insight/release_copy.html", {**shown, **_in_copy(pieces)})


def preview_of(pieces: Sequence[Shown]) -> str:
    """The pieces exactly as they will stand in the copy."""
    with override("sv"):
        return render_to_string("insight/copy_pieces.html", _in_copy(pieces))


def _in_copy(pieces: Sequence[Shown]) -> dict[str, Any]:
    return {"pieces": [{"shown": one, "pictures": pictures_of(one)} for one in pieces]}


def answer_of(actor: Actor, source: Source, receiver: str, harm: str = "met") -> Assessment | None:
    """What the law says of giving a piece whole to a private receiver; None if it is not asked.

    Args:
        actor: of the agency that was asked.
        source: the piece.
        receiver: one of :data:`RECEIVERS`.
        harm: whether the harm test is met; the strict answer unless a person has made the test.
    """
    wanted = Wanted(
        receiver=receiver,
        function="private",
        purpose="transparency",
        initiative="request",
        on=actor.day,
        stated={"harm": harm},
    )
    try:
        if isinstance(source.row, Fact):
            return assess(source.row, actor.agency, wanted)
        if isinstance(source.row, SealedFile) and source.secrecy:
            return assess_question(_about_file(source, actor, wanted))
    except Invalid:
        return None
    return None


def _about_file(source: Source, actor: Actor, wanted: Wanted) -> dict[str, Any]:
    stated: dict[str, Any] = dict(wanted.stated)
    if source.received_from:
        stated["received_from"] = source.received_from
    return {
        "on": wanted.on.isoformat(),
        "giver": actor.agency,
        "activity": None,
        "item_kind": None,
        "subject": {},
        "secrecy": list(source.secrecy),
        "receiver": wanted.receiver,
        "receiver_function": wanted.function,
        "purpose": wanted.purpose,
        "initiative": wanted.initiative,
        "facts": stated,
    }


def _begun(actor: Actor, release: Release, source: Source, place: int) -> ReleaseItem:
    answer = answer_of(actor, source, release.receiver)
    # Closed by default: what the law has not opened starts withheld, and a person decides.
    opens = answer is not None and answer.outcome in OPEN
    opens = opens and bool(source.text or source.pages) and not source.marks
    by = [source.fixed] if source.fixed else list(source.secrecy)
    if answer is not None and not by:
        by = [cite for cite in answer.excluded_by if cite.startswith("2009:400/")]
    return ReleaseItem(
        visible_to=release.visible_to,
        release=release,
        place=place,
        kind=source.kind,
        piece=source.id,
        outcome=answer.outcome if answer else "",
        grounds=[*answer.grounds, *answer.excluded_by] if answer else [],
        released=opens,
        withheld_by=[] if opens else by,
    )


def _check(
    actor: Actor, release: Release, pieces: Sequence[Shown], outcome: str, reasons: str
) -> None:
    if any(not one.item.released and not one.item.withheld_by for one in pieces):
        raise Invalid("reasons", NO_PROVISION)
    if outcome != "whole" and not reasons.strip():
        raise Invalid("reasons", NO_REASONS)
    for one in pieces:
        if one.whole and one.source.kind in ("fact", "file"):
            # The lawyer makes the harm test; what stays closed however it ends is closed by law.
            answer = answer_of(actor, one.source, release.receiver, "not_met")
            if answer is not None and answer.outcome == "must_not":
                raise Invalid("reasons", CLOSED)


def _change(actor: Actor, release: Release, item: ReleaseItem, **changes: Any) -> None:
    with act(actor, "register.write", case=release.case_id, objects=[release]) as entry:
        _locked(actor, release, None)
        ReleaseItem.seen(actor).filter(pk=item.pk).update(**changes)
        Release.seen(actor).filter(pk=release.pk).update(version=F("version") + 1)
        entry.detail = "release masked"
        entry.touches(item)


def _locked(actor: Actor, release: Release, version: int | None) -> None:
    now = Release.seen(actor).select_for_update().filter(pk=release.pk, state="draft").first()
    if now is None or version not in (None, now.version):
        raise Conflict(CHANGED, next_step=Text(sv="Läs in sidan igen.", en="Load the page again."))
