"""``samsyn obstacles combine``: the agencies' signed obstacle figures, put together."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from samsyn.cli.options import in_language
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language

if TYPE_CHECKING:
    from samsyn.hub.obstacles.combining import Combined

MODULE = "samsyn.cli.obstacles"
OK = 0
KINDS = (".csv", ".json", ".pdf")


def obstacle_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], language: Language | str
) -> None:
    """Add the commands of the obstacle register."""
    obstacles = commands.add_parser("obstacles", help="put the agencies' obstacle figures together")
    obstacles.set_defaults(run=(MODULE, "obstacles_help"), obstacles_parser=obstacles)
    parts = obstacles.add_subparsers(title="commands", metavar="COMMAND")
    combine = parts.add_parser("combine", help="add the signed figures of several agencies")
    combine.set_defaults(run=(MODULE, "run_combine"), language=language)
    combine.add_argument(
        "files", nargs="+", type=Path, metavar="FIGURES.json",
        help="as the report page gives them, one for each agency",
    )  # fmt: skip
    combine.add_argument(
        "--public-keys", type=Path, required=True, metavar="FILE",
        help="public keys of the hubs that made them, one a line",
    )  # fmt: skip
    combine.add_argument(
        "--to", type=Path, metavar="FILE", help="write there: .pdf, .csv or .json"
    )  # fmt: skip
    in_language(combine, language)


def obstacles_help(options: argparse.Namespace) -> int:
    """Say which commands there are."""
    options.obstacles_parser.print_help()
    return 2


def run_combine(options: argparse.Namespace) -> int:
    """Add the figures and write the report; nothing is written when a file does not belong."""
    from samsyn.hub.guard.seal_keys import read_public_keys
    from samsyn.hub.obstacles.combined_files import as_text
    from samsyn.hub.obstacles.combining import combine, read_snapshot

    keys = read_public_keys(_read(options.public_keys), "--public-keys")
    if options.to is not None and options.to.suffix not in KINDS:
        raise FieldError(
            "--to",
            f"expected a file that ends in {', '.join(KINDS)}",
            f"ange en fil som slutar på {', '.join(KINDS)}",
        )
    combined = combine(
        (str(path), read_snapshot(_read(path), str(path), keys)) for path in options.files
    )
    if options.to is None:
        print(as_text(combined, options.language))
        return OK
    options.to.write_bytes(_written(combined, options.to.suffix, options.language))
    return OK


def _written(combined: Combined, kind: str, language: Language) -> bytes:
    from samsyn.hub.obstacles import combined_files

    if kind == ".csv":
        return combined_files.as_csv(combined, language)
    if kind == ".json":
        return combined_files.as_json(combined)
    return combined_files.as_pdf(combined, language, datetime.now(UTC))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FieldError(
            str(path), f"cannot be read: {error}", f"kan inte läsas: {error}"
        ) from None
