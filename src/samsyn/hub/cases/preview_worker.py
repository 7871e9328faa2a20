"""How does a foreign picture or PDF become pictures that do nothing? In a process of its own.

Started by :mod:`samsyn.hub.cases.previews` for one file, confined before it reads it, and gone
afterwards. Input: a line of JSON with kind and limits, then the file. Output: a line of JSON with
the lengths of what follows, then the pages, then the cleaned PDF. It has no secrets, no settings,
no database; whoever takes it over has one file, which they brought themselves.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageCms, ImageOps, ImageSequence

from samsyn.hub.cases.confinement import confine
from samsyn.hub.cases.pdf_cleaning import cleaned_pdf

PAGE_TYPE = "image/webp"
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}
_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 130
_QUALITY, _EFFORT = 80, 2


class Unshowable(Exception):
    """No copy can be made; the message is a code that the parent puts into words."""


def main() -> None:
    """Confine, read, make the copy, write it."""
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as out:
        job = json.loads(source.readline())
        warm_up(job)
        standing = confine(memory=job["memory"], seconds=job["seconds"], output=job["output"])
        data = source.read()
        notes: list[str] = []
        pages: list[bytes] = []
        cleaned, error = b"", ""
        try:
            if job["kind"] == "application/pdf":
                pages = [encoded(page) for page in pdf_pages(data, job, notes)]
                cleaned = _cleaned(data, notes)
            else:
                frames = picture_pages(data, _FORMATS[job["kind"]], job, notes)
                pages = [encoded(page) for page in frames]
        except Unshowable as no:
            error = str(no)
        except MemoryError:
            error = "too_heavy"
        except Exception as fault:  # whatever a broken file does to a decoder ends here
            error = "broken" if not isinstance(fault, Image.DecompressionBombError) else "pixels"
        head = {"pages": [len(page) for page in pages], "cleaned": len(cleaned), "notes": notes,
                "error": error, "standing": standing}  # fmt: skip
        _write(out, head, [*pages, cleaned] if not error else [])


def warm_up(limits: dict[str, Any]) -> None:
    """Do everything once with files of our own: once confined, no module can be loaded any more."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in _FORMATS.values():
        out = io.BytesIO()
        Image.new("RGB", (1, 1)).save(out, form, icc_profile=profile)
        for page in picture_pages(out.getvalue(), form, limits, []):
            encoded(page)
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(9, 9))
        pdf.save(out)
    for page in pdf_pages(cleaned_pdf(out.getvalue()), limits, []):
        encoded(page)


def picture_pages(
    data: bytes, form: str, limits: dict[str, Any], notes: list[str]
) -> Iterator[Image.Image]:
    """The pictures in a file, turned the right way up, in plain colours, without anything else."""
    # The limit is checked on the size a file states, before any of it is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(data), formats=[form]) as picture:
        if getattr(picture, "n_frames", 1) > 1 and form != "TIFF":
            notes.append("first_frame")
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number and form != "TIFF":
                return
            if number >= limits["pages"]:
                notes.append("more_pages")
                return
            if frame.width * frame.height > limits["pixels"]:
                raise Unshowable("pixels")
            if form == "JPEG":
                frame.draft("RGB", (limits["side"], limits["side"]))
            yield _plain(ImageOps.exif_transpose(frame), limits["side"])


def pdf_pages(data: bytes, limits: dict[str, Any], notes: list[str]) -> Iterator[Image.Image]:
    """The pages of a PDF as pictures."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Unshowable("password" if locked else "broken") from None
    if not len(document):
        raise Unshowable("broken")
    # Filled-in fields are drawn; this pdfium has no JavaScript to run.
    if document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE:
        document.init_forms()
    if len(document) > limits["pages"]:
        notes.append("more_pages")
    for number in range(min(len(document), limits["pages"])):
        page = document[number]
        longest = max(page.get_size())
        scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, limits["side"] / max(longest, 1))
        image = page.render(scale=scale, rev_byteorder=True).to_pil()
        yield _plain(image, limits["side"])
        page.close()


def encoded(picture: Image.Image) -> bytes:
    """A picture as it is shown: made from pixels alone."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=_EFFORT, exif=b"", xmp=b"", icc_profile=None)
    return out.getvalue()


def _plain(picture: Image.Image, side: int) -> Image.Image:
    """Pixels in sRGB on white, no larger than a side, with nothing attached."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        picture = _in_srgb(picture, profile)
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits a pixel: shown by its upper eight.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        picture = Image.new("RGB", over.size, "white")
        picture.paste(over, mask=over.getchannel("A"))
    picture = picture.convert("RGB")
    picture.thumbnail((side, side))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return made or picture


def _cleaned(data: bytes, notes: list[str]) -> bytes:
    try:
        return cleaned_pdf(data)
    except (pikepdf.PdfError, ValueError, RecursionError):
        notes.append("not_cleaned")
        return b""


def _write(out: BinaryIO, head: dict[str, Any], parts: list[bytes]) -> None:
    out.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        out.write(part)


if __name__ == "__main__":
    main()
