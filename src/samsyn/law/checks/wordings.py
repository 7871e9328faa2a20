"""Do the wordings of one rule follow each other without a gap and without two on one day?"""

from __future__ import annotations

from itertools import pairwise

from samsyn.law import schema
from samsyn.law.checks.findings import Findings
from samsyn.law.checks.spans import day_before, period, runs_backwards
from samsyn.law.loading import Placed


def check_wordings(findings: Findings) -> None:
    """Faults between blocks that share a rule key."""
    by_key: dict[str, list[Placed]] = {}
    for placed in findings.content.blocks:
        by_key.setdefault(placed.block.rule, []).append(placed)
    for wordings in by_key.values():
        if len(wordings) > 1:
            _check_key(findings, wordings)


def _check_key(findings: Findings, wordings: list[Placed]) -> None:
    ordered = sorted(wordings, key=lambda placed: _begins(placed.block))
    for earlier, later in pairwise(ordered):
        if type(earlier.block) is not type(later.block):
            text = f"{_place(earlier)} has the same key and is of another kind; "
            findings.add(later.origin, "rule", f"{text}expected one kind, or a key of its own")
        elif not (runs_backwards(earlier.block) or runs_backwards(later.block)):
            _check_follows(findings, earlier, later)


def _begins(block: schema.Block) -> tuple[object, object]:
    start = period(block).start
    return start.earliest, start.latest


def _place(placed: Placed) -> str:
    line = placed.origin.file.line_of(placed.origin.path)
    return f"the block on line {line} of {placed.origin.file.path.name}"


def _check_follows(findings: Findings, earlier: Placed, later: Placed) -> None:
    end, start = period(earlier.block).end, period(later.block).start
    if end == start:
        return
    before, after = earlier.block.end, later.block.start
    if end.latest <= start.earliest:
        found = f"no wording holds from {end.latest} to {day_before(start.earliest)}"
    elif end.earliest > start.latest:
        found = f"two wordings hold from {after}, because {_place(earlier)} holds to {before}"
    else:
        found = f"{_place(earlier)} ends {before} and this begins {after}"
    remedy = "expected this wording on the day after that one's last, or the same window for both"
    findings.add(later.origin, "from", f"{found}; {remedy}")
