"""How is something said in Swedish and in English?"""

from __future__ import annotations

from typing import Literal

import msgspec

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same sentence in both languages of the project."""

    sv: str
    en: str

    def into(self, language: Language) -> str:
        """The sentence in one language."""
        return self.sv if language == "sv" else self.en
