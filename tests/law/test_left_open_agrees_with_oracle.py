"""A question that leaves something out gets no laxer answer than any way it may turn out.

The slice of ``test_rule_evaluation`` is asked again with one thing left out, and the oracle is
asked in every way that may be. The engine may be stricter, for the rulebook knows more places than
the oracle's tables; where it always is, the oracle says so.
"""

from __future__ import annotations

import pytest

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from tests.law.oracle.decide import decide
from tests.law.oracle.left_open import RESTRICTION, restriction, ways
from tests.law.test_engine_agrees_with_oracle import SHOWN, agrees
from tests.law.test_rule_evaluation import PARTS, Question, part_of_the_slice

LEFT_OUT = ("activity", "receiver_function", "subject", "harm")
EVERY = 3
"""Every third question of the slice, so that the test stays at a few seconds."""
MOST_SET_ASIDE = 0.05
LEAST_AS_STRICT = 0.88


def without(raw: Question, field: str) -> Question:
    """The question with one thing left out."""
    if field == "harm":
        facts = {code: value for code, value in raw["facts"].items() if code != "harm"}
        return {**raw, "facts": facts}
    if field == "subject":
        return {**raw, "subject": {**raw["subject"], "kind": None}}
    return {**raw, field: None}


def questions(rulebook: Rulebook, part: int) -> list[Question]:
    """Questions of the slice that can be asked: the provisions they name hold on their day."""
    found = []
    for raw, _ in part_of_the_slice(part)[::EVERY]:
        try:
            rulebook.ask(rulebook.read(raw))
        except FieldError as error:
            if "does not hold on" not in error.remedy:
                raise
        else:
            found.append(raw)
    return found


@pytest.mark.parametrize("field", LEFT_OUT)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_left_out_is_never_taken_in_the_lax_way(
    rulebook: Rulebook, part: int, field: str
) -> None:
    found: list[str] = []
    asked = set_aside = as_strict = 0
    raws = questions(rulebook, part)
    for raw in raws:
        less = without(raw, field)
        answer = rulebook.ask(rulebook.read(less))
        place = restriction(answer.outcome, answer.floor)
        strictest = len(RESTRICTION)
        for way in ways(less):
            asked += 1
            expected = decide(way)
            if not agrees(rulebook.ask(rulebook.read(way)), expected):
                set_aside += 1  # outside the space on which both have been compared
                continue
            said = restriction(expected["outcome"], expected["floor"])
            strictest = min(strictest, said)
            if place > said:
                found.append(f"{way}\n  oracle {expected}\n  engine {answer.possible}")
        as_strict += place == strictest
    assert not found, "\n".join(found[:SHOWN])
    assert set_aside < MOST_SET_ASIDE * asked
    assert as_strict > LEAST_AS_STRICT * len(raws)
