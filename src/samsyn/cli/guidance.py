"""``samsyn guidance handbook``: method support on paper, from the packaged rulebook."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from samsyn.cli.options import Commands, a_day, in_language
from samsyn.kernel.text import Text

MODULE = "samsyn.cli.guidance"
OK, FAULTS, USAGE = 0, 1, 2

WRITTEN = Text(
    sv="Handboken, som den gäller {day}, är skriven till {path}.",
    en="The handbook, as it holds on {day}, is written to {path}.",
)
NOT_WRITTEN = Text(
    sv="{path} kan inte skrivas ({why}); ange en fil i en mapp som du får skriva i.",
    en="{path} cannot be written ({why}); name a file in a folder that you may write to.",
)


def guidance_commands(commands: Commands[argparse.ArgumentParser], language: str) -> None:
    """Add the commands of the guidance."""
    guidance = commands.add_parser("guidance", help="method support for officers, on paper")
    guidance.set_defaults(run=(MODULE, "guidance_help"), guidance_parser=guidance)
    parts = guidance.add_subparsers(title="commands", metavar="COMMAND")
    handbook = parts.add_parser("handbook", help="write the handbook as an accessible PDF")
    handbook.set_defaults(run=(MODULE, "run_handbook"))
    handbook.add_argument("--to", type=Path, required=True, metavar="FILE.pdf")
    handbook.add_argument(
        "--on", type=a_day, metavar="DATE", help="the day it holds for (default: today)"
    )
    in_language(handbook, language)


def guidance_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn guidance``."""
    options.guidance_parser.print_help()
    return USAGE


def run_handbook(options: argparse.Namespace) -> int:
    """Write the handbook to a file."""
    from samsyn.hub.guidance.handbook import handbook_pdf
    from samsyn.hub.guidance.loading import current_guidance

    day: date = options.on or date.today()
    written = handbook_pdf(current_guidance(), day, options.language)
    try:
        options.to.write_bytes(written)
    except OSError as error:
        said = NOT_WRITTEN.into(options.language).format(path=options.to, why=error.strerror)
        print(f"samsyn: {said}", file=sys.stderr)
        return FAULTS
    print(WRITTEN.into(options.language).format(day=day, path=options.to))
    return OK
