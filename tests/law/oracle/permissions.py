"""The permissions of ``provisions.md`` section 2.1, and the whole list of rules in order.

Among the permissions without a weighing the order is that of ``provisions.md`` section 0.
"""

from __future__ import annotations

from typing import Any, Final

from . import provisions as p
from .duties import DUTIES
from .rules import JOINT_INSPECTION, WEIGHED_DUTIES, WELFARE_CASES, Rule

_ACTS_AGAINST_CRIME: Final = p.LAW_ENFORCEMENT


def _permission(section: str, **fields: Any) -> Rule:
    """A permission in the secrecy act without a weighing."""
    return Rule(p.OSL + section, "permission", "none", section)._replace(**fields)


def _point(point: int, purposes: tuple[str, ...], **fields: Any) -> Rule:
    """One point of OSL 10:15a st1."""
    return Rule(
        f"{p.OSL}10:15a st1 p{point}",
        "permission",
        "overriding_reasons_against",
        "10:15a",
        purposes=purposes,
        since=p.PERMISSION_2025,
        opens_chapters=p.INDIVIDUAL_CHAPTERS,
        shut=p.EXCLUDED_IN_2025_PERMISSION,
    )._replace(**fields)


PERMISSIONS: Final[tuple[Rule, ...]] = (
    # G3
    _permission("10:2", to="anybody", needs=("necessary_for_giver",)),
    # G6, G7, G8
    _permission("10:16", purposes=("review_of_decision",)),
    _permission("10:17", purposes=("audit_of_giver",)),
    _permission("10:18", purposes=("discipline_at_giver",)),
    # G9
    _permission(
        "10:18a",
        purposes=("crime_intelligence", "org_crime_cooperation"),
        receivers=frozenset({"PM", "SÄPO"}),
        needs=("youth_crime_risk",),
        forbids=("unsuitable", "committed"),
        opens=frozenset({"26:1"}),
    ),
    _permission(
        "10:18a",
        purposes=("crime_intelligence", "org_crime_cooperation"),
        since=p.LAW_ENFORCEMENT_ACT,
        receivers=frozenset({"TULL"}),
        needs=("youth_crime_risk",),
        forbids=("unsuitable", "committed"),
        opens=frozenset({"26:1"}),
    ),
    _permission(
        "10:18b",
        purposes=("crime_intelligence", "org_crime_cooperation"),
        until="2025-03-31",
        receivers=frozenset({"PM", "SÄPO"}),
        needs=("terrorism_risk",),
        forbids=("unsuitable", "committed"),
        opens=frozenset({"26:1"}),
    ),
    _permission(
        "10:18b",
        purposes=("crime_intelligence", "org_crime_cooperation"),
        since=p.LAW_ENFORCEMENT_ACT,
        receivers=frozenset({"PM", "SÄPO"}),
        needs=("terrorism_risk",),
        forbids=("unsuitable", "committed"),
        opens=frozenset({"25:1", "25:2 st2", "26:1"}),
    ),
    _permission(
        "10:18c",
        purposes=("crime_intelligence", "org_crime_cooperation"),
        receivers=frozenset({"PM"}),
        needs=("serious_violence_risk",),
        forbids=("unsuitable", "committed"),
        opens=frozenset({"25:1", "26:1"}),
    ),
    # G10
    _permission(
        "10:21",
        purposes=("crime_investigation",),
        receivers=frozenset({"ÅM", "PM"}),
        needs=("committed", "offence_against_child"),
        opens=p.CRIMES_AGAINST_CHILDREN_OPENS,
    ),
    # G11
    _permission(
        "10:23",
        purposes=("crime_investigation",),
        receivers=_ACTS_AGAINST_CRIME,
        needs=("committed", "serious_offence"),
        opens=p.SERIOUS_CRIMES_OPENS,
    ),
    # G12, older and newer wording
    _permission(
        "10:24",
        purposes=("crime_investigation",),
        until="2025-03-31",
        receivers=_ACTS_AGAINST_CRIME,
        needs=("committed", "prison", "more_than_fine"),
        shut=p.EXCLUDED_IN_COMMITTED_CRIMES,
    ),
    _permission(
        "10:24",
        purposes=("crime_investigation",),
        since=p.LAW_ENFORCEMENT_ACT,
        receivers=_ACTS_AGAINST_CRIME,
        needs=("committed", "prison"),
        shut=p.EXCLUDED_IN_COMMITTED_CRIMES,
    ),
    # G15
    Rule(
        p.OSL + "28:12a",
        "permission",
        "none",
        "28:12a",
        purposes=("service_delivery",),
        since="2010-12-01",
        givers=frozenset({"AF"}),
        to="private",
        receivers=frozenset({"SUPPLIER"}),
        opens=frozenset({"28:11", "28:12"}),
    ),
    # G2
    _permission(
        "10:1", to="anybody", needs=("valid_consent",), opens_chapters=p.INDIVIDUAL_CHAPTERS
    ),
    # G5, point by point; points 3 and 4 share their purposes, the suspicion tells them apart
    _point(1, ("crime_intelligence", "org_crime_cooperation")),
    _point(2, ("crime_investigation",)),
    _point(3, WELFARE_CASES, forbids=("wrong_payment_suspected",)),
    _point(4, WELFARE_CASES, needs=("wrong_payment_suspected",)),
    _point(4, ("own_tax_control",)),
    _point(
        5,
        (
            "own_supervision",
            "detect_rule_breach",
            "inspection_illegal_employment",
            "permit_case",
            "aliens_control",
            "population_registration",
            *JOINT_INSPECTION,
        ),
    ),
    # G13
    Rule(
        p.OSL + "10:27",
        "permission",
        "obvious_priority_of_disclosure",
        "10:27",
        shut=p.EXCLUDED_IN_GENERAL_CLAUSE,
    ),
)

RULES: Final[tuple[Rule, ...]] = tuple(
    rule._replace(number=number)
    for number, rule in enumerate(DUTIES + WEIGHED_DUTIES + PERMISSIONS)
)
