"""Was it right, and if not, why? The engine's own steps for exactly the difference.

What is learnt stays with the learner: nothing here writes to the database or the log.
"""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.hub.guidance.checks import deciding_provisions
from samsyn.hub.guidance.entries import Exercise, Part
from samsyn.hub.guidance.loading import Guidance
from samsyn.hub.guidance.paths import in_both, test_of
from samsyn.kernel.citations import Citation
from samsyn.kernel.text import Text
from samsyn.law import Answer
from samsyn.law.phrases import OUTCOMES
from samsyn.law.why_not import why_not

CHOICES: dict[str, Text] = {
    "must": Text(sv="Ska lämnas, utan avvägning", en="Must be given, without a weighing"),
    "may": Text(sv="Får lämnas, utan avvägning", en="May be given, without a weighing"),
    "may_after_balancing": Text(
        sv="Får eller ska lämnas, efter en avvägning", en="May or must be given, after a weighing"
    ),
    "must_not": Text(sv="Får inte lämnas", en="Must not be given"),
}
"""What can be answered."""
OPENING = frozenset("branch not_secret duty permission open_duty reservation".split())
"""Stages of reasoning that open an item."""
CLOSING = frozenset("secrecy lock nearly closed foreign".split())
"""Stages that keep it closed."""
MOST_REASONS = 3
MOST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered."""

    outcome: str
    ground: str
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """Whether a part was rightly left out or not, and why it should be."""

    part: Part
    right: bool
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody answered, beside what the law says.

    Attributes:
        given: the answer given.
        answer: the engine's.
        outcome: the right outcome, in words.
        test: its weighing; None without one.
        cites: the provisions that decide.
        outcome_right, ground_right: whether those were right.
        outcome_why: the steps that make the difference; empty when right.
        otherwise: what would have had to be so for the answer given to be right.
        ground_why: why the chosen provision does not decide, and the step of the one that does.
        parts: the parts of the item.
    """

    given: Given
    answer: Answer
    outcome: Text
    test: Text | None
    cites: tuple[str, ...]
    outcome_right: bool
    ground_right: bool
    outcome_why: tuple[Text, ...]
    otherwise: tuple[Text, ...]
    ground_why: tuple[Text, ...]
    parts: tuple[JudgedPart, ...]

    @property
    def chosen(self) -> Text:
        """The outcome that was answered, in words."""
        return CHOICES[self.given.outcome]

    @property
    def right(self) -> bool:
        """Whether all of it was right."""
        return self.outcome_right and self.ground_right and all(one.right for one in self.parts)


def answer_to(guidance: Guidance, exercise: Exercise, part: Part | None = None) -> Answer:
    """What the law says of an exercise, or of one part of its item."""
    return guidance.rulebook.ask(guidance.rulebook.read(exercise.asked_of(part)))


def judge(guidance: Guidance, exercise: Exercise, given: Given) -> Judged:
    """Put an answer beside the law's."""
    answer = answer_to(guidance, exercise)
    outcome_right = given.outcome == answer.outcome
    ground_right = decides(answer, given.ground)
    return Judged(
        given=given,
        answer=answer,
        outcome=OUTCOMES[answer.outcome],
        test=test_of(answer),
        cites=deciding_provisions(answer),
        outcome_right=outcome_right,
        ground_right=ground_right,
        outcome_why=() if outcome_right else _steps_between(answer, given.outcome),
        otherwise=() if outcome_right else tuple(in_both(answer, given.outcome)[:MOST_CHANGES]),
        ground_why=() if ground_right else _ground_reasons(answer, given.ground),
        parts=tuple(_judged_part(guidance, exercise, part, given) for part in exercise.parts),
    )


def decides(answer: Answer, ground: str) -> bool:
    """True if a provision is, or holds, one of those that decide an answer."""
    chosen = Citation.parse(ground)
    return any(Citation.parse(cite).within(chosen) for cite in deciding_provisions(answer))


def _steps_between(answer: Answer, chosen: str) -> tuple[Text, ...]:
    """The steps of reasoning that lead away from what was chosen."""
    wanted = CLOSING if answer.outcome == "must_not" else OPENING
    if {answer.outcome, chosen} == {"may", "must"}:
        wanted = wanted | {"request"}  # whether somebody asks is all the difference
    return tuple(step.text for step in answer.steps if step.stage in wanted)


def _ground_reasons(answer: Answer, chosen: str) -> tuple[Text, ...]:
    deciding = set(deciding_provisions(answer))
    right = [
        step.text
        for step in answer.steps
        if step.stage in OPENING | CLOSING and deciding.intersection(step.cites)
    ]
    return (*why_not(answer, chosen)[:MOST_REASONS], *right[:1])


def _judged_part(guidance: Guidance, exercise: Exercise, part: Part, given: Given) -> JudgedPart:
    left_out = part.code in given.leave_out
    why: tuple[Text, ...] = (part.why,)
    if part.leave_out and part.needed:
        answer = answer_to(guidance, exercise, part)
        steps = (step.text for step in answer.steps if step.stage in CLOSING)
        why = (part.why, *steps)
    return JudgedPart(part=part, right=left_out == part.leave_out, why=why)
