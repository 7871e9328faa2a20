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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2009:400", ("2009:400", None, "", None, None, None)),
        ("2009:400/10:15a st1 p5", ("2009:400", "10", "15a", 1, "5", None)),
        ("2009:400/6a:1 st2 p1b m3", ("2009:400", "6a", "1", 2, "1b", 3)),
        ("2009:400/10:27 m2", ("2009:400", "10", "27", None, None, 2)),
        ("2024:307/4 st3", ("2024:307", None, "4", 3, None, None)),
        ("1962:700/4 kap.", ("1962:700", "4", "", None, None, None)),
    ],
)
def test_each_part_of_a_citation_is_read_and_written(
    text: str, parts: tuple[str | int | None, ...]
) -> None:
    read = Citation.parse(text)
    assert (
        read.sfs, read.chapter, read.section, read.paragraph, read.point, read.sentence
    ) == parts  # fmt: skip
    assert str(read) == text


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("2009:400/10:15a st1 p5 m2", "2009:400/10:15a"),
        ("2024:307/4 st3", "2024:307/4"),
        ("2009:400/10:27", "2009:400/10:27"),
    ],
)
def test_the_section_of_a_place_leaves_out_paragraph_point_and_sentence(
    text: str, section: str
) -> None:
    assert Citation.parse(text).whole_section() == Citation.parse(section)


@pytest.mark.parametrize(
    "other",
    [
        "2009:401/10:15a st1 p5 m2",
        "2009:400/11:15a st1 p5 m2",
        "2009:400/10:15b st1 p5 m2",
        "2009:400/10:15a st2 p5 m2",
        "2009:400/10:15a st1 p6 m2",
        "2009:400/10:15a st1 p5 m3",
    ],
)
def test_a_place_lies_in_no_place_that_differs_in_one_part(other: str) -> None:
    place = "2009:400/10:15a st1 p5 m2"
    assert not Citation.parse(place).within(Citation.parse(other))
    assert Citation.parse(place).within(Citation.parse(place))


def test_a_place_lies_in_everything_around_it() -> None:
    place = Citation.parse("2009:400/10:15a st1 p5 m2")
    for around in ("10:15a st1 p5", "10:15a st1", "10:15a", "10 kap."):
        assert place.within(Citation.parse(f"2009:400/{around}"))


@pytest.mark.parametrize(
    ("pattern", "place", "covers"),
    [
        ("15-20 kap.", "2009:400/15:1", True),
        ("15-20 kap.", "2009:400/20:9", True),
        ("15-20 kap.", "2009:400/14:9", False),
        ("15-20 kap.", "2009:400/21:1", False),
        ("20 kap.", "2009:400/21:1", False),
        ("25:2-8", "2009:400/25:1", False),
        ("25:2-8", "2009:400/25:2", True),
        ("25:2-8", "2009:400/25:8a", False),
        ("25:2-8", "2009:400/24:3", False),
        ("25:2", "2009:400/25:2 st3", True),
        ("25:2", "2009:400/25:3", False),
        ("15-20 kap.", "2009:400/16 kap.", False),
        ("15-20 kap.", "2024:307/16", False),
    ],
)
def test_a_stretch_ends_with_its_last_section(pattern: str, place: str, covers: bool) -> None:
    stretch, citation = Pattern.parse(pattern), Citation.parse(place)
    assert stretch.covers(citation) is covers
    assert stretch.touches(citation) is covers


def test_a_stretch_touches_its_paragraph_and_the_section_around_it_but_no_other_paragraph() -> None:
    stretch = Pattern.parse("26:1a st1")
    assert stretch.touches(Citation.parse("2009:400/26:1a"))
    assert not stretch.touches(Citation.parse("2009:400/26:1a st2"))
    assert not stretch.covers(Citation.parse("2009:400/26:2 st1"))
    assert not stretch.touches(Citation.parse("2009:400/26:2"))


def test_a_stretch_keeps_what_was_written() -> None:
    assert Pattern.parse("26:1a st1") == Pattern(
        "26:1a st1", ((26, ""), (26, "")), ((1, "a"), (1, "a")), 1
    )
    assert Pattern.parse("25:1-8") == Pattern(
        "25:1-8", ((25, ""), (25, "")), ((1, ""), (8, "")), None
    )
    assert Pattern.parse("21-40 kap.") == Pattern("21-40 kap.", ((21, ""), (40, "")), None, None)
    assert Pattern.parse("40 kap.") == Pattern("40 kap.", ((40, ""), (40, "")), None, None)


def test_what_cannot_be_read_is_quoted_with_what_was_expected() -> None:
    with pytest.raises(CitationError) as refused:
        section_order("fem")
    assert str(refused.value) == "“fem” is not a section number such as 15 or 15a"
    with pytest.raises(CitationError) as refused:
        Citation.parse("OSL 10:27")
    assert str(refused.value) == (
        "“OSL 10:27” is not a citation: expected SFS/chapter:section such as 2009:400/10:27, "
        "or SFS/section such as 2024:307/4, with st, p and m for paragraph, point and sentence"
    )
    with pytest.raises(CitationError) as refused:
        Pattern.parse("27")
    assert str(refused.value) == (
        "“27” is not a list of sections: expected 25:1-8, 26:1a st1 or 15-20 kap."
    )
    for text in ("25:8-1", "25:2a-2", "40-21 kap."):
        with pytest.raises(CitationError) as refused:
            Pattern.parse(text)
        assert str(refused.value) == f"“{text}” runs backwards"
