"""On which days a rule holds when one of its ends is unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.dates import Bound, DateError, Period, read_day, read_end, read_start

days = st.dates(date(2018, 1, 1), date(2030, 1, 1))


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """What was read before is forgotten, so that every test reads."""
    read_start.cache_clear()
    read_end.cache_clear()


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


NEVER_KNOWN = Bound(date.min, date.max)
A_WINDOW = Bound(date(2025, 12, 1), date(2026, 2, 12))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2024-07-01", Bound(date(2024, 7, 1), date(2024, 7, 1))),
        ("unknown", NEVER_KNOWN),
        ("unknown before 2018-01-01", Bound(date.min, date(2018, 1, 1))),
        ("unknown between 2025-12-01 and 2026-02-12", A_WINDOW),
    ],
)
def test_a_start_is_a_day_or_a_window(text: str, bound: Bound) -> None:
    assert read_start(text) == bound


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2026-04-01", Bound(date(2026, 4, 2), date(2026, 4, 2))),
        ("open", Bound(date.max, date.max)),
        ("unknown", NEVER_KNOWN),
        ("unknown between 2025-12-01 and 2026-02-12", A_WINDOW),
    ],
)
def test_an_end_is_the_day_after_the_last_one_or_a_window(text: str, bound: Bound) -> None:
    assert read_end(text) == bound


def test_a_bound_is_known_when_its_window_is_one_day() -> None:
    assert read_start("2024-07-01").known
    assert not read_start("unknown before 2018-01-01").known


def test_a_rule_without_known_days_may_hold_on_any_day_but_holds_on_none_for_certain() -> None:
    assert period("unknown", "unknown").holds(date(2024, 7, 1)) is None


def test_change_days_are_both_ends_of_every_window_and_never_the_ends_of_time() -> None:
    window = period("unknown between 2021-01-01 and 2021-06-01", "2024-12-31")
    assert window.changes() == [date(2021, 1, 1), date(2021, 6, 1), date(2025, 1, 1)]
    assert period("2021-01-01", "open").changes() == [date(2021, 1, 1)]
    assert period("unknown before 2018-01-01", "unknown").changes() == [date(2018, 1, 1)]


def test_a_window_of_one_day_is_refused() -> None:
    with pytest.raises(DateError) as refused:
        read_end("unknown between 2026-02-12 and 2026-02-12")
    assert str(refused.value) == "the window of days runs backwards"


def test_the_last_day_of_all_is_no_end_and_the_day_before_it_is() -> None:
    with pytest.raises(DateError) as refused:
        read_end("9999-12-31")
    assert str(refused.value) == "9999-12-31 is no day that can pass; write open"
    assert read_end("9999-12-30") == Bound(date.max, date.max)


def test_what_cannot_be_read_is_quoted_with_what_was_expected() -> None:
    with pytest.raises(DateError) as refused:
        read_day("2024-02-31")
    assert str(refused.value) == "2024-02-31 is not a day in the calendar such as 2024-07-01"
    with pytest.raises(DateError) as refused:
        read_start("soon")
    assert str(refused.value) == (
        "soon: expected a date such as 2024-07-01, unknown, unknown before 2018-01-01, "
        "or unknown between 2025-12-01 and 2026-02-12"
    )
    with pytest.raises(DateError) as refused:
        read_end("later")
    assert str(refused.value) == (
        "later: expected the last day in force such as 2026-04-01, open, unknown, "
        "or unknown between 2025-12-01 and 2026-02-12"
    )
