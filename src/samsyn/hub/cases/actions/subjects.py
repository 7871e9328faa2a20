"""Say what a case is about."""

from __future__ import annotations

from samsyn.hub.cases.actions.states import require_not_archived
from samsyn.hub.cases.models import Case, CaseSubject
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.registry.actions import write_entity
from samsyn.hub.registry.models import Entity


def add_subject(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    name: str,
    number: str = "",
    foreign: bool = False,
    certain: bool = True,
    protected: bool = False,
    address: str = "",
    municipality: str = "",
    part: str = "object",
) -> Entity:
    """Add a firm, workplace, person, vehicle or address to a case.

    Raises:
        Invalid: naming the field that cannot be used.
        Refused: if the case is archived.
    """
    require_not_archived(case)
    with act(actor, "case.write", case=case.pk, matter=case.matter) as entry:
        entity = write_entity(
            actor=actor,
            visible_to=case.visible_to,
            kind=kind,
            name=name,
            number=number,
            foreign=foreign,
            certain=certain,
            protected=protected,
            address=address,
            municipality=municipality,
        )
        entry.detail = f"subject {kind}"
        entry.touches(entity)
        if not CaseSubject.seen(actor).filter(case=case, entity=entity).exists():
            CaseSubject.rows.create(visible_to=case.visible_to, case=case, entity=entity, part=part)
            # The timeline is read at a glance: a protected person is not named in it.
            shown = None if entity.protected else entity.name
            tell(entry, case, about=entity, subject=kind, name=shown)
    return entity
