"""Secrecy provisions, exceptions, locks and circles of agencies, copied by hand.

Everything here was transcribed from ``shared/law/provisions.md`` (sections 1 to 3 and 6) and,
where that file leaves a condition open, from the statute texts beside it.  Nothing was taken from
the rulebook of the engine: the point of this package is to be a second pair of eyes.

Sections of the secrecy act (2009:400) are written without the number of the act: ``27:1`` is
chapter 27, section 1, and ``26:1a st1`` its first paragraph.
"""

from __future__ import annotations

from typing import Final

OSL: Final = "2009:400/"

# --- 8:2: independent branches, each with its activities and its functions as a receiver ----------

BRANCHES: Final[dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]] = {
    "SKV": (
        (("taxation", "tax_control", "tax_data_analysis", "wage_guarantee"), ("tax",)),
        (("tax_crime_unit",), ("tax_crime", "law_enforcement")),
        (("population_registration",), ("population_registration",)),
    ),
}

# --- Secrecy: section -> (whose interest it protects, kind of harm test) --------------------------
# straight: open unless harm can be assumed; qualified: open unless the harm is grave;
# reverse: secret unless it is clear that there is no harm; absolute: no harm test;
# agreement: what an agreement with another state says, no harm test of its own.

SECRECY: Final[dict[str, tuple[str, str]]] = {
    # 1.1 rules that follow the kind of data or activity
    "15:1": ("public", "straight"),
    "15:1a": ("public", "straight"),
    "15:2": ("public", "straight"),
    "17:1": ("public", "straight"),
    "17:1b": ("public", "straight"),
    "17:2": ("public", "qualified"),
    "17:3b": ("public", "straight"),
    "18:1": ("public", "straight"),
    "18:1a": ("public", "straight"),
    "18:2": ("public", "reverse"),
    "18:3": ("public", "straight"),
    "18:5": ("public", "reverse"),
    "18:6": ("public", "reverse"),
    "18:7": ("public", "reverse"),
    "18:8": ("public", "straight"),
    "18:14": ("public", "reverse"),
    "18:17": ("public", "straight"),
    "18:17a": ("public", "straight"),
    "21:1": ("individual", "qualified"),
    "21:3": ("individual", "qualified"),
    "21:3 st1": ("individual", "qualified"),
    "21:3 st3": ("individual", "reverse"),
    "21:3a": ("individual", "reverse"),
    "21:5": ("individual", "qualified"),
    "21:7": ("individual", "straight"),
    "24:8": ("individual", "absolute"),
    "32:3b": ("individual", "reverse"),  # absolute for who reported, see harm_test()
    "39:1": ("individual", "straight"),
    "39:2": ("individual", "straight"),
    "39:3": ("individual", "straight"),
    "40:5": ("individual", "absolute"),
    "40:7g": ("individual", "reverse"),
    # 1.2 agency by agency
    "27:1": ("individual", "absolute"),
    "27:2": ("individual", "absolute"),
    "27:2a": ("individual", "absolute"),
    "27:5": ("individual", "agreement"),
    "22:1": ("individual", "qualified"),
    "22:1a": ("individual", "absolute"),
    "22:1c": ("individual", "absolute"),
    "22:2": ("individual", "reverse"),
    "28:13a": ("individual", "reverse"),
    "28:14": ("individual", "straight"),  # absolute for a worker's complaint, see harm_test()
    "28:14 st1": ("individual", "straight"),
    "28:15": ("individual", "straight"),
    "28:1": ("individual", "straight"),
    "28:1a": ("individual", "straight"),
    "28:3": ("individual", "qualified"),
    "28:4": ("individual", "straight"),
    "28:11": ("individual", "straight"),
    "28:12": ("individual", "straight"),
    "28:13": ("individual", "straight"),
    "37:1": ("individual", "reverse"),
    "37:1 st1": ("individual", "reverse"),
    "37:1 st2": ("individual", "qualified"),
    "37:2": ("individual", "agreement"),
    "35:1": ("individual", "reverse"),
    "35:2": ("individual", "qualified"),
    "35:3": ("individual", "absolute"),
    "35:11": ("individual", "reverse"),
    "35:12": ("individual", "straight"),
    "35:12a": ("individual", "reverse"),
    "35:20": ("individual", "straight"),
    # sections named only in the lists of excluded secrecy
    "25:1": ("individual", "reverse"),
    "25:2 st1": ("individual", "absolute"),
    "25:2 st2": ("individual", "reverse"),
    "25:3": ("individual", "reverse"),
    "25:4": ("individual", "reverse"),
    "25:5": ("individual", "absolute"),
    "26:1": ("individual", "reverse"),
    "26:1a st1": ("individual", "absolute"),
    "26:1a st2": ("individual", "reverse"),
    "26:3": ("individual", "absolute"),
}

