"""Calls that take facts in from an agency's own case system, as JSON or as a table."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from samsyn.hub.api.entering import enter_case
from samsyn.hub.api.importing.carrying_out import import_facts
from samsyn.hub.api.importing.columns import COLUMNS
from samsyn.hub.api.importing.planning import Plan, PlannedRow
from samsyn.hub.api.importing.reading import MOST_ROWS, SourceFile, read_file, rows_of
from samsyn.hub.api.shapes import Body, Code, FieldFault, Said, Words
from samsyn.hub.guard.language import said

router = Router(tags=["import"])
Cell = Words | list[Code] | None
System = Annotated[str, Field(min_length=1, max_length=60)]
TABLE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "description": "The names of the columns first; semicolons, commas or tabs between.",
    }
}


class ImportIn(Body):
    """Facts from a source system."""

    system: System = Field(description="What the source is called; an id in it is taken in once.")
    facts: list[dict[Code, Cell]] = Field(min_length=1, max_length=MOST_ROWS)
    dry_run: bool = Field(default=False, description="Say what would come of it; write nothing.")
    valid_rows: bool = Field(default=False, description="Take in the rows without faults.")


class RowOut(Schema):
    """What came of a row, or would come."""

    line: int
    source_id: str
    outcome: str = Field(description="write, already or fault.")
    fact: UUID | None
    errors: list[FieldFault]

    @classmethod
    def of(cls, row: PlannedRow) -> RowOut:
        """The row."""
        return cls(
            line=row.line,
            source_id=row.source_id,
            outcome=row.outcome,
            fact=row.fact,
            errors=[FieldFault(field=one.column, detail=said(one.said)) for one in row.faults],
        )


class ImportOut(Schema):
    """What came of a file, row by row."""

    carried_out: bool
    written: int
    already: int
    faults: int
    notice: str
    rows: list[RowOut]

    @classmethod
    def of(cls, plan: Plan, *, dry_run: bool) -> ImportOut:
        """The plan as it was carried out, or would be."""
        return cls(
            carried_out=not dry_run,
            written=plan.count("write"),
            already=plan.count("already"),
            faults=plan.count("fault"),
            notice=said(plan.notice) if plan.notice else "",
            rows=[RowOut.of(row) for row in plan.rows],
        )


@router.post("/cases/{uuid:case_id}/import", response=ImportOut, summary="Take in facts")
def import_json(request: HttpRequest, case_id: UUID, payload: ImportIn) -> ImportOut:
    """Write facts as by hand: one's own agency's, unconfirmed, told to nobody.

    All or nothing unless `valid_rows`; a fault names line, column and remedy. The columns are
    those of `/import/columns`; one that says who may see a fact refuses the whole.
    """
    return _taken_in(
        request, case_id, rows_of(payload.facts), payload.system, payload.dry_run,
        payload.valid_rows,
    )  # fmt: skip


@router.post(
    "/cases/{uuid:case_id}/import/csv",
    response=ImportOut,
    summary="Take in facts from a table",
    openapi_extra=TABLE,
)
def import_table(
    request: HttpRequest,
    case_id: UUID,
    system: Annotated[System, Query()],
    dry_run: bool = False,
    valid_rows: bool = False,
) -> ImportOut:
    """The same from CSV, in UTF-8 with or without a mark, or in Windows-1252."""
    file = read_file("facts.csv", request.body)
    return _taken_in(request, case_id, file, system, dry_run, valid_rows)


def _taken_in(
    request: HttpRequest, case_id: UUID, file: SourceFile, system: str, dry_run: bool, valid: bool
) -> ImportOut:
    actor, case = enter_case(request, case_id, "fact.write")
    plan = import_facts(
        actor=actor, case=case, system=system, file=file, dry_run=dry_run, valid_rows=valid
    )
    return ImportOut.of(plan, dry_run=dry_run)


class ColumnOut(Schema):
    """A column."""

    name: str
    required: bool
    longest: int
    about: Said


@router.get("/import/columns", response=list[ColumnOut], summary="The columns of an import")
def columns(request: HttpRequest) -> list[ColumnOut]:
    """What a row may have."""
    return [
        ColumnOut(
            name=one.name, required=one.required, longest=one.longest, about=Said.of(one.about)
        )
        for one in COLUMNS
    ]
