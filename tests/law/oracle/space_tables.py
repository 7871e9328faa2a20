"""What the space of questions is built from: days, givers with secrecy, receivers with purposes.

Left out on purpose, because ``provisions.md`` does not decide them:

* days between 2026-01-01 and 2026-03-19, when several changes "early 2026" took effect;
* E-hälsomyndigheten, whose day of entry into 2024:307/2 is not known;
* the tax agency asked for confiscation inquiries (2001:588/8l "from 2025 more data");
* the economic crime authority giving from a criminal investigation to organised-crime
  cooperation (police work or prosecution is then a question of fact);
* reports on children that the social services ask for (section 2.4 has only the own initiative);
* payments control at Utbetalningsmyndigheten (2023:456, "see the act");
* the criminal records register to others than the agencies section 2.4 says are not listed;
* branches of one agency other than the crime-fighting branch of the tax agency.
"""

from __future__ import annotations

from typing import Final, NamedTuple

# --- Days: one on each side of every date in section 6 --------------------------------------------

OLD_DAYS: Final = (
    "2016-08-14", "2016-08-15", "2018-05-24", "2018-05-25", "2018-07-31", "2018-08-01",
    "2019-12-31", "2020-01-01", "2021-12-16", "2021-12-17",
)  # fmt: skip
NEW_DAYS: Final = (
    "2024-06-30", "2024-07-01", "2024-11-07", "2024-11-08", "2024-12-31", "2025-01-01",
    "2025-01-31", "2025-02-01", "2025-03-31", "2025-04-01", "2025-06-30", "2025-07-01",
    "2025-11-30", "2025-12-01", "2025-12-31", "2026-03-20", "2026-04-01", "2026-04-02",
    "2026-05-31", "2026-06-01",
)  # fmt: skip
_JOINT: Final = ("2024-06-30", "2024-07-01")
_CRIME_ACT: Final = ("2025-03-31", "2025-04-01")
_PERMISSION: Final = ("2025-11-30", "2025-12-01")
_TAX_DATA: Final = ("2026-04-01", "2026-04-02")

#: The two changes that matter most for a purpose, the weightiest first.
TURNING_DAYS: Final[dict[str, tuple[str, ...]]] = {
    "joint_inspection_plan": _JOINT + _PERMISSION,
    "joint_inspection_execute": _JOINT + _PERMISSION,
    "joint_inspection_followup": _JOINT + _PERMISSION,
    "prevent_wrong_payment": _JOINT + _PERMISSION,
    "crime_intelligence": _CRIME_ACT + _PERMISSION,
    "crime_investigation": _CRIME_ACT + _PERMISSION,
    "confiscation_inquiry": _CRIME_ACT + _PERMISSION,
    "protect_child": ("2025-06-30", "2025-07-01", "2025-12-31", "2026-03-20"),
}
#: For every other purpose.
OTHER_TURNING_DAYS: Final = _PERMISSION + _TAX_DATA

#: Day from which an agency exists, for those younger than the oldest questions.
AGENCY_SINCE: Final = {"JäMy": "2018-01-01"}


class Giver(NamedTuple):
    """Where an item is held and which secrecy can meet there."""

    agency: str
    activity: str
    singles: tuple[str, ...]
    #: excluded kinds and kinds under a lock; asked alone and beside the first single
    hard: tuple[str, ...] = ()


