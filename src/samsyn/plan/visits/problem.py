"""What is to be planned: visits, what each needs, the people and the way between places?"""

from __future__ import annotations

from typing import Literal

import msgspec

Number = int | float
"""As it stands in the file; whole minutes stay whole."""


class Service(msgspec.Struct, frozen=True):
    """Something to be done at a visit by one person who can."""

    code: str
    duration: Number


class Tie(msgspec.Struct, frozen=True):
    """How the beginnings of a visit's two services hang together.

    Attributes:
        kind: both at the same moment, or the second a while after the first.
        least: of the while, in minutes.
        most: of the while, in minutes.
    """

    kind: Literal["simultaneous", "sequential"]
    least: Number = 0
    most: Number = 0


class Visit(msgspec.Struct, frozen=True):
    """A place where one or two services are to be given, by different people.

    Attributes:
        opens: nothing begins before.
        closes: what begins later is late; it costs but is not forbidden.
    """

    code: str
    opens: Number
    closes: Number
    services: tuple[Service, ...]
    tie: Tie | None = None


class Caregiver(msgspec.Struct, frozen=True):
    """A person who makes visits, with the services they can give."""

    code: str
    skills: frozenset[str]

    def can(self, service: Service) -> bool:
        """Whether the person can give it."""
        return service.code in self.skills


class VisitProblem(msgspec.Struct, frozen=True):
    """A day to be planned.

    Attributes:
        travel: minutes from place to place; place 0 is where every round begins and ends, place
            n the visit number n, counted from 1.
    """

    visits: tuple[Visit, ...]
    caregivers: tuple[Caregiver, ...]
    travel: tuple[tuple[Number, ...], ...]


class Stop(msgspec.Struct, frozen=True):
    """A service given on a round: from its beginning (after any wait) to its end."""

    visit: str
    service: str
    begins: Number
    ends: Number


class Round(msgspec.Struct, frozen=True):
    """What one person does in the day, in order."""

    caregiver: str
    stops: tuple[Stop, ...]


class VisitPlan(msgspec.Struct, frozen=True):
    """The rounds of all people, and the order in which the visits were laid."""

    rounds: tuple[Round, ...]
    order: tuple[str, ...] = ()