#: Kinds of harm test that can come out as "no harm".
HARM_TESTS: Final = ("straight", "qualified", "reverse")

#: Secrecy without a harm test when the item shows who reported (28:14 st1 second sentence, 32:3b).
ABSOLUTE_FOR_TIP_GIVERS: Final = ("28:14", "28:14 st1", "32:3b")

#: Day from which a provision exists, for those that are younger than the questions asked.
SECRECY_SINCE: Final[dict[str, str]] = {
    "17:3b": "2021-12-17",
    "32:3b": "2021-12-17",
    "17:1b": "2024-01-01",
    "18:1a": "2024-11-08",
    "28:1a": "2025-01-01",
    "35:12a": "2025-01-01",
    "28:13a": "2025-02-01",
    "27:2a": "2026-04-02",
    "22:1c": "2026-04-02",
}

# --- Kinds of items that a provision leaves out: (category, sections, citation) -------------------

EXCEPTIONS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("tax_decision", ("27:1",), OSL + "27:6"),
    ("control_fee_decision", ("27:2",), OSL + "27:2 st3 p3"),
    ("prosecution_decision", ("35:1",), OSL + "35:6 p1"),
    ("penalty_order", ("35:1",), OSL + "35:6 p3"),
    ("permit_decision_outcome", ("37:1", "37:1 st1", "37:1 st2"), OSL + "37:1 st3"),
    ("labour_market_decision", ("28:11",), OSL + "28:11 st2"),
    ("wage_guarantee_decision", ("28:13a",), OSL + "28:13a st2"),
)

# --- Locks (section 2.6): section -> (rules shut out, fact that must be true or "") ---------------

TEN_FIFTEEN_TO_TWENTYSEVEN: Final = frozenset({
    "10:15", "10:15a", "10:16", "10:17", "10:18", "10:18a", "10:18b", "10:18c", "10:19",
    "10:20", "10:21", "10:22", "10:22a", "10:23", "10:24", "10:25", "10:26", "10:27",
})  # fmt: skip
TEN_BEFORE_FIFTEEN: Final = frozenset({"10:1", "10:2", "10:3", "10:11", "10:14"})
ALL_OF_TEN: Final = TEN_BEFORE_FIFTEEN | TEN_FIFTEEN_TO_TWENTYSEVEN | {"10:28"}

LOCKS: Final[dict[str, tuple[frozenset[str], str]]] = {
    "15:1a": (TEN_FIFTEEN_TO_TWENTYSEVEN | {"10:28"}, ""),
    "18:14": (ALL_OF_TEN, ""),
    "27:5": (TEN_FIFTEEN_TO_TWENTYSEVEN | {"10:28"}, "treaty_forbids"),
    "34:7": (TEN_FIFTEEN_TO_TWENTYSEVEN | {"10:28"}, "treaty_forbids"),
    "35:3": (ALL_OF_TEN, ""),
    "37:2": (TEN_FIFTEEN_TO_TWENTYSEVEN | {"10:28"}, "treaty_forbids"),
}

#: Chapter 12 does not apply to the criminal records register either (35:3 st3).
NOT_WAIVABLE: Final = ("35:3",)

# --- Excluded kinds of secrecy, section by section ------------------------------------------------

_HEALTH_1_TO_8: Final = frozenset({
    "25:1", "25:2", "25:3", "25:4", "25:5", "25:6", "25:7", "25:8",
})  # fmt: skip
_SOCIAL_1_TO_6: Final = frozenset({"26:1", "26:1a", "26:2", "26:3", "26:4", "26:5", "26:6"})

