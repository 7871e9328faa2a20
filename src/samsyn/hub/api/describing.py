"""How is the interface shown to people? Read from its description, so that both say the same."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from samsyn.hub.api.v1 import description
from samsyn.kernel.text import Text

GROUPS = {
    "cases": Text(sv="Ärenden", en="Cases"),
    "facts": Text(sv="Uppgifter", en="Facts"),
    "questions": Text(sv="Frågor", en="Questions"),
    "disclosures": Text(sv="Utlämnanden", en="Disclosures"),
    "law": Text(sv="Lagen", en="The law"),
    "import": Text(sv="Import", en="Import"),
    "organisation": Text(sv="Organisation", en="Organisation"),
    "log": Text(sv="Loggen", en="The log"),
}


class Part(msgspec.Struct, frozen=True):
    """A field of a call: sent in its address or body."""

    name: str
    kind: str
    required: bool
    about: str


class Call(msgspec.Struct, frozen=True):
    """One call.

    Attributes:
        answers: status codes that it may give, as text.
    """

    method: str
    path: str
    summary: str
    about: str
    parts: list[Part]
    answers: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.method}-{self.path}".translate(str.maketrans("/{}", "---")).lower()


class Group(msgspec.Struct, frozen=True):
    """Calls about one thing."""

    code: str
    name: Text
    calls: list[Call]


@cache
def groups() -> list[Group]:
    """Every call, by what it is about."""
    found: dict[str, list[Call]] = {code: [] for code in GROUPS}
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(_call(method, path, operation))
    return [Group(code, GROUPS[code], calls) for code, calls in found.items() if calls]


def _call(method: str, path: str, operation: dict[str, Any]) -> Call:
    parts = [
        _part(one["name"], one["schema"], one.get("required", False))
        for one in operation["parameters"]
        if one["in"] in ("path", "query")
    ]
    body = operation.get("requestBody", {}).get("content", {})
    for content in body.values():
        parts += _body(content["schema"])
    return Call(
        method.upper(),
        path,
        operation["summary"],
        " ".join(operation.get("description", "").split()),
        parts,
        ", ".join(str(status) for status in operation["responses"]),
    )


def _body(schema: dict[str, Any]) -> list[Part]:
    schema = _resolved(schema)
    required = schema.get("required", [])
    return [
        _part(name, field, name in required) for name, field in schema.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: dict[str, Any] = description()["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _part(name: str, schema: dict[str, Any], required: bool) -> Part:
    choices = [one for one in (schema, *schema.get("anyOf", ())) if one.get("type") != "null"]
    kinds = [str(one.get("format") or one.get("type") or "") for one in choices]
    named = [kind for kind in kinds if kind] or ["object"]
    values: list[Any] = next((one["enum"] for one in choices if "enum" in one), [])
    about = schema.get("description", "")
    if values:
        about = f"{about} {', '.join(repr(value) for value in values)}".strip()
    return Part(name, named[0], required, about)
