"""What may stand in the guidance of a rulebook, field by field?

A misspelt field or a value of another kind is a fault with file, line and field; what the entries
say is checked in ``checks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.text import Text
from samsyn.law.loading import Origin

Chosen = Literal["must", "may_after_balancing", "may", "must_not"]
"""What can be answered in an exercise; what is open to anyone is not exercised."""

THEMES = {
    "joint_inspection": Text(
        sv="Skyldigheten vid gemensam kontroll", en="The duty at joint inspections"
    ),
    "general_clause": Text(sv="Generalklausulen", en="The general clause"),
    "weighing": Text(sv="Avvägning enligt OSL 10:15 a", en="Weighing under OSL 10:15 a"),
    "police": Text(sv="Uppgifter till polisen", en="Information to the police"),
    "excluded": Text(sv="Undantagen sekretess", en="Excluded secrecy"),
    "protected_person": Text(sv="Skyddad person", en="Protected person"),
    "tip_giver": Text(sv="Den som har tipsat", en="The tip-giver"),
    "purpose": Text(sv="Ändamål som tagit slut", en="A purpose that ended"),
    "receiver": Text(sv="Fel mottagare", en="The wrong receiver"),
    "dates": Text(sv="Före och efter en ny lag", en="Before and after a new act"),
    "tax": Text(sv="Skattesekretess", en="Tax secrecy"),
    "identity": Text(sv="Utländsk eller oklar identitet", en="Foreign or unclear identity"),
}
"""Every way that has to be exercised at least once."""


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all entries: a field that is not known is a fault."""


class Line(_Entry, frozen=True, kw_only=True):
    """One line of guidance.

    Attributes:
        text: a sentence or two, in plain words.
        cite: the provision it rests on; None where it is good practice.
        start: first day it holds; from the beginning when left out.
        end: last day it holds, or ``open``.
    """

    text: Text
    cite: str | None = None
    start: str | None = msgspec.field(name="from", default=None)
    end: str = msgspec.field(name="to", default="open")

    def holds(self, day: date) -> bool:
        """True if this is said on a day for certain."""
        if self.start is None:
            return Period(read_start("1900-01-01"), read_end(self.end)).holds(day) is True
        return Period(read_start(self.start), read_end(self.end)).holds(day) is True


class GuidedStep(_Entry, frozen=True, kw_only=True):
    """A step of the work, with what an officer needs to know there.

    Attributes:
        code: as the templates name it, ``weigh``.
        name: in words.
        lines: what is said; at most five on one day.
    """

    code: str
    name: Text
    lines: tuple[Line, ...]

    def lines_on(self, day: date) -> list[Line]:
        """What is said on a day."""
        return [line for line in self.lines if line.holds(day)]


class Part(_Entry, frozen=True, kw_only=True):
    """A part of an item, which may leave or has to be left out.

    Attributes:
        code: short name, unique in the exercise.
        text: what it is.
        leave_out: the right answer.
        change: fields of the question that are different for this part alone.
        needed: whether the receiver needs it for the purpose; what is not needed is left out.
        why: why it is left out, or not.
    """

    code: str
    text: Text
    leave_out: bool
    change: dict[str, Any] = {}
    needed: bool = True
    why: Text


class RightAnswer(_Entry, frozen=True, kw_only=True):
    """The right answer of an exercise, which the engine has to give too.

    Attributes:
        outcome: may, must, must not or after weighing.
        ground: the provision that decides: the leading ground, or what stands in the way.
    """

    outcome: Chosen
    ground: str


class Exercise(_Entry, frozen=True, kw_only=True):
    """An invented matter to decide.

    Attributes:
        code: short name.
        theme: one of :data:`THEMES`.
        title: a few words.
        story: what happens; everything in it is invented.
        question: fields of the question, with the day.
        answer: the right answer.
        grounds: provisions to choose between, the right one among them.
        parts: what the item is made of, where something has to be left out.
        lesson: what to take with you.
    """

    code: str
    theme: str
    title: Text
    story: Text
    question: dict[str, Any]
    answer: RightAnswer
    grounds: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    lesson: Text

    def asked_of(self, part: Part | None = None) -> dict[str, Any]:
        """The question to the law, about the item or one part of it."""
        return {**self.question, **(part.change if part else {})}


@dataclass(frozen=True, slots=True)
class Written:
    """What the files say, each entry with the place it stands in."""

    steps: list[tuple[GuidedStep, Origin]]
    exercises: list[tuple[Exercise, Origin]]
