"""What is named as standing in the way: locks, limits, tests and rules that nearly applied."""

from __future__ import annotations

from typing import Any

import pytest

from tests.law.test_interpreter import (
    ABSOLUTE,
    BOTH,
    OTHER_SECRET,
    REQUEST,
    SECRET,
    ask,
    block,
    breaking,
    small_law,
)

DUTY = {"force": "duty"}
WEIGHED = {"test": "overriding_reasons_against"}
SECRECY = ("2009:400/21:1",)
ROUND = {"circle": "round"}
MEMBERS = [
    {"code": "round", "members": [{"agency": "C"}]},
    {"code": "ring", "members": [{"agency": "B", "functions": ["courts"]}]},
]
PAST = ("2020-01-01", "2023-12-31")


def missed(*blocks: Any, **changes: Any) -> tuple[str, ...]:
    """What is named for the question of the small law."""
    return ask(small_law(SECRET, OTHER_SECRET, *blocks, circles=MEMBERS), **changes).excluded_by


# --- what refuses ------------------------------------------------------------------------------


def test_a_weighing_against_names_the_limits_that_touch_the_secrecy_or_else_the_tests() -> None:
    def limit(cite: str, secrecy: str) -> Any:
        words = {"sv": "emot", "en": "against"}
        return block("limit", cite, secrecy=[secrecy], against=words)

    against = {"facts": {"harm": "met", "weighing_outcome": "against"}}
    rule = breaking("2020:1/1", test_cite="2020:1/1 st2", **WEIGHED)
    assert missed(rule, **against) == ("2020:1/1 st2",)
    assert missed(breaking("2020:1/1", **WEIGHED), **against) == ("2020:1/1",)
    limits = (limit("2021:1/1", "21:1 st1"), limit("2021:1/2", "21:2"), limit("2021:1/3", "21:1"))
    assert missed(rule, *limits, **against) == ("2021:1/1", "2021:1/3")


def test_a_weighing_against_names_only_rules_with_a_test_and_each_once() -> None:
    against = {"facts": {"harm": "met", "weighing_outcome": "against"}}
    free = breaking("2020:1/1", opens={"only": ["21:1"]})
    tests = {"test_cite": "2020:1/9", **WEIGHED}
    second = breaking("2020:1/2", opens={"only": ["21:3"]}, **tests)
    assert missed(free, second, **BOTH, **against) == ("2020:1/9",)
    first = breaking("2020:1/3", opens={"only": ["21:1"]}, **tests)
    assert missed(first, second, **BOTH, **against) == ("2020:1/9",)


def test_abroad_what_is_against_swedish_interests_is_named() -> None:
    facts = {"harm": "met", "compatible_with_swedish_interests": False}
    assert missed(receiver="ABROAD", facts=facts) == ("2009:400/8:3",)


def test_nothing_stands_in_the_way_of_what_is_not_secret_or_must_be_given() -> None:
    assert missed(breaking("2020:1/1", days=PAST, **DUTY), secrecy=[]) == ()
    past_duty = breaking("2020:1/1", days=PAST, **DUTY)
    assert missed(breaking("2020:1/2", **DUTY), past_duty) == ()


def test_a_lock_goes_before_everything_else() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], leaves=["2020:1/2"])
    past = breaking("2020:1/1", days=PAST)
    assert missed(lock, past) == ("2009:400/21:9",)
    assert missed(lock, breaking("2020:1/2"), breaking("2020:1/1", days=PAST, **DUTY)) == (
        "2020:1/1",
    )


def test_where_nothing_nearly_applied_the_secrecy_itself_is_named() -> None:
    assert missed() == SECRECY
    assert missed(**BOTH) == ("2009:400/21:1", "2009:400/21:3")


