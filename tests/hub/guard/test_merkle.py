"""Is the tree that of RFC 6962, and does it tell a true proof from any other?"""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.guard.merkle import (
    EMPTY_ROOT,
    GrowingTree,
    Growth,
    NoProof,
    continues,
    leaf_hash,
    root_from_inclusion,
)

# The leaves and roots by which implementations of Certificate Transparency test themselves.
KNOWN_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=3).map(leaf_hash), min_size=1, max_size=70)


def by_definition(hashes: list[bytes]) -> bytes:
    """The root as the RFC defines it, slowly."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    halves = by_definition(hashes[:split]) + by_definition(hashes[split:])
    return sha256(b"\x01" + halves).digest()


def grown(hashes: list[bytes]) -> GrowingTree:
    tree = GrowingTree()
    for leaf in hashes:
        tree.add(leaf)
    return tree


def growth(hashes: list[bytes], old: int) -> Growth:
    return Growth(old, grown(hashes[:old]).peaks, hashes[old:])


def test_known_roots() -> None:
    hashes = [leaf_hash(bytes.fromhex(text)) for text in KNOWN_LEAVES]
    for size, root in enumerate(KNOWN_ROOTS, start=1):
        assert grown(hashes[:size]).root().hex() == root
    assert grown([]).root() == EMPTY_ROOT


@given(leaves, st.data())
def test_a_tree_grown_from_its_peaks_has_the_root_of_the_definition(
    hashes: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(0, len(hashes)))
    before = grown(hashes[:old])
    tree = GrowingTree(before.size, before.peaks)
    for leaf in hashes[old:]:
        tree.add(leaf)
    assert tree.root() == growth(hashes, old).root() == by_definition(hashes)


@given(leaves, st.data())
def test_every_added_leaf_is_proved_and_no_other(hashes: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(0, len(hashes) - 1))
    index = data.draw(st.integers(old, len(hashes) - 1))
    root, size = by_definition(hashes), len(hashes)
    path = growth(hashes, old).inclusion(index)
    assert root_from_inclusion(hashes[index], index, size, path) == root
    assert root_from_inclusion(leaf_hash(b"other"), index, size, path) != root
    if path:
        step = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:step], leaf_hash(b"other"), *path[step + 1 :]]
        assert root_from_inclusion(hashes[index], index, size, changed) != root
        with pytest.raises(NoProof):
            root_from_inclusion(hashes[index], index, size, path[:-1])
    with pytest.raises(NoProof):
        root_from_inclusion(hashes[index], index, size, [*path, root])
    for place in (-1, size):
        with pytest.raises(NoProof):
            root_from_inclusion(hashes[index], place, size, path)


@given(st.lists(st.integers().map(lambda n: leaf_hash(b"%d" % n)), unique=True, min_size=2))
def test_a_leaf_is_proved_in_its_own_place_only(hashes: list[bytes]) -> None:
    size, root = len(hashes), by_definition(hashes)
    tree = growth(hashes, 0)
    for index in range(size):
        for place in range(size):
            try:
                found = root_from_inclusion(hashes[index], place, size, tree.inclusion(index))
            except NoProof:
                found = b""
            assert (found == root) == (index == place)


@given(leaves, st.data())
def test_growth_is_proved_and_a_changed_past_is_not(
    hashes: list[bytes], data: st.DataObject
) -> None:
    old, size = data.draw(st.integers(0, len(hashes))), len(hashes)
    before, after = by_definition(hashes[:old]), by_definition(hashes)
    proof = growth(hashes, old).consistency()
    assert continues(old, before, size, after, proof)
    other = leaf_hash(b"other")
    if 0 < old < size:
        place = data.draw(st.integers(0, old - 1))
        past = by_definition([*hashes[:place], other, *hashes[place + 1 : old]])
        assert not continues(old, past, size, after, proof)
        assert not continues(old, before, size, other, proof)
        assert not continues(old, before, size, after, proof[:-1])
        step = data.draw(st.integers(0, len(proof) - 1))
        assert not continues(old, before, size, after, [*proof[:step], other, *proof[step + 1 :]])
    assert not continues(old, before, size, after, [*proof, other])
    assert not continues(size + 1, before, size, after, proof)
    assert not continues(-1, before, size, after, proof)


def test_a_tree_of_the_same_size_continues_itself_only() -> None:
    assert continues(3, b"a", 3, b"a", [])
    assert not continues(3, b"a", 3, b"b", [])
    assert not continues(0, b"a", 3, b"b", [])
    assert not continues(3, b"a", 7, b"b", [])


def test_a_tree_cannot_be_taken_up_with_too_few_or_too_many_peaks() -> None:
    with pytest.raises(NoProof):
        GrowingTree(3, [EMPTY_ROOT])
    with pytest.raises(NoProof):
        GrowingTree(-1, [])
    with pytest.raises(NoProof):
        Growth(4, (EMPTY_ROOT, EMPTY_ROOT), [EMPTY_ROOT]).root()
    with pytest.raises(NoProof):
        growth([EMPTY_ROOT] * 3, 2).inclusion(1)
