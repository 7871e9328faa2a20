"""What is left of a text when parts are taken away: nothing is added, and every gap is marked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.disclosures.leaving import GAP, compared, shortened

WHOLE = "Redovisade löner täcker fyra av elva.\nSkulden är 410 000 kronor, säger en revisor."


@pytest.mark.parametrize(
    ("edited", "leaves"),
    [
        (WHOLE, WHOLE),
        ("Redovisade löner täcker fyra av elva.", f"Redovisade löner täcker fyra av elva. {GAP}"),
        ("Skulden är 410 000 kronor", f"{GAP} Skulden är 410 000 kronor {GAP}"),
        (
            "Redovisade löner täcker fyra av elva. Skulden är 410 000 kronor.",
            f"Redovisade löner täcker fyra av elva.\nSkulden är 410 000 kronor {GAP} .",
        ),
        (f"Redovisade löner {GAP} av elva.", f"Redovisade löner {GAP} av elva. {GAP}"),
        ("", ""),
        (GAP, ""),
        ("Redovisade löner täcker tre av elva.", None),
        ("Skulden är 410 000 kronor. Redovisade löner", None),
        ("Skuld", None),
    ],
)
def test_words_can_be_taken_away_and_none_added(edited: str, leaves: str | None) -> None:
    assert shortened(WHOLE, edited) == leaves


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.text("ab .,\n", max_size=60))
def test_any_words_may_be_taken_away(kept: list[bool], whole: str) -> None:
    words = re.findall(r"\w+|[^\w\s]", whole)
    left = [word for word, keep in zip(words, kept, strict=False) if keep]
    text = shortened(whole, " ".join(left))
    assert text is not None
    assert re.findall(r"\w+|[^\w\s]", text.replace(GAP, " ")) == left
    assert "".join(stretch.text for stretch in compared(whole, text)) == whole
    struck = [one.text for one in compared(whole, text) if not one.leaves]
    gone = sum(len(re.findall(r"\w+|[^\w\s]", stretch)) for stretch in struck)
    assert gone == len(words) - len(left)


def test_what_stays_is_shown_in_its_place() -> None:
    parts = compared(WHOLE, f"Redovisade löner täcker fyra av elva. {GAP}")
    assert [(part.leaves, part.text.strip()) for part in parts] == [
        (True, "Redovisade löner täcker fyra av elva."),
        (False, "Skulden är 410 000 kronor, säger en revisor."),
    ]
