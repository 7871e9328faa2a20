"""Is what is shown of a file pixels or characters, and nothing else? Abuse case 31."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.template import Context, Engine
from PIL import Image

from samsyn.hub.cases.previews import Limits, Preview, preview
from samsyn.hub.guard.refusals import Refused
from tests.hub.cases.sample_files import (
    HTML,
    MARK,
    WORD,
    active_pdf,
    document,
    drawn,
    pdf,
    photograph,
    picture,
    saved,
    stated_png,
)

ACTIVE_WORDS = (
    b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/Launch", b"/URI", b"/EmbeddedFile",
    b"/Filespec", b"/AcroForm", b"/XFA", b"/Metadata", b"/PieceInfo", b"/Author", b"/SubmitForm",
)  # fmt: skip


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        preview(data, limits=limits)
    assert caught.value.next_step is not None
    return caught.value.said.sv


def pages(shown: Preview) -> Iterator[Image.Image]:
    for page in shown.pages:
        with Image.open(io.BytesIO(page), formats=["WEBP"]) as image:
            image.load()
            yield image


def warned(shown: Preview) -> str:
    return " ".join(text.sv for text in shown.warnings)


def is_red(image: Image.Image, at: tuple[int, int]) -> bool:
    red, green, blue = image.convert("RGB").getpixel(at)  # type: ignore[misc]
    return bool(red > 200 and green < 60 and blue < 60)


@pytest.fixture(scope="module")
def active() -> Preview:
    return preview(active_pdf(), "x.pdf")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_picture_is_made_anew(form: str) -> None:
    shown = preview(picture(form))
    (image,) = pages(shown)
    assert image.size == (64, 48)
    assert is_red(image, (8, 24))
    assert not is_red(image, (56, 24))
    assert shown.page_type == "image/webp"
    assert "limits" in shown.fences


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "TIFF"])
def test_nothing_a_camera_wrote_is_in_the_copy(form: str) -> None:
    original = photograph(form)
    assert MARK.encode() in original
    shown = preview(original)
    (image,) = pages(shown)
    assert MARK.encode() not in shown.pages[0]
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    chunks = {shown.pages[0][at : at + 4] for at in (12,)}
    assert chunks <= {b"VP8 ", b"VP8L"}, "only a picture, no container of other parts"


def test_a_picture_is_turned_as_its_camera_was_held() -> None:
    (image,) = pages(preview(photograph(orientation=6)))
    assert image.size == (48, 64)
    assert is_red(image, (24, 8))


def test_transparency_is_shown_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(out, "PNG")
    (image,) = pages(preview(out.getvalue()))
    assert image.convert("RGB").getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_every_way_to_write_pixels(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (9, 9), 1).save(out, "TIFF" if mode == "CMYK" else "PNG")
    assert len(preview(out.getvalue()).pages) == 1


def test_a_large_picture_is_made_smaller() -> None:
    (image,) = pages(preview(picture("JPEG", (4000, 1000))))
    assert image.size == (1800, 450)


def test_the_pages_of_a_tiff_up_to_the_limit() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    assert len(preview(out.getvalue()).pages) == 3
    shown = preview(out.getvalue(), limits=Limits(pages=2))
    assert len(shown.pages) == 2
    assert "de första 2 sidorna" in warned(shown)


def test_only_the_first_frame_of_a_moving_picture() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    shown = preview(out.getvalue())
    assert len(shown.pages) == 1
    assert "rörlig" in warned(shown)


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (20_000, 7_000)])
def test_a_picture_that_states_to_be_enormous(size: tuple[int, int]) -> None:
    assert "120 miljoner bildpunkter" in refusal(stated_png(*size))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_broken_picture(form: str) -> None:
    whole = picture(form)
    assert "trasig" in refusal(whole[: len(whole) // 2])


def test_a_pdf_is_drawn_page_by_page() -> None:
    shown = preview(pdf(pages=3))
    images = list(pages(shown))
    assert len(images) == 3
    assert all(is_red(image, (10, 10)) for image in images)
    assert not is_red(images[0], (images[0].width - 10, 10))
    shown = preview(pdf(pages=3), limits=Limits(pages=2))
    assert len(shown.pages) == 2
    assert "de första 2 sidorna" in warned(shown)


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 3), (3, 3)])
def test_a_page_of_any_size_is_drawn_small(size: tuple[float, float]) -> None:
    (image,) = pages(preview(pdf(size=size)))
    assert max(image.size) <= 1800


def test_a_pdf_with_scripts_is_drawn_and_does_nothing(active: Preview) -> None:
    (image,) = pages(active)
    assert is_red(image, (10, 10))
    assert MARK.encode() not in active.pages[0]


def test_the_cleaned_pdf_has_nothing_active_and_names_nobody(active: Preview) -> None:
    assert active.cleaned is not None
    with pikepdf.open(io.BytesIO(active.cleaned)) as made:
        out = io.BytesIO()
        made.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        assert not made.attachments
        assert [str(note.Subtype) for note in made.pages[0].get("/Annots", [])] == ["/Link"]
        assert len(made.pages) == 1
    plain = out.getvalue()
    for original in (active_pdf(),):
        assert MARK.encode() in original
        assert all(word in original for word in ACTIVE_WORDS[:5])
    assert [word for word in ACTIVE_WORDS if word in plain] == []
    assert MARK.encode() not in plain
    assert MARK.encode("utf-16-be") not in plain
    assert b"Exif" not in plain
    assert "inte maskad" in warned(active)


def test_the_cleaned_pdf_looks_the_same(active: Preview) -> None:
    def seen(data: bytes) -> bytes:
        return bytes(pypdfium2.PdfDocument(data)[0].render().to_pil().tobytes())

    assert active.cleaned is not None
    assert seen(active.cleaned) == seen(active_pdf())


def test_what_is_filled_into_a_form_stays_seen() -> None:
    made, name = drawn(), pikepdf.Name
    box = pikepdf.Array([0, 0, 40, 40])
    look = made.make_stream(b"0 0 1 rg 0 0 40 40 re f", Subtype=name.Form, BBox=box)
    parts: dict[str, Any] = {
        "Type": name.Annot,
        "Subtype": name.Widget,
        "FT": name.Tx,
        "T": "f",
        "V": "x",
        "F": 4,
    }
    place = pikepdf.Array([150, 50, 190, 90])
    field = made.make_indirect(
        pikepdf.Dictionary(**parts, Rect=place, AP=pikepdf.Dictionary(N=look))
    )
    made.pages[0].Annots = pikepdf.Array([field])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    shown = preview(saved(made))
    (image,) = pages(shown)
    scale = image.width / 200
    assert image.convert("RGB").getpixel((int(170 * scale), int(30 * scale)))[2] > 180  # type: ignore[index]
    assert shown.cleaned is not None
    again = pypdfium2.PdfDocument(shown.cleaned)[0].render().to_pil()
    assert again.convert("RGB").getpixel((170, 30)) == (0, 0, 255)


def test_earlier_versions_kept_in_a_pdf_are_gone() -> None:
    first = pdf()
    hidden = b"9 0 obj\n(" + MARK.encode() + b")\nendobj\n"
    shown = preview(first + hidden)
    assert shown.cleaned is not None
    assert MARK.encode() not in shown.cleaned


def test_a_locked_pdf() -> None:
    locked = saved(drawn(), encryption=pikepdf.Encryption(user="a", owner="b"))
    assert "lösenord" in refusal(locked)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + os.urandom(5000), pdf()[:200]])
def test_a_broken_pdf(data: bytes) -> None:
    assert "trasig" in refusal(data)


def test_a_process_that_takes_too_much_memory_is_refused() -> None:
    large = picture("PNG", (6000, 6000))
    assert "för mycket minne eller tid" in refusal(large, Limits(memory=200 * 1024**2))


def test_a_process_that_takes_too_long_is_ended() -> None:
    heavy = drawn()
    lines = b"0 0 m 200 100 l 0 100 l 200 0 l h f* " * 400_000
    heavy.pages[0].Contents = heavy.make_stream(lines)
    assert "för mycket minne eller tid" in refusal(saved(heavy), Limits(seconds=1))


def test_a_process_that_says_too_much_is_ended() -> None:
    noise = io.BytesIO()
    Image.effect_noise((500, 500), 90).save(noise, "PNG")
    assert "för mycket minne eller tid" in refusal(noise.getvalue(), Limits(output=2000))


def test_text_is_characters_that_a_page_escapes() -> None:
    shown = preview(b"a line\r\nthen <b onclick=x>&amp;</b>")
    assert shown.text == "a line\nthen <b onclick=x>&amp;</b>"
    assert shown.pages == ()
    page = Engine().from_string("<pre>{{ text }}</pre>").render(Context({"text": shown.text}))
    assert page == "<pre>a line\nthen &lt;b onclick=x&gt;&amp;amp;&lt;/b&gt;</pre>"


def test_text_that_reads_otherwise_than_it_is_written() -> None:
    shown = preview("betala till \u202etnok\u202c\u200b nu".encode())
    assert shown.text == "betala till [U+202E]tnok[U+202C][U+200B] nu"
    assert "osynliga tecken" in warned(shown)


def test_a_long_text_is_cut() -> None:
    shown = preview(b"a" * 30, limits=Limits(characters=20))
    assert shown.text == "a" * 20
    assert "de första 20 tecknen" in warned(shown)


def test_a_document_is_kept_and_not_shown() -> None:
    shown = preview(document(), "a.docx")
    assert shown.media_type == WORD
    assert (shown.pages, shown.text, shown.cleaned) == ((), "", None)
    assert "förvaras som det kom" in warned(shown)


def test_a_page_under_the_name_of_a_picture_is_refused() -> None:
    assert "webbsida" in refusal(HTML)


def test_the_process_that_opens_files_has_no_secrets_and_no_way_out() -> None:
    """Run in the same confinement: what somebody who takes it over could still do."""
    attempt = (
        "import json, os, socket, sys\n"
        "from samsyn.hub.cases.confinement import confine\n"
        "standing = confine(memory=2**31, seconds=10, output=2**20)\n"
        "def tried(what):\n"
        "    try:\n"
        "        what()\n"
        "        return True\n"
        "    except OSError:\n"
        "        return False\n"
        "done = {\n"
        "    'read': tried(lambda: open('/etc/passwd').read()),\n"
        "    'write': tried(lambda: open('/tmp/samsyn-escape', 'w')),\n"
        "    'list': tried(lambda: os.listdir('/')),\n"
        "    'send': tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
        ".connect(('192.0.2.1', 9))),\n"
        "}\n"
        "sys.stdout.write(json.dumps([standing, done, sorted(os.environ)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", attempt], env={}, capture_output=True, check=True
    )
    standing, did, environment = json.loads(done.stdout)
    assert "limits" in standing
    if "files" in standing:
        assert did == {**did, "read": False, "write": False, "list": False}
    if "network" in standing:
        assert not did["send"]
    assert not [name for name in environment if name.startswith(("SAMSYN", "DATABASE"))]
    assert set(preview(picture()).fences) == set(standing)
