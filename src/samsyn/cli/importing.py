"""``samsyn hub import facts``: take facts into a case, with the key of the person who does it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from samsyn.cli.options import Commands, in_language
from samsyn.kernel.text import Language, Text

OK, FAULTS, USAGE = 0, 1, 2
MODULE = "samsyn.cli.importing"

WORDS = {
    "write": Text(sv="tas in", en="taken in"),
    "already": Text(sv="finns redan", en="there already"),
    "fault": Text(sv="fel", en="fault"),
}
SUM = Text(
    sv="{write} tas in, {already} finns redan, {fault} har fel.",
    en="{write} are taken in, {already} are there already, {fault} have faults.",
)
DRY = Text(sv="Inget har sparats.", en="Nothing has been saved.")
NO_KEY = Text(
    sv="Filen {file} har ingen giltig nyckel; gör en på sidan ”Nycklar för program”.",
    en="The file {file} holds no valid key; make one on the page “Keys for programs”.",
)
NO_CASE = Text(
    sv="Nyckeln ser inget ärende med numret {number}.",
    en="The key sees no case with the number {number}.",
)
NO_FILE = Text(sv="Filen {file} kan inte läsas.", en="The file {file} cannot be read.")


def import_commands(commands: Commands[argparse.ArgumentParser], language: Language | str) -> None:
    """Add ``import`` to the commands of ``samsyn hub``."""
    parser = commands.add_parser("import", help="take in facts from an agency's own system")
    parser.set_defaults(run=(MODULE, "import_help"), import_parser=parser)
    facts = parser.add_subparsers(title="commands", metavar="COMMAND").add_parser(
        "facts", help="facts of a case, from CSV or JSON"
    )
    facts.set_defaults(run=(MODULE, "run_import"))
    facts.add_argument("file", type=Path, metavar="FILE")
    facts.add_argument("--case", required=True, metavar="NUMBER", help="register number")
    facts.add_argument("--system", required=True, help="what the source system is called")
    facts.add_argument("--key", required=True, type=Path, metavar="FILE", help="with a key")
    facts.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    facts.add_argument("--valid-rows", action="store_true", help="take in the rows without faults")
    in_language(facts, language)


def import_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn hub import``."""
    options.import_parser.print_help()
    return USAGE


def run_import(options: argparse.Namespace) -> int:
    """Take in a file, or say what would come of it."""
    from samsyn.cli.hub import set_up_hub

    if not set_up_hub(options.language):
        return USAGE
    from django.db import transaction
    from django.utils import translation

    from samsyn.hub.guard.refusals import Refused

    try:
        with translation.override(options.language), transaction.atomic():
            return _import(options)
    except OSError as error:
        return _told(NO_FILE.into(options.language).format(file=error.filename))
    except Refused as no:
        _told_rows(options, getattr(no, "plan", None))
        steps = [no.said, *([no.next_step] if no.next_step else [])]
        return _told(" ".join(step.into(options.language) for step in steps))


def _import(options: argparse.Namespace) -> int:
    from datetime import date

    from samsyn.hub.api.importing.carrying_out import import_facts
    from samsyn.hub.api.importing.reading import read_file
    from samsyn.hub.api.tokens import actor_with, arrive
    from samsyn.hub.cases.actions.cases import purpose_group
    from samsyn.hub.cases.models import Case
    from samsyn.hub.guard.context import enter, nobody_yet
    from samsyn.hub.guard.rulebooks import current_organisation

    today, language = date.today(), options.language
    arrived = arrive(options.key.read_text("utf-8").strip())
    if arrived is None or arrived.last_day < today:
        return _told(NO_KEY.into(language).format(file=options.key))
    enter(nobody_yet(today))
    actor = actor_with(arrived, current_organisation(), today)
    enter(actor)
    case = Case.seen(actor).filter(agency=actor.agency, number=options.case).first()
    if case is None or arrived.case not in (None, case.pk):
        return _told(NO_CASE.into(language).format(number=options.case))
    actor = actor.within(
        case=case.pk,
        matter=case.matter,
        purpose=arrived.purpose,
        purpose_group=purpose_group(arrived.purpose),
    )
    enter(actor)
    plan = import_facts(
        actor=actor,
        case=case,
        system=options.system,
        file=read_file(options.file.name, options.file.read_bytes()),
        dry_run=options.dry_run,
        valid_rows=options.valid_rows,
    )
    _told_rows(options, plan)
    if options.dry_run:
        print(DRY.into(language))
    return FAULTS if plan.count("fault") else OK


def _told_rows(options: argparse.Namespace, plan: Any) -> None:
    if plan is None:
        return
    language = options.language
    if plan.notice:
        print(plan.notice.into(language))
    for row in plan.rows:
        said = [WORDS[row.outcome].into(language), *(one.said.into(language) for one in row.faults)]
        print(f"{row.line}\t{row.source_id}\t{' '.join(said)}")
    numbers = {name: plan.count(name) for name in WORDS}
    print(SUM.into(language).format(**numbers))


def _told(sentence: str) -> int:
    print(f"samsyn: {sentence}", file=sys.stderr)
    return FAULTS
