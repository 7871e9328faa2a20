"""How citations and stretches of sections are read, written and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.kernel.citations import Citation, CitationError, Pattern, section_order

numbers = st.integers(1, 130).map(str)
letters = st.sampled_from(["", "a", "b", "g"])
citations = st.builds(
    Citation,
    sfs=st.sampled_from(["2009:400", "2024:307", "1962:700"]),
    chapter=st.none() | st.builds("".join, st.tuples(numbers, letters)),
    section=st.builds("".join, st.tuples(numbers, letters)),
    paragraph=st.none() | st.integers(1, 9),
    point=st.none() | numbers,
    sentence=st.none() | st.integers(1, 4),
)


@given(citations)
def test_a_citation_is_read_back_as_it_was_written(citation: Citation) -> None:
    assert Citation.parse(str(citation)) == citation


@given(citations)
def test_a_place_lies_in_its_section_and_its_act(citation: Citation) -> None:
    assert citation.within(citation)
    assert citation.within(citation.whole_section())
    assert citation.within(Citation(citation.sfs))
    assert not citation.within(Citation("1900:1"))


def test_a_section_does_not_lie_in_one_of_its_paragraphs() -> None:
    assert not Citation.parse("2009:400/28:14").within(Citation.parse("2009:400/28:14 st1"))


@pytest.mark.parametrize(
    "text", ["", "OSL 10:27", "2009:400/", "2009:400/10", "2009:400/10:27 p", "2024:307/4 st"]
)
def test_what_is_no_citation_is_refused_with_an_example(text: str) -> None:
    if text == "2009:400/10":  # an act without chapters is cited like this
        assert Citation.parse(text).section == "10"
        return
    with pytest.raises(CitationError, match="2009:400/10:27"):
        Citation.parse(text)


def test_a_whole_chapter_is_a_citation() -> None:
    assert Citation.parse("1962:700/4:1b").within(Citation.parse("1962:700/4 kap."))
    assert not Citation.parse("1962:700/3:1").within(Citation.parse("1962:700/4 kap."))


def test_lettered_sections_lie_between_their_numbers() -> None:
    assert section_order("15") < section_order("15a") < section_order("16")
    assert Pattern.parse("26:1-6").covers(Citation.parse("2009:400/26:1a"))


@pytest.mark.parametrize(
    ("pattern", "place", "covers", "touches"),
    [
        ("25:1-8", "2009:400/25:8", True, True),
        ("25:1-8", "2009:400/25:9", False, False),
        ("25:1-8", "2009:400/26:1", False, False),
        ("26:1a st1", "2009:400/26:1a st1", True, True),
        ("26:1a st1", "2009:400/26:1a st2", False, False),
        ("26:1a st1", "2009:400/26:1a", False, True),
        ("21-40 kap.", "2009:400/35:1 p6", True, True),
        ("21-40 kap.", "2009:400/18:1", False, False),
        ("40 kap.", "2009:400/40:7g", True, True),
    ],
)
def test_what_a_stretch_covers(pattern: str, place: str, covers: bool, touches: bool) -> None:
    stretch, citation = Pattern.parse(pattern), Citation.parse(place)
    assert stretch.covers(citation) is covers
    assert stretch.touches(citation) is touches


@pytest.mark.parametrize("text", ["", "27", "25:8-1", "40-21 kap.", "25:1-8 st", "a:b"])
def test_what_is_no_stretch_is_refused(text: str) -> None:
    with pytest.raises(CitationError):
        Pattern.parse(text)


@pytest.mark.parametrize("text", [f"2009:400/10:{'9' * 5000}", f"2009:400/10:1 st{'9' * 5000}"])
def test_a_number_without_end_is_no_citation(text: str) -> None:
    with pytest.raises(CitationError):
        Citation.parse(text)
