"""Which firms, workplaces, persons and vehicles are there to be found in the matters?

All numbers come from the series that :mod:`samsyn.kernel.invented_numbers` keeps for such use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samsyn.hub.training import names
from samsyn.hub.training.chance import Chance
from samsyn.kernel.identity_numbers import IdentityNumber
from samsyn.kernel.invented_numbers import (
    VEHICLES,
    WORKPLACES,
    invented_coordinated,
    invented_neighbours,
    invented_organisation,
    invented_persons,
    invented_vehicle,
    invented_workplace,
)

_FIRST_BIRTH = date(1958, 1, 1)
_BIRTHS = 365 * 46


@dataclass(frozen=True, slots=True)
class Thing:
    """A firm, workplace, person, vehicle or address.

    Attributes:
        place: the firm's or workplace's street, as people say it.
    """

    kind: str
    name: str
    number: str = ""
    number_kind: str = "none"
    display: str = ""
    certain: bool = True
    protected: bool = False
    address: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Business:
    """A firm with its workplace and trade."""

    firm: Thing
    workplace: Thing
    trade: str
    city: str
    street: str


def _numbered(number: IdentityNumber) -> dict[str, str]:
    return {"number": number.digits, "number_kind": number.kind, "display": number.display}


class World:
    """Makes what the matters are about; each number once, as long as the series lasts."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._firms = self._persons = self._vehicles = 0

    def business(self, centre: str) -> Business:
        """A firm in the region of a centre; one in nine is foreign, some are sole traders."""
        chance = self._chance
        self._firms += 1
        trade = chance.pick(names.TRADES)
        foreign = chance.happens(0.11)
        street, city = names.street(chance), chance.pick(names.CITIES[centre])
        # The series is walked from a place of its own, so that tests that invent numbers differ.
        number: dict[str, str] = _numbered(invented_organisation(self._firms))
        name = names.firm_name(chance, trade, foreign)
        if foreign:
            country = next(at for form, at in names.FOREIGN_FORMS.items() if name.endswith(form))
            stated = f"{country}{chance.between(10**7, 10**8 - 1)}"
            number = {"number": stated, "number_kind": "foreign", "display": stated}
            if chance.happens(0.3):
                number = {}
        elif chance.happens(0.05):
            owner = self.person(certain=True)
            name = f"{owner.name}s {trade}"
            number = {
                "number": owner.number,
                "number_kind": owner.number_kind,
                "display": owner.display,
            }
        firm = Thing(
            kind="firm",
            name=name,
            certain=not foreign or bool(number),
            address=f"{street}, {city}",
            municipality=city,
            **number,  # type: ignore[arg-type]
        )
        workplace = Thing(
            kind="workplace",
            name=f"{name}, {street}",
            address=f"{street}, {city}",
            municipality=city,
            **_numbered(invented_workplace(self._firms % WORKPLACES)),  # type: ignore[arg-type]
        )
        return Business(firm, workplace, trade, city, street)

    def off_the_shelf(self, count: int) -> list[Thing]:
        """Firms that were founded together to be sold, and so have numbers in a row."""
        self._firms += 1
        name = names.shelf_name(self._chance)
        numbers = invented_neighbours(self._firms, count)
        return [
            Thing(kind="firm", name=f"{name} {place} AB", **_numbered(number))  # type: ignore[arg-type]
            for place, number in enumerate(numbers, start=1)
        ]

    def person(self, *, certain: bool | None = None, protected: bool | None = None) -> Thing:
        """A person; one in ten without certain identity, few with protected data."""
        chance = self._chance
        self._persons += 1
        name = names.person_name(chance)
        sure = chance.happens(0.9) if certain is None else certain
        if not sure:
            return Thing(kind="person", name=name, certain=False)
        born = _FIRST_BIRTH + timedelta(days=self._persons * 7919 % _BIRTHS)
        series = invented_coordinated if chance.happens(0.2) else invented_persons
        there = series(born)
        number = there[self._persons // _BIRTHS % len(there)]
        hidden = chance.happens(0.04) if protected is None else protected
        return Thing(kind="person", name=name, protected=hidden, **_numbered(number))  # type: ignore[arg-type]

    def vehicle(self) -> Thing:
        """A vehicle, known by its plate."""
        self._vehicles += 1
        number = invented_vehicle(self._vehicles % VEHICLES)
        return Thing(kind="vehicle", name=f"Fordon {number.display}", **_numbered(number))  # type: ignore[arg-type]

    def address(self, business: Business) -> Thing:
        """Another address where the firm is at work."""
        text = f"{names.street(self._chance)}, {business.city}"
        return Thing(kind="address", name=text, address=text, municipality=business.city)
