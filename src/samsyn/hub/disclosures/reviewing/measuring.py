"""Which rule asks for a second signature of a decision, and how risky is it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from samsyn.hub.disclosures.assessing import Assessment
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.reviewing.rules import (
    CountersignRule,
    ReviewRules,
    When,
    review_rules,
    stands_under,
)


class Trait(msgspec.Struct, frozen=True):
    """What the rules may know of a fact that leaves; equal facts are looked at once."""

    outcome: str
    grounds: tuple[str, ...]
    secrecy: tuple[str, ...]
    marks: tuple[str, ...]
    subject_kind: str


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as the rules see it.

    Attributes:
        protection: whether it lies in the protection track.
        count: how many facts leave.
        traits: what they are like.
    """

    agency: str
    receiver: str
    initiative: str
    protection: bool
    count: int
    with_files: bool
    traits: frozenset[Trait]


class Risk(msgspec.Struct, frozen=True):
    """How risky a decision is, and the codes of what makes it so."""

    points: int
    reasons: tuple[str, ...]


def measured(
    draft: Disclosure,
    leaving: Iterable[DisclosedFact],
    answers: Mapping[Any, Assessment] | None = None,
) -> Measured:
    """A draft as it stands, or with answers that the law has given since it was kept."""
    rows = list(leaving)
    return Measured(
        agency=draft.agency,
        receiver=draft.receiver,
        initiative=draft.initiative,
        protection=draft.visible_to.endswith("/protection"),
        count=len(rows),
        with_files=any(row.with_files for row in rows),
        traits=frozenset(_trait(row, answers[row.pk] if answers else None) for row in rows),
    )


def _trait(row: DisclosedFact, answer: Assessment | None) -> Trait:
    said: Any = answer or row
    return Trait(
        outcome=said.outcome,
        grounds=tuple(said.grounds),
        secrecy=tuple(row.fact.secrecy),
        # Marks of either: what was marked when it was prepared stays marked for this.
        marks=tuple(sorted({*row.marks, *row.fact.marks})),
        subject_kind=row.fact.subject_kind,
    )


def rule_for(
    found: Measured, day: date, rules: ReviewRules | None = None
) -> CountersignRule | None:
    """The first rule that asks for a second signature; None where none does."""
    track = "protection" if found.protection else "cases"
    for rule in (rules or review_rules()).rules:
        if rule.holds(found.agency, day) and track in rule.tracks and holds(rule.when, found):
            return rule
    return None


def risk_of(found: Measured, day: date, rules: ReviewRules | None = None) -> Risk:
    """The points of a decision, with their reasons, the heaviest first."""
    held = [
        risk
        for risk in (rules or review_rules()).risks
        if risk.holds(found.agency, day) and holds(risk.when, found)
    ]
    held.sort(key=lambda risk: -risk.points)
    return Risk(sum(risk.points for risk in held), tuple(risk.code for risk in held))


def holds(when: When, found: Measured) -> bool:
    """Whether all conditions hold of a decision."""
    whole = (
        (not when.receivers or found.receiver in when.receivers)
        and (when.initiative is None or found.initiative == when.initiative)
        and found.count >= when.at_least
        and (found.with_files or not when.with_files)
    )
    return whole and any(_holds_of(when, trait) for trait in found.traits)


def _holds_of(when: When, trait: Trait) -> bool:
    return (
        (not when.outcomes or trait.outcome in when.outcomes)
        and (not when.subject_kinds or trait.subject_kind in when.subject_kinds)
        and (not when.marks or any(mark in trait.marks for mark in when.marks))
        and _named(when.secrecy, trait.secrecy)
        and _named(when.grounds, trait.grounds)
    )


def _named(wanted: tuple[str, ...], cites: tuple[str, ...]) -> bool:
    return not wanted or any(stands_under(cite, named) for cite in cites for named in wanted)
