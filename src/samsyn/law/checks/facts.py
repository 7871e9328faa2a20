"""Are the facts in order, and do conditions ask for facts and values that there are?"""

from __future__ import annotations

from typing import Any

from samsyn.kernel.citations import Citation, CitationError
from samsyn.law import schema
from samsyn.law.checks.findings import Findings, did_you_mean
from samsyn.law.loading import Origin

_ASKED_BY_ENGINE: dict[str, tuple[str, tuple[str, ...]]] = {
    "harm": ("choice", ("met", "not_met")),
    "public_interest_harm": ("bool", ()),
    "tip_giver": ("bool", ()),
    "weighing_outcome": ("choice", ("for", "against")),
    "reservation_removes_harm": ("bool", ()),
    "compatible_with_swedish_interests": ("bool", ()),
    "received_from": ("agency", ()),
    "crime.act": ("act", ()),
    "crime.grade": ("choice", ("normal", "minor", "gross")),
    "crime.prison_in_scale": ("bool", ()),
    "crime.min_months": ("int", ()),
}
"""Facts that every question may turn on, whatever the rules say, with type and needed choices."""

_EXPECTED = {
    "bool": "true or false",
    "int": "a whole number or {at_least: 6}",
    "act": "a citation or {within: [citations]}",
    "agency": "the code of an agency",
    "text": "a text",
}


def check_facts(findings: Findings) -> None:
    """Faults in the list of facts."""
    for fact, origin in findings.content.facts:
        _check_choices(findings, fact, origin)
        _check_silence(findings, fact, origin)
    for code, (kind, choices) in _ASKED_BY_ENGINE.items():
        known = findings.facts.get(code)
        if known is None:
            text = f"the order of the law asks for the fact {code}, which is missing; add it"
            findings.add_to_file("vocabulary/facts.yaml", text)
            continue
        origin = next(place for fact, place in findings.content.facts if fact is known)
        if known.type != kind:
            text = f"the order of the law reads {code} as {kind}; found {known.type}"
            findings.add(origin, "type", text)
        elif missing := [choice for choice in choices if choice not in known.choices]:
            text = f"the order of the law needs {', '.join(missing)} among the choices of {code}"
            findings.add(origin, "choices", text)


def _check_choices(findings: Findings, fact: schema.Fact, origin: Origin) -> None:
    if fact.type == "choice" and not fact.choices:
        findings.add(origin, "choices", "a fact of type choice has none; list its values")
    if fact.type != "choice" and fact.choices:
        text = f"a fact of type {fact.type} has no choices; take them away or write type: choice"
        findings.add(origin, "choices", text)
    for index, choice in enumerate(fact.choices):
        if choice in fact.choices[:index]:
            findings.add(origin, f"choices[{index}]", f"“{choice}” stands twice; take one away")
    for alias, choice in fact.aliases.items():
        if choice not in fact.choices:
            hint = did_you_mean(choice, fact.choices)
            text = f"“{choice}” is no choice of {fact.code}; {hint}use one of its choices"
            findings.add(origin, f"aliases.{alias}", text)
        if alias != alias.lower():
            text = f"“{alias}” can never be met; write it in small letters"
            findings.add(origin, f"aliases.{alias}", text)


def _check_silence(findings: Findings, fact: schema.Fact, origin: Origin) -> None:
    findings.require("purpose", origin, "asked_for_purposes", fact.asked_for_purposes)
    findings.require("purpose", origin, "implied_by_purposes", fact.implied_by_purposes)
    findings.require("category", origin, "implied_by_categories", fact.implied_by_categories)
    if fact.asked_for_purposes and fact.unstated != "ask":
        text = f"is never read with unstated: {fact.unstated}; write unstated: ask or take it away"
        findings.add(origin, "asked_for_purposes", text)
    if fact.type == "bool":
        return
    for field, is_set in (
        ("implied_by_purposes", bool(fact.implied_by_purposes)),
        ("implied_by_categories", bool(fact.implied_by_categories)),
        ("unstated", fact.unstated == "true"),
    ):
        if is_set:
            text = f"only a bool can be true without being stated; {fact.code} is {fact.type}"
            findings.add(origin, field, text)


def check_condition(
    findings: Findings, origin: Origin, field: str, condition: schema.Condition
) -> None:
    """Faults in the facts and values that a rule asks for."""
    for code, wanted in condition.items():
        fact = findings.facts.get(code)
        place = f"{field}.{code}"
        if fact is None:
            findings.require_one("fact", origin, place, code)
        elif isinstance(wanted, dict):
            _check_bounds(findings, origin, place, fact, wanted)
        elif isinstance(wanted, list):
            if not wanted:
                findings.add(origin, place, f"no value is wanted of {code}; list at least one")
            for value in wanted:
                _check_value(findings, origin, place, fact, value)
        else:
            _check_value(findings, origin, place, fact, wanted)


def _check_value(
    findings: Findings, origin: Origin, place: str, fact: schema.Fact, value: Any
) -> None:
    if fact.type == "choice":
        if not isinstance(value, str) or value not in fact.choices:
            hint = did_you_mean(value, fact.choices) if isinstance(value, str) else ""
            text = f"found {value!r}; {hint}expected one of {', '.join(fact.choices)}"
            findings.add(origin, place, text)
        return
    fits = {
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "act": isinstance(value, str) and _is_citation(value),
        "agency": isinstance(value, str) and value in findings.agencies,
        "text": isinstance(value, str),
    }[fact.type]
    if not fits:
        text = f"found {value!r}; {fact.code} is {fact.type}, expected {_EXPECTED[fact.type]}"
        findings.add(origin, place, text)


def _check_bounds(
    findings: Findings, origin: Origin, place: str, fact: schema.Fact, bounds: dict[str, Any]
) -> None:
    if list(bounds) == ["at_least"]:
        _check_least(findings, origin, place, fact, bounds["at_least"])
    elif list(bounds) == ["within"]:
        _check_within(findings, origin, place, fact, bounds["within"])
    else:
        found = ", ".join(bounds) or "nothing"
        text = f"found {{{found}}}; expected {{at_least: number}} or {{within: [citations]}}"
        findings.add(origin, place, text)


def _check_least(
    findings: Findings, origin: Origin, place: str, fact: schema.Fact, least: Any
) -> None:
    field = f"{place}.at_least"
    if fact.type != "int":
        text = f"at_least is for whole numbers; {fact.code} is {fact.type}, "
        findings.add(origin, field, f"{text}expected {_wanted(fact)}")
    if not isinstance(least, int) or isinstance(least, bool):
        findings.add(origin, field, f"found {least!r}; expected a whole number")


def _check_within(
    findings: Findings, origin: Origin, place: str, fact: schema.Fact, places: Any
) -> None:
    field = f"{place}.within"
    if fact.type != "act":
        text = f"within is for penal provisions; {fact.code} is {fact.type}, "
        findings.add(origin, field, f"{text}expected {_wanted(fact)}")
    if not isinstance(places, list) or not places:
        text = f"found {places!r}; expected a list of citations such as [1962:700/4:1a]"
        findings.add(origin, field, text)
        return
    for index, cite in enumerate(places):
        if not isinstance(cite, str) or not _is_citation(cite):
            text = f"found {cite!r}; expected a citation such as 1962:700/4:1a or 1962:700/4 kap."
            findings.add(origin, f"{field}[{index}]", text)


def _wanted(fact: schema.Fact) -> str:
    return " or ".join(fact.choices) if fact.type == "choice" else _EXPECTED[fact.type]


def _is_citation(text: str) -> bool:
    try:
        Citation.parse(text)
    except CitationError:
        return False
    return True
