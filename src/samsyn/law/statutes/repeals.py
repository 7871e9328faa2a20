"""Which acts have been repealed, by which act and from which day?

An act does not say itself that it has been repealed; the act that replaces it does, in its
transitional provisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samsyn.law.statutes.notation import acts_repealed
from samsyn.law.statutes.versions import Dialect, StatuteFile

_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")


@dataclass(frozen=True, slots=True)
class Repeal:
    """The end of an act: the first day on which it no longer applies, and the act that ends it."""

    day: date
    by: str


class Repeals:
    """Repeals stated anywhere in the library; looked up once, when first asked."""

    def __init__(self, files: dict[str, tuple[StatuteFile, ...]]) -> None:
        self._files = files
        self._ends: dict[str, Repeal] | None = None

    def of(self, sfs: str) -> Repeal | None:
        """The repeal of one act, None if no act in the library repeals it."""
        if self._ends is None:
            self._ends = self._scan()
        return self._ends.get(sfs)

    def _scan(self) -> dict[str, Repeal]:
        ends: dict[str, Repeal] = {}
        for sfs, files in self._files.items():
            for file in files:
                if file.dialect is Dialect.EXCERPT:
                    continue
                text = file.path.read_text(encoding="utf-8", errors="replace")
                start = text.rfind("Övergångsbestämmelser")
                if start < 0:
                    continue
                plain = re.sub(r"\s+", " ", _LINK.sub(r"\1", text[start:]))
                effect, repealed = acts_repealed(sfs, plain)
                if effect is not None:
                    for old in repealed & self._files.keys() - {sfs}:
                        ends[old] = Repeal(effect, sfs)
        return ends
