"""What is a power on site, a kind of operation, and a plan of who takes part on which ground?"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.text import Text

Capacity = Literal["own_control", "assistance", "support", "on_call"]
Place = Literal["workplace", "building_site", "dwelling"]
Permission = Literal["access", "identity", "questions", "documents", "examination", "coercion"]
Leader = Literal["agency", "police", "guest"]

CAPACITIES: dict[Capacity, Text] = {
    "own_control": Text(sv="egen kontroll", en="own control"),
    "assistance": Text(sv="bistår en annan", en="assists another"),
    "support": Text(sv="stöd", en="support"),
    "on_call": Text(sv="svarar på distans", en="on call"),
}
PLACES: dict[Place, Text] = {
    "workplace": Text(sv="verksamhetslokal", en="business premises"),
    "building_site": Text(sv="byggarbetsplats", en="building site"),
    "dwelling": Text(sv="bostad", en="dwelling"),
}
PERMISSIONS: dict[Permission, Text] = {
    "access": Text(sv="tillträde", en="access"),
    "identity": Text(sv="identitet", en="identity"),
    "questions": Text(sv="frågor", en="questions"),
    "documents": Text(sv="handlingar", en="documents"),
    "examination": Text(sv="undersökning", en="examination"),
    "coercion": Text(sv="tvång mot motstånd", en="coercion"),
}


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has to be so for a power to be used.

    Attributes:
        code: as a plan answers it.
        cite: the provision that asks for it.
        ask: the question to the planner.
        before: whether it has to be so before leaving; else it can first be seen on site.
    """

    code: str
    cite: str
    ask: Text
    before: bool


class Dated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something of the rulebook that holds on some days, its ends written as in the acts."""

    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(read_start(self.start), read_end(self.end))


class Power(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ground on which an agency takes part in a joint inspection, as ``powers.yaml`` writes it.

    Attributes:
        code: as plans name it.
        agency: whose ground it is.
        capacity: own control, assistance, support, or on call.
        name: what it is called.
        cites: the provisions.
        permits: what may be done on it against a no.
        places: where.
        limits: what those who act on it have to know.
        assists: the grounds that it helps, for assistance.
        conditions: what has to be so.
    """

    code: str
    agency: str
    capacity: Capacity
    name: Text
    cites: tuple[str, ...]
    permits: tuple[Permission, ...]
    places: tuple[Place, ...]
    limits: Text
    assists: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


class OperationType(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of operation, as ``operation_types.yaml`` writes it.

    Attributes:
        code: as plans and figures name it.
        presence: whether anybody is on site.
        leads: who may lead it.
        name: what it is called.
        says: when it is chosen.
    """

    code: str
    presence: bool
    leads: Leader
    name: Text
    says: Text


class Participant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who takes part for an agency of the cooperation.

    Attributes:
        who: as the plan names them; the same words are the same person.
        agency: whose officer it is, as ``AV``.
        ground: code of the power on which this person acts.
        answers: code of a condition → whether it is so; what is not there is not answered.
        asked_by: for assistance, the agency that asked for it.
    """

    who: str
    agency: str
    ground: str
    answers: dict[str, bool] = {}
    asked_by: str = ""


class Guest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody from outside the cooperation, as the enforcement agency or a municipality.

    Attributes:
        who: as the plan names them.
        body: whom they come from, as ``KFM``.
        ground: the guest's own ground, in its own words.
    """

    who: str
    body: str
    ground: str


class OperationPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the grounds of a plan are checked from.

    Attributes:
        day: of the operation.
        type: code of a kind of operation.
        place: what kind of place it is.
        lead: agency or guest body that leads.
        participants: those of the cooperation, one entry for each person and ground.
        guests: those from outside.
    """

    day: date
    type: str
    place: Place
    lead: str
    participants: tuple[Participant, ...]
    guests: tuple[Guest, ...] = ()
