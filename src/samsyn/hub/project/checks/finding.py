"""What is wrong with a deployment, and what is to be done?"""

from __future__ import annotations

from typing import Literal

import msgspec

from samsyn.kernel.text import Language, Text

Level = Literal["fault", "warning"]

LEVELS: dict[Level, Text] = {
    "fault": Text(sv="FEL", en="FAULT"),
    "warning": Text(sv="VARNING", en="WARNING"),
}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong.

    Attributes:
        code: a short name that stays the same, for those who watch many deployments.
        level: a fault must be mended before people sign in; a warning can wait.
    """

    code: str
    level: Level
    said: Text
    remedy: Text

    def into(self, language: Language) -> str:
        """The finding on two lines."""
        level = LEVELS[self.level].into(language)
        said, remedy = self.said.into(language), self.remedy.into(language)
        return f"{level} {self.code}: {said}\n    {remedy}"


def fault(code: str, *, sv: str, en: str, remedy_sv: str, remedy_en: str) -> Finding:
    """Something that must be mended before people sign in."""
    return _finding(code, "fault", (sv, en), (remedy_sv, remedy_en))


def warning(code: str, *, sv: str, en: str, remedy_sv: str, remedy_en: str) -> Finding:
    """Something that can wait."""
    return _finding(code, "warning", (sv, en), (remedy_sv, remedy_en))


def _finding(code: str, level: Level, said: tuple[str, str], remedy: tuple[str, str]) -> Finding:
    return Finding(
        code=code,
        level=level,
        said=Text(sv=said[0], en=said[1]),
        remedy=Text(sv=remedy[0], en=remedy[1]),
    )
