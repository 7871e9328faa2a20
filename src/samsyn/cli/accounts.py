"""``samsyn hub account add``: the first two administrators of an agency, on a new installation."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date

from samsyn.cli.options import Commands, in_language
from samsyn.kernel.text import Language, Text

OK, REFUSED, USAGE = 0, 1, 2
MODULE = "samsyn.cli.accounts"

MADE = Text(
    sv="{name} kan välja hur kontot loggar in här, en gång och inom tre dygn:\n{link}\n"
    "Ge länken till personen själv. Myndigheten behöver två administratörer.",
    en="{name} can choose how the account signs in here, once and within three days:\n{link}\n"
    "Give the link to the person alone. The agency needs two administrators.",
)


def account_commands(commands: Commands[argparse.ArgumentParser], language: Language | str) -> None:
    """Add ``account`` to the commands of ``samsyn hub``."""
    account = commands.add_parser("account", help="accounts on a new installation")
    account.set_defaults(run=(MODULE, "account_help"), account_parser=account)
    add = account.add_subparsers(title="commands", metavar="COMMAND").add_parser(
        "add", help="one of the first two administrators of an agency"
    )
    add.set_defaults(run=(MODULE, "run_add"))
    add.add_argument("agency", metavar="AGENCY", help="code, AV")
    add.add_argument("name", metavar="NAME", help="the person's name")
    add.add_argument("email", metavar="E-MAIL", help="the person's own address at work")
    in_language(add, language)


def account_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn hub account``."""
    options.account_parser.print_help()
    return USAGE


def run_add(options: argparse.Namespace) -> int:
    """Make the account and print the link of its invitation."""
    from samsyn.hub.project.environment import FaultyEnvironment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.hub.project.settings")
    try:
        import django

        django.setup()
    except FaultyEnvironment as faulty:
        for fault in faulty.faults:
            print(f"samsyn: {fault.into(options.language)}", file=sys.stderr)
        return USAGE
    return _add(options)


def _add(options: argparse.Namespace) -> int:
    from django.conf import settings

    from samsyn.hub.guard.installation import add_administrator
    from samsyn.hub.guard.refusals import Refused

    try:
        token = add_administrator(
            agency=options.agency, name=options.name, email=options.email, day=date.today()
        )
    except Refused as no:
        sentences = [no.said, *([no.next_step] if no.next_step else [])]
        print("samsyn: " + " ".join(s.into(options.language) for s in sentences), file=sys.stderr)
        return REFUSED
    link = f"https://{settings.ALLOWED_HOSTS[0]}/account/invitation/{token}/"
    print(MADE.into(options.language).format(name=options.name, link=link))
    return OK
