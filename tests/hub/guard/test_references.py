"""Is a log entry's name its own, readable by the hub alone, and noticed when it is mistyped?"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.guard.references import (
    ALPHABET,
    BITS,
    NoReference,
    number_of,
    permuted,
    read,
    reference,
    restored,
    written,
)

numbers = st.integers(0, 2**BITS - 1)
keys = st.binary(min_size=32, max_size=32)


@given(numbers, keys)
def test_every_number_comes_back(number: int, key: bytes) -> None:
    exchanged = permuted(number, key)
    assert 0 <= exchanged < 2**BITS
    assert restored(exchanged, key) == number
    # Both ways, so nothing is named twice and every name names something.
    assert permuted(restored(number, key), key) == number


@given(numbers)
def test_what_is_written_is_read(number: int) -> None:
    assert read(written(number)) == number


def test_the_hub_names_and_finds() -> None:
    for number in (1, 2, 17, 123_456_789, 2**BITS - 1):
        assert number_of(reference(number)) == number
        assert number_of(f" {reference(number).lower().replace('-', '')} ") == number


def test_names_that_follow_each_other_look_unlike() -> None:
    names = [reference(number) for number in range(1, 2001)]
    assert len(set(names)) == len(names)
    assert names != sorted(names)
    # Of two that follow each other a letter in 32 is the same, at each place, by chance alone.
    for place in (0, 1, 2, 4, 5, 6, 8, 9):
        same = sum(one[place] == two[place] for one, two in itertools.pairwise(names))
        assert same < 2000 / 32 * 2, place
    # How far apart they stand tells no more than which comes first.
    rising = sum(one < two for one, two in itertools.pairwise(names))
    assert 850 < rising < 1150


def test_without_the_key_a_name_is_another() -> None:
    assert permuted(7, b"a" * 32) != permuted(7, b"b" * 32)


@given(numbers, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number: int, place: int, letter: str) -> None:
    right = written(number).replace("-", "")
    wrong = right[:place] + letter + right[place + 1 :]
    if wrong == right:
        return
    with pytest.raises(NoReference):
        read(wrong)


@given(numbers, st.integers(0, 7))
def test_neighbours_that_changed_places_are_noticed(number: int, place: int) -> None:
    right = written(number).replace("-", "")
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if wrong == right:
        return
    with pytest.raises(NoReference):
        read(wrong)


@pytest.mark.parametrize("text", ["", "1", "123456789012", "7K3-F9Q-X2", "åäö-åäö-åäö", "../../.."])
def test_what_is_no_name_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NoReference):
        number_of(text)


def test_what_looks_alike_is_read_alike() -> None:
    number = next(n for n in range(5000) if {"0", "1"} <= set(written(n)))
    name = written(number)
    assert read(name.replace("0", "O").replace("1", "l")) == number


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="40 bits"):
        permuted(2**BITS, b"k" * 32)
