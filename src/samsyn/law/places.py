"""In which activities of a giver, or functions of a receiver, does a rule hold?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samsyn.law.case import Case, PlaceField


@dataclass(frozen=True, slots=True)
class Place:
    """Limits on the activity of a giver or the function of a receiver.

    Attributes:
        only: the places that count; None for every place.
        never: places that do not count.
        window: set when nobody knows whether this holds yet; names what is open.
    """

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    window: str | None = None

    def includes(self, place: str | None) -> bool:
        """True if a place counts; one that is not known counts where every place does."""
        return place not in self.never and (self.only is None or place in self.only)

    def admits(self, case: Case, field: PlaceField) -> bool:
        """True if the case's place counts; asks when it is not known and matters."""
        if self.window is not None and not case.settle(self.window, (True, False)):
            return False
        return (self.only is None and not self.never) or self.includes(case.place(field))


def named_places(places: Iterable[Place]) -> set[str]:
    """Activities or functions that places name, as wanted or as unwanted."""
    return {name for place in places for name in ((place.only or frozenset()) | place.never)}
