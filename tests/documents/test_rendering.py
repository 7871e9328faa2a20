"""A document is readable by everyone, fit for an archive, and holds words as words."""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from samsyn.documents import DocumentFault, render
from samsyn.documents.glyphs import FALLBACK_FONT, TEXT_FONT, covered, writable
from samsyn.kernel.text import Language, Text
from tests.support.documents import one_line, pages, tags

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
TITLE = Text(sv="Provskrift", en="Specimen")
PAGE = """
#show: house.with(agency: data.agency, running: data.number)
#letterhead(data.agency, say("Beslut", "Decision"), ((say("Datum", "Date"), data.day),))
= #meta.title
#facts(((say("Till", "To"), data.receiver), (say("Tomt", "Empty"), "")))
== #say("Uppgifter", "Items")
#table-of((say("Vad", "What"), say("Ord", "Words")), data.rows, columns: (1fr, 2fr))
#quoted(data.words)
#note("Obs", data.words)
#signed((("Av", data.agency),))
"""
DATA: dict[str, Any] = {
    "agency": "Provmyndigheten",
    "number": "PM 2026/1",
    "day": date(2026, 3, 2),
    "receiver": Text(sv="Mottagaren", en="The receiver"),
    "rows": [["ett", "två"]],
    "words": "Rad ett\nRad två\n\nNytt stycke",
}


def made(tmp_path: Path, *, source: str = PAGE, language: Language = "sv", **changed: Any) -> bytes:
    template = tmp_path / "page.typ"
    template.write_text(source, encoding="utf-8")
    marking = changed.pop("marking", "")
    data: Mapping[str, Any] = {**DATA, **changed}
    return render(template, data, title=TITLE, at=AT, language=language, marking=marking)


def fonts_of(page: Any) -> list[Any]:
    return list(page.Resources.Font.values())


def test_everyone_can_read_it_and_an_archive_can_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(made(tmp_path))
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as told:
            assert told["dc:title"] == "Provskrift"
            assert told["pdfuaid:part"] == "1"
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        found = tags(pdf.Root.StructTreeRoot)
        fonts = [font for page in pdf.pages for font in fonts_of(page)]
    assert found.index("/H1") < found.index("/H2") < found.index("/Table")
    assert {"/THead", "/TH", "/TD", "/L", "/P"} <= set(found)
    for font in fonts:
        (within,) = font.DescendantFonts
        assert any(name.startswith("/FontFile") for name in within.FontDescriptor)


def test_it_speaks_the_language_asked_for(tmp_path: Path) -> None:
    swedish, english = one_line(made(tmp_path)), one_line(made(tmp_path, language="en"))
    assert "BESLUT" in swedish
    assert "Till Mottagaren" in swedish
    assert "Sida 1 (1)" in swedish
    assert "DECISION" in english
    assert "To The receiver" in english
    assert "Page 1 (1)" in english
    assert "Tomt" not in swedish


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path) == made(tmp_path)


def test_a_marking_stands_on_each_page_and_only_when_there_is_one(tmp_path: Path) -> None:
    long = made(tmp_path, words="ord " * 2000, marking="Hemligt enligt 27 kap. 1 §")
    found = pages(long)
    assert len(found) > 3
    assert all("Sekretessmarkering" in page and "Hemligt enligt" in page for page in found)
    assert f"Sida 2 ({len(found)})" in found[1]
    assert "Provmyndigheten" in found[2]
    assert "PM 2026/1" in found[2]
    assert "Sekretessmarkering" not in one_line(made(tmp_path))


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:1.0.0": *',
        "--- ]]] ) } -> #panic() $x^2$ *fet* _lutad_ `kod` <märke> @hänvisning // /* = \\ ~ '\"",
        "#{sys.inputs}",
    ],
)
def test_what_looks_like_code_is_only_text(tmp_path: Path, words: str) -> None:
    found = one_line(made(tmp_path, words=words, agency=words, rows=[[words, words]]))
    assert found.count(words) >= 3
    assert "root:" not in found


def test_a_template_sees_no_file_and_no_package(tmp_path: Path) -> None:
    (tmp_path / "near.txt").write_text("nära")
    for source in ('#read("near.txt")', '#read("/etc/passwd")', '#read("../../etc/passwd")'):
        with pytest.raises(DocumentFault):
            made(tmp_path, source=PAGE + source)


def test_no_style_evaluates_text_as_code() -> None:
    source = Path("src/samsyn")
    for template in source.rglob("*.typ"):
        assert not re.search(r"\beval\s*\(|\bread\s*\(|#(import|include)\b", template.read_text())


def test_a_word_longer_than_a_line_stays_on_the_page(tmp_path: Path) -> None:
    words = "W" * 400
    pdf = pypdfium2.PdfDocument(made(tmp_path, words=words, rows=[[words, words]]))
    try:
        for page in pdf:
            text = page.get_textpage()
            width = page.get_width()
            boxes = [text.get_charbox(number) for number in range(text.count_chars())]
            assert max(box[2] for box in boxes) <= width - 60
        text_of = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()
        gc.collect()
    assert re.sub(r"\s+", "", text_of).count(words) >= 1


def test_names_of_all_of_europe_are_written(tmp_path: Path) -> None:
    words = "Șerban Țîrlea Олександр Ґалаґан Їжак Ελένη Dvořák Łukasz Ģirts Gülşen Þór Ærø"
    assert words in one_line(made(tmp_path, words=words, rows=[[words, words]]))


def test_a_sign_without_a_glyph_is_written_as_its_number(tmp_path: Path) -> None:
    assert "😀 [U+1F9FE] [U+E000]" in one_line(made(tmp_path, words="😀 \U0001f9fe \ue000"))


def test_signs_that_turn_the_reading_order_or_are_not_seen_are_left_out() -> None:
    assert writable("a\u202eb\u2066c\u200bd\x00e\ufefff\ufe0fg") == "abcdefg"
    assert writable("e\u0301") == "é"
    assert writable("a\r\nb\u2028c") == "a\nb\nc"
    assert writable("x\u0489", strict=True) == "x[U+0489]"


def test_a_cluster_no_font_has_whole_does_not_stop_the_document(tmp_path: Path) -> None:
    marks = sorted(covered(FALLBACK_FONT) - covered(TEXT_FONT))
    words = "".join(f"Ș{chr(mark)}\u0323\u0489" for mark in marks)
    assert len(made(tmp_path, words=words)) > 1000


def test_a_font_is_read_for_what_it_covers() -> None:
    inter, dejavu = covered(TEXT_FONT), covered(FALLBACK_FONT)
    assert {ord(sign) for sign in "Åöșї€§–"} <= inter
    assert ord("ש") in dejavu - inter
    assert 0x4E2D not in inter | dejavu


def test_data_of_any_kind_becomes_what_a_reader_expects(tmp_path: Path) -> None:
    class Row(msgspec.Struct):
        name: Text

    source = "#show: house\n= #meta.title\n#data.row.name #data.many.at(1) #data.at #data.none"
    found = one_line(
        made(tmp_path, source=source, row=Row(TITLE), many=(1, 2), at=AT, none=None, language="en")
    )
    assert "Specimen 2 2026-03-02 09:15" in found


def test_a_fault_names_the_template(tmp_path: Path) -> None:
    with pytest.raises(DocumentFault, match=r"page\.typ"):
        made(tmp_path, source=PAGE + "#nothing")
