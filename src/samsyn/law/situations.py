"""Everyday situations asked on several days: material for the tour and the officer's guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from samsyn.kernel.dates import read_day
from samsyn.kernel.faults import FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law.answer import Answer
from samsyn.law.rulebook import Rulebook
from samsyn.law.yaml_files import read_yaml


class EverydaySituation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One everyday situation.

    Attributes:
        code: short name.
        title: a few words.
        story: what happens.
        lesson: what to take with you.
        question: fields of the question, without the day.
    """

    code: str
    title: Text
    story: Text
    lesson: Text
    question: dict[str, Any]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: tuple[str, ...]
    situations: tuple[EverydaySituation, ...]


@dataclass(frozen=True, slots=True)
class EverydaySituations:
    """The situations of a rulebook and the days they are asked on."""

    days: tuple[date, ...]
    entries: tuple[EverydaySituation, ...]

    @classmethod
    def of(cls, folder: Path) -> EverydaySituations:
        """Read a rulebook's ``situations.yaml``.

        Raises:
            FaultyFiles: if the file has another form.
        """
        file = read_yaml(folder / "situations.yaml")
        try:
            content = msgspec.convert(file.content, _File)
        except msgspec.ValidationError as error:
            raise FaultyFiles([file.fault("", str(error))]) from None
        return cls(tuple(map(read_day, content.days)), content.situations)

    def answers(
        self, rulebook: Rulebook, situation: EverydaySituation
    ) -> Iterator[tuple[date, Answer]]:
        """The answer to a situation on each day."""
        for day in self.days:
            question = rulebook.read({**situation.question, "on": day.isoformat()})
            yield day, rulebook.ask(question)
