"""How long until the first answer, and how long to compare two days of the law exactly?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial

from bench.law.measure import Line, Section, cpu, program
from samsyn.law import Rulebook
from samsyn.law.diff import diff, shape_of

LIMIT_LOADING = 1_000.0
LIMIT_ASKING = 500.0
LIMIT_COMPARING = 1_000.0
ASK = [
    sys.executable,
    "-m",
    "samsyn.cli.main",
    *"law ask --json --on 2026-03-01 --giver SKV --activity taxation".split(),
    *"--item-kind payroll_and_vat_figures --subject company --secrecy 2009:400/27:1".split(),
    *"--receiver AV --receiver-function supervision --purpose joint_inspection_plan".split(),
    *"--initiative request --fact harm=met".split(),
]
PAIRS = (
    (date(2024, 6, 30), date(2024, 7, 1)),  # the act on joint inspections
    (date(2025, 3, 31), date(2025, 4, 1)),  # the act on information to law enforcement
    (date(2025, 11, 30), date(2025, 12, 1)),  # OSL 10:15a, which reaches nearly every route
    (date(2018, 1, 1), date(2026, 6, 1)),  # eight years at once
)


def measure() -> list[Section]:
    """Load, ask from a cold shell, compare two days."""
    rulebook = Rulebook.load()
    loading = cpu(Rulebook.load)
    clock, processor = program(ASK)
    lines = [
        Line("`Rulebook.load`, with all checks", loading.median * 1e3, "ms CPU", LIMIT_LOADING),
        Line(
            "`samsyn law ask --json`, whole program",
            clock.median * 1e3,
            "ms by the clock",
            LIMIT_ASKING,
            note=f"{processor.median * 1e3:.0f} ms CPU",
        ),
        *_difference(rulebook),
    ]
    about = (
        f"The packaged rulebook, {len(rulebook.content.blocks)} dated blocks in "
        f"{len(rulebook.content.acts)} acts, {len(rulebook.epoch_starts)} epochs."
    )
    return [Section("Until the first answer", about, lines)]


def _difference(rulebook: Rulebook) -> Iterator[Line]:
    shaping = cpu(lambda: shape_of(rulebook, PAIRS[0][1]), runs=3)
    yield Line("`shape_of`, one day made ready", shaping.median * 1e3, "ms CPU")
    for first, second in PAIRS:
        before, after = shape_of(rulebook, first), shape_of(rulebook, second)
        found = diff(before, after)
        comparing = cpu(partial(diff, before, after), runs=3)
        yield Line(
            f"`diff`, exact, between {first.isoformat()} and {second.isoformat()}",
            comparing.median * 1e3,
            "ms CPU",
            LIMIT_COMPARING,
            note=f"{found.changed:,} of {found.questions:,} questions change",
        )
