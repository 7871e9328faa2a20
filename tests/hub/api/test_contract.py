"""Does every call answer as its description says, whatever is sent, and never with a fault?"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from samsyn.hub.api import arriving
from samsyn.hub.api.v1 import description
from samsyn.hub.project.wsgi import application
from tests.hub.api.program import Program, program
from tests.hub.api.test_calls import delivered
from tests.hub.disclosures.conftest import Two, two

__all__ = ["two"]

EXAMPLES = 4
BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ADDRESS = "http://localhost"
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def every_call() -> list[Any]:
    schema = schemathesis.openapi.from_dict(dict(description()))
    schema.app = application
    found: list[Any] = list(schema.get_all_operations())
    return [result.ok() for result in found]


def answer_all(headers: dict[str, str], ids: dict[str, str]) -> dict[int, int]:
    """Make calls of every kind; gives how often each status was answered."""
    answered: dict[int, int] = {}
    for call in every_call():
        for mode in BOTH:

            @BOUNDED
            @given(case=call.as_strategy(generation_mode=mode))
            def send(case: Case) -> None:
                # What is made up leads nowhere: half of the time to something that is there.
                for name, value in dict(case.path_parameters or {}).items():
                    if name in ids and len(str(case.query)) % 2 == 0:
                        case.path_parameters[name] = ids[name]
                    else:
                        case.path_parameters[name] = value
                sent = {**headers, "Accept-Encoding": "identity"}
                response = case.call(base_url=ADDRESS, headers=sent)
                case.validate_response(response, checks=CHECKS)
                answered[response.status_code] = answered.get(response.status_code, 0) + 1

            send()
    return answered


def test_with_a_key_every_answer_is_described(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "A_MINUTE", 10**6)
    skv = program(two.giver)
    told = delivered(two, skv)
    ids = {
        "case_id": str(two.case.pk),
        "fact_id": str(two.fact.pk),
        "disclosure_id": str(told["id"]),
    }
    answered = answer_all(skv.headers(), ids)
    assert answered.get(200, 0) > len(every_call())
    assert 500 not in answered


def test_without_a_key_every_call_says_so(two: Two) -> None:
    # Only an id that is none leads nowhere at all.
    assert set(answer_all(Program("").headers(), {})) == {401, 404}


def test_an_auditors_key_reads_the_log_and_nothing_else(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "A_MINUTE", 10**6)
    auditor = program(two.hub.officer("SKV", "auditor"))
    assert auditor.get("/log").json()["items"]
    assert auditor.get("/people").status_code == 200
    for path in ("/cases", "/questions", "/disclosures", "/receipts"):
        assert auditor.get(path).status_code == 403
