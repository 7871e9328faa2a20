"""Do the calls of the interface do what the pages do, and no more?"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from samsyn.hub.api.v1 import query_parameters
from samsyn.hub.cases.actions import open_case, restrict_case, write_fact
from samsyn.hub.cases.models import Fact
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from tests.hub.api.program import PLAN, V1, Program, program
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two, two

__all__ = ["two"]
MOST_STATEMENTS = 15
MOST_AROUND_AN_ACT = 8
MOST_OF_A_DECISION = 18
FACT = {
    "text": "Bolaget har elva anmälda arbetstagare.",
    "item_kind": "payroll_and_vat_figures",
    "activity": "taxation",
    "subject_kind": "company",
}


def delivered(two: Two, skv: Program) -> dict[str, object]:
    """One fact told to the work environment authority, by calls alone."""
    draft = skv.post(
        "/disclosures",
        {
            "case": str(two.case.pk),
            "facts": [str(two.fact.pk)],
            "receiver": "AV",
            "purpose": PLAN,
        },
    )
    assert draft.status_code == 201, draft.content
    body = {"version": draft.json()["version"], "weighing": WEIGHING}
    decided = skv.post(f"/disclosures/{draft.json()['id']}/decide", body)
    assert decided.status_code == 200, decided.content
    found: dict[str, object] = decided.json()
    return found


def test_cases_are_listed_read_opened_and_closed(two: Two) -> None:
    skv = program(two.giver)
    assert [case["id"] for case in skv.get("/cases").json()["items"]] == [str(two.case.pk)]
    whole = skv.get(f"/cases/{two.case.pk}").json()
    assert [subject["name"] for subject in whole["subjects"]] == ["Björklunds Bygg AB"]
    opened = skv.post("/cases", {"title": "Ny tillsyn"})
    assert opened.status_code == 201, opened.content
    assert opened.json()["purpose"] == PLAN
    closed = skv.post(f"/cases/{opened.json()['id']}/close", {"outcome": "Inget fel."})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


def test_a_case_that_is_closed_to_others_from_the_start_is_opened_so(two: Two) -> None:
    skv = program(two.giver)
    opened = skv.post("/cases", {"title": "Känsligt", "restricted": True})
    assert opened.status_code == 201, opened.content
    colleague = program(two.hub.officer("SKV"))
    assert colleague.get(f"/cases/{opened.json()['id']}").status_code == 404
    assert skv.get(f"/cases/{opened.json()['id']}").status_code == 200


def test_facts_are_listed_read_written_corrected_and_explained(two: Two) -> None:
    skv = program(two.giver)
    facts = f"/cases/{two.case.pk}/facts"
    assert SECRET in [fact["text"] for fact in skv.get(facts).json()["items"]]
    written = skv.post(facts, FACT)
    assert written.status_code == 201, written.content
    fact = written.json()
    assert fact["secrecy"]
    assert not fact["secrecy_confirmed"]
    right = {"text": "Bolaget har tolv anmälda arbetstagare.", "reason": "Räknat fel."}
    corrected = skv.post(f"{facts}/{fact['id']}/correct", right)
    assert corrected.status_code == 201, corrected.content
    assert corrected.json()["replaces"] == fact["id"]
    assert skv.get(f"{facts}/{fact['id']}").json()["state"] == "replaced"
    assert skv.get(f"/facts/{fact['id']}").json()["id"] == fact["id"]
    assert skv.get(f"{facts}/{fact['id']}/why").json()["own"]


def test_pages_follow_each_other_and_tell_no_total(two: Two) -> None:
    skv = program(two.giver)
    facts = f"/cases/{two.case.pk}/facts"
    first = skv.get(facts, limit=1).json()
    second = skv.get(facts, limit=1, cursor=first["next"]).json()
    assert set(first) == {"items", "next"}
    assert first["items"][0]["id"] != second["items"][0]["id"]
    assert second["next"] is None
    slip = skv.get(facts, cursor="2026")
    assert (slip.status_code, slip.json()["field"]) == (422, "cursor")
    assert skv.get(facts, limit=101).status_code == 422


def test_told_received_and_recalled(two: Two) -> None:
    skv, av = program(two.giver), program(two.receiver)
    told = delivered(two, skv)
    receipt = av.get("/receipts").json()["items"][0]
    assert receipt["giver"] == "SKV"
    facts = f"/cases/{receipt['case']}/facts"
    copy = av.get(facts).json()["items"][0]
    assert (copy["text"], copy["received_from"]) == (SECRET, "SKV")
    why = av.get(f"{facts}/{copy['id']}/why").json()
    assert (why["own"], why["receipt"]["ground"]) == (False, told["ground"])
    assert skv.get(f"/disclosures/{told['id']}").json()["assessments"][0]["read_at"]
    recalled = skv.post(f"/disclosures/{told['id']}/recall", {"reason": "Fel bolag."})
    assert (recalled.status_code, recalled.json()["read"]) == (200, 1)
    assert av.get(facts).json()["items"] == []


def test_what_came_for_another_purpose_is_not_read(two: Two) -> None:
    delivered(two, program(two.giver))
    other = program(two.receiver, purpose="detect_rule_breach")
    receipt = other.get("/receipts").json()["items"][0]
    assert other.get(f"/cases/{receipt['case']}/facts").json()["items"] == []


def test_asked_placed_refused_and_withdrawn(two: Two) -> None:
    skv, av = program(two.giver), program(two.receiver)
    body = {"holder": "SKV", "text": "Har ni granskat bolaget?", "activity": "supervision"}
    asked = [av.post(f"/cases/{two.asking.pk}/questions", body) for _ in range(2)]
    assert asked[0].status_code == 201, asked[0].content
    for one in asked:
        sent = av.post(f"/questions/{one.json()['id']}/send", {"weighing": WEIGHING})
        assert sent.status_code == 200, sent.content
    again = av.post(f"/questions/{asked[0].json()['id']}/send", {"weighing": WEIGHING})
    assert again.status_code == 409
    came = skv.get("/questions", side="received").json()["items"]
    assert len(came) == 2
    placed = skv.post(f"/questions/{came[1]['id']}/place", {"case": str(two.case.pk)})
    assert placed.json()["case"] == str(two.case.pk), placed.content
    refused = skv.post(
        f"/questions/{came[1]['id']}/refuse", {"words": "Nej.", "grounds": ["2009:400/27:1"]}
    )
    assert refused.json()["state"] == "refused", refused.content
    mine = av.get(f"/questions/{asked[0].json()['id']}").json()
    assert (mine["state"], mine["answer_words"]) == ("refused", "Nej.")
    withdrawn = av.post(f"/questions/{asked[1].json()['id']}/withdraw")
    assert withdrawn.json()["state"] == "withdrawn", withdrawn.content


def test_a_call_made_again_makes_nothing_more(two: Two) -> None:
    skv = program(two.giver)
    path, key = f"/cases/{two.case.pk}/facts", {"Idempotency-Key": "a-1"}
    first, again = skv.post(path, FACT, **key), skv.post(path, FACT, **key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    other = skv.post(path, {**FACT, "text": "Något annat."}, **key)
    assert other.status_code == 409
    assert other.headers["Content-Type"] == "application/problem+json"
    with acting(two.giver):
        assert Fact.seen(two.giver).filter(text=FACT["text"]).count() == 1


def test_a_field_that_decides_access_is_not_taken(two: Two) -> None:
    skv = program(two.giver)
    for name in ("visible_to", "agency", "holder", "valid_to", "state", "ground"):
        answer = skv.post(f"/cases/{two.case.pk}/facts", {**FACT, name: "AV"})
        assert (answer.status_code, answer.json()["field"]) == (422, name)


def test_a_code_nobody_knows_is_a_fault_and_never_a_default(two: Two) -> None:
    skv = program(two.giver)
    for name in ("item_kind", "activity"):
        answer = skv.post(f"/cases/{two.case.pk}/facts", {**FACT, name: "payrol_and_vat_figures"})
        assert (answer.status_code, answer.json()["field"]) == (422, name), answer.content


@pytest.mark.parametrize(("language", "word"), [("sv", "Finns inte"), ("en", "Not there")])
def test_what_is_hidden_is_as_what_is_not_there(two: Two, language: str, word: str) -> None:
    av = program(two.receiver)
    av.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answers = [
        av.get(path)
        for path in (
            f"/cases/{two.case.pk}",
            f"/cases/{uuid4()}",
            f"/cases/{two.asking.pk}/facts/{two.fact.pk}",
            f"/facts/{two.fact.pk}",
            f"/disclosures/{two.fact.pk}",
            "/no-such-call",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["title"] == word


def test_an_attempt_is_logged_as_what_the_program_did(two: Two) -> None:
    av = program(two.receiver)
    av.get(f"/cases/{two.case.pk}")
    with acting(two.receiver):
        line = LogEntry.rows.filter(account=two.receiver.account).latest("id")
    assert line.act == "attempt.missing"
    assert str(av.token) in line.objects


def test_a_restricted_case_is_for_those_on_it(two: Two) -> None:
    with acting(two.giver):
        closed = open_case(actor=two.giver, title="Stängt", purpose=PLAN)
        restrict_case(actor=two.giver, case=closed)
    colleague = program(two.hub.officer("SKV"))
    assert str(closed.pk) not in colleague.get("/cases").content.decode()
    assert str(closed.pk) in program(two.giver).get("/cases").content.decode()


def test_a_call_is_few_statements(two: Two) -> None:
    """Beginning and ending transactions count; an act takes its own statements besides."""
    skv, av = program(two.giver), program(two.receiver)
    told = delivered(two, skv)
    receipt = av.get("/receipts").json()["items"][0]
    facts = f"/cases/{two.case.pk}/facts"
    for who, path in (
        (skv, "/cases"),
        (skv, f"/cases/{two.case.pk}"),
        (skv, facts),
        (skv, f"{facts}/{two.fact.pk}/why"),
        (av, f"/cases/{receipt['case']}/facts"),
        (skv, f"/disclosures/{told['id']}"),
        (skv, "/questions"),
    ):
        with CaptureQueriesContext(connections["default"]) as counted:
            assert who.get(path).status_code == 200
        assert len(counted) <= MOST_STATEMENTS, (path, len(counted))
    with CaptureQueriesContext(connections["default"]) as by_call:
        assert skv.post(facts, FACT).status_code == 201
    with CaptureQueriesContext(connections["default"]) as by_act, acting(two.giver):
        write_fact(actor=two.giver, case=two.case, **FACT)  # type: ignore[arg-type]
    assert len(by_call) <= MOST_STATEMENTS
    assert len(by_call) - len(by_act) <= MOST_AROUND_AN_ACT


def test_a_draft_and_a_decision_are_few_statements(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All counted, also those that begin and end the transaction; no mark is set to go back to."""
    # One that chance draws for the lawyer sends a statement more.
    monkeypatch.setattr("samsyn.hub.disclosures.actions.deciding.draw", lambda *_: None)
    skv = program(two.giver)
    asked = {"case": str(two.case.pk), "facts": [str(two.fact.pk)], "receiver": "AV"}
    with CaptureQueriesContext(connections["default"]) as prepared:
        draft = skv.post("/disclosures", {**asked, "purpose": PLAN}).json()
    body = {"version": draft["version"], "weighing": WEIGHING}
    with CaptureQueriesContext(connections["default"]) as decided:
        assert skv.post(f"/disclosures/{draft['id']}/decide", body).status_code == 200
    assert len(prepared) <= MOST_STATEMENTS
    assert len(decided) <= MOST_OF_A_DECISION
    sent = [query["sql"] for query in (*prepared, *decided)]
    assert not [statement for statement in sent if statement.startswith("SAVEPOINT")]


