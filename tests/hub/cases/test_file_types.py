"""Is a file judged by what it is, and refused with a reason and a way on when it is not taken in?

Abuse cases 31 and 33.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from samsyn.hub.cases import file_types, office_files
from samsyn.hub.cases.file_types import decoded, judge
from samsyn.hub.guard.refusals import Refused
from tests.hub.cases.sample_files import (
    HTML,
    OPEN_TEXT,
    SHEET,
    SVG,
    WORD,
    active_pdf,
    archive,
    document,
    pdf,
    photograph,
    picture,
)


def refusal(data: bytes, name: str = "") -> Refused:
    with pytest.raises(Refused) as caught:
        judge(data, name)
    no = caught.value
    # Each refusal says in both languages what is wrong and what to do.
    assert no.next_step is not None
    texts = (no.said.sv, no.said.en, no.next_step.sv, no.next_step.en)
    assert all(text.endswith(".") and "{" not in text for text in texts)
    assert no.said.sv != no.said.en
    return no


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(), "application/pdf"),
        (active_pdf(), "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (picture("TIFF"), "image/tiff"),
        (photograph("JPEG"), "image/jpeg"),
        (photograph("WEBP"), "image/webp"),
        (document(WORD), WORD),
        (document(SHEET), SHEET),
        (document(OPEN_TEXT), OPEN_TEXT),
        ("Träffade Åke på plats\n".encode(), "text/plain"),
        ("Träffade Åke".encode("cp1252"), "text/plain"),
        ("Träffade Åke".encode("utf-16"), "text/plain"),
        (b"Anna <anna@example.org>; pris < 10 > 5", "text/plain"),
    ],
)
def test_what_is_taken_in(data: bytes, media_type: str) -> None:
    assert judge(data).media_type == media_type


@pytest.mark.parametrize("name", ["x.png", "x.svg", "x.txt", "x.pdf", "x"])
@pytest.mark.parametrize(
    "data",
    [
        SVG,
        HTML,
        b"\xef\xbb\xbf  \n" + HTML,
        HTML.decode().encode("utf-16"),
        b'<?xml version="1.0"?><x/>',
        b"<!-- x -->" + SVG,
        b"hello <script >alert(1)</script>",
        b"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    ],
)
def test_markup_under_any_name(data: bytes, name: str) -> None:
    assert refusal(data, name).said == file_types.MARKUP


def test_heic_with_its_remedy() -> None:
    no = refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
    assert no.next_step is not None
    assert "JPEG" in no.next_step.sv


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG") + archive({"a": b"b"}),
        picture("PNG") + archive({"a": b"b"}),
        pdf() + archive({"a": b"b"}),
        picture("JPEG")[:-2] + HTML + b"\xff\xd9",
        picture("JPEG", comment=HTML),
        picture("PNG") + HTML,
        picture("JPEG", comment=b"%PDF-1.4"),
        b"%PDF-1.4\n<html ><script>alert(1)</script>",
    ],
)
def test_two_things_at_once(data: bytes) -> None:
    assert "två saker på en gång" in refusal(data).said.sv


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"{\\rtf1 text}",
        b"%!PS-Adobe\n",
        b"\n%PDF-1.4\n",
        b"GIF89a" + bytes(20),
        b"Rar!\x1a\x07\x00" + bytes(20),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        bytes(50),
        b"text\x00text",
    ],
)
def test_everything_else(data: bytes) -> None:
    assert "tas emot" in refusal(data).said.sv


def test_what_is_too_large_or_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(b"").said == file_types.EMPTY
    monkeypatch.setattr(file_types, "MOST_OCTETS", 10)
    assert "gränsen" in refusal(b"a" * 11).said.sv
    monkeypatch.setattr(file_types, "MOST_OCTETS", 100)
    monkeypatch.setattr(file_types, "MOST_TEXT", 20)
    assert "gränsen" in refusal(b"a" * 21).said.sv


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.png", "x" * 10_000, "/", ".", "..\\x"]
)
def test_a_name_decides_nothing(name: str) -> None:
    assert judge(picture(), name).media_type == "image/png"


def test_a_name_that_says_something_else_is_remarked() -> None:
    (remark,) = judge(picture(), "faktura.pdf").remarks
    assert remark.sv == "Namnet slutar på .pdf, men filen är PNG."
    assert judge(picture(), "bild.PNG").remarks == ()
    assert judge(b"text", "anteckning").remarks == ()


def test_an_archive_is_no_document() -> None:
    assert refusal(archive({"a.txt": b"b"})).said == office_files.NO_DOCUMENT
    assert refusal(archive({"mimetype": b"application/zip"})).said == office_files.NO_DOCUMENT


@pytest.mark.parametrize(
    "name",
    ["word/vbaProject.bin", "word/activeX/activeX1.xml", "Basic/Standard/m.xml", "x/setup.EXE"],
)
def test_a_document_that_runs(name: str) -> None:
    assert refusal(document(extra={name: b"x"})).said == office_files.ACTIVE


def test_a_document_with_macros_by_its_kind() -> None:
    types = b'<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert refusal(archive({"[Content_Types].xml": types})).said == office_files.ACTIVE


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "c:\\x", "a/../../x"]
)
def test_a_document_with_a_path_that_leads_out(name: str) -> None:
    assert refusal(document(extra={name: b"x"})).said == office_files.STRAY_PATH


def test_a_document_that_bursts() -> None:
    bomb = document(extra={"word/media/1.xml": bytes(60 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert refusal(bomb).said == office_files.BURSTS


def test_a_document_that_states_a_smaller_size_than_it_has() -> None:
    bomb = bytearray(document(extra={"word/media/1.xml": bytes(60 * 1024 * 1024)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = bomb.rfind(mark)
        bomb[place + at : place + at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(bomb)).said in (office_files.BROKEN, office_files.BURSTS)


def test_a_bomb_within_a_document_within_a_document() -> None:
    bomb = archive({"x": bytes(60 * 1024 * 1024)})
    nested = document(extra={"word/embeddings/1.docx": document(extra={"x.bin": bomb})})
    assert refusal(nested).said == office_files.BURSTS


def test_archives_too_many_deep() -> None:
    inner = b"x"
    for _ in range(3):
        inner = archive({"x": inner})
    assert refusal(document(extra={"x": inner})).said == office_files.NESTED
    assert judge(document(extra={"x.xlsx": document(SHEET)})).media_type == WORD


def test_a_document_of_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "MOST_MEMBERS", 5)
    assert refusal(document(extra={str(n): b"" for n in range(9)})).said == office_files.BURSTS


def test_a_broken_or_locked_document() -> None:
    whole = document()
    assert refusal(whole[:-30]).said == office_files.BROKEN
    locked = bytearray(whole)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := locked.find(mark, place + 1)) >= 0:
            locked[place + at] |= 1
    assert refusal(bytes(locked)).said == office_files.BROKEN
    assert zipfile.is_zipfile(io.BytesIO(whole))


def test_text_that_is_none() -> None:
    assert decoded(b"a\x00b") is None
    assert decoded(b"\x81\x8d") is None
