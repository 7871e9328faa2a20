"""The oracle alone agrees with the worked cases of ``shared/law/scenarios.jsonl``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .decide import decide

SCENARIOS = Path(__file__).parents[3].parent / "shared" / "law" / "scenarios.jsonl"

#: What kind of data the items of the cases are, as far as a rule asks for it.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "employer_declaration_per_worker": ("individual_employer_declaration",),
    "declared_wage_of_permit_holder": ("individual_employer_declaration",),
    "decision_control_fee_staff_register": ("control_fee_decision",),
    "tax_assessment_decision": ("tax_decision",),
    "decision_to_prosecute": ("prosecution_decision",),
    "summary_penalty_order_corporate_fine": ("penalty_order",),
    "outcome_of_work_permit_decision": ("permit_decision_outcome",),
    "victim_phone_and_address": ("contact_details",),
    "patient_phone_number": ("contact_details",),
    "address_in_protected_registration_case": ("contact_details",),
    "address_of_protected_witness": ("contact_details",),
    "home_of_party_with_protected_registration": ("contact_details",),
    "address_employer_and_benefit_periods": ("address_employer_economy_period",),
    "ghost_employees_at_subsidised_firm": ("wrong_payment_circumstance",),
    "no_real_employment": ("wrong_payment_circumstance",),
    "undeclared_income_of_benefit_receiver": ("wrong_payment_circumstance",),
    "worker_on_site_while_on_sick_benefit": ("wrong_payment_circumstance",),
    "data_on_personal_assistants": ("personal_assistance",),
    "revoked_permit": ("permit_status",),
    "identity_and_permit_status_of_workers": ("permit_status", "identity_and_address"),
    "identity_documents_and_addresses": ("identity_and_address",),
    "wage_subsidy_data": ("subsidised_employment",),
    "employer_support_applications": ("subsidised_employment",),
    "medical_certificate": ("health",),
    "health_details_of_suspected_trafficking_victim": ("health",),
    "patient_injuries": ("health",),
    "sickness_data_of_worker": ("health",),
    "identity_of_worker_who_complained": ("tip_giver_identity",),
    "identity_of_neighbour_who_reported": ("tip_giver_identity",),
    "identity_of_worker_reporting_employer": ("tip_giver_identity", "report_or_statement"),
    "identity_of_reporting_person": ("tip_giver_identity",),
    "written_notice_to_workplace": ("written_notice",),
    "list_of_planned_unannounced_inspections": ("control_plan",),
}


def _cases() -> list[dict[str, Any]]:
    if not SCENARIOS.exists():
        return []
    with SCENARIOS.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


CASES = _cases()


def test_the_cases_are_there() -> None:
    """Say so when nothing was compared."""
    if not SCENARIOS.exists():
        pytest.skip(f"the worked cases are not beside this repository ({SCENARIOS})")
    assert len(CASES) >= 105


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_oracle_agrees_with_case(case: dict[str, Any]) -> None:
    """Same outcome, test, duty, floor and first ground as the worked case."""
    answer = decide({**case, "categories": CATEGORIES.get(case["item_kind"], ())})
    assert {
        "outcome": answer["outcome"],
        "test": answer["test"],
        "duty_if_favourable": answer["duty_if_favourable"],
        "floor": answer["floor"],
        "ground": answer["grounds"][:1],
    } == {
        "outcome": case["expected"],
        "test": case["test"],
        "duty_if_favourable": case["duty_if_favourable"],
        "floor": case["floor"],
        "ground": case["grounds"][:1],
    }
