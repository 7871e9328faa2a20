"""What is left of a text when an officer takes parts away, and what was taken?

An officer shortens and adds nothing. Where something is gone the text says so with ``[…]``, so
that the receiver sees that there was more.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import msgspec

GAP = "[…]"
_GAP = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of the whole text.

    Attributes:
        text: what it says.
        leaves: whether it leaves.
    """

    text: str
    leaves: bool


def shortened(whole: str, edited: str) -> str | None:
    """The edited text with a mark at each place where something was taken away.

    Returns:
        None when a word stands in the edited text that does not stand there in the whole.
    """
    if edited == whole:
        return whole.strip()
    kept = _kept(whole, edited)
    if kept is None:
        return None
    parts = [stretch.text.strip() if stretch.leaves else GAP for stretch in _split(whole, kept)]
    text = " ".join(part for part in parts if part)
    return text if any(kept) else ""


def compared(whole: str, leaving: str) -> list[Stretch]:
    """The whole text in stretches that leave and stretches that stay."""
    if leaving == whole:
        return [Stretch(whole, True)] if whole else []
    kept = _kept(whole, leaving)
    if kept is None:
        return [Stretch(leaving, True)]
    return _split(whole, kept)


def _kept(whole: str, edited: str) -> list[bool] | None:
    """Which words and signs of the whole stand in the edited text, in their order."""
    words = _TOKEN.findall(whole)
    wanted = _TOKEN.findall(_GAP.sub(" ", edited))
    matcher = SequenceMatcher(None, words, wanted, autojunk=False)
    kept = [False] * len(words)
    if all(code in ("equal", "delete") for code, *_ in matcher.get_opcodes()):
        for block in matcher.get_matching_blocks():
            kept[block.a : block.a + block.size] = [True] * block.size
        return kept
    place = 0
    for word in wanted:
        while place < len(words) and words[place] != word:
            place += 1
        if place == len(words):
            return None
        kept[place] = True
        place += 1
    return kept


def _split(whole: str, kept: list[bool]) -> list[Stretch]:
    """The whole cut where what leaves meets what stays; blanks go with what stands before them."""
    spans = [match.span() for match in _TOKEN.finditer(whole)]
    if not spans:
        return [Stretch(whole, True)] if whole else []
    starts = [0, *(start for start, _ in spans[1:])]
    ends = [*starts[1:], len(whole)]
    stretches: list[Stretch] = []
    for start, end, leaves in zip(starts, ends, kept, strict=True):
        text = whole[start:end]
        if stretches and stretches[-1].leaves == leaves:
            stretches[-1] = Stretch(stretches[-1].text + text, leaves)
        else:
            stretches.append(Stretch(text, leaves))
    return stretches
