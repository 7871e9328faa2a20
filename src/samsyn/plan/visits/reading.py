"""What does a file of the public home-care format say, and what is wrong with it?

Every fault names the field and what to write instead. The format is that of the published
instances: patients with their services, caregivers with their abilities, a matrix of travel times.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec

from samsyn.kernel.faults import FieldError
from samsyn.plan.visits.problem import (
    Caregiver,
    Number,
    Round,
    Service,
    Stop,
    Tie,
    Visit,
    VisitPlan,
    VisitProblem,
)

LARGEST_BYTES = 200_000_000
"""Of a file when unpacked: far more than the largest matrix that is planned."""

LARGEST_MINUTES = 10_000_000
"""Of any time or way: twenty years, and far from where sums of floats lose minutes."""

MOST_VISITS, MOST_CAREGIVERS = 2_000, 500


def read_problem(content: bytes) -> VisitProblem:
    """The problem of a file, packed with gzip or not.

    Raises:
        FieldError: for the first field that cannot be used.
    """
    whole = _object(_document(content), "")
    visits = tuple(_visits(whole))
    caregivers = tuple(_caregivers(whole))
    _one_office(whole)
    travel = _matrix(whole, len(visits) + 1)
    problem = VisitProblem(visits, caregivers, travel)
    _somebody_can(problem)
    return problem


def read_plan(content: bytes) -> VisitPlan:
    """The plan of a file, packed with gzip or not; whether it can be carried out is not asked.

    Raises:
        FieldError: for the first field that cannot be used.
    """
    whole = _object(_document(content), "")
    rounds = []
    for place, item in _items(whole, "routes", ""):
        stops = [
            Stop(
                visit=_text(stop, "patient", at),
                service=_text(stop, "service", at),
                begins=_number(stop, "arrival_time", at),
                ends=_number(stop, "departure_time", at),
            )
            for at, stop in _items(item, "locations", place, optional=True)
        ]
        rounds.append(Round(_text(item, "caregiver_id", place), tuple(stops)))
    return VisitPlan(tuple(rounds), tuple(_texts(whole, "global_ordering", "", optional=True)))


def plan_as_json(plan: VisitPlan) -> dict[str, Any]:
    """The plan in the public format of solutions."""
    return {
        "global_ordering": list(plan.order),
        "routes": [
            {
                "caregiver_id": round_.caregiver,
                "locations": [
                    {
                        "arrival_time": stop.begins,
                        "departure_time": stop.ends,
                        "patient": stop.visit,
                        "service": stop.service,
                    }
                    for stop in round_.stops
                ],
            }
            for round_ in plan.rounds
        ],
    }


def _document(content: bytes) -> Any:
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(LARGEST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            _refuse(
                "",
                f"the packed file is damaged ({error}); fetch it again",
                f"den packade filen är skadad ({error}); hämta den igen",
            )
    if len(content) > LARGEST_BYTES:
        _refuse(
            "",
            f"the file is larger than {LARGEST_BYTES // 10**6} MB; plan fewer visits at a time",
            f"filen är större än {LARGEST_BYTES // 10**6} MB; planera färre besök åt gången",
        )
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse(
            "",
            f"this is not JSON ({error}); give a file of the home-care format, plain or as .gz",
            f"det här är inte JSON ({error}); ange en fil i hemvårdsformatet, öppen eller som .gz",
        )


def _visits(whole: dict[str, Any]) -> Iterator[Visit]:
    seen: set[str] = set()
    for at, item in _items(whole, "patients", "", most=MOST_VISITS):
        code = _new(_text(item, "id", at), seen, f"{at}.id")
        window = _pair(item, "time_window", at)
        if window[0] > window[1]:
            _refuse(
                f"{at}.time_window",
                f"it opens at {window[0]} after it closes at {window[1]}; write the earlier first",
                f"fönstret öppnar {window[0]} efter att det stänger {window[1]}; skriv det "
                "tidigare först",
            )
        services = tuple(
            Service(_text(need, "service", place), _number(need, "duration", place))
            for place, need in _items(item, "required_caregivers", at)
        )
        if len(services) > 2:
            _refuse(
                f"{at}.required_caregivers",
                f"{len(services)} services are asked for; a visit has one or two, so split it",
                f"{len(services)} insatser begärs; ett besök har en eller två, så dela det",
            )
        yield Visit(code, *window, services, _tie(item, at, len(services)))


def _tie(item: dict[str, Any], at: str, services: int) -> Tie | None:
    if item.get("synchronization") is None:
        return None
    at = f"{at}.synchronization"
    said = _object(item["synchronization"], at)
    if services != 2:
        _refuse(
            at,
            "it ties two services together, and the visit has one; take it away or add a service",
            "det knyter ihop två insatser, och besöket har en; ta bort det eller lägg till en",
        )
    kind = said.get("type")
    if kind == "simultaneous":
        return Tie("simultaneous")
    if kind != "sequential":
        _refuse(
            f"{at}.type",
            f"{kind!r} is not known; write simultaneous or sequential",
            f"{kind!r} är okänt; skriv simultaneous eller sequential",
        )
    least, most = _pair(said, "distance", at)
    if least > most:
        _refuse(
            f"{at}.distance",
            f"the least, {least}, is more than the most, {most}; write the smaller first",
            f"det minsta, {least}, är mer än det mesta, {most}; skriv det mindre först",
        )
    return Tie("sequential", least, most)


def _caregivers(whole: dict[str, Any]) -> Iterator[Caregiver]:
    seen: set[str] = set()
    for at, item in _items(whole, "caregivers", "", most=MOST_CAREGIVERS):
        code = _new(_text(item, "id", at), seen, f"{at}.id")
        yield Caregiver(code, frozenset(_texts(item, "abilities", at)))


def _one_office(whole: dict[str, Any]) -> None:
    offices = whole.get("central_offices", [None])
    if not isinstance(offices, list) or len(offices) != 1:
        _refuse(
            "central_offices",
            "all rounds begin and end at one office; give a list with exactly one",
            "alla rundor börjar och slutar på ett kontor; ange en lista med precis ett",
        )


def _matrix(whole: dict[str, Any], size: int) -> tuple[tuple[Number, ...], ...]:
    rows = _list(whole, "distances", "")
    if len(rows) != size:
        _refuse(
            "distances",
            f"{len(rows)} rows for {size} places; give one for the office and one for each patient",
            f"{len(rows)} rader för {size} platser; ange en för kontoret och en för varje patient",
        )
    matrix = []
    for number, row in enumerate(rows):
        at = f"distances[{number}]"
        if not isinstance(row, list) or len(row) != size:
            _refuse(
                at,
                f"expected a list of {size} travel times, one to each place",
                f"här väntades en lista med {size} restider, en till varje plats",
            )
        matrix.append(tuple(_minutes(cell, f"{at}[{to}]") for to, cell in enumerate(row)))
    return tuple(matrix)


def _somebody_can(problem: VisitProblem) -> None:
    for number, visit in enumerate(problem.visits):
        able = [
            {one.code for one in problem.caregivers if one.can(service)}
            for service in visit.services
        ]
        for which, service in enumerate(visit.services):
            if not able[which]:
                _refuse(
                    f"patients[{number}].required_caregivers[{which}].service",
                    f"no caregiver can give {service.code}; add the ability to somebody",
                    f"ingen kan ge {service.code}; lägg till förmågan hos någon",
                )
        if len(able) == 2 and len(able[0] | able[1]) < 2:
            _refuse(
                f"patients[{number}].required_caregivers",
                "the visit needs two people and only one can give its services; add the ability "
                "to another",
                "besöket behöver två personer och bara en kan ge insatserna; lägg till förmågan "
                "hos en till",
            )


def _refuse(field: str, en: str, sv: str) -> NoReturn:
    raise FieldError(field, en, sv) from None


def _object(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(
            at, "expected an object, {…}, with named fields",
            "här väntades ett objekt, {…}, med namngivna fält",
        )  # fmt: skip
    return value


def _inside(name: str, at: str) -> str:
    return f"{at}.{name}" if at else name


def _list(item: dict[str, Any], name: str, at: str, *, optional: bool = False) -> list[Any]:
    value = item.get(name)
    if value is None and optional:
        return []
    if not isinstance(value, list):
        _refuse(_inside(name, at), "expected a list, […]", "här väntades en lista, […]")
    return value


def _items(
    item: dict[str, Any], name: str, at: str, *, optional: bool = False, most: int | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a list, each with its place."""
    values = _list(item, name, at, optional=optional)
    if not values and not optional:
        _refuse(
            _inside(name, at), "the list is empty; it needs at least one",
            "listan är tom; den behöver minst en",
        )  # fmt: skip
    if most is not None and len(values) > most:
        _refuse(
            _inside(name, at),
            f"{len(values)} stand here, at most {most} can be planned; split the file",
            f"{len(values)} står här, högst {most} kan planeras; dela filen",
        )
    for number, value in enumerate(values):
        place = f"{_inside(name, at)}[{number}]"
        yield place, _object(value, place)


