"""Is every exercise's answer the engine's, and is a wrong choice explained?"""

from __future__ import annotations

import pytest

from samsyn.hub.guidance.entries import THEMES, Exercise
from samsyn.hub.guidance.exercising import CHOICES, Given, answer_to, decides, judge
from samsyn.hub.guidance.loading import Guidance, current_guidance
from samsyn.law.why_not import why_not

EXERCISES = list(current_guidance().exercises.values())


def by_code(code: str) -> Exercise:
    return current_guidance().exercises[code]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.code)
def test_the_stated_answer_is_the_engines(guidance: Guidance, exercise: Exercise) -> None:
    answer = answer_to(guidance, exercise)
    assert answer.outcome == exercise.answer.outcome
    assert decides(answer, exercise.answer.ground)
    assert [cite for cite in exercise.grounds if decides(answer, cite)] == [exercise.answer.ground]
    for part in exercise.parts:
        closed = answer_to(guidance, exercise, part).outcome == "must_not"
        assert part.leave_out == (closed or not part.needed)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.code)
def test_the_right_answer_is_right_and_nothing_is_explained(
    guidance: Guidance, exercise: Exercise
) -> None:
    left = tuple(part.code for part in exercise.parts if part.leave_out)
    right = exercise.answer
    judged = judge(guidance, exercise, Given(right.outcome, right.ground, left))
    assert judged.right
    assert not judged.outcome_why
    assert not judged.ground_why
    assert not judged.otherwise


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.code)
def test_every_wrong_choice_is_explained(guidance: Guidance, exercise: Exercise) -> None:
    for outcome in CHOICES:
        judged = judge(guidance, exercise, Given(outcome, exercise.answer.ground))
        assert judged.outcome_right == (outcome == exercise.answer.outcome)
        assert bool(judged.outcome_why) == (not judged.outcome_right)
        steps = {step.text for step in judged.answer.steps}
        assert set(judged.outcome_why) <= steps
    for ground in exercise.grounds:
        judged = judge(guidance, exercise, Given(exercise.answer.outcome, ground))
        assert bool(judged.ground_why) == (ground != exercise.answer.ground)
    untouched = judge(guidance, exercise, Given(exercise.answer.outcome, exercise.answer.ground))
    assert all(one.right or one.why for one in untouched.parts)


def test_all_the_ways_are_exercised() -> None:
    assert len(EXERCISES) >= 12
    assert {exercise.theme for exercise in EXERCISES} == set(THEMES)


@pytest.mark.parametrize(
    ("code", "cite", "said"),
    [
        ("payroll_the_friday_before", "2024:307/4", "gäller från och med 2024-07-01"),
        ("customs_at_the_inspection", "2024:307/4", "Tullverket hör inte"),
        ("wage_without_a_request", "2001:588/8a", "bara när mottagaren begär"),
        ("planned_inspections_to_the_company_register", "2009:400/10:15a", "bryter inte"),
        ("criminal_record_of_the_manager", "2024:307/4", "35:3 st3 stänger ute"),
        ("payroll_for_the_building_site", "2009:400/10:27", "går före"),
        ("follow_up_is_over", "2024:307/4", "gäller inte för ändamålet"),
        ("wage_of_the_permit_holder", "2009:400/27:1", "är den sekretess som gäller"),
        ("address_of_the_threatened", "2009:400/10:11", "bryter ingen sekretess"),
        ("contact_with_the_exploited", "2025:170/5", "Jämställdhetsmyndigheten hör inte"),
    ],
)
def test_why_another_provision_does_not_decide(
    guidance: Guidance, code: str, cite: str, said: str
) -> None:
    reasons = why_not(answer_to(guidance, by_code(code)), cite)
    assert any(said in reason.sv for reason in reasons), reasons


def test_nothing_keeps_the_deciding_provision_from_deciding(guidance: Guidance) -> None:
    exercise = by_code("payroll_for_the_building_site")
    assert why_not(answer_to(guidance, exercise), "2024:307/4") == ()


def test_a_request_would_have_made_it_a_duty(guidance: Guidance) -> None:
    exercise = by_code("wage_without_a_request")
    judged = judge(guidance, exercise, Given("must", "2001:588/8a"))
    assert judged.otherwise[0].sv.startswith("Om mottagaren begär uppgiften")
