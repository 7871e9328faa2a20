"""On which days offices work, and when a clock that pauses is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.working_days import (
    FIRST_YEAR,
    LAST_YEAR,
    Clock,
    Pause,
    add_working_days,
    easter_day,
    is_working_day,
    midsummer_day,
    public_holidays,
    this_or_next_working_day,
    why_no_working_day,
    working_days_between,
)

years = st.integers(FIRST_YEAR, LAST_YEAR)
# Far enough from the last year for any sum below.
days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR - 10, 12, 31))
counts = st.integers(0, 600)


def swedish(day: date) -> str:
    name = why_no_working_day(day)
    return name.sv if name else "arbetsdag"


@pytest.mark.parametrize(
    "day",
    "1951-03-25 1961-04-02 2000-04-23 2008-03-23 2011-04-24 2024-03-31 2025-04-20 2026-04-05 "
    "2027-03-28 2038-04-25 2076-04-19 2160-03-23".split(),
)
def test_easter_of_the_almanac(day: str) -> None:
    assert easter_day(int(day[:4])).isoformat() == day


@given(years)
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    easter = easter_day(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_holidays_of_a_year_are_those_of_the_almanac() -> None:
    assert {day.isoformat()[5:]: name.sv for day, name in public_holidays(2026).items()} == {
        "01-01": "nyårsdagen",
        "01-06": "trettondedag jul",
        "04-03": "långfredagen",
        "04-05": "påskdagen",
        "04-06": "annandag påsk",
        "05-01": "första maj",
        "05-14": "Kristi himmelsfärdsdag",
        "05-24": "pingstdagen",
        "06-06": "nationaldagen",
        "06-20": "midsommardagen",
        "10-31": "alla helgons dag",
        "12-25": "juldagen",
        "12-26": "annandag jul",
    }


def test_in_2005_the_national_day_took_the_place_of_whit_monday() -> None:
    assert swedish(date(2004, 5, 31)) == "annandag pingst"
    assert swedish(date(2005, 5, 16)) == "arbetsdag"
    assert swedish(date(2003, 6, 6)) == "arbetsdag"
    assert swedish(date(2005, 6, 6)) == "nationaldagen"


def test_before_the_reform_of_1952_three_days_lay_elsewhere() -> None:
    assert swedish(date(1952, 3, 25)) == "Marie bebådelsedag"
    assert swedish(date(1953, 3, 25)) == "arbetsdag"
    assert swedish(date(1951, 3, 25)) == "påskdagen"
    assert swedish(date(1952, 6, 24)) == "midsommardagen"
    assert swedish(date(1952, 6, 23)) == "midsommarafton"
    assert swedish(date(1952, 11, 2)) == "alla helgons dag"
    assert swedish(date(1953, 6, 20)) == "midsommardagen"
    assert swedish(date(1953, 10, 31)) == "alla helgons dag"


def test_the_eves_of_the_act_are_no_working_days_and_other_eves_are() -> None:
    assert swedish(date(2026, 6, 19)) == "midsommarafton"
    assert swedish(date(2026, 12, 24)) == "julafton"
    assert swedish(date(2026, 12, 31)) == "nyårsafton"
    assert swedish(date(2026, 1, 5)) == "arbetsdag"
    assert swedish(date(2026, 4, 2)) == "arbetsdag"
    assert swedish(date(2026, 4, 30)) == "arbetsdag"
    assert swedish(date(2026, 10, 30)) == "arbetsdag"


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert swedish(date(2008, 5, 1)) == "första maj, Kristi himmelsfärdsdag"


@given(days)
def test_a_working_day_is_a_weekday_without_a_name(day: date) -> None:
    if is_working_day(day):
        assert day.weekday() < 5
        assert day not in public_holidays(day.year)
    if day.weekday() >= 5:
        assert not is_working_day(day)


@given(years)
def test_every_year_has_thirteen_holidays_and_as_many_working_days_as_it_can(year: int) -> None:
    names = [name for name in public_holidays(year).values()]
    assert sum(name.sv.count(",") + 1 for name in names) == (
        13 if year >= 1953 or year == 1951 else 14
    )
    assert list(public_holidays(year)) == sorted(public_holidays(year))
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert 247 <= working_days_between(first, last) <= 256


@given(st.integers(1953, LAST_YEAR))
def test_moving_holidays_keep_to_their_weekdays(year: int) -> None:
    weekday = {name.sv: day.weekday() for day, name in public_holidays(year).items()}
    assert weekday["långfredagen"] == 4
    assert weekday["midsommardagen"] == weekday["alla helgons dag"] == 5
    assert date(year, 6, 20) <= midsummer_day(year) <= date(year, 6, 26)
    assert date(year, 6, 19) <= midsummer_day(year) - timedelta(1) <= date(year, 6, 25)


@given(days, counts)
def test_adding_and_counting_are_each_others_opposite(day: date, count: int) -> None:
    due = add_working_days(day, count)
    assert working_days_between(day, due) == count
    assert working_days_between(due, day) == -count
    assert count == 0 or is_working_day(due)


@given(days, counts, counts)
def test_adding_twice_is_adding_the_sum(day: date, one: int, other: int) -> None:
    assert add_working_days(add_working_days(day, one), other) == add_working_days(day, one + other)


@given(days, st.integers(0, 400))
def test_counting_is_looking_at_each_day(day: date, span: int) -> None:
    passed = [day + timedelta(place) for place in range(1, span + 1)]
    assert working_days_between(day, day + timedelta(span)) == sum(map(is_working_day, passed))


@given(days)
def test_the_next_working_day_is_the_nearest(day: date) -> None:
    found = this_or_next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(n)) for n in range((found - day).days))


def test_days_over_christmas() -> None:
    # 23 December 2026 is a Wednesday; the 28th is a Monday, then New Year and a weekend.
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_working_days(date(2026, 12, 23), 4) == date(2027, 1, 4)
    assert add_working_days(date(2026, 12, 24), 0) == date(2026, 12, 24)
    assert this_or_next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="1950 to 2200, not for 1949"):
        is_working_day(date(1949, 12, 31))
    with pytest.raises(ValueError, match="not for 2201"):
        add_working_days(date(2200, 12, 30), 1)


MONDAY = date(2026, 9, 7)


def september(day: int) -> date:
    return date(2026, 9, day)


def test_a_clock_counts_from_the_next_working_day() -> None:
    clock = Clock(MONDAY, 5)
    assert clock.due == september(14)
    assert [clock.days_left(september(day)) for day in (6, 7, 8, 12, 13, 14, 15)] == [
        *(5, 5, 4, 1, 1, 0, -1)
    ]
    assert [clock.state(september(day)) for day in (7, 14, 15)] == ["running", "running", "overdue"]


def test_a_clock_stands_still_while_a_question_is_out() -> None:
    out = Clock(MONDAY, 5, (Pause(september(9)),))
    assert out.due is None
    assert [out.days_left(september(day)) for day in (8, 9, 10, 30)] == [4, 3, 3, 3]
    assert [out.state(september(day)) for day in (8, 9, 30)] == ["running", "paused", "paused"]
    back = Clock(MONDAY, 5, (Pause(september(9), september(18)),))
    assert back.due == september(23)
    assert [back.days_left(september(day)) for day in (17, 18, 21, 23)] == [3, 3, 2, 0]
    assert [back.state(september(day)) for day in (17, 18, 24)] == ["paused", "running", "overdue"]


def test_a_question_after_the_last_day_makes_nothing_good() -> None:
    late = Clock(MONDAY, 5, (Pause(september(16)),))
    assert late.due == september(14)
    assert late.state(september(17)) == "overdue"
    assert late.days_left(september(30)) == -2
    # On the last day itself it comes in time, and the day has counted already.
    assert Clock(MONDAY, 5, (Pause(september(14)),)).due == september(14)


def test_two_questions_out_at_once_stop_the_clock_once() -> None:
    first, second = Pause(september(9), september(15)), Pause(september(11), september(18))
    assert Clock(MONDAY, 5, (second, first)).due == september(23)
    assert Clock(MONDAY, 5, (first, Pause(september(11)))).due is None
    assert Clock(MONDAY, 5, (Pause(september(9)), second)).due is None


def test_a_question_answered_the_same_day_stops_nothing() -> None:
    assert Clock(MONDAY, 5, (Pause(september(9), september(9)),)).due == Clock(MONDAY, 5).due


def test_a_question_from_before_the_start_counts_from_the_start() -> None:
    early = Clock(MONDAY, 5, (Pause(september(1), september(9)),))
    assert early.due == september(16)
    assert Clock(MONDAY, 5, (Pause(september(1), september(3)),)).due == september(14)


def test_a_clock_and_a_pause_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Clock(MONDAY, 0)
    with pytest.raises(ValueError, match="or later"):
        Pause(september(9), september(8))


starts = st.dates(date(2018, 1, 1), date(2030, 1, 1))
offsets = st.integers(-5, 60)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    started = draw(starts)
    pauses = []
    for begin, length in draw(st.lists(st.tuples(offsets, st.integers(-1, 40)), max_size=4)):
        since = started + timedelta(begin)
        pauses.append(Pause(since, None if length < 0 else since + timedelta(length)))
    return Clock(started, draw(st.integers(1, 40)), tuple(pauses))


def counts_on(clock: Clock, day: date) -> bool:
    """The plain meaning, day by day: a working day after the start within no pause."""
    stands = any(
        pause.since < day and (pause.until is None or day <= pause.until) for pause in clock.pauses
    )
    return day > clock.started and is_working_day(day) and not stands


@given(clocks(), st.integers(-10, 200))
def test_days_left_are_those_given_less_those_that_counted(clock: Clock, offset: int) -> None:
    on = clock.started + timedelta(offset)
    passed = [clock.started + timedelta(place) for place in range(offset + 1)]
    assert clock.days_left(on) == clock.working_days - sum(counts_on(clock, day) for day in passed)


@given(clocks())
def test_the_due_day_is_the_day_on_which_the_last_day_counts(clock: Clock) -> None:
    due = clock.due
    if due is None:
        assert any(pause.until is None for pause in clock.pauses)
        assert clock.days_left(clock.started + timedelta(4000)) > 0
        return
    assert counts_on(clock, due)
    assert clock.days_left(due) == 0
    assert clock.days_left(due - timedelta(1)) == 1
    assert clock.state(due) != "overdue"
    assert clock.state(due + timedelta(1)) == "overdue"


@given(clocks(), st.integers(0, 200))
def test_a_pause_more_never_makes_a_clock_due_sooner(clock: Clock, length: int) -> None:
    since = clock.started + timedelta(length % 30)
    pause = Pause(since, since + timedelta(length))
    longer = Clock(clock.started, clock.working_days, (*clock.pauses, pause))
    if clock.due is None:
        assert longer.due is None
    elif longer.due is not None:
        assert longer.due >= clock.due
