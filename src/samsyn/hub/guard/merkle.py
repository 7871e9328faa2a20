"""Do the entries of the log stand in one tree that only grows, and is this entry in it?

The tree of RFC 6962, section 2.1 (Certificate Transparency): a leaf is hashed behind an octet 0,
a node behind an octet 1, so that neither can be taken for the other; a tree of n leaves splits at
the largest power of two below n. Pure: octets in, octets out.

A tree that grows needs only its *peaks*, the roots of its full subtrees from left to right, at
most one for each bit of its size. Peaks and the leaves that came after them are enough for every
root, every proof that a new leaf stands in the tree, and every proof that the tree only grew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


class NoProof(ValueError):
    """A proof that does not have the form it must have; the message says where."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two halves."""
    return sha256(b"\x01" + left + right).digest()


class GrowingTree:
    """A tree of which only the peaks are kept; leaves are added at its end.

    Attributes:
        size: number of leaves.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count():
            raise NoProof(f"a tree of {size} leaves does not have {len(self._peaks)} peaks")

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the full subtrees, the largest and oldest first."""
        return tuple(self._peaks)

    def add(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        rest = self.size
        while rest & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            rest >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree as it was, and the leaves that were added to it.

    Attributes:
        old_size: number of leaves before.
        peaks: peaks before.
        leaves: hashes of the leaves added, in order.
    """

    old_size: int
    peaks: tuple[bytes, ...]
    leaves: Sequence[bytes]

    @property
    def size(self) -> int:
        """Number of leaves now."""
        return self.old_size + len(self.leaves)

    def root(self) -> bytes:
        """The root now."""
        return self._over(0, self.size, self._known()) if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The path from one of the added leaves up to the root now.

        Raises:
            NoProof: if the leaf is not one of those added.
        """
        if not self.old_size <= index < self.size:
            raise NoProof(f"leaf {index} is not among {self.old_size} to {self.size - 1}")
        known = self._known()
        path: list[bytes] = []
        low, high = 0, self.size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._over(middle, high, known))
                high = middle
            else:
                path.append(self._over(low, middle, known))
                low = middle
        return path[::-1]

    def consistency(self) -> list[bytes]:
        """The proof that the tree now continues the tree before."""
        if self.old_size in (0, self.size):
            return []
        known = self._known()
        proof: list[bytes] = []
        low, high, whole = 0, self.size, True
        while high != self.old_size:
            middle = low + _split(high - low)
            if self.old_size <= middle:
                proof.append(self._over(middle, high, known))
                high = middle
            else:
                proof.append(self._over(low, middle, known))
                low, whole = middle, False
        if not whole:
            proof.append(self._over(low, high, known))
        return proof[::-1]

    def _known(self) -> dict[tuple[int, int], bytes]:
        """The peaks by the span of leaves that each covers."""
        known, low = {}, 0
        for peak in GrowingTree(self.old_size, self.peaks).peaks:
            width = 1 << ((self.old_size - low).bit_length() - 1)
            known[low, low + width] = peak
            low += width
        return known

    def _over(self, low: int, high: int, known: dict[tuple[int, int], bytes]) -> bytes:
        """The hash over a span that splits along the peaks and the added leaves."""
        if (low, high) in known:
            return known[low, high]
        if low >= self.old_size:
            tree = GrowingTree()
            for leaf in self.leaves[low - self.old_size : high - self.old_size]:
                tree.add(leaf)
            return tree.root()
        middle = low + _split(high - low)
        return node_hash(self._over(low, middle, known), self._over(middle, high, known))


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that follows from a leaf and its path; RFC 9162, section 2.1.3.2.

    Raises:
        NoProof: if no path for this place has this length.
    """
    if not 0 <= index < size:
        raise NoProof(f"a tree of {size} leaves has no leaf {index}")
    root, place, last = leaf, index, size - 1
    for step in path:
        if not last:
            raise NoProof("the path is longer than the tree is high")
        if place & 1 or place == last:
            root = node_hash(step, root)
            while place and not place & 1:
                place >>= 1
                last >>= 1
        else:
            root = node_hash(root, step)
        place >>= 1
        last >>= 1
    if last:
        raise NoProof("the path ends below the root")
    return root


def continues(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Does the larger tree begin with all of the smaller one? RFC 9162, section 2.1.4.2."""
    if not 0 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if not old_size:
        return not proof and old_root == EMPTY_ROOT
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not steps:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    before = after = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place & 1:
                place >>= 1
                last >>= 1
        else:
            after = node_hash(after, step)
        place >>= 1
        last >>= 1
    return not last and before == old_root and after == root


def _split(width: int) -> int:
    """The largest power of two below a width of at least two."""
    return 1 << ((width - 1).bit_length() - 1)
