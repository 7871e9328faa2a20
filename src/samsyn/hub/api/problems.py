"""How is a no said to a program: as problem+json, in its reader's language, with the remedy?

Every answer that is not a yes has one shape (RFC 9457), so that a program can show it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from samsyn.hub.api.faults import said_of_fault
from samsyn.hub.api.importing.carrying_out import Faulty
from samsyn.hub.guard.language import said
from samsyn.hub.guard.refusals import Conflict, Invalid, Missing, Refused
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

MOST_FAULTS = 500
MOST_UNKNOWN = 20
LONGEST_NAME = 80
MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[int, Text] = {
    400: Text(sv="Anropet kan inte läsas", en="The call cannot be read"),
    401: Text(sv="Ingen giltig nyckel", en="No valid key"),
    403: Text(sv="Nekat", en="Refused"),
    404: Text(sv="Finns inte", en="Not there"),
    409: Text(sv="Har ändrats", en="Has changed"),
    413: Text(sv="För stort", en="Too large"),
    422: Text(sv="Ett fält kan inte användas", en="A field cannot be used"),
    429: Text(sv="För många anrop", en="Too many calls"),
}
NO_KEY = Text(
    sv="Sänd en giltig nyckel i huvudet Authorization: Bearer …; gör en på sidan ”Nycklar för "
    "program”.",
    en="Send a valid key in the header Authorization: Bearer …; make one on the page “Keys for "
    "programs”.",
)
NOT_THERE = Text(
    sv="Inget som du får se finns på den adressen.",
    en="Nothing that you may see is at that address.",
)
NOT_JSON = Text(sv="Sänd ett JSON-objekt i UTF-8.", en="Send a JSON object in UTF-8.")
TOO_LARGE = Text(
    sv="Dela upp anropet i flera mindre.", en="Divide the call into several smaller ones."
)


class TooMany(Exception):
    """The key has made more calls in this minute than it may.

    Attributes:
        seconds: after which it may call again.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(str(seconds))


class UnknownParameters(Exception):
    """The query holds parameters that the call does not have.

    A filter that is misspelt would otherwise be no filter, and what is answered another thing than
    what was asked.

    Attributes:
        unknown, known: names of those sent, and of those there are.
    """

    def __init__(self, unknown: Sequence[str], known: Sequence[str]) -> None:
        self.unknown = tuple(name[:LONGEST_NAME] for name in unknown[:MOST_UNKNOWN])
        self.known = tuple(known)
        super().__init__(", ".join(self.unknown))


def problem(
    status: int,
    detail: Text | str,
    *,
    next_step: Text | None = None,
    ground: str = "",
    field: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A no as an answer; what is empty is left out."""
    body: dict[str, Any] = {
        "type": f"/api/#{status}",
        "title": said(TITLES[status]),
        "status": status,
        "detail": detail if isinstance(detail, str) else said(detail),
    }
    extra = {
        "next_step": said(next_step) if next_step else "",
        "ground": ground,
        "field": field,
        "errors": errors or [],
    }
    body |= {name: value for name, value in extra.items() if value}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), MEDIA_TYPE, status, headers=dict(headers or {})
    )


def answer_problems(api: NinjaAPI) -> None:
    """Let an interface say each kind of no in that shape."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    # The guard undoes what was begun, and logs the attempt.
    request.guard_no = error  # type: ignore[attr-defined]
    return problem(403, error.said, next_step=error.next_step, ground=error.ground)


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    request.guard_no = error  # type: ignore[attr-defined]
    return problem(404, NOT_THERE)


def _conflict(request: HttpRequest, error: Any) -> HttpResponse:
    transaction.set_rollback(True)
    return problem(409, error.said, next_step=error.next_step)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    transaction.set_rollback(True)
    text = said(error.said)
    return problem(
        422,
        text,
        next_step=error.next_step,
        field=error.field,
        errors=[{"field": error.field, "detail": text}],
    )


def _faulty_rows(request: HttpRequest, error: Any) -> HttpResponse:
    transaction.set_rollback(True)
    faults = [
        {"field": f"{row.line}.{fault.column}", "detail": said(fault.said)}
        for row in error.plan.rows
        for fault in row.faults
    ]
    return problem(422, error.said, field=faults[0]["field"], errors=faults[:MOST_FAULTS])


def _field(request: HttpRequest, error: Any) -> HttpResponse:
    return _invalid(request, Invalid(error.field, error.said))


def _faults(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [said_of_fault(fault) for fault in error.errors[:20]]
    first = faults[0]
    return problem(422, first["detail"], field=first["field"], errors=faults)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    transaction.set_rollback(True)
    there = ", ".join(error.known)
    use = (
        Text(sv=f"Anropet har: {there}.", en=f"The call has: {there}.")
        if there
        else Text(sv="Anropet har inga parametrar.", en="The call has no parameters.")
    )
    faults = [
        {
            "field": name,
            "detail": said(
                Text(sv=f"Parametern {name} finns inte.", en=f"There is no parameter {name}.")
            ),
        }
        for name in error.unknown
    ]
    first = faults[0]
    return problem(422, first["detail"], next_step=use, field=first["field"], errors=faults)


def _unread(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(400, NOT_JSON)


def _too_large(request: HttpRequest, error: Any) -> HttpResponse:
    transaction.set_rollback(True)
    return problem(413, TOO_LARGE)


def _no_key(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, NO_KEY, headers={"WWW-Authenticate": 'Bearer realm="samsyn"'})


def _too_many(request: HttpRequest, error: Any) -> HttpResponse:
    wait = Text(
        sv=f"Vänta {error.seconds} sekunder; nyckeln har anropat för ofta den här minuten.",
        en=f"Wait {error.seconds} seconds; the key has called too often this minute.",
    )
    return problem(429, wait, headers={"Retry-After": str(error.seconds)})


HANDLERS: dict[Any, Any] = {
    Missing: _missing,
    Refused: _refused,
    Conflict: _conflict,
    Invalid: _invalid,
    Faulty: _faulty_rows,
    FieldError: _field,
    ValidationError: _faults,
    HttpError: _unread,
    SuspiciousOperation: _too_large,
    AuthenticationError: _no_key,
    TooMany: _too_many,
    UnknownParameters: _unknown,
}
