"""What nobody has said never makes an answer more open."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.case import ELSEWHERE
from samsyn.law.changes import _variants
from tests.law.questions import ask

TO_THE_PRESS: dict[str, Any] = {
    "on": "2026-01-10",
    "receiver": "JOURNALIST",
    "receiver_function": "private",
    "purpose": "transparency",
    "secrecy": None,
    "facts": None,
}


@pytest.mark.parametrize(
    "activity",
    [None, "moonbase", "labour_market"],
    ids=["not stated", "not known", "of another agency"],
)
def test_tax_data_of_an_unknown_activity_are_not_open(
    rulebook: Rulebook, activity: str | None
) -> None:
    answer = ask(rulebook, **TO_THE_PRESS, activity=activity)
    assert answer.outcome == "must_not"
    assert answer.ask_first is not None
    assert answer.ask_first.key == "activity"
    assert "must_not" in dict(answer.ask_first.values)["taxation"]


def test_an_activity_of_another_agency_is_remarked_on(rulebook: Rulebook) -> None:
    answer = ask(rulebook, activity="labour_market")
    assert answer.question.remarks == ("activity",)
    assert (
        "The rulebook does not know the stated activity at Swedish Tax Agency; it was not used."
        in [step.text.en for step in answer.steps]
    )


def test_the_steps_say_which_of_the_possible_answers_is_shown(rulebook: Rulebook) -> None:
    answer = ask(rulebook, **TO_THE_PRESS, activity=None)
    assert answer.steps[-1].text.sv == (
        "Det svar som visas gäller om: I vilken verksamhet hos givaren finns uppgiften? "
        "beskattning."
    )
    unread = ask(rulebook, **TO_THE_PRESS, activity="supervision")
    assert unread.steps[-1].text.en.endswith("(state it, or that none holds)? yes.")
    stages = [step.stage for step in unread.steps]
    assert "not_secret" not in stages


def test_a_warning_about_unread_law_is_given_also_when_the_activity_is_not_stated(
    rulebook: Rulebook,
) -> None:
    answer = ask(rulebook, on="2026-05-01", activity=None)
    assert "unverified" in [step.stage for step in answer.steps]


def test_where_the_rulebook_proposes_nothing_it_asks_whether_something_holds(
    rulebook: Rulebook,
) -> None:
    """Nothing is read about supervision at the tax agency; that is no reason to open it."""
    answer = ask(rulebook, **TO_THE_PRESS, activity="supervision")
    assert answer.case.secrecy == ()
    assert answer.excluded_by == ()
    assert set(answer.outcomes) == {"must_not", "public"}
    assert answer.outcome == "must_not"
    assert answer.ask_first is not None
    assert answer.ask_first.key == "other_secrecy"


def test_where_the_law_has_no_rule_for_firms_their_data_are_open(rulebook: Rulebook) -> None:
    fields = {**TO_THE_PRESS, "giver": "JäMy", "activity": "gender_equality"}
    assert ask(rulebook, **fields, subject={"kind": "company"}).outcomes == ("public",)
    victim = {"kind": "person", "victim": True}
    assert ask(rulebook, **fields, subject=victim).outcome == "must_not"


def test_what_a_provision_takes_out_of_secrecy_is_open_without_further_questions(
    rulebook: Rulebook,
) -> None:
    answer = ask(rulebook, **TO_THE_PRESS, activity="tax_control", item_kind="decision_control_fee")
    assert answer.outcomes == ("public",)


@pytest.mark.parametrize(
    ("activity", "function"),
    [(None, "tax_crime"), ("taxation", None), ("statistics", "tax"), ("technical_hosting", "tax")],
)
def test_only_one_known_branch_is_the_same_branch(
    rulebook: Rulebook, activity: str | None, function: str | None
) -> None:
    answer = ask(rulebook, receiver="SKV", activity=activity, receiver_function=function,
                 purpose="crime_intelligence", initiative="own")  # fmt: skip
    assert answer.grounds[:1] != ("2009:400/8:2",)
    assert answer.outcome != "may"


def test_a_duty_for_persons_is_possible_while_the_subject_is_not_stated(
    rulebook: Rulebook,
) -> None:
    fields: dict[str, Any] = {
        "giver": "AV", "activity": "supervision", "secrecy": ["2009:400/28:14"],
        "receiver": "FK", "receiver_function": "welfare", "purpose": "social_insurance_case",
    }  # fmt: skip
    answer = ask(rulebook, **fields, subject={})
    assert set(answer.outcomes) == {"must", "may_after_balancing"}
    assert answer.ask_first is not None
    assert answer.ask_first.key == "subject.kind"
    assert any("person" in step.text.sv for step in answer.steps if step.stage == "open")


GIVERS = ("AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV", "ÅM", "KOMMUN_SOC")
LEFT_OUT = ("activity", "receiver_function", "subject", "harm")


@settings(max_examples=150)
@given(data=st.data())
def test_leaving_something_out_never_opens_more(rulebook: Rulebook, data: st.DataObject) -> None:
    giver = data.draw(st.sampled_from(GIVERS))
    raw: dict[str, Any] = {
        "on": data.draw(st.sampled_from(["2024-06-30", "2025-06-01", "2025-12-20", "2026-05-01"])),
        "giver": giver,
        "activity": data.draw(st.sampled_from(rulebook.vocabulary.activities_of(giver))),
        "secrecy": None,
        "subject": {"kind": data.draw(st.sampled_from(["person", "company"]))},
        "receiver": data.draw(st.sampled_from(["SKV", "PM", "FK", "JOURNALIST", "EMPLOYER"])),
        "receiver_function": data.draw(st.sampled_from(["tax", "law_enforcement", "private"])),
        "purpose": data.draw(
            st.sampled_from(["joint_inspection_plan", "transparency", "crime_intelligence"])
        ),
        "facts": {"harm": data.draw(st.sampled_from(["met", "not_met"]))},
    }
    full = ask(rulebook, **raw)
    for field in LEFT_OUT:
        less = {**raw, "facts": {}} if field == "harm" else {**raw, field: None}
        assert ask(rulebook, **less).verdict.rank <= full.verdict.rank, field


def test_elsewhere_is_among_the_places_tried(rulebook: Rulebook) -> None:
    answer = ask(rulebook, **TO_THE_PRESS, activity=None)
    assert ELSEWHERE in {possibility.assumed["activity"] for possibility in answer.possible}


def test_more_open_facts_than_can_be_followed_are_refused_not_cut_off(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samsyn.law.unknowns.MOST_LEAVES", 2)
    fresh = Rulebook(rulebook.content, "fresh")
    facts = dict.fromkeys(("harm", "consent", "necessary_for_giver"), "unknown")
    question = msgspec.structs.replace(
        fresh.read({"on": "2025-06-02", "giver": "AF", "receiver": "AV",
                    "purpose": "own_supervision", "initiative": "own",
                    "activity": "labour_market", "secrecy": ["2009:400/28:11"],
                    "facts": facts}),
    )  # fmt: skip
    with pytest.raises(FieldError, match="too much is open"):
        fresh.ask(question)


@pytest.mark.parametrize(
    ("giver", "activity"), [("SKV", "supervision"), ("AF", None), ("BOLV", "company_registration")]
)
def test_nothing_but_the_law_itself_opens_what_unread_secrecy_may_close(
    rulebook: Rulebook, giver: str, activity: str | None
) -> None:
    fields: dict[str, Any] = {"giver": giver, "activity": activity, "secrecy": None}
    answer = ask(rulebook, **fields, on="2024-09-01")
    assert answer.outcome == "must_not"
    for kind, _, _, question in _variants(answer.question, answer):
        if kind != "later_day":
            assert rulebook.ask(question).outcome == "must_not"
    assert {change.kind for change in answer.what_would_open} <= {"later_day"}
