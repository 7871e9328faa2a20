"""What is wrong with a value that was sent, and what to send instead, in the reader's language?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samsyn.hub.guard.language import said
from samsyn.kernel.text import Text

REMEDIES: Mapping[str, Text] = {
    "missing": Text(sv="saknas; skicka med det", en="is missing; send it along"),
    "extra_forbidden": Text(sv="finns inte; ta bort det", en="does not exist; leave it out"),
    "string_type": Text(sv="ska vara text", en="must be text"),
    "string_unicode": Text(sv="ska vara text i UTF-8", en="must be text in UTF-8"),
    "string_too_long": Text(
        sv="är för långt; högst {max_length} tecken", en="is too long; at most {max_length} letters"
    ),
    "string_too_short": Text(
        sv="är för kort; minst {min_length} tecken",
        en="is too short; at least {min_length} letters",
    ),
    "string_pattern_mismatch": Text(
        sv="har fel form; ange det som {pattern}", en="has another form; give it as {pattern}"
    ),
    "too_long": Text(
        sv="har för många delar; högst {max_length}", en="has too many parts; at most {max_length}"
    ),
    "too_short": Text(
        sv="har för få delar; minst {min_length}", en="has too few parts; at least {min_length}"
    ),
    "greater_than_equal": Text(sv="ska vara minst {ge}", en="must be at least {ge}"),
    "less_than_equal": Text(sv="ska vara högst {le}", en="must be at most {le}"),
    "literal_error": Text(sv="ska vara något av {expected}", en="must be one of {expected}"),
    "list_type": Text(sv="ska vara en lista", en="must be a list"),
    "dict_type": Text(sv="ska vara ett objekt", en="must be an object"),
    "model_type": Text(sv="ska vara ett objekt", en="must be an object"),
    "model_attributes_type": Text(sv="ska vara ett objekt", en="must be an object"),
}
FAMILIES: Mapping[str, Text] = {
    "uuid": Text(sv="ska vara ett id (UUID)", en="must be an id (UUID)"),
    "date": Text(sv="ska vara en dag som 2026-03-01", en="must be a day such as 2026-03-01"),
    "int": Text(sv="ska vara ett heltal", en="must be a whole number"),
    "bool": Text(sv="ska vara true eller false", en="must be true or false"),
}
OTHERWISE = Text(
    sv="kan inte användas; se beskrivningen av anropet",
    en="cannot be used; see the description of the call",
)
CONTROL = Text(sv="innehåller ett tecken som inte är text", en="holds a sign that is not text")
TOO_FAR = Text(sv="ska vara en dag mellan 1900 och 2199", en="must be a day between 1900 and 2199")


class Unusable(ValueError):
    """A value of the right form that cannot be used.

    Attributes:
        said: why, as it follows on the field's name.
    """

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.en)


def said_of_fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """A fault that was found while reading a call, with its field and remedy."""
    field = ".".join(str(part) for part in fault.get("loc", ())[1:] if part != "payload")
    name = field or said(Text(sv="anropet", en="the call"))
    return {"field": field or "body", "detail": f"{name} {_remedy(fault)}."}


def _remedy(fault: Mapping[str, Any]) -> str:
    context = fault.get("ctx") or {}
    if isinstance(error := context.get("error"), Unusable):
        return said(error.said)
    kind = str(fault.get("type", ""))
    remedy = REMEDIES.get(kind) or FAMILIES.get(kind.partition("_")[0]) or OTHERWISE
    try:
        return said(remedy).format(**context)
    except KeyError:
        return said(OTHERWISE)
