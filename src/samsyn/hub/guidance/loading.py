"""Which guidance does this process give?

Read once for each rulebook, with every fault told by file, line and field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.guidance.checks import check_guidance
from samsyn.hub.guidance.entries import Exercise, GuidedStep, Written
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law import Rulebook
from samsyn.law.loading import read_list
from samsyn.law.rulebook import GUIDANCE
from samsyn.law.situations import EverydaySituations


@dataclass(frozen=True, eq=False)
class Guidance:
    """Guidance that has been checked against the law.

    Attributes:
        rulebook: the law it was checked against.
        steps: code → step of the work, in the order of the file.
        situations: the everyday situations and the days they are asked on.
        exercises: code → exercise, in the order of the file.
    """

    rulebook: Rulebook
    steps: Mapping[str, GuidedStep]
    situations: EverydaySituations
    exercises: Mapping[str, Exercise]


def load_guidance(rulebook: Rulebook, folder: Path | None = None) -> Guidance:
    """Read and check the guidance of a rulebook.

    Args:
        rulebook: the law that is cited and asked.
        folder: the folder that holds ``guidance``; that of the rulebook when left out.

    Raises:
        FaultyFiles: with every fault, each with file, line, field and what was expected.
    """
    written = _read((folder or rulebook.content.folder) / GUIDANCE)
    faults = check_guidance(written, rulebook)
    if faults:
        raise FaultyFiles(faults)
    return Guidance(
        rulebook=rulebook,
        steps=MappingProxyType({step.code: step for step, _ in written.steps}),
        situations=EverydaySituations.of(rulebook.content.folder),
        exercises=MappingProxyType({one.code: one for one, _ in written.exercises}),
    )


def current_guidance() -> Guidance:
    """The guidance of the rulebook that this process works by.

    Raises:
        FaultyFiles: with every fault, when it is read for the first time.
    """
    return _of(current_rulebook())


@lru_cache(maxsize=2)
def _of(rulebook: Rulebook) -> Guidance:
    return load_guidance(rulebook)


def _read(place: Path) -> Written:
    faults: list[Fault] = []
    written = Written(
        steps=list(read_list(place / "steps.yaml", "steps", GuidedStep, faults)),
        exercises=[
            entry
            for path in sorted(place.glob("exercises*.yaml"))
            for entry in read_list(path, "exercises", Exercise, faults)
        ],
    )
    if faults:
        raise FaultyFiles(list(dict.fromkeys(faults)))
    return written
