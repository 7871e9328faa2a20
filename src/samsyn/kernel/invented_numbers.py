"""Which identity numbers may training data and tests carry, so that they name nobody?

Every number here has a right check digit and passes for real in the form. How sure it is that
nobody has it differs, and is said for each series:

- **Organisations** begin with 4. The first digit is the group number, which tells the kind of
  legal person, and the Tax Agency's list of groups has 1 (estates), 2 (state, regions,
  municipalities, parishes), 3 (foreign firms), 5 (limited companies), 6 (simple partnerships),
  7 (economic associations), 8 (associations, foundations) and 9 (trading partnerships). There is
  no group 4, so no authority has a series from which to give such a number. That is an absence,
  not a promise: nothing in law keeps group 4 free for ever.
- **Persons** have the serials in which the Tax Agency's published test numbers lie: 980-999 for
  days before 1990, 238 and 239 from 1990 on. The agency publishes single numbers, not the whole
  series; whether one particular number here is among them has not been checked. Where a number
  must be certain not to be somebody's, take it from the agency's list.
- **Coordination numbers** have 238 and 239, as in the agency's list of test coordination numbers.
  The same caution holds.
- **Workplaces** begin with 00. Statistics Sweden publishes no series for tests; the published
  examples begin with other digits. It is a convention of ours and nothing more.
- **Vehicles** begin with MLB, the letters that the Transport Agency keeps for examples, films and
  advertisements.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from samsyn.kernel.identity_numbers import (
    LAST_PLATE_LETTERS,
    IdentityNumber,
    NumberKind,
    check_digit,
)

ORGANISATION_GROUP: Final = "4"
ORGANISATIONS: Final = 80_000_000
"""How many organisation numbers there are to invent."""
WORKPLACE_SERIES: Final = "00"
WORKPLACES: Final = 1_000_000
VEHICLE_LETTERS: Final = "MLB"
VEHICLES: Final = 1_000 + 100 * len(LAST_PLATE_LETTERS)

_OLD_SERIALS = range(980, 1000)
_NEW_SERIALS = range(238, 240)
_FIRST_NEW_YEAR = 1990
# Without common factor with the number of organisation numbers, so that all of them come up
# before the first comes again, and neighbours do not look like neighbours.
_STRIDE = 7_654_321


def invented_organisation(number: int) -> IdentityNumber:
    """The organisation number with this place in the invented series.

    Raises:
        ValueError: if the series is not that long.
    """
    _within(number, ORGANISATIONS)
    scattered = number * _STRIDE % ORGANISATIONS
    second, rest = divmod(scattered, 8_000_000)
    # The third digit is at least 2, so that no month can be read from it.
    nine = f"{ORGANISATION_GROUP}{second}{rest + 2_000_000}"
    return IdentityNumber("organisation", f"{nine}{check_digit(nine)}")


def invented_neighbours(number: int, count: int) -> tuple[IdentityNumber, ...]:
    """Organisation numbers that follow each other, as those of firms founded together to be sold.

    Args:
        number: place of the first in the invented series.
        count: how many.

    Raises:
        ValueError: if the series is not that long.
    """
    _within(number, ORGANISATIONS)
    step = pow(_STRIDE, -1, ORGANISATIONS)
    places = ((number + place * step) % ORGANISATIONS for place in range(count))
    return tuple(invented_organisation(place) for place in places)


def invented_persons(born: date) -> tuple[IdentityNumber, ...]:
    """Every personal number to invent for a day of birth, women's and men's by turns."""
    serials = _OLD_SERIALS if born.year < _FIRST_NEW_YEAR else _NEW_SERIALS
    return tuple(_born("person", born, born.day, serial) for serial in serials)


def invented_coordinated(born: date) -> tuple[IdentityNumber, ...]:
    """Every coordination number to invent for a day of birth: a woman's and a man's."""
    return tuple(_born("coordination", born, born.day + 60, serial) for serial in _NEW_SERIALS)


def invented_workplace(number: int) -> IdentityNumber:
    """The workplace number with this place in the invented series.

    Raises:
        ValueError: if the series is not that long.
    """
    _within(number, WORKPLACES)
    return IdentityNumber("workplace", f"{WORKPLACE_SERIES}{number:06d}")


def invented_vehicle(number: int) -> IdentityNumber:
    """The registration number with this place in the series kept for examples.

    Raises:
        ValueError: if the series is not that long.
    """
    _within(number, VEHICLES)
    if number < 1_000:
        return IdentityNumber("vehicle", f"{VEHICLE_LETTERS}{number:03d}")
    letter, two = divmod(number - 1_000, 100)
    return IdentityNumber("vehicle", f"{VEHICLE_LETTERS}{two:02d}{LAST_PLATE_LETTERS[letter]}")


def is_from_invented_series(number: IdentityNumber) -> bool:
    """True if the number lies in a series of this module, so that training data may carry it."""
    digits = number.digits
    match number.kind:
        case "organisation":
            return digits.startswith(ORGANISATION_GROUP)
        case "person" if int(digits[:4]) < _FIRST_NEW_YEAR:
            return int(digits[8:11]) in _OLD_SERIALS
        case "person" | "coordination":
            return int(digits[8:11]) in _NEW_SERIALS
        case "workplace":
            return digits.startswith(WORKPLACE_SERIES)
        case "vehicle":
            return digits.startswith(VEHICLE_LETTERS)
        case _:
            return False


def _within(number: int, length: int) -> None:
    if not 0 <= number < length:
        raise ValueError(f"the series has the places 0 to {length - 1}")


def _born(kind: NumberKind, born: date, day: int, serial: int) -> IdentityNumber:
    begin = f"{born.year:04d}{born.month:02d}{day:02d}{serial:03d}"
    return IdentityNumber(kind, f"{begin}{check_digit(begin[2:])}")
