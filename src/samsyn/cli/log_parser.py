"""Which commands and options does ``samsyn log`` have?"""

from __future__ import annotations

import argparse
from pathlib import Path

from samsyn.cli.options import Commands, in_language
from samsyn.kernel.text import Language

MODULE = "samsyn.cli.log"


def log_commands(commands: Commands[argparse.ArgumentParser], language: Language | str) -> None:
    """Add the commands of the log."""
    log = commands.add_parser("log", help="seal the log, prove that nothing of it was changed")
    log.set_defaults(run=(MODULE, "log_help"), log_parser=log)
    parts = log.add_subparsers(title="commands", metavar="COMMAND")
    keygen = parts.add_parser("keygen", help="make the key that signs the seals")
    _run(keygen, "run_keygen", language)
    keygen.add_argument(
        "--out", type=Path, required=True, metavar="FILE",
        help="the secret half; the public half is laid beside it as FILE.pub",
    )  # fmt: skip
    seal = parts.add_parser("seal", help="seal what was written since the last seal")
    _run(seal, "run_seal", language)
    _witness(seal)
    _key(
        seal, "public keys that were in use before the present one, besides SAMSYN_LOG_PUBLIC_KEYS"
    )
    verify = parts.add_parser("verify", help="check every entry, chain, seal and copy")
    _run(verify, "run_verify", language)
    _witness(verify)
    _key(verify, "public keys, one a line (default: the hub's own and SAMSYN_LOG_PUBLIC_KEYS)")
    prove = parts.add_parser("prove", help="the proof of one entry, for an auditor")
    _run(prove, "run_prove", language)
    prove.add_argument("entry", metavar="ENTRY", help="the log entry: 7K3-F9Q-X2M, or its number")
    prove.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")
    check = parts.add_parser("check-proof", help="check a proof, with nothing but the public key")
    _run(check, "run_check_proof", language)
    check.add_argument("file", metavar="FILE", help="a proof, - for input")
    _key(check, "public keys of the log, one a line", required=True)
    copies = parts.add_parser("check-witness", help="check a witness's folder by itself")
    _run(copies, "run_check_witness", language)
    copies.add_argument("folder", type=Path, metavar="DIR")
    _key(copies, "public keys of the log, one a line", required=True)


def _witness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--witness", type=Path, metavar="DIR",
        help="folder of the other party (default: SAMSYN_WITNESS_DIR)",
    )  # fmt: skip


def _key(parser: argparse.ArgumentParser, help_text: str, *, required: bool = False) -> None:
    parser.add_argument("--key", type=Path, metavar="FILE", help=help_text, required=required)


def _run(parser: argparse.ArgumentParser, function: str, language: Language | str) -> None:
    parser.set_defaults(run=(MODULE, function))
    in_language(parser, language)
