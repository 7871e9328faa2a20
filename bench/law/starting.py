"""How long until the first answer, and how long to compare two days of the law exactly?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec

from bench.law.measure import Line, Section, cpu, program
from samsyn.law import Rulebook

LIMIT_LOADING = 1_000.0
LIMIT_ASKING = 500.0
ASK = [
    sys.executable,
    "-m",
    "samsyn.cli.main",
    *"law ask --json --on 2026-03-01 --giver SKV --activity taxation".split(),
    *"--item-kind payroll_and_vat_figures --subject company --secrecy 2009:400/27:1".split(),
    *"--receiver AV --receiver-function supervision --purpose joint_inspection_plan".split(),
    *"--initiative request --fact harm=met".split(),
]
BEFORE, AFTER = date(2024, 6, 30), date(2026, 3, 1)


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
    if find_spec("samsyn.law.diff") is None:
        return
    from samsyn.law.diff import diff, shape_of

    shaping = cpu(lambda: shape_of(rulebook, AFTER), runs=3)
    before, after = shape_of(rulebook, BEFORE), shape_of(rulebook, AFTER)
    found = diff(before, after)
    comparing = cpu(lambda: diff(before, after), runs=3)
    days = f"{BEFORE.isoformat()} and {AFTER.isoformat()}"
    yield Line("`shape_of`, one day made ready", shaping.median * 1e3, "ms CPU")
    yield Line(
        f"`diff`, exact, between {days}",
        comparing.median * 1e3,
        "ms CPU",
        note=f"{found.changed:,} of {found.questions:,} questions change",
    )
