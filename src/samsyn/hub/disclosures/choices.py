"""Which agencies, purposes, activities and objects does an officer choose from?"""

from __future__ import annotations

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.registry.models import Entity


def others(actor: Actor) -> list[tuple[str, str]]:
    """The other agencies in the cooperation on the day, by name."""
    members = current_organisation().cooperation_members(actor.day) - {actor.agency}
    return sorted(((code, agency_names()[code]) for code in members), key=lambda pair: pair[1])


def purposes() -> list[tuple[str, str]]:
    """All purposes, in the order of the rulebook."""
    known = current_rulebook().vocabulary.purposes.known.items()
    return [(code, said(entry.name)) for code, entry in known]


def activities(agency: str) -> list[tuple[str, str]]:
    """The activities an agency may have."""
    vocabulary = current_rulebook().vocabulary
    codes = vocabulary.activities_of(agency)
    return [(code, said(vocabulary.activities.known[code].name)) for code in codes]


def named(entities: list[Entity]) -> list[tuple[str, str]]:
    """What a case is about, to choose from."""
    return [
        (str(one.pk), ", ".join(filter(None, (one.name, one.number, one.address))))
        for one in entities
    ]


def agency_names() -> dict[str, str]:
    """Every agency of the rulebook: code and name."""
    known = current_rulebook().vocabulary.agencies.known.items()
    return {code: said(entry.name) for code, entry in known}
