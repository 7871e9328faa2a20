"""What is asked for as a public document, how secret is each piece, and how is each treated?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from samsyn.hub.cases.closed_field import CLOSED, is_closed
from samsyn.hub.cases.models import Case, CaseSubject, Fact, RegisterEntry, SealedFile
from samsyn.hub.cases.previews import PAGE_TYPE
from samsyn.hub.cases.reads_facts import subject_row
from samsyn.hub.cases.reads_files import page_of, text_of
from samsyn.hub.disclosures.models import DisclosedFact
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.insight.masking import Mask, Piece, pieces_of
from samsyn.hub.insight.models import Release, ReleaseItem
from samsyn.hub.registry.models import Entity

RELEASE = "register.release"
MOST = 200
"""Pieces of one release; a larger case is released document by document."""
PAGE = 50
PROTECTED = "2009:400/21:3"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of what was asked for, before anything is decided about it.

    Attributes:
        kind: ``heading``, ``subject``, ``fact``, ``file`` or ``document``.
        title: kind of fact, kind of entity or file name: what the lawyer sees it called.
        text: what it says; empty for a file of pictures.
        pages: number of shown pages of a file of pictures.
        fixed: provision under which it is always withheld; empty for most.
        row: the fact or file itself.
    """

    kind: str
    id: UUID
    title: str
    text: str
    secrecy: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    received_from: str = ""
    pages: int = 0
    fixed: str = ""
    row: Any = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A piece with how it is treated.

    Attributes:
        pieces: the text as it would leave; only its masks when it is withheld.
        masks: number, words and provision of each mask, for whoever masks.
        marked: the whole text in stretches, with the provision of those that are masked.
    """

    item: ReleaseItem
    source: Source
    pieces: list[Piece]
    masks: list[tuple[int, str, str]]
    marked: list[tuple[str, str]]

    @property
    def whole(self) -> bool:
        """Whether it leaves with nothing left out."""
        return self.item.released and not self.item.masks


def require_release(actor: Actor) -> None:
    """Go no further unless a role releases documents.

    Raises:
        Refused: if none does.
    """
    require(actor, RELEASE)


def releases_of(actor: Actor) -> list[Release]:
    """The requests of the agency, those under way first, then the latest."""
    require_release(actor)
    found = Release.seen(actor).select_related("case").defer("copy", "case__search")
    return list(found.order_by("-state", "-made_at", "pk")[:PAGE])


def release_of(actor: Actor, pk: UUID) -> tuple[Release, list[ReleaseItem]]:
    """One request with its case and its pieces, asked for at once.

    Raises:
        Missing: if there is none that the asker sees.
        Refused: if none of the asker's roles releases documents.
    """
    require_release(actor)
    seen = Q(release__visible_to__in=actor.keys, release__case__visible_to__in=actor.keys)
    found = ReleaseItem.seen(actor).filter(seen, release=pk).order_by("place")
    items = list(found.select_related("release__case").defer("release__case__search"))
    if not items:
        raise Missing
    return items[0].release, items


def case_asked_for(actor: Actor, number: str) -> Case:
    """The case of a register number, as a whole.

    Raises:
        Missing: if there is none that the asker sees.
    """
    return Case.seen_one(actor, number=number.strip())


def document_asked_for(actor: Actor, case: Case, sequence: int) -> RegisterEntry:
    """One document of a case, by its place under the number.

    Raises:
        Missing: if there is none.
    """
    return RegisterEntry.seen_one(actor, case=case, sequence=sequence)


def sources_of(actor: Actor, case: Case, document: RegisterEntry | None) -> list[Source]:
    """The pieces of a case or of one document, in the order in which they are read."""
    if document is not None:
        return _of_document(actor, case, document)
    facts = Fact.seen(actor).filter(case=case, state="current").defer("search")
    files = SealedFile.seen(actor).filter(case=case, state="current").defer("search")
    subjects = CaseSubject.seen(actor).filter(case=case).values("entity")
    entities = Entity.seen(actor).filter(pk__in=subjects).defer("search").order_by("kind", "name")
    return [
        _heading(case),
        *(_subject(entity) for entity in entities[:MOST]),
        *(_fact(fact) for fact in facts.order_by("made_at", "pk")[:MOST]),
        *(_file(file) for file in files.order_by("made_at", "pk")[:MOST]),
    ][:MOST]


def shown_of(actor: Actor, release: Release, items: list[ReleaseItem] | None = None) -> list[Shown]:
    """Each piece of a request with its treatment; pieces that are gone since are left out.

    Args:
        actor: who acts in the case, or what was received is not there.
        release: the request.
        items: its pieces, where they have been read already.
    """
    if items is None:
        items = list(ReleaseItem.seen(actor).filter(release=release).order_by("place"))
    sources = _sources(actor, release, items)
    return [_shown(item, sources[item.piece]) for item in items if item.piece in sources]


def pictures_of(shown: Shown) -> list[str]:
    """The pages of a file that leaves, as they stand in the copy."""
    file = shown.source.row
    if not (shown.item.released and shown.source.pages) or not isinstance(file, SealedFile):
        return []
    pages = (page_of(file, number) for number in range(1, shown.source.pages + 1))
    return [f"data:{PAGE_TYPE};base64,{b64encode(page).decode('ascii')}" for page in pages]


def masks_in(item: ReleaseItem) -> list[Mask]:
    """The masks of a piece."""
    return msgspec.convert(item.masks, list[Mask])


def _shown(item: ReleaseItem, source: Source) -> Shown:
    masks = masks_in(item)
    by = ", ".join(item.withheld_by)
    return Shown(
        item=item,
        source=source,
        pieces=pieces_of(source.text, masks) if item.released else [Piece(by=by)],
        masks=[
            (number, source.text[mask.start : mask.end], mask.by)
            for number, mask in enumerate(masks)
        ],
        marked=_marked(source.text, masks),
    )


def _marked(text: str, masks: list[Mask]) -> list[tuple[str, str]]:
    found, at = [], 0
    for mask in masks:
        found.append((text[at : mask.start], ""))
        found.append((text[mask.start : mask.end], mask.by))
        at = mask.end
    return [(words, by) for words, by in (*found, (text[at:], "")) if words]


def _sources(actor: Actor, release: Release, items: list[ReleaseItem]) -> Mapping[UUID, Source]:
    ids: dict[str, list[UUID]] = {}
    for item in items:
        ids.setdefault(item.kind, []).append(item.piece)
    found: list[Source] = []
    if "heading" in ids:
        found.append(_heading(release.case))
    if "subject" in ids:
        rows = Entity.seen(actor).filter(pk__in=ids["subject"]).defer("search")
        found += [_subject(entity) for entity in rows]
    if "fact" in ids:
        facts = Fact.seen(actor).filter(pk__in=ids["fact"]).exclude(state="disposed")
        found += [_fact(fact) for fact in facts.defer("search")]
    if "file" in ids:
        files = SealedFile.seen(actor).filter(pk__in=ids["file"], state="current")
        found += [_file(file) for file in files.defer("search")]
    if "document" in ids:
        lines = RegisterEntry.seen(actor).filter(pk__in=ids["document"])
        found += [_line(line) for line in lines]
    return {source.id: source for source in found}


def _of_document(actor: Actor, case: Case, document: RegisterEntry) -> list[Source]:
    pieces = [_line(document)]
    if document.document is None:
        return pieces
    files = SealedFile.seen(actor).filter(case=case, state="current")
    given = DisclosedFact.seen(actor).filter(
        Q(disclosure__exchange=document.document) | Q(disclosure=document.document),
        left_out=False,
    )
    facts = Fact.seen(actor).filter(
        Q(disclosure=document.document) | Q(pk__in=given.values("fact")) | Q(pk=document.document),
        case=case,
    )
    pieces += [_fact(fact) for fact in facts.defer("search").order_by("made_at", "pk")[:MOST]]
    pieces += [_file(file) for file in files.filter(pk=document.document).defer("search")]
    return pieces[:MOST]


def _heading(case: Case) -> Source:
    text = "\n".join(filter(None, (case.title, case.summary)))
    return Source(kind="heading", id=case.pk, title="", text=text)


def _subject(entity: Entity) -> Source:
    row = subject_row(entity, None)
    if row.masked:
        return Source(kind="subject", id=entity.pk, title=entity.kind, text="", fixed=PROTECTED)
    parts = (entity.name, row.number, entity.address)
    return Source(
        kind="subject", id=entity.pk, title=entity.kind, text=", ".join(filter(None, parts))
    )


def _fact(fact: Fact) -> Source:
    return Source(
        kind="fact",
        id=fact.pk,
        title=fact.item_kind,
        text=fact.text,
        secrecy=tuple(fact.secrecy),
        marks=tuple(fact.marks),
        received_from=fact.received_from,
        row=fact,
    )


def _file(file: SealedFile) -> Source:
    # Neither a page nor a word of what points to a tip-giver leaves, whoever has had it opened.
    closed = is_closed(file)
    pictures = file.shown_type == PAGE_TYPE and not closed
    return Source(
        kind="file",
        id=file.pk,
        title=file.name,
        text=said(CLOSED) if closed else text_of(file),
        secrecy=tuple(file.secrecy),
        marks=tuple(file.marks),
        received_from=file.received_from,
        pages=len(file.shown_as) if pictures else 0,
        row=file,
    )


def _line(line: RegisterEntry) -> Source:
    return Source(
        kind="document",
        id=line.pk,
        title=f"{line.number}-{line.sequence}",
        text=", ".join(filter(None, (line.about, line.counterpart))),
        secrecy=tuple(line.mark_provision),
    )


def item_of(actor: Actor, release: Release, pk: UUID) -> Shown:
    """One piece of a request.

    Raises:
        Missing: if there is none.
    """
    item = ReleaseItem.seen_one(actor, pk=pk, release=release)
    source = _sources(actor, release, [item]).get(item.piece)
    if source is None:
        raise Missing
    return _shown(item, source)
