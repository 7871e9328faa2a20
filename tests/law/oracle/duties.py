"""The duties without a weighing of ``provisions.md`` section 2.4, copied by hand.

The order matters only between rules with the same hurdle: a special rule stands before a general
one, so the duty toward the social insurance as such (O5) comes after the special ones.
"""

from __future__ import annotations

from typing import Final

from . import provisions as p
from .rules import CASES, Rule, duty

_TAX_UNTIL: Final = "2026-04-01"
_TAX_DATABASE: Final = ("taxation", "tax_control")
_SKV: Final = frozenset({"SKV"})

# --- 2.4 duties in other acts and ordinances ------------------------------------------------------

DUTIES: Final[tuple[Rule, ...]] = (
    # O1
    duty(
        "2007:612/6",
        purposes=("crime_investigation",),
        since="2008-01-01",
        givers=p.BENEFIT_OFFENCE_REPORTERS,
        receivers=frozenset({"PM"}),
        initiative="own",
        needs=("committed", "benefit_offence"),
    ),
    # O2, to a prosecutor
    duty(
        "1971:69/17",
        purposes=("crime_investigation",),
        givers=_SKV,
        activities=("taxation", "tax_control", "tax_data_analysis"),
        receivers=frozenset({"ÅM", "EBM"}),
        initiative="own",
        needs=("committed", "tax_offence"),
        forbids=("tax_sanction_unlikely",),
    ),
    # O2, to the crime unit in simpler cases
    duty(
        "1971:69/17",
        purposes=("crime_investigation",),
        givers=_SKV,
        activities=("taxation", "tax_control", "tax_data_analysis"),
        receivers=frozenset({"SKV/crime"}),
        initiative="own",
        needs=("committed", "tax_offence"),
        forbids=("tax_sanction_unlikely", "more_than_fine"),
    ),
    # O3
    duty(
        "2008:206/3",
        purposes=("prevent_wrong_payment",),
        since="2008-06-01",
        givers=p.WRONG_PAYMENT_REPORTERS,
        receivers=p.PAYMENT_DECIDERS,
        initiative="own",
        needs=("wrong_payment_suspected",),
        forbids=("special_reasons_against",),
    ),
    # O3, regions from SFS 2025:1271, without 25:1, 2, 4 and 5
    duty(
        "2008:206/3",
        purposes=("prevent_wrong_payment",),
        since=p.EARLY_2026,
        givers=frozenset({"REGION_VARD"}),
        receivers=p.PAYMENT_DECIDERS,
        initiative="own",
        needs=("wrong_payment_suspected",),
        forbids=("special_reasons_against",),
        shut=frozenset({"25:1", "25:2", "25:4", "25:5"}),
    ),
    # O6
    duty(
        "2010:110/110:34a",
        purposes=("social_insurance_case",),
        givers=frozenset({"SKV", "SKV/crime"}),
        receivers=frozenset({"FK"}),
        initiative="request",
        categories=("personal_assistance",),
    ),
    # O7, section 2
    duty(
        "1980:995/2",
        purposes=("labour_market_case", "unemployment_benefit_case"),
        givers=frozenset({"FK", "PENS"}),
        receivers=frozenset({"AF"}),
        initiative="request",
        needs=("person",),
    ),
    # O7, section 3, point by point
    *(
        duty(
            f"1980:995/3 p{point}",
            purposes=CASES,
            givers=frozenset({"FK", "PENS"}),
            receivers=frozenset(codes),
            initiative="request",
            categories=("address_employer_economy_period",),
        )
        for point, codes in (
            (1, {"PM"}),
            (2, {"SÄPO"}),
            (3, {"ÅM"}),
            (4, {"KFM"}),
            (5, {"SKV", "SKV/crime"}),
            (7, {"KOMMUN_SOC"}),
            (8, {"KV"}),
            (9, {"CSN"}),
            (12, {"MV"}),
        )
    ),
    # O8
    duty(
        "2001:588/7d",
        purposes=("inspection_illegal_employment",),
        until=_TAX_UNTIL,
        givers=_SKV,
        activities=_TAX_DATABASE,
        receivers=frozenset({"PM"}),
        initiative="request",
    ),
    # O9
    duty(
        "2001:588/8a",
        purposes=("permit_case",),
        until=_TAX_UNTIL,
        givers=_SKV,
        activities=_TAX_DATABASE,
        receivers=frozenset({"MV"}),
        initiative="request",
    ),
    # O10
    duty(
        "2001:588/8c",
        purposes=("prevent_wrong_payment", "labour_market_case"),
        until=_TAX_UNTIL,
        givers=_SKV,
        activities=_TAX_DATABASE,
        receivers=frozenset({"AF"}),
        categories=("individual_employer_declaration",),
    ),
    # O11
    duty(
        "2001:588/8l",
        purposes=("crime_intelligence", "crime_investigation", "org_crime_cooperation"),
        until=_TAX_UNTIL,
        givers=_SKV,
        activities=_TAX_DATABASE,
        receivers=p.DECLARATION_RECEIVERS,
        initiative="request",
        categories=("individual_employer_declaration",),
    ),
    # O12
    duty(
        "2001:588/7",
        purposes=("social_insurance_case",),
        until=_TAX_UNTIL,
        givers=_SKV,
        activities=_TAX_DATABASE,
        receivers=frozenset({"FK"}),
        categories=("income_and_fee_base",),
    ),
    # O14
    duty(
        "2005:716/17:3",
        purposes=("social_insurance_case",),
        givers=frozenset({"MV"}),
        receivers=frozenset({"FK", "PENS"}),
        categories=("permit_status",),
    ),
    # O15
    duty(
        "2006:97/7:15b",
        purposes=("population_registration",),
        givers=frozenset({"MV"}),
        receivers=_SKV,
        initiative="request",
        categories=("identity_and_address", "permit_status"),
    ),
    # O16
    duty(
        "2006:97/7:15c",
        purposes=("permit_case",),
        givers=frozenset({"AF"}),
        receivers=frozenset({"MV"}),
        initiative="request",
        categories=("subsidised_employment",),
    ),
    # O17
    duty(
        "2006:97/7:1",
        purposes=("aliens_control",),
        givers=frozenset({"SKV", "AF"}),
        receivers=frozenset({"PM"}),
        initiative="own",
        categories=("alien_without_permit",),
    ),
    # O19, social services
    duty(
        "2005:716/17:1",
        purposes=("permit_case", "aliens_control"),
        givers=frozenset({"KOMMUN_SOC"}),
        receivers=frozenset({"PM", "SÄPO", "MV"}),
        initiative="request",
        needs=("person",),
    ),
    # O19, health care, about a health certificate
    duty(
        "2005:716/17:2",
        purposes=("permit_case", "aliens_control"),
        givers=frozenset({"REGION_VARD"}),
        receivers=frozenset({"PM", "MV"}),
        initiative="request",
        categories=("health",),
    ),
    # O20, three periods
    duty(
        "2001:453/14:1",
        purposes=("protect_child",),
        until="2025-06-30",
        givers=p.CHILD_REPORTERS_BEFORE,
        receivers=frozenset({"KOMMUN_SOC"}),
        initiative="own",
        needs=("child_at_risk",),
    ),
    duty(
        "2025:400/19:1",
        purposes=("protect_child",),
        since=p.NEW_SOCIAL_SERVICES_ACT,
        until="2026-02-11",
        givers=p.CHILD_REPORTERS_BEFORE,
        receivers=frozenset({"KOMMUN_SOC"}),
        initiative="own",
        needs=("child_at_risk",),
    ),
    duty(
        "2025:400/19:1",
        purposes=("protect_child",),
        since=p.EARLY_2026,
        givers=p.CHILD_REPORTERS_AFTER,
        receivers=frozenset({"KOMMUN_SOC"}),
        initiative="own",
        needs=("child_at_risk",),
    ),
    # O5, after the special duties
    duty(
        "2010:110/110:31",
        purposes=("social_insurance_case",),
        receivers=p.SOCIAL_INSURANCE_RECEIVERS,
        initiative="request",
        needs=("person",),
    ),
    # a written notice to the safety representative (1977:1160/7:14 through OSL 10:11)
    Rule(
        "1977:1160/7:14",
        "duty",
        "none",
        "10:11",
        purposes=("union_info",),
        givers=frozenset({"AV"}),
        to="private",
        receivers=frozenset({"SAFETY_REP"}),
        categories=("written_notice",),
        opens=p.UNION_OPENS,
    ),
)
