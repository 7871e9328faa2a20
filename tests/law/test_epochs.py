"""Which rules hold on a day, whom they concern, and what the law says in a window of days."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from samsyn.kernel.citations import Citation
from samsyn.law import schema
from samsyn.law.epochs import Epoch, change_days
from samsyn.law.loading import packaged_folder, read_content
from tests.law.test_interpreter import (
    AUTHORITIES,
    BOTH,
    OTHER_SECRET,
    SECRET,
    WORDS,
    ask,
    assumed,
    block,
    breaking,
    outcomes,
    secrecy,
    small_law,
)

WINDOW = "unknown between 2024-03-01 and 2024-06-01"


# --- days --------------------------------------------------------------------------------------


def test_a_rule_opens_from_its_first_day_to_its_last() -> None:
    law = small_law(SECRET, breaking("2020:1/1", days=("2024-02-01", "2024-03-31")))
    for day, opened in (("01-31", False), ("02-01", True), ("03-31", True), ("04-01", False)):
        assert (ask(law, on=f"2024-{day}").outcome == "may") is opened


def test_everything_dated_changes_with_the_days() -> None:
    days = ("2024-02-01", "open")
    lock = block("lock", "2009:400/21:9", days, secrecy=["21:1"])
    exception = block("exception", "2009:400/21:8", days, takes_out_of=["2009:400/21:1"],
                      givers=AUTHORITIES, items={"categories": ["wages"]})  # fmt: skip
    transfer = block("transfer", "2009:400/11:1", days, receivers=AUTHORITIES,
                     unless_primary="2009:400/11:8")  # fmt: skip
    law = small_law(SECRET, breaking("2020:1/1"), lock, exception, transfer)
    before, after = {"on": "2024-01-31"}, {"on": "2024-02-01"}
    assert (ask(law, **before).outcome, ask(law, **after).outcome) == ("may", "must_not")
    wages = {"categories": ["wages"]}
    assert ask(law, **before, **wages).outcome == "may"
    assert ask(law, **after, **wages).outcome == "public"
    got = {"secrecy": [], "facts": {"received_from": "C"}}
    assert ask(law, **before, **got).grounds[0] == "2009:400/7:2"
    assert ask(law, **after, **got).grounds[0] == "2009:400/11:1"


def test_an_epoch_lasts_until_the_next_change() -> None:
    law = small_law(SECRET, breaking("2020:1/1", days=("2024-02-01", "2024-03-31")))
    epoch = law.epoch(date(2024, 3, 31))
    assert (epoch.start, epoch.after) == (date(2024, 2, 1), date(2024, 4, 1))
    assert law.epoch(date(2025, 1, 1)).after == date.max


def test_change_days_are_those_of_blocks_circles_offences_and_agencies_in_order() -> None:
    law = small_law(
        breaking("2020:1/1", days=("2024-02-01", "2024-03-31")),
        circles=[{"code": "round", "members": [{"agency": "A", "from": "2023-05-01"}]}],
        offences=[{"act": "1971:69/2", "prison": True, "min_months": 0, "from": "2022-07-01"}],
    )
    assert change_days(law.content) == [
        date(2020, 1, 1),
        date(2022, 7, 1),
        date(2023, 5, 1),
        date(2024, 2, 1),
        date(2024, 4, 1),
        date(2025, 1, 1),
    ]


# --- windows of days ---------------------------------------------------------------------------


def test_in_a_window_the_new_rule_may_hold_or_not() -> None:
    law = small_law(SECRET, breaking("2020:1/1", days=(WINDOW, "open"), rule="new"))
    assert assumed(ask(law, on="2024-02-29")) == [{}]
    inside = ask(law, on="2024-05-31")
    assert assumed(inside) == [{"amended:new": True}, {"amended:new": False}]
    assert outcomes(inside) == ["may", "must_not"]
    assert outcomes(ask(law, on="2024-06-01")) == ["may"]


def test_in_a_window_either_the_old_wording_holds_or_the_new_one() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", days=("2020-01-01", WINDOW), rule="r", force="duty"),
        breaking("2020:1/2", days=(WINDOW, "open"), rule="r"),
    )
    inside = ask(law, on="2024-03-01")
    assert assumed(inside) == [{"amended:r": True}, {"amended:r": False}]
    assert [one.verdict.grounds for one in inside.possible] == [("2020:1/2",), ("2020:1/1",)]
    assert ask(law, on="2024-02-29").grounds == ("2020:1/1",)
    assert ask(law, on="2024-06-01").grounds == ("2020:1/2",)


def test_an_old_rule_that_ends_in_a_window_is_not_the_new_wording() -> None:
    law = small_law(SECRET, breaking("2020:1/1", days=("2020-01-01", WINDOW), rule="old"))
    inside = ask(law, on="2024-03-01")
    assert assumed(inside) == [{"amended:old": True}, {"amended:old": False}]
    assert outcomes(inside) == ["must_not", "may"]


def test_where_both_ends_are_uncertain_a_rule_that_has_begun_may_only_have_ended() -> None:
    ends = "unknown between 2024-05-01 and 2024-09-01"
    law = small_law(SECRET, breaking("2020:1/1", days=(WINDOW, ends), rule="short"))
    assert outcomes(ask(law, on="2024-05-31")) == ["may", "must_not"]
    assert outcomes(ask(law, on="2024-06-01")) == ["must_not", "may"]


# --- parties -----------------------------------------------------------------------------------


def circle(*members: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"code": "round", "members": members}]


ROUND = {"circle": "round"}


@pytest.mark.parametrize(
    ("member", "gives", "gets"),
    [
        ({"agency": "A"}, True, False),
        ({"agency": "A", "acts_as": "giver"}, True, False),
        ({"agency": "A", "acts_as": "receiver"}, False, False),
        ({"agency": "B"}, False, True),
        ({"agency": "B", "acts_as": "receiver"}, False, True),
        ({"agency": "B", "acts_as": "giver"}, False, False),
        ({"agency": "A", "activities": ["desk"]}, True, False),
        ({"agency": "A", "activities": ["field"]}, False, False),
        ({"agency": "A", "except_activities": ["desk"]}, False, False),
        ({"agency": "A", "functions": ["courts"]}, True, False),
        ({"agency": "B", "functions": ["checks"]}, False, True),
        ({"agency": "B", "functions": ["courts"]}, False, False),
        ({"agency": "B", "activities": ["field"], "except_activities": ["checks"]}, False, True),
        ({"agency": "A", "to": "2024-04-30"}, False, False),
        ({"agency": "A", "from": "2024-05-02"}, False, False),
    ],
)
def test_a_circle_holds_its_members_in_their_roles_places_and_days(
    member: dict[str, Any], gives: bool, gets: bool
) -> None:
    giving = small_law(SECRET, breaking("2020:1/1", givers=ROUND), circles=circle(member))
    assert (ask(giving).outcome == "may") is gives
    getting = small_law(SECRET, breaking("2020:1/1", receivers=ROUND), circles=circle(member))
    assert (ask(getting).outcome == "may") is gets


def test_a_member_may_stand_in_a_circle_more_than_once_behind_some_who_left() -> None:
    members = circle(
        {"agency": "A", "activities": ["archive"], "to": "2023-12-31"},
        {"agency": "B", "acts_as": "receiver"},
        {"agency": "C"},
        {"agency": "A", "activities": ["field"]},
        {"agency": "A", "activities": ["desk"]},
    )
    law = small_law(SECRET, breaking("2020:1/1", givers=ROUND), circles=members)
    for activity, inside in (("desk", True), ("field", True), ("archive", False)):
        assert (ask(law, activity=activity).outcome == "may") is inside
    assert ask(law, giver="C").outcome == "may"


def test_a_rule_narrows_the_circle_it_names() -> None:
    members = circle(
        {"agency": "A", "activities": ["desk", "field"]},
        {"agency": "C", "except_activities": ["archive"]},
    )
    for limits, giver, activity, inside in (
        ({"except_codes": ["A"]}, "A", "desk", False),
        ({"except_codes": ["A"]}, "C", "desk", True),
        ({"activities": ["desk", "archive"]}, "A", "desk", True),
        ({"activities": ["desk", "archive"]}, "A", "field", False),
        ({"activities": ["desk", "archive"]}, "A", "archive", False),
        ({"activities": ["desk"]}, "C", "desk", True),
        ({"activities": ["desk"]}, "C", "field", False),
        ({"except_activities": ["desk"]}, "A", "desk", False),
        ({"except_activities": ["desk"]}, "A", "field", True),
        ({"except_activities": ["desk"]}, "C", "field", True),
        ({"except_activities": ["desk"]}, "C", "desk", False),
        ({"except_activities": ["desk"]}, "C", "archive", False),
        ({"functions": ["courts"]}, "A", "desk", True),
    ):
        rule = breaking("2020:1/1", givers={**ROUND, **limits})
        law = small_law(SECRET, rule, circles=members)
        answer = ask(law, giver=giver, activity=activity)
        assert (answer.outcome == "may") is inside, (limits, giver, activity)


def test_in_a_window_a_member_may_have_joined_or_not() -> None:
    law = small_law(
        SECRET,
        breaking("2020:1/1", givers=ROUND),
        circles=circle({"agency": "A", "from": WINDOW}),
    )
    inside = ask(law)
    assert assumed(inside) == [{"member:round:A": True}, {"member:round:A": False}]
    assert outcomes(inside) == ["may", "must_not"]
    assert assumed(ask(law, on="2024-06-01")) == [{}]


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        ("authority", ("B", "FUND"), ("FIRM", "SELF", "ABROAD")),
        ("private", ("FIRM", "SELF", "REPORTED"), ("B", "FUND", "ABROAD")),
        ("foreign", ("ABROAD",), ("B", "FUND", "FIRM")),
        ("anyone", ("B", "FUND", "FIRM", "ABROAD"), ()),
    ],
)
def test_kinds_of_bodies(kind: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    law = small_law(breaking("2020:1/1", receivers={"any": kind}))
    (rule,) = law.epoch(date(2024, 5, 1)).rules
    assert all(code in rule.receivers for code in inside)
    assert not any(code in rule.receivers for code in outside)


# --- order -------------------------------------------------------------------------------------


def test_rules_are_tried_by_hurdle_then_the_more_special_first_then_as_written() -> None:
    anyone: dict[str, Any] = {}
    named = {"givers": {"codes": ["A"]}}
    items = {"items": {"categories": ["wages"]}}
    law = small_law(
        breaking("2020:1/1", test="extraordinary_reasons", **named, **items),
        breaking("2020:1/2", **anyone),
        breaking("2020:1/3", **items),
        breaking("2020:1/4", **named),
        breaking("2020:1/5", **named, **items),
        breaking("2020:1/6", **anyone),
    )
    order = [rule.cite.split("/")[1] for rule in law.epoch(date(2024, 5, 1)).rules]
    assert order == ["5", "4", "3", "2", "6", "1"]
    answer = ask(small_law(SECRET, breaking("2020:1/2"), breaking("2020:1/4", **named)))
    assert answer.grounds == ("2020:1/4",)


def test_a_rule_that_has_ended_is_kept_for_the_record_unless_a_later_wording_holds() -> None:
    past = ("2020-01-01", "2023-12-31")
    law = small_law(
        breaking("2020:1/1", days=past, rule="ended"),
        breaking("2020:1/2", days=past, rule="reworded"),
        breaking("2020:1/3", days=("2024-01-01", "open"), rule="reworded"),
        breaking("2020:1/4", days=("2025-01-01", "open"), rule="to come"),
        breaking("2020:1/5", days=("2020-01-01", "2021-12-31"), rule="twice"),
        breaking("2020:1/6", days=("2022-01-01", "2023-12-31"), rule="twice"),
    )
    kept = {rule.cite: rule.in_force for rule in law.epoch(date(2024, 5, 1)).rules}
    assert kept == {"2020:1/1": False, "2020:1/3": True, "2020:1/6": False}


def test_on_its_first_day_out_of_force_a_rule_is_past() -> None:
    law = small_law(breaking("2020:1/1", days=("2020-01-01", "2023-12-31")))
    (rule,) = law.epoch(date(2024, 1, 1)).rules
    assert not rule.in_force
    answer = ask(small_law(SECRET, breaking("2020:1/1", days=("2020-01-01", "2023-12-31"))))
    assert answer.outcome == "must_not"


def test_a_place_in_the_secrecy_act_is_shut_only_by_a_lock_of_that_act() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], shuts=["10 kap."])
    (built,) = small_law(lock).epoch(date(2024, 5, 1)).locks
    assert built.shuts_out_place(Citation.parse("2009:400/10:2"))
    assert not built.shuts_out_place(Citation.parse("2009:400/11:2"))
    assert not built.shuts_out_place(Citation.parse("1949:105/10:2"))


def test_locks_are_found_by_the_provision_they_cover() -> None:
    first = block("lock", "2009:400/21:8", secrecy=["21:1"])
    second = block("lock", "2009:400/21:9", secrecy=["21:1-3"])
    law = small_law(SECRET, secrecy("21:3"), first, second)
    answer = ask(law, secrecy=["2009:400/21:3"])
    assert [held.block.cite for held in answer.verdict.locks] == ["2009:400/21:9"]
    both = ask(law)
    assert [held.block.cite for held in both.verdict.locks] == ["2009:400/21:8", "2009:400/21:9"]


def test_a_lock_holds_only_for_the_provisions_it_covers() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"])
    law = small_law(SECRET, OTHER_SECRET, lock)
    (built,) = law.epoch(date(2024, 5, 1)).locks
    case = ask(law, **BOTH).case
    assert [built.holds(one, case) for one in case.secrecy] == [True, False]


def test_every_kind_of_block_is_at_hand_on_its_days() -> None:
    days = ("2024-02-01", "2024-03-31")
    blocks = (
        secrecy("21:1", days=days),
        block("exception", "2020:1/1", days, takes_out_of=["2009:400/21:1"], givers=AUTHORITIES,
              items={}),
        block("transfer", "2020:1/2", days, receivers=AUTHORITIES),
        block("limit", "2020:1/3", days, secrecy=["21:1"], against=WORDS),
        block("note", "2020:1/4", days),
        block("protection", "2020:1/5", days, givers=AUTHORITIES, advice=WORDS),
        block("record", "2020:1/6", days, write=WORDS),
        block("data_protection", "2020:1/7", days, regime="gdpr", side="both",
              parties=AUTHORITIES, note=WORDS),
    )  # fmt: skip
    law = small_law(*blocks)
    inside, after = law.epoch(date(2024, 2, 1)), law.epoch(date(2024, 4, 1))
    for number, name in enumerate(
        "secrecy exceptions transfers limits notes protections records data_protection".split()
    ):
        assert getattr(inside, name) == [blocks[number]]
        assert getattr(after, name) == []


def test_giver_and_receiver_are_looked_for_in_places_of_their_own() -> None:
    parties = {"codes": ["A"], "activities": ["desk"], "functions": ["checks"]}
    both = block("data_protection", "2020:1/1", regime="gdpr", side="both", parties=parties,
                 note=WORDS)  # fmt: skip
    epoch = small_law(both).epoch(date(2024, 5, 1))
    for side, place, other in (("giver", "desk", "checks"), ("receiver", "checks", "desk")):
        assert epoch.is_party(both.parties, "A", place, side)
        assert not epoch.is_party(both.parties, "A", other, side)
        assert not epoch.is_party(both.parties, "B", place, side)
        assert not epoch.is_party(both.parties, "A", None, side)
    excepted = block("data_protection", "2020:1/1", regime="gdpr", side="giver", note=WORDS,
                     parties={"codes": ["A"], "except_activities": ["field"]})  # fmt: skip
    epoch = small_law(excepted).epoch(date(2024, 5, 1))
    inside = [epoch.is_party(excepted.parties, "A", place, "giver") for place in ("desk", "field")]
    assert inside == [True, False]
    assert epoch.is_party(excepted.parties, "A", None, "giver")


def test_who_is_inside_a_circle_hangs_on_no_order_of_its_members() -> None:
    content = read_content(packaged_folder())
    turned = read_content(packaged_folder())
    turned.circles = [
        (msgspec.structs.replace(circle, members=circle.members[::-1]), origin)
        for circle, origin in turned.circles
    ]
    for day in (date(2016, 9, 1), date(2024, 7, 1), date(2026, 1, 1)):
        for circle, _ in content.circles:
            parties = schema.Parties(circle=circle.code)
            for side in ("giver", "receiver"):
                there = Epoch(content, day, day).admitted(parties, side)
                turned_there = Epoch(turned, day, day).admitted(parties, side)
                assert {code: set(places) for code, places in there.items()} == {
                    code: set(places) for code, places in turned_there.items()
                }


def test_a_rule_may_narrow_a_circle_but_not_widen_a_membership() -> None:
    parties = schema.Parties(circle="child_report", activities=("social_services",))
    day = date(2024, 7, 1)
    (place,) = Epoch(read_content(packaged_folder()), day, day).admitted(parties, "giver")["KOMMUN"]
    assert place.only == frozenset()
