"""On which days a rule holds when one of its ends is unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.dates import DateError, Period, read_end, read_start

days = st.dates(date(2018, 1, 1), date(2030, 1, 1))


def period(start: str, end: str) -> Period:
    return Period(read_start(start), read_end(end))


def test_the_last_day_is_inside() -> None:
    held = period("2024-07-01", "2025-03-31")
    assert held.holds(date(2024, 6, 30)) is False
    assert held.holds(date(2024, 7, 1)) is True
    assert held.holds(date(2025, 3, 31)) is True
    assert held.holds(date(2025, 4, 1)) is False


@given(days)
def test_an_open_end_never_comes(day: date) -> None:
    assert period("2018-01-01", "open").holds(day) is True


def test_a_window_is_neither_yes_nor_no() -> None:
    old = period("2018-01-01", "unknown between 2025-12-01 and 2026-02-12")
    new = period("unknown between 2025-12-01 and 2026-02-12", "open")
    assert [old.holds(date(2025, 11, 30)), new.holds(date(2025, 11, 30))] == [True, False]
    assert [old.holds(date(2026, 1, 15)), new.holds(date(2026, 1, 15))] == [None, None]
    assert [old.holds(date(2026, 2, 12)), new.holds(date(2026, 2, 12))] == [False, True]


def test_a_start_before_a_day_is_certain_from_that_day() -> None:
    held = period("unknown before 2018-01-01", "open")
    assert held.holds(date(2017, 12, 31)) is None
    assert held.holds(date(2018, 1, 1)) is True


@given(days, days)
def test_the_answer_changes_only_on_its_change_days(first: date, second: date) -> None:
    held = period("unknown between 2021-01-01 and 2021-06-01", "2024-12-31")
    low, high = sorted((first, second))
    if not any(low < day <= high for day in held.changes()):
        assert held.holds(low) == held.holds(high)


@pytest.mark.parametrize("text", ["", "open", "2024-02-31", "soon", "unknown between 2 and 3"])
def test_what_is_no_start_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_start(text)


@pytest.mark.parametrize("text", ["", "2024-13-01", "later"])
def test_what_is_no_end_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_end(text)


def test_a_window_that_runs_backwards_is_refused() -> None:
    with pytest.raises(DateError, match="backwards"):
        read_start("unknown between 2026-02-12 and 2025-12-01")


def test_a_last_day_that_cannot_pass_is_refused() -> None:
    with pytest.raises(DateError, match="write open"):
        read_end("9999-12-31")
