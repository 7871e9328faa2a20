"""A slice of the questions on which engine and oracle agree, small enough to be asked all the time.

The whole space takes minutes. The slice takes about a second and still holds every giver, receiver,
purpose, provision of secrecy and day of the space, so that a change in how rules are evaluated
shows at once. Mutation runs live from it, see ``docs/mutation.md``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice
from typing import Any

import pytest

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.loading import Content, packaged_folder, read_content
from tests.law.oracle.decide import decide
from tests.law.oracle.space import chunk
from tests.law.oracle.space_tables import ASKERS, GIVERS, NEW_DAYS, OLD_DAYS
from tests.law.test_engine_agrees_with_oracle import COMPARED, SHOWN, agrees, set_aside

PARTS = 4
EVERY_SETTING, EVERY_QUESTION = 11, 37
"""Of every 11th setting every 37th question: primes, so that no day or profile is skipped."""
LEAST = 4_000
MOST_SET_ASIDE = 0.02

Question = dict[str, Any]


@cache
def content() -> Content:
    return read_content(packaged_folder())


@pytest.fixture
def fresh() -> Rulebook:
    """A rulebook nobody has asked yet, so that each part also tests how epochs are built."""
    return Rulebook(content(), "fresh")


@cache
def part_of_the_slice(part: int) -> tuple[tuple[Question, dict[str, Any]], ...]:
    """Questions with what the oracle says of them."""
    settings = chunk(part * EVERY_SETTING, PARTS * EVERY_SETTING)
    return tuple((raw, decide(raw)) for raw in islice(settings, 0, None, EVERY_QUESTION))


def test_the_slice_holds_every_party_purpose_secrecy_and_day_of_the_space() -> None:
    slice_ = [raw for part in range(PARTS) for raw, _ in part_of_the_slice(part)]
    assert len(slice_) >= LEAST
    assert {raw["on"] for raw in slice_} == {*OLD_DAYS, *NEW_DAYS}
    assert {(raw["giver"], raw["activity"]) for raw in slice_} == {
        (giver.agency, giver.activity) for giver in GIVERS
    }
    assert {(raw["receiver"], raw["receiver_function"], raw["purpose"]) for raw in slice_} == {
        (asker.code, asker.function, purpose) for asker in ASKERS for purpose in asker.purposes
    }
    held = {text.split("/")[1] for raw in slice_ for text in raw["secrecy"]}
    assert held == {section for giver in GIVERS for section in giver.singles + giver.hard}


@pytest.mark.parametrize("part", range(PARTS))
def test_engine_and_oracle_agree_on_the_slice(fresh: Rulebook, part: int) -> None:
    found: list[str] = []
    aside: Counter[str] = Counter()
    questions = part_of_the_slice(part)
    for raw, expected in questions:
        try:
            answer = fresh.ask(fresh.read(raw))
        except FieldError as error:
            if "does not hold on" not in error.remedy:
                raise
            aside["the provision did not hold that day"] += 1
            continue
        if agrees(answer, expected):
            continue
        reason = set_aside(raw, answer, expected)
        if reason is not None:
            aside[reason] += 1
            continue
        said = [getattr(answer, name) for name in COMPARED]
        found.append(f"{raw}\n  oracle {expected}\n  engine {said} {answer.grounds}")
        if len(found) >= SHOWN:
            break
    assert not found, "\n".join(found)
    assert aside.total() < MOST_SET_ASIDE * len(questions), aside
