"""How is the desk's part of the results written?"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from bench.hub.installation import Installation
from bench.law.measure import Section
from bench.law.report import limits_kept, load, machine, tables


def as_markdown(
    sections: Sequence[Section], load_before: str, installation: Installation, command: str
) -> str:
    """The desk's part of the page."""
    loaded = installation.loaded
    head = [
        "# Results of the disclosure desk",
        "",
        "Written by the benchmark itself. How to read it stands in [README.md](README.md).",
        "",
        "| | |",
        "|---|---|",
        f"| Command | `{command}` |",
        f"| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
        f"| Machine | {machine()} |",
        f"| Load before and after | {load_before}; {load()} (one and five minutes) |",
        f"| Versions | Python {platform.python_version()} |",
        f"| Training data around it | scale {loaded.scale:g}, seed {loaded.seed}: "
        f"{loaded.rows.get('cases_fact', 0):,} facts |",
        f"| Limits kept | {limits_kept(sections)} |",
    ]
    return "\n".join([*head, *tables(sections), ""])
