"""What does a PDF say, page by page, and how is it tagged?"""

from __future__ import annotations

import gc
import io
import re
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
        gc.collect()


def one_line(pdf: bytes) -> str:
    """All its text, however it was broken into lines."""
    return re.sub(r"\s+", " ", " ".join(pages(pdf)))


def tags(node: Any) -> list[str]:
    """The structure tags below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [tag for child in node for tag in tags(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags(node["/K"]) if "/K" in node else [])


def told(pdf: bytes) -> dict[str, Any]:
    """Title, language, standards and tags, as a reading aid and an archive see them."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as held:
        return {
            "title": held.get("dc:title"),
            "language": str(document.Root.Lang),
            "ua": held.get("pdfuaid:part"),
            "a": (held.get("pdfaid:part") or "") + (held.get("pdfaid:conformance") or ""),
            "tags": tags(document.Root.StructTreeRoot),
        }
