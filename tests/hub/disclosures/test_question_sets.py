"""Sets of questions as data: what the packaged file says, and which fault a wrong one is given."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.disclosures.question_sets import known_questions, load_question_sets, sets_on
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.loading import packaged_folder

DAY = date(2026, 11, 24)
WANTED = {
    "suitable_workplace",
    "workplace_addresses",
    "labour_market_support",
    "outcome_of_control",
    "right_to_work",
    "payroll_and_staff",
    "earlier_measures",
}


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """A folder whose file says something else in one place."""

    def write(before: str, after: str) -> Path:
        folder = tmp_path / "organisation"
        shutil.copytree(packaged_folder() / "organisation", folder)
        path = folder / "question_sets.yaml"
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after, 1))
        return tmp_path

    return write


def test_what_the_agencies_have_said_that_they_need_can_be_asked() -> None:
    assert {one.code for one in sets_on(DAY)} >= WANTED


def test_every_set_can_be_asked_of_a_member_that_holds_such_facts() -> None:
    members = current_organisation().cooperation_members(DAY)
    for one in sets_on(DAY):
        assert set(one.agencies) <= members, one.code
        for item in one.items:
            holders = {agency for kind in item.kinds for agency in fact_kinds()[kind].holders}
            assert holders & set(one.agencies), f"{one.code}.{item.code}"


def test_what_may_be_reported_is_a_closed_list() -> None:
    assert set(known_questions().reports) == {
        "used_in_planning",
        "led_to_case",
        "led_to_measure",
        "no_use",
        "not_yet",
    }


@pytest.mark.parametrize(
    ("before", "after", "field", "expected"),
    [
        ("kinds: [site_contractor_chain]", "kinds: [site_chain]", "kinds", "site_chain"),
        ("agencies: [MV]", "agencies: [XX]", "agencies", "no such agency: XX"),
        ("purposes: [joint_inspection_plan]", "purposes: [plan]", "purposes", "no such purpose"),
        ("code: workplace_addresses", "code: suitable_workplace", "code", "stands twice"),
        ('from: "2018-01-01"', 'from: "2018-13-01"', "from", ""),
        ("days: 10", "days: 0", "days", "from 1"),
        ("code: contractors", "code: fit", "code", "stands twice"),
        ("tells: prohibition_or_order", "tells: bans", "tells", "no such kind of fact: bans"),
        ("en: Which firms work on the site?", 'en: " "', "text", "is empty"),
    ],
)
def test_a_fault_names_file_line_and_field(
    changed: Callable[[str, str], Path], before: str, after: str, field: str, expected: str
) -> None:
    with pytest.raises(FaultyFiles) as caught:
        load_question_sets(changed(before, after))
    fault = caught.value.faults[0]
    assert fault.file.name == "question_sets.yaml"
    assert fault.line > 0
    assert field in fault.field
    assert expected in fault.expected


def test_a_set_is_asked_only_on_its_days(changed: Callable[[str, str], Path]) -> None:
    known = load_question_sets(changed("to: open", 'to: "2026-11-23"'))
    first = next(iter(known.sets.values()))
    assert first.is_asked(date(2026, 11, 23))
    assert not first.is_asked(DAY)
