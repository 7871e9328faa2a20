"""Which command was called, and which module answers it?

Modules are imported when their command is called, so that a single question starts fast.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from samsyn import __version__
from samsyn.cli.guard import guard_commands
from samsyn.cli.guidance import guidance_commands
from samsyn.cli.hub_parser import hub_commands
from samsyn.cli.log_parser import log_commands
from samsyn.cli.obstacles import obstacle_commands
from samsyn.cli.options import in_language
from samsyn.cli.plan import plan_commands
from samsyn.kernel.faults import FaultyFiles, FieldError

OK, FAULTS, USAGE, SOME_FAILED = 0, 1, 2, 3
"""Exit statuses: done; faults were found; the call was wrong; some lines could not be answered."""


def preferred_language() -> str:
    """Language of the terminal: Swedish where the locale is, else English."""
    for name in ("SAMSYN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "sv" if value.lower().startswith("sv") else "en"
    return "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return USAGE
    module_name, function_name = options.run
    command = getattr(import_module(module_name), function_name)
    try:
        return int(command(options))
    except FieldError as error:
        print(f"samsyn: {error.field}: {error.said.into(options.language)}", file=sys.stderr)
        return USAGE
    except FaultyFiles as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return FAULTS
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    parser = argparse.ArgumentParser(
        prog="samsyn", description="The shared workplace of joint centres against work-life crime."
    )
    parser.add_argument("--version", action="version", version=f"samsyn {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    hub_commands(commands, preferred_language())
    log_commands(commands, preferred_language())
    guard_commands(commands, preferred_language())
    obstacle_commands(commands, preferred_language())
    guidance_commands(commands, preferred_language())
    plan_commands(commands, preferred_language())
    law = commands.add_parser("law", help="may this be told, to whom, for what, on which day?")
    _law_commands(law)
    return parser


def _run(parser: argparse.ArgumentParser, module: str, function: str) -> None:
    parser.set_defaults(run=(module, function))
    in_language(parser, preferred_language())
    parser.add_argument(
        "--rulebook", type=Path, metavar="DIR", help="another rulebook than the packaged one"
    )


def _law_commands(law: argparse.ArgumentParser) -> None:
    law.set_defaults(run=("samsyn.cli.main", "law_help"), law_parser=law)
    commands = law.add_subparsers(title="commands", metavar="COMMAND")
    tour = commands.add_parser("tour", help="a narrated tour on worked situations")
    _run(tour, "samsyn.cli.tour", "run_tour")
    _ask(commands.add_parser("ask", help="one question, by prompts, by options or as JSON"))
    _files(commands)
    _rulebook(commands)


def law_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn law``."""
    options.law_parser.print_help()
    return USAGE


def _ask(parser: argparse.ArgumentParser) -> None:
    _run(parser, "samsyn.cli.ask", "run_ask")
    parser.add_argument("--json", action="store_true", help="write the answer as JSON")
    parser.add_argument(
        "--question", metavar="FILE", help="read the question from a JSON file, - for input"
    )
    for name in (
        "on",
        "giver",
        "activity",
        "item-kind",
        "receiver",
        "receiver-function",
        "purpose",
        "initiative",
    ):
        parser.add_argument(f"--{name}", metavar=name.upper().replace("-", "_"))
    parser.add_argument("--subject", choices=["person", "company"], help="whom the item is about")
    parser.add_argument(
        "--mark", action="append", choices=["victim", "child", "protected"], default=[]
    )
    parser.add_argument(
        "--secrecy",
        action="append",
        metavar="CITATION",
        help="provision that makes the item secret; none stated: the rulebook proposes",
    )
    parser.add_argument("--no-secrecy", action="store_true", help="nothing makes the item secret")
    parser.add_argument("--fact", action="append", default=[], metavar="CODE=VALUE")


def _files(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    assess = commands.add_parser("assess", help="answer every line of a JSON lines file")
    _run(assess, "samsyn.cli.files", "run_assess")
    assess.add_argument("file", metavar="FILE.jsonl", help="one question a line, - for input")
    assess.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")
    score = commands.add_parser("score", help="compare answers with the expected ones in a file")
    _run(score, "samsyn.cli.files", "run_score")
    score.add_argument("file", metavar="FILE.jsonl")
    simulate = commands.add_parser("simulate", help="replay questions under a proposed rulebook")
    _run(simulate, "samsyn.cli.files", "run_simulate")
    simulate.add_argument("file", metavar="REQUESTS.jsonl")
    simulate.add_argument(
        "--proposal",
        type=Path,
        required=True,
        metavar="PATH",
        help="a file with what a bill changes, or a folder with a whole rulebook",
    )
    simulate.add_argument("--on", metavar="DATE", help="ask every question on this day instead")
    simulate.add_argument("--json", action="store_true")
    bulk = commands.add_parser("bulk", help="answer one question for every item of a table")
    _run(bulk, "samsyn.cli.files", "run_bulk")
    bulk.add_argument("file", type=Path, metavar="ITEMS.parquet")
    bulk.add_argument("--out", type=Path, required=True, metavar="VERDICTS.parquet")
    bulk.add_argument("--receiver", required=True)
    bulk.add_argument("--purpose", required=True)
    bulk.add_argument("--on", required=True, metavar="DATE")
    bulk.add_argument("--initiative", choices=["request", "own"], default="request")
    bulk.add_argument("--receiver-function", "--function")
    bulk.add_argument("--fact", action="append", default=[], metavar="CODE=VALUE")


def _rulebook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="check a rulebook, and prove it against statutes")
    _run(check, "samsyn.cli.rulebook", "run_check")
    check.add_argument("--statutes", type=Path, metavar="DIR", help="folder of statute texts")
    check.add_argument("--verbose", action="store_true", help="list what is uncertain as well")
    show = commands.add_parser("show", help="the text of a provision on a day")
    _run(show, "samsyn.cli.rulebook", "run_show")
    show.add_argument("citation", help='"OSL 10:27", "2024:307/4 st3"')
    show.add_argument("--on", metavar="DATE", help="default: the day the rulebook was read until")
    show.add_argument("--statutes", type=Path, metavar="DIR")
    diff = commands.add_parser("diff", help="which questions change answer between two rulebooks")
    _run(diff, "samsyn.cli.rulebook", "run_diff")
    diff.add_argument("--before", required=True, metavar="DIR|DATE")
    diff.add_argument("--after", required=True, metavar="DIR|DATE")
    diff.add_argument("--on", metavar="DATE", help="the day on which two folders are compared")
    diff.add_argument("--json", action="store_true")
    guide = commands.add_parser("guide", help="the officer's guide, as Markdown")
    _run(guide, "samsyn.cli.guide", "run_guide")
    words = commands.add_parser("words", help="the codes that questions use")
    _run(words, "samsyn.cli.rulebook", "run_words")
    words.add_argument(
        "list",
        nargs="?",
        choices=["agencies", "purposes", "activities", "functions", "facts", "categories"],
    )


if __name__ == "__main__":
    raise SystemExit(main())
