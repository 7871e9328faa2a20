"""``samsyn plan``: joint inspections, who may take part on which ground, when and in what order.

Only the options stand here; what a command needs is imported when it runs.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from samsyn.cli.options import Commands, a_day, in_language

MODULE = "samsyn.cli.plan"
GROUNDS = "samsyn.cli.plan_grounds"
VISITS = "samsyn.cli.plan_visits"
STAFFING = "samsyn.cli.plan_staffing"
ROUTES = "samsyn.cli.plan_routes"
USAGE = 2


def plan_commands(commands: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the commands of planning."""
    plan = commands.add_parser("plan", help="joint inspections: grounds, people, days and routes")
    plan.set_defaults(run=(MODULE, "plan_help"), plan_parser=plan)
    parts = plan.add_subparsers(title="commands", metavar="COMMAND")
    _grounds(parts, language)
    _visits(parts, language)
    _staff(parts, language)
    _routes(parts, language)


def plan_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn plan``."""
    options.plan_parser.print_help()
    return USAGE


def _grounds(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    check = parts.add_parser("grounds", help="check the legal ground of everybody in a plan")
    check.set_defaults(run=(GROUNDS, "run_grounds"))
    check.add_argument("plan", type=Path, metavar="PLAN.yaml")
    powers = parts.add_parser("powers", help="list the grounds on which each agency takes part")
    powers.set_defaults(run=(GROUNDS, "run_powers"))
    powers.add_argument("--agency", default="", metavar="CODE", help="as AV; all when left out")
    powers.add_argument("--on", type=a_day, metavar="DATE", help="the day (default: today)")
    for parser in (check, powers):
        parser.add_argument(
            "--rulebook", type=Path, metavar="DIR", help="another rulebook than the packaged one"
        )
        parser.add_argument("--json", action="store_true", help="write the answer as JSON")
        in_language(parser, language)


def _visits(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    solve = parts.add_parser("solve", help="plan a day of visits, some by two people together")
    solve.set_defaults(run=(VISITS, "run_solve"))
    solve.add_argument("instance", type=Path, metavar="INSTANCE.json[.gz]")
    solve.add_argument("--out", type=Path, required=True, metavar="SOLUTION.json")
    solve.add_argument(
        "--seconds", type=float, default=60.0, help="for the whole command (default: 60)"
    )
    solve.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    solve.add_argument("--seed", type=int, default=1, help="of the search's chance (default: 1)")
    solve.add_argument(
        "--iterations", type=int, metavar="CHANGES",
        help="try so many changes in one process instead: the same plan every time",
    )  # fmt: skip
    check = parts.add_parser("check", help="recompute a plan's cost, and whether it can be done")
    check.set_defaults(run=(VISITS, "run_check"))
    check.add_argument("instance", type=Path, metavar="INSTANCE.json[.gz]")
    check.add_argument("solution", type=Path, metavar="SOLUTION.json[.gz]")
    for parser in (solve, check):
        parser.add_argument("--json", action="store_true", help="write the answer as JSON")
        in_language(parser, language)


def _staff(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    staff = parts.add_parser("staff", help="days, people and cars for joint inspections over weeks")
    staff.set_defaults(run=(STAFFING, "run_staff"))
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
    staff.add_argument("--first", type=a_day, default=date(2027, 2, 1), metavar="DATE",
                       help="of the invented month")  # fmt: skip
    in_language(staff, language)


def _routes(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    routes = parts.add_parser("routes", help="several sites in a day, not all of which need be")
    routes.set_defaults(run=(ROUTES, "run_routes"))
    routes.add_argument("file", type=Path, metavar="FILE", help="VRPLIB or Solomon, gzip or not")
    routes.add_argument("--out", type=Path, metavar="ROUTES.sol", help="default: the screen")
    routes.add_argument("--seconds", type=_positive, default=60.0, help="in all (default: 60)")
    routes.add_argument("--workers", type=int, choices=range(1, 65), default=2, metavar="N",
                        help="processes (default: 2)")  # fmt: skip
    routes.add_argument("--seed", type=int, choices=range(10**6), default=1, metavar="N",
                        help="of the search's chance (default: 1)")  # fmt: skip
    routes.add_argument("--check", type=Path, metavar="ROUTES.sol",
                        help="count what these cost, and whether they can be driven")  # fmt: skip
    in_language(routes, language)


def _positive(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"expected seconds from 0.1 to 86400, found {text}")
    return seconds
