"""Can an auditor with nothing but the public key check one entry, and is nothing else believed?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.hub.guard.log_proofs import NotProvable, ProofVerdict, check, prove
from samsyn.hub.guard.seal_keys import by_id
from tests.hub.guard.log_tables import KEYS, THIEF, Log, scratch_log

CASE = UUID("00000000-0000-4000-8000-00000000000c")


@pytest.fixture(scope="module")
def log(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    """Twelve entries in two lanes and three seals, and one entry that is not sealed."""
    with scratch_log(postgres_url, tmp_path_factory.mktemp("witness")) as log:
        for count in (3, 1, 2):
            log.write(0, count, case=CASE, detail="ä")
            log.write(7, count)
            log.seal()
        log.write(0)
        yield log


@pytest.fixture(scope="module")
def proof(log: Log) -> dict[str, Any]:
    return prove(log.connection, 2)


def verdict(proof: object) -> ProofVerdict:
    return check(json.dumps(proof), KEYS)[0]


@pytest.mark.parametrize("entry", range(1, 13))
def test_every_sealed_entry_is_proved(log: Log, entry: int) -> None:
    proof = prove(log.connection, entry)
    found, stated, seal = check(json.dumps(proof), KEYS)
    assert found is ProofVerdict.HOLDS
    assert stated is not None
    assert stated.objects == f"å{entry}"
    assert seal is not None
    assert seal.id == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 2, 8: 2}.get(entry, 3)


@pytest.mark.parametrize(("entry", "reason"), [(13, "unsealed"), (99, "missing")])
def test_what_is_not_sealed_is_not_proved(log: Log, entry: int, reason: str) -> None:
    with pytest.raises(NotProvable) as caught:
        prove(log.connection, entry)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("update guard_log_entry set agency = 'SKV' where id = 2", "changed"),
        ("update guard_log_entry set hash = '' where id = 3", "resealed"),
        ("delete from guard_log_entry where id = 1", "resealed"),
    ],
)
def test_what_was_tampered_with_is_not_proved(log: Log, statement: str, reason: str) -> None:
    with log.connection.transaction(force_rollback=True):
        log.run(statement)
        with pytest.raises(NotProvable) as caught:
            prove(log.connection, 2)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "field", ["at", "account", "agency", "objects", "seq", "lane", "prev", "case"]
)
def test_another_content_is_not_proved(proof: dict[str, Any], field: str) -> None:
    other = json.loads(json.dumps(proof))
    other["entry"][field] = {
        "at": "2024-07-01T00:00:00.000001Z",
        "account": None,
        "case": None,
        "seq": 1,
        "lane": 7,
    }.get(field, "x")
    assert verdict(other) is ProofVerdict.NOT_IN_SEAL


@pytest.mark.parametrize(
    "field", ["root", "heads", "size", "id", "signature", "prev_root", "made_at"]
)
def test_another_seal_is_not_believed(proof: dict[str, Any], field: str) -> None:
    other = json.loads(json.dumps(proof))
    other["seal"][field] = {
        "size": 7,
        "id": 2,
        "made_at": "2024-07-01T00:00:00.000001Z",
    }.get(field, "00")
    assert verdict(other) is ProofVerdict.BAD_SIGNATURE


def test_another_key_is_not_believed(proof: dict[str, Any]) -> None:
    foreign = by_id([THIEF.public_key()])
    assert check(json.dumps(proof), foreign)[0] is ProofVerdict.UNKNOWN_KEY


def test_another_path_is_not_believed(proof: dict[str, Any]) -> None:
    for path in ([], proof["path"][1:], [*proof["path"], "00"], ["00" * 32, *proof["path"][1:]]):
        assert verdict({**proof, "path": path}) is ProofVerdict.NOT_IN_SEAL


def test_a_proof_tells_nothing_of_other_entries(proof: dict[str, Any]) -> None:
    text = json.dumps(proof, ensure_ascii=False)
    assert "å2" in text
    assert not any(f"å{number}" in text for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_anything_else_is_no_proof(proof: dict[str, Any], data: st.DataObject) -> None:
    other = json.loads(json.dumps(proof))
    part = data.draw(st.sampled_from([other, other["entry"], other["seal"]]))
    name = data.draw(st.sampled_from(sorted(part)))
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70)
    value = data.draw(plain | st.lists(plain, max_size=2) | st.dictionaries(st.text(), plain))
    was = part[name]
    part[name] = value
    holds = verdict(other) is ProofVerdict.HOLDS
    assert holds == (json.dumps(value) == json.dumps(was))
    assert check(data.draw(st.text()), KEYS)[0] is not ProofVerdict.HOLDS
