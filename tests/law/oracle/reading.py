"""How the oracle reads a question: its facts, the secrecy left, the rules that fit and open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from . import provisions as p
from .permissions import RULES
from .rules import JOINT_INSPECTION, Rule

_PLAIN_FACTS: Final = (
    "special_reasons_against",
    "treaty_forbids",
    "necessary_for_giver",
    "tax_sanction_unlikely",
    "youth_crime_risk",
    "terrorism_risk",
    "serious_violence_risk",
    "unsuitable",
    "contact_detail",
    "wrong_payment_suspected",
    "tip_giver",
)
_CRIME_BRANCH: Final = ("tax_crime_unit", "tax_crime")
_POLICE_WORK: Final = ("police_intelligence", "intelligence", "criminal_investigation")
_CHAPTERS_ON_PERSONS: Final = ("1962:700/3:", "1962:700/4:", "1962:700/6:")

_rules_for_purpose: dict[str, tuple[Rule, ...]] = {}
_opens: dict[tuple[int, str], bool] = {}
_sections: dict[str, str] = {}

# --- What is asked --------------------------------------------------------------------------------


def agency_code(agency: str, branch: str) -> str:
    """The agency, with the branch where a circle distinguishes it."""
    if agency == "SKV" and branch in _CRIME_BRANCH:
        return "SKV/crime"
    if agency == "EBM" and branch in _POLICE_WORK:
        return "EBM/police"
    return agency


def same_branch(question: Mapping[str, Any]) -> bool:
    """Contract A: one agency, and in one branch where it has independent ones (8:2)."""
    if question["giver"] != question["receiver"]:
        return False
    branches = p.BRANCHES.get(question["giver"])
    return branches is None or any(
        question["activity"] in activities and question["receiver_function"] in functions
        for activities, functions in branches
    )


def facts_of(question: Mapping[str, Any]) -> set[str]:
    """The names of everything that is true in this question."""
    stated = question["facts"]
    categories = question["categories"]
    purpose = question["purpose"]
    true = {name for name in _PLAIN_FACTS if stated.get(name) is True}
    if stated.get("joint_inspection", purpose in JOINT_INSPECTION) is True:
        true.add("joint_inspection")
    if stated.get("org_crime_cooperation", purpose == "org_crime_cooperation") is True:
        true.add("org_crime_cooperation")
    if stated.get("child_at_risk", purpose == "protect_child") is True:
        true.add("child_at_risk")
    for fact, category in (
        ("contact_detail", "contact_details"),
        ("wrong_payment_suspected", "wrong_payment_circumstance"),
        ("tip_giver", "tip_giver_identity"),
    ):
        if category in categories and fact not in stated:
            true.add(fact)
    if stated.get("consent") in (True, "given", "by_guardian"):
        true.add("valid_consent")
    if question["subject"]["kind"] == "person":
        true.add("person")
    if stated.get("weighing_outcome"):
        true.add("weighed_" + stated["weighing_outcome"])
    crime = stated.get("crime")
    if crime:
        true |= _crime_facts(crime, question["on"])
    return true


def _crime_facts(crime: Mapping[str, Any], on: str) -> set[str]:
    true = set()
    act = crime.get("act") or ""
    if crime.get("committed") is True:
        true.add("committed")
    if crime.get("prison_in_scale") is True:
        true.add("prison")
    if crime.get("expected_more_than_fine") is True:
        true.add("more_than_fine")
    if act.startswith("2007:612/"):
        true.add("benefit_offence")
    if act.startswith("1971:69/"):
        true.add("tax_offence")
    if crime.get("against_child") is True and act.startswith(_CHAPTERS_ON_PERSONS):
        true.add("offence_against_child")
    if on < p.LAW_ENFORCEMENT_ACT:
        threshold = 24 if crime.get("attempt") is True else 12
    else:
        threshold = 12 if crime.get("attempt") is True else 6
    if (crime.get("min_months") or 0) >= threshold:
        true.add("serious_offence")
    return true


# --- Contract B: which secrecy is left ------------------------------------------------------------


def _section(citation: str) -> str:
    section = _sections.get(citation)
    if section is None:
        section = _sections[citation] = citation.removeprefix(p.OSL)
    return section


def _chapter(section: str) -> int:
    return int(section.split(":")[0])


def has_harm_test(section: str, facts: set[str]) -> bool:
    if section in p.ABSOLUTE_FOR_TIP_GIVERS and "tip_giver" in facts:
        return False
    return p.SECRECY[section][1] in p.HARM_TESTS


def what_is_left(
    question: Mapping[str, Any], facts: set[str]
) -> tuple[list[str], list[str], list[str]]:
    """The provisions left, what took others out, and those without harm toward the receiver."""
    stated = question["facts"]
    left, taken_out, no_harm = [], [], []
    for category in question["categories"]:
        for name, sections, citation in p.EXCEPTIONS:
            if name != category:
                continue
            if not question["secrecy"] or any(_section(s) in sections for s in question["secrecy"]):
                taken_out.append(citation)
    own = question["receiver"] == "COMPANY_SELF" and question["subject"]["kind"] == "company"
    for citation in question["secrecy"]:
        section = _section(citation)
        protects = p.SECRECY[section][0]
        if any(
            name in question["categories"] and section in sections
            for name, sections, _ in p.EXCEPTIONS
        ):
            continue
        harmless = stated.get("harm") == "not_met" and has_harm_test(section, facts)
        if stated.get("public_interest_harm") is False and protects == "public":
            harmless = True
        if harmless:
            no_harm.append(citation)
        elif (
            own
            and protects == "individual"
            and "tip_giver" not in facts
            and section not in p.NOT_WAIVABLE
        ):
            taken_out.append(p.OSL + "12:1")
        else:
            left.append(section)
    return left, taken_out, no_harm


# --- Contract D and E: locks and fitting ----------------------------------------------------------


def fitting_rules(
    question: Mapping[str, Any], giver: str, receiver: str, private: bool, facts: set[str]
) -> list[Rule]:
    """Every rule whose conditions are met, whatever secrecy it opens."""
    purpose, on, initiative = question["purpose"], question["on"], question["initiative"]
    function, activity = question["receiver_function"], question["activity"]
    foreign = receiver == "FOREIGN"
    if foreign and function in p.LAW_ENFORCEMENT_FUNCTIONS:
        receiver = "PM"
    if purpose not in _rules_for_purpose:
        _rules_for_purpose[purpose] = tuple(
            rule for rule in RULES if not rule.purposes or purpose in rule.purposes
        )
    found = []
    for rule in _rules_for_purpose[purpose]:
        if not rule.since <= on <= rule.until:
            continue
        if rule.givers and giver not in rule.givers:
            continue
        if rule.activities and activity not in rule.activities:
            continue
        if rule.to != "anybody" and private != (rule.to == "private"):
            continue
        if rule.receivers and receiver not in rule.receivers:
            continue
        if rule.functions and function not in rule.functions:
            continue
        if rule.initiative and initiative != rule.initiative:
            continue
        if foreign and rule.kind != "permission":
            continue
        if rule.categories and not any(c in question["categories"] for c in rule.categories):
            continue
        if not all(fact in facts for fact in rule.needs):
            continue
        if any(fact in facts for fact in rule.forbids):
            continue
        found.append(rule)
    return found


def rule_opens(rule: Rule, section: str) -> bool:
    """Does the provision lie wholly inside what the rule reaches, outside its exceptions?"""
    whole = section.split(" ")[0]
    if rule.opens and not {section, whole} & rule.opens:
        return False
    if rule.opens_chapters and _chapter(section) not in rule.opens_chapters:
        return False
    if _chapter(section) in rule.shut_chapters:
        return False
    for excluded in rule.shut:
        if excluded in (section, whole):
            return False
        if section == whole and excluded.split(" ")[0] == section:
            return False
    return True


def openers_of(left: list[str], fitting: list[Rule], facts: set[str]) -> list[list[Rule]]:
    """For each provision left the rules that open it, in the order of the tables."""
    found = []
    for section in left:
        rules = []
        lock = p.LOCKS.get(section)
        locked = lock is not None and (not lock[1] or lock[1] in facts)
        for rule in fitting:
            if locked and lock is not None and rule.through in lock[0]:
                continue
            key = (rule.number, section)
            opens = _opens.get(key)
            if opens is None:
                opens = _opens[key] = rule_opens(rule, section)
            if opens:
                rules.append(rule)
        found.append(rules)
    if "21:1" in left and len(left) > 1:  # 21:2: what breaks the other secrecy breaks this too
        health = found[left.index("21:1")]
        for section, rules in zip(left, found, strict=True):
            if section != "21:1":
                health += [rule for rule in rules if rule not in health]
    return found
