"""What is said when lists, wordings and heads of a rulebook do not fit together, and where?"""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.kernel.faults import Fault
from samsyn.law.checks import check_content
from samsyn.law.loading import read_content
from tests.law.broken import BLOCK, MADE_UP, add, block, change, folder, lines_of

__all__ = ["folder"]

SECRECY_FILE = "acts/2009-400.yaml"
NOTE = BLOCK | {"kind": "note"}
LIMIT = BLOCK | {"kind": "limit", "secrecy": '["27:1"]', "against": "{sv: Nej, en: No}"}
SECRECY = BLOCK | {
    "kind": "secrecy",
    "cite": '"2009:400/27:1 st9"',
    "strength": "absolute",
    "protects": "individual",
    "interest": "{sv: den enskilde, en: the individual}",
    "givers": "{codes: [SKV]}",
}


def faults_of(folder: Path) -> list[Fault]:
    return check_content(read_content(folder))


def holds(fault: Fault, words: list[str]) -> bool:
    return all(word in fault.expected for word in words)


# One line at the end of a file: what it says, the field that is wrong in it, and the words.
AGENCY = (
    "  - {{code: {code}, kind: {kind}, from: 2018-01-01, to: open, "
    "name: {{sv: {sv}, en: X}}{more}}}"
)
CIRCLE = "  - {{code: {code}, name: {{sv: X, en: X}}, members: [{members}]}}"
MEMBER = "{{agency: {agency}, from: {since}, to: {to}, source: x{more}}}"
CATEGORY = "  - {{code: {code}, name: {{sv: X, en: X}}, item_kinds: [{kinds}], words: [{words}]}}"
CODE = "  - {{code: {code}, aliases: [{aliases}], name: {{sv: {sv}, en: X}}}}"
FACT = "  - {{code: {code}, type: {type}, unstated: {unstated}, question: {{sv: X, en: X}}{more}}}"
OFFENCE = (
    "  - {{act: '{act}', prison: {prison}, min_months: {least}, max_months: {most}, "
    "from: {since}, to: {to}, source: x, name: {{sv: X, en: X}}}}"
)


def agency(code: str = "ZZ", kind: str = "authority", sv: str = "Zorn", more: str = "") -> str:
    return AGENCY.format(code=code, kind=kind, sv=sv, more=more)


def member(agency: str = "SKV", since: str = "2018-01-01", to: str = "open", more: str = "") -> str:
    return MEMBER.format(agency=agency, since=since, to=to, more=more)


def circle(*members: str, code: str = "zz") -> str:
    return CIRCLE.format(code=code, members=", ".join(members))


def category(code: str = "zz", kinds: str = "", words: str = "") -> str:
    return CATEGORY.format(code=code, kinds=kinds, words=words)


def word(code: str = "zz", aliases: str = "", sv: str = "Zorn") -> str:
    return CODE.format(code=code, aliases=aliases, sv=sv)


def fact(code: str = "zz", type: str = "bool", unstated: str = "ask", more: str = "") -> str:
    return FACT.format(code=code, type=type, unstated=unstated, more=more)


def offence(
    act: str = "1734:1/1",
    prison: str = "true",
    least: int = 0,
    most: int = 6,
    since: str = "2018-01-01",
    to: str = "open",
) -> str:
    return OFFENCE.format(act=act, prison=prison, least=least, most=most, since=since, to=to)


