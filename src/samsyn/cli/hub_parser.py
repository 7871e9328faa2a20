"""Which commands and options do ``samsyn demo`` and ``samsyn hub`` have?"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from samsyn.cli.accounts import account_commands
from samsyn.cli.importing import import_commands
from samsyn.cli.options import Commands, in_language
from samsyn.kernel.text import Language

MODULE = "samsyn.cli.hub"


def hub_commands(commands: Commands[argparse.ArgumentParser], language: Language | str) -> None:
    """Add the commands of the hub."""
    demo = commands.add_parser("demo", help="the hub with invented people and firms")
    _run(demo, "run_demo", language)
    demo.add_argument("--port", type=_port, default=8000)
    demo.add_argument("--reset", action="store_true", help="forget everything and begin anew")
    demo.add_argument("--folder", type=Path, help="where it lies (default: SAMSYN_DEMO_DIR)")
    demo.add_argument("--seed", type=int, default=2022, help="another number gives other people")
    demo.add_argument("--scale", type=float, default=1.0, help="so many times as much")
    hub = commands.add_parser("hub", help="run the hub: serve, migrate, check, backup, restore")
    hub.set_defaults(run=(MODULE, "hub_help"), hub_parser=hub)
    _parts(hub.add_subparsers(title="commands", metavar="COMMAND"), language)


def _parts(commands: Commands[argparse.ArgumentParser], language: Language | str) -> None:
    serve = commands.add_parser("serve", help="serve the hub to browsers")
    _run(serve, "run_serve", language)
    serve.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    serve.add_argument("--workers", type=_number, default=_processors(), help="processes")
    serve.add_argument("--threads", type=_number, default=4, help="threads of each process")
    serve.add_argument("--certificate", type=Path, metavar="FILE", help="for TLS without a proxy")
    serve.add_argument("--key", type=Path, metavar="FILE", help="of the certificate")
    work = commands.add_parser("work", help="do the jobs: sealing, expiry, reconciliation")
    _run(work, "run_work", language)
    work.add_argument("--until-done", action="store_true", help="stop when nothing is left to do")
    work.add_argument("--concurrency", type=_number, default=1, help="jobs at a time")
    _run(commands.add_parser("migrate", help="bring the database to this version"), "run_migrate",
         language)  # fmt: skip
    check = commands.add_parser("check", help="what is wrong with this deployment")
    _run(check, "run_check", language)
    check.add_argument("--json", action="store_true", help="one finding a line, as JSON")
    backup = commands.add_parser("backup", help="write database and files to one archive")
    _run(backup, "run_backup", language)
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = commands.add_parser("restore", help="bring back what an archive holds")
    _run(restore, "run_restore", language)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="lose what is there now")
    account_commands(commands, language)
    import_commands(commands, language)


def _run(parser: argparse.ArgumentParser, function: str, language: Language | str) -> None:
    parser.set_defaults(run=(MODULE, function))
    in_language(parser, language)


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a port between 1 and 65535")


def _number(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a number between 1 and 64")


def _processors() -> int:
    return min(len(os.sched_getaffinity(0)) + 1, 8)
