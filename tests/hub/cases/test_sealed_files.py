"""Is an original read back as it was put there, or not at all? Abuse case 33."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.cases import sealed_files
from samsyn.hub.cases.sealed_files import (
    CHUNK,
    TAG,
    FileGone,
    FileTampered,
    SealedFiles,
    Stored,
    TooLarge,
)

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
MUCH = 10 * CHUNK


@pytest.fixture
def store(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "files", [KEY])


def place(store: SealedFiles, stored: Stored) -> Path:
    return store._root / stored.name[:2] / stored.name[2:4] / stored.name


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_a_file_comes_back(store: SealedFiles, size: int) -> None:
    original = os.urandom(size)
    stored = store.put([original[:1000], b"", original[1000:]], most=size)
    assert store.read_whole(stored) == original
    assert stored.size == size
    assert stored.digest == sha256(original).hexdigest()


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_pieces_of_any_size_come_back(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    store = SealedFiles(tmp_path_factory.getbasetemp() / "pieces", [KEY])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_files, "CHUNK", 16)
        stored = store.put(pieces, most=MUCH)
        assert store.read_whole(stored) == b"".join(pieces)


def test_nothing_of_the_content_or_its_owner_is_in_the_store(store: SealedFiles) -> None:
    stored = store.put([b"personnummer" * 9], most=MUCH)
    path = place(store, stored)
    assert b"personnummer" not in path.read_bytes()
    assert [found for found in store._root.rglob("*") if found.is_file()] == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    assert all(
        folder.stat().st_mode & 0o077 == 0
        for folder in (store._root, path.parent, path.parent.parent)
    )


def test_two_files_alike_do_not_look_alike(store: SealedFiles) -> None:
    one, two = (store.put([b"same"], most=MUCH) for _ in range(2))
    assert one.name != two.name
    assert place(store, one).read_bytes()[16:] != place(store, two).read_bytes()[16:]


@pytest.mark.parametrize("part", ["magic", "key", "salt", "first", "middle", "last", "tag"])
def test_one_flipped_bit_is_found(store: SealedFiles, part: str) -> None:
    stored = store.put([os.urandom(3 * CHUNK)], most=MUCH)
    path = place(store, stored)
    octets = bytearray(path.read_bytes())
    at = {
        "magic": 0, "key": 9, "salt": 20, "first": 60, "middle": 48 + CHUNK + TAG + 5,
        "last": len(octets) - TAG - 1, "tag": len(octets) - 1,
    }[part]  # fmt: skip
    octets[at] ^= 1
    path.write_bytes(octets)
    with pytest.raises(FileTampered):
        store.read_whole(stored)


def cut(octets: bytes) -> bytes:
    return octets[: 48 + 2 * (CHUNK + TAG)]


def swapped(octets: bytes) -> bytes:
    step = CHUNK + TAG
    return (
        octets[:48]
        + octets[48 + step : 48 + 2 * step]
        + octets[48:][:step]
        + octets[48 + 2 * step :]
    )


def longer(octets: bytes) -> bytes:
    return octets + octets[48 : 48 + CHUNK + TAG]


@pytest.mark.parametrize(
    "change", [cut, swapped, longer, lambda octets: octets[:47], lambda _: b""]
)
def test_pieces_left_out_moved_or_added_are_found(
    store: SealedFiles, change: Callable[[bytes], bytes]
) -> None:
    stored = store.put([os.urandom(3 * CHUNK)], most=MUCH)
    path = place(store, stored)
    path.write_bytes(change(path.read_bytes()))
    # The seal alone has to show it: of the pages of a shown copy no digest is remembered.
    for remembered in (stored, Stored(stored.name)):
        with pytest.raises(FileTampered):
            store.read_whole(remembered)


def test_no_changed_piece_is_given_out(store: SealedFiles) -> None:
    stored = store.put([b"a" * CHUNK, b"b" * CHUNK], most=MUCH)
    path = place(store, stored)
    octets = bytearray(path.read_bytes())
    octets[-1] ^= 1
    path.write_bytes(octets)
    pieces = store.read(stored)
    assert next(pieces) == b"a" * CHUNK
    with pytest.raises(FileTampered):
        next(pieces)


def test_one_file_in_the_place_of_another_is_found(store: SealedFiles) -> None:
    one, two = store.put([b"one"], most=MUCH), store.put([b"two"], most=MUCH)
    place(store, one).write_bytes(place(store, two).read_bytes())
    for remembered in (one, Stored(one.name)):
        with pytest.raises(FileTampered):
            store.read_whole(remembered)


def test_a_database_that_points_to_another_file_is_found(store: SealedFiles) -> None:
    one, two = store.put([b"one"], most=MUCH), store.put([b"two"], most=MUCH)
    for remembered in (Stored(two.name, one.digest), Stored(two.name, size=4)):
        with pytest.raises(FileTampered):
            store.read_whole(remembered)
    assert store.read_whole(Stored(two.name)) == b"two"


@pytest.mark.parametrize(
    "name",
    [
        "", "../" * 8 + "etc/passwd", "/etc/passwd", "a" * 31, "a" * 33, "A" * 32,
        "..", "%2e%2e%2f", "a" * 31 + "\n", "a" * 32 + "\n", "../../" + "a" * 26, "\x00" * 32,
    ],
)  # fmt: skip
def test_a_name_that_is_none_of_the_stores_reaches_nothing(store: SealedFiles, name: str) -> None:
    store.put([b"x"], most=MUCH)
    stored = Stored(name, "", 0)
    with pytest.raises(FileGone):
        store.read_whole(stored)
    with pytest.raises(FileGone):
        store.destroy(stored)


@pytest.mark.parametrize("level", ["file", "inner", "outer", "hard"])
def test_a_link_in_the_store_is_not_followed(
    store: SealedFiles, tmp_path: Path, level: str
) -> None:
    stored = store.put([b"x"], most=MUCH)
    path = place(store, stored)
    away = tmp_path / "away"
    if level == "hard":
        away.hardlink_to(path)
    else:
        target = {"file": path, "inner": path.parent, "outer": path.parent.parent}[level]
        target.rename(away)
        target.symlink_to(away)
    for use in (store.read_whole, store.destroy):
        with pytest.raises((FileTampered, OSError)):
            use(stored)
    assert away.exists()


def test_a_pipe_or_folder_in_the_place_of_a_file_is_found(store: SealedFiles) -> None:
    stored = store.put([b"x"], most=MUCH)
    path = place(store, stored)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(FileTampered):
        store.read_whole(stored)
    path.unlink()
    path.mkdir()
    with pytest.raises(FileTampered):
        store.read_whole(stored)


def test_what_is_too_large_leaves_nothing(store: SealedFiles) -> None:
    with pytest.raises(TooLarge):
        store.put([b"12345", b"67890"], most=9)
    assert not [found for found in store._root.rglob("*") if found.is_file()]


def test_what_breaks_off_leaves_nothing(store: SealedFiles) -> None:
    def broken() -> object:
        yield b"begun"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.put(broken(), most=MUCH)  # type: ignore[arg-type]
    assert not [found for found in store._root.rglob("*") if found.is_file()]


def test_a_destroyed_file_is_gone(store: SealedFiles) -> None:
    stored = store.put([b"x"], most=MUCH)
    store.destroy(stored)
    assert not place(store, stored).exists()
    for use in (store.read_whole, store.destroy):
        with pytest.raises(FileGone):
            use(stored)


def test_a_key_can_be_changed(tmp_path: Path) -> None:
    stored = SealedFiles(tmp_path, [KEY]).put([b"x"], most=MUCH)
    assert SealedFiles(tmp_path, [OTHER_KEY, KEY]).read_whole(stored) == b"x"
    with pytest.raises(FileTampered):
        SealedFiles(tmp_path, [OTHER_KEY]).read_whole(stored)


def test_a_store_where_a_web_server_looks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="web server"):
        SealedFiles(tmp_path / "static" / "files", [KEY], shown=[tmp_path / "static"])
    (tmp_path / "link").symlink_to(tmp_path / "static")
    with pytest.raises(ValueError, match="web server"):
        SealedFiles(tmp_path / "link" / "files", [KEY], shown=[tmp_path / "static"])


@pytest.mark.parametrize("keys", [[], [b"short"], [KEY, b""]])
def test_a_key_of_the_wrong_size_is_refused(tmp_path: Path, keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32"):
        SealedFiles(tmp_path, keys)