def test_a_decision_on_an_older_version_keeps_nothing(two: Two) -> None:
    skv = program(two.giver)
    asked = {"case": str(two.case.pk), "facts": [str(two.fact.pk)], "receiver": "AV"}
    draft = skv.post("/disclosures", {**asked, "purpose": PLAN}).json()
    path = f"/disclosures/{draft['id']}"
    before = skv.get(path).json()
    body = {"version": draft["version"] + 1, "weighing": WEIGHING}
    with acting(two.giver):
        decisions = LogEntry.rows.filter(act="disclosure.decide").count()
    assert skv.post(f"{path}/decide", body).status_code == 409
    assert skv.get(path).json() == before
    with acting(two.giver):
        assert LogEntry.rows.filter(act="disclosure.decide").count() == decisions


def test_the_description_is_open_to_all_and_says_every_answer(two: Two) -> None:
    described = Program("").client.get(f"{V1}/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            wanted = {"401", "403", "404", "422", "429"}
            wanted |= {"409"} if method == "post" else set()
            assert wanted <= set(call["responses"]), (path, method)
            assert call["summary"]


def test_a_parameter_that_a_call_does_not_have_is_refused_by_name(two: Two) -> None:
    skv = program(two.giver)
    answer = skv.get("/cases", stat="open", limit=5)
    assert answer.status_code == 422
    body = answer.json()
    assert (body["field"], len(body["errors"])) == ("stat", 1)
    assert "stat" in body["detail"]
    for name in ("state", "cursor", "limit"):
        assert name in body["next_step"]
    none = skv.get(f"/cases/{two.case.pk}", vad="x")
    assert none.status_code == 422
    assert "har inga parametrar" in none.json()["next_step"]
    # Also where something would be written: nothing is.
    assert skv.post("/cases?tyst=1", {"title": "Nytt"}).status_code == 422
    assert [case["id"] for case in skv.get("/cases").json()["items"]] == [str(two.case.pk)]
    assert Program("").get("/cases", stat="open").status_code == 401


def test_every_parameter_that_is_described_is_taken(two: Two) -> None:
    skv = program(two.giver)
    for (path, method), names in query_parameters().items():
        if method != "get" or not names:
            continue
        where = path.removeprefix(V1).replace("{case_id}", str(two.case.pk))
        answer = skv.get(where, **dict.fromkeys(names, ""))
        unknown = [fault for fault in answer.json().get("errors", []) if "finns inte" in str(fault)]
        assert not unknown, where
