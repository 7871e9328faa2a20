"""What would open it: the smallest changes, each checked by asking again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.law import Rulebook
from tests.law.questions import ask

ALONE = {"harm": "met", "joint_inspection": False}


def changes_of(rulebook: Rulebook, **fields: Any) -> dict[tuple[str, object], str]:
    found = ask(rulebook, **fields).what_would_open
    return {(change.field, change.value): change.answer.outcome for change in found}


def test_what_is_open_already_needs_no_change(rulebook: Rulebook) -> None:
    assert ask(rulebook, secrecy=[], purpose="own_supervision").what_would_open == []


def test_joint_work_consent_and_a_later_day_open_what_one_agency_asks_alone(
    rulebook: Rulebook,
) -> None:
    found = changes_of(rulebook, on="2024-09-10", purpose="own_supervision", facts=ALONE)
    assert found["consent", "given"] == "may"
    assert found["on", date(2025, 12, 1)] == "may_after_balancing"
    day = ask(rulebook, on="2024-09-10", purpose="own_supervision", facts={"harm": "met"})
    purposes = [c.value for c in day.what_would_open if c.kind == "purpose"]
    assert "joint_inspection_plan" in purposes


def test_leaving_out_a_part_opens_the_rest(rulebook: Rulebook) -> None:
    found = changes_of(rulebook, secrecy=["2009:400/27:1", "2009:400/24:8"])
    assert found["secrecy", "2009:400/24:8"] == "may_after_balancing"
    assert ("secrecy", "2009:400/27:1") not in found


def test_a_request_is_named_where_a_duty_needs_one(rulebook: Rulebook) -> None:
    found = changes_of(
        rulebook,
        on="2024-11-20",
        receiver="MV",
        receiver_function="permit",
        purpose="permit_case",
        initiative="own",
        facts=ALONE,
    )
    assert found["initiative", "request"] == "must"


def test_nothing_opens_the_criminal_record_for_an_inspection(rulebook: Rulebook) -> None:
    answer = ask(
        rulebook,
        giver="PM",
        activity="criminal_records",
        secrecy=["2009:400/35:3"],
        item_kind="criminal_record_extract",
        subject={"kind": "person"},
    )
    assert answer.outcome == "must_not"
    assert not [change for change in answer.what_would_open if change.kind == "fact"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_change_has_a_ground(rulebook: Rulebook, language: str) -> None:
    for change in ask(rulebook, facts=ALONE, purpose="own_supervision").what_would_open:
        assert change.answer.grounds
        assert change.answer.steps[0].text.into(language)  # type: ignore[arg-type]


@given(
    day=st.sampled_from(["2024-06-30", "2025-03-31", "2026-01-10"]),
    giver=st.sampled_from(["AF", "AV", "FK", "JäMy", "MV", "PM"]),
    purpose=st.sampled_from(["own_supervision", "crime_intelligence", "prevent_wrong_payment"]),
    secrecy=st.sampled_from([["2009:400/28:11"], ["2009:400/35:1"], ["2009:400/25:1"]]),
)
def test_each_change_really_makes_the_answer_more_open(
    rulebook: Rulebook, day: str, giver: str, purpose: str, secrecy: list[str]
) -> None:
    answer = ask(rulebook, on=day, giver=giver, activity=None, receiver="SKV",
                 receiver_function="tax", purpose=purpose, secrecy=secrecy,
                 facts={"harm": "met"})  # fmt: skip
    for change in answer.what_would_open:
        assert change.answer.verdict.rank > answer.verdict.rank
        assert rulebook.ask(change.answer.question) is change.answer
