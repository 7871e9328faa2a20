"""What does the law say of each thing that is told, on the day it is told?

Nothing here is invented: every answer comes from the rulebook in use, asked as an officer's page
asks it. Equal questions of one stretch of days in which the law is the same are asked once.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from samsyn.hub.cases.fact_kinds import usual_function
from samsyn.hub.cases.secrecy import propose_secrecy, subject_of
from samsyn.hub.disclosures.assessing import OPENS, WEIGHED, assess_question
from samsyn.hub.training.copying import Json
from samsyn.law import Rulebook

_CRIME = {
    "crime.committed": True,
    "crime.prison_in_scale": True,
    "crime.expected_more_than_fine": True,
    "crime.min_months": 6,
}
_JOINT = "joint_inspection"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question to the law consists of, but for the day.

    Attributes:
        stated: what the officer states besides harm, as sorted pairs.
    """

    giver: str
    activity: str
    item_kind: str
    subject: str
    marks: tuple[str, ...]
    secrecy: tuple[str, ...]
    receiver: str
    purpose: str
    initiative: str
    stated: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the law says.

    Attributes:
        question: with the first day on which it was asked.
        duty: whether telling is obligatory where it is open.
        steps: the reasoning, as JSON.
    """

    question: dict[str, Any]
    outcome: str
    test: str
    duty: bool
    grounds: list[str]
    excluded_by: list[str]
    steps: Json

    @property
    def opens(self) -> bool:
        """Whether it may leave, at least after a weighing."""
        return self.outcome in OPENS or self.outcome == WEIGHED

    @property
    def ground(self) -> str:
        """The leading provision."""
        return self.grounds[0] if self.grounds else ""

    def question_on(self, day: date) -> Json:
        """The question as it was asked on a day."""
        return Json(_dumped({**self.question, "on": day.isoformat()}))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def stated_for(purpose: str, *, consent: bool = False) -> dict[str, Any]:
    """What an officer states when something is asked for a purpose."""
    stated: dict[str, Any] = {"public_interest_harm": False}
    if purpose == "crime_investigation":
        stated |= _CRIME
    if consent:
        stated["consent"] = "given"
    return stated


class Law:
    """Asks the rulebook in use, and remembers.

    Attributes:
        version: of the rulebook.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._starts = rulebook.epoch_starts
        self.version = rulebook.version
        self._rulebook = rulebook
        self._said: dict[tuple[Asked, int], Said] = {}
        self._kept: dict[tuple[Asked, int], str] = {}
        self._proposed: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._groups = {
            code: str(getattr(entry, "group", ""))
            for code, entry in rulebook.vocabulary.purposes.known.items()
        }

    def group(self, purpose: str) -> str:
        """The group of a purpose."""
        return self._groups[purpose]

    def ask(self, asked: Asked, day: date) -> Said:
        """The answer on a day."""
        key = (asked, self._stretch(day))
        if key not in self._said:
            raw = self._question(asked, day)
            answer = self._rulebook.ask(self._rulebook.read(raw))
            steps = [
                {
                    "stage": step.stage,
                    "cites": list(step.cites),
                    "sv": step.text.sv,
                    "en": step.text.en,
                }
                for step in answer.steps
            ]
            self._said[key] = Said(
                raw,
                answer.outcome,
                answer.test,
                answer.duty_if_favourable,
                list(answer.grounds),
                list(answer.excluded_by),
                Json(_dumped(steps)),
            )
        return self._said[key]

    def asking(self, asked: Asked, day: date, weighing: str) -> Json:
        """The whole answer on a day as a question to another agency keeps it."""
        key = (asked, self._stretch(day))
        if key not in self._kept:
            answer = assess_question(self._question(asked, day))
            kept = msgspec.to_builtins(answer)
            del kept["question"]
            # The words of these questions tell no facts.
            told: dict[str, list[str]] = {"told": [], "marks": [], "secrecy": []}
            self._kept[key] = _dumped({**kept, "ground": answer.ground, **told})[1:]
        question = self.ask(asked, day).question_on(day)
        return Json(f'{{"question": {question}, "weighing": {_dumped(weighing)}, {self._kept[key]}')

    def secrecy(
        self,
        holder: str,
        activity: str,
        item_kind: str,
        subject: str,
        marks: tuple[str, ...],
        day: date,
    ) -> tuple[str, ...]:
        """The provisions that make a fact secret at its holder."""
        key = (holder, activity, item_kind, subject, marks, self._stretch(day))
        if key not in self._proposed:
            self._proposed[key] = propose_secrecy(
                holder=holder,
                activity=activity,
                item_kind=item_kind,
                subject_kind=subject,
                marks=marks,
                on=day,
            )
        return self._proposed[key]

    def _question(self, asked: Asked, day: date) -> dict[str, Any]:
        stated: dict[str, Any] = {"harm": "met", **dict(asked.stated)}
        if self.group(asked.purpose) == _JOINT:
            stated.setdefault("joint_inspection", True)
        if "tip_giver" in asked.marks:
            stated["tip_giver"] = True
        return {
            "on": day.isoformat(),
            "giver": asked.giver,
            "activity": asked.activity,
            "item_kind": asked.item_kind,
            "subject": subject_of(asked.subject, asked.marks),
            "secrecy": list(asked.secrecy) or None,
            "receiver": asked.receiver,
            "receiver_function": usual_function(asked.receiver) or None,
            "purpose": asked.purpose,
            "initiative": asked.initiative,
            "facts": stated,
        }

    def _stretch(self, day: date) -> int:
        return bisect_right(self._starts, day) - 1