GIVERS: Final[tuple[Giver, ...]] = (
    Giver("AF", "labour_market", ("28:11", "28:12", "21:1", "17:1", "18:3"), ("15:1a",)),
    Giver("AF", "unemployment_insurance", ("28:13", "21:3")),
    Giver("AKASSA", "unemployment_insurance", ("28:13",)),
    Giver("AV", "supervision", ("28:15", "28:14", "17:1", "21:1", "21:3a", "18:3"), ("15:1a",)),
    Giver("AV", "posting_register", ("21:7", "17:1"), ("15:1a",)),
    Giver("AV", "external_whistleblower_channel", ("32:3b", "17:3b")),
    Giver("AV", "statistics", (), ("24:8",)),
    Giver("BOLV", "company_registration", ("21:3", "21:7")),
    Giver("EBM", "criminal_investigation", ("35:1", "18:1", "35:2", "21:1"), ("15:1",)),
    Giver("EBM", "police_intelligence", ("35:1", "18:2")),
    Giver("EBM", "prosecution", ("35:1", "18:1")),
    Giver("FK", "social_insurance", ("28:1", "28:4", "21:1", "17:2", "17:1b", "28:1a")),
    Giver("JäMy", "gender_equality", ("21:1", "21:3", "18:3", "39:2")),
    Giver("JäMy", "statistics", (), ("24:8",)),
    Giver("KFM", "enforcement", ("21:3", "17:2")),
    Giver("KOMMUN", "licensing", ("17:1", "21:1", "21:3")),
    Giver("KOMMUN_SOC", "social_services", ("26:1", "21:1"), ("26:3", "26:1a st1", "26:1a st2")),
    Giver("MV", "migration_control", ("37:1", "37:1 st2", "21:5", "21:1", "17:1"), ("37:2",)),
    Giver("MV", "work_permits", ("28:15", "37:1")),
    Giver("PENS", "social_insurance", ("28:1", "21:3")),
    Giver("PM", "criminal_investigation", ("35:1", "18:1", "35:2", "21:1", "18:1a"), ("15:2",)),
    Giver("PM", "closed_investigation", ("35:1",)),
    Giver("PM", "police_intelligence", ("18:2", "35:1"), ("15:1a",)),
    Giver("PM", "criminal_records", (), ("35:3",)),
    Giver("PM", "suspect_register", ("35:1",)),
    Giver("PM", "witness_protection", ("18:7", "35:11")),
    Giver("PM", "police_assistance", ("35:20", "21:3")),
    Giver("REGION_VARD", "health_care", ("25:1", "21:3"), ("25:2 st1", "25:2 st2")),
    Giver("SKV", "taxation", ("27:1", "21:1", "17:1", "17:2"), ("27:5", "15:1a")),
    Giver("SKV", "tax_control", ("27:2", "17:2", "17:1")),
    Giver("SKV", "tax_data_analysis", ("27:2a", "17:1")),
    Giver("SKV", "tax_crime_unit", ("35:1", "18:1", "18:2")),
    Giver("SKV", "population_registration", ("22:1", "22:2", "21:3", "22:1c")),
    Giver("SKV", "wage_guarantee", ("28:13a",)),
    Giver("SKV", "technical_hosting", (), ("40:5",)),
    Giver("TULL", "customs", ("18:1", "35:1")),
    Giver("ÅM", "prosecution", ("35:1", "18:1", "35:2")),
)

#: Provisions on a firm's business; the items under them concern a company.
ON_FIRMS: Final = ("28:4", "28:12", "28:15")


class Asker(NamedTuple):
    """A receiver in one capacity with the purposes it can have."""

    code: str
    function: str
    purposes: tuple[str, ...]


_CRIME: Final = ("crime_intelligence", "crime_investigation", "confiscation_inquiry")

ASKERS: Final[tuple[Asker, ...]] = (
    Asker("AF", "welfare", ("joint_inspection_plan", "prevent_wrong_payment",
                            "labour_market_case")),
    Asker("AV", "supervision", ("joint_inspection_plan", "joint_inspection_followup",
                                "own_supervision", "detect_rule_breach",
                                "org_crime_cooperation")),
    Asker("EBM", "law_enforcement", (*_CRIME, "joint_inspection_execute")),
    Asker("FK", "welfare", ("prevent_wrong_payment", "social_insurance_case",
                            "joint_inspection_followup")),
    Asker("JäMy", "gender_equality", ("joint_inspection_plan", "victim_support")),
    Asker("MV", "permit", ("permit_case", "joint_inspection_execute",
                           "prevent_wrong_payment")),
    Asker("MV", "aliens_control", ("aliens_control",)),
    Asker("PM", "law_enforcement", (*_CRIME, "org_crime_cooperation", "joint_inspection_plan",
                                    "inspection_illegal_employment", "discipline_at_giver")),
    Asker("PM", "aliens_control", ("aliens_control",)),
    Asker("SKV", "tax", ("own_tax_control", "joint_inspection_plan", "social_insurance_case")),
    Asker("SKV", "population_registration", ("population_registration",)),
    Asker("SKV", "tax_crime", (*_CRIME, "joint_inspection_plan")),
    Asker("ÅM", "law_enforcement", ("crime_investigation", "org_crime_cooperation",
                                    "joint_inspection_execute")),
    Asker("SÄPO", "law_enforcement", ("crime_intelligence", "crime_investigation")),
    Asker("TULL", "law_enforcement", ("crime_intelligence", "crime_investigation")),
    Asker("TULL", "customs", ("joint_inspection_plan",)),
    Asker("KBV", "law_enforcement", ("crime_investigation",)),
    Asker("KFM", "enforcement", ("enforcement", "joint_inspection_plan",
                                 "prevent_wrong_payment", "org_crime_cooperation")),
    Asker("BOLV", "company_registration", ("detect_rule_breach", "prevent_wrong_payment")),
    Asker("KOMMUN", "welfare", ("prevent_wrong_payment",)),
    Asker("KOMMUN", "licensing", ("detect_rule_breach",)),
    Asker("KOMMUN_SOC", "social_services", ("protect_child", "victim_support")),
    Asker("PENS", "welfare", ("social_insurance_case", "prevent_wrong_payment")),
    Asker("AKASSA", "welfare", ("prevent_wrong_payment", "unemployment_benefit_case")),
    Asker("CSN", "welfare", ("prevent_wrong_payment",)),
    Asker("DOMSTOL", "court", ("review_of_decision",)),
    Asker("IVO", "audit", ("audit_of_giver",)),
    Asker("FOREIGN", "supervision", ("own_supervision",)),
    Asker("FOREIGN", "law_enforcement", ("crime_investigation",)),
    Asker("UNION", "private", ("union_info", "transparency", "victim_support")),
    Asker("SAFETY_REP", "private", ("union_info",)),
    Asker("JOURNALIST", "private", ("transparency",)),
    Asker("EMPLOYER", "private", ("curiosity", "party_access")),
    Asker("SUPPLIER", "private", ("service_delivery",)),
    Asker("PARTY", "private", ("party_access",)),
    Asker("COMPANY_SELF", "private", ("party_access",)),
    Asker("PERSON_REPORTED", "private", ("party_access",)),
)  # fmt: skip