# --- near misses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        # one thing only
        ({"days": PAST}, "2020:1/1"),
        ({"days": PAST, "miss_cite": "2020:1/9"}, "2020:1/9"),
        ({**DUTY, "givers": {"codes": ["C"]}}, "2020:1/1"),
        ({**DUTY, "givers": {"codes": ["A"], "activities": ["field"]}}, "2020:1/1"),
        ({**DUTY, "receivers": ROUND}, "2020:1/1"),
        ({**DUTY, "receivers": {"circle": "ring"}}, "2020:1/1"),
        ({**DUTY, "initiative": "request"}, "2020:1/1"),
        # a permission only when its days are over
        ({"givers": {"codes": ["C"]}}, None),
        ({"receivers": ROUND}, None),
        ({"initiative": "request"}, None),
        # a rule made for somebody else
        ({**DUTY, "receivers": {"codes": ["C"]}}, None),
        # two things
        ({**DUTY, "days": PAST, "initiative": "request"}, None),
        ({**DUTY, "givers": {"codes": ["C"]}, "receivers": ROUND}, None),
        # another kind of item, another purpose, another secrecy
        ({"days": PAST, "items": {"categories": ["wages"]}}, None),
        ({"days": PAST, "purposes": ["control"]}, None),
        ({"days": PAST, "purposes": ["planning"]}, "2020:1/1"),
        ({"days": PAST, "opens": {"only": ["21:3"]}}, None),
        # its facts
        ({"days": PAST, "when": {"urgent": True}}, None),
        ({"days": PAST, "when": {"urgent": False}}, "2020:1/1"),
        ({"days": PAST, "points": [{"cite": "2020:1/1 p1", "purposes": ["control"]}]}, None),
        ({"days": PAST, "points": [{"cite": "2020:1/1 p1", "when": {"urgent": True}}]}, None),
        ({"days": PAST, "points": [{"cite": "2020:1/1 p1", "purposes": ["planning"]}]},
         "2020:1/1"),
        ({"days": PAST, "points": [{"cite": "2020:1/1 p1"}]}, "2020:1/1"),
        ({"days": PAST, "when": {"urgent": True}, "points": [{"cite": "2020:1/1 p1"}]}, None),
        # shut out by an excluding fact
        ({"unless": {"public_interest_harm": True}, "unless_cite": "2020:1/8"}, "2020:1/8"),
        ({"unless": {"public_interest_harm": True}}, None),
        ({"unless": {"public_interest_harm": True}, "unless_cite": "2020:1/8",
          "when": {"urgent": True}}, None),
        # it fits but does not reach the secrecy
        ({"opens": {"only": ["21:3"]}}, "2020:1/1"),
        ({"opens": {"only": ["21:3"]}, "miss_cite": "2020:1/9"}, "2020:1/9"),
        ({"opens": {"except": ["21:1"], "except_cite": "2020:1/7"}, "miss_cite": "2020:1/9"},
         "2020:1/7"),
        # it does not fit at all
        ({"when": {"urgent": True}}, None),
        ({"purposes": ["control"]}, None),
        ({"items": {"categories": ["wages"]}}, None),
    ],
)  # fmt: skip
def test_a_rule_is_named_when_one_thing_only_was_missing(
    rule: dict[str, Any], named: str | None
) -> None:
    assert missed(breaking("2020:1/1", **rule)) == ((named,) if named else SECRECY)


def test_a_place_nobody_stated_is_no_miss_but_an_excluded_one_is() -> None:
    giver = {"codes": ["A"], "activities": ["field"]}
    rule = breaking("2020:1/1", days=PAST, givers=giver)
    assert missed(rule, activity=None) == ("2020:1/1",)
    assert missed(rule) == SECRECY
    excluded = {"codes": ["A"], "except_activities": ["desk"]}
    assert missed(breaking("2020:1/1", givers=excluded, **DUTY)) == ("2020:1/1",)
    assert missed(breaking("2020:1/1", days=PAST, givers=excluded)) == SECRECY
    assert missed(breaking("2020:1/1", days=PAST, givers=excluded), activity="field") == (
        "2020:1/1",
    )


