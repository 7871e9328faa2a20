"""What does a backup look like on disk, and is it whole?

A tar file: the dump of the database, every stored file as it lies (sealed), and at the end a
manifest with the size and SHA-256 of each. Nothing of an archive is used before all of it was
compared with its manifest.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from samsyn.kernel.faults import FieldError

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
BLOCK = 2**20


class Member(msgspec.Struct, frozen=True):
    """One file in an archive."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive says about itself.

    Attributes:
        format: number of this form.
        samsyn: version that made it.
        made_at: when, in ISO 8601.
        server_version: of the PostgreSQL it came from, 150004.
    """

    format: int
    samsyn: str
    made_at: str
    server_version: int
    members: tuple[Member, ...]


class Writer:
    """Adds files to an archive and keeps account of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: list[Member] = []

    def add(self, path: Path, name: str) -> None:
        """Add a file as it is now."""
        info = self._tar.gettarinfo(str(path), name)
        # Who owned it, on which machine, is of no use and of no business elsewhere.
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o600
        with path.open("rb") as source:
            hashing = _Hashing(source)
            self._tar.addfile(info, hashing)
        self.members.append(Member(name, info.size, hashing.sha256.hexdigest()))

    def add_text(self, name: str, text: bytes) -> None:
        """Add a file that exists nowhere else."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))


class _Hashing:
    """Reads a file and hashes what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sha256.update(block)
        return block


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """A new archive, which is there whole or not at all, and for its maker alone."""
    part = file.with_name(f".{file.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as output:
            with tarfile.open(fileobj=output, mode="w") as tar:
                yield Writer(tar)
            output.flush()
            os.fsync(output.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def verified(file: Path) -> Manifest:
    """The manifest of an archive, after all of it was compared.

    Raises:
        FieldError: if it is not an archive, or not as it was written.
    """
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(file, mode="r:") as tar:
            for info in tar:
                source = tar.extractfile(info) if info.isreg() else None
                if source is None or info.name in found or not _is_plain(info.name):
                    raise _broken(file, info.name)
                if info.name == MANIFEST:
                    manifest = msgspec.json.decode(source.read(), type=Manifest)
                    continue
                digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
                found[info.name] = Member(info.name, info.size, digest)
    except (OSError, tarfile.TarError, msgspec.DecodeError):
        raise _broken(file, "") from None
    if manifest is None or manifest.format != FORMAT:
        raise _broken(file, MANIFEST)
    promised = {member.name: member for member in manifest.members}
    for name in sorted(promised.keys() | found.keys()):
        if promised.get(name) != found.get(name):
            raise _broken(file, name)
    if DUMP not in promised:
        raise _broken(file, DUMP)
    return manifest


def unpack(file: Path, names: set[str], folder: Path) -> None:
    """Write some files of a verified archive under a folder, by their names."""
    with tarfile.open(file, mode="r:") as tar:
        for info in tar:
            source = tar.extractfile(info) if info.name in names else None
            if source is None:
                continue
            target = folder / info.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as output:
                target.chmod(0o600)
                while block := source.read(BLOCK):
                    output.write(block)


def _is_plain(name: str) -> bool:
    """Does it lie under the folder it is written to, whatever it is called?"""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _broken(file: Path, name: str) -> FieldError:
    place_en, place_sv = (f", at {name}", f", vid {name}") if name else ("", "")
    return FieldError(
        str(file),
        f"it is no whole backup of Samsyn{place_en}; take another one",
        f"det är ingen hel säkerhetskopia av Samsyn{place_sv}; ta en annan",
    )
