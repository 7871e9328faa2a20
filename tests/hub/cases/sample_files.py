"""Files made for tests: harmless ones, and such as somebody would hand in to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
MARK = "Hemlig 1"
"""What must not be left in a shown copy."""


def picture(form: str = "PNG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """A picture, red on the left and blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph(form: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture with everything that a camera writes: place, owner, XMP, profile, comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = MARK
    exif[0x8769] = {0xA430: MARK, 0x9003: "2024:07:01 12:00:00"}
    exif[0x8825] = {1: "N", 2: (59.0, 19.0, 46.0), 3: "E", 4: (18.0, 4.0, 7.0), 29: MARK}
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{MARK}</a></x:xmpmeta>'.encode()
    options: dict[str, Any] = {"exif": exif.tobytes()}
    if form in ("JPEG", "WEBP"):
        options["xmp"] = xmp
    if form == "JPEG":
        options["comment"] = MARK.encode()
        options["quality"] = 95
    return picture(form, **options)


def stated_png(width: int, height: int) -> bytes:
    """A PNG of a few octets that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def archive(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    return out.getvalue()


def document(kind: str = WORD, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A document with the parts by which it is known."""
    if kind == OPEN_TEXT:
        return archive({"mimetype": kind.encode(), "content.xml": b"<a/>", **(extra or {})})
    types = f'<Types><Override ContentType="{kind}.main+xml"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, "word/document.xml": b"<a/>", **(extra or {})})


def pdf(pages: int = 1, size: tuple[float, float] = (200, 100)) -> bytes:
    """A PDF whose pages are red on the left."""
    return saved(drawn(pages, size))


def drawn(pages: int = 1, size: tuple[float, float] = (200, 100)) -> pikepdf.Pdf:
    """The same, to be made worse."""
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=size)
        page.Contents = made.make_stream(b"1 0 0 rg 0 0 %d %d re f" % (size[0] / 2, size[1]))
    return made


def saved(made: pikepdf.Pdf, **options: object) -> bytes:
    """The octets of a PDF."""
    out = io.BytesIO()
    made.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def active_pdf() -> bytes:
    """A PDF that does everything a PDF can do, and says who made it."""
    made = drawn()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{MARK}')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=f"{MARK}.exe")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Action, S=pikepdf.Name.URI, URI=f"http://example.org/{MARK}"
    )
    made.Root.OpenAction = made.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x()", Next=launch)
    )
    made.Root.AA = pikepdf.Dictionary(WC=script)
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", made.make_indirect(script)]))
    )
    made.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array(), XFA=made.make_stream(MARK.encode())
    )
    made.attachments[f"{MARK}.exe"] = pikepdf.AttachedFileSpec(made, b"MZ" + MARK.encode())
    page = made.pages[0]
    page.AA = pikepdf.Dictionary(O=script)
    page.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=MARK))
    page.Annots = made.make_indirect(
        pikepdf.Array(
            [
                made.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=pikepdf.Array([0, 0, 50, 50]),
                        A=link,
                        # An action in a place that few programs look at.
                        PA=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=MARK),
                        T=MARK,
                    )
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FileAttachment,
                    Rect=pikepdf.Array([0, 0, 9, 9]),
                    FS=made.attachments[f"{MARK}.exe"].obj,
                ),
            ]
        )
    )
    camera = made.make_stream(photograph(), Type=pikepdf.Name.XObject,
                              Subtype=pikepdf.Name.Image, Width=64, Height=48,
                              ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
                              Filter=pikepdf.Name.DCTDecode)  # fmt: skip
    camera.Metadata = made.make_stream(MARK.encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=camera))
    page.Contents = made.make_stream(b"1 0 0 rg 0 0 100 100 re f q 64 0 0 48 120 20 cm /Im0 Do Q")
    made.docinfo["/Author"] = MARK
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [MARK]
    return saved(made, compress_streams=False)
