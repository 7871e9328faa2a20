"""Are the lists in order: agencies, circles, words, categories and offences?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from samsyn.kernel.citations import Citation, CitationError
from samsyn.law import schema
from samsyn.law.checks.findings import Findings
from samsyn.law.checks.spans import (
    BACKWARDS,
    begins_too_early,
    collide,
    ends_too_late,
    runs_backwards,
)
from samsyn.law.loading import Origin
from samsyn.law.question import Subject

Spelt = schema.Code | schema.Agency
_WORDS = re.compile(r"[0-9a-zåäöé]+(_[0-9a-zåäöé]+)*")
_MARKS = Subject.__struct_fields__[1:]


def check_lists(findings: Findings) -> None:
    """Faults within and between the lists that the rules take their codes from."""
    content = findings.content
    spelt: tuple[Sequence[tuple[Spelt, Origin]], ...] = (
        content.agencies,
        *content.vocabularies.values(),
    )
    for entries in spelt:
        _check_spellings(findings, entries)
    for codes in (content.circles, content.categories, content.facts):
        _check_once(findings, codes)
    for agency, origin in content.agencies:
        _check_agency(findings, agency, origin)
    for activity, origin in content.vocabularies["activities"]:
        findings.require("agency", origin, "holders", activity.holders)
    for mark, origin in content.vocabularies["marks"]:
        if mark.code not in _MARKS:
            text = f"no question can set “{mark.code}”; expected one of {', '.join(_MARKS)}"
            findings.add(origin, "code", text)
    for circle, origin in content.circles:
        _check_circle(findings, circle, origin)
    for category, origin in content.categories:
        _check_category(findings, category, origin)
    _check_offences(findings)


def _check_once(
    findings: Findings,
    entries: Iterable[tuple[schema.Circle | schema.Category | schema.Fact, Origin]],
) -> None:
    seen: set[str] = set()
    for entry, origin in entries:
        if entry.code in seen:
            text = f"“{entry.code}” stands twice in this file; expected each code once"
            findings.add(origin, "code", text)
        seen.add(entry.code)


def _check_spellings(findings: Findings, entries: Sequence[tuple[Spelt, Origin]]) -> None:
    """Questions accept a code, its aliases and its Swedish name, in any case."""
    taken: dict[str, tuple[int, str]] = {}
    for number, (entry, origin) in enumerate(entries):
        for field, word in _spellings(entry):
            first, code = taken.setdefault(word.lower(), (number, entry.code))
            if first != number:
                text = f"“{word}” already means {code}; expected each spelling for one code only"
                findings.add(origin, field, text)
        for index, alias in enumerate(entry.aliases):
            if alias in entry.aliases[:index]:
                text = f"“{alias}” stands twice; take one away"
                findings.add(origin, f"aliases[{index}]", text)


def _spellings(entry: Spelt) -> Iterator[tuple[str, str]]:
    yield "code", entry.code
    for index, alias in enumerate(entry.aliases):
        yield f"aliases[{index}]", alias
    yield "name.sv", entry.name.sv


def _check_agency(findings: Findings, agency: schema.Agency, origin: Origin) -> None:
    if runs_backwards(agency):
        findings.add(origin, "to", BACKWARDS.format(start=agency.start, end=agency.end))
    if agency.treated_as_authority is not None:
        findings.cited(origin, "treated_as_authority", agency.treated_as_authority)
        if agency.kind != "private":
            text = f"only a private body is treated as an authority; {agency.code} is {agency.kind}"
            findings.add(origin, "treated_as_authority", text)
    owners: dict[tuple[str, str], str] = {}
    codes = set()
    for index, branch in enumerate(agency.branches):
        field = f"branches[{index}]"
        if branch.code in codes:
            text = f"“{branch.code}” stands twice at {agency.code}; expected each branch once"
            findings.add(origin, f"{field}.code", text)
        codes.add(branch.code)
        for kind, name, words in (
            ("activity", "activities", branch.activities),
            ("function", "functions", branch.functions),
        ):
            findings.require(kind, origin, f"{field}.{name}", words)
            for place, word in enumerate(words):
                owner = owners.setdefault((kind, word), branch.code)
                if owner != branch.code:
                    text = f"“{word}” already belongs to the branch {owner}; expected one branch"
                    findings.add(origin, f"{field}.{name}[{place}]", text)


def _check_circle(findings: Findings, circle: schema.Circle, origin: Origin) -> None:
    if circle.cite is not None:
        findings.cited(origin, "cite", circle.cite)
    if not circle.members:
        findings.add(origin, "members", "the circle has no members; expected at least one")
    for index, member in enumerate(circle.members):
        field = f"members[{index}]"
        findings.require_one("agency", origin, f"{field}.agency", member.agency)
        findings.require("activity", origin, f"{field}.activities", member.activities)
        findings.require("activity", origin, f"{field}.except_activities", member.except_activities)
        findings.require("function", origin, f"{field}.functions", member.functions)
        _check_membership(findings, member, origin, field)
        for other in circle.members[:index]:
            if other.agency == member.agency and _same_role(other, member):
                text = (
                    f"{member.agency} is already a member from {other.start} to {other.end} "
                    "in the same role; expected one membership on each day"
                )
                findings.add(origin, f"{field}.from", text)


def _check_membership(
    findings: Findings, member: schema.Membership, origin: Origin, field: str
) -> None:
    if runs_backwards(member):
        text = BACKWARDS.format(start=member.start, end=member.end)
        findings.add(origin, f"{field}.to", text)
    if member.acts_as == "giver" and member.functions:
        text = "only a receiver has functions; write activities, or change acts_as"
        findings.add(origin, f"{field}.functions", text)
    if member.acts_as == "receiver" and (member.activities or member.except_activities):
        name = "activities" if member.activities else "except_activities"
        text = "only a giver has activities; write functions, or change acts_as"
        findings.add(origin, f"{field}.{name}", text)
    agency = findings.agencies.get(member.agency)
    if agency is None:
        return
    if begins_too_early(member, agency):
        text = f"{member.start} lies before {agency.code} exists, {agency.start}"
        findings.add(origin, f"{field}.from", f"{text}; expected that day or a later one")
    if ends_too_late(member, agency):
        text = f"{member.end} lies after {agency.code} has ended, {agency.end}"
        findings.add(origin, f"{field}.to", f"{text}; expected that day or an earlier one")


def _same_role(one: schema.Membership, other: schema.Membership) -> bool:
    if not collide(one, other):
        return False
    gives = "receiver" not in (one.acts_as, other.acts_as)
    receives = "giver" not in (one.acts_as, other.acts_as)
    return (gives and _meet(one.activities, other.activities)) or (
        receives and _meet(one.functions, other.functions)
    )


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two limits meet where they share a word; no limit meets every other."""
    return not one or not other or bool(set(one) & set(other))