@pytest.mark.parametrize(
    ("name", "entry", "field", "words"),
    [
        ("agencies.yaml", agency("SKV"), "code", ["“SKV” already means SKV", "one code only"]),
        ("agencies.yaml", agency("Skv"), "code", ["“Skv” already means SKV"]),
        ("agencies.yaml", agency(more=", aliases: [POLISEN]"), "aliases[0]",
         ["“POLISEN” already means PM"]),
        ("agencies.yaml", agency(more=", aliases: [ZA, ZA]"), "aliases[1]", ["stands twice"]),
        ("agencies.yaml", agency(sv="Skatteverket"), "name.sv", ["already means SKV"]),
        ("agencies.yaml", agency(more=', treated_as_authority: "2009:400/2:4"'),
         "treated_as_authority", ["only a private body"]),
        ("agencies.yaml", agency(kind="private", more=", treated_as_authority: x"),
         "treated_as_authority", ["is not a citation"]),
        ("agencies.yaml", agency(more=", branches: [{code: a, name: {sv: A, en: A}, "
                                 "activities: [taxing]}]"),
         "branches[0].activities[0]", ["is no activity"]),
        ("agencies.yaml", agency(more=", branches: [{code: a, name: {sv: A, en: A}, "
                                 "functions: [tax]}, {code: b, name: {sv: B, en: B}, "
                                 "functions: [tax]}]"),
         "branches[1].functions[0]", ["already belongs to the branch a"]),
        ("agencies.yaml", agency(more=", branches: [{code: a, name: {sv: A, en: A}}, "
                                 "{code: a, name: {sv: B, en: B}}]"),
         "branches[1].code", ["stands twice at ZZ"]),
        ("agencies.yaml", agency().replace("to: open", "to: 2017-01-01"), "to",
         ["run backwards"]),
        ("agencies.yaml", agency(more=", aliases: ['']"), "aliases[0]", ["is empty"]),
        ("circles.yaml", circle(member(), code="joint_inspections"), "code", ["stands twice"]),
        ("circles.yaml", circle(), "members", ["has no members"]),
        ("circles.yaml", circle(member("SKW")), "members[0].agency", ["did you mean SKV?"]),
        ("circles.yaml", circle(member(to="2017-01-01")), "members[0].to", ["run backwards"]),
        ("circles.yaml", circle(member("UTBM", since="2023-12-31")), "members[0].from",
         ["before UTBM exists, 2024-01-01"]),
        ("circles.yaml", circle(member(to="2020-01-01"), member(since="2020-01-01")),
         "members[1].from", ["SKV is already a member from 2018-01-01 to 2020-01-01"]),
        ("circles.yaml", circle(member(more=", acts_as: giver"), member()), "members[1].from",
         ["in the same role"]),
        ("circles.yaml", circle(member(more=", acts_as: giver, functions: [tax]")),
         "members[0].functions", ["only a receiver has functions"]),
        ("circles.yaml", circle(member(more=", acts_as: receiver, activities: [taxation]")),
         "members[0].activities", ["only a giver has activities"]),
        ("circles.yaml", circle(member(more=", except_activities: [x]")),
         "members[0].except_activities[0]", ["is no activity"]),
        ("circles.yaml", circle(member(more=", functions: [x]")), "members[0].functions[0]",
         ["is no function"]),
        ("categories.yaml", category("health"), "code", ["stands twice"]),
        ("categories.yaml", category(kinds="a, b, a"), "item_kinds[2]", ["“a” stands twice"]),
        ("categories.yaml", category(words="Tax"), "words[0]", ["can never be met"]),
        ("categories.yaml", category(words="tax decision"), "words[0]", ["joined by _"]),
        ("vocabulary/purposes.yaml", word("own_supervision"), "code", ["already means"]),
        ("vocabulary/functions.yaml", word(aliases="tax"), "aliases[0]", ["already means tax"]),
        ("vocabulary/marks.yaml", word(), "code", ["no question can set “zz”"]),
        ("vocabulary/activities.yaml",
         "  - {code: zz, holders: [SKW], name: {sv: Zorn, en: X}}", "holders[0]",
         ["did you mean SKV?"]),
        ("vocabulary/facts.yaml", fact("harm"), "code", ["stands twice"]),
        ("vocabulary/facts.yaml", fact(more=", implied_by_purposes: [x]"),
         "implied_by_purposes[0]", ["is no purpose"]),
        ("vocabulary/facts.yaml", fact(more=", asked_for_purposes: [x]"),
         "asked_for_purposes[0]", ["is no purpose"]),
        ("vocabulary/facts.yaml", fact(more=", implied_by_categories: [x]"),
         "implied_by_categories[0]", ["is no data category"]),
        ("vocabulary/facts.yaml", fact(type="int", more=", implied_by_categories: [health]"),
         "implied_by_categories", ["only a bool"]),
        ("vocabulary/facts.yaml", fact(type="int", unstated='"true"'), "unstated",
         ["only a bool"]),
        ("vocabulary/facts.yaml",
         fact(unstated='"false"', more=", asked_for_purposes: [own_supervision]"),
         "asked_for_purposes", ["never read with unstated: false"]),
        ("vocabulary/facts.yaml", fact(type="choice"), "choices", ["has none"]),
        ("vocabulary/facts.yaml", fact(more=", choices: [a]"), "choices", ["has no choices"]),
        ("vocabulary/facts.yaml", fact(type="choice", more=", choices: [a, a]"), "choices[1]",
         ["stands twice"]),
        ("vocabulary/facts.yaml",
         fact(type="choice", more=", choices: [given], aliases: {x: giveen}"), "aliases.x",
         ["did you mean given?"]),
        ("vocabulary/facts.yaml",
         fact(type="choice", more=", choices: [given], aliases: {X: given}"), "aliases.X",
         ["small letters"]),
        ("offences.yaml", offence(act="1734:1"), "act", ["is no section"]),
        ("offences.yaml", offence(act="1734:1 1"), "act", ["is not a citation"]),
        ("offences.yaml", offence(least=7), "min_months", ["more than max_months, 6"]),
        ("offences.yaml", offence(least=-1), "min_months", ["expected 0 or more"]),
        ("offences.yaml", offence(most=0), "max_months", ["more than 0 months"]),
        ("offences.yaml", offence(prison="false"), "prison", ["not on the scale"]),
        ("offences.yaml", offence(to="2017-01-01"), "to", ["run backwards"]),
        ("offences.yaml", offence(to="2020-01-01") + "\n" + offence(since="2020-01-01"), "from",
         ["1734:1/1 (normal) also stands from 2018-01-01 to 2020-01-01"]),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit(
    folder: Path, name: str, entry: str, field: str, words: list[str]
) -> None:
    add(folder, name, entry + "\n")
    (fault,) = faults_of(folder)
    assert fault.file == folder / name
    assert fault.line == len(lines_of(folder, name))
    assert fault.field.endswith(f"].{field}")
    assert holds(fault, words), fault


@pytest.mark.parametrize(
    "members",
    [
        [member(to="2019-12-31"), member(since="2020-01-01")],
        [member(more=", acts_as: giver"), member(more=", acts_as: receiver")],
        [member(more=", acts_as: giver, activities: [taxation]"),
         member(more=", acts_as: giver, activities: [tax_control]")],
        [member(to="unknown between 2020-01-01 and 2020-06-01"),
         member(since="unknown between 2020-01-01 and 2020-06-01")],
    ],
    ids=["one after the other", "other role", "other activity", "same window"],
)  # fmt: skip
def test_memberships_that_do_not_meet(folder: Path, members: list[str]) -> None:
    add(folder, "circles.yaml", circle(*members) + "\n")
    assert faults_of(folder) == []


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("2019-12-31", "2020-01-02", ["no wording holds from 2020-01-01 to 2020-01-01"]),
        ("2020-01-01", "2020-01-01", ["two wordings hold from 2020-01-01", "on line 6"]),
        ("open", "2020-01-01", ["holds to open"]),
        ("unknown between 2020-01-01 and 2020-03-01",
         "unknown between 2020-02-01 and 2020-04-01", ["the same window for both"]),
    ],
)  # fmt: skip
def test_wordings_that_do_not_follow(
    folder: Path, earlier: str, later: str, words: list[str]
) -> None:
    add(folder, MADE_UP, block(NOTE, to=earlier) + block(NOTE, from_=later))
    (fault,) = faults_of(folder)
    assert fault.field == "blocks[1].from"
    assert lines_of(folder, MADE_UP)[fault.line - 1].strip() == f"from: {later}"
    assert holds(fault, words), fault


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2019-12-31", "2020-01-01"),
        ("unknown between 2020-01-01 and 2020-03-01",
         "unknown between 2020-01-01 and 2020-03-01"),
    ],
)  # fmt: skip
def test_wordings_that_follow(folder: Path, earlier: str, later: str) -> None:
    # The order in the file does not matter.
    add(folder, MADE_UP, block(NOTE, from_=later) + block(NOTE, to=earlier))
    assert faults_of(folder) == []


