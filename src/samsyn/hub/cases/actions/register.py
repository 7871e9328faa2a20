"""Register what comes in, goes out or is drawn up (OSL 5:1-5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connections
from psycopg import sql

from samsyn.hub.cases.models import Case, RegisterEntry
from samsyn.hub.cases.secrecy import read_secrecy
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

DIRECTIONS = ("in", "out", "drawn_up")


def register_document(
    *,
    actor: Actor,
    case: Case,
    direction: str,
    about: str,
    counterpart: str = "",
    dated: date | None = None,
    secrecy: Sequence[str] = (),
    about_secret: bool = False,
    counterpart_secret: bool = False,
    document: object = None,
    document_kind: str = "document",
) -> RegisterEntry:
    """Register a document in a case of one's own agency.

    Args:
        actor, case: who registers, and the case under whose number it gets the next place.
        direction: ``in``, ``out`` or ``drawn_up``; counterpart is from whom or to whom.
        about: in short what it is about.
        dated: when it came in or was drawn up; today if not said.
        secrecy: provisions of its secrecy mark; the mark gets today's date and the agency (5:5).
        about_secret, counterpart_secret: what the public extract leaves out (5:2 st2).
        document, document_kind: the file, disclosure or question that it is.

    Raises:
        Invalid: naming the field.
    """
    _check(direction, about, counterpart)
    mark = read_secrecy(list(secrecy))
    # A part of the act that the document comes from, where there is one: it fails with it.
    with act(actor, "register.write", case=case.pk, matter=case.matter, savepoint=False) as entry:
        # The counter of the case's documents: one at a time, so that no number is given twice.
        Case.rows.select_for_update().only("pk").get(pk=case.pk)
        line = RegisterEntry(
            visible_to=case.visible_to,
            agency=actor.agency,
            case=case,
            number=case.number,
            direction=direction,
            dated=dated or actor.day,
            counterpart=counterpart.strip()[:200],
            about=about.strip()[:200],
            counterpart_secret=counterpart_secret,
            about_secret=about_secret,
            mark_provision=mark,
            mark_dated=actor.day if mark else None,
            mark_agency=actor.agency if mark else "",
            document=getattr(document, "pk", document),
            document_kind=document_kind,
        )
        _keep(line)
        entry.touches(line)
        tell(entry, case, about=line, direction=direction, sequence=line.sequence)
    return line


def _keep(line: RegisterEntry) -> None:
    """Write the line with the next place of its case, in one statement."""
    fields = [
        field.attname
        for field in line._meta.concrete_fields
        if field.attname not in ("sequence", "registered_at")
    ]
    statement = sql.SQL(
        "insert into cases_registerentry ({fields}, sequence) select {values}, "
        "(select coalesce(max(sequence), 0) + 1 from cases_registerentry where case_id = {case}) "
        "returning sequence"
    ).format(
        fields=sql.SQL(", ").join(map(sql.Identifier, fields)),
        values=sql.SQL(", ").join(map(sql.Placeholder, fields)),
        case=sql.Placeholder("case_id"),
    )
    values = {name: getattr(line, name) for name in fields}
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        line.sequence = int(cursor.fetchone()[0])


def _check(direction: str, about: str, counterpart: str) -> None:
    if direction not in DIRECTIONS:
        raise Invalid(
            "direction", Text(sv="Välj in, ut eller upprättad.", en="Choose in, out or drawn up.")
        )
    if not about.strip():
        raise Invalid(
            "about", Text(sv="Skriv kort vad handlingen rör.", en="Say in short what it is about.")
        )
    if direction != "drawn_up" and not counterpart.strip():
        raise Invalid(
            "counterpart", Text(sv="Skriv från vem eller till vem.", en="Say from whom or to whom.")
        )
