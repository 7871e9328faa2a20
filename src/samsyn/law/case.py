"""A question made ready for the rules: what is stated, what follows, and what nobody knows.

Rules ask a case for facts. A fact that nobody knows stops the evaluation with :class:`OpenFact`;
the explorer in ``unknowns`` then tries each of its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from samsyn.kernel.citations import Citation
from samsyn.law.question import UNKNOWN, Question
from samsyn.law.schema import Condition, FactValue, Strength

ELSEWHERE = "elsewhere"
"""An activity or function that no rule names."""
OTHER = "other"
"""A value of a choice that no condition asks for."""


class OpenFact(Exception):
    """Evaluation needs a fact that nobody knows.

    Attributes:
        key: what is open: a fact, a fact with a threshold, an activity, a function, a date.
        values: the values to try.
    """

    def __init__(self, key: str, values: tuple[FactValue, ...]) -> None:
        self.key = key
        self.values = values
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Secrecy:
    """One provision that makes the item secret.

    Attributes:
        text: the citation as written.
        citation: the same, parsed.
        public: protects a public interest (chapters 15-20), else individuals.
        strength: kind of harm test; None when the rulebook does not hold the provision.
        follows: provision by which it is opened by whatever opens another one (OSL 21:2), or None.
    """

    text: str
    citation: Citation
    public: bool
    strength: Strength | None
    follows: str | None = None

    @property
    def absolute(self) -> bool:
        """True if no harm test can let the item out."""
        return self.strength in ("absolute", "as_agreed")


class Case:
    """One question with its known facts and the assumptions made about the open ones."""

    __slots__ = (
        "activity",
        "assumed",
        "categories",
        "foreign",
        "function",
        "giver",
        "initiative",
        "known",
        "marks",
        "on_request",
        "purpose",
        "receiver",
        "receiver_is_authority",
        "receiver_is_subject",
        "secrecy",
        "subject_kind",
    )

    def __init__(
        self,
        question: Question,
        *,
        secrecy: tuple[Secrecy, ...],
        categories: frozenset[str],
        known: Mapping[str, FactValue],
        receiver_kind: str,
        same_as: str | None,
        treated_as_authority: bool,
    ) -> None:
        self.giver = question.giver
        self.receiver = question.receiver
        self.activity = question.activity
        self.function = question.receiver_function
        self.purpose = question.purpose
        self.initiative = question.initiative
        self.on_request = question.initiative == "request"
        self.subject_kind = question.subject.kind
        self.marks = question.subject.marks()
        self.secrecy = secrecy
        self.categories = categories
        self.known = known
        self.receiver_is_authority = receiver_kind == "authority" or treated_as_authority
        self.foreign = receiver_kind == "foreign"
        self.receiver_is_subject = same_as
        self.assumed: Mapping[str, FactValue] = {}

    def assuming(self, assumed: Mapping[str, FactValue]) -> Case:
        """The same case under assumptions about open facts."""
        case = copy(self)
        case.assumed = assumed
        return case

    def settle(self, key: str, values: tuple[FactValue, ...]) -> FactValue:
        """The assumed value of something open.

        Raises:
            OpenFact: if nothing has been assumed about it.
        """
        if key in self.assumed:
            return self.assumed[key]
        raise OpenFact(key, values)

    def fact(self, code: str, values: tuple[FactValue, ...] = (True, False)) -> FactValue | None:
        """Value of a fact; None when nobody claims it.

        Raises:
            OpenFact: if it is open and nothing has been assumed about it.
        """
        value = self.known.get(code)
        if value != UNKNOWN:
            return value
        return self.settle(code, values)

    def meets(self, condition: Condition) -> bool:
        """True if every fact of a condition is as wanted."""
        return all(self._as_wanted(code, wanted) for code, wanted in condition.items())

    def meets_any(self, alternatives: Iterable[Condition]) -> bool:
        """True if one of the conditions is met.

        An alternative that is met settles the matter even when another one is open.
        """
        open_fact: OpenFact | None = None
        for condition in alternatives:
            try:
                if self.meets(condition):
                    return True
            except OpenFact as error:
                open_fact = open_fact or error
        if open_fact is not None:
            raise open_fact
        return False

    def _as_wanted(self, code: str, wanted: Any) -> bool:
        if isinstance(wanted, dict):
            return self._within_bounds(code, wanted)
        if isinstance(wanted, list):
            value = self.fact(code, (*wanted, OTHER))
            return any(value == choice for choice in wanted)
        if wanted is False:
            return not self.fact(code)
        if wanted is True:
            return bool(self.fact(code))
        return bool(self.fact(code, (wanted, OTHER)) == wanted)

    def _within_bounds(self, code: str, bounds: Mapping[str, Any]) -> bool:
        value = self.known.get(code)
        if "at_least" in bounds:
            lowest: int = bounds["at_least"]
            if value == UNKNOWN:
                return bool(self.settle(f"{code} >= {lowest}", (True, False)))
            return isinstance(value, int) and value >= lowest
        places: list[str] = bounds["within"]
        if value == UNKNOWN:
            return bool(self.settle(f"{code} within {', '.join(places)}", (True, False)))
        if not isinstance(value, str):
            return False
        act = Citation.parse(value)
        return any(act.within(Citation.parse(place)) for place in places)
