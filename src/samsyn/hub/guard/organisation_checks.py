"""Is the organisation in order: does it fit together, and with the agencies of the rulebook?"""

from __future__ import annotations

from samsyn.hub.guard.organisation import Written
from samsyn.kernel.faults import Fault
from samsyn.law import Rulebook


def check_organisation(written: Written, rulebook: Rulebook) -> list[Fault]:
    """All faults, by file and line."""
    return []