def test_a_key_with_blocks_of_two_kinds(folder: Path) -> None:
    add(folder, MADE_UP, block(NOTE, to="2019-12-31") + block(LIMIT, from_="2020-01-01"))
    (fault,) = faults_of(folder)
    assert fault.field == "blocks[1].rule"
    assert holds(fault, ["of another kind"])


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"cite": '"2009:400/10:27"'}, "cite", ["no secrecy rule", "chapters 15-43"]),
        ({"cite": '"2009:400/44:1"'}, "cite", ["no secrecy rule"]),
        ({"cite": '"27:1"'}, "cite", ["“27:1” is not a citation"]),
        ({"cite": '"2009:400/27 kap."'}, "cite", ["no secrecy rule"]),
        ({"protects": "public"}, "protects", ["chapter 27 protects the individual"]),
        ({"cite": '"2009:400/17:9"'}, "protects", ["chapter 17 protects the public"]),
        ({"max_years": "0"}, "max_years", ["expected a number of years"]),
        ({"cite": '"2009:400/27:1"', "strength": "reverse"}, "strength",
         ["absolute on these days", "one strength"]),
        ({"givers": "{codes: [AV], activities: [taxation]}"}, "givers.activities[0]",
         ["only SKV has taxation"]),
        ({"from_": "2009-06-29"}, "from", ["before 2009:400 takes effect, 2009-06-30"]),
    ],
)  # fmt: skip
def test_a_secrecy_rule_that_does_not_fit(
    folder: Path, changes: dict[str, str], field: str, words: list[str]
) -> None:
    add(folder, SECRECY_FILE, block(SECRECY, **changes))
    (fault,) = faults_of(folder)
    assert fault.file == folder / SECRECY_FILE
    assert fault.field.endswith(f"].{field}")
    assert holds(fault, words), fault
    line = lines_of(folder, SECRECY_FILE)[fault.line - 1]
    assert line.strip().startswith(f"{field.partition('.')[0]}:")


