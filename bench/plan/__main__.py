"""Measure the plans and write their parts of ``bench/RESULTS.md``; see ``--help``.

A part is a module with ``measure(quick: bool) -> list[Section]``, named in ``PARTS``. The public
instances are read from the folder beside the project; a part says so where they are missing.
"""

from __future__ import annotations

import argparse
import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bench.law.measure import Section
from bench.law.report import limits_kept, load, machine, tables
from bench.results_file import write_part

PARTS = {
    "visits": "bench.plan.visits",
    "staffing": "bench.plan.staffing",
    "routes": "bench.plan.routes",
}
PACKAGES = ("numba", "numpy", "ortools", "pyvrp")
FAILED = ": not measured"


def main(arguments: Sequence[str]) -> int:
    """Measure the named parts, or all; each writes a part of its own in the file of results."""
    parser = argparse.ArgumentParser("python -m bench.plan", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(PARTS), help="a part; may repeat")
    parser.add_argument("--quick", action="store_true", help="a few, in a minute, to the screen")
    parser.add_argument("--to", type=Path, help="write to this file instead")
    options = parser.parse_args(arguments)
    failed, pages = False, []
    for name in options.only or PARTS:
        before = load()
        sections = _measured(name, options.quick)
        failed |= any(section.title.endswith(FAILED) for section in sections)
        command = f"python -m bench.plan --only {name}"
        pages.append(as_markdown(name, sections, before, command + " --quick" * options.quick))
        print(pages[-1], flush=True)
        if not options.quick and not options.to:
            write_part(f"plan_{name}", pages[-1], command=command)
    if options.to:
        options.to.write_text("\n".join(pages), encoding="utf-8")
    return 1 if failed else 0


def as_markdown(name: str, sections: Sequence[Section], load_before: str, command: str) -> str:
    """One part of the page."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = [
        f"# Results of planning: {name}",
        "",
        "Written by the benchmark itself. How to read it stands in [README.md](README.md).",
        "",
        "| | |",
        "|---|---|",
        f"| Command | `{command}` |",
        f"| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
        f"| Machine | {machine()} |",
        f"| Load before and after | {load_before}; {load()} (one and five minutes) |",
        f"| Versions | Python {platform.python_version()}, {versions} |",
        f"| Limits kept | {limits_kept(sections)} |",
    ]
    return "\n".join([*head, *tables(sections), ""])


def _measured(name: str, quick: bool) -> list[Section]:
    """A part; one that fails says so in the results and lets the others be measured."""
    try:
        return list(import_module(PARTS[name]).measure(quick))
    except Exception as error:
        traceback.print_exc()
        reason = str(error).strip().splitlines() or [type(error).__name__]
        return [Section(f"{name.capitalize()}{FAILED}", f"It failed: {reason[0]}", [])]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