#: OSL 10:27 st2; the same sections are in 2024:307/4 st3 and 2024:307/2 st3.
EXCLUDED_IN_GENERAL_CLAUSE: Final = frozenset({
    "24:2a", "24:8", *_HEALTH_1_TO_8, *_SOCIAL_1_TO_6, "29:1", "29:2", "31:1 st1", "31:2",
    "31:12", "33:2", "33:4a", "36:3", "40:2", "40:5",
})  # fmt: skip
EXCLUDED_IN_JOINT_INSPECTIONS: Final = frozenset({"15:1", "15:2"}) | EXCLUDED_IN_GENERAL_CLAUSE
EXCLUDED_IN_WELFARE: Final = EXCLUDED_IN_GENERAL_CLAUSE
WELFARE_EXCLUDED_CHAPTERS: Final = (15, 16, 17, 18, 19, 20, 41, 42, 43)

#: OSL 10:15a st3.
EXCLUDED_IN_2025_PERMISSION: Final = frozenset({
    "24:2a", "24:8", "25:1", "25:2", "25:3", "25:4", "25:5", "25:8", "26:1a st1", "26:3",
    "26:4", "26:6", "29:1", "29:2", "31:1 st1", "31:2", "31:12", "33:2", "33:4a", "36:3",
    "40:2", "40:5",
})  # fmt: skip

#: 2025:170/8.
EXCLUDED_IN_LAW_ENFORCEMENT_ACT: Final = frozenset({
    "24:8", *_HEALTH_1_TO_8, "25:15", *_SOCIAL_1_TO_6, "40:2", "40:5",
})  # fmt: skip

#: What OSL 10:21 opens.
CRIMES_AGAINST_CHILDREN_OPENS: Final = frozenset({
    "25:1", "25:2 st2", "25:3", "25:4", "25:5", "26:1", "26:1a st2", "26:3", "26:4", "26:6",
    "33:2", "33:4a",
})  # fmt: skip

#: What OSL 10:23 opens.
SERIOUS_CRIMES_OPENS: Final = frozenset({
    "24:2a", "24:8", "25:1", "25:2 st2", "25:3", "25:4", "25:5", "25:6", "25:7", "25:8",
    "26:1", "26:1a st2", "26:2", "26:3", "26:4", "26:5", "26:6", "31:1 st1", "31:2", "31:12",
    "33:2", "33:4a", "36:3", "40:2", "40:5",
})  # fmt: skip

#: What OSL 10:24 does not open: everything named in 10:19-23, 25:2 st1 and 26:1a st1.
EXCLUDED_IN_COMMITTED_CRIMES: Final = (
    CRIMES_AGAINST_CHILDREN_OPENS | SERIOUS_CRIMES_OPENS | {"25:2 st1", "26:1a st1"}
)

#: What OSL 10:11 opens toward unions and safety representatives.
UNION_OPENS: Final = frozenset({
    "19:1", "19:2", "19:3", "19:4", "19:5", "19:6", "19:9", "19:10", "28:4", "28:11", "28:13",
    "28:13a", "28:14", "28:15", "31:1 st1", "31:2", "31:3", "31:4", "31:5", "31:12", "31:16",
    "31:17", "31:18", "39:1", "39:2", "39:3", "39:4", "39:5", "39:5a", "39:5b",
})  # fmt: skip

INDIVIDUAL_CHAPTERS: Final = (
    21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
)  # fmt: skip
PUBLIC_CHAPTERS: Final = (15, 16, 17, 18, 19, 20)

# --- Circles of agencies --------------------------------------------------------------------------
# "SKV/crime" is the crime-fighting branch of the tax agency, "EBM/police" the police work of the
# economic crime authority.  A circle names them wherever it reaches them.

PRIVATE: Final = frozenset({
    "UNION", "JOURNALIST", "EMPLOYER", "SUPPLIER", "SAFETY_REP", "PERSON_REPORTED",
    "COMPANY_SELF", "PARTY",
})  # fmt: skip
PARTIES: Final = frozenset({"EMPLOYER", "COMPANY_SELF", "PERSON_REPORTED", "PARTY"})

