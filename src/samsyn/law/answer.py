"""What the law says of one question, with reasons that are worked out when somebody reads them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from samsyn.kernel.dates import ONE_DAY
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law import explain, schema
from samsyn.law.case import Case
from samsyn.law.changes import Change, what_would_open
from samsyn.law.epochs import Epoch
from samsyn.law.explain import HumanQuestions, Step
from samsyn.law.interpreter import Outcome, Verdict
from samsyn.law.misses import excluded_by
from samsyn.law.question import Question
from samsyn.law.schema import Test
from samsyn.law.unknowns import OpenQuestion, Possibility, first_to_ask

if TYPE_CHECKING:
    from samsyn.law.rulebook import Rulebook


class Answer:
    """The answer to a question.

    When facts are open, the fields speak of the most restrictive verdict that is possible, and
    :attr:`possible` and :attr:`ask_first` tell the rest.

    Attributes:
        rulebook: the rulebook that was asked.
        question: what was asked.
        epoch: the stretch of days the law is the same.
        case: what followed from the question, as far as open in the way of :attr:`chosen`.
        possible: every verdict that open facts leave possible, one when nothing is open.
        chosen: the most restrictive of them.
        verdict: its verdict.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        question: Question,
        epoch: Epoch,
        case: Case,
        possible: tuple[Possibility, ...],
    ) -> None:
        self.rulebook = rulebook
        self.question = question
        self.epoch = epoch
        self.possible = possible
        self.chosen = min(possible, key=lambda possibility: possibility.verdict.rank)
        self.case = case.assuming(self.chosen.assumed) if self.chosen.assumed else case
        self.verdict: Verdict = self.chosen.verdict

    @property
    def outcome(self) -> Outcome:
        """``public | must | may_after_balancing | may | must_not``."""
        return self.verdict.outcome

    @property
    def test(self) -> Test:
        """The weighing that a person has to make; ``none`` without one."""
        return self.verdict.test

    @property
    def duty_if_favourable(self) -> bool:
        """Whether disclosure, where open or after a favourable weighing, is obligatory."""
        return self.verdict.duty

    @property
    def floor(self) -> Outcome | None:
        """What is left if the weighing goes against disclosure."""
        return self.verdict.floor

    @property
    def grounds(self) -> tuple[str, ...]:
        """Citations of the rules that decide, the first one leading."""
        return self.verdict.grounds

    @cached_property
    def excluded_by(self) -> tuple[str, ...]:
        """What locks the item, or the nearest rules that turn out not to apply."""
        return excluded_by(self.epoch, self.case, self.verdict)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The possible outcomes, most restrictive first."""
        ordered = sorted(self.possible, key=lambda possibility: possibility.verdict.rank)
        return tuple(dict.fromkeys(possibility.verdict.outcome for possibility in ordered))

    @cached_property
    def ask_first(self) -> OpenQuestion | None:
        """The one thing to find out first; None when nothing open changes the answer."""
        return first_to_ask(list(self.possible), self.case.places)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The ordered steps of reasoning."""
        return explain.steps(self)

    @cached_property
    def human_questions(self) -> HumanQuestions:
        """What a person weighs: for, against, and what protects the item at the receiver."""
        return explain.human_questions(self)

    @cached_property
    def records(self) -> list[schema.Record]:
        """How the decision must be documented."""
        return explain.records(self)

    @cached_property
    def arguable(self) -> list[tuple[str, Text]]:
        """Open legal questions about the rules the answer rests on, by citation."""
        return explain.arguable(self)

    @cached_property
    def what_would_open(self) -> list[Change]:
        """The smallest changes under which the answer becomes more open."""
        return what_would_open(self)

    @cached_property
    def holds_until(self) -> date | None:
        """Last day on which this is the answer under the known rules; None when none is known.

        A disclosure is always asked about again at the moment of sending.
        """
        for start in self.rulebook.epoch_starts:
            if start <= self.question.on:
                continue
            later = msgspec.structs.replace(self.question, on=start)
            if self._differs(later):
                return start - ONE_DAY
        return None

    def _differs(self, later: Question) -> bool:
        try:
            other = self.rulebook.ask(later)
        except FieldError:
            return True
        own = (self.outcome, self.test, self.duty_if_favourable, self.floor, self.grounds)
        return own != (
            other.outcome,
            other.test,
            other.duty_if_favourable,
            other.floor,
            other.grounds,
        )
