"""Random classes of items and situations, in the rulebook's own words."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from samsyn.law import Rulebook
from samsyn.law.question import UNKNOWN

SOME_SECRECY = (
    "2009:400/15:1",
    "2009:400/17:1",
    "2009:400/18:1",
    "2009:400/21:7",
    "2009:400/26:1",
    "2009:400/27:1",
    "2009:400/28:1",
    "2009:400/30:23",
    "2009:400/35:1",
    "2009:400/37:1",
)
ITEM_FACTS = ("harm", "public_interest_harm", "tip_giver", "contact_detail", "received_from")


def raw_items(rulebook: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    """Fields of a question that describe an item."""
    words = rulebook.vocabulary
    kinds = [kind for entry in words.categories.values() for kind in entry.item_kinds]
    return st.fixed_dictionaries(
        {"giver": _authorities(rulebook)},
        optional={
            "activity": st.sampled_from([*words.activities.known, "something else entirely"]),
            "item_kind": st.sampled_from([*kinds, "an odd kind"]),
            "subject": st.fixed_dictionaries(
                {"kind": st.sampled_from([None, "person", "company"])},
                optional={mark: st.booleans() for mark in words.marks.known},
            ),
            "secrecy": st.lists(st.sampled_from(SOME_SECRECY), max_size=3),
            "facts": facts(rulebook, ITEM_FACTS),
        },
    )


def raw_situations(rulebook: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    """Fields of a question that describe a situation."""
    words = rulebook.vocabulary
    others = [code for code in words.facts if code not in ITEM_FACTS]
    return st.fixed_dictionaries(
        {
            "receiver": st.sampled_from(list(words.agencies.known)),
            "purpose": st.sampled_from(list(words.purposes.known)),
            "initiative": st.sampled_from(["request", "own"]),
        },
        optional={
            "receiver_function": st.sampled_from([*words.functions.known, "something else"]),
            "facts": facts(rulebook, others),
        },
    )


def facts(rulebook: Rulebook, codes: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Values for some of these facts, also that nobody knows."""
    return st.dictionaries(st.sampled_from(list(codes)), st.none(), max_size=3).flatmap(
        lambda chosen: st.fixed_dictionaries({code: _values(rulebook, code) for code in chosen})
    )


def _values(rulebook: Rulebook, code: str) -> st.SearchStrategy[Any]:
    fact = rulebook.vocabulary.facts[code]
    known: dict[str, st.SearchStrategy[Any]] = {
        "bool": st.booleans(),
        "int": st.integers(0, 60),
        "choice": st.sampled_from([*fact.choices, UNKNOWN]),
        "text": st.just("some secrecy"),
        "agency": _authorities(rulebook),
        "act": st.sampled_from(["1962:700/4:1b", "1962:700/9:1", "1971:69/2"]),
    }
    return known[fact.type] | st.just(UNKNOWN)


def _authorities(rulebook: Rulebook) -> st.SearchStrategy[str]:
    agencies = rulebook.vocabulary.agencies.known
    return st.sampled_from(
        [code for code in agencies if rulebook.vocabulary.agency(code).kind == "authority"]
    )
