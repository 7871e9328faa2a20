"""How does everything of a matter that one person may see leave as a package people can read?

A zip: one page of plain HTML, the same as JSON, tables as CSV, and the originals of the files. It
holds what its maker sees while acting in the matter and for the purpose, and nothing else. A file
that points to a tip-giver is named as closed and does not go along, also where it was opened: the
package outlives the hours.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.template.loader import render_to_string

from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.models import Case, Event, Fact, RegisterEntry, SealedFile
from samsyn.hub.cases.phrases import more, sentence, short_cite
from samsyn.hub.cases.proposing import activity_name
from samsyn.hub.cases.reads_facts import FactRow, SubjectRow, all_facts_of, subjects_of
from samsyn.hub.cases.reads_files import files_of, original_of
from samsyn.hub.cases.reads_register import register_of_case
from samsyn.hub.cases.reads_room import Room, room_of
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.language import said
from samsyn.hub.guard.references import reference
from samsyn.kernel.spreadsheets import csv_table


class Package(msgspec.Struct, kw_only=True):
    """A package that is ready to be sent.

    Attributes:
        name: what the file is called.
        data: the zip.
        entry: number of the log row of the export, which stands in the package too.
        received: ids of copies that others gave, which learn that they were exported.
    """

    name: str
    data: bytes
    entry: int
    received: list[UUID]


class _Content(msgspec.Struct, kw_only=True):
    actor: Actor
    case: Case
    room: Room
    facts: list[FactRow]
    subjects: list[SubjectRow]
    files: list[SealedFile]
    register: list[RegisterEntry]
    events: list[Event]
    entry: int = 0


def export_case(*, actor: Actor, case: Case) -> Package:
    """Make the package; the export stands in the log and in the timeline.

    Raises:
        Refused: if none of the actor's roles permits it.
    """
    with act(actor, "export.run", case=case.pk, matter=case.matter, objects=[case]) as entry:
        content = _read(actor, case)
        entry.touches(*(row.fact for row in content.facts), *content.files)
        entry.detail = f"{len(content.facts)} facts, {len(content.files)} files"
        content.entry = entry.write()
        tell(entry, case, about=case, items=len(content.facts))
    given = [row.fact.pk for row in content.facts if not row.own]
    name = f"{_plain(case.number)}-{actor.day}.zip"
    return Package(name=name, data=_zipped(content), entry=content.entry, received=given)


def _read(actor: Actor, case: Case) -> _Content:
    return _Content(
        actor=actor,
        case=case,
        room=room_of(actor, case),
        facts=all_facts_of(actor, case),
        subjects=subjects_of(actor, case, most=None),
        files=files_of(actor, case, most=None),
        register=register_of_case(actor, case, most=None),
        events=list(Event.seen(actor).filter(case=case).order_by("at", "pk")),
    )


def _zipped(content: _Content) -> bytes:
    files = {
        f"handlingar/{number:03}-{_plain(file.name)}": file
        for number, file in enumerate(content.files, start=1)
        if not is_closed(file)
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        page = render_to_string("cases/export.html", _page(content, files))
        archive.writestr("arende.html", page)
        archive.writestr("arende.json", json.dumps(_data(content), ensure_ascii=False, indent=1))
        for name, head, rows in _tables(content):
            archive.writestr(f"{name}.csv", csv_table(head, rows))
        for path, file in files.items():
            archive.writestr(path, original_of(file))
    return held.getvalue()


def _page(content: _Content, files: dict[str, SealedFile]) -> dict[str, Any]:
    return {
        "content": content,
        "lines": [
            {
                "event": event,
                "said": sentence(event.act, event.words),
                "more": more(event.act, event.words),
            }
            for event in content.events
        ],
        "files": [
            *files.items(),
            *(("", file) for file in content.files if is_closed(file)),
        ],
    }


_HEADS = {
    "uppgifter": (
        "Dag", "Innehavare", "Slag", "Om", "Uppgift", "Verksamhet", "Sekretess", "Märken", "Källa",
        "Från", "Grund", "Gäller till", "Läge",
    ),
    "diarium": (
        "Nummer", "Handling", "Riktning", "Datum", "Från/till", "Rör", "Sekretessmarkering",
        "Markerad", "Av",
    ),
    "handelser": ("När", "Myndighet", "Vem", "Vad", "Loggpost"),
}  # fmt: skip


def _tables(content: _Content) -> list[tuple[str, Sequence[str], list[Sequence[Any]]]]:
    rows = {
        "uppgifter": [_fact_row(row) for row in content.facts],
        "diarium": [_register_row(line) for line in content.register],
        "handelser": [_event_row(event) for event in content.events],
    }
    return [(name, head, rows[name]) for name, head in _HEADS.items()]


def _fact_row(row: FactRow) -> Sequence[Any]:
    fact = row.fact
    return (
        fact.made_at.date(),
        fact.holder,
        said(row.kind),
        said(row.about) if row.about else "",
        fact.text,
        said(activity_name(fact.activity)),
        _cites(fact.secrecy),
        " ".join(fact.marks),
        fact.source,
        fact.received_from,
        short_cite(fact.ground) if fact.ground else "",
        fact.valid_to,
        fact.state,
    )


def _register_row(line: RegisterEntry) -> Sequence[Any]:
    return (
        line.number,
        line.sequence,
        line.direction,
        line.dated,
        line.counterpart,
        line.about,
        _cites(line.mark_provision),
        line.mark_dated,
        line.mark_agency,
    )


def _event_row(event: Event) -> Sequence[Any]:
    return (
        event.at.isoformat(timespec="minutes"),
        event.by_agency,
        event.by_name,
        said(sentence(event.act, event.words)),
        _named(event.entry),
    )


def _data(content: _Content) -> dict[str, Any]:
    case = content.case
    fields = ("id", "agency", "number", "title", "summary", "state", "purpose", "centre")
    return {
        "case": {name: _json(getattr(case, name)) for name in fields}
        | {"opened_on": _json(case.opened_on), "closed_on": _json(case.closed_on)},
        "exported": {
            "by": content.actor.name,
            "agency": content.actor.agency,
            "purpose": content.actor.purpose,
            "day": content.actor.day.isoformat(),
            "log_entry": reference(content.entry),
        },
        "facts": [_fact(row.fact) for row in content.facts],
        "subjects": [
            {
                "id": str(row.entity.pk),
                "kind": row.entity.kind,
                "name": None if row.masked else row.entity.name,
                "number": None if row.masked else row.entity.number,
                "protected": row.entity.protected,
                "certain": row.entity.certain,
                "received_from": row.entity.received_from,
            }
            for row in content.subjects
        ],
        "register": [
            {
                "number": line.number,
                "sequence": line.sequence,
                "direction": line.direction,
                "dated": line.dated.isoformat(),
                "counterpart": line.counterpart,
                "about": line.about,
                "mark": line.mark_provision,
            }
            for line in content.register
        ],
        "events": [
            {
                "at": event.at.isoformat(),
                "act": event.act,
                "by": event.by_name,
                "agency": event.by_agency,
                "log_entry": _named(event.entry),
            }
            for event in content.events
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    fields = (
        "id", "holder", "item_kind", "subject_kind", "text", "activity", "secrecy", "marks",
        "source", "observed_on", "state", "replaces_id", "derived_from", "received_from", "ground",
        "valid_to", "made_at", "made_by_name",
    )  # fmt: skip
    stated = {name: _json(getattr(fact, name)) for name in fields}
    return {**stated, "log_entry": _named(fact.entry)}


def _named(entry: int | None) -> str | None:
    return None if entry is None else reference(entry)


def _json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value


def _cites(cites: list[str]) -> str:
    return " ".join(short_cite(cite) for cite in cites)


def _plain(name: str) -> str:
    """A name without anything that means something in a path."""
    kept = "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in name)
    return kept.strip(" .")[:120] or "fil"
