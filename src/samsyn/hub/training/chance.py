"""How does chance fall, the same way each time for the same seed number?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_VERSION = ~(0xF000 << 64)
_VARIANT = ~(0xC000 << 48)


class Chance:
    """Everything that is drawn is drawn here, so that a seed number gives the same bytes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def uuid(self) -> str:
        """An id of version 4, as text."""
        bits = self._random.getrandbits(128)
        bits = bits & _VERSION & _VARIANT | 0x4000 << 64 | 0x8000 << 48
        digits = f"{bits:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[int(self._random.random() * len(among))]

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """Different ones of them, in the order they fall; at most all of them."""
        return self._random.sample(among, min(count, len(among)))

    def weighted(self, weights: dict[T, int]) -> T:
        """One of the keys, each as often as its weight says."""
        left = self._random.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key

    def happens(self, share: float) -> bool:
        """Does it happen, at this share of times?"""
        return self._random.random() < share

    def between(self, least: int, most: int) -> int:
        """A whole number, ends included."""
        return least + int(self._random.random() * (most - least + 1))
