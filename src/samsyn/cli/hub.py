"""``samsyn demo`` and ``samsyn hub``: try, run and look after the hub."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import msgspec

from samsyn.kernel.text import Language, Text

OK, FAULTS, USAGE = 0, 1, 2

Run = Callable[[argparse.Namespace], int]

READY = Text(
    sv="""
Samsyn svarar på {address}
Alla personer och företag är påhittade. Ctrl-C stoppar, och nästa start behåller det ni gjort;
'make demo RESET=1' börjar om. Allt ligger i {folder}
""",
    en="""
Samsyn answers at {address}
All people and firms are invented. Ctrl-C stops it, and the next start keeps what you did;
'make demo RESET=1' begins anew. Everything lies in {folder}
""",
)
STOPPED = Text(sv="Stoppad.", en="Stopped.")
NO_FAULTS = Text(sv="Inga fel.", en="No faults.")
MIGRATED = Text(sv="Databasen passar denna version.", en="The database fits this version.")
KEPT = Text(
    sv="{file}: {size:.1f} MiB, {files} filer. Förvara nycklarna skilda från den.",
    en="{file}: {size:.1f} MiB, {files} files. Keep the keys apart from it.",
)
BROUGHT_BACK = Text(
    sv="Återställt det som fanns {made_at}. Alla måste logga in på nytt.",
    en="Brought back what there was at {made_at}. Everybody has to sign in again.",
)


def hub_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn hub``."""
    options.hub_parser.print_help()
    return USAGE


def _tells_faults(command: Run) -> Run:
    """Faults in the environment, and a missing database, are said as such."""

    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        from samsyn.hub.project.embedded import PostgresMissing
        from samsyn.hub.project.environment import FaultyEnvironment

        try:
            return command(options)
        except FaultyEnvironment as faulty:
            for fault in faulty.faults:
                print(f"samsyn: {fault.into(options.language)}", file=sys.stderr)
            return USAGE
        except PostgresMissing as missing:
            print(f"samsyn: {missing.said.into(options.language)}", file=sys.stderr)
            return USAGE

    return run


def _teller(language: Language) -> Callable[[Text], None]:
    return lambda step: print(f"== {step.into(language)}", flush=True)


def _load(connection: Any, *, seed: int, scale: float, report: Callable[[Text], None]) -> None:
    # It greets everybody who imports it.
    logging.getLogger("pikepdf").setLevel(logging.WARNING)
    # Only now: its tables can be named once the settings are there.
    from samsyn.hub.training.by_hand import done_by_hand
    from samsyn.hub.training.load import load_training

    today = date.today()
    load_training(connection, seed=seed, scale=scale, today=today, report=report)
    done_by_hand(today)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.hub.project.settings")
    import django

    django.setup()


def set_up_hub(language: Language) -> bool:
    """Make the hub's tables ready for a command; faults in the environment are told."""
    from samsyn.hub.project.environment import FaultyEnvironment

    try:
        _set_up()
    except FaultyEnvironment as faulty:
        for fault in faulty.faults:
            print(f"samsyn: {fault.into(language)}", file=sys.stderr)
        return False
    return True


@_tells_faults
def run_demo(options: argparse.Namespace) -> int:
    """Start the hub with its training data; Ctrl-C stops it."""
    from samsyn.hub.project.demo import Demo, default_folder, run_demo

    folder = options.folder.absolute() if options.folder else default_folder(os.environ)
    demo = Demo(folder, _load, options.port, options.reset, options.seed, options.scale)

    def ready(address: str) -> None:
        print(READY.into(options.language).format(address=address, folder=folder), flush=True)

    try:
        run_demo(demo, _teller(options.language), ready)
    except KeyboardInterrupt:
        print(STOPPED.into(options.language), flush=True)
    return OK


@_tells_faults
def run_serve(options: argparse.Namespace) -> int:
    """Serve the hub until stopped."""
    from samsyn.hub.project.serving import Serving, serve

    serve(Serving(options.bind, options.workers, options.threads, options.certificate, options.key))
    return OK


@_tells_faults
def run_work(options: argparse.Namespace) -> int:
    """Do jobs until stopped."""
    _set_up()
    from samsyn.hub.project.working import work

    work(until_done=options.until_done, concurrency=options.concurrency)
    return OK


@_tells_faults
def run_migrate(options: argparse.Namespace) -> int:
    """Bring the database to this version."""
    _set_up()
    from samsyn.hub.project.migrating import migrate_all

    migrate_all(report=_teller(options.language))
    print(MIGRATED.into(options.language))
    return OK


@_tells_faults
def run_check(options: argparse.Namespace) -> int:
    """Say everything that is wrong; the status tells whether anything must be mended."""
    _set_up()
    from samsyn.hub.project.checks import all_findings

    status = OK
    for finding in all_findings(os.environ, date.today()):
        if options.json:
            print(msgspec.json.encode(finding).decode(), flush=True)
        else:
            print(finding.into(options.language), flush=True)
        if finding.level == "fault":
            status = FAULTS
    if status == OK and not options.json:
        print(NO_FAULTS.into(options.language))
    return status


@_tells_faults
def run_backup(options: argparse.Namespace) -> int:
    """Write everything to an archive."""
    _set_up()
    from samsyn.hub.project.backup import backup

    file = options.file.absolute()
    manifest = backup(file, report=_teller(options.language))
    said = KEPT.into(options.language)
    size = file.stat().st_size / 2**20
    print(said.format(file=file, size=size, files=len(manifest.members) - 1))
    return OK


@_tells_faults
def run_restore(options: argparse.Namespace) -> int:
    """Bring back what an archive holds."""
    _set_up()
    from samsyn.hub.project.backup import restore

    manifest = restore(
        options.file.absolute(), replace=options.replace, report=_teller(options.language)
    )
    print(BROUGHT_BACK.into(options.language).format(made_at=manifest.made_at))
    return OK
