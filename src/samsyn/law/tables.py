"""Which answer does a class of items get in a situation, without working it out once more?

To the law an item is its class: who holds it, what it is, whom it is about, what makes it secret. A
situation is the rest of the question: to whom, for what, on whose initiative. A table has one cell
for each pair, filled by the interpreter when first asked for, so that an answer from a table is the
interpreter's own. The arrays of a situation answer any number of items by one look each::

    tables = rulebook.compile(on=date(2026, 3, 1))
    wages = tables.item_class(giver="SKV", secrecy=["2009:400/27:1"])
    plan = tables.situation(receiver="AV", purpose="joint_inspection_plan", initiative="request")
    tables.ask(wages, plan).outcome
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.kernel.faults import FieldError
from samsyn.law.answer import Answer
from samsyn.law.epochs import Epoch
from samsyn.law.explain import Step
from samsyn.law.interpreter import OUTCOMES, Outcome
from samsyn.law.item_class import ItemClass, Situation
from samsyn.law.question import Question
from samsyn.law.schema import Test
from samsyn.law.vocabulary import nearest

if TYPE_CHECKING:
    from samsyn.law.rulebook import Rulebook

ITEM_FIELDS = ("giver", "activity", "item_kind", "categories", "subject", "secrecy", "facts")
"""Fields of a question that describe the item; the others describe the situation."""
REMEMBERED = 65_536
"""Answers kept with their question; reasons are kept for good."""
_OUTCOME_CODES = {outcome: code for code, outcome in enumerate(OUTCOMES)}
_EMPTY = -1


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer in full, shared by every cell that is answered word for word the same.

    Attributes:
        number: place in :attr:`Tables.reasons`.
        outcome: ``public | must | may_after_balancing | may | must_not``.
        test: the weighing that a person has to make; ``none`` without one.
        duty: whether disclosure, where open or after a favourable weighing, is obligatory.
        floor: what is left if the weighing goes against disclosure.
        grounds: citations of the rules that decide.
        excluded_by: what locks the item, or the nearest rules that turn out not to apply.
        steps: the reasoning, word for word the interpreter's.
        answer: the answer of the first cell that got this reason. What hangs on more than the
            reason, such as what must be recorded, is to be read from the cell's own answer.
    """

    number: int
    outcome: Outcome
    test: Test
    duty: bool
    floor: Outcome | None
    grounds: tuple[str, ...]
    excluded_by: tuple[str, ...]
    steps: tuple[Step, ...]
    answer: Answer


class Verdicts(NamedTuple):
    """Answers to many items in one situation.

    Attributes:
        outcome: uint8[n], places in :data:`~samsyn.law.interpreter.OUTCOMES`.
        reason: int32[n], places in :attr:`Tables.reasons`.
    """

    outcome: NDArray[np.uint8]
    reason: NDArray[np.int32]

    @classmethod
    def empty(cls, count: int) -> Verdicts:
        """Room for so many answers, for :meth:`Tables.verdicts` to fill again and again."""
        return cls(np.empty(count, np.uint8), np.empty(count, np.int32))


