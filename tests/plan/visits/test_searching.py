"""The search: whatever it tries can be carried out, costs what it says, and comes again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.plan.compiling import compile_ahead
from samsyn.plan.visits.annealing import anneal
from samsyn.plan.visits.checking import check
from samsyn.plan.visits.first_plan import Found, first_plan
from samsyn.plan.visits.laying import lay
from samsyn.plan.visits.searching import Lap, Search, improve
from tests.plan.visits.invented import by_chance, by_hand, problem_of
from tests.plan.visits.published import published

HOT = Lap(1.0, 1e6, 1e6)
"""So warm that every change is kept."""


def hot(problem: Any, seed: int, changes: int) -> Search:
    """A search after so many changes, each kept."""
    search = Search(problem, first_plan(problem), seed)
    search._try(HOT.warm, changes)
    return search


@settings(max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_whatever_is_laid_the_checker_takes(seed: int) -> None:
    problem = by_chance(seed)
    search = hot(problem, seed, 300)
    present = search._data.unpacked(search._order, search._who)
    checked = check(problem, lay(problem, present))
    assert checked.feasible, checked.violations
    # The cost that was kept up to date over hundreds of changes is that of the plan itself.
    assert checked.cost * 3 == pytest.approx(search._costs[0], abs=1e-6)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**9))
def test_the_best_is_told_with_its_cost(seed: int) -> None:
    problem = by_chance(seed)
    start = first_plan(problem)
    found = improve(problem, start, seed, 20_000)
    checked = check(problem, lay(problem, found.arrangement))
    assert checked.feasible
    assert checked.cost == pytest.approx(found.cost, abs=1e-6)
    assert found.cost <= check(problem, lay(problem, start)).cost + 1e-9


def test_costs_add_up_to_the_last_digit_after_many_changes() -> None:
    problem = by_chance(7, visits=40, people=8)
    search = hot(problem, 1, 50_000)
    again = np.array([np.inf, np.inf])
    anneal(
        search._order.copy(), search._who.copy(), search._order.copy(), search._who.copy(), again,
        *search._data.arrays, search._chance.copy(), 1.0, 0,
    )  # fmt: skip
    assert again[0] == search._costs[0]


def test_the_same_seed_and_number_of_changes_give_the_same_plan() -> None:
    problem = by_chance(3, visits=20)
    start = first_plan(problem)
    once, again = (improve(problem, start, 5, 60_000) for _ in range(2))
    assert once == again


def test_a_better_plan_of_somebody_else_is_taken_over() -> None:
    problem = by_chance(11, visits=20)
    start = first_plan(problem)
    best = improve(problem, start, 1, 100_000)
    search = Search(problem, start, 2)
    assert search.cost > best.cost
    search.set_out(best)
    assert search.found == best
    search.set_out(Found(best.cost + 1, start))
    assert search.found == best


def test_the_best_order_of_three_visits_is_found() -> None:
    problem = problem_of(by_hand())
    assert improve(problem, first_plan(problem), 1, 20_000).cost == pytest.approx(40)


def test_one_visit_alone_is_planned() -> None:
    document = by_hand()
    document["patients"] = document["patients"][:1]
    document["distances"] = [[0, 10], [10, 0]]
    problem = problem_of(document)
    assert improve(problem, first_plan(problem), 1, 20_000).cost == pytest.approx(20 / 3)


@pytest.mark.parametrize("name", ["InstanzCPLEX_HCSRP_10_1", "InstanzCPLEX_HCSRP_10_3"])
def test_ten_published_visits_reach_their_reference(name: str) -> None:
    one = next(one for one in published() if one.name == name)
    problem = one.problem
    found = improve(problem, first_plan(problem), 1, 400_000)
    assert found.cost <= one.cost * 1.0001


def test_what_is_compiled_ahead_is_all_that_a_search_needs() -> None:
    compile_ahead()
    compiled = len(anneal.signatures)  # type: ignore[attr-defined]
    improve(problem_of(by_hand()), first_plan(problem_of(by_hand())), 1, 1)
    assert len(anneal.signatures) == compiled  # type: ignore[attr-defined]
