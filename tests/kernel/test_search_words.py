"""That a text is found by its words, their parts, other spellings and numbers in any form."""

from __future__ import annotations

import re

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samsyn.kernel.invented_numbers import invented_organisation
from samsyn.kernel.search_words import (
    MOST_WORDS,
    QueryToken,
    index_tokens,
    name_key,
    query_tokens,
    to_tsquery_text,
)

TSQUERY = re.compile(
    r"(?:[a-z0-9]+(?::\*)?|\([a-z0-9]+(?::\*)?(?: \| [a-z0-9]+(?::\*)?)+\))"
    r"(?: & (?:[a-z0-9]+(?::\*)?|\([a-z0-9]+(?::\*)?(?: \| [a-z0-9]+(?::\*)?)+\)))*"
)


def met(asked: QueryToken, tokens: tuple[str, ...]) -> bool:
    """What PostgreSQL makes of one word of a question."""
    return any(token in asked.exact or token.startswith(asked.prefixes) for token in tokens)


def finds(query: str, text: str) -> bool:
    tokens, asked = index_tokens(text), query_tokens(query)
    return bool(asked) and all(met(one, tokens) for one in asked)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("kriminalitet", "Arbetslivskriminalitet i Umeå"),
        ("kriminaliteten", "arbetslivskriminalitet"),
        ("arbetsliv", "arbetslivskriminalitet"),
        ("livskriminalitet", "arbetslivskriminalitet"),
        ("städ", "Nordens Städfirma AB"),
        ("firma", "städfirman"),
        ("firma", "städfirmornas"),
        ("firmor", "en firma"),
        ("affär", "bilaffären"),
        ("personal", "städpersonalregistret"),
        ("register", "personalregistrets register"),
        ("STÄDFIRMA", "städfirma"),
        ("sta", "städfirma"),
    ],
)
def test_parts_of_compounds_and_inflections_find_the_word(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("städfirma", "stadfirma"),
        ("städfirma", "staedfirma"),
        ("Åkeri", "Aakeri"),
        ("Åkeri", "Akeri"),
        ("Möbelhuset", "Moebelhuset"),
        ("Sörensen", "Sørensen"),
        ("Sørensen", "Soerensen"),
        ("Sörensen", "Sorensen"),
        ("Kjær", "Kjär"),
        ("Nguyễn", "Nguyen"),
        ("Łukasz", "Lukasz"),
        ("Strauß", "Strauss"),
        ("Şahin", "Sahin"),
        ("Şahin", "Shahin"),
        ("Çelik", "Celik"),
        ("Čović", "Covic"),
        ("Ševčenko", "Shevchenko"),
        ("Sjevtjenko", "Shevchenko"),
        ("Müller", "Mueller"),
        ("José", "JOSE"),
        ("Jevgenij", "Yevgeny"),
        ("Yevgeny", "Evgenii"),
        ("Jevgenij", "Evgenii"),
        ("Mohammed", "Muhammad"),
        ("Mohamed", "Muhammad"),
        ("Mohammed", "Mohamed"),
        ("Hussein", "Husayn"),
        ("Yusuf", "Jusuf"),
        ("Josef", "Youssef"),
        ("Abdullah", "Abdulla"),
        ("Dmitrij", "Dmitry"),
        ("Aleksej", "Alexey"),
        ("Karlsson", "Carlson"),
        ("Wiktor", "Viktor"),
        ("O'Brien", "OBrien"),
        ("Al-Hassan", "Alhassan"),
        ("e-post", "epost"),
    ],
)
def test_spellings_of_a_name_or_word_find_each_other(one: str, other: str) -> None:
    assert finds(one, other)
    assert finds(other, one)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("bonde", "boende"),
        ("berg", "borg"),
        ("firma", "form"),
        ("lön", "lån"),
        ("umeå", "göteborg"),
        ("mohammed", "mahmoud"),
        ("anna", "hanne"),
        ("ning", "ingen"),
        ("städfirma", "städ"),
        ("städ firma", "städ"),
        ("ab", "abborre"),
    ],
)
def test_other_words_do_not(query: str, text: str) -> None:
    assert not finds(query, text)


def test_boende_is_no_bonde() -> None:
    assert not finds("boende", "bonde")
    assert finds("boende", "utländskt boenderegister")


NUMBER = ["212000-0142", "2120000142", "16212000-0142", "162120000142", "SE212000014201"]
PERSON = ["900101-2385", "9001012385", "19900101-2385", "199001012385", "900101 2385"]


@pytest.mark.parametrize("spellings", [NUMBER, PERSON, ["ABC 12D", "abc12d", "ABC-12D"]])
def test_every_spelling_of_a_number_finds_every_other(spellings: list[str]) -> None:
    for query in spellings:
        for text in spellings:
            assert finds(query, f"Org.nr {text}, se bilaga."), (query, text)


def test_a_number_is_found_by_its_beginning_and_its_last_four() -> None:
    text = "19900101-2385 och 212000-0142"
    for query in ("199001", "19900101", "900101", "212000", "16212000", "2385", "0142"):
        assert finds(query, text), query
    assert not finds("200001", text)
    assert finds("19900101", "900101-2385")


def test_a_number_with_a_wrong_check_digit_is_found_all_the_same() -> None:
    assert finds("2120000143", "212000-0143")
    assert not finds("2120000142", "212000-0143")


