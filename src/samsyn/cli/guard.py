"""``samsyn guard verify``: hold what everybody sees against what was decided, and the law."""

from __future__ import annotations

import argparse
import json
from collections import Counter

from samsyn.cli.log import FAULTS, OK, USAGE, with_hub
from samsyn.cli.options import Commands, in_language
from samsyn.kernel.text import Text

MODULE = "samsyn.cli.guard"
MOST_LINES = 200

SOUND = Text(
    sv="Varje mottagen uppgift är synlig så som det beslutades, och lagen öppnar den ännu.",
    en="Every received fact is seen as it was decided, and the law opens it still.",
)
FOUND = Text(sv="{count} avvikelser.", en="{count} differences.")
LINE = Text(
    sv="  {table} {id}: beslutat {expected}, är {found}",
    en="  {table} {id}: decided {expected}, is {found}",
)
MORE = Text(sv="  … och {count} till", en="  … and {count} more")


def guard_commands(commands: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the commands of the guard."""
    guard = commands.add_parser("guard", help="hold what everybody sees against what was decided")
    guard.set_defaults(run=(MODULE, "guard_help"), guard_parser=guard)
    parts = guard.add_subparsers(title="commands", metavar="COMMAND")
    verify = parts.add_parser("verify", help="list every difference between decision and column")
    verify.set_defaults(run=(MODULE, "run_verify"))
    verify.add_argument("--json", action="store_true", help="one difference a line, as JSON")
    in_language(verify, language)


def guard_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn guard``."""
    options.guard_parser.print_help()
    return USAGE


@with_hub
def run_verify(options: argparse.Namespace) -> int:
    """List the differences by kind; ids only, never content."""
    import msgspec

    from samsyn.hub.disclosures.reconciling import KINDS, differences

    found = list(differences())
    if options.json:
        for difference in found:
            print(json.dumps(msgspec.to_builtins(difference), ensure_ascii=False))
        return FAULTS if found else OK
    for kind, count in Counter(difference.kind for difference in found).items():
        print(f"{KINDS[kind].into(options.language)}: {count}")
        lines = [difference for difference in found if difference.kind == kind]
        for line in lines[:MOST_LINES]:
            fields = {name: value or "–" for name, value in msgspec.to_builtins(line).items()}
            print(LINE.into(options.language).format(**fields))
        if count > MOST_LINES:
            print(MORE.into(options.language).format(count=count - MOST_LINES))
    said = FOUND if found else SOUND
    print(said.into(options.language).format(count=len(found)))
    return FAULTS if found else OK