def test_a_good_secrecy_rule_has_no_fault(folder: Path) -> None:
    add(folder, SECRECY_FILE, block(SECRECY))
    assert faults_of(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "words"),
    [
        ("rulebook.yaml", "read_until: 20", "read_until: 19", "read_until",
         ["lies before covers_from"]),
        ("rulebook.yaml", "version: ", "version: '' #", "version", ["is empty"]),
        (MADE_UP, 'act: "1990:1"', 'act: "1990:2"', "act",
         ["rename the file to acts/1990-2.yaml"]),
        (MADE_UP, 'act: "1990:1"', "act: AML", "act", ["“AML” is no SFS number"]),
        (MADE_UP, 'act: "1990:1"', 'act: "2024:307"', "act", ["2024:307 stands in"]),
        (MADE_UP, "from:", "abbreviations: [TF]\nfrom:", "abbreviations[0]",
         ["“TF” already stands for 1949:105"]),
        (MADE_UP, "to: open", "to: 2017-01-01", "to", ["run backwards"]),
        (MADE_UP, "to: open", "to: 2019-01-01", "blocks[0].to",
         ["after the last day of 1990:1, 2019-01-01"]),
        ("circles.yaml", '"2024:307/4"', '"2024:308/4"', "circles[0].cite",
         ["2024:308, which has no file", "did you mean 2024:307?"]),
        ("vocabulary/facts.yaml", "code: harm\n    type: choice\n    choices: [met, not_met",
         "code: harm\n    type: choice\n    choices: [met, unmet", "choices",
         ["needs not_met among the choices of harm"]),
    ],
)  # fmt: skip
def test_a_head_that_does_not_fit(
    folder: Path, name: str, old: str, new: str, field: str, words: list[str]
) -> None:
    add(folder, MADE_UP, block(NOTE))
    change(folder, name, old, new)
    faults = [fault for fault in faults_of(folder) if holds(fault, words)]
    (fault,) = faults
    assert fault.file == folder / name
    assert fault.field.endswith(field)
    assert f"{field.split('.')[-1].partition('[')[0]}:" in lines_of(folder, name)[fault.line - 1]


def test_a_fact_that_the_order_of_the_law_asks_for(folder: Path) -> None:
    change(folder, "vocabulary/facts.yaml", "code: reservation_removes_harm", "code: removes_harm")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line) == (folder / "vocabulary" / "facts.yaml", 0)
    assert holds(fault, ["asks for the fact reservation_removes_harm", "add it"])


def test_a_fact_of_another_type_than_the_order_of_the_law_reads(folder: Path) -> None:
    change(folder, "vocabulary/facts.yaml", "code: crime.min_months\n    type: int",
           "code: crime.min_months\n    type: text")  # fmt: skip
    found = [fault for fault in faults_of(folder) if fault.field.endswith("].type")]
    (fault,) = found
    assert holds(fault, ["reads crime.min_months as int; found text"])


def test_a_membership_that_outlasts_its_agency(folder: Path) -> None:
    add(folder, "agencies.yaml", agency().replace("to: open", "to: 2020-12-31") + "\n")
    add(folder, "circles.yaml", circle(member("ZZ"), member("ZZ", to="2017-12-31")) + "\n")
    faults = {fault.field.partition(".")[2]: fault for fault in faults_of(folder)}
    assert holds(faults["members[0].to"], ["after ZZ has ended, 2020-12-31"])


def test_faults_stand_in_the_order_of_files_and_lines(folder: Path) -> None:
    add(folder, MADE_UP, block(NOTE, purposes="[x, y]") + block(NOTE, cite="z", rule="other"))
    change(folder, "agencies.yaml", "aliases: [SKATTEVERKET]", "aliases: [POLISEN]")
    places = [(str(fault.file), fault.line) for fault in faults_of(folder)]
    assert places == sorted(places)
    assert len(places) == 4
