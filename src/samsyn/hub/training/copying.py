"""How do rows become text that PostgreSQL's COPY reads?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

from samsyn.hub.training.journal import Act, Number, Place
from samsyn.hub.training.rows import Row
from samsyn.kernel.search_words import index_tokens

_NO_PART, _NO_DIGITS = re.compile(r"[^a-z0-9]+"), re.compile(r"[^0-9]+")
_PLAIN: Final = str.maketrans("åäö", "aao")
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Json(str):
    """A JSON text, made once for many rows."""

    __slots__ = ()


class Proof:
    """The proof of a locking, as ``disclosures_lock`` writes it, once its act has its number."""

    __slots__ = ("act", "texts")

    def __init__(self, act: Act, texts: dict[str, str]) -> None:
        self.act, self.texts = act, texts

    def __str__(self) -> str:
        facts = [
            {"id": row, "sha256": sha256(text.encode()).hexdigest()}
            for row, text in sorted(self.texts.items())
        ]
        return _json({"entry": self.act.entry, "facts": facts, "files": []})


class Words:
    """What search finds a row by: the words of some texts, worked out when it is written.

    Attributes:
        texts: the texts.
        numbers: register numbers that the database itself has put to them.
    """

    __slots__ = ("_done", "numbers", "texts")

    def __init__(self, *texts: str | Number, numbers: tuple[Number, ...] = ()) -> None:
        self.texts, self.numbers = texts, numbers
        self._done = ""

    def __str__(self) -> str:
        if not self._done:
            tokens = _tokens(" \n ".join(text for text in map(str, self.texts) if text))
            for number in self.numbers:
                tokens |= _number_tokens(str(number))
            self._done = " ".join([f"'{token}'" for token in sorted(tokens)])
        return self._done


def _tokens(text: str) -> set[str]:
    """The tokens of a text, as :mod:`samsyn.hub.registry.searching` has them: a-z and 0-9 only."""
    tokens = set(index_tokens(text))
    return tokens | {bare for each in tokens if each.isdigit() and (bare := each.lstrip("0"))}


def _number_tokens(number: str) -> set[str]:
    """The tokens of a register number, as ``registry_number_words`` in the database has them."""
    parts = set(_NO_PART.split(number.lower().translate(_PLAIN))) - {""}
    return parts | {bare for each in _NO_DIGITS.split(number) if (bare := each.lstrip("0"))}


def line_of(kind: type[Row]) -> Callable[[Row], str]:
    """Makes a line of COPY's text format of each row of a kind."""
    cells = attrgetter(*columns(kind))
    text_of = _TEXT_OF
    return lambda row: "\t".join([text_of[type(cell)](cell) for cell in cells(row)]) + "\n"


def columns(kind: type[Row]) -> tuple[str, ...]:
    """The columns of a kind of row, in the order of its lines."""
    return tuple(each.name for each in fields(kind))  # type: ignore[arg-type]


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if "\\" in text or "\n" in text or "\t" in text else text


@lru_cache(maxsize=4_000)
def _day(day: date) -> str:
    return day.isoformat()


def _array(items: list[str]) -> str:
    if not items:
        return "{}"
    quoted = ('"' + item.replace("\\", r"\\").replace('"', r"\"") + '"' for item in items)
    return _escaped("{" + ",".join(quoted) + "}")


def _json(value: dict[str, Any]) -> str:
    return _escaped(json.dumps(value, ensure_ascii=False)) if value else "{}"


_TEXT_OF: Final[dict[type, Callable[[Any], str]]] = {
    str: _escaped,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: r"\N",
    date: _day,
    datetime: datetime.isoformat,
    list: _array,
    dict: _json,
    Json: _escaped,
    Words: str,
    Proof: str,
    Act: str,
    Number: str,
    Place: str,
}
