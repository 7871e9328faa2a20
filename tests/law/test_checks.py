"""What is said when the parts of a rulebook do not fit together, and where?

Each test changes one thing in a copy of the packaged rulebook. The act 1990:1 is made up and holds
one block, written one field to a line, so that a fault in a field must name that line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.law.checks import check_content
from samsyn.law.loading import packaged_folder, read_content
from tests.law.broken import BLOCK, MADE_UP, add, block, folder, lines_of

__all__ = ["folder"]

BREAKING = BLOCK | {
    "kind": "breaking",
    "code": "X1",
    "force": "duty",
    "grounds_with": '["2009:400/10:28"]',
    "givers": "{codes: [SKV]}",
    "receivers": "{codes: [AV]}",
    "purposes": "[own_supervision]",
    "initiative": "both",
}
SECRECY = BLOCK | {
    "kind": "secrecy",
    "cite": '"2009:400/27:1 st9"',
    "strength": "absolute",
    "protects": "individual",
    "interest": "{sv: den enskilde, en: the individual}",
    "givers": "{codes: [SKV]}",
}
EXCEPTION = BLOCK | {
    "kind": "exception",
    "takes_out_of": '["2009:400/27:1"]',
    "givers": "{codes: [SKV]}",
    "items": "{categories: [tax_decision]}",
}
LOCK = BLOCK | {"kind": "lock", "secrecy": '["27:1"]'}
TRANSFER = BLOCK | {"kind": "transfer", "receivers": "{codes: [AV]}"}
LIMIT = BLOCK | {
    "kind": "limit",
    "secrecy": '["27:1"]',
    "against": "{sv: Nej, en: No}",
}
PROTECTION = BLOCK | {
    "kind": "protection",
    "givers": "{any: authority}",
    "items": "{marks: [victim]}",
    "advice": "{sv: Fråga, en: Ask}",
}
RECORD = BLOCK | {"kind": "record", "write": "{sv: Vad, en: What}"}
DATA = BLOCK | {
    "kind": "data_protection",
    "regime": "gdpr",
    "side": "giver",
    "parties": "{any: authority}",
    "note": "{sv: Grund, en: Basis}",
}
NOTE = BLOCK | {"kind": "note"}


def test_the_packaged_rulebook_has_no_fault() -> None:
    assert [str(fault) for fault in check_content(read_content(packaged_folder()))] == []


@pytest.mark.parametrize(
    "good",
    [BREAKING, EXCEPTION, LOCK, TRANSFER, LIMIT, PROTECTION, RECORD, DATA, NOTE],
    ids=lambda fields: fields["kind"],
)
def test_the_blocks_that_the_tests_break_are_good(folder: Path, good: dict[str, str]) -> None:
    add(folder, MADE_UP, block(good))
    assert check_content(read_content(folder)) == []


@pytest.mark.parametrize(
    ("base", "changes", "field", "words"),
    [
        # words that are in no list
        (BREAKING, {"givers": "{codes: [SKW]}"}, "givers.codes[0]",
         ["“SKW” is no agency", "did you mean SKV?", "agencies.yaml"]),
        (BREAKING, {"givers": "{codes: [skv]}"}, "givers.codes[0]", ["did you mean SKV?"]),
        (BREAKING, {"givers": "{codes: [SKV, SKV]}"}, "givers.codes[1]", ["stands twice"]),
        (BREAKING, {"receivers": "{any: authority, except_codes: [ZZ]}"},
         "receivers.except_codes[0]", ["“ZZ” is no agency"]),
        (BREAKING, {"receivers": "{circle: joint_inspection}"}, "receivers.circle",
         ["is no legal circle", "did you mean joint_inspections?"]),
        (BREAKING, {"givers": "{codes: [SKV], activities: [taxing]}"}, "givers.activities[0]",
         ["“taxing” is no activity", "vocabulary/activities.yaml"]),
        (BREAKING, {"givers": "{codes: [SKV], except_activities: [tax_contrl]}"},
         "givers.except_activities[0]", ["did you mean tax_control?"]),
        (BREAKING, {"receivers": "{codes: [AV], functions: [x]}"}, "receivers.functions[0]",
         ["“x” is no function"]),
        (BREAKING, {"receivers": "{codes: [AV], except_functions: [x]}"},
         "receivers.except_functions[0]", ["“x” is no function"]),
        (BREAKING, {"purposes": "[own_supervison]"}, "purposes[0]",
         ["is no purpose", "did you mean own_supervision?"]),
        (BREAKING, {"items": "{categories: [x]}"}, "items.categories[0]", ["no data category"]),
        (BREAKING, {"items": "{except_categories: [x]}"}, "items.except_categories[0]",
         ["no data category"]),
        (BREAKING, {"items": "{marks: [x]}"}, "items.marks[0]", ["“x” is no mark"]),
        (BREAKING, {"items": "{subjects: [people]}"}, "items.subjects[0]",
         ["no kind of subject", "person, company"]),
        (BREAKING, {"items": "{categories: [health], except_categories: [health]}"},
         "items.except_categories[0]", ["among the categories too"]),
        (NOTE, {"purposes": "[x]"}, "purposes[0]", ["is no purpose"]),
        (RECORD, {"outcomes": "[must_nt]"}, "outcomes[0]", ["did you mean must_not?"]),
        (RECORD, {"initiatives": "[both]"}, "initiatives[0]", ["use one of request, own"]),
        # parties
        (BREAKING, {"givers": "{}"}, "givers", ["found none of them", "exactly one"]),
        (BREAKING, {"givers": "{any: authority, codes: [SKV]}"}, "givers",
         ["found any and codes", "exactly one of any, circle and codes"]),
        (BREAKING, {"givers": "{codes: [SKV], functions: [tax]}"}, "givers.functions",
         ["says nothing about a giver", "write activities"]),
        (BREAKING, {"receivers": "{codes: [AV], activities: [supervision]}"},
         "receivers.activities", ["says nothing about a receiver"]),
        (BREAKING, {"givers": "{circle: law_enforcement_receivers}"}, "givers",
         ["nobody is ever giver"]),
        (PROTECTION, {"givers": "{codes: [AV], activities: [taxation]}"}, "givers.activities[0]",
         ["only SKV has taxation", "holders"]),
        # citations and stretches
        (BREAKING, {"cite": '"1990:1/2 §"'}, "cite", ["is not a citation"]),
        (BREAKING, {"cite": '"2009:400/10:2"'}, "cite", ["in the file of 1990:1"]),
        (BREAKING, {"grounds_with": '["2009:400/10:28", "10:3"]'}, "grounds_with[1]",
         ["“10:3” is not a citation"]),
        (BREAKING, {"grounds_with": '["2009:400/10:28", "2009:401/1:1"]'}, "grounds_with[1]",
         ["2009:401, which has no file", "did you mean 2009:400?", "acts/2009-401.yaml"]),
        (BREAKING, {"test": "overriding_reasons_against", "test_cite": '"x"'}, "test_cite",
         ["is not a citation"]),
        (BREAKING, {"opens": '{except: ["27:1"], except_cite: "x"}'}, "opens.except_cite",
         ["is not a citation"]),
        (BREAKING, {"opens": '{except: ["27-1"]}'}, "opens.except[0]",
         ["is not a list of sections"]),
        (BREAKING, {"opens": '{except: ["27:1", "27:1"]}'}, "opens.except[1]", ["stands twice"]),
        (BREAKING, {"opens": '{only: ["27:2-1"]}'}, "opens.only[0]", ["runs backwards"]),
        (BREAKING, {"opens": '{except: ["10:28"]}'}, "opens.except[0]", ["chapters 15-43"]),
        (BREAKING, {"opens": '{except: ["27:98-99"]}'}, "opens.except[0]",
         ["no secrecy rule stands at 27:98, 27:99"]),
        (BREAKING, {"opens": '{except: ["27:900-9999"]}'}, "opens.except[0]", ["and more"]),
        (BREAKING, {"opens": '{only: ["27:98"]}'}, "opens.only", ["no secrecy rule stands in any"]),
        (BREAKING, {"unless": "{tip_giver: true}", "unless_cite": '"x"'}, "unless_cite",
         ["is not a citation"]),
        (BREAKING, {"miss_cite": '"x"'}, "miss_cite", ["is not a citation"]),
        (LOCK, {"leaves": '["1800:1"]'}, "leaves[0]", ["1800:1, which has no file"]),
        (LOCK, {"shuts": '["x"]'}, "shuts[0]", ["is not a list of sections"]),
        (LOCK, {"shuts": '["27:1"]'}, "shuts[0]", ["27:1 is secrecy", "before 15"]),
        (LOCK, {"shuts": '["10:27"]', "leaves": '["1990:1"]'}, "leaves", ["only read without"]),
        (LOCK, {"secrecy": "[]"}, "secrecy", ["locks nothing"]),
        (LOCK, {"secrecy": '["x"]'}, "secrecy[0]", ["is not a list of sections"]),
        (LIMIT, {"secrecy": '["x"]'}, "secrecy[0]", ["is not a list of sections"]),
        (TRANSFER, {"carries": '["x"]'}, "carries[0]", ["is not a list of sections"]),
        (TRANSFER, {"unless_primary": '"x"'}, "unless_primary", ["is not a citation"]),
        # days
        (BREAKING, {"from_": "2017-12-31"}, "from", ["before 1990:1 takes effect, 2018-01-01"]),
        (BREAKING, {"from_": "2020-01-01", "to": "2019-12-31"}, "to", ["run backwards"]),
        (BREAKING, {"to": "unknown between 2017-01-01 and 2019-01-01"}, "to", ["run backwards"]),
        (BREAKING, {"grounds_with": '["2009:400/10:28", "2024:307/4"]'}, "grounds_with[1]",
         ["2024:307/4 does not hold on 2018-01-01", "when 1990:1/2 does"]),
        (BREAKING, {"miss_cite": '"2001:588/7"'}, "miss_cite",
         ["does not hold on 2026-04-02"]),
        (BREAKING, {"source": '{text: SFS, amended_by: "2025:1 and 2"}'}, "source.amended_by",
         ["is no SFS number"]),
        # conditions
        (BREAKING, {"when": "{joint_inspektion: true}"}, "when.joint_inspektion",
         ["is no fact", "did you mean joint_inspection?"]),
        (BREAKING, {"when": "[{joint_inspection: true}, {x: 1}]"}, "when[1].x", ["is no fact"]),
        (BREAKING, {"unless": "{x: true}"}, "unless.x", ["is no fact"]),
        (LOCK, {"unless": "{x: true}"}, "unless.x", ["is no fact"]),
        (PROTECTION, {"facts": "{x: true}"}, "facts.x", ["is no fact"]),
        (BREAKING, {"when": "{joint_inspection: 1}"}, "when.joint_inspection",
         ["joint_inspection is bool, expected true or false"]),
        (BREAKING, {"when": "{consent: givn}"}, "when.consent",
         ["found 'givn'", "did you mean given?"]),
        (BREAKING, {"when": "{consent: [given, 3]}"}, "when.consent", ["found 3"]),
        (BREAKING, {"when": "{consent: []}"}, "when.consent", ["no value is wanted"]),
        (BREAKING, {"when": "{received_from: SKW}"}, "when.received_from", ["code of an agency"]),
        (BREAKING, {"when": "{crime.min_months: {at_least: six}}"},
         "when.crime.min_months.at_least", ["found 'six'; expected a whole number"]),
        (BREAKING, {"when": "{joint_inspection: {at_least: 6}}"},
         "when.joint_inspection.at_least", ["at_least is for whole numbers"]),
        (BREAKING, {"when": '{crime.act: {within: ["1962:700 4 kap"]}}'},
         "when.crime.act.within[0]", ["expected a citation such as 1962:700/4:1a"]),
        (BREAKING, {"when": '{crime.act: {within: "1962:700"}}'}, "when.crime.act.within",
         ["expected a list of citations"]),
        (BREAKING, {"when": '{crime.grade: {within: ["1962:700"]}}'}, "when.crime.grade.within",
         ["within is for penal provisions"]),
        (BREAKING, {"when": "{crime.min_months: {at_most: 6}}"}, "when.crime.min_months",
         ["found {at_most}", "{at_least: number}"]),
        (BREAKING, {"when": "[]"}, "when", ["can never be met"]),
        (BREAKING, {"when": "[{}]"}, "when[0]", ["is always met"]),
        (BREAKING, {"when": "{tip_giver: true}", "unless": "{tip_giver: true}"},
         "unless.tip_giver", ["shuts out what when asks for"]),
        (PROTECTION, {"facts": "{consent: [given]}"}, "facts.consent", ["compares with one value"]),
        # rules that do not hang together
        (BREAKING, {"test": "overriding_reasons_against"}, "test", ["has no test_cite"]),
        (BREAKING, {"test_cite": '"1990:1/2 st2"'}, "test_cite", ["test is none"]),
        (BREAKING, {"unless_cite": '"1990:1/2 st2"'}, "unless_cite", ["unless is empty"]),
        (BREAKING, {"opens": '{except_cite: "1990:1/2 st2"}'}, "opens.except_cite",
         ["opens has none"]),
        (BREAKING, {"general_clause": "true"}, "general_clause", ["expected no duty"]),
        (BREAKING, {"grounds_with": None}, "grounds_with", ["2009:400/10:28", "source.note"]),
        (PROTECTION, {"items": None}, "items", ["is never shown"]),
        (EXCEPTION, {"items": "{}"}, "items", ["list at least one"]),
        (EXCEPTION, {"takes_out_of": "[]"}, "takes_out_of", ["list at least one"]),
        (EXCEPTION, {"takes_out_of": '["2009:400/27:99"]'}, "takes_out_of[0]",
         ["no secrecy rule 2009:400/27:99 holds on 2018-01-01"]),
        # points
        (BREAKING, {"points": '[{cite: "1990:1/3 p1"}]'}, "points[0].cite",
         ["does not lie in 1990:1/2"]),
        (BREAKING, {"points": '[{cite: "1990:1/2 p1", purposes: [own_supervision, x]}]'},
         "points[0].purposes[1]", ["is no purpose"]),
        (BREAKING,
         {"points": '[{cite: "1990:1/2 p1", purposes: [own_supervision, protect_child]}]'},
         "points[0].purposes[1]", ["“protect_child” is never reached"]),
        (BREAKING, {"points": '[{cite: "1990:1/2 p1", receivers: [AV, FK]}]'},
         "points[0].receivers[1]", ["“FK” is never reached"]),
        (BREAKING, {"points": '[{cite: "1990:1/2 p1"}, {cite: "1990:1/2 p2"}]'}, "points[1]",
         ["is never reached, because 1990:1/2 p1 fits first"]),
        (BREAKING, {"purposes": "[own_supervision, protect_child]",
                    "points": '[{cite: "1990:1/2 p1", purposes: [own_supervision]}]'},
         "purposes[1]", ["no point fits “protect_child”"]),
        (BREAKING, {"points": '[{cite: "1990:1/2 p1", when: {x: true}}]'}, "points[0].when.x",
         ["is no fact"]),
        # texts
        (BREAKING, {"title": "{sv: Rubrik, en: ' '}"}, "title.en", ["is empty"]),
        (BREAKING, {"arguable": "{sv: '', en: Doubt}"}, "arguable.sv", ["is empty"]),
        (BREAKING, {"weigh": "{for: [{sv: Behov, en: ''}]}"}, "weigh.for[0].en", ["is empty"]),
    ],
)  # fmt: skip
def test_a_block_that_does_not_fit(
    folder: Path, base: dict[str, str], changes: dict[str, str], field: str, words: list[str]
) -> None:
    add(folder, MADE_UP, block(base, **changes))
    (fault,) = check_content(read_content(folder))
    assert fault.file == folder / MADE_UP
    assert fault.field == f"blocks[0].{field}"
    for word in words:
        assert word in fault.expected, fault
    # A field that is missing is told of at the first line of its block.
    named = field.partition(".")[0].partition("[")[0]
    first = named if f"    {named}:" in block(base, **changes).replace("- ", "  ") else "rule"
    line = lines_of(folder, MADE_UP)[fault.line - 1].replace("- ", "  ", 1)
    assert line.startswith(f"    {first}:")


def test_each_faulty_citation_of_a_point_is_told(folder: Path) -> None:
    add(folder, MADE_UP, block(BREAKING, points="[{cite: x}]"))
    faults = check_content(read_content(folder))
    assert {fault.field for fault in faults} == {"blocks[0].points[0].cite"}
    assert any("“x” is not a citation" in fault.expected for fault in faults)


def test_a_rule_for_every_purpose_needs_something_that_narrows_it(folder: Path) -> None:
    wide = {"purposes": None, "receivers": "{any: anyone}"}
    add(folder, MADE_UP, block(BREAKING, **wide))
    (fault,) = check_content(read_content(folder))
    assert (fault.field, fault.line) == ("blocks[0]", 6)
    assert "opens for every purpose" in fault.expected


@pytest.mark.parametrize(
    "narrowing",
    [
        {"when": "{joint_inspection: true}"},
        {"items": "{marks: [child]}"},
        {"receivers": "{codes: [AV]}"},
        {"receivers": "{any: private, functions: [private]}"},
        {"force": "permission", "general_clause": "true"},
        {"points": '[{cite: "1990:1/2 p1", purposes: [own_supervision]}]'},
    ],
)
def test_what_narrows_a_rule(folder: Path, narrowing: dict[str, str]) -> None:
    wide = {"purposes": None, "receivers": "{any: anyone}"}
    add(folder, MADE_UP, block(BREAKING, **(wide | narrowing)))
    assert check_content(read_content(folder)) == []


@pytest.mark.parametrize(
    "reason",
    [
        {"source": "{text: SFS 1990:1, note: {sv: Skäl, en: Reason}}"},
        {"arguable": "{sv: Oklart, en: Unclear}"},
        {"grounds_with": '["2009:400/10:11"]'},
        {"force": "permission"},
    ],
)
def test_a_duty_without_osl_10_28_says_why(folder: Path, reason: dict[str, str]) -> None:
    add(folder, MADE_UP, block(BREAKING, **({"grounds_with": None} | reason)))
    assert check_content(read_content(folder)) == []
