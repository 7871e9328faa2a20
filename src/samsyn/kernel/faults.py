"""What is wrong with something that was given to us, where, and what to do about it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samsyn.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file that people write.

    Attributes:
        file: the file, as it was given.
        line: counted from 1; 0 when the fault concerns the file as a whole.
        field: path of the field, ``blocks[3].from``; empty for the file as a whole.
        expected: one sentence, what was found and what was expected.
    """

    file: Path
    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return (
            f"{place}: {self.field}: {self.expected}" if self.field else f"{place}: {self.expected}"
        )


class FaultyFiles(Exception):
    """Files that cannot be used; carries every fault found, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class FieldError(ValueError):
    """A value in a question or on the command line that cannot be used.

    Attributes:
        field: name of the field, as its giver wrote it.
        said: what is wrong and what to write instead, one sentence in both languages.
    """

    def __init__(self, field: str, en: str, sv: str) -> None:
        self.field = field
        self.said = Text(sv=sv, en=en)
        super().__init__(f"{field}: {en}")

    @property
    def remedy(self) -> str:
        """The sentence in English, as it stands in logs."""
        return self.said.en
