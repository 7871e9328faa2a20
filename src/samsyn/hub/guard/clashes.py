"""Which roles may one person not have at the same time, and why?

Whoever gives access has none, and nobody examines what they have done themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.hub.guard.organisation import Organisation, Role
from samsyn.kernel.text import Text

WORKS, GIVES, EXAMINES = "works", "gives", "examines"
KINDS = {
    WORKS: Text(sv="arbetar i ärenden", en="works on cases"),
    GIVES: Text(sv="ger behörighet", en="gives access"),
    EXAMINES: Text(sv="granskar loggen", en="examines the log"),
}


def kind_of(role: Role) -> str | None:
    """What a role does that another must not do beside it; None if nothing."""
    if "log" in role.reads:
        return EXAMINES
    if role.permits("role.give"):
        return GIVES
    return WORKS if {"cases", "protection"} & set(role.reads) else None


def clash(organisation: Organisation, had: Iterable[str], given: str) -> Text | None:
    """Why a role cannot be given beside those that a person has; None if it can."""
    role = organisation.roles[given]
    kind = kind_of(role)
    for code in had:
        other = organisation.roles.get(code)
        theirs = kind_of(other) if other else None
        if other and kind and theirs and kind != theirs:
            one, two = KINDS[kind], KINDS[theirs]
            return Text(
                sv=f"Rollen {role.name.sv} kan inte förenas med {other.name.sv}: den som "
                f"{one.sv} är en annan än den som {two.sv}.",
                en=f"The role {role.name.en} cannot be combined with {other.name.en}: whoever "
                f"{one.en} is another than whoever {two.en}.",
            )
    return None
