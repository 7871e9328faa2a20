"""How are questions in a file answered, one line each, and compared with expected answers?

The lines are JSON objects with the fields of a worked case; answers keep the order of the lines.
A line that cannot be answered gives a line with its error, and the run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language
from samsyn.law.answer import Answer
from samsyn.law.rulebook import Rulebook

COMPARED = ("outcome", "test", "duty_if_favourable", "floor")
"""Fields of an answer that a worked case states, besides its grounds."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The answer to one line of a file.

    Attributes:
        line: number of the line, counted from 1.
        raw: the line's object, or an empty one when it is no JSON object.
        result: what is written for it.
    """

    line: int
    raw: dict[str, Any]
    result: dict[str, Any]

    @property
    def failed(self) -> bool:
        """True if the line could not be answered."""
        return "error" in self.result


def assess(
    rulebook: Rulebook, lines: Iterable[str], language: Language = "en"
) -> Iterator[Assessed]:
    """Answer each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _assess_line(rulebook, number, line, language)


def _assess_line(rulebook: Rulebook, number: int, line: str, language: Language) -> Assessed:
    raw: dict[str, Any] = {}
    try:
        raw = object_of(line)
        answer = rulebook.ask(rulebook.read(raw))
    except FieldError as error:
        fault = {"field": error.field, "remedy": error.said.into(language)}
        return Assessed(number, raw, {"id": identity_of(raw, number), "error": fault})
    return Assessed(number, raw, as_line(answer, identity_of(raw, number), language))


def object_of(line: str) -> dict[str, Any]:
    """The JSON object on a line.

    Raises:
        FieldError: if the line holds something else.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FieldError("line", f"is not JSON: {error}", f"är inte JSON: {error}") from None
    if not isinstance(raw, dict):
        raise FieldError(
            "line",
            "expected a JSON object with the fields of a case",
            "ange ett JSON-objekt med ett falls fält",
        )
    return raw


def identity_of(raw: dict[str, Any], number: int) -> Any:
    """The ``id`` of a line's object, else the number of the line in words."""
    identity = raw.get("id")
    return identity if isinstance(identity, str | int) else f"line {number}"


def as_line(answer: Answer, identity: Any, language: Language) -> dict[str, Any]:
    """The answer in the fields of the batch contract."""
    return {
        "id": identity,
        "outcome": answer.outcome,
        "test": answer.test,
        "duty_if_favourable": answer.duty_if_favourable,
        "floor": answer.floor,
        "grounds": list(answer.grounds),
        "excluded_by": list(answer.excluded_by),
        "steps": [
            {"stage": step.stage, "cites": list(step.cites), "text": step.text.into(language)}
            for step in answer.steps
        ],
        "rulebook_version": answer.rulebook.version,
    }


@dataclass(slots=True)
class Difference:
    """Where an answer differs from what a worked case expects."""

    identity: Any
    confidence: str
    field: str
    expected: Any
    found: Any


@dataclass(slots=True)
class Score:
    """Agreement with worked cases.

    Attributes:
        agreed: confidence → number of cases that agree in outcome, test, duty, floor and first
            ground.
        total: confidence → number of cases.
        differences: every difference in these fields.
        exclusions_agreed: cases whose ``excluded_by`` is the same too.
        failed: lines that could not be answered.
    """

    agreed: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    exclusions_agreed: int = 0
    failed: list[Assessed] = field(default_factory=list)


def score(rulebook: Rulebook, lines: Iterable[str]) -> Score:
    """Compare answers with the ``expected`` fields beside the questions.

    Raises:
        FieldError: if a line states no expected outcome.
    """
    found = Score()
    for assessed in assess(rulebook, lines):
        confidence = str(assessed.raw.get("confidence", "unstated"))
        found.total[confidence] = found.total.get(confidence, 0) + 1
        if assessed.failed:
            found.failed.append(assessed)
            continue
        differences = list(_differences(assessed, confidence))
        found.differences.extend(differences)
        if not differences:
            found.agreed[confidence] = found.agreed.get(confidence, 0) + 1
        expected = assessed.raw.get("excluded_by", [])
        found.exclusions_agreed += expected == assessed.result["excluded_by"]
    return found


def _differences(assessed: Assessed, confidence: str) -> Iterator[Difference]:
    raw, result = assessed.raw, assessed.result
    identity = result["id"]
    if "expected" not in raw:
        raise FieldError(
            "expected",
            f"line {assessed.line} states no expected outcome",
            f"rad {assessed.line} anger inget väntat utfall",
        )
    for name in COMPARED:
        expected = raw.get("expected" if name == "outcome" else name)
        if name not in ("outcome",) and name not in raw:
            continue
        if expected != result[name]:
            yield Difference(identity, confidence, name, expected, result[name])
    first = next(iter(raw.get("grounds") or ()), None)
    found = next(iter(result["grounds"]), None)
    if first != found and "grounds" in raw:
        yield Difference(identity, confidence, "first ground", first, found)