#: Givers whose receiver may be the same agency: one branch, the branches of the tax agency, and a
#: place outside them.
SAME_AGENCY: Final = frozenset({
    ("AF", "labour_market", "welfare"),
    ("MV", "migration_control", "permit"),
    ("PM", "criminal_investigation", "law_enforcement"),
    ("SKV", "taxation", "tax"),
    ("SKV", "taxation", "tax_crime"),
    ("SKV", "tax_control", "tax"),
    ("SKV", "tax_control", "tax_crime"),
    ("SKV", "tax_crime_unit", "tax"),
    ("SKV", "tax_crime_unit", "tax_crime"),
    ("SKV", "population_registration", "tax"),
    ("SKV", "technical_hosting", "tax"),
    ("SKV", "technical_hosting", "tax_crime"),
})  # fmt: skip

#: Agencies that give but are asked only about a few things, so that nothing undecided is asked.
ONLY_PURPOSES: Final[dict[str, tuple[str, ...]]] = {
    "AKASSA": ("prevent_wrong_payment", "crime_investigation", "transparency"),
}

#: The kinds of items that a duty or an exception asks for, by giver and purpose.
CATEGORY_OF: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("SKV", "prevent_wrong_payment"): ("individual_employer_declaration",),
    ("SKV", "labour_market_case"): ("individual_employer_declaration",),
    ("SKV", "crime_intelligence"): ("individual_employer_declaration",),
    ("SKV", "crime_investigation"): ("individual_employer_declaration",),
    ("SKV", "joint_inspection_plan"): ("individual_employer_declaration",),
    ("SKV", "social_insurance_case"): ("personal_assistance", "income_and_fee_base"),
    ("SKV", "aliens_control"): ("alien_without_permit",),
    ("AF", "aliens_control"): ("alien_without_permit",),
    ("AF", "permit_case"): ("subsidised_employment",),
    ("FK", "crime_investigation"): ("address_employer_economy_period",),
    ("FK", "crime_intelligence"): ("address_employer_economy_period",),
    ("FK", "own_tax_control"): ("address_employer_economy_period",),
    ("FK", "permit_case"): ("address_employer_economy_period",),
    ("FK", "enforcement"): ("address_employer_economy_period",),
    ("MV", "social_insurance_case"): ("permit_status",),
    ("MV", "population_registration"): ("identity_and_address",),
    ("REGION_VARD", "permit_case"): ("health",),
    ("REGION_VARD", "crime_investigation"): ("health",),
    ("AV", "union_info"): ("written_notice",),
}
#: Decisions that a provision leaves out: provision -> category.
DECISIONS: Final = {
    "27:1": "tax_decision",
    "27:2": "control_fee_decision",
    "35:1": "prosecution_decision",
    "37:1": "permit_decision_outcome",
    "28:11": "labour_market_decision",
    "28:13a": "wage_guarantee_decision",
}
