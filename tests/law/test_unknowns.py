"""Incomplete questions: the set of possible outcomes and what to find out first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.law import Rulebook
from samsyn.law.interpreter import OUTCOMES
from tests.law.questions import ask

INVESTIGATION: dict[str, Any] = {
    "giver": "JäMy",
    "activity": "gender_equality",
    "item_kind": "notes_of_a_meeting",
    "secrecy": ["2009:400/21:1"],
    "receiver": "PM",
    "receiver_function": "law_enforcement",
    "purpose": "crime_investigation",
    "initiative": "own",
}


def test_a_complete_question_has_one_outcome_and_nothing_to_ask(rulebook: Rulebook) -> None:
    answer = ask(rulebook)
    assert answer.outcomes == ("may_after_balancing",)
    assert answer.ask_first is None


def test_an_open_harm_test_gives_both_outcomes(rulebook: Rulebook) -> None:
    answer = ask(
        rulebook,
        giver="AF",
        activity="labour_market",
        secrecy=["2009:400/28:12"],
        facts={"joint_inspection": True},
    )
    assert set(answer.outcomes) == {"may_after_balancing", "must"}
    assert answer.outcome == "may_after_balancing"
    assert answer.ask_first is not None
    assert answer.ask_first.key == "harm"


def test_the_first_question_is_the_one_that_decides(rulebook: Rulebook) -> None:
    facts = {"harm": "met", "crime": {"committed": True, "prison_in_scale": "unknown"}}
    answer = ask(rulebook, **INVESTIGATION, facts=facts)
    assert set(answer.outcomes) == {"may", "may_after_balancing"}
    assert answer.ask_first is not None
    assert answer.ask_first.key == "crime.prison_in_scale"
    assert dict(answer.ask_first.values) == {True: ("may",), False: ("may_after_balancing",)}


def test_an_unknown_activity_matters_only_where_a_rule_names_it(rulebook: Rulebook) -> None:
    tax_branch: dict[str, Any] = {
        "on": "2024-09-01",
        "secrecy": ["2009:400/27:1"],
        "receiver": "AF",
        "receiver_function": "welfare",
        "purpose": "prevent_wrong_payment",
        "initiative": "own",
        "subject": {"kind": "person"},
        "facts": {"harm": "met", "wrong_payment_suspected": True},
    }
    unknown = ask(rulebook, activity=None, **tax_branch)
    assert set(unknown.outcomes) == {"must", "may_after_balancing"}
    assert ask(rulebook, activity="taxation", **tax_branch).outcome == "must"
    assert ask(rulebook, activity=None).outcomes == ("may_after_balancing",)


def test_in_a_window_of_days_both_wordings_are_tried(rulebook: Rulebook) -> None:
    report: dict[str, Any] = {
        "receiver": "KOMMUN_SOC",
        "receiver_function": "social_services",
        "purpose": "protect_child",
        "initiative": "own",
        "facts": {"harm": "met", "child_at_risk": True},
    }
    assert ask(rulebook, on="2025-08-01", **report).outcomes == ("may_after_balancing",)
    assert ask(rulebook, on="2026-03-20", **report).outcomes == ("must",)


@pytest.mark.parametrize("fact", ["consent", "wrong_payment_suspected", "weighing_outcome"])
def test_a_fact_written_as_unknown_is_kept_open(rulebook: Rulebook, fact: str) -> None:
    answer = ask(rulebook, purpose="prevent_wrong_payment", initiative="own",
                 receiver="FK", facts={"harm": "met", fact: "unknown"})  # fmt: skip
    assert answer.outcome in OUTCOMES


@given(
    stated=st.dictionaries(
        st.sampled_from(["crime.committed", "crime.prison_in_scale", "consent", "harm"]),
        st.just("unknown"),
    ),
    day=st.sampled_from(["2024-09-01", "2025-03-31", "2025-06-01", "2026-01-10"]),
)
def test_knowing_more_never_adds_an_outcome(
    rulebook: Rulebook, stated: dict[str, str], day: str
) -> None:
    """Every outcome under a stated fact was possible while it was open."""
    open_answer = ask(rulebook, **INVESTIGATION, on=day, facts=stated)
    possible = {possibility.signature for possibility in open_answer.possible}
    for fact in stated:
        for value in ("met", "not_met") if fact == "harm" else (True, False):
            known = ask(rulebook, **INVESTIGATION, on=day, facts={**stated, fact: value})
            assert {possibility.signature for possibility in known.possible} <= possible


def test_of_two_facts_that_decide_equally_one_is_asked_for(rulebook: Rulebook) -> None:
    facts = {"harm": "met", "consent": "unknown", "necessary_for_giver": "unknown"}
    answer = ask(rulebook, purpose="own_supervision", facts=facts)
    assert set(answer.outcomes) == {"may", "may_after_balancing"}
    assert answer.ask_first is not None
    assert answer.ask_first.key in ("consent", "necessary_for_giver")