def test_what_depends_on_a_fact_that_stays_open_is_not_named() -> None:
    unknown = {"facts": {"harm": "met", "urgent": "unknown"}}
    assert missed(breaking("2020:1/1", days=PAST, when={"urgent": True}), **unknown) == SECRECY
    closed = {"opens": {"only": ["21:3"]}, "when": {"urgent": True}}
    assert missed(breaking("2020:1/1", **closed), **unknown) == SECRECY


def test_every_near_miss_is_named_once_in_the_order_of_the_rules() -> None:
    rules = (
        breaking("2020:1/1", days=PAST, **WEIGHED),
        breaking("2020:1/2", days=PAST, rule="a", miss_cite="2020:1/9"),
        breaking("2020:1/3", days=PAST, rule="b", miss_cite="2020:1/9"),
        breaking("2020:1/4", givers={"codes": ["C"]}),
        breaking("2020:1/5", givers={"codes": ["C"]}, **DUTY),
    )
    assert missed(*rules) == ("2020:1/5", "2020:1/9", "2020:1/1")


# --- only what would have been more open -------------------------------------------------------


@pytest.mark.parametrize(
    ("holding", "past", "named"),
    [
        # a permission without a weighing: only duties are more open
        ({}, {}, False),
        ({}, DUTY, True),
        # a duty with a weighing: only duties without one
        ({**DUTY, **WEIGHED}, DUTY, True),
        ({**DUTY, **WEIGHED}, {**DUTY, "test": "extraordinary_reasons"}, False),
        ({**DUTY, **WEIGHED}, {}, False),
        # a permission with a weighing: duties, and permissions with a lower hurdle
        (WEIGHED, {}, True),
        (WEIGHED, {"test": "extraordinary_reasons"}, True),
        (WEIGHED, WEIGHED, False),
        (WEIGHED, {"test": "obvious_priority_of_disclosure"}, False),
        (WEIGHED, {**DUTY, "test": "obvious_priority_of_disclosure"}, True),
    ],
)
def test_only_a_rule_that_would_have_been_more_open_is_named(
    holding: dict[str, Any], past: dict[str, Any], named: bool
) -> None:
    rules = (breaking("2020:1/1", **holding), breaking("2020:1/2", days=PAST, **past))
    assert missed(*rules) == (("2020:1/2",) if named else ())


def test_after_a_favourable_weighing_only_duties_would_be_more_open() -> None:
    favourable = {"facts": {"harm": "met", "weighing_outcome": "for"}}
    weighed = breaking("2020:1/1", **WEIGHED)
    assert missed(weighed, breaking("2020:1/2", days=PAST), **favourable) == ()
    assert missed(weighed, breaking("2020:1/2", days=PAST, **DUTY), **favourable) == ("2020:1/2",)


def test_a_rule_is_compared_with_the_hardest_test_of_the_answer() -> None:
    low = breaking("2020:1/1", opens={"only": ["21:1"]}, test="extraordinary_reasons")
    high = breaking("2020:1/2", opens={"only": ["21:3"]}, **WEIGHED)
    between = breaking("2020:1/3", days=PAST, test="clear_that_secrecy_prevails")
    assert "2020:1/3" in missed(low, high, between, **BOTH)
    assert "2020:1/2" not in missed(low, high, between, **BOTH)


def test_a_near_miss_must_have_opened_everything_that_is_left() -> None:
    rule = breaking("2020:1/1", days=PAST, opens={"only": ["21:1"]})
    assert missed(rule, **BOTH) == ("2009:400/21:1", "2009:400/21:3")
    law = small_law(SECRET, ABSOLUTE, breaking("2020:1/1", opens={"only": ["21:1"]}))
    both = ["2009:400/21:1", "2009:400/24:8"]
    assert ask(law, secrecy=both, **REQUEST).excluded_by == ("2020:1/1",)
