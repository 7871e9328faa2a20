"""What does a month of joint inspections look like, invented but as scarce as the real ones?

Nobody and no place of work in it exists. Each centre has 80 people of nine agencies, 60 wished
operations in a month and 16 cars. What is scarce: police only on four days of the week, few who
know documents, asbestos or posting, agencies whose regions are larger than the centre's, sites with
short opening hours, people on leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from samsyn.plan.staffing.frame import planned_days
from samsyn.plan.staffing.task import (
    Agency,
    Away,
    Car,
    Half,
    Need,
    Operation,
    Period,
    Person,
    Settings,
    StaffingTask,
    Travel,
)

CENTRES = ("Umeå", "Göteborg", "Norrköping", "Örebro", "Uppsala", "Stockholm", "Malmö")
TOWNS = 6
OPERATIONS, MONTH = 60, 28
STAFF: Mapping[str, int] = MappingProxyType(
    {"AV": 16, "PM": 18, "SKV": 14, "FK": 8, "AF": 8, "MV": 4, "EBM": 4, "JäMy": 4, "ÅM": 4}
)
COMPETENCES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "AV": {"construction": 0.6, "asbestos": 0.2, "posting": 0.35},
        "PM": {"documents": 0.25, "aliens": 0.5},
        "SKV": {"staff_register": 0.7, "audit": 0.3},
        "MV": {"permits": 0.8},
        "EBM": {"accounts": 0.6},
    }
)
WEEKDAYS: Mapping[str, tuple[int, ...]] = MappingProxyType({"PM": (2, 3, 4, 5), "ÅM": (1, 2, 3)})
WIDE: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "AV": (("Umeå",), ("Göteborg",), ("Norrköping", "Örebro"), ("Uppsala", "Stockholm"),
               ("Malmö",)),
        "MV": (CENTRES,),
        "EBM": (("Umeå", "Uppsala", "Stockholm"), ("Göteborg", "Örebro"), ("Norrköping", "Malmö")),
        "JäMy": (CENTRES,),
    }
)  # fmt: skip


def example_task(
    seed: int, centres: int = 1, operations: int = OPERATIONS, first: date = date(2027, 2, 1)
) -> StaffingTask:
    """An invented month; the same seed gives the same one."""
    chance = Random(seed)
    names = CENTRES[:centres]
    period = Period(first=first, last=first + timedelta(MONTH - 1))
    bare = StaffingTask(period=period, agencies=(), operations=(), people=(), travel=_no_travel())
    days = planned_days(bare)
    agencies = tuple(_agency(code, names) for code in STAFF)
    return StaffingTask(
        period=period,
        agencies=agencies,
        operations=tuple(
            _operation(chance, centre, number, days)
            for centre in names
            for number in range(1, operations + 1)
        ),
        people=tuple(
            _person(chance, agency, centre, number, days)
            for centre in names
            for agency in agencies
            for number in range(1, STAFF[agency.code] + 1)
        ),
        cars=tuple(car for centre in names for car in _cars(centre)),
        travel=_travel(chance, names),
        settings=Settings(step=60),
    )


def _no_travel() -> Travel:
    return Travel(places=(), minutes=())


def _agency(code: str, names: Sequence[str]) -> Agency:
    areas = [
        tuple(centre for centre in area if centre in names)
        for area in WIDE.get(code, tuple((centre,) for centre in CENTRES))
    ]
    regions = {f"{code} {area[0]}": area for area in areas if area}
    return Agency(code=code, regions=regions, weekdays=WEEKDAYS.get(code, (1, 2, 3, 4, 5)))


def _person(
    chance: Random, agency: Agency, centre: str, number: int, days: Sequence[date]
) -> Person:
    competences = tuple(
        name
        for name, share in COMPETENCES.get(agency.code, {}).items()
        # The first of each agency at a centre knows what is needed, so that nothing is hopeless.
        if number == 1 or chance.random() < share
    )
    away = []
    if chance.random() < 0.25:
        begin = chance.choice(days)
        away.append(Away(first=begin, last=begin + timedelta(chance.randint(1, 9))))
    for _ in range(chance.randint(0, 3)):
        half: Half = chance.choice(("morning", "afternoon"))
        away.append(Away(first=chance.choice(days), half=half))
    region = next(name for name, area in agency.regions.items() if centre in area)
    return Person(
        id=f"{agency.code}-{centre}-{number}",
        agency=agency.code,
        home=centre,
        region=region,
        competences=competences,
        away=tuple(away),
        most_a_week=chance.choice((2, 3, 3, 4)),
    )


def _operation(chance: Random, centre: str, number: int, days: Sequence[date]) -> Operation:
    needs = _team(chance, "AV", chance.choice((1, 2, 2, 3)))
    if chance.random() < 0.75:
        needs.append(Need(agency="PM", people=chance.choice((1, 2, 2, 3))))
        if chance.random() < 0.45:
            needs.append(Need(agency="PM", competences=("documents",)))
    if chance.random() < 0.8:
        needs += _team(chance, "SKV", chance.choice((1, 2)))
    shares = {"FK": 0.3, "AF": 0.3, "MV": 0.2, "EBM": 0.1, "JäMy": 0.15, "ÅM": 0.05}
    needs += [Need(agency=code) for code, share in shares.items() if chance.random() < share]
    window = chance.randint(0, len(days) - 5)
    narrow = chance.random() < 0.3
    wished = chance.choice(days[window : window + 5]) if chance.random() < 0.5 else None
    opens, closes = chance.choice((("07:00", "16:30"), ("07:00", "12:00"), ("10:00", "18:00")))
    return Operation(
        id=f"{centre}-{number:02}",
        region=centre,
        place=f"{centre} {chance.randint(1, TOWNS)}",
        needs=tuple(needs),
        duration=chance.choice((120, 180, 180, 240)),
        earliest=days[window] if narrow else None,
        latest=days[window + 4] if narrow else None,
        opens=opens,
        closes=closes,
        priority=chance.choice((1, 2, 3, 5, 8)),
        fixed_day=wished if chance.random() < 0.1 else None,
        wished_day=wished,
        gathering=f"Parkering {chance.randint(1, 9)}, {centre}",
        gathering_may_be_told=chance.random() < 0.3,
    )


def _team(chance: Random, agency: str, people: int) -> list[Need]:
    """Somebody who knows something, often, and others with no special knowledge."""
    if chance.random() > 0.6:
        return [Need(agency=agency, people=people)]
    knows = Need(agency=agency, competences=(chance.choice(list(COMPETENCES[agency])),))
    return [knows, Need(agency=agency, people=people - 1)] if people > 1 else [knows]


def _cars(centre: str) -> list[Car]:
    owned = {"PM": 4, "AV": 4, "SKV": 3, None: 5}
    return [
        Car(id=f"bil {agency or 'gemensam'} {centre} {number}", home=centre, agency=agency,
            seats=5 if agency is None else 4)
        for agency, count in owned.items()
        for number in range(1, count + 1)
    ]  # fmt: skip


def _travel(chance: Random, names: Sequence[str]) -> Travel:
    """Centres some hours from each other, towns up to one and a half around each."""
    at: dict[str, tuple[int, int]] = {}
    corners = ((0, 600), (0, 0), (260, 60), (200, 150), (300, 260), (330, 200), (80, -240))
    for centre, (x, y) in zip(names, corners, strict=False):
        at[centre] = (x, y)
        for town in range(1, TOWNS + 1):
            at[f"{centre} {town}"] = (x + chance.randint(-55, 55), y + chance.randint(-55, 55))
    rows = tuple(
        tuple(round(((a - c) ** 2 + (b - d) ** 2) ** 0.5) for c, d in at.values())
        for a, b in at.values()
    )
    return Travel(places=tuple(at), minutes=rows)
