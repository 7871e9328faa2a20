"""Which options do several commands have, and how are they read?"""

from __future__ import annotations

import argparse
from datetime import date

from samsyn.kernel.dates import DateError, read_day
from samsyn.kernel.text import LANGUAGES

Commands = argparse._SubParsersAction  # the type that argparse gives and does not name


def in_language(parser: argparse.ArgumentParser, usual: str) -> None:
    """Add the option that chooses the language of the answer."""
    parser.add_argument(
        "--language",
        "--lang",
        dest="language",
        choices=LANGUAGES,
        default=usual,
        help="language of the answer (default: that of the terminal)",
    )


def a_day(text: str) -> date:
    """A day in an option.

    Raises:
        ArgumentTypeError: if it is none.
    """
    try:
        return read_day(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
