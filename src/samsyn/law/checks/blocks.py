"""Does each block of an act use words, days and citations that there are?"""

from __future__ import annotations

import re

from samsyn.law import schema
from samsyn.law.checks.facts import check_condition
from samsyn.law.checks.findings import Findings
from samsyn.law.checks.parts import citations_of, conditions_of, items_of, parties_of
from samsyn.law.checks.spans import (
    BACKWARDS,
    Span,
    begins_too_early,
    certain,
    ends_too_late,
    first_left_over,
    possible,
    runs_backwards,
)
from samsyn.law.loading import Placed

_SFS = re.compile(r"\d{4}:\d+", re.ASCII)
_OTHER_FIELDS = ("cite", "takes_out_of")
"""Fields whose citations are checked in a way of their own."""


def check_blocks(findings: Findings) -> None:
    """Faults that every kind of block can have."""
    spans = _spans_by_cite(findings)
    for placed in findings.content.blocks:
        _check_days(findings, placed)
        _check_citations(findings, placed, spans)
        for field, parties, side in parties_of(placed.block):
            _check_parties(findings, placed, field, parties, side)
        for field, condition in conditions_of(placed.block):
            if condition:
                check_condition(findings, placed.origin, field, condition)
        _check_words(findings, placed)
        amended_by = placed.block.source.amended_by
        if amended_by is not None and not _SFS.fullmatch(amended_by):
            text = f"“{amended_by}” is no SFS number; expected one amending act such as 2025:179"
            findings.add(placed.origin, "source.amended_by", text)


def _spans_by_cite(findings: Findings) -> dict[str, list[Span]]:
    """On which days the rulebook holds a provision, in whatever kind of block."""
    spans: dict[str, list[Span]] = {}
    for placed in findings.content.blocks:
        spans.setdefault(placed.block.cite, []).append(possible(placed.block))
    return spans


def _check_days(findings: Findings, placed: Placed) -> None:
    block, act = placed.block, placed.act
    if runs_backwards(block):
        text = BACKWARDS.format(start=block.start, end=block.end)
        findings.add(placed.origin, "to", text)
        return
    if begins_too_early(block, act):
        text = f"{block.start} lies before {act.act} takes effect, {act.start}"
        findings.add(placed.origin, "from", f"{text}; expected that day or a later one")
    if ends_too_late(block, act):
        text = f"{block.end} lies after the last day of {act.act}, {act.end}"
        findings.add(placed.origin, "to", f"{text}; expected that day or an earlier one")


def _check_citations(findings: Findings, placed: Placed, spans: dict[str, list[Span]]) -> None:
    wanted = certain(placed.block, findings.covers_from)
    for field, text in citations_of(placed.block):
        citation = findings.cited(placed.origin, field, text)
        if citation is None:
            continue
        if field == "cite" and citation.sfs != placed.act.act:
            expected = f"cites {citation.sfs} in the file of {placed.act.act}; "
            findings.add(placed.origin, field, f"{expected}expected a provision of that act")
        if field.partition("[")[0] in _OTHER_FIELDS:
            continue
        act = findings.acts.get(citation.sfs)
        held = [[possible(act)]] if act and act is not placed.act else []
        if text in spans and text != placed.block.cite:
            held.append(spans[text])
        for days in held:
            missing = first_left_over(wanted, days)
            if missing is not None:
                expected = f"{text} does not hold on {missing}, when {placed.block.cite} does"
                findings.add(
                    placed.origin, field, f"{expected}; split the block, or change the citation"
                )
                break


def _check_parties(
    findings: Findings, placed: Placed, field: str, parties: schema.Parties, side: str
) -> None:
    origin = placed.origin
    given = [
        name
        for name, value in (
            ("any", parties.any),
            ("circle", parties.circle),
            ("codes", parties.codes),
        )
        if value
    ]
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        text = f"found {found}; expected exactly one of any, circle and codes"
        findings.add(origin, field, text)
        return
    if parties.circle is not None:
        findings.require_one("circle", origin, f"{field}.circle", parties.circle)
    for name, kind, words in (
        ("codes", "agency", parties.codes),
        ("except_codes", "agency", parties.except_codes),
        ("activities", "activity", parties.activities),
        ("except_activities", "activity", parties.except_activities),
        ("functions", "function", parties.functions),
        ("except_functions", "function", parties.except_functions),
    ):
        if words:
            findings.require(kind, origin, f"{field}.{name}", words)
    _check_sides(findings, placed, field, parties, side)


def _check_sides(
    findings: Findings, placed: Placed, field: str, parties: schema.Parties, side: str
) -> None:
    origin = placed.origin
    for name, words, other, wrong in (
        ("activities", parties.activities, "functions", "receiver"),
        ("except_activities", parties.except_activities, "except_functions", "receiver"),
        ("functions", parties.functions, "activities", "giver"),
        ("except_functions", parties.except_functions, "except_activities", "giver"),
    ):
        if words and side == wrong:
            text = f"says nothing about a {side}; write {other}, or take it away"
            findings.add(origin, f"{field}.{name}", text)
    holders = findings.holders(parties, "giver" if side == "both" else side)
    if not holders:
        known = parties.circle is None or parties.circle in findings.circles
        if known and side != "both":
            text = f"nobody is ever {side} here; expected at least one who is"
            findings.add(origin, field, text)
    for index, activity in enumerate(parties.activities):
        entry = findings.activities.get(activity)
        if entry and entry.holders and holders and not holders & set(entry.holders):
            text = f"only {', '.join(entry.holders)} has {activity}, and none of them is named here"
            remedy = "name one, or correct holders in vocabulary/activities.yaml"
            findings.add(origin, f"{field}.activities[{index}]", f"{text}; {remedy}")


def _check_words(findings: Findings, placed: Placed) -> None:
    block, origin = placed.block, placed.origin
    items = items_of(block)
    if items is not None:
        findings.require("category", origin, "items.categories", items.categories)
        findings.require("category", origin, "items.except_categories", items.except_categories)
        findings.require("subject", origin, "items.subjects", items.subjects)
        findings.require("mark", origin, "items.marks", items.marks)
        for index, code in enumerate(items.except_categories):
            if code in items.categories:
                text = f"“{code}” is among the categories too; take it away in one of the lists"
                findings.add(origin, f"items.except_categories[{index}]", text)
    if isinstance(block, schema.BreakingRule | schema.Note):
        findings.require("purpose", origin, "purposes", block.purposes)
    if isinstance(block, schema.Record):
        findings.require("outcome", origin, "outcomes", block.outcomes)
        findings.require("initiative", origin, "initiatives", block.initiatives)