class Tables:
    """Decision tables for one epoch, filled as they are asked. Not for several threads at once.

    Attributes:
        rulebook: the rulebook whose answers these are.
        epoch: the stretch of days the answers hold for.
        on: the day that stands in the questions of the answers.
        reasons: every reason met so far; its number is its place.
    """

    def __init__(self, rulebook: Rulebook, epoch: Epoch, on: date | None = None) -> None:
        self.rulebook = rulebook
        self.epoch = epoch
        self.on = on or epoch.start
        self.reasons: list[Reason] = []
        self._classes: list[ItemClass] = []
        self._indices: dict[ItemClass, int] = {}
        self._reason_numbers: dict[tuple[object, ...], int] = {}
        self._columns: dict[Situation, _Column] = {}
        self._answers: dict[tuple[ItemClass, Situation], Answer] = {}
        self._secrecy_in_force: set[tuple[str, ...]] = set()
        agency = next(iter(rulebook.vocabulary.agencies.known))
        purpose = next(iter(rulebook.vocabulary.purposes.known))
        self._filler = {"on": self.on, "giver": agency, "receiver": agency, "purpose": purpose}
        self._filler["initiative"] = "own"

    @property
    def classes(self) -> tuple[ItemClass, ...]:
        """The classes so far; the place of a class is its dense index."""
        return tuple(self._classes)

    def item_class(self, **fields: Any) -> ItemClass:
        """The class of items with these fields of a question, checked as a question is.

        Args:
            fields: some of :data:`ITEM_FIELDS`, ``giver`` at least.

        Raises:
            FieldError: naming the field and the remedy, also when a provision named in
                ``secrecy`` does not hold in this epoch.
        """
        for field in fields:
            if field not in ITEM_FIELDS:
                close = nearest(field, ITEM_FIELDS)
                known = ", ".join(ITEM_FIELDS)
                raise FieldError(
                    field,
                    "an item has no such field; "
                    + (f"did you mean {close}?" if close else f"use {known}"),
                    "en uppgift har inget sådant fält; "
                    + (f"menade du {close}?" if close else f"använd {known}"),
                )
        read = self.rulebook.read({**self._filler, "giver": None, **fields})
        self.rulebook.cases.require_party("giver", read.giver, read.on)
        self._refuse_repealed_secrecy(read)
        item_class = ItemClass(
            **{field: getattr(read, field) for field in (*ITEM_FIELDS, "remarks")}
        )
        self.index(item_class)
        return item_class

    def situation(
        self,
        *,
        receiver: str,
        purpose: str,
        initiative: str,
        receiver_function: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Situation:
        """To whom, for what and on whose initiative, checked as a question is.

        Raises:
            FieldError: naming the field and the remedy.
        """
        stated = {
            "receiver": receiver,
            "purpose": purpose,
            "initiative": initiative,
            "receiver_function": receiver_function,
            "facts": facts,
        }
        read = self.rulebook.read({**self._filler, **stated})
        self.rulebook.cases.require_party("receiver", read.receiver, read.on)
        return Situation(**{field: getattr(read, field) for field in (*stated, "remarks")})

    def index(self, item_class: ItemClass) -> int:
        """The dense index of a class in these tables; a class from other tables is taken in."""
        index = self._indices.get(item_class)
        if index is None:
            index = self._indices[item_class] = len(self._classes)
            self._classes.append(item_class)
        return index

    def question(self, item_class: ItemClass, situation: Situation) -> Question:
        """The question that a cell answers."""
        remarks = dict.fromkeys((*item_class.remarks, *situation.remarks))
        return Question(
            on=self.on,
            giver=item_class.giver,
            receiver=situation.receiver,
            purpose=situation.purpose,
            initiative=situation.initiative,
            activity=item_class.activity,
            receiver_function=situation.receiver_function,
            item_kind=item_class.item_kind,
            categories=item_class.categories,
            subject=item_class.subject,
            secrecy=item_class.secrecy,
            facts=tuple(sorted({**dict(situation.facts), **dict(item_class.facts)}.items())),
            # As when one question is read: facts come after the other fields.
            remarks=tuple(sorted(remarks, key=lambda remark: remark.startswith("facts."))),
        )

    def ask(self, item_class: ItemClass, situation: Situation) -> Answer:
        """The interpreter's answer for a class in a situation, with its explanation.

        Raises:
            FieldError: if a provision named by a class from other tables does not hold here.
        """
        answer = self._answers.get((item_class, situation))
        if answer is None:
            answer = self.rulebook.ask(self.question(item_class, situation))
            if len(self._answers) >= REMEMBERED:
                self._answers.clear()
            self._answers[item_class, situation] = answer
        return answer

    def reason(self, item_class: ItemClass, situation: Situation) -> int:
        """Number of the reason for the answer of :meth:`ask`.

        Raises:
            FieldError: as :meth:`ask`.
        """
        index = self.index(item_class)
        column = self._column(situation)
        if column.reason[index] == _EMPTY:
            self._fill(column, index, situation)
        return int(column.reason[index])

    def column(self, situation: Situation) -> Verdicts:
        """The answers of all classes so far; read-only, ordered by their dense index.

        Classes that are added later are in the arrays of a later call.

        Raises:
            FieldError: as :meth:`ask`.
        """
        column = self._column(situation)
        count = len(self._classes)
        if column.complete < count:
            for index in np.flatnonzero(column.reason[:count] == _EMPTY):
                self._fill(column, int(index), situation)
            column.complete = count
        return column.first(count)

    def verdicts(
        self, situation: Situation, classes: NDArray[np.intp], out: Verdicts | None = None
    ) -> Verdicts:
        """The answers to n items by one look each.

        Args:
            situation: the rest of the question.
            classes: intp[n], the dense index of each item's class.
            out: arrays of n elements to write into, for one who asks often.

        Raises:
            IndexError: if an element is no dense index of these tables.
            FieldError: as :meth:`ask`.
        """
        column = self.column(situation)
        classes = np.asarray(classes, dtype=np.intp)
        count = len(column.outcome)
        # A negative index reads as a very large one, so one comparison covers both ends; after it
        # the fastest mode of take is safe.
        if int(classes.view(np.uintp).max(initial=0)) >= max(count, 1):
            raise IndexError(f"expected class indices from 0 to {count - 1}")
        out = out or Verdicts.empty(classes.size)
        if not classes.size:
            return out
        np.take(column.outcome, classes, out=out.outcome, mode="wrap")
        np.take(column.reason, classes, out=out.reason, mode="wrap")
        return out

    def _refuse_repealed_secrecy(self, read: Question) -> None:
        # Asked of the interpreter, which knows what a provision needs to hold.
        if read.secrecy and read.secrecy not in self._secrecy_in_force:
            self.rulebook.cases.build(self.epoch, read)
            self._secrecy_in_force.add(read.secrecy)

    def _column(self, situation: Situation) -> _Column:
        column = self._columns.get(situation)
        if column is None:
            column = self._columns[situation] = _Column()
        column.make_room(len(self._classes))
        return column

    def _fill(self, column: _Column, index: int, situation: Situation) -> None:
        number = self._reason_number(self.ask(self._classes[index], situation))
        column.outcome[index] = _OUTCOME_CODES[self.reasons[number].outcome]
        column.reason[index] = number

    def _reason_number(self, answer: Answer) -> int:
        content = (
            answer.outcome,
            answer.test,
            answer.duty_if_favourable,
            answer.floor,
            answer.grounds,
            answer.excluded_by,
            answer.steps,
        )
        number = self._reason_numbers.get(content)
        if number is None:
            number = self._reason_numbers[content] = len(self.reasons)
            self.reasons.append(Reason(number, *content, answer))
        return number


class _Column:
    """The cells of one situation; reason -1 where nobody has asked yet.

    So many as ``complete`` says, from the first, are known to be filled.
    """

    def __init__(self) -> None:
        self.outcome = np.zeros(0, np.uint8)
        self.reason = np.zeros(0, np.int32)
        self.complete = 0

    def make_room(self, count: int) -> None:
        room = len(self.reason)
        if room >= count:
            return
        # New arrays: what was handed out before keeps its own.
        more = max(count, 2 * room) - room
        self.outcome = np.concatenate([self.outcome, np.zeros(more, np.uint8)])
        self.reason = np.concatenate([self.reason, np.full(more, _EMPTY, np.int32)])

    def first(self, count: int) -> Verdicts:
        found = Verdicts(self.outcome[:count], self.reason[:count])
        found.outcome.flags.writeable = found.reason.flags.writeable = False
        return found
