"""That invented numbers are right in form, lie in their series and do not repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.identity_numbers import IdentityNumber
from samsyn.kernel.invented_numbers import (
    ORGANISATIONS,
    VEHICLES,
    WORKPLACES,
    invented_coordinated,
    invented_neighbours,
    invented_organisation,
    invented_persons,
    invented_vehicle,
    invented_workplace,
    is_from_invented_series,
)

SERIES = [
    (invented_organisation, ORGANISATIONS),
    (invented_workplace, WORKPLACES),
    (invented_vehicle, VEHICLES),
]
births = st.dates(date(1890, 1, 1), date(2090, 12, 31))


def reads_as_itself(number: IdentityNumber) -> bool:
    return (
        IdentityNumber.parse(number.display) == number
        and IdentityNumber.parse(number.digits) == number
        and is_from_invented_series(number)
    )


@given(st.data())
@pytest.mark.parametrize(("make", "length"), SERIES)
def test_a_number_of_a_series_is_valid_and_known_as_invented(
    make: Callable[[int], IdentityNumber], length: int, data: st.DataObject
) -> None:
    places = st.integers(0, length - 1)
    first, second = data.draw(places), data.draw(places)
    assert reads_as_itself(make(first))
    assert (make(first) == make(second)) == (first == second)


@given(st.integers(0, ORGANISATIONS - 1))
def test_neighbours_follow_each_other_and_are_invented_too(place: int) -> None:
    first, second, third = invented_neighbours(place, 3)
    assert first == invented_organisation(place)
    assert all(reads_as_itself(number) for number in (first, second, third))
    short = [int(number.digits[:-1]) for number in (first, second, third)]
    # Only where the series ends or its second digit changes is there a gap.
    assert sum(after - before == 1 for before, after in pairwise(short)) >= 1


@pytest.mark.parametrize(("make", "length"), SERIES)
def test_a_series_ends(make: Callable[[int], IdentityNumber], length: int) -> None:
    assert reads_as_itself(make(0))
    assert reads_as_itself(make(length - 1))
    for outside in (-1, length):
        with pytest.raises(ValueError, match="places"):
            make(outside)


def test_every_vehicle_is_another() -> None:
    assert len({invented_vehicle(place) for place in range(VEHICLES)}) == VEHICLES


@given(births)
def test_people_are_valid_and_born_that_day(born: date) -> None:
    numbers = [*invented_persons(born), *invented_coordinated(born)]
    assert all(reads_as_itself(number) for number in numbers)
    assert {number.birth_date for number in numbers} == {born}
    assert len(set(numbers)) == len(numbers)


def test_people_have_the_serials_of_the_tax_agencys_test_numbers() -> None:
    # These stand in the agency's list.
    assert IdentityNumber("person", "189001019802") in invented_persons(date(1890, 1, 1))
    assert IdentityNumber("person", "199001012385") in invented_persons(date(1990, 1, 1))
    assert IdentityNumber("coordination", "202601612381") in invented_coordinated(date(2026, 1, 1))
    assert len(invented_persons(date(1989, 12, 31))) == 20
    assert len(invented_persons(date(1990, 1, 1))) == 2


@pytest.mark.parametrize(
    "number",
    [
        IdentityNumber("organisation", "2120000142"),
        IdentityNumber("person", "196408233234"),
        IdentityNumber("person", "199001019802"),
        IdentityNumber("workplace", "12345678"),
        IdentityNumber("vehicle", "ABC123"),
        IdentityNumber("foreign", "4"),
        IdentityNumber("uncertain", "4"),
    ],
)
def test_a_number_outside_the_series_is_not_taken_for_invented(number: IdentityNumber) -> None:
    assert not is_from_invented_series(number)
