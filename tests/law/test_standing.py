"""A question that meets the same law on two days has the same verdict on both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.diff import shape_of
from samsyn.law.diff.space import Item, question_at
from samsyn.law.question import Question
from samsyn.law.schema import FactValue
from samsyn.law.simulate import Replay, replayed
from samsyn.law.standing import Standings
from tests.law import small_rulebook

LEFT_OUT: tuple[tuple[str, ...], ...] = (
    (),
    ("secrecy",),
    ("activity",),
    ("secrecy", "activity"),
    ("receiver_function", "subject"),
)


def variants(rulebook: Rulebook, worked_cases: Path) -> Iterator[Question]:
    """The worked cases, and the same with less stated."""
    for line in worked_cases.read_text(encoding="utf-8").splitlines()[::3]:
        raw: dict[str, Any] = json.loads(line)
        for fields in LEFT_OUT:
            yield rulebook.read({key: value for key, value in raw.items() if key not in fields})


def verdict(rulebook: Rulebook, question: Question) -> tuple[object, ...]:
    """What an officer would be told, or the field in which the question cannot be answered."""
    try:
        answer = rulebook.ask(question)
    except FieldError as fault:
        return (fault.field,)
    return (
        answer.outcome, answer.test, answer.duty_if_favourable, answer.floor, answer.grounds,
        tuple(one.text for one in answer.verdict.left),
        tuple(one.signature for one in answer.possible),
    )  # fmt: skip


def test_the_same_law_gives_the_same_verdict(rulebook: Rulebook, worked_cases: Path) -> None:
    standings = Standings(rulebook)
    asked, laws = 0, 0
    for question in variants(rulebook, worked_cases):
        found: dict[object, tuple[object, ...]] = {}
        for start in rulebook.epoch_starts:
            there = msgspec.structs.replace(question, on=start)
            given = verdict(rulebook, there)
            assert found.setdefault(standings.of(there), given) == given, there
            asked += 1
        laws += len(found)
    # Otherwise nothing is gained, and nothing was tried.
    assert laws < asked / 2


BEFORE, FROM = date(2023, 12, 31), date(2024, 1, 1)


def small_questions(rulebook: Rulebook) -> Iterator[Question]:
    """Questions of the small law for each way, with secrecy stated and not."""
    routes = shape_of(rulebook, FROM).space.every_route()
    items = [
        Item(category, "person", None) for category in (None, "decision", "tip_giver_identity")
    ]
    ways = [
        None,
        ("2009:400/17:1",),
        ("2009:400/25:1",),
        ("2009:400/27:1",),
        ("2009:400/27:1 st2",),
    ]
    for route, item, secrecy, asked in product(routes, items, ways, (False, True)):
        facts: dict[str, FactValue] = {"harm": "met", "asked_twice": asked}
        question = question_at(BEFORE, route, item, secrecy or (), facts)
        yield question if secrecy else msgspec.structs.replace(question, secrecy=None)


@pytest.mark.parametrize("late", sorted(small_rulebook.blocks()))
def test_each_kind_of_rule_that_begins_is_seen(tmp_path: Path, late: str) -> None:
    """One block at a time holds from a later day: what it changes does not count as the same."""

    def begins(blocks: dict[str, dict[str, Any]]) -> None:
        blocks[late]["from"] = str(FROM)

    rulebook = small_rulebook.load(small_rulebook.write(tmp_path, begins))
    standings = Standings(rulebook)
    changed = 0
    for question in small_questions(rulebook):
        later = msgspec.structs.replace(question, on=FROM)
        if verdict(rulebook, question) != verdict(rulebook, later):
            changed += 1
            assert standings.of(question) != standings.of(later), question
    assert changed


@pytest.mark.parametrize("field", ["crime.act", "received_from"])
def test_what_hangs_on_penalties_or_other_agencies_is_asked_for_each_epoch(
    rulebook: Rulebook, field: str
) -> None:
    value = {"crime.act": "1962:700/4:1b", "received_from": "SKV"}[field]
    question = rulebook.read(
        {"on": "2026-03-01", "giver": "AV", "receiver": "PM", "purpose": "crime_intelligence",
         "initiative": "own", "facts": {field: value}}
    )  # fmt: skip
    standings = Standings(rulebook)
    days = [msgspec.structs.replace(question, on=start) for start in rulebook.epoch_starts]
    assert len({standings.of(day) for day in days}) == len(days)


def test_a_replay_that_remembers_tells_what_one_that_does_not_tells(
    rulebook: Rulebook, worked_cases: Path
) -> None:
    replay = Replay(rulebook, rulebook)
    for line in worked_cases.read_text(encoding="utf-8").splitlines()[:40]:
        raw = json.loads(line)
        for day in ("2023-05-01", "2024-05-01", "2026-03-01"):
            there = {**raw, "on": day}
            try:
                alone = replayed(rulebook, rulebook, there)
            except FieldError:
                with pytest.raises(FieldError):
                    replay.ask(there)
                continue
            found = replay.ask(there)
            assert (found.effect, found.change) == (alone.effect, alone.change)
            assert found.present.verdict.left == alone.present.verdict.left
