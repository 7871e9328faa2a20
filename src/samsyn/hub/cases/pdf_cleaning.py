"""How does a PDF become one that does nothing, carries nothing along and names nobody?

Every object is visited, whether or not a page uses it. Scripts, actions, forms' logic, attached
files, media, metadata and the remarks of cameras go; the file is written anew, so that earlier
versions kept in it go too. What a page shows, and text that lies hidden under it, stays: this is
cleaning, not masking. Runs in the process that handles foreign files; pure but for that.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from samsyn.hub.cases.embedded_pictures import (
    UnreadablePicture,
    without_jp2_remarks,
    without_jpeg_remarks,
)

_DROPPED = (
    "/AA", "/AF", "/Collection", "/EF", "/EmbeddedFiles", "/JavaScript", "/JS", "/LastModified",
    "/Launch", "/Metadata", "/Movie", "/Next", "/OpenAction", "/PieceInfo", "/Renditions",
    "/RichMedia", "/RichMediaContent", "/SpiderInfo", "/Sound", "/URI", "/URLS", "/XFA",
)  # fmt: skip
"""Keys that mean something active or a remark wherever they stand."""

_ACTIONS = frozenset(
    {
        "/GoTo", "/GoToDp", "/GoTo3DView", "/GoToE", "/GoToR", "/Hide", "/ImportData",
        "/JavaScript", "/Launch", "/Movie", "/Named", "/Rendition", "/ResetForm",
        "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans", "/URI",
    }
)  # fmt: skip
_MEDIA_NOTES = frozenset(
    {"/3D", "/FileAttachment", "/Movie", "/Popup", "/RichMedia", "/Screen", "/Sound", "/TrapNet"}
)
_NAMED_BY_PEOPLE = ("/T", "/CreationDate", "/M", "/NM", "/RC", "/Popup")
"""Of a note on a page: who wrote it and when."""


def cleaned_pdf(data: bytes) -> bytes:
    """The same pages in a PDF without anything active.

    Raises:
        pikepdf.PdfError: if it cannot be read, or asks for a password.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        # What fields and notes show becomes part of the page, so that nothing seen is lost.
        for page in pdf.pages:
            _drop_media(page.obj)
        pdf.flatten_annotations("screen")
        for key in ("/Names", "/OpenAction", "/Outlines", "/AcroForm", "/Perms", "/DSS"):
            if key in pdf.Root:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for page in pdf.pages:
            _clean_notes(page.obj)
        for item in pdf.objects:
            for part in _parts(item):
                _clean(part)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                _clean_picture(item)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(
            out,
            encryption=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _drop_media(page: pikepdf.Object) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    page.Annots = pikepdf.Array(
        note
        for note in notes
        if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) not in _MEDIA_NOTES
    )


def _clean_notes(page: pikepdf.Object) -> None:
    """Keep of the notes on a page what is seen, without links, fields and names."""
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = pikepdf.Array()
    for note in notes:
        for key in (*_NAMED_BY_PEOPLE, "/A", "/Dest", "/MK", "/FS"):
            if key in note:
                del note[key]
        kept.append(note)
    page.Annots = kept


def _parts(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """An object and every dictionary that stands directly in it."""
    waiting, left = [item], 1_000_000
    while waiting and left:
        left -= 1
        part = waiting.pop()
        if isinstance(part, pikepdf.Array):
            waiting += [inner for inner in part if _direct(inner)]
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            waiting += [inner for inner in part.values() if _direct(inner)]


def _direct(item: object) -> bool:
    # What is not direct is visited in its own turn.
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect


def _clean(part: pikepdf.Object) -> None:
    for key in list(part.keys()):
        value = part[key]
        if key in _DROPPED or _is_action(value):
            del part[key]
    if isinstance(part, pikepdf.Dictionary) and _is_action(part):
        # Somebody else may still point here: leave an action that does nothing.
        for key in list(part.keys()):
            del part[key]


def _is_action(value: object) -> bool:
    if not isinstance(value, pikepdf.Dictionary):
        return False
    if str(value.get("/Type", "")) == "/Action":
        return True
    return str(value.get("/S", "")) in _ACTIONS and "/O" not in value


def _clean_picture(stream: pikepdf.Stream) -> None:
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    clean = {"/DCTDecode": without_jpeg_remarks, "/JPXDecode": without_jp2_remarks}.get(names[-1])
    if clean is None:
        return
    packed_twice = len(names) > 1
    try:
        # Packed once more, it is unpacked as far as the picture itself.
        level = pikepdf.StreamDecodeLevel.generalized
        raw = stream.read_bytes(level) if packed_twice else stream.read_raw_bytes()
        picture = clean(raw)
    except (UnreadablePicture, pikepdf.PdfError):
        # Better a hole in the page than a place on a map.
        picture = b""
    parameters = stream.get("/DecodeParms")
    kept = parameters if isinstance(parameters, pikepdf.Dictionary) and not packed_twice else None
    stream.write(picture, filter=pikepdf.Name(names[-1]), decode_parms=kept)
