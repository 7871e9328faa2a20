"""``samsyn plan routes``: routes for several sites in a day, and what routes cost."""

from __future__ import annotations

import argparse
import gzip
import time
from pathlib import Path

from samsyn.cli.files import whole_file
from samsyn.cli.plan_route_workers import find_routes
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.plan.routes.checking import Routes, check_routes
from samsyn.plan.routes.instance import Routing, read_routing
from samsyn.plan.routes.written import cost_text, routes_in, written

OK, STOPPED = 0, 3
RESERVE = 0.4
"""Seconds for the last word of each process, counting and writing."""

SAID = Text(
    sv="{name}: kostnad {cost}, {routes} rutter, {visited} av {sites} platser, {seconds:.1f} s.",
    en="{name}: cost {cost}, {routes} routes, {visited} of {sites} sites, {seconds:.1f} s.",
)
CANNOT = Text(sv="Rutterna kan inte köras: {why}.", en="The routes cannot be driven: {why}.")


def run_routes(options: argparse.Namespace) -> int:
    """Find routes, or count what given ones cost."""
    started = time.monotonic()
    language: Language = options.language
    routing = read_routing(options.file, language)
    if options.check is not None:
        routes = _read(options.check)
    else:
        until = started + max(options.seconds - RESERVE, 0.1)
        routes = find_routes(routing, until=until, seed=options.seed, workers=options.workers)
    checked = check_routes(routing, routes)
    # INVARIANT: no routes are written that the independent check refuses.
    if options.check is None and not checked.broken:
        with whole_file(options.out) as file:
            file.write(written(routing, routes))
    print(_said(routing, routes, time.monotonic() - started, language))
    if checked.broken:
        why = "; ".join(one.into(language) for one in checked.broken[:5])
        print(CANNOT.into(language).format(why=why))
    return STOPPED if checked.broken else OK


def _said(routing: Routing, routes: Routes, seconds: float, language: Language) -> str:
    return SAID.into(language).format(
        name=routing.name,
        cost=cost_text(routing, routes),
        routes=len(routes),
        visited=check_routes(routing, routes).visited,
        sites=len(routing.demands) - 1,
        seconds=seconds,
    )


def _read(path: Path) -> list[list[int]]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
        return routes_in(text)
    except (OSError, EOFError, ValueError) as error:
        raise FieldError(
            "--check",
            f"{path} holds no routes ({error}); write a line such as Route #1: 5 3 8 for each",
            f"{path} innehåller inga rutter ({error}); skriv en rad som Route #1: 5 3 8 för varje",
        ) from None
