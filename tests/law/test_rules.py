"""What the rules say: for each at least one question it opens and one it does not."""

from __future__ import annotations

from typing import Any

import pytest

from samsyn.law import Rulebook
from tests.law.questions import ask

MET = {"harm": "met"}
ALONE = {"harm": "met", "joint_inspection": False}
PRISON = {"committed": True, "prison_in_scale": True, "min_months": 0}


def crime(**more: Any) -> dict[str, Any]:
    return {"harm": "met", "crime": {**PRISON, "expected_more_than_fine": True, **more}}


@pytest.mark.parametrize(
    ("changes", "outcome", "ground"),
    [
        # 2024:307/4, joint inspections
        ({}, "may_after_balancing", "2024:307/4"),
        ({"on": "2024-06-30"}, "may_after_balancing", "2009:400/10:27"),
        ({"receiver": "KFM", "receiver_function": "enforcement"}, "may_after_balancing",
         "2009:400/10:27"),
        ({"secrecy": ["2009:400/24:8"]}, "must_not", None),
        # OSL 10:15a
        ({"on": "2025-12-01", "purpose": "own_supervision", "facts": ALONE}, "may_after_balancing",
         "2009:400/10:15a st1 p5"),
        ({"on": "2025-11-30", "purpose": "own_supervision", "facts": ALONE}, "may_after_balancing",
         "2009:400/10:27"),
        ({"on": "2026-01-10", "secrecy": ["2009:400/17:1"], "purpose": "own_supervision",
          "facts": ALONE}, "may_after_balancing", "2009:400/10:27"),
        # 2025:170
        ({"receiver": "PM", "receiver_function": "law_enforcement",
          "purpose": "crime_intelligence", "facts": MET}, "may_after_balancing", "2025:170/5"),
        ({"on": "2025-03-31", "receiver": "PM", "receiver_function": "law_enforcement",
          "purpose": "crime_intelligence", "facts": MET}, "may_after_balancing",
         "2009:400/10:27"),
        # OSL 10:24
        ({"giver": "JäMy", "activity": "gender_equality", "secrecy": ["2009:400/21:1"],
          "receiver": "PM", "receiver_function": "law_enforcement",
          "purpose": "crime_investigation", "facts": crime()}, "may", "2009:400/10:24"),
        ({"giver": "JäMy", "activity": "gender_equality", "secrecy": ["2009:400/21:1"],
          "receiver": "PM", "receiver_function": "law_enforcement",
          "purpose": "crime_investigation", "facts": crime(prison_in_scale=False)},
         "may_after_balancing", "2009:400/10:27"),
        # consent
        ({"purpose": "victim_support", "facts": {"harm": "met", "consent": True}}, "may",
         "2009:400/10:1"),
        ({"secrecy": ["2009:400/35:3"], "giver": "PM", "activity": "criminal_records",
          "facts": {"harm": "met", "consent": True}}, "must_not", None),
        # a child at risk
        ({"on": "2026-03-20", "receiver": "KOMMUN_SOC", "receiver_function": "social_services",
          "purpose": "protect_child", "initiative": "own",
          "facts": {"harm": "met", "child_at_risk": True}}, "must", "2025:400/19:1"),
        ({"on": "2026-03-20", "giver": "JäMy", "activity": "gender_equality",
          "secrecy": ["2009:400/21:1"], "receiver": "KOMMUN_SOC",
          "receiver_function": "social_services", "purpose": "protect_child", "initiative": "own",
          "facts": {"harm": "met", "child_at_risk": True}}, "may_after_balancing",
         "2009:400/10:27"),
    ],
)  # fmt: skip
def test_what_a_rule_opens(
    rulebook: Rulebook, changes: dict[str, Any], outcome: str, ground: str | None
) -> None:
    answer = ask(rulebook, **changes)
    assert answer.outcome == outcome
    assert next(iter(answer.grounds), None) == ground


def test_every_secrecy_has_to_be_broken(rulebook: Rulebook) -> None:
    both = ask(rulebook, secrecy=["2009:400/27:1", "2009:400/24:8"])
    assert both.outcome == "must_not"
    assert both.excluded_by


def test_a_request_turns_a_permission_into_a_duty_and_own_initiative_does_not(
    rulebook: Rulebook,
) -> None:
    changes = {"on": "2026-01-10", "purpose": "own_supervision", "facts": ALONE}
    asked = ask(rulebook, **changes)
    offered = ask(rulebook, **changes, initiative="own")
    assert asked.outcome == offered.outcome == "may_after_balancing"
    assert asked.duty_if_favourable
    assert "2009:400/6:5" in asked.grounds
    assert not offered.duty_if_favourable
    assert "2009:400/6:5" not in offered.grounds


