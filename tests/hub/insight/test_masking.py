"""What is masked is gone from what comes out, wherever it stood."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.insight.masking import Mask, pieces_of, places_of, with_masks, without_mask

BY, OTHER = "2009:400/30:23", "2009:400/21:1"


def left(text: str, masks: list[Mask]) -> str:
    return "".join(piece.text or "▇" for piece in pieces_of(text, masks))


def test_words_are_found_everywhere_whatever_their_size_and_room() -> None:
    text = "Gunnar Ekvall kom. gunnar\n  EKVALL gick. Ekvalls bil."
    masks = with_masks(text, [], places_of(text, "gunnar ekvall"), BY)
    assert left(text, masks) == "▇ kom. ▇ gick. Ekvalls bil."


def test_a_word_is_not_found_inside_another() -> None:
    assert places_of("Anders och An", "An") == [(11, 13)]
    assert places_of("Anna", "n") == []
    assert places_of("Anna", "  ") == []


def test_signs_are_signs_and_no_patterns() -> None:
    assert places_of("betalt (kontant) 10.50", "(kontant)") == [(7, 16)]
    assert places_of("betalt 10x50", "10.50") == []


def test_what_was_masked_before_keeps_its_provision() -> None:
    text = "ett två tre"
    masks = with_masks(text, [Mask(4, 7, BY)], [(0, 11)], OTHER)
    assert [(mask.start, mask.end, mask.by) for mask in masks] == [
        (0, 4, OTHER), (4, 7, BY), (7, 11, OTHER),
    ]  # fmt: skip
    assert left(text, without_mask(masks, 1)) == "▇två▇"
    assert without_mask(masks, 9) == masks


@given(
    st.text(st.sampled_from("abc åÅ\n"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6),
)
def test_no_masked_letter_comes_out_and_no_other_is_lost(
    text: str, places: list[tuple[int, int]]
) -> None:
    masks = with_masks(text, [], places, BY)
    gone = {i for start, end in places for i in range(max(start, 0), min(end, len(text)))}
    kept = "".join(letter for i, letter in enumerate(text) if i not in gone)
    pieces = pieces_of(text, masks)
    assert "".join(piece.text for piece in pieces) == kept
    assert all(bool(piece.text) != bool(piece.by) for piece in pieces)
    # Neighbouring masks of one provision are one: how many words it was cannot be counted.
    assert not any(a.by and b.by for a, b in pairwise(pieces))
