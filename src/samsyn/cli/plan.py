"""``samsyn plan``: joint inspections, who may take part on which ground, when and in what order.

Only the options stand here; what a command needs is imported when it runs.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from samsyn.cli.log_parser import Commands
from samsyn.cli.plan_staffing_parser import add_routes, add_staff
from samsyn.kernel.dates import DateError, read_day

MODULE = "samsyn.cli.plan"
GROUNDS = "samsyn.cli.plan_grounds"
VISITS = "samsyn.cli.plan_visits"
USAGE = 2


def plan_commands(commands: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the commands of planning."""
    plan = commands.add_parser("plan", help="joint inspections: grounds, people, days and routes")
    plan.set_defaults(run=(MODULE, "plan_help"), plan_parser=plan)
    parts = plan.add_subparsers(title="commands", metavar="COMMAND")
    _grounds(parts, language)
    _visits(parts, language)
    add_staff(parts, language)
    add_routes(parts, language)


def plan_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn plan``."""
    options.plan_parser.print_help()
    return USAGE


def in_language(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the option that chooses the language of the answer."""
    parser.add_argument(
        "--lang",
        "--language",
        dest="language",
        choices=["sv", "en"],
        default=language,
        help="language of the answer (default: that of the terminal)",
    )


def _grounds(parts: Commands[argparse.ArgumentParser], language: str) -> None:
    check = parts.add_parser("grounds", help="check the legal ground of everybody in a plan")
    check.set_defaults(run=(GROUNDS, "run_grounds"))
    check.add_argument("plan", type=Path, metavar="PLAN.yaml")
    powers = parts.add_parser("powers", help="list the grounds on which each agency takes part")
    powers.set_defaults(run=(GROUNDS, "run_powers"))
    powers.add_argument("--agency", default="", metavar="CODE", help="as AV; all when left out")
    powers.add_argument("--on", type=_day, metavar="DATE", help="the day (default: today)")
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


def _day(text: str) -> date:
    try:
        return read_day(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
