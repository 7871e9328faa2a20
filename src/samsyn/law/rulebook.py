"""A loaded rulebook: ask it a question, on a day.

The public face of the engine::

    rulebook = Rulebook.load()
    answer = rulebook.ask(rulebook.read({"on": "2026-03-01", "giver": "SKV", ...}))
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samsyn.kernel.collecting import without_collector
from samsyn.kernel.dates import read_day
from samsyn.kernel.faults import FaultyFiles, FieldError
from samsyn.law.answer import Answer
from samsyn.law.cases import CaseBuilder
from samsyn.law.checks import check_content
from samsyn.law.epochs import Epoch, change_days
from samsyn.law.loading import Content, packaged_folder, read_content
from samsyn.law.question import Question, read_question
from samsyn.law.unknowns import possibilities
from samsyn.law.vocabulary import Vocabulary

if TYPE_CHECKING:
    from samsyn.law.tables import Tables

REMEMBERED = 65_536
"""Answers kept; equal questions are answered from here."""


class Rulebook:
    """Dated rules that have been checked and can be asked.

    Attributes:
        content: everything the files say.
        vocabulary: the words that questions use.
        version: stated version and a digest of the files, ``2026.11.1+3f9a0c12``.
        covers_from: first day that questions are answered for.
        cases: works out what follows from a question.
    """

    def __init__(self, content: Content, version: str) -> None:
        self.content = content
        self.vocabulary = Vocabulary(content)
        self.version = version
        self.covers_from = read_day(content.head.covers_from)
        days = [day for day in change_days(content) if day > self.covers_from]
        self._starts = [self.covers_from, *days]
        self._epochs: dict[int, Epoch] = {}
        self.cases = CaseBuilder(self.vocabulary)
        self._answers: dict[Question, Answer] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> Rulebook:
        """Read and check a rulebook; without a folder, the Swedish one that comes with Samsyn.

        Raises:
            FaultyFiles: with every fault, each with file, line, field and what was expected.
        """
        folder = folder or packaged_folder()
        with without_collector():
            content = read_content(folder)
            faults = check_content(content)
        if faults:
            raise FaultyFiles(faults)
        return cls(content, f"{content.head.version}+{digest(folder)}")

    @property
    def epoch_starts(self) -> tuple[date, ...]:
        """First days of all epochs, in order."""
        return tuple(self._starts)

    def epoch(self, on: date) -> Epoch:
        """The epoch a day lies in.

        Raises:
            FieldError: if the day lies before the first day the rulebook covers.
        """
        if on < self.covers_from:
            raise FieldError(
                "on",
                f"the rulebook covers days from {self.covers_from}",
                f"regelboken gäller dagar från och med {self.covers_from}",
            )
        index = bisect_right(self._starts, on) - 1
        epoch = self._epochs.get(index)
        if epoch is None:
            after = self._starts[index + 1] if index + 1 < len(self._starts) else date.max
            epoch = self._epochs[index] = Epoch(self.content, self._starts[index], after)
        return epoch

    def read(self, raw: Mapping[str, Any]) -> Question:
        """Read a question from the fields of a JSON object.

        Raises:
            FieldError: naming the field and the remedy.
        """
        return read_question(raw, self.vocabulary)

    def ask(self, question: Question) -> Answer:
        """Answer a question, with its explanation.

        Raises:
            FieldError: if the day or a provision named in the question is outside the rulebook, or
                too much is open to follow.
        """
        answer = self._answers.get(question)
        if answer is None:
            answer = self._interpret(question)
            if len(self._answers) >= REMEMBERED:
                self._answers.clear()
            self._answers[question] = answer
        return answer

    def _interpret(self, question: Question) -> Answer:
        epoch = self.epoch(question.on)
        case = self.cases.build(epoch, question)
        found = possibilities(epoch, case)
        return Answer(self, question, epoch, case, tuple(found))

    def compile(self, on: date) -> Tables:
        """Decision tables for the epoch of a day, filled as they are asked."""
        from samsyn.law.tables import Tables  # needs NumPy, which a single question does not

        return Tables(self, self.epoch(on), on)


GUIDANCE = "guidance"
"""Folder of a rulebook with advice to officers: no answer hangs on it, so the digest omits it."""


def digest(folder: Path) -> str:
    """Eight hexadecimal digits that change with any file of a rulebook but its guidance."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        place = path.relative_to(folder)
        if place.parts[0] == GUIDANCE:
            continue
        total.update(place.as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:8]
