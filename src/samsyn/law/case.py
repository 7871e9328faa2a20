"""A question made ready for the rules: what is stated, what follows, and what nobody knows.

Rules ask a case for facts. A fact that nobody knows stops the evaluation with :class:`OpenFact`;
the explorer in ``unknowns`` then tries each of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from samsyn.kernel.citations import Citation
from samsyn.law.question import UNKNOWN, Question
from samsyn.law.schema import Branch, Condition, FactValue, Strength

ELSEWHERE = "elsewhere"
"""An activity or function that no rule names."""
PlaceField = Literal["activity", "receiver_function"]
"""A field of a question that says where an item is held, or in which capacity it is received."""
SUBJECT_KIND = "subject.kind"
"""What is open while nobody has said whether the item is about a person or a company."""
SUBJECT_KINDS = ("person", "company")
OTHER_SECRECY = "other_secrecy"
"""What is open where the rulebook proposes no secrecy of the giver's own, and nobody stated any."""
OTHER = "other"
"""A value of a choice that no condition asks for."""


class OpenFact(Exception):
    """Evaluation needs a fact that nobody knows.

    Attributes:
        key: what is open: a fact, a fact with a threshold, an activity, a function, a kind of
            subject, a date, or whether other secrecy holds.
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


@dataclass(frozen=True, slots=True)
class Held:
    """What makes the item secret at the giver.

    Attributes:
        secrecy: the provisions, stated or proposed.
        read: nobody need ask whether others hold: they were stated, or the rulebook knows what
            holds for such items in the giver's activity.
    """

    secrecy: tuple[Secrecy, ...]
    read: bool


class Case:
    """One question with its known facts and the assumptions made about the open ones."""

    __slots__ = (
        "_held",
        "_hold",
        "activity",
        "assumed",
        "branches",
        "categories",
        "foreign",
        "function",
        "giver",
        "initiative",
        "known",
        "marks",
        "on_request",
        "places",
        "purpose",
        "receiver",
        "receiver_is_authority",
        "receiver_is_subject",
        "subject_kind",
    )

    def __init__(
        self,
        question: Question,
        *,
        hold: Callable[[Case], Held],
        categories: frozenset[str],
        known: Mapping[str, FactValue],
        receiver_kind: str,
        same_as: str | None,
        treated_as_authority: bool,
        branches: tuple[Branch, ...] = (),
        places: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    ) -> None:
        """Make the case of a question.

        Args:
            question: what is stated.
            hold: works out what makes the item secret; asks for what is open.
            categories: data categories of the item.
            known: value of each fact that is stated or follows.
            receiver_kind: ``authority``, ``private`` or ``foreign``.
            same_as: the item's own subject, where the receiver is that.
            treated_as_authority: the receiver is a private body treated as one.
            branches: independent branches, where giver and receiver are one agency.
            places: ``activity`` and ``receiver_function``, where open → the places to try, each
                with those the law treats alike.
        """
        self.giver = question.giver
        self.receiver = question.receiver
        self.activity = question.activity
        self.function = question.receiver_function
        self.purpose = question.purpose
        self.initiative = question.initiative
        self.on_request = question.initiative == "request"
        self.subject_kind = question.subject.kind
        self.marks = question.subject.marks()
        self._hold = hold
        self._held: Held | None = None
        self.categories = categories
        self.known = known
        self.receiver_is_authority = receiver_kind == "authority" or treated_as_authority
        self.foreign = receiver_kind == "foreign"
        self.receiver_is_subject = same_as
        self.branches = branches
        self.places = places or {}
        self.assumed: Mapping[str, FactValue] = {}

    def assuming(self, assumed: Mapping[str, FactValue]) -> Case:
        """The same case under assumptions about open facts."""
        case = self._copied()
        case.assumed = assumed
        case.activity = case._stated_or_assumed("activity", self.activity)
        case.function = case._stated_or_assumed("receiver_function", self.function)
        case.subject_kind = case._stated_or_assumed(SUBJECT_KIND, self.subject_kind)
        case._held = None
        return case

    def _copied(self) -> Case:
        """A copy, made field by field: every assumption makes one."""
        case = object.__new__(Case)
        for name in self.__slots__:
            setattr(case, name, getattr(self, name))
        return case

    def _stated_or_assumed(self, key: str, stated: str | None) -> str | None:
        return str(self.assumed[key]) if stated is None and key in self.assumed else stated

    @property
    def held(self) -> Held:
        """What makes the item secret at the giver.

        Raises:
            OpenFact: when that hangs on something nobody knows.
        """
        if self._held is None:
            self._held = self._hold(self)
        return self._held

    @property
    def secrecy(self) -> tuple[Secrecy, ...]:
        """The provisions that make the item secret at the giver.

        Raises:
            OpenFact: when they hang on something nobody knows.
        """
        return self.held.secrecy

    def place(self, field: PlaceField) -> str:
        """The activity the item is held in, or the function it is received in.

        Raises:
            OpenFact: if nobody knows it and nothing has been assumed about it.
        """
        stated = self.activity if field == "activity" else self.function
        return str(self.settle(field, tuple(self.places[field]))) if stated is None else stated

    def somewhere(self) -> Case:
        """The same case, held in no activity that a rule names where nobody knows which."""
        case = self._copied()
        case.activity = self.activity or ELSEWHERE
        return case

    def is_about(self, kinds: tuple[str, ...]) -> bool:
        """True if the item is about one of these kinds of subject, or none is named.

        Raises:
            OpenFact: if nobody knows whom it is about and nothing has been assumed.
        """
        if not kinds or self.subject_kind in kinds:
            return True
        return self.subject_kind is None and self.settle(SUBJECT_KIND, SUBJECT_KINDS) in kinds

    def same_branch(self) -> bool:
        """True if giver and receiver are one agency and no independent branches of it (OSL 8:2).

        In an agency with independent branches, a place outside them is in no known branch.

        Raises:
            OpenFact: if nobody knows in which branch one of them is.
        """
        if self.giver != self.receiver:
            return False
        if not self.branches:
            return True
        own, other = self.place("activity"), self.place("receiver_function")
        return any(own in one.activities and other in one.functions for one in self.branches)

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
