"""The order of the law, tried on a small law made up for the purpose.

Every rule of the small law stands in one test beside the question it is about, so that what decides
can be seen at once. Other tests of the evaluation borrow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from samsyn.kernel.text import Text
from samsyn.law import Answer, Rulebook, schema
from samsyn.law.interpreter import OUTCOMES, Verdict
from samsyn.law.loading import Content, Origin, Placed
from samsyn.law.schema import TESTS

TIP = "tip_giver_identity"
WORDS = {"sv": "på svenska", "en": "in English"}
NOWHERE = cast(Origin, None)
"""Nothing of the small law stands in a file."""
_AGENCIES: tuple[dict[str, Any], ...] = (
    {
        "code": "A",
        "kind": "authority",
        "branches": [
            {"code": "inner", "name": WORDS, "activities": ["desk"], "functions": ["checks"]},
            {"code": "outer", "name": WORDS, "activities": ["field"], "functions": ["courts"]},
        ],
    },
    {"code": "B", "kind": "authority"},
    {"code": "C", "kind": "authority"},
    {"code": "NEW", "kind": "authority", "from": "2024-02-01", "to": "2024-12-31"},
    {"code": "FUND", "kind": "private", "treated_as_authority": "2009:400/2:4"},
    {"code": "FIRM", "kind": "private"},
    {"code": "SELF", "kind": "private", "same_as": "subject"},
    {"code": "REPORTED", "kind": "private", "same_as": "reported"},
    {"code": "ABROAD", "kind": "foreign"},
)
_FACTS: tuple[dict[str, Any], ...] = (
    {"code": "harm", "type": "choice", "choices": ["met", "not_met"], "unstated": "ask"},
    {"code": "public_interest_harm", "type": "bool", "unstated": "true"},
    {"code": "tip_giver", "type": "bool", "implied_by_categories": [TIP]},
    {"code": "urgent", "type": "bool"},
    {"code": "danger", "type": "bool"},
    {"code": "joint", "type": "bool", "implied_by_purposes": ["planning"]},
    {"code": "ready", "type": "bool", "unstated": "ask", "asked_for_purposes": ["control"]},
    {"code": "colour", "type": "choice", "choices": ["red", "blue", "green"]},
    {"code": "months", "type": "int"},
    {"code": "deed", "type": "act"},
    {"code": "crime.act", "type": "act"},
    {"code": "crime.grade", "type": "choice", "choices": ["normal", "minor", "gross"]},
    {"code": "crime.prison_in_scale", "type": "bool", "unstated": "ask"},
    {"code": "crime.min_months", "type": "int", "unstated": "ask"},
    {"code": "received_from", "type": "agency"},
    {"code": "weighing_outcome", "type": "choice", "choices": ["for", "against"]},
    {"code": "reservation_removes_harm", "type": "bool"},
    {"code": "compatible_with_swedish_interests", "type": "bool", "unstated": "ask"},
)
_WORDS = {
    "purposes": ("control", "planning", "party_access"),
    "activities": ("desk", "field", "archive"),
    "functions": ("checks", "courts", "store"),
    "marks": ("victim", "child", "protected"),
}
QUESTION: dict[str, Any] = {
    "on": "2024-05-01",
    "giver": "A",
    "activity": "desk",
    "receiver": "B",
    "receiver_function": "checks",
    "purpose": "planning",
    "initiative": "own",
    "categories": [],
    "subject": {"kind": "person"},
    "secrecy": ["2009:400/21:1"],
    "facts": {"harm": "met"},
}
ANYONE = {"any": "anyone"}
AUTHORITIES = {"any": "authority"}


def block(
    kind: str, cite: str, days: tuple[str, str] = ("2020-01-01", "open"), **fields: Any
) -> Any:
    """A block of the small law, its fields named as in the files."""
    stated = {
        "kind": kind,
        "rule": f"{kind}-{cite}",
        "cite": cite,
        "from": days[0],
        "to": days[1],
        "title": WORDS,
        "summary": WORDS,
        "source": {"text": "made up"},
        "review": "draft",
        **fields,
    }
    return msgspec.convert(stated, schema.AnyBlock)


def secrecy(section: str, **fields: Any) -> Any:
    """Secrecy of the small law, with a straight harm test at every authority."""
    usual = {"strength": "straight", "protects": "individual", "interest": WORDS}
    return block("secrecy", f"2009:400/{section}", **{**usual, "givers": AUTHORITIES, **fields})


def breaking(cite: str, **fields: Any) -> Any:
    """A breaking rule of the small law: a permission from any authority to anyone."""
    usual = {"code": "X", "force": "permission", "initiative": "both"}
    return block(
        "breaking", cite, **{**usual, "givers": AUTHORITIES, "receivers": ANYONE, **fields}
    )


def small_law(
    *blocks: Any,
    circles: Iterable[Mapping[str, Any]] = (),
    offences: Iterable[Mapping[str, Any]] = (),
) -> Rulebook:
    """A rulebook of these blocks between the agencies above."""
    head = schema.Head(
        jurisdiction="xx",
        version="1",
        covers_from="2022-01-01",
        read_until="2026-01-01",
        title=Text(**WORDS),
    )
    content = Content(Path("nowhere"), head)
    act = cast(schema.ActHead, None)
    content.blocks = [Placed(act, one, NOWHERE) for one in blocks]
    always = {"from": "2020-01-01", "to": "open", "name": WORDS, "source": "made up"}

    def listed(kind: Any, entries: Iterable[Mapping[str, Any]], *names: str) -> Any:
        given = {name: always[name] for name in names}
        return [(msgspec.convert({**given, **one}, kind), NOWHERE) for one in entries]

    content.agencies = listed(schema.Agency, _AGENCIES, "from", "to", "name")
    content.facts = listed(
        schema.Fact, [{"unstated": "false", "question": WORDS, **one} for one in _FACTS]
    )
    content.categories = listed(schema.Category, [{"code": TIP}, {"code": "wages"}], "name")
    content.offences = listed(schema.Offence, offences, "from", "to", "name", "source")
    content.circles = listed(
        schema.Circle,
        [{**one, "members": [always_member(each) for each in one["members"]]} for one in circles],
        "name",
    )
    for name, codes in _WORDS.items():
        entries = [{"code": code} for code in codes]
        content.vocabularies[name] = listed(schema.Code, entries, "name")
    return Rulebook(content, "small")


def always_member(member: Mapping[str, Any]) -> dict[str, Any]:
    """A membership in force all the time, unless it says otherwise."""
    return {"from": "2020-01-01", "to": "open", "source": "made up", **member}


def ask(law: Rulebook, **changes: Any) -> Answer:
    """The answer of a small law to the question above with some fields changed."""
    raw = {**QUESTION, **changes}
    return law.ask(law.read({name: value for name, value in raw.items() if value is not None}))


def said(answer: Answer) -> tuple[str, str, bool, str | None, tuple[str, ...]]:
    """Outcome, test, duty, floor and grounds."""
    return answer.outcome, answer.test, answer.duty_if_favourable, answer.floor, answer.grounds


def assumed(answer: Answer) -> list[dict[str, object]]:
    """What was tried for the open facts, one entry for each possible verdict."""
    return [dict(one.assumed) for one in answer.possible]


def outcomes(answer: Answer) -> list[str]:
    """The outcomes in the order in which they were tried."""
    return [one.verdict.outcome for one in answer.possible]


REQUEST = {"initiative": "request"}
ASKED = "2009:400/6:5"
SECRET = secrecy("21:1")
ABSOLUTE = secrecy("24:8", strength="absolute")
PUBLIC = secrecy("17:1", protects="public")
NOT_MET = {"harm": "not_met"}


def test_outcomes_are_ordered_from_closed_to_open() -> None:
    def verdict(
        outcome: Any, test: Any = "none", branch: str = "permissions", floor: Any = None
    ) -> Verdict:
        return Verdict(outcome, test, False, floor, (), branch)

    balancing = "may_after_balancing"
    tests = tuple(reversed(TESTS))
    ordered = [
        verdict("must_not"),
        *(verdict(balancing, test, "permissions", "must_not") for test in tests),
        *(verdict(balancing, test, "duties", "must_not") for test in tests),
        verdict("may"),
        *(verdict(balancing, test, "duties", "may") for test in tests),
        verdict("must"),
        verdict("public"),
    ]
    ranks = [one.rank for one in ordered]
    assert ranks == sorted(set(ranks))
    assert OUTCOMES == ("must_not", "may_after_balancing", "may", "must", "public")


# --- A and I -----------------------------------------------------------------------------------


def test_inside_one_branch_nothing_else_is_asked() -> None:
    law = small_law(ABSOLUTE)
    inside = ask(law, receiver="A", secrecy=["2009:400/24:8"])
    assert said(inside) == ("may", "none", False, None, ("2009:400/8:2",))
    assert inside.verdict.branch == "same_branch"
    between = ask(law, receiver="A", receiver_function="courts", secrecy=["2009:400/24:8"])
    assert between.outcome == "must_not"


@pytest.mark.parametrize(
    ("activity", "function", "same"),
    [
        ("desk", "checks", True),
        ("field", "courts", True),
        ("desk", "courts", False),
        ("field", "checks", False),
        ("archive", "courts", False),
        ("desk", "store", False),
        ("archive", "store", False),
        ("archive", None, False),
        (None, "store", False),
    ],
)
def test_places_outside_the_branches_are_in_no_known_branch(
    activity: str | None, function: str | None, same: bool
) -> None:
    answer = ask(small_law(SECRET), receiver="A", activity=activity, receiver_function=function)
    assert (answer.verdict.branch == "same_branch") is same


def test_both_are_tried_while_the_branch_is_not_known() -> None:
    answer = ask(small_law(SECRET), receiver="A", activity=None, receiver_function="courts")
    assert assumed(answer) == [
        {"activity": "desk"},
        {"activity": "field"},
        {"activity": "elsewhere"},
    ]
    assert outcomes(answer) == ["must_not", "may", "must_not"]
    answer = ask(small_law(SECRET), receiver="A", receiver_function=None)
    assert assumed(answer) == [
        {"receiver_function": "checks"},
        {"receiver_function": "courts"},
        {"receiver_function": "elsewhere"},
    ]
    assert outcomes(answer) == ["may", "must_not", "must_not"]


def test_an_agency_without_branches_is_one_branch() -> None:
    answer = ask(small_law(SECRET), giver="B", receiver="B", activity=None, receiver_function=None)
    assert answer.verdict.branch == "same_branch"
    assert assumed(answer) == [{}]


def test_two_agencies_are_never_one_branch() -> None:
    assert ask(small_law(SECRET), receiver="B").verdict.branch == "closed"


def test_abroad_a_secret_item_goes_only_where_it_is_compatible_with_swedish_interests() -> None:
    law = small_law(SECRET, breaking("2020:1/1", receivers=AUTHORITIES))
    abroad = {"receiver": "ABROAD", **REQUEST}
    yes = {"harm": "met", "compatible_with_swedish_interests": True}
    no = {"harm": "met", "compatible_with_swedish_interests": False}
    given = ask(law, **abroad, facts=yes)
    assert said(given) == ("may", "none", False, None, ("2020:1/1", "2009:400/8:3"))
    kept = ask(law, **abroad, facts=no)
    assert said(kept) == ("must_not", "none", False, None, ())
    assert kept.verdict.branch == "foreign"
    assert [one.text for one in kept.verdict.left] == ["2009:400/21:1"]
    assert kept.verdict.fallen == ()
    both = ask(law, **abroad, secrecy=["2009:400/21:1", "2009:400/17:1"],
               facts={**no, "public_interest_harm": False})  # fmt: skip
    assert [gone.secrecy.text for gone in both.verdict.fallen] == ["2009:400/17:1"]


def test_abroad_an_open_item_is_open_and_a_closed_one_has_no_ground() -> None:
    no = {"harm": "not_met", "compatible_with_swedish_interests": False}
    law = small_law(SECRET, breaking("2020:1/1", force="duty", receivers=AUTHORITIES))
    free = ask(law, receiver="ABROAD", facts=no)
    assert (free.outcome, free.grounds) == ("public", ("2009:400/21:1", "1949:105/2:1"))
    yes = {"harm": "met", "compatible_with_swedish_interests": True}
    closed = ask(law, receiver="ABROAD", facts=yes)
    assert said(closed) == ("must_not", "none", False, None, ())
    assert closed.verdict.branch == "closed"


def test_abroad_only_rules_about_authorities_or_functions_stand_in() -> None:
    yes = {"harm": "met", "compatible_with_swedish_interests": True}
    for receivers, outcome in (
        ({"any": "authority"}, "may"),
        ({"codes": ["B"], "functions": ["checks"]}, "may"),
        ({"codes": ["B"], "functions": ["courts"]}, "must_not"),
        ({"codes": ["B"]}, "must_not"),
        ({"any": "private"}, "must_not"),
        ({"any": "foreign"}, "may"),
    ):
        law = small_law(SECRET, breaking("2020:1/1", receivers=receivers))
        assert ask(law, receiver="ABROAD", facts=yes).outcome == outcome, receivers


# --- B -----------------------------------------------------------------------------------------


def fallen(answer: Answer) -> list[tuple[str, str, str | None]]:
    return [(gone.secrecy.text, gone.why, gone.by) for gone in answer.verdict.fallen]


def test_an_exception_takes_its_items_out_of_the_secrecy_it_names_at_its_givers() -> None:
    exception = block(
        "exception",
        "2009:400/21:9",
        takes_out_of=["2009:400/21:1", "2009:400/24:8 st2"],
        givers={"codes": ["A"], "activities": ["desk"]},
        items={"categories": ["wages"]},
    )
    law = small_law(SECRET, ABSOLUTE, exception)
    wages = {"categories": ["wages"]}
    out = ask(law, **wages, **REQUEST)
    assert said(out) == ("public", "none", True, None, ("2009:400/21:9", ASKED))
    assert fallen(out) == [("2009:400/21:1", "exception", "2009:400/21:9")]
    paragraph = ask(law, **wages, secrecy=["2009:400/21:1 st2"])
    assert fallen(paragraph) == [("2009:400/21:1 st2", "exception", "2009:400/21:9")]
    assert fallen(ask(law, **wages, secrecy=["2009:400/24:8 st2"]))
    assert not fallen(ask(law, **wages, secrecy=["2009:400/24:8 st1"]))
    assert not fallen(ask(law, **wages, secrecy=["2009:400/24:8"]))
    assert not fallen(ask(law, **wages, activity="field"))
    assert not fallen(ask(law, **wages, giver="C"))
    assert not fallen(ask(law, categories=[TIP]))
    assert not fallen(ask(law))


def test_each_listed_provision_falls_or_stays_by_itself() -> None:
    law = small_law(SECRET, ABSOLUTE, PUBLIC)
    three = ["2009:400/17:1", "2009:400/21:1", "2009:400/24:8"]
    facts = {"harm": "not_met", "public_interest_harm": False}
    answer = ask(law, secrecy=three, facts=facts)
    assert fallen(answer) == [
        ("2009:400/17:1", "harm_not_met", None),
        ("2009:400/21:1", "harm_not_met", None),
    ]
    assert [one.text for one in answer.verdict.left] == ["2009:400/24:8"]
    facts = {"harm": "met", "public_interest_harm": False}
    assert fallen(ask(law, secrecy=three, facts=facts)) == [
        ("2009:400/17:1", "no_public_harm", None)
    ]
    assert fallen(ask(law, secrecy=three)) == []


def test_secrecy_agreed_with_somebody_is_absolute_and_unknown_secrecy_is_not() -> None:
    agreed = secrecy("40:5", strength="as_agreed")
    law = small_law(agreed)
    assert not fallen(ask(law, secrecy=["2009:400/40:5"], facts=NOT_MET))
    assert fallen(ask(law, secrecy=["2009:400/40:6"], facts=NOT_MET))


@pytest.mark.parametrize(("chapter", "public"), [("15", True), ("20", True), ("21", False)])
def test_chapters_15_to_20_protect_the_public(chapter: str, public: bool) -> None:
    facts = {"harm": "met", "public_interest_harm": False}
    answer = ask(small_law(), secrecy=[f"2009:400/{chapter}:1"], facts=facts)
    assert bool(fallen(answer)) is public


def test_nobody_is_kept_from_what_protects_oneself() -> None:
    law = small_law(SECRET, ABSOLUTE, PUBLIC)
    oneself = {"receiver": "SELF", "receiver_function": None, "secrecy": ["2009:400/24:8"]}
    assert fallen(ask(law, **oneself)) == [("2009:400/24:8", "own_subject", "2009:400/12:1")]
    assert not fallen(ask(law, **{**oneself, "receiver": "REPORTED"}))
    assert not fallen(ask(law, **{**oneself, "receiver": "FIRM"}))
    assert not fallen(ask(law, **{**oneself, "secrecy": ["2009:400/17:1"]}))
    assert not fallen(ask(law, **oneself, facts={"harm": "met", "tip_giver": True}))
    both = ask(law, **{**oneself, "secrecy": ["2009:400/21:1"]}, facts=NOT_MET)
    assert fallen(both) == [("2009:400/21:1", "own_subject", "2009:400/12:1")]


def test_a_lock_can_keep_somebody_from_what_protects_oneself() -> None:
    oneself = {"receiver": "SELF", "receiver_function": None, "secrecy": ["2009:400/24:8"]}
    for shuts, falls in ((["12 kap."], False), ([], False), (["10 kap."], True)):
        lock = block("lock", "2009:400/24:9", secrecy=["24:8"], shuts=shuts)
        assert bool(fallen(ask(small_law(ABSOLUTE, lock), **oneself))) is falls
    elsewhere = block("lock", "2009:400/24:9", secrecy=["24:7"])
    assert fallen(ask(small_law(ABSOLUTE, elsewhere), **oneself))


def test_harm_that_nobody_has_judged_leaves_both_answers() -> None:
    answer = ask(small_law(SECRET), facts={})
    assert assumed(answer) == [{"harm": "met"}, {"harm": "not_met"}]
    assert answer.outcomes == ("must_not", "public")


# --- C -----------------------------------------------------------------------------------------


def test_a_duty_holds_for_what_is_not_secret_with_the_request_behind_it() -> None:
    law = small_law(breaking("2020:1/1", force="duty", test="overriding_reasons_against"))
    assert said(ask(law, secrecy=[])) == ("must", "none", True, None, ("2020:1/1",))
    asked = ask(law, secrecy=[], **REQUEST)
    assert said(asked) == ("must", "none", True, None, ("2020:1/1", ASKED))
    assert asked.verdict.branch == "open_with_duty"
    assert ask(law, secrecy=[], receiver="FUND", **REQUEST).grounds == ("2020:1/1", ASKED)
    assert ask(law, secrecy=[], receiver="FIRM", **REQUEST).grounds == ("2020:1/1",)


@pytest.mark.parametrize(
    "rule",
    [
        breaking("2020:1/1"),
        breaking("2009:400/10:1", force="duty"),
        breaking("2020:1/1", force="duty", when={"urgent": True}),
        breaking("2020:1/1", force="duty", receivers={"codes": ["C"]}),
    ],
)
def test_no_permission_right_of_access_or_misfit_obliges_to_give_what_is_not_secret(
    rule: Any,
) -> None:
    answer = ask(small_law(rule), secrecy=[])
    assert said(answer) == ("public", "none", False, None, ("1949:105/2:1",))
    assert answer.verdict.branch == "public"


def test_what_harms_nobody_must_be_given_to_an_authority_that_asks() -> None:
    law = small_law(SECRET, PUBLIC)
    asked = ask(law, **REQUEST, facts=NOT_MET)
    assert said(asked) == ("must", "none", True, None, ("2009:400/21:1", ASKED))
    assert asked.verdict.branch == "harmless_on_request"
    public = {"secrecy": ["2009:400/17:1"], "facts": {"harm": "met", "public_interest_harm": False}}
    assert ask(law, **REQUEST, **public).grounds == ("2009:400/17:1", ASKED)
    offered = ask(law, facts=NOT_MET)
    assert said(offered) == ("public", "none", False, None, ("2009:400/21:1", "1949:105/2:1"))
    private = ask(law, receiver="FIRM", **REQUEST, facts=NOT_MET)
    assert said(private) == ("public", "none", True, None, ("2009:400/21:1", "1949:105/2:1"))


def test_whoever_the_item_is_about_may_read_it_as_a_party() -> None:
    law = small_law(SECRET)
    party = {"receiver": "SELF", "receiver_function": None, "purpose": "party_access"}
    answer = ask(law, **party)
    assert said(answer) == ("must", "none", True, None, ("2009:400/12:1",))
    assert answer.verdict.branch == "own_access"
    assert ask(law, **{**party, "purpose": "control"}).outcome == "public"
    assert ask(law, **{**party, "receiver": "FIRM"}, secrecy=[]).outcome == "public"


def test_a_reported_person_reads_the_report_by_the_provision_on_reports() -> None:
    on_reports = secrecy(
        "28:14", givers={"codes": ["A"], "activities": ["desk"]}, items={"categories": [TIP]}
    )
    others = (
        secrecy("28:15", givers={"codes": ["C"]}, items={"categories": [TIP]}),
        secrecy(
            "28:16", givers={"codes": ["A"], "activities": ["field"]}, items={"categories": [TIP]}
        ),
        secrecy("28:17", givers={"codes": ["A"]}, items={"categories": ["wages"]}),
        secrecy("28:18", givers=AUTHORITIES, items={"categories": [TIP]}),
        secrecy("28:19", givers={"codes": ["A"]}, items={"categories": [TIP]}, strength="absolute"),
    )
    law = small_law(on_reports, *others)
    asked = {"receiver": "REPORTED", "receiver_function": None, "purpose": "party_access",
             "secrecy": ["2009:400/28:14"]}  # fmt: skip
    facts = {"harm": "not_met", "tip_giver": True}
    answer = ask(law, **asked, facts=facts)
    assert said(answer) == ("must", "none", True, None, ("2009:400/28:14", "2009:400/12:1"))
    without = ask(law, **asked, facts=NOT_MET)
    assert without.grounds == ("2009:400/12:1",)


TRANSFERS = (
    block("transfer", "2009:400/22:3", receivers=AUTHORITIES, carries=["22:2"]),
    block("transfer", "2009:400/11:5", receivers=AUTHORITIES),
    block(
        "transfer",
        "2009:400/11:1",
        receivers={"codes": ["A"], "activities": ["desk"]},
        unless_primary="2009:400/11:8",
    ),
)


def test_an_open_item_from_another_agency_names_the_rule_on_transfer() -> None:
    law = small_law(SECRET, *TRANSFERS)
    got = {"secrecy": [], "facts": {"received_from": "C"}}
    asked = ask(law, **got, **REQUEST)
    assert said(asked) == ("public", "none", True, None, ("2009:400/11:1", "2009:400/11:8", ASKED))
    offered = ask(law, **got)
    assert offered.grounds == ("2009:400/11:1", "2009:400/11:8", "1949:105/2:1")
    assert ask(law, **got, activity="field").grounds == ("2009:400/7:2", "1949:105/2:1")
    assert ask(law, **got, giver="B", receiver="C").grounds[0] == "2009:400/7:2"
    assert ask(law, secrecy=[]).grounds == ("1949:105/2:1",)
    harmless = ask(law, facts={"received_from": "C", "harm": "not_met"})
    assert harmless.grounds[:3] == ("2009:400/11:1", "2009:400/11:8", "2009:400/21:1")


def test_an_open_item_names_what_took_it_out_rather_than_what_it_was_taken_out_of() -> None:
    exception = block(
        "exception", "2009:400/21:9", takes_out_of=["2009:400/21:1"], givers=AUTHORITIES,
        items={"categories": ["wages"]},
    )  # fmt: skip
    law = small_law(SECRET, secrecy("21:3"), exception)
    both = ["2009:400/21:1", "2009:400/21:3"]
    answer = ask(law, categories=["wages"], secrecy=both, facts=NOT_MET)
    assert answer.grounds == ("2009:400/21:9", "1949:105/2:1")
    plain = ask(law, secrecy=both, facts=NOT_MET)
    assert plain.grounds == ("2009:400/21:1", "2009:400/21:3", "1949:105/2:1")
    oneself = ask(law, receiver="SELF", secrecy=both)
    assert oneself.grounds == ("2009:400/12:1", "1949:105/2:1")


# --- D -----------------------------------------------------------------------------------------


def test_a_lock_shuts_out_the_rules_of_its_stretch_and_those_cited_with_them() -> None:
    rule = breaking("2009:400/10:2")
    outside = breaking("2020:1/1")
    with_it = breaking("2020:1/2", grounds_with=["2009:400/10:28"])
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], shuts=["10:2", "10:28"])
    for one, opened in ((rule, False), (outside, True), (with_it, False)):
        answer = ask(small_law(SECRET, lock, one))
        assert (answer.outcome == "may") is opened
        assert [held.block.cite for held in answer.verdict.locks] == ["2009:400/21:9"]
        assert ask(small_law(SECRET, secrecy("21:3"), lock, one),
                   secrecy=["2009:400/21:3"]).outcome == "may"  # fmt: skip


def test_a_lock_without_a_stretch_shuts_out_all_but_what_it_leaves() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], leaves=["2020:1/1", "2009:400/10 kap."])
    for cite, opened in (
        ("2020:1/1", True),
        ("2020:1/1 st2", True),
        ("2020:1/2", False),
        ("2009:400/10:2", True),
        ("2009:400/11:2", False),
    ):
        answer = ask(small_law(SECRET, lock, breaking(cite)))
        assert (answer.outcome == "may") is opened, cite


def test_a_lock_is_off_when_one_of_its_facts_is_so() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], unless={"urgent": True})
    law = small_law(SECRET, lock, breaking("2020:1/1"))
    on = ask(law)
    assert (on.outcome, len(on.verdict.locks)) == ("must_not", 1)
    off = ask(law, facts={"harm": "met", "urgent": True})
    assert (off.outcome, off.verdict.locks) == ("may", ())


def test_any_one_of_its_facts_takes_a_lock_off() -> None:
    unless = {"urgent": True, "danger": True, "colour": "red"}
    lock = block("lock", "2009:400/21:9", secrecy=["21:1"], unless=unless)
    law = small_law(SECRET, lock, breaking("2020:1/1"))
    for fact, value in unless.items():
        assert ask(law, facts={"harm": "met", fact: value}).outcome == "may"
    assert ask(law, facts={"harm": "met", "colour": "blue"}).outcome == "must_not"


def test_a_lock_on_one_provision_leaves_the_others_open_and_is_named_once() -> None:
    lock = block("lock", "2009:400/21:9", secrecy=["21:1-3"])
    law = small_law(SECRET, secrecy("21:3"), secrecy("21:7"), lock, breaking("2020:1/1"))
    answer = ask(law, secrecy=["2009:400/21:1", "2009:400/21:3", "2009:400/21:7"])
    assert answer.outcome == "must_not"
    assert [held.block.cite for held in answer.verdict.locks] == ["2009:400/21:9"]
    assert ask(law, secrecy=["2009:400/21:7"]).verdict.locks == ()


# --- F -----------------------------------------------------------------------------------------

DUTY = breaking("2020:1/1", force="duty")
WEIGHED_DUTY = breaking("2020:1/2", force="duty", test="overriding_reasons_against")
PERMISSION = breaking("2020:1/3")
WEIGHED = breaking("2020:1/4", test="extraordinary_reasons")
CLAUSE = breaking("2020:1/5", test="obvious_priority_of_disclosure", general_clause=True)


@pytest.mark.parametrize(
    ("rules", "asked", "offered"),
    [
        ((DUTY, PERMISSION),
         ("must", "none", True, None, ("2020:1/1",)),
         ("must", "none", True, None, ("2020:1/1",))),
        ((WEIGHED_DUTY, WEIGHED, CLAUSE),
         ("may_after_balancing", "overriding_reasons_against", True, "must_not", ("2020:1/2",)),
         ("may_after_balancing", "overriding_reasons_against", True, "must_not", ("2020:1/2",))),
        ((WEIGHED_DUTY, PERMISSION),
         ("may_after_balancing", "overriding_reasons_against", True, "may", ("2020:1/2",)),
         ("may_after_balancing", "overriding_reasons_against", True, "may", ("2020:1/2",))),
        ((PERMISSION, WEIGHED),
         ("may", "none", True, None, ("2020:1/3", ASKED)),
         ("may", "none", False, None, ("2020:1/3",))),
        ((CLAUSE, WEIGHED),
         ("may_after_balancing", "extraordinary_reasons", True, "must_not", ("2020:1/4", ASKED)),
         ("may_after_balancing", "extraordinary_reasons", False, "must_not", ("2020:1/4",))),
        ((),
         ("must_not", "none", False, None, ()),
         ("must_not", "none", False, None, ())),
    ],
)  # fmt: skip
def test_duties_go_before_permissions_and_rules_without_a_test_before_a_weighing(
    rules: tuple[Any, ...], asked: tuple[Any, ...], offered: tuple[Any, ...]
) -> None:
    law = small_law(SECRET, *rules)
    assert said(ask(law, **REQUEST)) == asked
    assert said(ask(law)) == offered


def test_branches_tell_which_step_decided() -> None:
    for rule, branch in ((DUTY, "duties"), (WEIGHED_DUTY, "duties"), (PERMISSION, "permissions"),
                         (WEIGHED, "permissions")):  # fmt: skip
        assert ask(small_law(SECRET, rule)).verdict.branch == branch
    assert ask(small_law(SECRET)).verdict.branch == "closed"


def test_a_request_turns_a_permission_into_a_duty_only_toward_authorities() -> None:
    law = small_law(SECRET, PERMISSION)
    assert not ask(law, receiver="FIRM", **REQUEST).duty_if_favourable
    assert ask(law, receiver="FUND", **REQUEST).duty_if_favourable


FIRST, SECOND = "2009:400/21:1", "2009:400/21:3"
BOTH = {"secrecy": [FIRST, SECOND]}
OTHER_SECRET = secrecy("21:3")


def only(section: str, rule: Mapping[str, Any]) -> Any:
    return breaking(**{**rule, "opens": {"only": [section]}})


def opened(answer: Answer) -> list[tuple[str, str]]:
    return [(one.secrecy.text, one.ground) for one in answer.verdict.openings]


def test_every_provision_is_opened_by_its_lowest_hurdle_and_the_highest_of_these_is_the_test() -> (
    None
):
    low = only("21:1", {"cite": "2020:1/1", "test": "extraordinary_reasons"})
    high = only("21:3", {"cite": "2020:1/2", "test": "overriding_reasons_against"})
    law = small_law(SECRET, OTHER_SECRET, low, high)
    answer = ask(law, **BOTH)
    assert (answer.test, answer.grounds) == (
        "overriding_reasons_against",
        ("2020:1/2", "2020:1/1"),
    )
    assert opened(answer) == [(FIRST, "2020:1/1"), (SECOND, "2020:1/2")]


def test_the_hardest_rule_stands_alone_where_it_opens_everything() -> None:
    low = only("21:1", {"cite": "2020:1/1", "test": "extraordinary_reasons"})
    law = small_law(SECRET, OTHER_SECRET, low, CLAUSE)
    answer = ask(law, **BOTH)
    assert answer.grounds == ("2020:1/5",)
    assert opened(answer) == [(FIRST, "2020:1/5"), (SECOND, "2020:1/5")]
    assert [one.rule.cite for one in answer.verdict.openings] == ["2020:1/5", "2020:1/5"]


def test_one_closed_provision_closes_the_item() -> None:
    for section in ("21:1", "21:3"):
        law = small_law(SECRET, OTHER_SECRET, only(section, {"cite": "2020:1/1"}))
        assert ask(law, **BOTH).outcome == "must_not"


def test_a_rule_opens_what_lies_inside_its_reach_and_outside_its_exceptions() -> None:
    for opens, section, opened_ in (
        ({"only": ["21:1-3"]}, "21:3", True),
        ({"only": ["21:1-3"]}, "21:4", False),
        ({"only": ["21:1 st1"]}, "21:1", False),
        ({"except": ["21:1 st1"]}, "21:1", False),
        ({"except": ["21:1 st1"]}, "21:1 st2", True),
        ({"protects": "individual"}, "21:1", True),
        ({"protects": "individual"}, "17:1", False),
        ({"protects": "public"}, "17:1", True),
        ({"protects": "public"}, "21:1", False),
        ({}, "17:1", True),
    ):
        law = small_law(breaking("2020:1/1", opens=opens))
        answer = ask(law, secrecy=[f"2009:400/{section}"])
        assert (answer.outcome == "may") is opened_, (opens, section)


def test_some_secrecy_is_opened_by_whatever_opens_another() -> None:
    following = secrecy("21:3", follows="2009:400/21:2")
    rule = only("21:1", {"cite": "2020:1/1"})
    law = small_law(SECRET, following, rule)
    assert ask(law, **BOTH).outcome == "may"
    assert ask(law, secrecy=[SECOND]).outcome == "must_not"
    assert ask(small_law(SECRET, OTHER_SECRET, rule), **BOTH).outcome == "must_not"


def test_the_floor_of_a_weighed_duty_may_rest_on_a_duty_without_test() -> None:
    low = only("21:1", {"cite": "2020:1/1", "force": "duty"})
    high = breaking("2020:1/2", force="duty", test="overriding_reasons_against")
    other = only("21:3", {"cite": "2020:1/3"})
    law = small_law(SECRET, OTHER_SECRET, low, high, other)
    answer = ask(law, **BOTH)
    assert (answer.outcome, answer.floor) == ("may_after_balancing", "may")
    floor = [(one.secrecy.text, one.ground) for one in answer.verdict.floor_openings]
    assert floor == [(FIRST, "2020:1/1"), (SECOND, "2020:1/3")]
    assert ask(small_law(SECRET, WEIGHED_DUTY)).verdict.floor_openings == ()


# --- reservation -------------------------------------------------------------------------------


def test_a_reservation_helps_a_private_receiver_who_asks_and_nobody_else() -> None:
    law = small_law(SECRET, ABSOLUTE)
    helped = {"harm": "met", "reservation_removes_harm": True}
    asked = {"receiver": "FIRM", "receiver_function": None, **REQUEST}
    answer = ask(law, **asked, facts=helped)
    assert said(answer) == ("must", "none", True, None, ("2009:400/10:14",))
    assert answer.verdict.branch == "reservation"
    assert [one.text for one in answer.verdict.left] == [FIRST]
    for changes in (
        {"facts": {"harm": "met"}},
        {"initiative": "own"},
        {"receiver": "B"},
        {"receiver": "FUND"},
        {"secrecy": ["2009:400/24:8"]},
        {"secrecy": [FIRST, "2009:400/24:8"]},
        {"receiver": "ABROAD", "facts": {**helped, "compatible_with_swedish_interests": True}},
    ):
        assert ask(law, **{**asked, "facts": helped, **changes}).outcome == "must_not", changes


def test_a_reservation_is_more_open_than_a_permission_and_no_more_than_a_duty() -> None:
    helped = {"harm": "met", "reservation_removes_harm": True}
    asked = {"receiver": "FIRM", **REQUEST, "facts": helped}
    assert ask(small_law(SECRET, PERMISSION), **asked).grounds == ("2009:400/10:14",)
    assert ask(small_law(SECRET, WEIGHED_DUTY), **asked).grounds == ("2009:400/10:14",)
    assert ask(small_law(SECRET, DUTY), **asked).grounds == ("2020:1/1",)


# --- G and H -----------------------------------------------------------------------------------


def weighed(law: Rulebook, outcome: str, **changes: Any) -> Answer:
    return ask(law, **changes, facts={"harm": "met", "weighing_outcome": outcome})


def test_a_favourable_weighing_gives_a_duty_or_a_permission() -> None:
    duty = weighed(small_law(SECRET, WEIGHED_DUTY), "for")
    assert said(duty) == ("must", "none", True, None, ("2020:1/2",))
    law = small_law(SECRET, WEIGHED)
    assert said(weighed(law, "for")) == ("may", "none", False, None, ("2020:1/4",))
    asked = weighed(law, "for", **REQUEST)
    assert said(asked) == ("must", "none", True, None, ("2020:1/4", ASKED))
    assert asked.verdict.weighed == "for"


def test_a_weighing_against_leaves_the_floor() -> None:
    nothing = weighed(small_law(SECRET, WEIGHED_DUTY), "against")
    assert said(nothing) == ("must_not", "none", False, None, ())
    assert nothing.verdict.weighed == "against"
    permitted = small_law(SECRET, WEIGHED_DUTY, PERMISSION)
    floor = weighed(permitted, "against")
    assert said(floor) == ("may", "none", False, None, ("2020:1/3",))
    assert floor.verdict.weighed == "against"
    asked = weighed(permitted, "against", **REQUEST)
    assert said(asked) == ("may", "none", True, None, ("2020:1/3", ASKED))
    assert not weighed(permitted, "against", receiver="FIRM", **REQUEST).duty_if_favourable


def test_a_weighing_nobody_had_to_make_changes_nothing() -> None:
    for outcome in ("for", "against"):
        answer = weighed(small_law(SECRET, PERMISSION), outcome)
        assert said(answer) == ("may", "none", False, None, ("2020:1/3",))
        assert answer.verdict.weighed is None
    undecided = weighed(small_law(SECRET, WEIGHED), "unknown")
    assert undecided.outcome == "may_after_balancing"


def test_grounds_are_the_hardest_rule_then_what_is_cited_with_it_then_the_request() -> None:
    low = only("21:1", {"cite": "2020:1/1", "test": "extraordinary_reasons",
                        "grounds_with": ["2009:400/10:28", "2009:400/8:2"]})  # fmt: skip
    high = only("21:3", {"cite": "2020:1/2", "test": "overriding_reasons_against",
                         "grounds_with": ["2009:400/10:28"]})  # fmt: skip
    law = small_law(SECRET, OTHER_SECRET, low, high)
    answer = ask(law, **BOTH, **REQUEST)
    assert answer.grounds == ("2020:1/2", "2020:1/1", "2009:400/10:28", "2009:400/8:2", ASKED)


def test_the_request_is_no_ground_where_every_rule_obliges_by_itself() -> None:
    duty = only("21:1", {"cite": "2020:1/1", "force": "duty"})
    permission = only("21:3", {"cite": "2020:1/2"})
    law = small_law(SECRET, OTHER_SECRET, duty, permission)
    assert ask(law, **BOTH, **REQUEST).grounds == ("2020:1/1", "2020:1/2", ASKED)
    assert ask(law, secrecy=[FIRST], **REQUEST).grounds == ("2020:1/1",)


# --- E: when a rule fits -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "fitting", "not_fitting"),
    [
        ({"purposes": ["planning"]}, {}, {"purpose": "control"}),
        ({"initiative": "own"}, {}, REQUEST),
        ({"initiative": "request"}, REQUEST, {}),
        ({"items": {"categories": ["wages"]}}, {"categories": ["wages"]}, {"categories": [TIP]}),
        ({"items": {"except_categories": ["wages"]}}, {}, {"categories": ["wages", TIP]}),
        ({"items": {"subjects": ["person"]}}, {}, {"subject": {"kind": "company"}}),
        ({"items": {"marks": ["child", "victim"]}},
         {"subject": {"kind": "person", "child": True}},
         {"subject": {"kind": "person", "protected": True}}),
        ({"givers": {"codes": ["A"]}}, {}, {"giver": "C"}),
        ({"givers": {"any": "authority", "except_codes": ["A"]}}, {"giver": "C"}, {}),
        ({"givers": {"codes": ["A"], "activities": ["desk"]}}, {}, {"activity": "field"}),
        ({"givers": {"codes": ["A"], "except_activities": ["field"]}}, {}, {"activity": "field"}),
        ({"receivers": {"codes": ["B"], "functions": ["checks"]}}, {},
         {"receiver_function": "courts"}),
        ({"receivers": {"codes": ["B"], "except_functions": ["courts"]}}, {},
         {"receiver_function": "courts"}),
        ({"receivers": {"any": "private"}}, {"receiver": "FIRM"}, {}),
        ({"receivers": {"any": "authority"}}, {"receiver": "FUND"}, {"receiver": "FIRM"}),
        ({"when": {"urgent": True}}, {"facts": {"harm": "met", "urgent": True}}, {}),
        ({"when": {"urgent": False}}, {}, {"facts": {"harm": "met", "urgent": True}}),
        ({"when": [{"urgent": True}, {"danger": True}]},
         {"facts": {"harm": "met", "danger": True}}, {}),
        ({"unless": {"urgent": True, "danger": True}}, {},
         {"facts": {"harm": "met", "danger": True}}),
    ],
)  # fmt: skip
def test_a_rule_fits_inside_each_of_its_limits_and_not_outside(
    rule: dict[str, Any], fitting: dict[str, Any], not_fitting: dict[str, Any]
) -> None:
    law = small_law(SECRET, breaking("2020:1/1", **rule))
    assert ask(law, **fitting).outcome == "may"
    assert ask(law, **not_fitting).outcome == "must_not"


def test_the_first_point_that_fits_is_the_ground_and_one_must_fit() -> None:
    points = [
        {"cite": "2020:1/1 p1", "purposes": ["control"]},
        {"cite": "2020:1/1 p2", "receivers": ["C"]},
        {"cite": "2020:1/1 p3", "when": {"urgent": True}},
        {"cite": "2020:1/1 p4", "when": {"danger": True}},
    ]
    law = small_law(SECRET, breaking("2020:1/1", points=points))
    assert ask(law, purpose="control").grounds == ("2020:1/1 p1",)
    assert ask(law, receiver="C").grounds == ("2020:1/1 p2",)
    danger = {"harm": "met", "danger": True}
    assert ask(law, facts=danger).grounds == ("2020:1/1 p4",)
    assert ask(law, facts={**danger, "urgent": True}).grounds == ("2020:1/1 p3",)
    assert ask(law).outcome == "must_not"
