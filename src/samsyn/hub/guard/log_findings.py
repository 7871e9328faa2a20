"""What can be wrong with the log, and how is it said?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from samsyn.kernel.text import Text

_SAID = {
    "changed": Text(
        sv="Posten {place} har ändrats: innehållet stämmer inte med dess hash.",
        en="Entry {place} has been changed: its content does not match its hash.",
    ),
    "broken": Text(
        sv="Kedjan bryts vid {place}: en av posterna har bytts ut, eller en annan har lagts in.",
        en="The chain breaks at {place}: one of the entries was replaced, or another put in.",
    ),
    "removed": Text(
        sv="Det som ska stå som {place} är borta.", en="What has to stand as {place} is gone."
    ),
    "inserted": Text(
        sv="Posten {place} har lagts in: numret i kedjan är redan taget.",
        en="Entry {place} has been put in: its number in the chain is already taken.",
    ),
    "moved": Text(
        sv="Posterna {place} har bytt plats med varandra.",
        en="The entries {place} have changed places.",
    ),
    "rewritten": Text(
        sv="Poster i {place} är inte de som förseglades: de har skrivits om, med nya hashar.",
        en="Entries in {place} are not those that were sealed: they were rewritten, with new "
        "hashes.",
    ),
    "sealed_otherwise": Text(
        sv="{place} förseglade andra poster än de som står där nu.",
        en="{place} closed other entries than those that stand there now.",
    ),
    "seal_changed": Text(
        sv="{place} har ändrats eller bytts ut: underskriften stämmer inte.",
        en="{place} has been changed or replaced: its signature does not hold.",
    ),
    "seal_removed": Text(sv="{place} är borta.", en="{place} is gone."),
    "seal_broken": Text(
        sv="{place} fortsätter inte den försegling som står före.",
        en="{place} does not continue the seal before it.",
    ),
    "seal_replaced": Text(
        sv="{place} finns i två underskrivna lydelser, en här och en hos vittnet: nyckeln har "
        "använts för att skriva om loggen.",
        en="{place} exists in two signed versions, one here and one with the witness: the key was "
        "used to rewrite the log.",
    ),
    "witness_changed": Text(
        sv="Vittnets kopia av {place} har ändrats: den är inte underskriven av loggen.",
        en="The witness's copy of {place} has been changed: it is not signed by the log.",
    ),
    "witness_missing": Text(
        sv="Vittnet har ingen kopia av {place}.", en="The witness has no copy of {place}."
    ),
}

KINDS = tuple(_SAID)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        kind: one of :data:`KINDS`.
        lane, first, last: the entries concerned; lane -1 if a seal as a whole is meant.
        entry: number of the row, where one row is meant; 0 otherwise.
        seal: number of the seal, where one is concerned; 0 otherwise.
    """

    kind: str
    lane: int = -1
    first: int = 0
    last: int = 0
    entry: int = 0
    seal: int = 0

    @property
    def said(self) -> Text:
        """One sentence in both languages."""
        sentence = _SAID[self.kind]
        sv = sentence.sv.format(place=self._place("sv"))
        en = sentence.en.format(place=self._place("en"))
        return Text(sv=sv[0].upper() + sv[1:], en=en[0].upper() + en[1:])

    def _place(self, language: str) -> str:
        lane, seal = ("bana", "försegling") if language == "sv" else ("lane", "seal")
        if self.lane < 0:
            return f"{seal} {self.seal}"
        span = f"{self.first}" if self.first >= self.last else f"{self.first}–{self.last}"
        place = (
            f"{lane} {self.lane} nr {span}"
            if language == "sv"
            else f"{lane} {self.lane} no. {span}"
        )
        inside = [f"id {self.entry}"] if self.entry else []
        inside += [f"{seal} {self.seal}"] if self.seal else []
        return f"{place} ({', '.join(inside)})" if inside else place


@dataclass(frozen=True, slots=True)
class LogReport:
    """What checking the whole log found.

    Attributes:
        entries, seals: how many were read.
        unsealed: entries newer than the last seal; only their chain protects them yet.
        oldest_unsealed: time of the oldest of them.
        without_row: numbers given since the last seal that have no entry, the first twenty: acts
            that were undone or are under way, or entries removed before they were sealed.
        witnessed: whether the copies of another party were compared.
        findings: what is wrong, in the order of the seals and then of the entries.
    """

    entries: int
    seals: int
    unsealed: int
    oldest_unsealed: datetime | None
    without_row: tuple[int, ...]
    witnessed: bool
    findings: tuple[Finding, ...] = field(default=())

    @property
    def sound(self) -> bool:
        """Is nothing wrong?"""
        return not self.findings
