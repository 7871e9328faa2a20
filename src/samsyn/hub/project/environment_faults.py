"""What is wrong with an environment variable, and what is to be done about it?"""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.kernel.text import Language, Text


class Unusable(ValueError):
    """The text of a variable cannot be used; says what was found and what to write."""

    def __init__(self, found: Text, remedy: Text) -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(found.en)


@dataclass(frozen=True, slots=True)
class EnvironmentFault:
    """One variable that is missing or unusable.

    Attributes:
        variable: its name.
        found: what is wrong with it; never the value of a secret.
        remedy: what to do.
    """

    variable: str
    found: Text
    remedy: Text

    def into(self, language: Language) -> str:
        """The fault on one line."""
        return f"{self.variable}: {self.found.into(language)}. {self.remedy.into(language)}"


class FaultyEnvironment(Exception):
    """The environment cannot run a hub; carries every fault found."""

    def __init__(self, faults: tuple[EnvironmentFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(fault.into("en") for fault in faults))