def test_a_permission_without_weighing_is_the_floor_of_a_weighed_duty(rulebook: Rulebook) -> None:
    changes: dict[str, Any] = {
        "receiver": "PM",
        "receiver_function": "law_enforcement",
        "purpose": "crime_investigation",
    }
    assert ask(rulebook, **changes, facts=crime()).floor == "may"
    assert ask(rulebook, **changes, facts=crime(prison_in_scale=False)).floor == "must_not"


def test_a_weighing_that_was_made_settles_the_outcome(rulebook: Rulebook) -> None:
    against = ask(rulebook, facts={"harm": "met", "weighing_outcome": "against"})
    in_favour = ask(rulebook, facts={"harm": "met", "weighing_outcome": "for"})
    assert (against.outcome, against.test, against.grounds) == ("must_not", "none", ())
    assert against.excluded_by == ("2024:307/4 st2",)
    assert (in_favour.outcome, in_favour.test) == ("must", "none")


def test_what_is_not_secret_is_open_to_anyone(rulebook: Rulebook) -> None:
    open_item = ask(
        rulebook,
        secrecy=[],
        receiver="JOURNALIST",
        receiver_function="private",
        purpose="transparency",
        facts={"harm": "not_applicable"},
    )
    assert open_item.outcome == "public"
    assert open_item.grounds == ("1949:105/2:1",)


def test_a_harm_test_that_is_not_met_opens_all_but_absolute_secrecy(rulebook: Rulebook) -> None:
    facts = {"harm": "not_met", "joint_inspection": False}
    absolute = ask(rulebook, purpose="own_supervision", facts=facts)
    straight = ask(
        rulebook,
        giver="AF",
        activity="labour_market",
        secrecy=["2009:400/28:12"],
        purpose="own_supervision",
        facts=facts,
    )
    assert absolute.outcome == "may_after_balancing"
    assert (straight.outcome, straight.grounds[0]) == ("must", "2009:400/28:12")


def test_no_secrecy_holds_inside_one_branch_but_it_does_between_branches(
    rulebook: Rulebook,
) -> None:
    inside = ask(rulebook, receiver="SKV", receiver_function="tax", purpose="own_tax_control")
    between = ask(
        rulebook,
        on="2026-05-10",
        receiver="SKV",
        receiver_function="tax_crime",
        purpose="crime_intelligence",
    )
    assert (inside.outcome, inside.grounds) == ("may", ("2009:400/8:2",))
    assert between.grounds[0] == "2025:170/5"


def test_a_foreign_authority_gets_what_a_swedish_one_could_have_had(rulebook: Rulebook) -> None:
    changes: dict[str, Any] = {
        "on": "2026-01-10",
        "receiver": "FOREIGN",
        "receiver_function": None,
        "purpose": "detect_rule_breach",
    }
    compatible = {"harm": "met", "compatible_with_swedish_interests": True}
    answer = ask(rulebook, **changes, facts=compatible)
    assert answer.grounds[0] == "2009:400/10:15a st1 p5"
    assert "2009:400/8:3" in answer.grounds
    assert not answer.duty_if_favourable
    doubtful = {"harm": "met", "compatible_with_swedish_interests": False}
    assert ask(rulebook, **changes, facts=doubtful).outcome == "must_not"


def test_a_reservation_opens_what_only_its_harm_keeps_from_a_private_receiver(
    rulebook: Rulebook,
) -> None:
    changes: dict[str, Any] = {
        "giver": "AV",
        "activity": "supervision",
        "secrecy": ["2009:400/28:15"],
        "receiver": "UNION",
        "receiver_function": "private",
        "purpose": "union_info",
    }
    assert ask(rulebook, **changes, facts=MET).outcome == "must_not"
    helped = ask(rulebook, **changes, facts={"harm": "met", "reservation_removes_harm": True})
    assert (helped.outcome, helped.grounds) == ("must", ("2009:400/10:14",))


def test_language_name_and_nationality_are_no_words_of_the_rulebook(rulebook: Rulebook) -> None:
    words = " ".join((*rulebook.vocabulary.facts, *rulebook.vocabulary.marks.known)).lower()
    assert not any(word in words for word in ("national", "language", "surname", "ethnic"))
