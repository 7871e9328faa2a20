"""Measure everything and write ``bench/RESULTS.md``; a part alone is measured by its name."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench.law import decisions, growth, items, starting
from bench.law.measure import Section
from bench.law.report import as_markdown, load
from bench.results_file import write_first
from samsyn.law import Rulebook

PARTS: dict[str, Callable[[], list[Section]]] = {
    "decisions": decisions.measure,
    "growth": growth.measure,
    "items": items.measure,
    "starting": starting.measure,
}


def main(names: list[str]) -> int:
    """Measure the named parts to the screen, or all of them into the file of results."""
    if unknown := set(names).difference(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}; use {', '.join(PARTS)}")
        return 2
    before = load()
    sections: list[Section] = []
    for name in names or PARTS:
        print(f"measuring {name}", file=sys.stderr)
        sections += PARTS[name]()
    text = as_markdown(sections, before, Rulebook.load().version)
    print(text)
    if not names:
        write_first(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