def _text(item: dict[str, Any], name: str, at: str) -> str:
    return _as_text(item.get(name), _inside(name, at))


def _as_text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value:
        _refuse(at, 'expected a text, as "p1"', 'här väntades en text, som "p1"')
    return value


def _texts(item: dict[str, Any], name: str, at: str, *, optional: bool = False) -> list[str]:
    values = _list(item, name, at, optional=optional)
    place = _inside(name, at)
    return [_as_text(value, f"{place}[{number}]") for number, value in enumerate(values)]


def _number(item: dict[str, Any], name: str, at: str) -> Number:
    return _minutes(item.get(name), _inside(name, at))


def _minutes(value: Any, at: str) -> Number:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= LARGEST_MINUTES
    ):
        _refuse(
            at,
            f"expected minutes, a number from 0 to {LARGEST_MINUTES}",
            f"här väntades minuter, ett tal från 0 till {LARGEST_MINUTES}",
        )
    return value


def _pair(item: dict[str, Any], name: str, at: str) -> tuple[Number, Number]:
    values = _list(item, name, at)
    place = _inside(name, at)
    if len(values) != 2:
        _refuse(
            place, f"{len(values)} values stand here; write two, [from, to]",
            f"{len(values)} värden står här; skriv två, [från, till]",
        )  # fmt: skip
    return _minutes(values[0], f"{place}[0]"), _minutes(values[1], f"{place}[1]")


def _new(code: str, seen: set[str], at: str) -> str:
    if code in seen:
        _refuse(
            at, f"{code} stands twice; give each an id of its own",
            f"{code} står två gånger; ge var och en ett eget id",
        )  # fmt: skip
    seen.add(code)
    return code
