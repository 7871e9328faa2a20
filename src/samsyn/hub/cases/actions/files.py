"""Take files into a case: the original is sealed, a cleaned copy is made to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from samsyn.hub.cases.actions.facts import own_fact
from samsyn.hub.cases.actions.register import register_document
from samsyn.hub.cases.actions.remarking import call_file, remark
from samsyn.hub.cases.actions.states import require_not_archived
from samsyn.hub.cases.closed_field import CLOSED_NAME, MARK, whole
from samsyn.hub.cases.closed_texts import file_words
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.cases.previews import ABOUT_CLEANED, Preview, preview
from samsyn.hub.cases.sealed_files import SealedFiles, Stored
from samsyn.hub.cases.secrecy import MARKS, read_secrecy
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.text import Text

MOST = 30 * 2**20
"""Octets of the largest file taken in."""
MOST_SHOWN = 8 * 2**20
"""Octets of the largest page of a shown copy."""


def file_store() -> SealedFiles:
    """The store of this installation."""
    shown = [Path(settings.STATIC_ROOT)] if settings.STATIC_ROOT else []
    return SealedFiles(
        Path(settings.SAMSYN_FILES_DIR), [bytes.fromhex(settings.SAMSYN_FILES_KEY)], shown=shown
    )


def add_file(
    *,
    actor: Actor,
    case: Case,
    name: str,
    data: bytes,
    direction: str,
    counterpart: str = "",
    secrecy: Sequence[str] = (),
    marks: Iterable[str] = (),
    fact: Fact | None = None,
) -> SealedFile:
    """Take a file into a case and register it as the document it is.

    Args:
        actor: who adds it.
        case: the case.
        name: what it is called; shown and never part of a path.
        data: the original.
        direction: ``in`` or ``drawn_up``, as it is registered.
        counterpart: from whom it came.
        secrecy: provisions the officer confirms.
        marks: handling marks.
        fact: the fact it belongs to; its files leave with it when that is decided.

    Raises:
        Invalid: naming the field; also when the file is of a kind that is not taken in.
    """
    require_not_archived(case)
    confirmed, kept = read_secrecy(list(secrecy)), list(dict.fromkeys(marks))
    _check(data, kept)
    if fact is not None:
        own_fact(fact)
        if MARK in fact.marks and MARK not in kept:
            kept.append(MARK)  # it is closed as what the fact says is
    try:
        shown = preview(data, name)
    except Refused as error:
        raise Invalid("file", _with_remedy(error)) from None
    store, sealed = file_store(), []
    try:
        sealed.append(store.put([data], most=MOST))
        for page in _pages(shown):
            sealed.append(store.put([page], most=MOST_SHOWN))
        return _keep(
            actor, case, name, shown, sealed, confirmed, kept, fact, direction, counterpart
        )
    except BaseException:
        # Nothing of a file lies in the store that no case knows of.
        for left in sealed:
            store.destroy(left)
        raise


def _keep(
    actor: Actor,
    case: Case,
    name: str,
    shown: Preview,
    sealed: list[Stored],
    secrecy: list[str],
    marks: list[str],
    fact: Fact | None,
    direction: str,
    counterpart: str,
) -> SealedFile:
    original, *pages = sealed
    called = clean_name(name)
    with act(actor, "file.add", case=case.pk, matter=case.matter) as entry:
        row = SealedFile.rows.create(
            visible_to=case.visible_to,
            case=case,
            fact=fact,
            name=called,
            media_type=shown.media_type,
            size=original.size,
            sha256=original.digest,
            stored_as=original.name,
            shown_as=[page.name for page in pages],
            shown_type=shown.page_type or ("text/plain" if shown.text else ""),
            warnings=_warnings(shown),
            marks=marks,
            secrecy=secrecy,
            made_by=actor.account,
            made_by_name=actor.name,
            search=file_words(called, marks),
        )
        entry.touches(row)
        closed = MARK in marks
        tell(entry, case, about=row, **({"closed": True} if closed else {"name": called}))
        register_document(
            actor=actor,
            case=case,
            direction=direction,
            about=CLOSED_NAME.sv if closed else called,
            counterpart=counterpart,
            secrecy=secrecy,
            about_secret=bool(secrecy or marks),
            counterpart_secret=bool(secrecy or marks),
            document=row,
            document_kind="file",
        )
    return row


def mark_file(
    *, actor: Actor, file: SealedFile, secrecy: Sequence[str], marks: Iterable[str]
) -> None:
    """Confirm which provisions make a file secret, and its marks.

    Raises:
        Invalid: if a provision or mark cannot be used.
        Refused: if it was received, or a protective mark or a provision would be taken off.
    """
    if file.received_from:
        raise Refused(
            Text(
                sv=f"Handlingen kommer från {file.received_from} och ändras bara där.",
                en=f"The document comes from {file.received_from} and is changed only there.",
            )
        )
    confirmed, kept = read_secrecy(list(secrecy)), list(dict.fromkeys(marks))
    _check_marks(kept)
    lost = [mark for mark in file.marks if mark not in kept and mark != "may_not_be_told"]
    if lost or set(file.secrecy) - set(confirmed):
        raise Refused(
            Text(
                sv="Ett skyddsmärke eller en bekräftad bestämmelse tas inte bort här.",
                en="A protective mark or a confirmed provision is not taken off here.",
            ),
            next_step=Text(
                sv="Begär att sekretessmarkeringen hävs; det avgörs av två personer.",
                en="Ask for the secrecy mark to be lifted; two persons decide that.",
            ),
        )
    with act(actor, "fact.mark", case=file.case_id, objects=[file]) as entry:
        SealedFile.seen(actor).filter(pk=file.pk).update(
            secrecy=confirmed, marks=kept, search=file_words(whole(file.name), kept)
        )
        called = {"closed": True} if MARK in kept else {"name": whole(file.name)}
        tell(entry, file.case, about=file, file=True, secrecy=confirmed, marks=kept, **called)
        call_file(file)
        remark(entry, file.case, fact=file.fact_id)


def clean_name(name: str) -> str:
    """What a file is called, without the way to it and without what cannot be read."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if letter.isprintable())
    return visible.strip(" .")[:200] or "fil"


def _warnings(shown: Preview) -> list[dict[str, str]]:
    """What the reader of the pages has to know; the cleaned PDF is not kept."""
    told = [text for text in shown.warnings if text != ABOUT_CLEANED]
    return [{"sv": text.sv, "en": text.en} for text in told]


def _pages(shown: Preview) -> list[bytes]:
    return [*shown.pages] or ([shown.text.encode()] if shown.text else [])


def _with_remedy(error: Refused) -> Text:
    if error.next_step is None:
        return error.said
    return Text(
        sv=f"{error.said.sv} {error.next_step.sv}", en=f"{error.said.en} {error.next_step.en}"
    )


def _check(data: bytes, marks: list[str]) -> None:
    if not data:
        raise Invalid("file", Text(sv="Filen är tom.", en="The file is empty."))
    if len(data) > MOST:
        raise Invalid(
            "file",
            Text(
                sv=f"Filen är större än {MOST // 2**20} MB; dela den eller lägg den i en lägre "
                "upplösning.",
                en=f"The file is larger than {MOST // 2**20} MB; split it or lower its resolution.",
            ),
        )
    _check_marks(marks)


def _check_marks(marks: list[str]) -> None:
    if unknown := [mark for mark in marks if mark not in MARKS]:
        raise Invalid(
            "marks", Text(sv=f"Okänt märke: {unknown[0]}.", en=f"No such mark: {unknown[0]}.")
        )
