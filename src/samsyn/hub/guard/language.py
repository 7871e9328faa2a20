"""In which of the two languages does the reader read, and how is a sentence said in it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.functional import lazy
from django.utils.translation import get_language

from samsyn.kernel.text import Language, Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def reading() -> Language:
    """The reader's language: English where it is chosen, otherwise Swedish."""
    chosen = get_language() or "sv"
    return "en" if chosen.split("-")[0].lower() == "en" else "sv"


def said(text: Text) -> str:
    """The sentence in the reader's language."""
    return text.into(reading())


def _pick(sv: str, en: str) -> str:
    return en if reading() == "en" else sv


_pick_later = lazy(_pick, str)


def say(sv: str, en: str) -> _StrPromise:
    """A sentence that is chosen when it is shown, for labels made before the reader is known."""
    return cast("_StrPromise", _pick_later(sv, en))
