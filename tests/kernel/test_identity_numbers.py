"""That every spelling of a number gives the same number, and that a wrong one says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.identity_numbers import (
    IdentityNumber,
    IdentityNumberError,
    NumberFault,
    NumberKind,
    check_digit,
)

ON = date(2026, 3, 2)
births = st.dates(date(1927, 1, 1), ON)


def read(text: str, *, on: date | None = ON, kind: NumberKind | None = None) -> tuple[str, str]:
    number = IdentityNumber.parse(text, on=on, kind=kind)
    return number.kind, number.digits


def fault(text: str, *, on: date | None = ON, kind: NumberKind | None = None) -> NumberFault:
    with pytest.raises(IdentityNumberError) as caught:
        IdentityNumber.parse(text, on=on, kind=kind)
    return caught.value.reason


def valid(nine: str) -> str:
    return f"{nine}{check_digit(nine)}"


def test_the_check_digit_is_that_of_the_tax_agencys_example() -> None:
    assert check_digit("640823323") == 4
    assert check_digit("701063239") == 1
    with pytest.raises(ValueError, match="digits only"):
        check_digit("64082332x")
    with pytest.raises(ValueError, match="digits only"):
        check_digit("٦٤٠٨٢٣٣٢٣")


@pytest.mark.parametrize(
    "text",
    [
        "212000-0142",
        "2120000142",
        "212000 0142",
        " 212000\u20130142 ",
        "16212000-0142",
        "162120000142",
        "SE212000014201",
        "se 212000-0142 01".replace("-", ""),
    ],
)
def test_every_spelling_of_an_organisation_number_is_the_same_number(text: str) -> None:
    number = IdentityNumber.parse(text)
    assert number == IdentityNumber("organisation", "2120000142")
    assert number.display == "212000-0142"
    assert number.short == "2120000142"
    assert number.birth_date is None


@pytest.mark.parametrize(
    "text", ["900101-2385", "9001012385", "19900101-2385", "199001012385", "19900101 2385"]
)
def test_every_spelling_of_a_personal_number_is_the_same_number(text: str) -> None:
    number = IdentityNumber.parse(text, on=ON)
    assert number == IdentityNumber("person", "199001012385")
    assert (number.display, str(number)) == ("19900101-2385", "19900101-2385")
    assert number.short == "9001012385"
    assert number.birth_date == date(1990, 1, 1)


def test_a_sole_traders_firm_has_the_owners_number() -> None:
    assert read("16900101-2385") == ("person", "199001012385")
    assert read("SE900101238501") == ("person", "199001012385")


def test_a_plus_is_written_from_the_year_of_the_hundredth_birthday() -> None:
    assert read("000101+9801") == ("person", "190001019801")
    assert read("900101+9802") == ("person", "189001019802")
    # In the year itself, before the day and after it.
    born = valid("260401980")
    assert read(f"{born[:6]}+{born[6:]}") == ("person", f"19{born}")
    assert read(born) == ("person", f"19{born}")
    # The same digits with a dash are a child's once it can have been born.
    assert read(born, on=date(2026, 4, 1)) == ("person", f"20{born}")
    assert fault("19900101-2385", on=date(1989, 12, 31)) == "date"


@given(births)
def test_ten_digits_of_anyone_under_a_hundred_find_their_century(born: date) -> None:
    ten = valid(f"{born:%y%m%d}239")
    assert read(f"{ten[:6]}-{ten[6:]}") == ("person", f"{born:%Y%m%d}{ten[6:]}")


def test_without_a_day_ten_digits_tell_no_century_and_twelve_do() -> None:
    assert fault("900101-2385", on=None) == "century"
    assert read("19900101-2385", on=None) == ("person", "199001012385")


def test_a_leap_day_is_a_day_in_its_own_century_only() -> None:
    assert read("000229-2399") == ("person", "200002292399")
    assert fault("19000229-2399") == "date"


@pytest.mark.parametrize("text", ["202601612381", "20260161-2381", "260161-2381"])
def test_a_coordination_number_has_sixty_on_the_day(text: str) -> None:
    number = IdentityNumber.parse(text, on=ON)
    assert number == IdentityNumber("coordination", "202601612381")
    assert number.birth_date == date(2026, 1, 1)
    assert number.short == "2601612381"


@pytest.mark.parametrize("nine", ["150072239", "150560239", "150060239"])
def test_a_coordination_number_may_leave_month_or_day_open(nine: str) -> None:
    number = IdentityNumber.parse("19" + valid(nine))
    assert number.kind == "coordination"
    assert number.birth_date is None


@pytest.mark.parametrize(
    "nine", ["901301239", "900230239", "900100239", "900001239", "900192239", "901361239"]
)
def test_a_day_that_is_not_in_the_calendar_is_refused(nine: str) -> None:
    assert fault("19" + valid(nine)) == "date"
    assert fault(valid(nine)) == "date"


def test_a_day_still_to_come_is_refused() -> None:
    assert fault("20" + valid("260303239")) == "date"
    assert read("20" + valid("260302239"))[0] == "person"
    assert fault("20" + valid("270061239")) == "date"
    assert read("20" + valid("260061239"))[0] == "coordination"
    assert fault("20" + valid("260460239")) == "date"
    assert read("20" + valid("260360239"))[0] == "coordination"


@given(st.integers(0, 99_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_digit_wrong_is_always_found(rest: int, place: int, shift: int) -> None:
    eight = f"{rest:08d}"
    right = valid("5" + eight)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert fault(wrong) == "check_digit"


@given(st.integers(0, 99_999_999))
def test_the_third_digit_tells_organisations_from_people(rest: int) -> None:
    ten = valid(f"5{rest:08d}")
    if ten[2] >= "2":
        assert read(ten) == ("organisation", ten)
        return
    try:
        kind = IdentityNumber.parse(ten, on=ON).kind
    except IdentityNumberError as error:
        refused_for = error.reason
        kind = None
    assert kind in ("person", "coordination") or refused_for == "date"


def test_an_organisation_has_no_century_of_its_own() -> None:
    assert fault("192120000142") == "century"
    assert fault("212000+0142") == "century"
    assert fault("179001012385") == "century"


def test_eight_digits_are_a_workplace() -> None:
    assert read("12345678") == ("workplace", "12345678")
    assert read("1234-5678") == ("workplace", "12345678")
    assert IdentityNumber.parse("1234 5678").display == "12345678"


@pytest.mark.parametrize("text", ["MLB 84A", "mlb84a", "MLB-84A", " mlb 84 a"])
def test_every_spelling_of_a_plate_is_the_same_plate(text: str) -> None:
    number = IdentityNumber.parse(text)
    assert number == IdentityNumber("vehicle", "MLB84A")
    assert number.display == "MLB 84A"


@pytest.mark.parametrize("text", ["IBC123", "AQC123", "ABV123", "ÅBC123", "ABC12O", "ABC12I"])
def test_a_letter_that_no_plate_has_is_refused(text: str) -> None:
    assert fault(text) == "letter"


def test_an_o_may_stand_among_the_first_three() -> None:
    assert read("OOP123") == ("vehicle", "OOP123")


@pytest.mark.parametrize("text", ["123", "1234567", "123456789", "12345678901", "1" * 13])
def test_a_wrong_number_of_digits_is_refused(text: str) -> None:
    assert fault(text) == "length"


@pytest.mark.parametrize(
    "text", ["hej", "AB 123", "ABCD123", "556677-889X", "٢١٢٠٠٠٠١٤٢", "ABC1٢3"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert fault(text) in ("form", "length", "check_digit", "letter")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_is_no_number(text: str) -> None:
    assert fault(text) == "empty"
    assert fault(text, kind="foreign") == "empty"


def test_foreign_and_uncertain_identities_are_kept_as_such_when_asked_for() -> None:
    assert read("HRB 12-345 B", kind="foreign") == ("foreign", "HRB12345B")
    assert read("hrb12345b", kind="foreign") == ("foreign", "HRB12345B")
    assert read("556677-8890", kind="uncertain") == ("uncertain", "5566778890")
    assert IdentityNumber.parse("a-1", kind="foreign").display == "A1"
    assert fault("---", kind="uncertain") == "empty"
    assert fault("x" * 41, kind="foreign") == "length"


def test_a_number_of_another_kind_than_asked_for_is_refused() -> None:
    assert fault("212000-0142", kind="person") == "kind"
    assert fault("19900101-2385", kind="organisation") == "kind"
    assert read("212000-0142", kind="organisation")[0] == "organisation"
    assert fault("12345678", kind="organisation") == "length"


@pytest.mark.parametrize("reason", get_args(NumberFault))
def test_every_fault_is_a_sentence_with_a_remedy_in_both_languages(reason: NumberFault) -> None:
    said = IdentityNumberError(reason).said
    for sentence in (said.sv, said.en):
        assert ";" in sentence
    assert said.sv != said.en


@given(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9]{6,14}", fullmatch=True)))
def test_any_text_is_read_or_refused_and_never_repeated(text: str) -> None:
    try:
        number = IdentityNumber.parse(text, on=ON)
    except IdentityNumberError as error:
        message = str(error)
        number = None
    if number is None:
        assert len(text) < 9 or text not in message
    else:
        assert IdentityNumber.parse(number.digits, on=ON) == number
        assert IdentityNumber.parse(number.display, on=ON) == number


@given(births, st.integers(1, 40_000))
def test_a_stored_number_reads_the_same_on_any_later_day(born: date, later: int) -> None:
    number = IdentityNumber.parse(f"{born:%Y%m%d}" + valid(f"{born:%y%m%d}239")[6:])
    assert IdentityNumber.parse(number.digits, on=born + timedelta(later)) == number
