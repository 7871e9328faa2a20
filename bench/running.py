"""How are the parts of a benchmark chosen, measured beside a loaded hub, and written down?"""

from __future__ import annotations

import argparse
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from bench.hub.installation import Installation, Wanted, installed, tell
from bench.law.measure import Section
from bench.law.report import load
from bench.results_file import write_part

FAILED = ": not measured"
Written = Callable[[Sequence[Section], str, Installation, str], str]
"""Sections, the load before, the installation and the command → the page."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What can be measured.

    Attributes:
        name: of its part in the file of results; the command is ``python -m bench.`` and it.
        about: what it is, for ``--help``.
        parts: name → module, imported when the settings are there. Each has
            ``measure(installation)``.
        full: scale of the training data at which the results count.
        scale_help: what the scale means here.
        written: how the page is made.
    """

    name: str
    about: str
    parts: Mapping[str, str]
    full: float
    scale_help: str
    written: Written


def run(benchmark: Benchmark, arguments: list[str]) -> int:
    """Measure the named parts to the screen, or all of them into the file of results."""
    options = _options(benchmark, arguments)
    before = load()
    sections: list[Section] = []
    with installed(Wanted(options.scale, options.keep, options.database)) as installation:
        import_module("bench.hub.people").hire(installation)
        for name in options.only or benchmark.parts:
            tell(f"measuring {name}")
            sections += _measured(name, benchmark.parts[name], installation)
        text = benchmark.written(sections, before, installation, _command(benchmark, options))
    print(text)
    if options.to:
        options.to.write_text(text, encoding="utf-8")
    elif not options.only and options.scale == benchmark.full:
        write_part(benchmark.name, text)
    tell("done")
    return 1 if any(section.title.endswith(FAILED) for section in sections) else 0


def _options(benchmark: Benchmark, arguments: list[str]) -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        f"python -m bench.{benchmark.name}", description=benchmark.about
    )
    parser.add_argument("--scale", type=float, default=benchmark.full, help=benchmark.scale_help)
    parser.add_argument(
        "--only", action="append", choices=list(benchmark.parts), help="a part, to the screen; may"
        " be given more than once",
    )  # fmt: skip
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the loaded database here, and take it"
        " from here the next time",
    )  # fmt: skip
    place.add_argument(
        "--database", metavar="ADDRESS", help="a running PostgreSQL, as its superuser; the loaded"
        " database samsyn_bench stays there",
    )  # fmt: skip
    parser.add_argument("--to", type=Path, help="write to this file, whatever was measured")
    return parser.parse_args(arguments)


def _command(benchmark: Benchmark, options: argparse.Namespace) -> str:
    """The command, as somebody repeats it."""
    said = [f"python -m bench.{benchmark.name}"]
    said += [f"--scale {options.scale:g}"] if options.scale != benchmark.full else []
    said += [f"--only {name}" for name in options.only or ()]
    return " ".join(said)


def _measured(name: str, module: str, installation: Installation) -> list[Section]:
    """A part; one that fails says so in the results and lets the others be measured."""
    try:
        return list(import_module(module).measure(installation))
    except Exception as error:
        traceback.print_exc()
        reason = str(error).strip().splitlines() or [type(error).__name__]
        return [Section(f"{name.capitalize()}{FAILED}", f"It failed: {reason[0]}", [])]
