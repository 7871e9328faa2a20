"""What follows from a question before a rule is asked, and what is asked when nobody knows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from samsyn.kernel.citations import Citation
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law import Answer, Rulebook
from samsyn.law.case import OpenFact, Secrecy
from samsyn.law.interpreter import Verdict
from samsyn.law.unknowns import MOST_LEAVES, OpenQuestion, Possibility, first_to_ask
from tests.law.test_interpreter import (
    SECRET,
    TIP,
    TRANSFERS,
    ask,
    assumed,
    breaking,
    outcomes,
    said,
    secrecy,
    small_law,
)

MET = {"harm": "met"}


def law_when(when: Any) -> Rulebook:
    return small_law(SECRET, breaking("2020:1/1", when=when))


# --- conditions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "facts", "met"),
    [
        ({"urgent": True}, {"urgent": True}, True),
        ({"urgent": True}, {}, False),
        ({"urgent": False}, {}, True),
        ({"colour": False}, {}, True),
        ({"colour": False}, {"colour": "red"}, False),
        ({"colour": True}, {"colour": "red"}, True),
        ({"colour": "red"}, {"colour": "red"}, True),
        ({"colour": "red"}, {"colour": "blue"}, False),
        ({"colour": "red"}, {}, False),
        ({"colour": ["red", "blue"]}, {"colour": "blue"}, True),
        ({"colour": ["red", "blue"]}, {"colour": "green"}, False),
        ({"urgent": True, "danger": True}, {"urgent": True}, False),
        ({"urgent": True, "danger": True}, {"urgent": True, "danger": True}, True),
        ({"months": {"at_least": 6}}, {"months": 6}, True),
        ({"months": {"at_least": 6}}, {"months": 5}, False),
        ({"months": {"at_least": 0}}, {}, False),
        ({"deed": {"within": ["1971:69", "1962:700/4 kap."]}}, {"deed": "1962:700/4:1b"}, True),
        ({"deed": {"within": ["1971:69", "1962:700/4 kap."]}}, {"deed": "1971:69/2"}, True),
        ({"deed": {"within": ["1971:69", "1962:700/4 kap."]}}, {"deed": "1962:700/3:1"}, False),
        ({"deed": {"within": ["1971:69", "1962:700/4 kap."]}}, {}, False),
    ],
)  # fmt: skip
def test_a_condition_is_met_when_every_fact_is_as_wanted(
    when: Any, facts: dict[str, Any], met: bool
) -> None:
    answer = ask(law_when(when), facts={**MET, **facts})
    assert outcomes(answer) == (["may"] if met else ["must_not"])


@pytest.mark.parametrize(
    ("when", "fact", "tried"),
    [
        ({"urgent": True}, "urgent", {"urgent": [True, False]}),
        ({"colour": "red"}, "colour", {"colour": ["red", "other"]}),
        ({"colour": ["red", "blue"]}, "colour", {"colour": ["red", "blue", "other"]}),
        ({"months": {"at_least": 6}}, "months", {"months >= 6": [True, False]}),
        ({"deed": {"within": ["1971:69", "1962:700"]}}, "deed",
         {"deed within 1971:69, 1962:700": [True, False]}),
    ],
)  # fmt: skip
def test_an_unknown_fact_is_tried_with_every_value_the_condition_tells_apart(
    when: Any, fact: str, tried: dict[str, list[object]]
) -> None:
    answer = ask(law_when(when), facts={**MET, fact: "unknown"})
    ((key, values),) = tried.items()
    assert assumed(answer) == [{key: value} for value in values]
    assert outcomes(answer) == [*["may"] * (len(values) - 1), "must_not"]


def test_an_unknown_fact_that_must_not_be_so_is_tried_both_ways() -> None:
    answer = ask(law_when({"urgent": False}), facts={**MET, "urgent": "unknown"})
    assert assumed(answer) == [{"urgent": True}, {"urgent": False}]
    assert outcomes(answer) == ["must_not", "may"]


def test_an_alternative_that_is_met_settles_the_matter_though_another_is_open() -> None:
    law = law_when([{"urgent": True}, {"danger": True}])
    settled = ask(law, facts={**MET, "urgent": "unknown", "danger": True})
    assert assumed(settled) == [{}]
    assert outcomes(settled) == ["may"]


def test_the_first_open_alternative_is_asked_first() -> None:
    law = law_when([{"urgent": True}, {"danger": True}])
    answer = ask(law, facts={**MET, "urgent": "unknown", "danger": "unknown"})
    assert assumed(answer) == [
        {"urgent": True},
        {"urgent": False, "danger": True},
        {"urgent": False, "danger": False},
    ]
    half = ask(law, facts={**MET, "urgent": "unknown"})
    assert outcomes(half) == ["may", "must_not"]


def test_what_is_settled_is_not_asked_again() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", when={"urgent": True, "danger": True}),
        breaking("2020:1/2", when={"urgent": False}, test="extraordinary_reasons"),
    )
    answer = ask(law, facts={**MET, "urgent": "unknown"})
    assert assumed(answer) == [{"urgent": True}, {"urgent": False}]
    assert outcomes(answer) == ["must_not", "may_after_balancing"]


def test_an_open_fact_names_itself_and_its_values() -> None:
    case = ask(small_law(SECRET)).case
    with pytest.raises(OpenFact) as opened:
        case.settle("urgent", (True, False))
    assert (opened.value.key, opened.value.values) == ("urgent", (True, False))
    assert str(opened.value) == "urgent"
    sure = case.assuming({"urgent": False})
    assert sure.settle("urgent", (True, False)) is False
    assert dict(case.assumed) == {}


def test_unknown_places_are_tried_where_a_rule_names_some() -> None:
    giver = {"codes": ["A"], "activities": ["field", "desk"], "except_activities": ["archive"]}
    law = small_law(SECRET, breaking("2020:1/1", givers=giver))
    answer = ask(law, activity=None)
    assert assumed(answer) == [{"activity": "desk"}, {"activity": "elsewhere"}]
    assert outcomes(answer) == ["may", "must_not"]
    assert answer.ask_first == OpenQuestion(
        "activity",
        (
            ("desk", ("may",)),
            ("field", ("may",)),
            ("archive", ("must_not",)),
            ("elsewhere", ("must_not",)),
        ),
    )
    receivers = {"codes": ["B"], "except_functions": ["courts"]}
    law = small_law(SECRET, breaking("2020:1/1", receivers=receivers))
    answer = ask(law, receiver_function=None)
    assert assumed(answer) == [{"receiver_function": place} for place in ("courts", "elsewhere")]
    assert outcomes(answer) == ["must_not", "may"]
    nowhere = small_law(SECRET, breaking("2020:1/1"))
    assert assumed(ask(nowhere, activity=None, receiver_function=None)) == [{}]


def test_every_place_that_some_rule_names_is_tried_and_not_only_the_first_rule_s() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", receivers={"codes": ["B"], "functions": ["courts"]}),
        breaking("2020:1/2", receivers={"codes": ["B"], "functions": ["store"]},
                 test="extraordinary_reasons"),
    )  # fmt: skip
    answer = ask(law, receiver_function=None)
    assert [one["receiver_function"] for one in assumed(answer)] == ["courts", "store", "elsewhere"]
    assert outcomes(answer) == ["may", "may_after_balancing", "must_not"]


def test_stated_secrecy_does_not_tell_activities_apart_but_transfer_does() -> None:
    law = small_law(SECRET, *TRANSFERS, OWN)
    harmless = {"harm": "not_met"}
    assert list(ask(law, activity=None, facts=harmless).case.places["activity"]) == ["elsewhere"]
    came = ask(law, activity=None, facts={**harmless, "received_from": "C"})
    assert {one["activity"] for one in assumed(came)} == set(came.case.places["activity"])
    assert {possibility.verdict.grounds[:1] for possibility in came.possible} == {
        ask(law, activity=place, facts={**harmless, "received_from": "C"}).grounds[:1]
        for place in ("desk", "field", "archive")
    }


def test_provisions_on_reports_tell_activities_apart_for_the_person_reported() -> None:
    reports = secrecy(
        "28:3", items={"categories": [TIP]}, givers={"codes": ["A"], "activities": ["desk"]}
    )
    fields = {"receiver": "REPORTED", "purpose": "party_access", "initiative": "request",
              "categories": [TIP], "secrecy": [], "activity": None}  # fmt: skip
    asked = ask(small_law(reports), **fields)
    assert assumed(asked) == [{"activity": "desk"}, {"activity": "elsewhere"}]
    assert [possibility.verdict.grounds for possibility in asked.possible] == [
        ("2009:400/28:3", "2009:400/12:1"),
        ("2009:400/12:1",),
    ]


def test_a_rule_that_does_not_fit_anyway_opens_no_question() -> None:
    receivers = {"codes": ["B"], "functions": ["courts"]}
    law = small_law(
        SECRET,
        breaking("2020:1/1", receivers=receivers, items={"subjects": ["person"]}),
        breaking("2020:1/2", receivers=receivers, when={"urgent": True}),
    )
    open_facts = {**MET, "urgent": "unknown"}
    assert assumed(ask(law, subject={}, receiver_function="store", facts=open_facts)) == [{}]
    given = ask(law, subject={}, receiver_function="courts", facts=open_facts)
    assert assumed(given) == [
        {"subject.kind": "person"},
        {"subject.kind": "company", "urgent": True},
        {"subject.kind": "company", "urgent": False},
    ]


# --- what to ask first -------------------------------------------------------------------------


def test_nothing_is_asked_when_every_possibility_says_the_same() -> None:
    law = small_law(SECRET, breaking("2020:1/1", when={"urgent": True}), breaking("2020:1/2"))
    answer = ask(law, facts={**MET, "urgent": "unknown"})
    assert len(answer.possible) == 2
    assert answer.ask_first is None


def test_the_fact_that_leaves_the_fewest_outcomes_is_asked_first() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", when={"danger": True, "urgent": True}),
        breaking("2020:1/2", when={"urgent": True}, test="extraordinary_reasons"),
    )
    answer = ask(law, facts={**MET, "urgent": "unknown", "danger": "unknown"})
    assert answer.ask_first is not None
    assert answer.ask_first.key == "urgent"
    assert answer.ask_first.values == (
        (True, ("may", "may_after_balancing")),
        (False, ("must_not",)),
    )


def test_of_equally_telling_facts_the_one_that_always_matters_is_asked_first() -> None:
    law = law_when({"danger": True, "urgent": True})
    answer = ask(law, facts={**MET, "urgent": "unknown", "danger": "unknown"})
    assert assumed(answer) == [
        {"danger": True, "urgent": True},
        {"danger": True, "urgent": False},
        {"danger": False},
    ]
    assert answer.ask_first is not None
    assert answer.ask_first.key == "danger"
    assert answer.ask_first.values == ((True, ("may", "must_not")), (False, ("must_not",)))


def test_of_equally_telling_facts_the_one_that_matters_in_more_cases_is_asked_first() -> None:
    def possible(outcome: Any, **facts: bool) -> Possibility:
        return Possibility(facts, Verdict(outcome, "none", False, None, (), "permissions"))

    found = [
        possible("may", ready=True, danger=True, urgent=True),
        possible("must", ready=True, danger=True, urgent=False),
        possible("must_not", ready=True, danger=False),
        possible("must", ready=False, urgent=True, joint=True, danger=True),
        possible("must_not", ready=False, urgent=True, joint=True, danger=False),
        possible("may", ready=False, urgent=True, joint=False),
        possible("must", ready=False, urgent=False),
    ]
    asked = first_to_ask(found)
    assert asked is not None
    assert asked.key == "urgent"
    assert asked.values == (
        (True, ("may", "must_not", "must")),
        (False, ("must", "must_not")),
    )


def test_of_facts_that_tell_the_same_the_first_to_matter_is_asked_first() -> None:
    law = law_when([{"urgent": True, "danger": False}, {"urgent": False, "danger": True}])
    answer = ask(law, facts={**MET, "urgent": "unknown", "danger": "unknown"})
    assert outcomes(answer) == ["must_not", "may", "may", "must_not"]
    assert answer.ask_first is not None
    assert answer.ask_first.key == "urgent"


def test_a_duty_and_a_permission_are_told_apart_though_the_word_is_the_same() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", test="extraordinary_reasons"),
        breaking("2020:1/2", test="extraordinary_reasons", force="duty", when={"urgent": True}),
    )
    answer = ask(law, facts={**MET, "urgent": "unknown"})
    assert outcomes(answer) == ["may_after_balancing"] * 2
    assert answer.ask_first is not None
    assert answer.ask_first.values == (
        (True, ("may_after_balancing",)),
        (False, ("may_after_balancing",)),
    )


def test_more_possibilities_than_anybody_could_read_are_refused() -> None:
    sections = [f"{chapter}:1" for chapter in range(21, 31)]
    rules = [
        breaking(f"2020:1/{at_least}", opens={"only": [section]},
                 when={"months": {"at_least": at_least}})
        for at_least, section in enumerate(sections, 1)
    ]  # fmt: skip
    law = small_law(*rules, breaking("2020:1/99", test="extraordinary_reasons"))
    listed = [f"2009:400/{section}" for section in sections]
    unknown = {**MET, "months": "unknown"}
    assert len(ask(law, secrecy=listed[:3], facts=unknown).possible) == 8
    assert len(ask(law, secrecy=listed[:9], facts=unknown).possible) == MOST_LEAVES == 512
    with pytest.raises(FieldError) as refused:
        ask(law, secrecy=listed, facts=unknown)
    assert refused.value.field == "facts"
    assert refused.value.said.en.startswith(
        "too much is open to follow; state some of these: months >= 1, months >= 2,"
    )
    assert refused.value.said.sv.startswith(
        "för mycket är öppet för att kunna följas; ange något av detta: months >= 1,"
    )


# --- facts that follow -------------------------------------------------------------------------


def test_silence_means_what_the_rulebook_says_of_each_fact() -> None:
    known = ask(small_law(SECRET), facts={}).case.known
    assert known["harm"] == "unknown"
    assert known["public_interest_harm"] is True
    assert known["urgent"] is False
    assert "colour" not in known
    assert "months" not in known


def test_a_purpose_implies_a_fact_and_some_facts_are_asked_only_for_a_purpose() -> None:
    law = small_law(SECRET)
    planning, control = ask(law).case.known, ask(law, purpose="control").case.known
    assert (planning["joint"], control["joint"]) == (True, False)
    assert (planning["ready"], control["ready"]) == (False, "unknown")


def test_a_category_implies_a_fact_unless_it_is_stated() -> None:
    law = small_law(SECRET)
    assert ask(law, categories=[TIP]).case.known["tip_giver"] is True
    assert ask(law, categories=["wages"]).case.known["tip_giver"] is False
    stated = ask(law, categories=[TIP], facts={"tip_giver": False})
    assert stated.case.known["tip_giver"] is False


SCALES = (
    {"act": "1962:700/9:3", "grade": "gross", "prison": True, "min_months": 6},
    {"act": "1962:700/9:1", "prison": True, "min_months": 0},
    {"act": "1962:700/9:1", "grade": "minor", "prison": False, "min_months": 0},
    {"act": "1971:69/2", "prison": True, "min_months": 3, "to": "2023-12-31"},
    {"act": "1971:69/2", "prison": True, "min_months": 4, "from": "2024-01-01"},
)


@pytest.mark.parametrize(
    ("crime", "prison", "months"),
    [
        ({"act": "1962:700/9:1"}, True, 0),
        ({"act": "1962:700/9:1 st2"}, True, 0),
        ({"act": "1962:700/9:1", "grade": "minor"}, False, 0),
        ({"act": "1962:700/9:3", "grade": "gross"}, True, 6),
        ({"act": "1962:700/9:3"}, "unknown", "unknown"),
        ({"act": "1971:69/2"}, True, 4),
        ({"act": "unknown"}, "unknown", "unknown"),
        ({}, "unknown", "unknown"),
        ({"act": "1962:700/9:1", "prison_in_scale": False, "min_months": 2}, False, 2),
    ],
)
def test_an_offence_tells_its_penalty_scale_unless_it_is_stated(
    crime: dict[str, Any], prison: object, months: object
) -> None:
    law = small_law(SECRET, offences=SCALES)
    known = ask(law, facts={**MET, "crime": crime}).case.known
    assert (known["crime.prison_in_scale"], known["crime.min_months"]) == (prison, months)


def test_a_penalty_scale_holds_on_its_days() -> None:
    law = small_law(SECRET, offences=SCALES)
    before = ask(law, on="2023-12-31", facts={**MET, "crime": {"act": "1971:69/2"}})
    assert before.case.known["crime.min_months"] == 3


def test_a_party_must_exist_on_the_day() -> None:
    law = small_law(SECRET)
    for day, exists in (("2024-01-31", False), ("2024-02-01", True), ("2025-01-01", False)):
        for field in ("giver", "receiver"):
            if exists:
                assert ask(law, on=day, **{field: "NEW"}).outcome == "must_not"
                continue
            with pytest.raises(FieldError) as refused:
                ask(law, on=day, **{field: "NEW"})
            assert refused.value.field == field
            assert refused.value.said.en == f"NEW does not exist on {day}; change the day"
            assert refused.value.said.sv == f"NEW finns inte {day}; ändra dagen"


# --- secrecy -----------------------------------------------------------------------------------


def held(answer: Answer) -> list[str]:
    return [one.text for one in answer.case.secrecy]


def test_stated_secrecy_gets_its_strength_from_the_rulebook() -> None:
    law = small_law(
        secrecy("21:1", strength="reverse", follows="2009:400/21:2"),
        secrecy("21:1 st2", strength="absolute"),
    )
    section, paragraph, other, unknown = ask(
        law, secrecy=[f"2009:400/{place}" for place in ("21:1", "21:1 st2", "21:1 st3", "25:7")]
    ).case.secrecy
    assert section == Secrecy(
        "2009:400/21:1", Citation.parse("2009:400/21:1"), False, "reverse", "2009:400/21:2"
    )
    assert (paragraph.strength, paragraph.follows) == ("absolute", None)
    assert (other.strength, other.text) == ("reverse", "2009:400/21:1 st3")
    assert unknown == Secrecy("2009:400/25:7", Citation.parse("2009:400/25:7"), False, None)
    assert [one.absolute for one in (section, paragraph, unknown)] == [False, True, False]


def test_the_letter_of_a_chapter_does_not_change_whom_it_protects() -> None:
    kinds = ask(small_law(), secrecy=["2009:400/20h:1", "2009:400/21a:1"]).case.secrecy
    assert [one.public for one in kinds] == [True, False]


def test_a_paragraph_made_for_the_item_goes_before_the_section() -> None:
    law = small_law(
        secrecy("21:1", strength="absolute", items={"categories": ["wages"]}),
        secrecy("21:2 st2", items={"categories": ["wages"]}),
        secrecy("21:1 st2", items={"categories": ["wages"]}),
        secrecy("21:1 st3", strength="reverse", items={"categories": [TIP]}),
        secrecy("21:1 st4", strength="qualified_straight"),
    )
    assert ask(law).case.secrecy[0].strength == "absolute"
    assert ask(law, categories=["wages"]).case.secrecy[0].strength == "straight"
    assert ask(law, categories=[TIP]).case.secrecy[0].strength == "reverse"
    told = ask(law, facts={**MET, "tip_giver": True})
    assert told.case.secrecy[0].strength == "reverse"
    stated = ask(law, categories=["wages"], secrecy=["2009:400/21:1 st3"])
    assert stated.case.secrecy[0].strength == "reverse"


def test_secrecy_that_does_not_hold_that_day_is_refused_by_name() -> None:
    law = small_law(
        secrecy("21:1", days=("2024-01-01", "open")),
        secrecy("21:2", days=("2024-01-01", "open"), rule="s"),
        secrecy("21:2", days=("2020-01-01", "2023-12-31"), rule="s"),
    )
    assert held(ask(law, on="2024-01-01")) == ["2009:400/21:1"]
    assert held(ask(law, on="2023-12-31", secrecy=["2009:400/21:2"])) == ["2009:400/21:2"]
    assert held(ask(law, on="2023-12-31", secrecy=["2009:400/21:3"])) == ["2009:400/21:3"]
    with pytest.raises(FieldError) as refused:
        ask(law, on="2023-12-31")
    assert refused.value.field == "secrecy"
    assert refused.value.said == Text(
        sv="2009:400/21:1 gäller inte 2023-12-31; ta bort den eller ändra dagen",
        en="2009:400/21:1 does not hold on 2023-12-31; leave it out or change the day",
    )


def test_proposed_secrecy_covers_the_item_at_this_giver() -> None:
    law = small_law(
        secrecy("21:1"),
        secrecy("21:2", usual=False),
        secrecy("21:3", givers={"codes": ["C"]}),
        secrecy("21:4", givers={"codes": ["A"], "activities": ["desk"]}),
        secrecy("21:5", items={"categories": ["wages"]}),
        secrecy("21:6", items={"except_categories": ["wages"]}),
        secrecy("21:7", items={"marks": ["child", "victim"]}),
        secrecy("21:8", items={"subjects": ["company"]}),
        secrecy("21:9", days=("2020-01-01", "2023-12-31")),
    )

    def proposed(**changes: Any) -> list[str]:
        answer = ask(law, **{"secrecy": None, **changes})
        return [text.split(":")[-1] for text in held(answer)]

    assert proposed() == ["1", "4", "6"]
    assert proposed(activity="field") == ["1", "6"]
    assert proposed(giver="C", activity=None) == ["1", "3", "6"]
    assert proposed(categories=["wages"]) == ["1", "4", "5"]
    assert proposed(categories=[TIP]) == ["1", "4", "6"]
    assert proposed(subject={"kind": "person", "victim": True}) == ["1", "4", "6", "7"]
    assert proposed(subject={"kind": "person", "protected": True}) == ["1", "4", "6"]
    assert proposed(subject={"kind": "company"}) == ["1", "4", "6", "8"]
    assert proposed(on="2023-12-31") == ["1", "4", "6", "9"]
    unknown = ask(law, secrecy=None, subject={})
    assert assumed(unknown) == [{"subject.kind": "person"}, {"subject.kind": "company"}]
    assert [len(one.verdict.left) for one in unknown.possible] == [3, 4]


OWN = secrecy(
    "28:15", givers={"codes": ["A"], "activities": ["desk"]}, items={"subjects": ["company"]}
)
AT_SOURCE = (
    secrecy("27:1", givers={"codes": ["C"], "activities": ["field"]}),
    secrecy("22:2", givers={"codes": ["C"]}, items={"marks": ["protected"]}),
    secrecy("27:3", givers={"codes": ["C"]}, items={"categories": ["wages"]}),
    secrecy("27:4", givers={"codes": ["C"]}, usual=False),
    secrecy("27:5", givers={"codes": ["B"]}),
)


def followed(law: Rulebook, source: str = "C", **changes: Any) -> list[str]:
    facts = {**MET, "received_from": source}
    answer = ask(law, **{"secrecy": None, "facts": facts, **changes})
    return [text.split("/")[-1] for text in held(answer)]


def test_secrecy_follows_an_item_to_a_giver_without_secrecy_of_its_own() -> None:
    law = small_law(OWN, *AT_SOURCE, TRANSFERS[0], TRANSFERS[2])
    assert followed(law) == ["27:1"]
    assert followed(law, subject={"kind": "company"}) == ["28:15"]
    protected = {"kind": "person", "protected": True}
    assert followed(law, subject=protected) == ["22:2", "27:1"]
    assert followed(law, subject={**protected, "kind": "company"}) == ["28:15", "22:2"]
    assert followed(law, activity="field") == []
    assert followed(law, activity="field", subject=protected) == ["22:2"]
    assert followed(law, giver="B", receiver="A", activity=None) == ["27:5"]
    assert followed(law, source="unknown") == []
    assert followed(law, facts=MET) == []
    assert followed(law, source="B") == ["27:5"]


def test_the_general_protection_of_chapter_21_is_no_secrecy_of_ones_own() -> None:
    law = small_law(secrecy("21:1"), *AT_SOURCE, TRANSFERS[2])
    assert followed(law) == ["21:1", "27:1"]


def test_only_secrecy_that_the_source_has_as_a_giver_follows() -> None:
    round_ = {"givers": {"circle": "round"}}
    for acts_as, follows in (("giver", ["27:1"]), ("receiver", [])):
        circles = [{"code": "round", "members": [{"agency": "C", "acts_as": acts_as}]}]
        law = small_law(secrecy("27:1", **round_), TRANSFERS[1], circles=circles)
        assert followed(law) == follows


def test_a_transfer_without_a_stretch_carries_everything_once() -> None:
    law = small_law(OWN, *AT_SOURCE, TRANSFERS[1], TRANSFERS[2])
    assert followed(law) == ["27:1"]
    assert followed(law, subject={"kind": "company"}) == ["28:15", "27:1"]


def test_an_item_kind_tells_its_categories_unless_they_are_stated() -> None:
    law = small_law(SECRET)
    assert ask(law, categories=None).case.categories == frozenset()
    assert ask(law, categories=["wages"]).case.categories == {"wages"}


# --- secrecy that the rulebook does not propose ------------------------------------------------


def test_where_nothing_of_the_giver_s_own_is_proposed_somebody_is_asked_first() -> None:
    law = small_law(secrecy("21:1"), OWN, breaking("2020:1/1", when={"urgent": True}))
    urgent = {**MET, "urgent": True}
    firm = {"kind": "company"}
    assert assumed(ask(law, secrecy=None, subject=firm, facts=urgent)) == [{}]
    person = ask(law, secrecy=None, facts=urgent)
    assert assumed(person) == [{"other_secrecy": True}, {"other_secrecy": False}]
    assert outcomes(person) == ["must_not", "may"]
    assert said(person) == ("must_not", "none", False, None, ())
    assert person.verdict.branch == "unlisted"
    assert held(person) == ["2009:400/21:1"]
    assert person.excluded_by == ()
    assert any("no other secrecy holds" in step.text.en for step in person.steps)
    assert assumed(ask(law, secrecy=None)) == [{}]  # closed anyway
    stated = ask(law, secrecy=["2009:400/21:1"], facts=urgent)
    assert assumed(stated) == assumed(ask(law, secrecy=[], facts=urgent)) == [{}]


def test_a_weighing_in_favour_does_not_open_what_other_secrecy_may_close() -> None:
    law = small_law(secrecy("21:1"), breaking("2020:1/1", test="extraordinary_reasons"))
    weighed = ask(law, secrecy=None, facts={**MET, "weighing_outcome": "for"})
    assert outcomes(weighed) == ["must_not", "may"]


def test_what_the_giver_s_own_provision_leaves_out_opens_no_question() -> None:
    own = secrecy(
        "27:1",
        givers={"codes": ["A"], "activities": ["desk"]},
        items={"except_categories": ["wages"]},
    )
    law = small_law(own)
    assert outcomes(ask(law, secrecy=None, categories=["wages"], facts={})) == ["public"]
    elsewhere = ask(law, secrecy=None, categories=["wages"], activity="field")
    assert outcomes(elsewhere) == ["must_not", "public"]
    everywhere = small_law(secrecy("21:1", items={"except_categories": ["wages"]}))
    answer = ask(everywhere, secrecy=None, categories=["wages"])
    assert outcomes(answer) == ["must_not", "public"]


def test_an_item_from_an_agency_nobody_knows_may_have_brought_secrecy_along() -> None:
    facts = {"harm": "not_met", "received_from": "unknown"}
    answer = ask(small_law(OWN), secrecy=None, subject={"kind": "company"}, facts=facts)
    assert assumed(answer) == [{"other_secrecy": True}, {"other_secrecy": False}]


def test_where_the_law_is_read_to_leave_a_subject_open_nothing_is_asked() -> None:
    law = small_law()
    read = {"unprotected": ("company",)}
    codes = law.content.vocabularies["activities"]
    desk = next(code for code, _ in codes if code.code == "desk")
    open_desk = msgspec.structs.replace(desk, **read)
    law.content.vocabularies["activities"] = [
        (open_desk if code is desk else code, origin) for code, origin in codes
    ]
    law = Rulebook(law.content, "read")
    firm = {"kind": "company"}
    assert outcomes(ask(law, secrecy=None, subject=firm)) == ["public"]
    assert outcomes(ask(law, secrecy=None, subject=firm, activity="field")) == [
        "must_not",
        "public",
    ]
    assert outcomes(ask(law, secrecy=None)) == ["must_not", "public"]
    assert assumed(ask(law, secrecy=None, subject=firm, activity=None)) == [
        {"activity": "desk"},
        {"activity": "elsewhere", "other_secrecy": True},
        {"activity": "elsewhere", "other_secrecy": False},
    ]
    unknown = ask(law, secrecy=None, subject={})
    assert assumed(unknown) == [
        {"subject.kind": "person", "other_secrecy": True},
        {"subject.kind": "person", "other_secrecy": False},
        {"subject.kind": "company"},
    ]


def test_a_tip_giver_nobody_knows_of_may_make_the_secrecy_absolute() -> None:
    law = small_law(
        secrecy("21:1"), secrecy("21:1 st2", strength="absolute", items={"categories": [TIP]})
    )
    facts = {"harm": "not_met", "tip_giver": "unknown"}
    answer = ask(law, facts=facts)
    assert assumed(answer) == [{"tip_giver": True}, {"tip_giver": False}]
    assert outcomes(answer) == ["must_not", "public"]
    plain = small_law(secrecy("21:1"))
    assert assumed(ask(plain, facts=facts)) == [{}]
