"""Which options do ``samsyn plan staff`` and ``samsyn plan routes`` have?"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from samsyn.cli.log_parser import Commands


def add_staff(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the command; what it does is imported when it runs."""
    staff = parts.add_parser("staff", help="days, people and cars for joint inspections over weeks")
    staff.set_defaults(run=("samsyn.cli.plan_staffing", "run_staff"))
    staff.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the task, YAML or JSON")
    staff.add_argument("--out", type=Path, metavar="PLAN.json", help="default: the screen")
    staff.add_argument("--seconds", type=_positive, default=10.0, help="in all (default: 10)")
    staff.add_argument("--workers", type=int, choices=range(1, 65), default=2, metavar="N",
                       help="threads of the search (default: 2)")  # fmt: skip
    staff.add_argument("--seed", type=int, choices=range(10**6), default=1, metavar="N",
                       help="of the search's chance (default: 1)")  # fmt: skip
    staff.add_argument("--explain", action="store_true",
                       help="say why, and what it would take; takes further time")  # fmt: skip
    staff.add_argument("--absent", action="append", default=[], metavar="PERSON:FROM:TO",
                       help="mend a plan with the least disturbance")  # fmt: skip
    staff.add_argument("--from", dest="before", type=Path, metavar="PLAN.json",
                       help="the plan to mend")  # fmt: skip
    staff.add_argument("--check", type=Path, metavar="PLAN.json",
                       help="name every rule that a plan breaks, and do nothing else")  # fmt: skip
    staff.add_argument("--calendars", type=Path, metavar="FOLDER",
                       help="a calendar file for each person, which tells no secret")  # fmt: skip
    staff.add_argument("--calendar-key", type=Path, metavar="FILE",
                       help="a secret line; the same one lets new files replace old")  # fmt: skip
    staff.add_argument("--example", type=int, choices=range(10**6), metavar="SEED",
                       help="write an invented month instead")  # fmt: skip
    staff.add_argument("--centres", type=int, choices=range(1, 8), default=1, metavar="1-7",
                       help="of the invented month")  # fmt: skip
    staff.add_argument("--operations", type=int, choices=range(1, 201), default=60, metavar="N",
                       help="of each centre in the invented month")  # fmt: skip
    staff.add_argument("--first", type=_day, default=date(2027, 2, 1), metavar="DATE",
                       help="of the invented month")  # fmt: skip
    _language(staff, language)


def add_routes(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the command; what it does is imported when it runs."""
    routes = parts.add_parser("routes", help="several sites in a day, not all of which need be")
    routes.set_defaults(run=("samsyn.cli.plan_routes", "run_routes"))
    routes.add_argument("file", type=Path, metavar="FILE", help="VRPLIB or Solomon, gzip or not")
    routes.add_argument("--out", type=Path, metavar="ROUTES.sol", help="default: the screen")
    routes.add_argument("--seconds", type=_positive, default=60.0, help="in all (default: 60)")
    routes.add_argument("--workers", type=int, choices=range(1, 65), default=2, metavar="N",
                        help="processes (default: 2)")  # fmt: skip
    routes.add_argument("--seed", type=int, choices=range(10**6), default=1, metavar="N",
                        help="of the search's chance (default: 1)")  # fmt: skip
    routes.add_argument("--check", type=Path, metavar="ROUTES.sol",
                        help="count what these cost, and whether they can be driven")  # fmt: skip
    _language(routes, language)


def _language(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument(
        "--lang", "--language", dest="language", choices=["sv", "en"], default=language,
        help="language of the answer (default: that of the terminal)",
    )  # fmt: skip


def _positive(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"expected seconds from 0.1 to 86400, found {text}")
    return seconds


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a day such as 2027-02-01, found {text}"
        ) from None
