"""The figures of the report: counted rightly, kept back when small, added up without guessing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.guard.seal_keys import by_id, new_seed, signing_key
from samsyn.hub.obstacles.codes import load_codes
from samsyn.hub.obstacles.combining import (
    FORMAT,
    Snapshot,
    combine,
    read_snapshot,
    signed,
)
from samsyn.hub.obstacles.figures import Line, Period, Table, told_outside
from samsyn.hub.obstacles.files import as_csv
from samsyn.hub.obstacles.report import Report
from samsyn.hub.obstacles.waiting import waiting
from samsyn.kernel.faults import FaultyFiles, FieldError
from samsyn.kernel.text import Text
from samsyn.law.loading import packaged_folder

NAME = Text(sv="namn", en="name")
COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), max_size=6)


def table_of(counts: dict[str, int]) -> Table:
    lines = tuple(Line(code, NAME, count) for code, count in counts.items())
    return Table("needs", NAME, "need", NAME, lines, sum(counts.values()))


def snapshot(agency: str, counts: dict[str, int | None], **changes: Any) -> dict[str, Any]:
    table = {"unit": "need", "total": None, "lines": counts}
    return {
        "format": FORMAT, "agency": agency, "from": "2026-01-01", "to": "2026-12-31",
        "rulebook": "1", "smallest": 3, "tables": {"needs": table}, **changes,
    }  # fmt: skip


# --- time to an answer ------------------------------------------------------------


def test_open_questions_are_neither_answered_nor_absent() -> None:
    answered = waiting([(2, True), (4, True), (6, True), (8, True)])
    assert (answered.quarter, answered.half, answered.three_quarters) == (2, 4, 6)
    also_open = waiting([(2, True), (4, True), (6, True), (8, True), *[(30, False)] * 4])
    assert (also_open.half, also_open.three_quarters) == (8, None)
    assert (also_open.ended, also_open.still_open, also_open.longest_open) == (4, 4, 30)


def test_the_time_is_that_of_the_textbook() -> None:
    # Kaplan-Meier by hand: 5 at risk, 1 ends on day 3 (0.8), 1 open on 5, 1 of 3 ends on 7 (0.533),
    # 1 of 2 ends on 9 (0.267).
    found = waiting([(3, True), (5, False), (7, True), (9, True), (12, False)])
    assert (found.quarter, found.half, found.three_quarters) == (7, 9, None)


def test_nothing_waits_when_nothing_was_asked() -> None:
    found = waiting([])
    assert (found.ended, found.half, found.longest_open) == (0, None, None)


# --- small figures ------------------------------------------------------------


@given(COUNTS)
def test_no_small_figure_leaves_and_none_can_be_worked_out(counts: dict[str, int]) -> None:
    told = told_outside(table_of(counts), 3)
    for line, count in zip(told.lines, counts.values(), strict=True):
        assert line.count == (None if 0 < count < 3 else count)
    hidden = [line.code for line in told.lines if line.count is None]
    if told.total is not None and hidden:
        assert len(hidden) > 1


def test_a_name_that_begins_as_a_formula_is_words_in_the_table() -> None:
    lines = (Line("a", Text(sv=" =1+1", en=" =1+1"), 7),)
    report = Report(
        "AV",
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        (Table("needs", NAME, "need", NAME, lines, 7),),
        {},
        "1",
    )
    assert '"\' =1+1"' in as_csv(report, "en").decode("utf-8-sig")


def test_the_table_names_the_unit_of_every_figure() -> None:
    report = Report(
        "AV", Period(date(2026, 1, 1), date(2026, 2, 1)), (table_of({"a": 7}),), {}, "1"
    )
    head, line = as_csv(report, "en").decode("utf-8-sig").splitlines()
    assert head.split(";")[5] == '"unit"'
    assert "row of the obstacle register" in line
    assert line.endswith(';"7"')


# --- put together ------------------------------------------------------------


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_a_sum_lies_where_the_parts_do(all_counts: list[dict[str, int]]) -> None:
    files = []
    for at, counts in enumerate(all_counts):
        told = told_outside(table_of(counts), 3)
        raw = snapshot(f"A{at}", {line.code: line.count for line in told.lines})
        files.append((f"{at}.json", _read(raw)))
    combined = combine(files)
    for code, span in combined.tables.get("needs", {}).items():
        truth = sum(counts.get(code, 0) for counts in all_counts)
        assert span.least <= truth <= span.most
        if not any(0 < counts.get(code, 0) < 3 for counts in all_counts):
            assert span.least == span.most == truth


def _read(raw: dict[str, Any]) -> Snapshot:
    key = signing_key(new_seed())
    text = json.dumps(signed(raw, key))
    return read_snapshot(text, "file", by_id([key.public_key()]))


def test_figures_that_do_not_belong_together_are_refused() -> None:
    first = ("a.json", _read(snapshot("AV", {"x": 5})))
    for changes in ({"from": "2025-01-01"}, {"rulebook": "2"}, {"agency": "AV"}):
        other = ("b.json", _read(snapshot("SKV", {"x": 5}) | changes))
        with pytest.raises(FieldError) as refused:
            combine([first, other])
        assert refused.value.field == "b.json"
    with pytest.raises(FieldError):
        combine([])


def test_figures_changed_or_signed_by_a_stranger_are_refused() -> None:
    key, stranger = signing_key(new_seed()), signing_key(new_seed())
    known = by_id([key.public_key()])
    good = signed(snapshot("AV", {"x": 5}), key)
    assert read_snapshot(json.dumps(good), "a", known).agency == "AV"
    changed = json.loads(json.dumps(good))
    changed["figures"]["tables"]["needs"]["lines"]["x"] = 50
    bad: dict[str, Any]
    for bad in (changed, signed(snapshot("AV", {"x": 5}), stranger), {"figures": {}}):
        with pytest.raises(FieldError):
            read_snapshot(json.dumps(bad), "a", known)


# --- the closed lists ------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("at_least: 3", "at_least: 0", "expected 1 to"),
        ("code: plan_control", "code: choose_object", "stands twice"),
        ("sv: kontrollen blev inte av", "sv: ' '", "is empty"),
        ("needs:", "need:", "expected a list named needs"),
    ],
)
def test_a_fault_in_the_lists_names_file_and_line(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    place = tmp_path / "organisation"
    place.mkdir()
    text = (packaged_folder() / "organisation" / "obstacles.yaml").read_text("utf-8")
    (place / "obstacles.yaml").write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(FaultyFiles) as refused:
        load_codes(tmp_path)
    assert said in str(refused.value)
    assert "obstacles.yaml:" in str(refused.value)