def _check_category(findings: Findings, category: schema.Category, origin: Origin) -> None:
    for field, words in (("item_kinds", category.item_kinds), ("words", category.words)):
        seen = set()
        for index, word in enumerate(words):
            if word in seen:
                text = f"“{word}” stands twice in {category.code}; take one away"
                findings.add(origin, f"{field}[{index}]", text)
            elif not _WORDS.fullmatch(word):
                text = f"“{word}” can never be met; expected small letters and digits joined by _"
                findings.add(origin, f"{field}[{index}]", text)
            seen.add(word)


def _check_offences(findings: Findings) -> None:
    earlier: dict[tuple[str, str], list[schema.Offence]] = {}
    for offence, origin in findings.content.offences:
        _check_offence(findings, offence, origin)
        same = earlier.setdefault((offence.act, offence.grade), [])
        for other in same:
            if collide(other, offence):
                text = (
                    f"{offence.act} ({offence.grade}) also stands from {other.start} "
                    f"to {other.end}; expected one scale on each day"
                )
                findings.add(origin, "from", text)
        same.append(offence)


def _check_offence(findings: Findings, offence: schema.Offence, origin: Origin) -> None:
    try:
        if not Citation.parse(offence.act).section:
            text = f"{offence.act} is no section; expected a penal provision such as 1962:700/4:1b"
            findings.add(origin, "act", text)
    except CitationError as error:
        findings.add(origin, "act", str(error))
    if runs_backwards(offence):
        findings.add(origin, "to", BACKWARDS.format(start=offence.start, end=offence.end))
    least, most = offence.min_months, offence.max_months
    if least < 0:
        findings.add(origin, "min_months", f"found {least}; expected 0 or more")
    if most is not None and least > most:
        text = f"found {least}, more than max_months, {most}; expected at most that"
        findings.add(origin, "min_months", text)
    if not offence.prison and (least or most):
        text = "prison is not on the scale, so min_months and max_months are 0 or left out"
        findings.add(origin, "prison", text)
    if offence.prison and most == 0:
        text = "prison is on the scale, so the highest penalty is more than 0 months"
        findings.add(origin, "max_months", text)