JOINT_INSPECTION_ACTORS: Final = frozenset({
    "AF", "AV", "EBM", "EBM/police", "FK", "JäMy", "MV", "PM", "SKV", "SKV/crime", "ÅM",
})  # fmt: skip
WELFARE_ACTORS: Final = frozenset({
    "AF", "BOLV", "CSN", "FK", "IVO", "KFM", "MV", "PENS", "SKV", "SKV/crime", "KOMMUN",
    "KOMMUN_SOC", "AKASSA",
})  # fmt: skip
LAW_ENFORCEMENT: Final = frozenset({
    "EBM", "EBM/police", "KBV", "PM", "SKV/crime", "SÄPO", "TULL", "ÅM",
})  # fmt: skip
LAW_ENFORCEMENT_FUNCTIONS: Final = frozenset({
    "law_enforcement", "police", "prosecution", "tax_crime", "tax_crime_unit",
})  # fmt: skip
LISTED_STATE_GIVERS: Final = frozenset({
    "AF", "AV", "BOLV", "CSN", "FI", "FMN", "FK", "IVO", "KV", "KFM", "LM", "LST", "MV", "NV",
    "PENS", "SKV", "SKV/crime", "SKOLI", "TVV", "TS", "UTBM", "UM",
})  # fmt: skip
LOCAL_GOVERNMENT: Final = frozenset({"KOMMUN", "KOMMUN_SOC", "REGION_VARD"})
ORGANISED_CRIME_GIVERS: Final = frozenset({
    "AF", "AV", "BOLV", "CSN", "EBM/police", "FI", "FMN", "FK", "ISP", "IVO", "KV", "KFM",
    "KBV", "MV", "PENS", "PM", "SKV", "SKV/crime", "SÄPO", "TVV", "TRV", "TS", "TULL", "UTBM",
})  # fmt: skip
ORGANISED_CRIME_RECEIVERS: Final = ORGANISED_CRIME_GIVERS | {"EBM", "ÅM"}
BENEFIT_OFFENCE_REPORTERS: Final = frozenset({
    "FK", "AF", "MV", "CSN", "PENS", "KOMMUN", "KOMMUN_SOC", "AKASSA",
})  # fmt: skip
WRONG_PAYMENT_REPORTERS: Final = frozenset({
    "MV", "FK", "PENS", "SKV", "KFM", "UTBM", "CSN", "AF", "KOMMUN", "KOMMUN_SOC", "AKASSA",
})  # fmt: skip
PAYMENT_DECIDERS: Final = frozenset({"MV", "FK", "PENS", "CSN", "AF", "KOMMUN", "AKASSA"})
SOCIAL_INSURANCE_RECEIVERS: Final = frozenset({"FK", "PENS", "SKV", "DOMSTOL"})
DECLARATION_RECEIVERS: Final = frozenset({
    "EBM", "EBM/police", "PM", "ÅM", "SÄPO", "TULL", "KBV",
})  # fmt: skip
CHILD_REPORTERS_BEFORE: Final = frozenset({"PM", "SÄPO", "KV", "REGION_VARD"})
CHILD_REPORTERS_AFTER: Final = CHILD_REPORTERS_BEFORE | {
    "AF", "EBM", "EBM/police", "FK", "KFM", "KBV", "LST", "MV", "SKV", "SKV/crime", "TULL", "ÅM",
}  # fmt: skip

# --- Reports toward the person reported (section 4): giver -> provision ---------------------------

REPORT_PROVISIONS: Final[dict[str, str]] = {
    "FK": OSL + "28:3",
    "PENS": OSL + "28:3",
    "MV": OSL + "37:1 st2",
    "PM": OSL + "35:2",
    "ÅM": OSL + "35:2",
    "EBM": OSL + "35:2",
}

# --- Days (section 6) -----------------------------------------------------------------------------

ORGANISED_CRIME_ACT: Final = "2016-08-15"
JOINT_INSPECTION_ACT: Final = "2024-07-01"
LAW_ENFORCEMENT_ACT: Final = "2025-04-01"
NEW_SOCIAL_SERVICES_ACT: Final = "2025-07-01"
PERMISSION_2025: Final = "2025-12-01"
NEW_TAX_DATA_ACT: Final = "2026-04-02"
#: "2026 (early)" in section 6: in force at the latest in the snapshot of this day.  No question
#: between 2026-01-01 and this day may turn on these changes.
EARLY_2026: Final = "2026-02-12"

#: Tests from the lowest hurdle for disclosure to the highest.
TESTS: Final = (
    "none",
    "extraordinary_reasons",
    "clear_that_secrecy_prevails",
    "overriding_reasons_against",
    "obvious_priority_of_disclosure",
)
HURDLE: Final[dict[str, int]] = {test: level for level, test in enumerate(TESTS)}
