"""Which calls does the interface have, and which answers may each of them give?

The description (OpenAPI) is made from the calls themselves, so it cannot say anything else than
they do. Every call may say no in the same ways, described once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from samsyn.hub.api import (
    routes_cases,
    routes_disclosures,
    routes_facts,
    routes_import,
    routes_law,
    routes_log,
    routes_organisation,
    routes_questions,
)
from samsyn.hub.api.arriving import A_MINUTE, PATH
from samsyn.hub.api.entering import Key
from samsyn.hub.api.once import HEADER, LONGEST
from samsyn.hub.api.problems import MEDIA_TYPE, NOT_THERE, TITLES, answer_problems, problem
from samsyn.hub.api.shapes import Problem

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
"""A part of an address that varies, as the addresses are written here."""
DESCRIPTION = f"""\
The hub's own acts and reads, for the programs of an agency. A program acts as the person who made
its key, with one role, some acts, one purpose and perhaps one case of theirs, and is never more
than that person is on the day. What is not told to the person is not told to the program.

A parameter or a field that a call does not describe is refused with 422, never ignored; the answer
names it and those there are.

A key makes at most {A_MINUTE} calls a minute. No cookies are looked at. Grave acts and those that
take two persons are done by people alone.
"""


def parameters_of(request: HttpRequest) -> frozenset[str]:
    """Which parameters the query of a call may have."""
    match = request.resolver_match
    path = PLACE.sub(r"{\1}", f"/{match.route}") if match else ""
    return query_parameters().get((path, str(request.method).lower()), frozenset())


@cache
def query_parameters() -> Mapping[tuple[str, str], frozenset[str]]:
    """Path and method → names of what the query of that call may hold."""
    return {
        (path, method): frozenset(
            one["name"] for one in operation["parameters"] if one["in"] == "query"
        )
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }


api = NinjaAPI(
    title="Samsyn",
    version="1",
    description=DESCRIPTION,
    auth=Key(parameters_of),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
)
answer_problems(api)
for part in (
    routes_cases,
    routes_facts,
    routes_questions,
    routes_disclosures,
    routes_law,
    routes_import,
    routes_organisation,
    routes_log,
):
    api.add_router("", part.router)

ALWAYS = (401, 403, 404, 409, 422, 429)
WITH_BODY = (400, 413)


@cache
def description() -> Mapping[str, Any]:
    """The interface as OpenAPI 3.1."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PATH))
    found["components"]["schemas"] |= _problem_schemas()
    found["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    for methods in found["paths"].values():
        for method, operation in methods.items():
            _describe(method, operation)
    return found


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _describe(method: str, operation: dict[str, Any]) -> None:
    """Add to a call the answers that every call may give, and the key of a call made once."""
    statuses = ALWAYS + (WITH_BODY if "requestBody" in operation else ())
    answers = operation["responses"]
    for status in sorted(statuses):
        answers.setdefault(
            str(status),
            {
                "description": TITLES[status].en,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
    if 201 in answers:
        operation["parameters"].append(
            {
                "in": "header",
                "name": HEADER,
                "required": False,
                "description": "The same value makes the same thing once: made again it answers "
                "200 with what the first call made.",
                "schema": {"type": "string", "maxLength": LONGEST, "pattern": "^[ -~]*$"},
            }
        )


def openapi_json(request: HttpRequest) -> HttpResponse:
    """The description, open to all: it holds nothing of any matter."""
    return JsonResponse(description())


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that is no call."""
    return problem(404, NOT_THERE)
