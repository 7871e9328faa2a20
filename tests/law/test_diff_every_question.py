"""Small rulebooks of which every question is asked: the counts of a difference must be those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samsyn.law import Rulebook
from samsyn.law.diff import Difference, answers_of, diff, shape_of, space
from samsyn.law.diff.comparison import Comparison
from samsyn.law.diff.difference import kind_name
from samsyn.law.diff.space import Item, Route, every_fact_combination, question_at
from tests.law import small_rulebook
from tests.law.small_rulebook import another_provision, renamed


def duty_without_test(blocks: dict[str, dict[str, Any]]) -> None:
    del blocks["duty"]["test"]


def duty_for_all_purposes(blocks: dict[str, dict[str, Any]]) -> None:
    del blocks["duty"]["purposes"]


def no_duty(blocks: dict[str, dict[str, Any]]) -> None:
    del blocks["duty"]


def lock_for_good(blocks: dict[str, dict[str, Any]]) -> None:
    del blocks["lock"]["unless"]


def firm_becomes_weak(blocks: dict[str, dict[str, Any]]) -> None:
    blocks["firm"]["strength"] = "straight"


def told_becomes_weak(blocks: dict[str, dict[str, Any]]) -> None:
    blocks["told"]["strength"] = "straight"


def exception_everywhere(blocks: dict[str, dict[str, Any]]) -> None:
    del blocks["open-decision"]["givers"]["activities"]


def another_citation(blocks: dict[str, dict[str, Any]]) -> None:
    blocks["consent"]["cite"] = "2009:400/10:2"


def weaker_second_rule(blocks: dict[str, dict[str, Any]]) -> None:
    blocks["general"]["test"] = "overriding_reasons_against"


EDITS = [
    renamed,
    duty_without_test,
    duty_for_all_purposes,
    no_duty,
    lock_for_good,
    firm_becomes_weak,
    told_becomes_weak,
    exception_everywhere,
    another_citation,
    another_provision,
    weaker_second_rule,
]


def every_question(comparison: Comparison) -> Iterator[tuple[Route, Item, str | None, Any]]:
    facts = list(every_fact_combination(comparison.axes))
    for route in comparison.both.every_route():
        for item in comparison.both.items:
            for cite in (None, *comparison.both.provisions[route.giver]):
                for combination in facts:
                    yield route, item, cite, combination


def count_one_by_one(first: Rulebook, second: Rulebook, on: tuple[date, date]) -> dict[str, Any]:
    """The tables of a difference, from asking everything."""
    comparison = Comparison(shape_of(first, on[0]), shape_of(second, on[1]))
    tables: dict[str, Counter[str]] = {
        name: Counter() for name in ("kinds", "givers", "receivers", "purposes")
    }
    questions = other_ground = 0
    changed_routes = set()
    for route, item, cite, facts in every_question(comparison):
        secrecy = () if cite is None else (cite,)
        one = first.ask(question_at(on[0], route, item, secrecy, facts))
        other = second.ask(question_at(on[1], route, item, secrecy, facts))
        questions += 1
        kind = answers_of(one), answers_of(other)
        if kind[0] == kind[1]:
            grounds = [{p.verdict.grounds for p in answer.possible} for answer in (one, other)]
            other_ground += grounds[0] != grounds[1]
            continue
        changed_routes.add(route)
        tables["kinds"][kind_name(*kind)] += 1
        tables["givers"][route.giver] += 1
        tables["receivers"][route.receiver] += 1
        tables["purposes"][route.purpose] += 1
    return {
        **{name: dict(table) for name, table in tables.items()},
        "questions": questions,
        "other_ground": other_ground,
        "changed_routes": len(changed_routes),
    }


def counted(difference: Difference) -> dict[str, Any]:
    return {
        **{
            name: {row.code: row.questions for row in getattr(difference, name)}
            for name in ("kinds", "givers", "receivers", "purposes")
        },
        "questions": difference.questions,
        "other_ground": difference.other_ground.questions if difference.other_ground else 0,
        "changed_routes": difference.changed_routes,
    }


@pytest.fixture
def few_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two marks and one kind of subject, so that every question can be asked in a second."""
    monkeypatch.setattr(space, "MARKS", (None,))
    monkeypatch.setattr(space, "KINDS", ("person",))


TWO, ALL_KINDS = ("AAA", "BBB"), ("BBB", "SELF", "PRIVATE", "ABROAD")


@pytest.mark.usefixtures("few_items")
@pytest.mark.parametrize(
    ("edit", "agencies"),
    [
        *((edit, ALL_KINDS) for edit in EDITS),
        (no_duty, TWO),
        *(pytest.param(edit, TWO, marks=pytest.mark.slow) for edit in EDITS if edit is not no_duty),
    ],
)
def test_counts_are_those_of_asking_every_question(
    tmp_path: Path,
    edit: Callable[[dict[str, dict[str, Any]]], None],
    agencies: tuple[str, ...],
) -> None:
    first = small_rulebook.load(small_rulebook.write(tmp_path / "first", agencies=agencies))
    second = small_rulebook.load(small_rulebook.write(tmp_path / "second", edit, agencies))
    on = date(2022, 6, 1)
    difference = diff(shape_of(first, on), shape_of(second, on))
    assert counted(difference) == count_one_by_one(first, second, (on, on))


@pytest.mark.usefixtures("few_items")
@pytest.mark.parametrize("agencies", [("AAA", "BBB"), ("BBB", "SELF", "ABROAD")])
def test_an_undated_day_is_a_difference_of_its_own(
    tmp_path: Path, agencies: tuple[str, ...]
) -> None:
    rulebook = small_rulebook.load(small_rulebook.write(tmp_path, agencies=agencies))
    on = date(2021, 12, 31), date(2022, 1, 1)
    difference = diff(shape_of(rulebook, on[0]), shape_of(rulebook, on[1]))
    assert counted(difference) == count_one_by_one(rulebook, rulebook, on)
    if "AAA" in agencies:
        assert any(" / " in row.code or ":" in row.code for row in difference.kinds)
