"""How long do a search and a list take in the database, with a million facts and row policies on?

    python -m bench.hub.search --write             # a million facts, about ten minutes
    python -m bench.hub.search --facts 100000      # a smaller hub, to the screen

Beside ``python -m bench.hub``, which measures the training data: here the words are of known
rates, so that the hard cases are there on purpose. Which PostgreSQL is measured: PG_BIN names its
programs, else the one in the wheel. The CPU time is that of the server process that answers, over
all searches of a line.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.law.report import limits_kept, load, machine, tables

RESULTS = Path(__file__).with_name("SEARCH.md")


def main(arguments: list[str]) -> None:
    """Fill a hub, measure, write the page or show it."""
    asked = _options(arguments)
    os.environ.setdefault("SAMSYN_TOOLING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.hub.project.settings")
    import_module("django").setup()
    measures = import_module("bench.hub.search_measures")
    cases, before = asked.facts // 5, load()
    with measures.filled(asked.facts, cases, asked.facts * 3 // 10) as url:
        sections = measures.measure(url, cases, asked.searches)
        version = measures.version_of(url)
    page = "\n".join(
        [
            "# Search and lists in the database",
            "",
            "Written by the benchmark itself; how it is measured stands in [search.py](search.py).",
            "",
            "| | |",
            "|---|---|",
            f"| Command | `{' '.join(['python -m bench.hub.search', *arguments])}` |",
            f"| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
            f"| Machine | {machine()} |",
            f"| PostgreSQL | {version}, its settings as they come |",
            f"| Rows | {asked.facts:,} facts, {cases:,} cases, of nine agencies |",
            f"| Load before and after | {before}; {load()} (one and five minutes) |",
            f"| Limits kept | {limits_kept(sections)} |",
            *tables(sections),
            "",
        ]
    )
    if asked.write:
        RESULTS.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench.hub.search", description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000, help="cases are a fifth of it")
    parser.add_argument("--searches", type=int, default=15, help="searches in a round")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
