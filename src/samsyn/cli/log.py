"""``samsyn log``: seal the log, check it, prove one entry of it.

``check-proof`` and ``check-witness`` need no hub, no settings and no database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from samsyn.hub.guard.log_rows import Connection

OK, FAULTS, USAGE = 0, 1, 2

Run = Callable[[argparse.Namespace], int]

MADE = Text(
    sv="Hemlig nyckel: {file}. Låt bara hubben läsa den, och sätt SAMSYN_LOG_SIGNING_KEY till "
    "den.\nÖppen nyckel {name}: {public}. Ge den till den som ska granska loggen.",
    en="Secret key: {file}. Let only the hub read it, and set SAMSYN_LOG_SIGNING_KEY to it.\n"
    "Public key {name}: {public}. Give it to whoever is to check the log.",
)
SEALED = Text(
    sv="{entries} poster förseglade i {seals} förseglingar.",
    en="{entries} entries sealed in {seals} seals.",
)
STOPPED = Text(
    sv="Bana {lane} är bara förseglad till och med nr {last}: post id {entry} följer inte på den. "
    "Kör 'samsyn log verify'.",
    en="Lane {lane} is sealed only up to no. {last}: entry id {entry} does not follow it. "
    "Run 'samsyn log verify'.",
)
REFUSED = Text(
    sv="Inget förseglades: försegling {seal} är inte underskriven av någon av loggens nycklar. "
    "Kör 'samsyn log verify'; om nyckeln har bytts, lägg den gamlas öppna halva i filen "
    "SAMSYN_LOG_PUBLIC_KEYS eller ange den med --key.",
    en="Nothing was sealed: seal {seal} is not signed by a key of the log. "
    "Run 'samsyn log verify'; if the key was changed, put the public half of the old one into the "
    "file SAMSYN_LOG_PUBLIC_KEYS or give it with --key.",
)
EXPORTED = Text(
    sv="{count} kopior till vittnet i {folder}.", en="{count} copies to the witness in {folder}."
)
NO_WITNESS = Text(
    sv="Inget vittne: den som har nyckeln och databasen kan skriva om loggen. Ange --witness eller "
    "SAMSYN_WITNESS_DIR.",
    en="No witness: whoever has key and database can rewrite the log. Give --witness or "
    "SAMSYN_WITNESS_DIR.",
)
READ = Text(
    sv="{entries} poster och {seals} förseglingar lästa.",
    en="{entries} entries and {seals} seals read.",
)
UNSEALED = Text(
    sv="{count} poster är nyare än den sista förseglingen, den äldsta från {at}: bara kedjan "
    "skyddar dem än.",
    en="{count} entries are newer than the last seal, the oldest of {at}: only the chain protects "
    "them yet.",
)
WITHOUT_ROW = Text(
    sv="Nummer utan post sedan den sista förseglingen: {numbers}. Det är handlingar som ångrades "
    "eller pågår, eller poster som togs bort innan de förseglades: jämför med hubbens egen logg.",
    en="Numbers without an entry since the last seal: {numbers}. These are acts that were undone "
    "or are under way, or entries removed before they were sealed: compare with the hub's own "
    "log.",
)
SOUND = Text(sv="Loggen är hel.", en="The log is whole.")
FOUND = Text(sv="{count} fel i loggen.", en="{count} faults in the log.")
UNPROVABLE = {
    "missing": Text(sv="Det finns ingen sådan post.", en="There is no such entry."),
    "changed": Text(
        sv="Posten har ändrats sedan den skrevs; kör 'samsyn log verify'.",
        en="The entry has been changed since it was written; run 'samsyn log verify'.",
    ),
    "unsealed": Text(
        sv="Posten är inte förseglad än; kör 'samsyn log seal' och försök igen.",
        en="The entry is not sealed yet; run 'samsyn log seal' and try again.",
    ),
    "resealed": Text(
        sv="Förseglingen stämmer inte med posterna; kör 'samsyn log verify'.",
        en="The seal does not match the entries; run 'samsyn log verify'.",
    ),
}
VERDICTS = {
    "holds": Text(
        sv="Beviset håller: posten står i försegling {seal} av {at}, underskriven med nyckel "
        "{key}.",
        en="The proof holds: the entry stands in seal {seal} of {at}, signed with key {key}.",
    ),
    "no proof": Text(
        sv="Filen är inget bevis ur loggen; be om ett nytt från 'samsyn log prove'.",
        en="The file is no proof of the log; ask for a new one from 'samsyn log prove'.",
    ),
    "unknown key": Text(
        sv="Förseglingen är underskriven med nyckel {key}, som inte finns i --key. Inget är "
        "bevisat.",
        en="The seal is signed with key {key}, which is not in --key. Nothing is proved.",
    ),
    "bad signature": Text(
        sv="Underskriften på försegling {seal} stämmer inte. Inget är bevisat.",
        en="The signature of seal {seal} does not hold. Nothing is proved.",
    ),
    "not in seal": Text(
        sv="Posten står inte så i försegling {seal}: den eller beviset har ändrats.",
        en="The entry does not stand like this in seal {seal}: it or the proof was changed.",
    ),
}
COPIES_SOUND = Text(
    sv="{count} förseglingar, var och en en fortsättning på den före.",
    en="{count} seals, each a continuation of the one before.",
)
COPY_FAULT = Text(
    sv="Försegling {seal} saknas, är inte underskriven av loggen eller fortsätter inte den före.",
    en="Seal {seal} is missing, is not signed by the log, or does not continue the one before.",
)


def log_help(options: argparse.Namespace) -> int:
    """Show the commands of ``samsyn log``."""
    options.log_parser.print_help()
    return USAGE


def with_hub(command: Run) -> Run:
    """Begin Django; faults in the environment are said as such."""

    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        import django

        from samsyn.hub.project.environment import FaultyEnvironment

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.hub.project.settings")
        try:
            django.setup()
        except FaultyEnvironment as faulty:
            for fault in faulty.faults:
                print(f"samsyn: {fault.into(options.language)}", file=sys.stderr)
            return USAGE
        return command(options)

    return run


def run_keygen(options: argparse.Namespace) -> int:
    """Make a key; neither half replaces a file that is there."""
    from samsyn.hub.guard.seal_keys import key_id, new_seed, signing_key

    seed, out = new_seed(), options.out
    public_key = signing_key(seed).public_key()
    public = out.with_name(f"{out.name}.pub")
    name = key_id(public_key)
    _write_new(out, f"{seed.hex()}\n", 0o600)
    _write_new(public, f"{public_key.public_bytes_raw().hex()} # {name}\n", 0o644)
    print(MADE.into(options.language).format(file=out, public=public, name=name))
    return OK


@with_hub
def run_seal(options: argparse.Namespace) -> int:
    """Seal, and give the other party its copies."""
    from django.conf import settings

    from samsyn.hub.guard import witness
    from samsyn.hub.guard.seal_keys import by_id, signing_key
    from samsyn.hub.guard.seals import SealRefused, seal_all

    key = signing_key(settings.SAMSYN.log_signing_key)
    earlier = {**_keys_before(), **(_keys_of(options.key) if options.key else {})}
    connection, language = _worker(), options.language
    try:
        sealed = seal_all(connection, key, earlier=earlier)
    except SealRefused as refused:
        print(REFUSED.into(language).format(seal=refused.seal), file=sys.stderr)
        return FAULTS
    print(SEALED.into(language).format(entries=sealed.entries, seals=len(sealed.seals)))
    if sealed.without_row:
        print(WITHOUT_ROW.into(language).format(numbers=_listed(sealed.without_row)))
    for stop in sealed.stops:
        said = STOPPED.into(language)
        print(said.format(lane=stop.lane, last=stop.seq - 1, entry=stop.entry), file=sys.stderr)
    folder = options.witness or settings.SAMSYN.witness_dir
    if folder:
        written = witness.export(connection, folder, {**earlier, **by_id([key.public_key()])})
        print(EXPORTED.into(language).format(count=len(written), folder=folder))
    else:
        print(NO_WITNESS.into(language))
    return FAULTS if sealed.stops else OK


@with_hub
def run_verify(options: argparse.Namespace) -> int:
    """Check everything; exit status 1 if something was changed."""
    from django.conf import settings

    from samsyn.hub.guard.log_audit import verify
    from samsyn.hub.guard.seal_keys import by_id, signing_key

    own = signing_key(settings.SAMSYN.log_signing_key).public_key()
    keys = _keys_of(options.key) if options.key else {**_keys_before(), **by_id([own])}
    language = options.language
    report = verify(_worker(), keys, options.witness or settings.SAMSYN.witness_dir)
    print(READ.into(language).format(entries=report.entries, seals=report.seals))
    if report.oldest_unsealed:
        at = report.oldest_unsealed.astimezone().isoformat(timespec="seconds")
        print(UNSEALED.into(language).format(count=report.unsealed, at=at))
    if report.without_row:
        print(WITHOUT_ROW.into(language).format(numbers=_listed(report.without_row)))
    if not report.witnessed:
        print(NO_WITNESS.into(language))
    for finding in report.findings:
        print(finding.said.into(language))
    end = SOUND if report.sound else FOUND
    print(end.into(language).format(count=len(report.findings)))
    return OK if report.sound else FAULTS


@with_hub
def run_prove(options: argparse.Namespace) -> int:
    """Write the proof of one entry."""
    from samsyn.hub.guard.log_proofs import NotProvable, prove

    try:
        proof = prove(_worker(), _number_of(options.entry))
    except NotProvable as no:
        print(f"samsyn: {UNPROVABLE[no.reason].into(options.language)}", file=sys.stderr)
        return FAULTS
    text = json.dumps(proof, ensure_ascii=False, indent=1)
    if options.out:
        _write_new(options.out, f"{text}\n", 0o600)
    else:
        print(text)
    return OK


def run_check_proof(options: argparse.Namespace) -> int:
    """Check a proof alone, with the public key."""
    from samsyn.hub.guard.log_proofs import ProofVerdict, check

    text = sys.stdin.read() if options.file == "-" else _text_of(Path(options.file), "FILE")
    verdict, entry, seal = check(text, _keys_of(options.key))
    holds = verdict is ProofVerdict.HOLDS
    if holds and entry:
        for name, value in entry._asdict().items():
            print(f"{name}: {'' if value is None else value}")
    stated: dict[str, Any] = {"seal": "", "at": "", "key": ""}
    if seal:
        at = seal.made_at.isoformat(timespec="seconds")
        stated = {"seal": seal.id, "at": at, "key": seal.key_id}
    said = VERDICTS[verdict.value].into(options.language).format(**stated)
    print(said, file=sys.stdout if holds else sys.stderr)
    return OK if holds else FAULTS


def run_check_witness(options: argparse.Namespace) -> int:
    """Check the copies of a witness alone, with the public key."""
    from samsyn.hub.guard import witness

    faulty = list(witness.faulty_copies(options.folder, _keys_of(options.key)))
    for number in faulty:
        print(COPY_FAULT.into(options.language).format(seal=number))
    if not faulty:
        count = len(witness.numbers(options.folder))
        print(COPIES_SOUND.into(options.language).format(count=count))
    return FAULTS if faulty else OK


def _worker() -> Connection:
    """The database as the role that seals."""
    from django.db import DatabaseError, connections
    from django.utils.connection import ConnectionDoesNotExist

    try:
        connections["worker"].ensure_connection()
    except (ConnectionDoesNotExist, DatabaseError) as error:
        raise FieldError(
            "SAMSYN_WORKER_DATABASE_URL",
            f"the database does not answer the role that seals: {error}",
            f"databasen svarar inte den roll som förseglar: {error}",
        ) from None
    connection: Connection = connections["worker"].connection
    return connection


def _number_of(entry: str) -> int:
    """The number of a log entry, given so or by what people call it."""
    from samsyn.hub.guard.references import NoReference, number_of

    if entry.isascii() and entry.isdigit() and len(entry) < 19:
        return int(entry)
    try:
        return number_of(entry)
    except NoReference as none:
        raise FieldError("ENTRY", none.said.en, none.said.sv) from None


def _keys_before() -> dict[str, Ed25519PublicKey]:
    """The public keys that signed the log before, from the settings."""
    from django.conf import settings

    from samsyn.hub.guard.seal_keys import read_public_keys

    file: Path | None = settings.SAMSYN.log_public_keys
    if file is None:
        return {}
    field = "SAMSYN_LOG_PUBLIC_KEYS"
    return read_public_keys(_text_of(file, field), field)


def _keys_of(path: Path) -> dict[str, Ed25519PublicKey]:
    from samsyn.hub.guard.seal_keys import read_public_keys

    return read_public_keys(_text_of(path, "--key"), "--key")


def _text_of(path: Path, field: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FieldError(
            field, f"{path} cannot be read: {error}", f"{path} kan inte läsas: {error}"
        ) from None


def _write_new(path: Path, text: str, mode: int) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise FieldError(
            "--out",
            f"{path} cannot be made: {error.strerror}",
            f"{path} kan inte skapas: {error.strerror}",
        ) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