def test_two_numbers_side_by_side_are_one_only_if_their_check_digit_is_right() -> None:
    assert "2120000142" in index_tokens("212000 0142")
    assert "2120000143" not in index_tokens("212000 0143")
    assert finds("212000", "212000 0143")
    assert finds("0143", "212000 0143")


def test_a_postcode_is_found_with_and_without_space() -> None:
    assert finds("903 25", "90325 Umeå")
    assert finds("90325", "903 25 Umeå")
    assert finds("903 25", "903 25 Umeå")


def test_a_date_and_a_case_number_are_found_as_written() -> None:
    text = "Dnr 2026/012345-3, inkom 2026-03-02"
    for query in ("2026/012345-3", "2026/012345", "2026-03-02", "012345"):
        assert finds(query, text)


def test_all_words_of_a_question_must_be_met_in_any_order() -> None:
    assert finds("umeå städ", "Städfirman i Umeå")
    assert not finds("göteborg städ", "Städfirman i Umeå")


@pytest.mark.parametrize("query", ["", "   ", "-", "'\"();:*&|!<->\\", "Мухаммед", "\x00"])
def test_where_nothing_can_be_looked_for_the_query_is_empty(query: str) -> None:
    assert to_tsquery_text(query) == ""
    assert query_tokens(query) == ()


def test_the_query_as_it_is_written() -> None:
    assert to_tsquery_text("ab") == "ab"
    assert to_tsquery_text("lön AB 2026") == "lon:* & ab & 2026:*"
    assert to_tsquery_text("Umeå") == "(umea:* | 0zaemu:* | 0qoma)"
    assert to_tsquery_text("212000-0142") == "2120000142"
    assert to_tsquery_text("ja ja") == "ja"


def test_a_question_of_many_words_is_cut() -> None:
    assert len(query_tokens(" ".join(f"ord{n}" for n in range(100)))) == MOST_WORDS


def test_the_key_of_a_name() -> None:
    assert {name_key(name) for name in ("Jevgenij", "Yevgeny", "Evgenii", "Jewgeni")} == {"avgani"}
    assert {name_key(name) for name in ("Mohammed", "Muhammad", "Muhammed")} == {"mohamad"}
    assert name_key("Sørensen") == name_key("Soerensen") == name_key("Sörensen")
    assert name_key("Jan") == "ian"


LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéüøæßłçčşñABCÅÄÖ"
words = st.text(LETTERS, min_size=1, max_size=40)
texts = st.lists(st.one_of(words, st.from_regex(r"[0-9]{1,12}", fullmatch=True)), min_size=1)


@given(texts, st.data())
@example(["SE212000014201", "aa"], None)
@example(["212000", "0142", "903", "25"], None)
def test_any_word_of_a_text_finds_the_text(text: list[str], data: st.DataObject | None) -> None:
    for word in text if data is None else [data.draw(st.sampled_from(text))]:
        assert finds(word, " ".join(text)), word


@given(texts, st.text(LETTERS, max_size=30), st.text(LETTERS, min_size=4, max_size=30))
def test_any_end_of_four_letters_or_more_finds_the_text(
    text: list[str], first: str, end: str
) -> None:
    assert finds(end, " ".join([*text, first + end]))


@given(texts, st.text(LETTERS, min_size=3, max_size=30), st.text(LETTERS, max_size=30))
def test_any_beginning_of_three_letters_or_more_finds_the_text(
    text: list[str], begin: str, rest: str
) -> None:
    assert finds(begin, " ".join([*text, begin + rest]))


@given(texts)
def test_a_text_finds_itself(text: list[str]) -> None:
    # 903 and 25 side by side are one postcode, on both sides.
    assert finds(" ".join(text[:MOST_WORDS]), " ".join(text))


@given(st.integers(0, 79_999_999), st.integers(0, 79_999_999))
def test_an_organisation_number_finds_itself_and_no_other(one: int, other: int) -> None:
    first, second = invented_organisation(one), invented_organisation(other)
    assert finds(first.digits, f"Firman {first.display} i Umeå")
    assert finds(first.display, second.display) == (one == other)


@given(st.text())
@example("a' | b:* & !c <-> (d) \\ e")
@example("x:*A & y:B")
def test_no_sign_of_a_question_gets_into_the_query(query: str) -> None:
    written = to_tsquery_text(query)
    assert written == "" or TSQUERY.fullmatch(written)


@given(st.text())
def test_tokens_are_plain_sorted_and_few(text: str) -> None:
    tokens = index_tokens(text)
    assert all(re.fullmatch(r"[a-z0-9]{1,64}", token) for token in tokens)
    assert list(tokens) == sorted(set(tokens))


def test_a_long_word_is_stored_under_few_tokens() -> None:
    assert len(index_tokens("arbetslivskriminalitet")) <= 11
    assert len(index_tokens("na" * 5_000)) <= 12
    assert index_tokens("och") == ("och",)


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=20))
@example([("städ firma", "Städfirman"), ("212000-0142", "SE212000014201"), ("o'b; --", "x")])
def test_postgresql_reads_and_answers_alike(
    postgres_url: str, pairs: list[tuple[str, str]]
) -> None:
    asked = [(query, text) for query, text in pairs if to_tsquery_text(query)]
    with psycopg.connect(postgres_url) as connection:
        for query, text in asked:
            row = connection.execute(
                "select array_to_tsvector(%s::text[]) @@ %s::tsquery",
                [list(index_tokens(text)), to_tsquery_text(query)],
            ).fetchone()
            assert row == (finds(query, text),)
