"""How is what a camera wrote about place, time and owner taken out of a picture inside a PDF?

The pixels stay as they are: only the parts of JPEG and JPEG 2000 that hold remarks are left out.
Pure: octets in, octets out.
"""

from __future__ import annotations

_KEPT_APPLICATION_PARTS = frozenset({0xE0, 0xEE})
"""JFIF and Adobe, without which colours go wrong."""
_COMMENT = 0xFE
_SCAN = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JP2_START = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_JP2_REMARKS = frozenset({b"uuid", b"xml ", b"uinf"})


class UnreadablePicture(ValueError):
    """The parts of a picture cannot be told apart, so nothing can be left out of it."""


def without_jpeg_remarks(data: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, profiles and comments.

    Raises:
        UnreadablePicture: if it is not built as a JPEG.
    """
    if not data.startswith(b"\xff\xd8"):
        raise UnreadablePicture("no JPEG")
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(data) or data[at] != 0xFF:
            raise UnreadablePicture("a part begins without its mark")
        kind = data[at + 1]
        if kind in _ALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data):
            raise UnreadablePicture("a part is longer than the picture")
        if kind == _SCAN:
            return b"".join([*kept, _picture_data(data, at)])
        application = 0xE0 <= kind <= 0xEF and kind not in _KEPT_APPLICATION_PARTS
        if not application and kind != _COMMENT:
            kept.append(data[at:end])
        at = end


def without_jp2_remarks(data: bytes) -> bytes:
    """A JPEG 2000 file without its XML and private boxes; a bare codestream stays as it is.

    Raises:
        UnreadablePicture: if it is not built of boxes.
    """
    if not data.startswith(_JP2_START):
        return data
    kept, at = [], 0
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + length if length else len(data)
        if end < at + 8 or end > len(data):
            raise UnreadablePicture("a box is longer than the picture")
        if kind not in _JP2_REMARKS:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _picture_data(data: bytes, at: int) -> bytes:
    """From the first scan to the end of the picture; what hangs behind it is left out."""
    end = data.rfind(b"\xff\xd9")
    return data[at : end + 2] if end > at else data[at:]
