"""Measure the disclosure desk and write its part of ``bench/RESULTS.md``; see ``--help``."""

from __future__ import annotations

import argparse
import sys
import traceback
from importlib import import_module
from pathlib import Path

from bench.desk.report import as_markdown
from bench.hub.installation import Installation, Wanted, installed, tell
from bench.law.measure import Section
from bench.law.report import load
from bench.results_file import write_part

PARTS = {
    "batch": "bench.desk.batch",
    "round": "bench.desk.statements",
    "replay": "bench.desk.replay",
}
"""Name → module; imported when the settings are there. Each has ``measure(installation)``."""
FAILED = ": not measured"
FULL = 5.0
"""The scale of the data that lies around what is measured: the acts do not grow with it."""


def options_of(arguments: list[str]) -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser("python -m bench.desk", description=__doc__)
    parser.add_argument("--scale", type=float, default=FULL, help="of the training data around it")
    parser.add_argument(
        "--only", action="append", choices=list(PARTS), help="a part, to the screen; may be given"
        " more than once",
    )  # fmt: skip
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the loaded database here, and take it"
        " from here the next time",
    )  # fmt: skip
    place.add_argument(
        "--database", metavar="ADDRESS", help="a running PostgreSQL, as its superuser; the loaded"
        " database samsyn_bench stays there",
    )  # fmt: skip
    parser.add_argument("--to", type=Path, help="write to this file, whatever was measured")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure the named parts to the screen, or all of them into the file of results."""
    options = options_of(arguments)
    before = load()
    sections: list[Section] = []
    with installed(Wanted(options.scale, options.keep, options.database)) as installation:
        import_module("bench.hub.people").hire(installation)
        for name in options.only or PARTS:
            tell(f"measuring {name}")
            sections += _measured(name, installation)
        text = as_markdown(sections, before, installation)
    print(text)
    if options.to:
        options.to.write_text(text, encoding="utf-8")
    elif not options.only and options.scale == FULL:
        write_part("desk", text)
    tell("done")
    return 1 if any(section.title.endswith(FAILED) for section in sections) else 0


def _measured(name: str, installation: Installation) -> list[Section]:
    """A part; one that fails says so in the results and lets the others be measured."""
    try:
        return list(import_module(PARTS[name]).measure(installation))
    except Exception as error:
        traceback.print_exc()
        reason = str(error).strip().splitlines() or [type(error).__name__]
        return [Section(f"{name.capitalize()}{FAILED}", f"It failed: {reason[0]}", [])]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
