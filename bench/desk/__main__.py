"""Measure the disclosure desk and write its part of ``bench/RESULTS.md``; see ``--help``."""

from __future__ import annotations

import sys

from bench.desk.report import as_markdown
from bench.running import Benchmark, run

DESK = Benchmark(
    name="desk",
    about=__doc__ or "",
    parts={
        "batch": "bench.desk.batch",
        "round": "bench.desk.statements",
        "replay": "bench.desk.replay",
    },
    # Of the data that lies around what is measured: the acts do not grow with it.
    full=5.0,
    scale_help="of the training data around it",
    written=as_markdown,
)

if __name__ == "__main__":
    raise SystemExit(run(DESK, sys.argv[1:]))
