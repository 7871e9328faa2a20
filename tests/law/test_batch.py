"""The batch contract: one line in, one line out, bad lines named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.batch import assess, score
from samsyn.law.interpreter import OUTCOMES
from samsyn.law.schema import TESTS
from tests.law.questions import PAYROLL

FIELDS = (
    "id outcome test duty_if_favourable floor grounds excluded_by steps rulebook_version"
).split()


def lines(*changes: dict[str, Any]) -> list[str]:
    return [json.dumps({"id": f"c{n}", **PAYROLL, **change}) for n, change in enumerate(changes)]


def test_each_line_has_the_fields_of_the_contract_in_the_same_order(rulebook: Rulebook) -> None:
    results = [one.result for one in assess(rulebook, lines({}, {"secrecy": []}))]
    assert [result["id"] for result in results] == ["c0", "c1"]
    for result in results:
        assert list(result) == FIELDS
        assert result["outcome"] in OUTCOMES
        assert result["test"] in TESTS
        assert result["steps"]
        assert result["rulebook_version"] == rulebook.version
        json.dumps(result)


def test_answer_fields_in_the_input_change_nothing(rulebook: Rulebook) -> None:
    plain, primed = lines({}, {"expected": "must_not", "test": "none", "grounds": ["1:1/1"]})
    first, second = (one.result for one in assess(rulebook, [plain, primed]))
    assert {**first, "id": 0} == {**second, "id": 0}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", "line"),
        ("[1]", "line"),
        ('"text"', "line"),
        ("{}", "on"),
        (json.dumps({**PAYROLL, "giver": "NASA"}), "giver"),
        (json.dumps({**PAYROLL, "on": "yesterday"}), "on"),
        ("[" * 100_000, "line"),
    ],
)
def test_a_bad_line_is_named_and_the_run_goes_on(rulebook: Rulebook, line: str, field: str) -> None:
    good = lines({})[0]
    before, bad, after = assess(rulebook, [good, line, good])
    assert (before.failed, bad.failed, after.failed) == (False, True, False)
    assert set(bad.result) == {"id", "error"}
    assert bad.result["error"]["field"] == field
    assert bad.result["error"]["remedy"]


def test_blank_lines_are_passed_over(rulebook: Rulebook) -> None:
    assert len(list(assess(rulebook, ["", *lines({}), "  "]))) == 1


def test_a_score_names_every_difference(rulebook: Rulebook) -> None:
    expected = {"expected": "may_after_balancing", "test": "overriding_reasons_against",
                "duty_if_favourable": True, "floor": "must_not", "grounds": ["2024:307/4"],
                "confidence": "certain"}  # fmt: skip
    found = score(rulebook, lines(expected, {**expected, "expected": "must", "floor": "may"}))
    assert found.total == {"certain": 2}
    assert found.agreed == {"certain": 1}
    assert [(one.identity, one.field) for one in found.differences] == [
        ("c1", "outcome"),
        ("c1", "floor"),
    ]


def test_a_score_needs_something_to_compare_with(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError, match="states no expected outcome"):
        score(rulebook, lines({}))
