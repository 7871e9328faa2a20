"""What a rule is, and the duties with a weighing, copied by hand from ``provisions.md``.

The duties without a weighing are in ``duties.py`` and the permissions in ``permissions.py``.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from . import provisions as p

CRIME_FIGHTING: Final = (
    "crime_intelligence",
    "crime_investigation",
    "confiscation_inquiry",
    "org_crime_cooperation",
)
JOINT_INSPECTION: Final = (
    "joint_inspection_plan",
    "joint_inspection_execute",
    "joint_inspection_followup",
)
WELFARE_CASES: Final = (
    "prevent_wrong_payment",
    "social_insurance_case",
    "labour_market_case",
    "unemployment_benefit_case",
)
#: A "case at the receiver" in 1980:995/3: intelligence and inspections are no cases.
CASES: Final = (
    "crime_investigation",
    "own_tax_control",
    "permit_case",
    "enforcement",
    "population_registration",
)


class Rule(NamedTuple):
    """One row of the tables; an empty field asks nothing."""

    cite: str
    kind: str  # "duty", "right" (of a party) or "permission"
    test: str
    through: str  # the section of the secrecy act that lets it through, for the locks
    purposes: tuple[str, ...] = ()
    since: str = ""
    until: str = "9999-12-31"
    givers: frozenset[str] = frozenset()
    activities: tuple[str, ...] = ()
    to: str = "authority"  # "authority", "private" or "anybody"
    receivers: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    initiative: str = ""  # "own" or "request"
    categories: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    opens: frozenset[str] = frozenset()
    opens_chapters: tuple[int, ...] = ()
    shut: frozenset[str] = frozenset()
    shut_chapters: tuple[int, ...] = ()
    number: int = 0  # place in the list of all rules


def duty(cite: str, **fields: Any) -> Rule:
    """A duty without a test that works through OSL 10:28."""
    return Rule(cite, "duty", "none", "10:28")._replace(**fields)


# --- 2.2, 2.3 and O4: duties with a weighing, and the right of a party ----------------------------

WEIGHED_DUTIES: Final[tuple[Rule, ...]] = (
    # L1
    Rule(
        "2025:170/4",
        "duty",
        "extraordinary_reasons",
        "10:28",
        purposes=CRIME_FIGHTING,
        since=p.LAW_ENFORCEMENT_ACT,
        receivers=p.LAW_ENFORCEMENT,
        functions=p.LAW_ENFORCEMENT_FUNCTIONS,
        initiative="request",
        needs=("contact_detail", "person"),
    ),
    # L2
    Rule(
        "2025:170/5",
        "duty",
        "clear_that_secrecy_prevails",
        "10:28",
        purposes=CRIME_FIGHTING,
        since=p.LAW_ENFORCEMENT_ACT,
        givers=p.LISTED_STATE_GIVERS,
        receivers=p.LAW_ENFORCEMENT,
        functions=p.LAW_ENFORCEMENT_FUNCTIONS,
        shut=p.EXCLUDED_IN_LAW_ENFORCEMENT_ACT,
    ),
    # L3
    Rule(
        "2025:170/6",
        "duty",
        "clear_that_secrecy_prevails",
        "10:28",
        purposes=CRIME_FIGHTING,
        since=p.LAW_ENFORCEMENT_ACT,
        givers=p.LOCAL_GOVERNMENT,
        receivers=p.LAW_ENFORCEMENT,
        functions=p.LAW_ENFORCEMENT_FUNCTIONS,
        shut=p.EXCLUDED_IN_LAW_ENFORCEMENT_ACT,
    ),
    # D1
    Rule(
        "2024:307/4",
        "duty",
        "overriding_reasons_against",
        "10:28",
        purposes=JOINT_INSPECTION,
        since=p.JOINT_INSPECTION_ACT,
        givers=p.JOINT_INSPECTION_ACTORS,
        receivers=p.JOINT_INSPECTION_ACTORS,
        needs=("joint_inspection",),
        shut=p.EXCLUDED_IN_JOINT_INSPECTIONS,
    ),
    # D2
    Rule(
        "2024:307/2",
        "duty",
        "overriding_reasons_against",
        "10:28",
        purposes=("prevent_wrong_payment",),
        since=p.JOINT_INSPECTION_ACT,
        givers=p.WELFARE_ACTORS,
        receivers=p.WELFARE_ACTORS,
        shut=p.EXCLUDED_IN_WELFARE,
        shut_chapters=p.WELFARE_EXCLUDED_CHAPTERS,
    ),
    # O4
    Rule(
        "2016:774/2",
        "duty",
        "overriding_reasons_against",
        "10:28",
        purposes=("org_crime_cooperation",),
        since=p.ORGANISED_CRIME_ACT,
        givers=p.ORGANISED_CRIME_GIVERS,
        receivers=p.ORGANISED_CRIME_RECEIVERS,
        needs=("org_crime_cooperation",),
    ),
    # G4
    Rule(
        p.OSL + "10:3",
        "right",
        "extraordinary_reasons",
        "10:3",
        purposes=("party_access",),
        to="private",
        receivers=p.PARTIES,
        initiative="request",
        forbids=("tip_giver",),
    ),
)
