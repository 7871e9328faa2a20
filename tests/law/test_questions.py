"""How questions are read, and how bad ones are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from tests.law.questions import PAYROLL, ask


def test_a_question_keeps_what_was_said(rulebook: Rulebook) -> None:
    question = rulebook.read(PAYROLL)
    assert question.on == date(2025, 6, 2)
    assert (question.giver, question.receiver) == ("SKV", "AV")
    assert dict(question.facts) == {"harm": "met", "joint_inspection": True}
    assert question.remarks == ()


def test_fields_of_an_answer_are_passed_over(rulebook: Rulebook) -> None:
    with_answer = {**PAYROLL, "expected": "public", "grounds": ["x"], "confidence": "certain"}
    assert rulebook.read(with_answer) == rulebook.read(PAYROLL)


def test_other_spellings_are_understood(rulebook: Rulebook) -> None:
    question = rulebook.read({**PAYROLL, "giver": "Skatteverket", "receiver": "av"})
    assert (question.giver, question.receiver) == ("SKV", "AV")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"on": "2025-02-31"}, "on", "a day such as"),
        ({"on": None}, "on", "a day such as"),
        ({"giver": "SKVV"}, "giver", "did you mean SKV"),
        ({"giver": ""}, "giver", "missing"),
        ({"receiver": 7}, "receiver", "missing"),
        ({"purpose": "joint_inspection_plann"}, "purpose", "did you mean joint_inspection_plan"),
        ({"purpose": "because"}, "purpose", "use one of"),
        ({"initiative": "both"}, "initiative", "request or own"),
        ({"activity": "taxatoin"}, "activity", "did you mean taxation"),
        ({"activity": 3}, "activity", "a word"),
        ({"secrecy": "2009:400/27:1"}, "secrecy", "a list"),
        ({"secrecy": ["27:1"]}, "secrecy[0]", "is not a citation"),
        ({"secrecy": ["2009:400/10:27"]}, "secrecy[0]", "chapters 15-43"),
        ({"secrecy": ["2024:307/4"]}, "secrecy[0]", "secrecy act"),
        ({"secrecy": [None]}, "secrecy[0]", ""),
        ({"secrecy": ["2009:400/14z:1"]}, "secrecy[0]", "chapters 15-43"),
        ({"subject": "person"}, "subject", "an object"),
        ({"subject": {"kind": "dog"}}, "subject.kind", "person or company"),
        ({"subject": {"victim": "yes"}}, "subject.victim", "true or false"),
        ({"subject": {"nationality": "x"}}, "subject.nationality", "no such field"),
        ({"facts": ["harm"]}, "facts", "an object"),
        ({"facts": {"harm": "maybe"}}, "facts.harm", "met or not_met"),
        ({"facts": {"joint_inspection": "yes please"}}, "facts.joint_inspection", "true or false"),
        ({"facts": {"joint_inspecton": True}}, "facts.joint_inspecton", "joint_inspection"),
        ({"facts": {"crime": {"min_months": -1}}}, "facts.crime.min_months", "0 or more"),
        ({"facts": {"crime": {"act": "fraud"}}}, "facts.crime.act", "is not a citation"),
        ({"categories": ["shoes"]}, "categories", "use one of"),
        ({"categories": "health"}, "categories", "a list"),
        ({"recipient": "AV"}, "recipient", "no such field"),
    ],
)
def test_a_bad_field_is_named_with_its_remedy(
    rulebook: Rulebook, changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(FieldError) as caught:
        rulebook.read({**PAYROLL, **changes})
    assert caught.value.field == field
    assert words in caught.value.remedy


def test_a_day_before_the_rulebook_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError, match="covers days from 2016-01-01"):
        ask(rulebook, on="2015-12-31")


def test_a_party_that_does_not_exist_that_day_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError, match="UTBM does not exist on 2020-01-01"):
        ask(rulebook, on="2020-01-01", receiver="UTBM", receiver_function=None)


def test_a_provision_that_does_not_hold_that_day_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError, match="does not hold on 2025-06-02"):
        ask(rulebook, secrecy=["2009:400/27:2a"])


def test_words_the_rulebook_leaves_open_are_kept_out_and_remarked_on(rulebook: Rulebook) -> None:
    answer = ask(rulebook, activity="moonbase", facts={"harm": "met", "colour_of_the_van": "blue"})
    assert answer.question.remarks == ("activity", "facts.colour_of_the_van")
    texts = [step.text.en for step in answer.steps if step.stage == "input"]
    assert any("colour_of_the_van" in text for text in texts)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(field=st.sampled_from(sorted(PAYROLL)), value=json_values)
def test_whatever_stands_in_a_field_is_answered_or_refused_by_name(
    rulebook: Rulebook, field: str, value: Any
) -> None:
    refused: FieldError | None = None
    try:
        answer = rulebook.ask(rulebook.read({**PAYROLL, field: value}))
    except FieldError as error:
        refused = error
    if refused is None:
        assert answer.steps
    else:
        assert refused.field
        assert refused.remedy
