"""Do the tables say word for word what the interpreter says?"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.kernel.citations import Citation
from samsyn.kernel.faults import FieldError
from samsyn.law import Answer, Rulebook
from samsyn.law.interpreter import OUTCOMES
from samsyn.law.item_class import ItemClass, Situation
from samsyn.law.tables import Tables, Verdicts
from tests.law.item_classes import raw_items, raw_situations

ON = date(2026, 3, 1)
PLAN: dict[str, Any] = {
    "receiver": "AV",
    "purpose": "joint_inspection_plan",
    "initiative": "request",
}
PAYROLL: dict[str, Any] = {"giver": "SKV", "activity": "taxation", "secrecy": ["2009:400/27:1"]}


@pytest.fixture
def tables(rulebook: Rulebook) -> Tables:
    return rulebook.compile(ON)


def said(answer: Answer) -> tuple[object, ...]:
    """Everything of an answer that is written or shown."""
    return (
        answer.outcome,
        answer.test,
        answer.duty_if_favourable,
        answer.floor,
        answer.grounds,
        answer.excluded_by,
        answer.steps,
        answer.outcomes,
        answer.human_questions,
        answer.records,
        answer.arguable,
    )


@settings(max_examples=200)
@given(st.data())
def test_tables_say_what_the_interpreter_says(rulebook: Rulebook, data: st.DataObject) -> None:
    tables = rulebook.compile(data.draw(st.sampled_from(rulebook.epoch_starts)))
    items = []
    for raw in data.draw(st.lists(raw_items(rulebook), min_size=1, max_size=4)):
        with suppress(FieldError):  # a giver that does not exist yet, secrecy that does not hold
            items.append(tables.item_class(**raw))
    situations = []
    for raw in data.draw(st.lists(raw_situations(rulebook), min_size=1, max_size=2)):
        with suppress(FieldError):  # a receiver that does not exist yet
            situations.append(tables.situation(**raw))
    # Another book of the same rules, so that nothing that was remembered is compared with itself.
    fresh = Rulebook(rulebook.content, rulebook.version)
    for situation in situations:
        column = tables.column(situation)
        for item in items:
            expected = fresh.ask(tables.question(item, situation))
            assert said(tables.ask(item, situation)) == said(expected)
            reason = tables.reasons[tables.reason(item, situation)]
            assert (reason.outcome, reason.test, reason.duty, reason.floor) == said(expected)[:4]
            assert (reason.grounds, reason.excluded_by) == said(expected)[4:6]
            assert reason.steps == expected.steps == reason.answer.steps
            index = tables.index(item)
            assert OUTCOMES[column.outcome[index]] == expected.outcome
            assert column.reason[index] == reason.number


@settings(max_examples=200)
@given(st.data())
def test_a_cell_is_the_question_that_is_read(rulebook: Rulebook, data: st.DataObject) -> None:
    tables = rulebook.compile(ON)
    item, situation = data.draw(raw_items(rulebook)), data.draw(raw_situations(rulebook))
    facts = {**item.get("facts", {}), **situation.get("facts", {}), **item.get("facts", {})}
    whole = rulebook.read({**situation, **item, "facts": facts, "on": tables.on})
    assert tables.question(tables.item_class(**item), tables.situation(**situation)) == whole


@settings(max_examples=50)
@given(st.data())
def test_classes_may_be_added_at_any_time(rulebook: Rulebook, data: st.DataObject) -> None:
    tables = rulebook.compile(ON)
    situation = tables.situation(**PLAN)
    before = tables.column(situation)
    kept: list[tuple[Verdicts, list[int], list[int]]] = []
    for raw in data.draw(st.lists(raw_items(rulebook), max_size=8)):
        item = tables.item_class(**raw)
        column = tables.column(situation)
        assert len(column.outcome) == len(column.reason) == len(tables.classes)
        assert tables.classes[tables.index(item)] is item or item in tables.classes
        kept.append((column, column.outcome.tolist(), column.reason.tolist()))
    assert len(before.outcome) == 0
    for column, outcomes, reasons in kept:
        assert (column.outcome.tolist(), column.reason.tolist()) == (outcomes, reasons)


def test_reasons_are_shared_and_complete(tables: Tables) -> None:
    situation = tables.situation(**PLAN)
    first = tables.item_class(**PAYROLL, item_kind="one thing")
    second = tables.item_class(**PAYROLL, item_kind="another thing")
    assert first != second
    assert tables.reason(first, situation) == tables.reason(second, situation)
    contents = [
        (reason.outcome, reason.test, reason.grounds, reason.steps) for reason in tables.reasons
    ]
    assert len(set(contents)) == len(contents)
    assert [reason.number for reason in tables.reasons] == list(range(len(tables.reasons)))


def test_a_warm_cell_gives_the_same_object(tables: Tables) -> None:
    item, situation = tables.item_class(**PAYROLL), tables.situation(**PLAN)
    answer = tables.ask(item, situation)
    assert tables.ask(tables.item_class(**PAYROLL), tables.situation(**PLAN)) is answer
    assert answer.question.on == tables.on


def test_what_the_item_says_goes_before_the_situation(tables: Tables) -> None:
    item = tables.item_class(**PAYROLL, facts={"harm": "not_met"})
    situation = tables.situation(**PLAN, facts={"harm": "met", "joint_inspection": True})
    facts = dict(tables.question(item, situation).facts)
    assert facts == {"harm": "not_met", "joint_inspection": True}


def test_verdicts_are_looked_up_for_each_item(tables: Tables) -> None:
    situation = tables.situation(**PLAN)
    items = [
        tables.item_class(**PAYROLL, facts={"harm": "met"}),
        tables.item_class(giver="SKV", secrecy=[]),
        tables.item_class(giver="AV", secrecy=["2009:400/27:1"]),
    ]
    wanted = np.array([2, 0, 0, 1, 2], np.intp)
    found = tables.verdicts(situation, wanted)
    assert found.outcome.dtype == np.uint8
    assert found.reason.dtype == np.int32
    for place, index in enumerate(wanted):
        answer = tables.ask(items[index], situation)
        assert OUTCOMES[found.outcome[place]] == answer.outcome
        assert tables.reasons[found.reason[place]].steps == answer.steps


def test_room_for_verdicts_is_used_again(tables: Tables) -> None:
    situation = tables.situation(**PLAN)
    tables.item_class(**PAYROLL)
    room = Verdicts.empty(3)
    assert tables.verdicts(situation, np.zeros(3, np.intp), room) is room
    assert room.reason.tolist() == [0, 0, 0]


@pytest.mark.parametrize("wrong", [[1], [0, -1], [2**40], [-(2**63)]])
def test_an_index_that_is_none_is_refused(tables: Tables, wrong: list[int]) -> None:
    tables.item_class(**PAYROLL)
    with pytest.raises(IndexError, match="from 0 to 0"):
        tables.verdicts(tables.situation(**PLAN), np.array(wrong, np.intp))


def test_no_items_have_no_verdicts(tables: Tables) -> None:
    found = tables.verdicts(tables.situation(**PLAN), np.zeros(0, np.intp))
    assert (len(found.outcome), len(found.reason)) == (0, 0)
    with pytest.raises(IndexError):
        tables.verdicts(tables.situation(**PLAN), np.zeros(1, np.intp))


def test_a_column_cannot_be_written_to(tables: Tables) -> None:
    tables.item_class(**PAYROLL)
    column = tables.column(tables.situation(**PLAN))
    for array in column:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "giver", "missing"),
        ({"giver": "SKVV"}, "giver", "did you mean SKV"),
        ({"giver": "SKV", "receiver": "AV"}, "receiver", "an item has no such field"),
        ({"giver": "SKV", "secrecies": []}, "secrecies", "did you mean secrecy"),
        ({"giver": "SKV", "facts": {"harm": "maybe"}}, "facts.harm", "met or not_met"),
        ({"giver": "SKV", "secrecy": ["27:1"]}, "secrecy[0]", "is not a citation"),
        ({"giver": "SKV", "subject": {"kind": "dog"}}, "subject.kind", "person or company"),
    ],
)
def test_a_class_is_checked_as_a_question_is(
    tables: Tables, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(FieldError) as refused:
        tables.item_class(**fields)
    assert refused.value.field == field
    assert words in refused.value.remedy
    assert tables.classes == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"receiver": "AVV"}, "receiver"),
        ({"purpose": "because"}, "purpose"),
        ({"initiative": "both"}, "initiative"),
        ({"receiver_function": "supervison"}, "receiver_function"),
        ({"facts": {"joint_inspecton": True}}, "facts.joint_inspecton"),
    ],
)
def test_a_situation_is_checked_as_a_question_is(
    tables: Tables, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        tables.situation(**{**PLAN, **changes})
    assert refused.value.field == field


def test_secrecy_that_does_not_hold_is_refused_at_once(rulebook: Rulebook) -> None:
    epochs = [rulebook.epoch(start) for start in rulebook.epoch_starts]
    cites = {cite for epoch in epochs for cite in epoch.secrecy_by_cite}
    gone = [
        (epoch, cite)
        for epoch in epochs
        for cite in cites
        if epoch.not_in_force(cite) and epoch.secrecy_rule(Citation.parse(cite)) is None
    ]
    if not gone:
        pytest.skip("every secrecy provision of the rulebook holds on all its days")
    for epoch, cite in gone:
        tables = rulebook.compile(epoch.start)
        with pytest.raises(FieldError, match="does not hold on"):
            tables.item_class(giver="SKV", secrecy=[cite])
        assert tables.classes == ()


def test_a_class_has_the_same_code_everywhere() -> None:
    item = ItemClass(giver="JäMy", secrecy=("2009:400/26:1",), facts=(("harm", "met"),))
    assert item.code == 2194948565367632034
    assert 0 <= item.code < 2**62
    script = (
        "from samsyn.law.item_class import ItemClass\n"
        "print(ItemClass(giver='JäMy', secrecy=('2009:400/26:1',), facts=(('harm', 'met'),)).code)"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert int(done.stdout) == item.code


@settings(max_examples=100)
@given(st.data())
def test_classes_have_one_code_each(rulebook: Rulebook, data: st.DataObject) -> None:
    tables = rulebook.compile(ON)
    first = tables.item_class(**data.draw(raw_items(rulebook)))
    second = tables.item_class(**data.draw(raw_items(rulebook)))
    assert (first == second) == (first.code == second.code)
    assert (first == second) == (tables.index(first) == tables.index(second))


def test_a_class_from_other_tables_is_taken_in(rulebook: Rulebook) -> None:
    here, there = rulebook.compile(ON), rulebook.compile(ON)
    there.item_class(giver="AV")
    item = there.item_class(**PAYROLL)
    situation = there.situation(**PLAN)
    assert (there.index(item), here.index(item)) == (1, 0)
    assert said(here.ask(item, situation)) == said(there.ask(item, situation))


def test_old_answers_make_room(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsyn.law.tables.REMEMBERED", 2)
    situation = tables.situation(**PLAN)
    items = [tables.item_class(**PAYROLL, item_kind=f"thing {place}") for place in range(5)]
    outcomes = [tables.ask(item, situation).outcome for item in items]
    assert [tables.ask(item, situation).outcome for item in items] == outcomes
    assert len(tables._answers) <= 2


def test_a_situation_is_what_was_said() -> None:
    plain = Situation(receiver="AV", purpose="transparency", initiative="own")
    assert plain == Situation(receiver="AV", purpose="transparency", initiative="own")
    assert hash(plain) == hash(Situation(receiver="AV", purpose="transparency", initiative="own"))
