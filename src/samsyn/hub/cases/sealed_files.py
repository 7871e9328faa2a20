"""Where does an original lie that nobody may change, and how is it read back unchanged?

A file is encrypted under a name drawn by chance, in a folder outside everything that a web server
shows. Nothing that a user wrote, neither file name nor path, takes part in where it lies. The form
is the STREAM construction with AES-256-GCM: chunks with a counter and a mark on the last, under a
key of the file's own that follows from its name, so that chunks cannot be changed, left out, put
in another order or moved to another file.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"SAMSYN1\n"
CHUNK = 256 * 1024
TAG = 16
KEY_BYTES = 32
_SALT = 32
_KEY_NAME = 8
_HEADER = len(MAGIC) + _KEY_NAME + _SALT
_NAME = re.compile(r"[0-9a-f]{32}")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class FileTampered(Exception):
    """What lies in the store is not what was put there.

    The message names the file by its random name and says what was seen, never its content.
    """


class FileGone(Exception):
    """There is no file of this name in the store."""


class TooLarge(Exception):
    """The file is larger than it may be; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is remembered of a stored file, in the database.

    Attributes:
        name: 32 hexadecimal digits, drawn by chance.
        digest: SHA-256 of the original, hexadecimal; empty if it is not remembered, as of a page
            of a shown copy: then only the seal is checked, which is bound to the name.
        size: of the original, in octets; -1 if it is not remembered.
    """

    name: str
    digest: str = ""
    size: int = -1


class SealedFiles:
    """A folder of sealed files.

    Args:
        root: the folder; made if it is missing, open to its owner alone.
        keys: 32 octets each; the first seals, all of them read, so that a key can be changed.
        shown: folders that a web server shows; the store refuses to lie in one.
    """

    def __init__(self, root: Path, keys: Sequence[bytes], *, shown: Iterable[Path] = ()) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a key of the store has {KEY_BYTES} octets")
        self._root = root.resolve()
        for folder in shown:
            if self._root.is_relative_to(folder.resolve()):
                raise ValueError("the store lies in a folder that a web server shows")
        self._keys = {_key_name(key): key for key in keys}
        self._first = _key_name(keys[0])

    def put(self, chunks: Iterable[bytes], *, most: int) -> Stored:
        """Seal a file; it is there whole or not at all, and on disk when this returns.

        Args:
            chunks: the original, in pieces of any size.
            most: the largest size, in octets.

        Raises:
            TooLarge: if there is more.
        """
        name = secrets.token_hex(16)
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = sha256()
        size = 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                yield chunk

        with self._folder(name, make=True) as folder:
            part = f".{secrets.token_hex(16)}"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(part, flags, 0o600, dir_fd=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    for piece in self._sealed(name, counted()):
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                # A link, not a renaming: it never takes the place of a file that is there.
                os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
            finally:
                os.unlink(part, dir_fd=folder)
            os.fsync(folder)
        return Stored(name, digest.hexdigest(), size)

    def read(self, stored: Stored) -> Iterator[bytes]:
        """The original in pieces; each piece is checked before it is given.

        Raises:
            FileGone: if there is none.
            FileTampered: if it is not what was put there.
        """
        digest = sha256()
        size = 0
        with self._open(stored.name) as handle, os.fdopen(handle, "rb", closefd=False) as file:
            for piece in self._opened(stored.name, file.read):
                digest.update(piece)
                size += len(piece)
                yield piece
        if stored.digest not in ("", digest.hexdigest()) or stored.size not in (-1, size):
            raise FileTampered(f"{stored.name}: another file than the one remembered")

    def read_whole(self, stored: Stored) -> bytes:
        """The original, checked as a whole before any of it is given."""
        return b"".join(self.read(stored))

    def destroy(self, stored: Stored) -> None:
        """Remove a file for good, as a decision on disposal orders.

        Raises:
            FileGone: if there is none.
        """
        with self._open(stored.name), self._folder(stored.name) as folder:
            os.unlink(stored.name, dir_fd=folder)
            os.fsync(folder)

    @contextmanager
    def _folder(self, name: str, *, make: bool = False) -> Iterator[int]:
        """The folder of a file, reached step by step without following a link.

        Raises:
            FileGone: if there is none, or the name is none of ours.
            FileTampered: if a step is a link.
        """
        # INVARIANT: no path is built from anything but a name that the store drew itself.
        if not _NAME.fullmatch(name):
            raise FileGone("not a name of the store")
        handles: list[int] = []
        try:
            handles.append(os.open(self._root, _FOLDER))
            for step in (name[:2], name[2:4]):
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(step, 0o700, dir_fd=handles[-1])
                        os.fsync(handles[-1])
                handles.append(os.open(step, _FOLDER, dir_fd=handles[-1]))
            yield handles[-1]
        except FileNotFoundError:
            raise FileGone(name) from None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise FileTampered(f"{name}: the way to it leads through a link") from None
            raise
        finally:
            for handle in handles:
                os.close(handle)

    @contextmanager
    def _open(self, name: str) -> Iterator[int]:
        with self._folder(name) as folder:
            # A named pipe in the place of a file must not hold us up.
            handle = os.open(
                name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder
            )
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                raise FileTampered(f"{name}: not a file of the store")
            yield handle
        finally:
            os.close(handle)

    def _sealed(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        salt = secrets.token_bytes(_SALT)
        header = MAGIC + self._first.encode() + salt
        cipher = _cipher(self._keys[self._first], salt, name)
        yield header
        number, waiting = 0, bytearray()
        for chunk in chunks:
            waiting += chunk
            while len(waiting) > CHUNK:
                yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK]), header)
                del waiting[:CHUNK]
                number += 1
        yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), header)

    def _opened(self, name: str, read: Callable[[int], bytes]) -> Iterator[bytes]:
        header = read(_HEADER)
        key = self._keys.get(header[len(MAGIC) : len(MAGIC) + _KEY_NAME].decode("latin-1"))
        if len(header) < _HEADER or not header.startswith(MAGIC) or key is None:
            raise FileTampered(f"{name}: not sealed with a key of this store")
        cipher = _cipher(key, header[-_SALT:], name)
        number, piece = 0, read(CHUNK + TAG)
        while True:
            following = read(CHUNK + TAG)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), piece, header)
            except InvalidTag:
                raise FileTampered(f"{name}: piece {number} was changed") from None
            if not following:
                return
            number, piece = number + 1, following


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    info = b"samsyn sealed file " + name.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _key_name(key: bytes) -> str:
    """Tells keys apart without telling of them."""
    return sha256(b"samsyn files key" + key).hexdigest()[:_KEY_NAME]
