"""What would be written of a file of facts, and what is wrong with each row?

A plan writes nothing. Whatever is not known is a fault with its column and remedy, and never
becomes something else in silence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from samsyn.hub.api.importing.columns import (
    NAMES,
    NEVER_HERE,
    REQUIRED,
    is_about_access,
)
from samsyn.hub.api.importing.reading import SourceFile, SourceRow
from samsyn.hub.api.known import known_activity, known_kind
from samsyn.hub.api.models import ImportedFact
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.reads_facts import subjects_of
from samsyn.hub.cases.secrecy import MARKS
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text

Outcome = Literal["write", "already", "fault"]
FIRST_YEAR, LAST_YEAR = 1900, 2199


class RowFault(msgspec.Struct, frozen=True):
    """What is wrong with one cell, and what to do."""

    column: str
    said: Text


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row and what would come of it.

    Attributes:
        values: for the act that writes a fact.
        fact: the fact it became before, or became now.
    """

    line: int
    source_id: str
    outcome: Outcome
    faults: list[RowFault] = []
    values: dict[str, Any] = {}
    digest: str = ""
    fact: UUID | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A file, row by row."""

    system: str
    rows: list[PlannedRow]
    notice: Text | None = None

    def count(self, outcome: Outcome) -> int:
        """How many rows come to that."""
        return sum(row.outcome == outcome for row in self.rows)


def plan_import(*, actor: Actor, case: Case, system: str, file: SourceFile) -> Plan:
    """What would be written in a case.

    Raises:
        Invalid: if the system has no name.
        Refused: if a column says who may see the facts; nothing of such a file is taken in.
    """
    if not system.strip() or len(system) > 60 or not system.isprintable():
        raise Invalid(
            "system",
            Text(
                sv="Ange vad källsystemet heter, högst 60 tecken.",
                en="Say what the source system is called, at most 60 letters.",
            ),
        )
    _refuse_access(file)
    entities = {
        _plain(row.entity.number): row.entity
        for row in subjects_of(actor, case, most=None)
        if row.entity.number and not row.entity.received_from
    }
    before = _before(case, system.strip(), file)
    seen: set[str] = set()
    rows = [_row(actor, row, entities, before, seen) for row in file.rows]
    return Plan(system=system.strip(), rows=rows, notice=file.notice)


def _refuse_access(file: SourceFile) -> None:
    for row in file.rows:
        for name in row.values:
            if is_about_access(name):
                raise Refused(
                    Text(sv=f"{name}: {NEVER_HERE.sv}", en=f"{name}: {NEVER_HERE.en}"),
                    next_step=Text(
                        sv="Ta in uppgifterna utan kolumnen och förbered sedan ett utlämnande.",
                        en="Take in the facts without the column, then prepare a disclosure.",
                    ),
                    ground="2009:400/8:1",
                )


def _before(case: Case, system: str, file: SourceFile) -> dict[str, ImportedFact]:
    ids = {row.values.get("source_id", "").strip() for row in file.rows}
    ids = {one for one in ids if "\x00" not in one}
    rows = ImportedFact.rows.filter(visible_to=case.visible_to, system=system, source_id__in=ids)
    return {row.source_id: row for row in rows}


def _row(
    actor: Actor,
    row: SourceRow,
    entities: Mapping[str, Entity],
    before: Mapping[str, ImportedFact],
    seen: set[str],
) -> PlannedRow:
    cells = {name: value.strip() for name, value in row.values.items()}
    source_id, faults = cells.get("source_id", ""), list(_cell_faults(cells))
    if source_id and source_id in seen:
        faults.append(_fault("source_id", "står på två rader", "stands on two rows"))
    seen.add(source_id)
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            values[name] = read(actor, cells, entities)
        except Invalid as error:
            if error.field not in {fault.column for fault in faults}:
                faults.append(RowFault(error.field, error.said))
    digest = hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
    kept: dict[str, Any] = {"line": row.line, "source_id": source_id[:120], "digest": digest}
    known = before.get(source_id)
    if known is not None and not faults and known.digest != digest:
        faults.append(
            _fault(
                "source_id",
                "har tagits in förut med annat innehåll; rätta uppgiften i Samsyn",
                "was taken in before with other content; correct the fact in Samsyn",
            )
        )
    if faults:
        return PlannedRow(**kept, outcome="fault", faults=faults)
    if known is not None:
        return PlannedRow(**kept, outcome="already", fact=known.fact)
    return PlannedRow(**kept, outcome="write", values=values)


def _cell_faults(cells: Mapping[str, str]) -> list[RowFault]:
    faults = [
        _fault(name, "saknas; fyll i den", "is missing; fill it in")
        for name in REQUIRED
        if not cells.get(name)
    ]
    for name, value in cells.items():
        column = NAMES.get(name)
        if column is None:
            use = ", ".join(NAMES)
            faults.append(
                _fault(
                    name[:80],
                    f"finns inte; ta bort kolumnen eller använd {use}",
                    f"is no column; take it out or use {use}",
                )
            )
        elif len(value) > column.longest:
            faults.append(
                _fault(
                    name,
                    f"är för lång; högst {column.longest} tecken",
                    f"is too long; at most {column.longest} letters",
                )
            )
        elif "\x00" in value:
            faults.append(
                _fault(
                    name, "innehåller ett tecken som inte är text", "holds a sign that is not text"
                )
            )
    return faults


def _kind(actor: Actor, cells: Mapping[str, str], entities: Any) -> str:
    return known_kind(cells.get("item_kind", ""))


def _activity(actor: Actor, cells: Mapping[str, str], entities: Any) -> str:
    return known_activity(actor.agency, cells.get("activity", ""))


def _subject_kind(actor: Actor, cells: Mapping[str, str], entities: Any) -> str:
    found = cells.get("subject_kind", "")
    if found not in ("", "person", "company"):
        raise _invalid("subject_kind", "ska vara person eller company", "must be person or company")
    return found


def _entity(
    actor: Actor, cells: Mapping[str, str], entities: Mapping[str, Entity]
) -> Entity | None:
    number = cells.get("about_number", "")
    if not number:
        return None
    found = entities.get(_plain(number))
    if found is None:
        raise _invalid(
            "about_number",
            "är inget objekt i ärendet; lägg till det i ärendet först",
            "is no subject of the case; add it to the case first",
        )
    return found


def _marks(actor: Actor, cells: Mapping[str, str], entities: Any) -> list[str]:
    found = cells.get("marks", "").replace(",", " ").split()
    if unknown := [mark for mark in found if mark not in MARKS]:
        use = ", ".join(MARKS)
        raise _invalid(
            "marks",
            f"”{unknown[0]}” är inget märke; använd {use}",
            f"“{unknown[0]}” is no mark; use {use}",
        )
    return list(dict.fromkeys(found))


def _observed(actor: Actor, cells: Mapping[str, str], entities: Any) -> date | None:
    text = cells.get("observed_on", "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _invalid(
            "observed_on", "ska vara en dag som 2026-03-01", "must be a day such as 2026-03-01"
        )
    return found


def _holder(actor: Actor, cells: Mapping[str, str]) -> None:
    holder = cells.get("holder", "")
    if holder and holder != actor.agency:
        raise _invalid(
            "holder",
            f"ska vara {actor.agency} eller tom; andra myndigheters uppgifter kommer genom "
            "utlämnande",
            f"must be {actor.agency} or empty; facts of other agencies come by disclosure",
        )


def _text(actor: Actor, cells: Mapping[str, str], entities: Any) -> str:
    _holder(actor, cells)
    return cells.get("text", "")


def _source(actor: Actor, cells: Mapping[str, str], entities: Any) -> str:
    return cells.get("source", "")


_READERS: dict[str, Any] = {
    "text": _text,
    "item_kind": _kind,
    "activity": _activity,
    "subject_kind": _subject_kind,
    "entity": _entity,
    "marks": _marks,
    "source": _source,
    "observed_on": _observed,
}


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum()).upper()


def _fault(column: str, sv: str, en: str) -> RowFault:
    return RowFault(column, Text(sv=f"{column} {sv}.", en=f"{column} {en}."))


def _invalid(column: str, sv: str, en: str) -> Invalid:
    return Invalid(column, _fault(column, sv, en).said)
