"""The rules on second signatures are dated data, and can say nothing of who somebody is."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from samsyn.hub.disclosures.reviewing.measuring import Measured, Trait, holds, risk_of, rule_for
from samsyn.hub.disclosures.reviewing.rules import (
    FILE,
    ReviewRules,
    When,
    load_review_rules,
    review_rules,
)
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.loading import packaged_folder

DAY = date(2026, 11, 24)
TRAIT = Trait("may_after_balancing", ("2024:307/4",), ("2009:400/25:1",), (), "person")
MEASURED = Measured(
    agency="FK",
    receiver="AV",
    initiative="own",
    protection=False,
    count=1,
    with_files=False,
    traits=frozenset({TRAIT}),
)


def changed(**changes: object) -> Measured:
    return msgspec.structs.replace(MEASURED, **changes)


def written(folder: Path, old: str, new: str) -> Path:
    place = folder / FILE
    place.parent.mkdir(parents=True)
    shutil.copy(packaged_folder() / FILE, place)
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("when: {marks: [protected]}", "when: {nationality: [XX]}", "nationality"),
        ("when: {marks: [protected]}", "when: {name: [Berg]}", "name"),
        ("when: {marks: [protected]}", "when: {language: [xx]}", "language"),
        ("when: {marks: [protected]}", "when: {}", "when"),
        ("marks: [protected]", "marks: [foreign]", "marks"),
        ("to: open", "to: 2021-01-01", "to"),
        ("from: 2022-01-01", "from: some day", "from"),
        ("receivers: [EBM, PM, ÅM]", "receivers: [PMM]", "receivers"),
        ("2009:400/26 kap.", "2009:400/99 kap.", "secrecy"),
        ("per_cent: 5", "per_cent: 105", "per_cent"),
        ("points: 5", "points: 0", "points"),
        ("- code: tip_giver", "- code: protected_identity", "code"),
    ],
)
def test_a_fault_names_its_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    folder = written(tmp_path, old, new)
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    before = (packaged_folder() / FILE).read_text(encoding="utf-8").splitlines()
    (line,) = (
        place for place, pair in enumerate(zip(lines, before, strict=True), 1) if len({*pair}) > 1
    )
    with pytest.raises(FaultyFiles) as caught:
        load_review_rules(folder)
    fault = caught.value.faults[0]
    assert fault.file.name == FILE.name
    assert field in str(fault)
    assert fault.line == line, str(fault)


def test_the_conditions_are_a_closed_list_about_law_and_decision() -> None:
    """Whoever adds a condition about who somebody is has to change this line too."""
    assert set(When.__struct_fields__) == {
        "outcomes",
        "grounds",
        "secrecy",
        "marks",
        "subject_kinds",
        "receivers",
        "initiative",
        "at_least",
        "with_files",
    }


def test_health_on_own_initiative_needs_a_signature_and_on_request_none() -> None:
    rule = rule_for(MEASURED, DAY)
    assert rule is not None
    assert rule.code == "health_or_social_own"
    assert rule_for(changed(initiative="request"), DAY) is None


def test_the_conditions_on_a_fact_hold_of_one_and_the_same_fact() -> None:
    """A company's health secret beside a person's tax secret is no person's health secret."""
    company = msgspec.structs.replace(TRAIT, subject_kind="company")
    person = msgspec.structs.replace(TRAIT, secrecy=("2009:400/27:1",))
    assert rule_for(changed(traits=frozenset({company, person})), DAY) is None


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (When(at_least=200), changed(count=199)),
        (When(with_files=True), MEASURED),
        (When(receivers=("PM",)), MEASURED),
        (When(grounds=("2008:206",)), MEASURED),
        (When(marks=("victim",)), MEASURED),
        (When(outcomes=("must",)), MEASURED),
    ],
)
def test_a_condition_that_is_not_met_stops_the_rule(when: When, found: Measured) -> None:
    assert not holds(when, found)


def test_the_protection_track_decides_on_its_own() -> None:
    marked = msgspec.structs.replace(TRAIT, marks=("protected",))
    found = changed(traits=frozenset({marked}))
    assert rule_for(found, DAY) is not None
    assert rule_for(msgspec.structs.replace(found, protection=True), DAY) is None


def test_a_rule_holds_on_its_days_and_at_its_agencies() -> None:
    rules = review_rules()
    dated = msgspec.structs.replace(rules.rules[0], end="2026-11-23", when=When(initiative="own"))
    elsewhere = msgspec.structs.replace(dated, end="open", agencies=("SKV",))
    assert rule_for(MEASURED, DAY, ReviewRules(rules=(dated,), risks=(), samples=())) is None
    assert rule_for(MEASURED, DAY, ReviewRules(rules=(elsewhere,), risks=(), samples=())) is None
    assert rule_for(
        changed(agency="SKV"), DAY, ReviewRules(rules=(elsewhere,), risks=(), samples=())
    )


def test_risk_is_the_sum_of_what_holds_with_the_heaviest_reason_first() -> None:
    risk = risk_of(changed(receiver="PM"), DAY)
    assert risk.points == 3 + 2 + 2 + 1 + 1
    assert risk.reasons[0] == "health_or_social"


def test_an_agencys_own_rate_goes_before_that_of_all() -> None:
    (every,) = review_rules().samples
    own = msgspec.structs.replace(every, code="ours", agencies=("FK",), per_cent=50.0)
    rules = ReviewRules(rules=(), risks=(), samples=(every, own))
    assert (rules.sample_on("FK", DAY), rules.sample_on("AV", DAY)) == (own, every)
