"""Do decisions in the words of AuthZEN say what the law says?"""

from __future__ import annotations

from typing import Any

from samsyn.hub.disclosures.assessing import assess_question
from tests.hub.api.program import Program, program
from tests.hub.disclosures.conftest import Two, two

__all__ = ["two"]
PLAN = "joint_inspection_plan"


def asked(**changes: Any) -> dict[str, Any]:
    """May the work environment authority be told payroll figures that the tax agency has?"""
    return {
        "subject": {"type": "agency", "id": "AV"},
        "action": {"name": "disclose", "properties": {"purpose": PLAN}},
        "resource": {
            "type": "item",
            "id": "payroll_and_vat_figures",
            "properties": {
                "holder": "SKV",
                "activity": "taxation",
                "subject": {"kind": "company"},
            },
        },
        "context": {"on": "2026-11-24", "facts": {"harm": "met", "joint_inspection": True}},
        **changes,
    }


def test_the_answer_is_that_of_the_law_with_its_reasons(two: Two) -> None:
    skv = program(two.giver)
    for day in ("2024-06-30", "2026-11-24"):
        answer = skv.post(
            "/access/v1/evaluation",
            asked(context={"on": day, "facts": {"harm": "met", "joint_inspection": True}}),
        )
        assert answer.status_code == 200, answer.content
        reason = answer.json()["context"]["reason"]
        law = assess_question(
            {
                "on": day,
                "giver": "SKV",
                "activity": "taxation",
                "item_kind": "payroll_and_vat_figures",
                "subject": {"kind": "company"},
                "receiver": "AV",
                "receiver_function": "supervision",
                "purpose": PLAN,
                "initiative": "request",
                "facts": {"harm": "met", "joint_inspection": True},
            }
        )
        assert (reason["outcome"], reason["grounds"]) == (law.outcome, law.grounds)
        assert [step["en"] for step in reason["steps"]] == [step["en"] for step in law.steps]
        assert answer.json()["decision"] == (law.outcome in ("public", "must", "may"))


def test_where_a_person_has_to_weigh_the_decision_is_no(two: Two) -> None:
    answer = program(two.giver).post("/access/v1/evaluation", asked()).json()
    assert answer["context"]["reason"]["outcome"] == "may_after_balancing"
    assert answer["decision"] is False


def test_many_take_from_the_whole_what_they_leave_out(two: Two) -> None:
    skv = program(two.giver)
    whole = asked()
    other = {"type": "agency", "id": "PM"}
    many = skv.post("/access/v1/evaluations", {**whole, "evaluations": [{}, {"subject": other}]})
    assert many.status_code == 200, many.content
    assert many.json()["evaluations"][0] == skv.post("/access/v1/evaluation", whole).json()
    assert len(many.json()["evaluations"]) == 2
    first = {"evaluations_semantic": "deny_on_first_deny"}
    stopped = skv.post(
        "/access/v1/evaluations", {**whole, "evaluations": [{}, {}], "options": first}
    )
    assert len(stopped.json()["evaluations"]) == 1
    lacking = skv.post("/access/v1/evaluations", {"evaluations": [{}]})
    assert (lacking.status_code, lacking.json()["field"]) == (422, "evaluations.0.subject")


def _every(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [*found["results"], *found["context"]["after_weighing"]]


def test_searches_find_what_evaluations_say(two: Two) -> None:
    skv = program(two.giver)
    whole = asked()
    receivers = skv.post("/access/v1/search/subject", {**whole, "subject": {"type": "agency"}})
    assert "AV" in [one["id"] for one in _every(receivers.json())]
    purposes = skv.post(
        "/access/v1/search/action", {k: v for k, v in whole.items() if k != "action"}
    )
    found = [one["properties"] for one in _every(purposes.json())]
    assert {"purpose": PLAN, "initiative": "request"} in found
    kinds = skv.post(
        "/access/v1/search/resource",
        {**whole, "resource": {"type": "item", "properties": {"holder": "SKV"}}},
    )
    assert kinds.status_code == 200, kinds.content
    for one in kinds.json()["results"][:3]:
        item = {**whole["resource"], "id": one["id"]}
        item["properties"] = {**item["properties"], **one["properties"]}
        assert skv.post("/access/v1/evaluation", {**whole, "resource": item}).json()["decision"]


def test_a_slip_is_named_with_its_remedy(two: Two) -> None:
    skv = program(two.giver)
    answer = skv.post("/access/v1/evaluation", asked(subject={"type": "agency", "id": "AVV"}))
    assert (answer.status_code, answer.json()["field"]) == (422, "receiver")


def test_a_fact_of_ones_own_is_asked_about_and_nothing_is_told(two: Two) -> None:
    skv, av = program(two.giver), program(two.receiver)
    path = f"/cases/{two.case.pk}/facts/{two.fact.pk}/evaluate"
    body = {"receiver": "AV", "purpose": PLAN}
    answer = skv.post(path, body)
    assert answer.status_code == 200, answer.content
    assert answer.json()["context"]["reason"]["steps"]
    assert av.post(path, body).status_code == 404
    assert av.get("/receipts").json()["items"] == []


def test_words_and_organisation_are_for_every_key(two: Two) -> None:
    skv = Program(program(two.giver, acts=["case.read"]).secret)
    words = skv.get("/law/words").json()
    assert PLAN in [one["code"] for one in words["purposes"]]
    assert "taxation" in [one["code"] for one in words["activities"]]
    today, before = skv.get("/organisation").json(), skv.get("/organisation", on="2010-01-01")
    assert {"AV", "SKV"} <= {agency["code"] for agency in today["agencies"]}
    assert before.json()["centres"] == []
    assert skv.get("/me").json()["acts"] == ["case.read"]
