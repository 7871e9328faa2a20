"""How does a planned import become facts: all of it, or nothing?"""

from __future__ import annotations

import msgspec
from django.db import connections, transaction

from samsyn.hub.api.importing.planning import Plan, PlannedRow, plan_import
from samsyn.hub.api.importing.reading import SourceFile
from samsyn.hub.api.models import ImportedFact
from samsyn.hub.cases.actions import write_fact
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

NOT_ALL = Text(
    sv="Några rader kan inte tas in, så inget har tagits in. Rätta dem, eller ta in bara de "
    "giltiga.",
    en="Some rows cannot be taken in, so nothing has been. Correct them, or take in the valid ones "
    "alone.",
)


class Faulty(Invalid):
    """Some rows cannot be taken in, and nothing has been.

    Attributes:
        plan: every row, with its faults.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__("facts", NOT_ALL)


def import_facts(
    *,
    actor: Actor,
    case: Case,
    system: str,
    file: SourceFile,
    dry_run: bool = False,
    valid_rows: bool = False,
) -> Plan:
    """Take facts into a case as if they were written by hand: seen by nobody else, unconfirmed.

    Args:
        actor, case: who takes them in, and where.
        system, file: what the source is called, and what it holds.
        dry_run: say what would come of each row, and write nothing.
        valid_rows: take in the rows without faults although others have some.

    Returns:
        What came of each row, or would come.

    Raises:
        Faulty: if a row has faults; nothing is written then.
        Refused: if a column says who may see the facts, or no role permits writing.
    """
    require(actor, "fact.write")
    with connections["default"].cursor() as cursor:
        # Two imports of one system at a time would both find a row new.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {case.visible_to}"]
        )
    plan = plan_import(actor=actor, case=case, system=system, file=file)
    if dry_run:
        return plan
    if plan.count("fault") and not valid_rows:
        raise Faulty(plan)
    with transaction.atomic():
        return msgspec.structs.replace(
            plan, rows=[_write(actor, case, plan.system, row) for row in plan.rows]
        )


def _write(actor: Actor, case: Case, system: str, row: PlannedRow) -> PlannedRow:
    if row.outcome != "write":
        return row
    with act(actor, "fact.write", case=case.pk, matter=case.matter) as entry:
        fact = write_fact(actor=actor, case=case, **row.values)
        ImportedFact.rows.create(
            visible_to=case.visible_to,
            system=system,
            source_id=row.source_id,
            fact=fact.pk,
            digest=row.digest,
        )
        entry.touches(fact)
        entry.detail = "imported"
    return msgspec.structs.replace(row, fact=fact.pk)
