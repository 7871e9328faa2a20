"""How are a template and its data set as a tagged, archivable PDF, without files or network?"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from samsyn.documents.glyphs import FONTS, writable
from samsyn.kernel.text import Language, Text

STANDARDS: list[Any] = ["ua-1", "a-2a"]
"""Universal accessibility (ISO 14289-1) and archiving, level A (ISO 19005-2)."""

_BASE = Path(__file__).parent / "base.typ"
_NO_GLYPH = "could not be displayed"


class DocumentFault(Exception):
    """A template cannot be set; a fault of the template, never of what somebody wrote."""


def render(
    template: Path,
    data: Mapping[str, Any],
    *,
    title: Text,
    at: datetime,
    language: Language = "sv",
    author: str = "",
    marking: str = "",
) -> bytes:
    """A document as PDF/UA-1 and PDF/A-2a.

    Args:
        template: a ``.typ`` file; the styles of ``base.typ`` stand before it.
        data: what it says; see the package for what values become.
        title: of the document, also as its heading ``meta.title``; without secret content, for it
            shows in lists and windows.
        at: when it was made; the same moment and data give the same bytes.
        language: of the document.
        author: the agency that made it.
        marking: a secrecy marking that is to stand on each page; empty for none.

    Raises:
        DocumentFault: if the template is wrong.
    """
    said = {"title": title, "language": language, "author": author, "marking": marking}
    source = _BASE.read_bytes() + b"\n" + template.read_bytes()
    try:
        return _set(source, _inputs(said, data, language, strict=False), at)
    except typst.TypstError as fault:
        if _NO_GLYPH not in f"{fault.message} {fault.diagnostic}":
            raise DocumentFault(f"{template.name}: {fault.message}") from fault
    # Each sign has a glyph, but not all of a cluster in one font.
    return _set(source, _inputs(said, data, language, strict=True), at)


def _inputs(
    said: Mapping[str, Any], data: Mapping[str, Any], language: Language, *, strict: bool
) -> dict[str, str]:
    def plain(value: Any) -> str:
        return json.dumps(_value(value, language, strict), ensure_ascii=False)

    return {"meta": plain(said), "data": plain(data)}


def _set(source: bytes, inputs: dict[str, str], at: datetime) -> bytes:
    # An empty folder is all of the file system that a template can see, packages included.
    with tempfile.TemporaryDirectory(prefix="samsyn-document-") as empty:
        compiler = typst.Compiler(
            source,
            root=empty,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            package_path=empty,
            package_cache_path=empty,
        )
        made = compiler.compile(
            format="pdf", pdf_standards=STANDARDS, timestamp=int(at.timestamp())
        )
    if not isinstance(made, bytes):
        raise DocumentFault("the document came in pieces")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _value(value: Any, language: Language, strict: bool) -> Any:
    """A value as JSON has it, every text in signs that can be written."""
    if isinstance(value, Text):
        value = value.into(language)
    if isinstance(value, msgspec.Struct):
        value = {name: getattr(value, name) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(name): _value(item, language, strict) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item, language, strict) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    return writable(str(value), strict=strict)
