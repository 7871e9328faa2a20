"""Measure the hub and write its part of ``bench/RESULTS.md``; see ``--help`` for less."""

from __future__ import annotations

import sys

from bench.hub.report import as_markdown
from bench.running import Benchmark, run

HUB = Benchmark(
    name="hub",
    about=__doc__ or "",
    parts={
        "lists": "bench.hub.lists",
        "search": "bench.hub.searching",
        "pages": "bench.hub.pages",
        "acts": "bench.hub.acts",
        "hints": "bench.hub.hints",
    },
    # About a million facts and 200,000 cases.
    full=1000.0,
    scale_help="of the training data; the default has a million facts, 5 is a quick try",
    written=as_markdown,
)

if __name__ == "__main__":
    raise SystemExit(run(HUB, sys.argv[1:]))
