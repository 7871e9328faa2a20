"""How does an agency write down a firm, workplace, person, vehicle or address it knows?"""

from __future__ import annotations

from typing import Literal, get_args

from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.registry.models import Entity
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.faults import FieldError
from samsyn.kernel.identity_numbers import IdentityNumber, NumberKind
from samsyn.kernel.text import Text

EntityKind = Literal["firm", "workplace", "person", "vehicle", "address"]
KINDS: tuple[EntityKind, ...] = get_args(EntityKind)

NUMBERS_OF: dict[EntityKind, tuple[NumberKind, ...]] = {
    "firm": ("organisation", "person", "coordination", "foreign"),
    "workplace": ("workplace",),
    "person": ("person", "coordination", "uncertain"),
    "vehicle": ("vehicle", "foreign"),
    "address": (),
}
"""Which numbers each kind may have; a sole trader has a personal number."""


def read_number(kind: EntityKind, text: str, *, foreign: bool = False) -> IdentityNumber | None:
    """A number as people write it, checked; None when there is none.

    Args:
        kind: what it names.
        text: the number in any usual spelling.
        foreign: it is no Swedish number, so it is kept as stated.

    Raises:
        Invalid: naming the fault and the remedy.
    """
    if not text.strip():
        return None
    stated: NumberKind = "uncertain" if kind == "person" else "foreign"
    try:
        number = IdentityNumber.parse(
            text, on=timezone.localdate(), kind=stated if foreign else None
        )
    except FieldError as error:
        raise Invalid("number", error.said) from None
    if number.kind not in NUMBERS_OF[kind]:
        raise Invalid(
            "number",
            Text(
                sv="Numret är av ett annat slag än det som beskrivs; välj rätt slag eller lämna "
                "fältet tomt.",
                en="The number is of another kind than what is described; choose the right kind or "
                "leave the field empty.",
            ),
        )
    return number


def known_entity(actor: Actor, visible_to: str, kind: str, number: str) -> Entity | None:
    """The agency's own row with the same number, if it has one."""
    if not number:
        return None
    return (
        Entity.seen(actor)
        .filter(visible_to=visible_to, received_from="", kind=kind, number=number)
        .first()
    )


def write_entity(
    *,
    actor: Actor,
    visible_to: str,
    kind: str,
    name: str,
    number: str = "",
    foreign: bool = False,
    certain: bool = True,
    protected: bool = False,
    address: str = "",
    municipality: str = "",
    note: str = "",
    part_of: Entity | None = None,
) -> Entity:
    """Write down an entity, or find the agency's own row with the same number.

    Raises:
        Invalid: naming the field that cannot be used.
        Refused: if none of the actor's roles permits it.
    """
    if kind not in KINDS:
        raise Invalid("kind", Text(sv="Välj vad det är.", en="Choose what it is."))
    if not name.strip():
        raise Invalid("name", Text(sv="Ange ett namn.", en="Give a name."))
    read = read_number(kind, number, foreign=foreign)
    digits = read.digits if read else ""
    if found := known_entity(actor, visible_to, kind, digits):
        return found
    with act(actor, "case.write", detail=f"entity {kind}") as entry:
        entity = Entity.rows.create(
            visible_to=visible_to,
            kind=kind,
            name=name.strip()[:200],
            number=digits,
            number_kind=read.kind if read else "none",
            certain=certain,
            protected=protected,
            address=address.strip()[:200],
            municipality=municipality.strip()[:60],
            note=note,
            part_of=part_of,
            made_by=actor.account,
            search=lexemes(name, digits, read.display if read else "", address, municipality),
        )
        entry.touches(entity)
    return entity
