"""What does another party keep of the log, so that nobody can rewrite it alone?

One file for each seal, in a folder that belongs to the other party: the seal with its signature,
and the proof that its tree continues the one before. No entry is in it. A file is written once;
whoever keeps the folder can check it with nothing but the public key.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from samsyn.hub.guard import log_rows
from samsyn.hub.guard.log_rows import Connection
from samsyn.hub.guard.merkle import EMPTY_ROOT, Growth, continues
from samsyn.hub.guard.seal_keys import PublicKeys
from samsyn.hub.guard.seal_statement import NOTHING, Heads, NoSeal, Seal, leaf
from samsyn.kernel.faults import FieldError

_NAME = re.compile(r"seal-(\d{12})\.json")
LARGEST = 1_000_000
"""Octets; a larger file is none of ours."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A seal as the witness has it.

    Attributes:
        proof: that its tree continues the tree of the seal before.
    """

    seal: Seal
    proof: tuple[bytes, ...]

    def extends(self, before: Seal | None) -> bool:
        """Does the proof show that nothing before was changed?"""
        size, root = (before.size, before.root) if before else (0, EMPTY_ROOT.hex())
        try:
            old, new = bytes.fromhex(root), bytes.fromhex(self.seal.root)
        except ValueError:
            return False
        return continues(size, old, self.seal.size, new, self.proof)


def numbers(folder: Path) -> list[int]:
    """Numbers of the seals of which the folder has a file, in order.

    Raises:
        FieldError: if the folder cannot be read.
    """
    try:
        names = [_NAME.fullmatch(entry.name) for entry in os.scandir(folder)]
    except OSError as error:
        raise FieldError(
            "--witness",
            f"{folder} cannot be read: {error.strerror}",
            f"{folder} kan inte läsas: {error.strerror}",
        ) from None
    return sorted(int(name.group(1)) for name in names if name)


def read_copy(folder: Path, number: int) -> Copy | None:
    """The copy of a seal; None if there is no file.

    Raises:
        NoSeal: if the file is something else than a copy of this seal.
    """
    try:
        with (folder / _file_name(number)).open("rb") as file:
            octets = file.read(LARGEST + 1)
        raw = json.loads(octets) if len(octets) <= LARGEST else {}
        seal = Seal.from_json(raw["seal"])
        copy = Copy(seal, tuple(bytes.fromhex(step) for step in raw["continues"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise NoSeal(_file_name(number)) from None
    if seal.id != number:
        raise NoSeal(_file_name(number))
    return copy


def export(connection: Connection, folder: Path, keys: PublicKeys) -> list[int]:
    """Write the file of every seal that the folder does not have yet; returns their numbers.

    A file that is there is left as it is, even if it differs: that it differs is evidence. A seal
    that is not signed is not passed on; checking the log names it.

    Raises:
        FieldError: if the folder cannot be written to.
    """
    there = set(numbers(folder))
    written = []
    with log_rows.snapshot(connection):
        for seal in log_rows.seals(connection):
            if seal.id in there or not seal.signed(keys):
                continue
            try:
                _write_once(folder / _file_name(seal.id), _written(connection, seal))
            except OSError as error:
                raise FieldError(
                    "--witness",
                    f"{folder} cannot be written to: {error.strerror}",
                    f"det går inte att skriva i {folder}: {error.strerror}",
                ) from None
            written.append(seal.id)
    return written


def faulty_copies(folder: Path, keys: PublicKeys) -> Iterator[int]:
    """Numbers of the seals that do not hold or are not there, judged from the folder alone."""
    before: Seal | None = None
    have = set(numbers(folder))
    for number in range(1, max(have, default=0) + 1):
        try:
            copy = read_copy(folder, number) if number in have else None
            good = (
                copy is not None
                and copy.seal.signed(keys)
                and ((number > 1 and before is None) or _follows(copy, before))
            )
        except NoSeal:
            copy, good = None, False
        if not good:
            yield number
        before = copy.seal if good and copy else None


def _follows(copy: Copy, before: Seal | None) -> bool:
    return copy.seal.continues(before) and copy.extends(before)


def _file_name(number: int) -> str:
    return f"seal-{number:012d}.json"


def _written(connection: Connection, seal: Seal) -> bytes:
    before = log_rows.one_seal(connection, seal.id - 1)
    past = Heads.read(before.heads) if before else NOTHING
    leaves = [leaf(text) for text in log_rows.sealed_leaves(connection, Heads.read(seal.heads))]
    proof = Growth(before.size if before else 0, past.peaks, leaves).consistency()
    raw = {"seal": seal.as_json(), "continues": [step.hex() for step in proof]}
    return json.dumps(raw, indent=1).encode() + b"\n"


def _write_once(path: Path, octets: bytes) -> None:
    """A file that is there whole or not at all, and never replaces another."""
    part = path.with_suffix(".part")
    with suppress(FileNotFoundError):
        part.unlink()
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o444)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)
    finally:
        part.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
