"""Who acts in the measurements, and on what: invented officers and facts of the tax agency."""

from __future__ import annotations

from typing import Any

from bench.hub.people import OFFICER, actor_for, people_of
from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act

GIVER, RECEIVER, PURPOSE = "SKV", "AV", "joint_inspection_plan"
WEIGHING = "Kontrollen kan inte planeras utan uppgifterna; bolagens intresse väger lättare."
WORDS = "Behovet är konkret och uppgifterna är de som behövs."
KINDS = (
    ("payroll_and_vat_figures", "taxation"),
    ("tax_debt_and_payroll", "taxation"),
    ("staff_register_control_findings", "tax_control"),
    ("workplace_address", "tax_control"),
)
TEXT = "Redovisade löner täcker {number} av dem som arbetar på platsen, enligt deklarationen."


def officers(agency: str) -> list[Actor]:
    """The officers of an agency."""
    found = [actor_for(person.account) for person in people_of(OFFICER) if person.agency == agency]
    if not found:
        raise RuntimeError(f"{agency} has no officer in the database")
    return found


def facts(actor: Actor, count: int) -> tuple[Case, list[Fact]]:
    """A case with facts of several kinds, half of them about persons' employers."""
    case = open_case(actor=actor, title="Mätning", purpose=PURPOSE)
    first = [
        write_fact(
            actor=actor,
            case=case,
            text=TEXT.format(number=0),
            item_kind=kind,
            activity=activity,
            subject_kind="company",
        )
        for kind, activity in KINDS
    ]
    rows = [_like(first[number % len(first)], number) for number in range(count - len(first))]
    with act(actor, "fact.write", case=case.pk):
        made = Fact.rows.bulk_create(rows, batch_size=1000)
    return case, [*first, *made]


def _like(first: Fact, number: int) -> Fact:
    fields: dict[str, Any] = {
        field.attname: getattr(first, field.attname)
        for field in Fact._meta.concrete_fields
        if field.attname not in ("id", "made_at", "search", "text")
    }
    return Fact(text=TEXT.format(number=number), **fields)
