"""What an answer tells a person: steps, questions to weigh, records, how long it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samsyn.law import Rulebook
from tests.law.questions import ask


def test_the_steps_follow_the_order_of_the_law(rulebook: Rulebook) -> None:
    stages = [step.stage for step in ask(rulebook).steps]
    assert stages[0] == "secrecy"
    assert stages.index("secrecy") < stages.index("duty") < stages.index("outcome")


def test_every_step_is_said_in_both_languages_with_its_provision(rulebook: Rulebook) -> None:
    for step in ask(rulebook).steps:
        assert step.text.sv
        assert step.text.en
        assert step.text.sv != step.text.en
        for cite in step.cites if step.stage in ("secrecy", "duty") else ():
            assert cite.split(" ")[0] in step.text.sv or cite == "2009:400/10:28"


def test_a_weighing_has_questions_for_against_and_at_the_receiver(rulebook: Rulebook) -> None:
    questions = ask(rulebook).human_questions
    assert questions.speaks_for
    assert questions.speaks_against
    assert questions.at_receiver


def test_nothing_is_weighed_where_the_law_does_not_ask_for_it(rulebook: Rulebook) -> None:
    questions = ask(rulebook, facts={"harm": "met", "consent": True}, purpose="victim_support")
    assert not questions.human_questions.speaks_for


def test_the_limit_of_another_act_is_shown_against(rulebook: Rulebook) -> None:
    answer = ask(
        rulebook,
        giver="AV",
        activity="external_whistleblower_channel",
        item_kind="identity_of_reporting_person",
        secrecy=["2009:400/32:3b"],
        receiver="SKV",
        receiver_function="tax",
    )
    assert answer.outcome == "may_after_balancing"
    shown = " ".join(text.sv for text in answer.human_questions.speaks_against)
    assert "2021:890" in shown or "visselblås" in shown.lower()


def test_a_refusal_is_recorded_as_an_appealable_decision(rulebook: Rulebook) -> None:
    refused = ask(rulebook, secrecy=["2009:400/24:8"])
    cites = [block.cite for block in refused.records]
    assert any(cite.startswith(("2009:400/6:7", "2009:400/6:8")) for cite in cites)
    given = [block.cite for block in ask(rulebook).records]
    assert not any(cite.startswith("2009:400/6:8") for cite in given)


def test_an_answer_holds_until_the_day_before_the_law_changes_it(rulebook: Rulebook) -> None:
    own = {"purpose": "own_supervision", "facts": {"harm": "met", "joint_inspection": False}}
    assert ask(rulebook, **own).holds_until == date(2025, 11, 30)
    assert ask(rulebook, on="2026-07-01", **own).holds_until is None


def test_a_receiver_without_secrecy_of_its_own_is_said_plainly(rulebook: Rulebook) -> None:
    company = {"kind": "company"}
    to_jamy = ask(rulebook, receiver="JäMy", receiver_function="gender_equality", subject=company)
    to_av = ask(rulebook, subject=company)
    assert any("kan bli offentlig där" in step.text.sv for step in to_jamy.steps)
    assert not any("kan bli offentlig där" in step.text.sv for step in to_av.steps)
    assert any("2009:400/28:15" in step.cites for step in to_av.steps if step.stage == "receiver")


def test_both_sides_data_protection_is_noted(rulebook: Rulebook) -> None:
    answer = ask(
        rulebook,
        giver="PM",
        activity="criminal_investigation",
        secrecy=["2009:400/18:1", "2009:400/35:1"],
    )
    cites = {
        cite for step in answer.steps if step.stage == "data_protection" for cite in step.cites
    }
    assert any(cite.startswith("2018:1177") or cite.startswith("2018:1693") for cite in cites)
    assert any(cite.startswith("2018:218") for cite in cites)


def test_an_unread_ordinance_is_warned_of(rulebook: Rulebook) -> None:
    stages = {step.stage for step in ask(rulebook, on="2026-05-10").steps}
    assert "unverified" in stages
    assert "unverified" not in {step.stage for step in ask(rulebook, on="2026-04-01").steps}


@pytest.mark.parametrize(
    ("giver", "activity", "subject", "proposed"),
    [
        ("SKV", "taxation", "company", "2009:400/27:1"),
        ("AF", "labour_market", "person", "2009:400/28:11"),
        ("AF", "labour_market", "company", "2009:400/28:12"),
        ("AV", "supervision", "company", "2009:400/28:15"),
        ("MV", "migration_control", "person", "2009:400/37:1"),
        ("PM", "criminal_investigation", "person", "2009:400/35:1"),
        ("PM", "criminal_investigation", "person", "2009:400/18:1"),
    ],
)
def test_secrecy_nobody_stated_is_proposed(
    rulebook: Rulebook, giver: str, activity: str, subject: str, proposed: str
) -> None:
    fields: dict[str, Any] = {"giver": giver, "activity": activity, "subject": {"kind": subject}}
    receiver = "AV" if giver != "AV" else "SKV"
    answer = ask(rulebook, **fields, receiver=receiver, receiver_function=None, secrecy=None)
    assert proposed in [secrecy.text for secrecy in answer.case.secrecy]
    assert any("förslag" in step.text.sv for step in answer.steps)


def test_no_rule_proposes_secrecy_for_a_firm_at_the_gender_equality_agency(
    rulebook: Rulebook,
) -> None:
    answer = ask(rulebook, giver="JäMy", activity="gender_equality", secrecy=None)
    assert answer.case.secrecy == ()
    assert answer.outcome == "must"


def test_tax_data_that_a_supervisor_got_are_protected_by_its_own_rule(rulebook: Rulebook) -> None:
    fields: dict[str, Any] = {
        "giver": "AV",
        "activity": "supervision",
        "receiver": "FK",
        "receiver_function": "welfare",
        "secrecy": None,
        "facts": {"harm": "met", "received_from": "SKV"},
    }
    company = ask(rulebook, **fields, subject={"kind": "company"})
    assert [secrecy.text for secrecy in company.case.secrecy] == ["2009:400/28:15"]


def test_each_side_has_the_data_protection_rules_of_its_own_activity(rulebook: Rulebook) -> None:
    answer = ask(rulebook, on="2026-03-01", giver="AV", activity="supervision",
                 secrecy=["2009:400/28:15"], receiver="SKV", receiver_function="tax")  # fmt: skip
    cites = {
        cite for step in answer.steps if step.stage == "data_protection" for cite in step.cites
    }
    assert any(cite.startswith("2001:181") for cite in cites)


def test_a_receiver_outside_its_law_enforcement_function_is_a_near_miss(
    rulebook: Rulebook,
) -> None:
    answer = ask(rulebook, on="2025-09-15", giver="FK", activity="social_insurance",
                 secrecy=["2009:400/28:4"], receiver="SKV", receiver_function="tax",
                 purpose="crime_intelligence", initiative="own", facts={"harm": "met"})  # fmt: skip
    assert "2025:170/5" in answer.excluded_by
