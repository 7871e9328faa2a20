"""Can each breaking rule be used, and can each of its points be reached?"""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.kernel.citations import Citation, CitationError
from samsyn.law import schema
from samsyn.law.checks.findings import SECRECY_ACT, Findings
from samsyn.law.loading import Origin

DUTIES_OPEN = f"{SECRECY_ACT}/10:28"
"""The provision by which a duty in another act opens secrecy."""
_DISCLOSURE = f"{SECRECY_ACT}/10 kap."


def check_rules(findings: Findings) -> None:
    """Faults in breaking rules."""
    for placed in findings.content.blocks:
        block, origin = placed.block, placed.origin
        if isinstance(block, schema.BreakingRule):
            _check_test(findings, block, origin)
            _check_dependent_cites(findings, block, origin)
            _check_narrow(findings, block, origin)
            _check_conditions(findings, block, origin)
            _check_duty(findings, block, origin)
            _check_points(findings, block, origin)


def _check_test(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    if rule.test == "none" and rule.test_cite is not None:
        text = "cites a test, but test is none; name the test or take the citation away"
        findings.add(origin, "test_cite", text)
    if rule.test != "none" and rule.test_cite is None:
        text = f"the test {rule.test} has no test_cite; cite the paragraph it stands in"
        findings.add(origin, "test", text)


def _check_dependent_cites(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    if rule.unless_cite is not None and not rule.unless:
        text = "cites what excludes, but unless is empty; fill it or take the citation away"
        findings.add(origin, "unless_cite", text)
    opens = rule.opens
    if opens.except_cite is not None and not (opens.except_ or opens.only or opens.protects):
        text = "cites a limit, but opens has none; write except or only, or take the citation away"
        findings.add(origin, "opens.except_cite", text)


def _check_narrow(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    """A rule for every purpose and every case is a slip unless something else narrows it."""
    items, receivers = rule.items, rule.receivers
    narrow = (
        rule.general_clause
        or rule.purposes
        or rule.points
        or any(_alternatives(rule))
        or items.categories
        or items.subjects
        or items.marks
        or receivers.circle
        or receivers.codes
        or receivers.functions
    )
    if not narrow:
        text = "opens for every purpose; expected purposes, points, when, items or receivers"
        findings.add(origin, "", f"{text}, or general_clause: true where that is the law")
    if rule.general_clause and rule.force == "duty":
        findings.add(origin, "general_clause", "a general clause permits; expected no duty")


def _alternatives(rule: schema.BreakingRule) -> list[schema.Condition]:
    return rule.when if isinstance(rule.when, list) else [rule.when]


def _check_conditions(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    if isinstance(rule.when, list):
        if not rule.when:
            findings.add(origin, "when", "can never be met; list a condition or leave it out")
        for index, condition in enumerate(rule.when):
            if not condition:
                text = "is always met; name a fact or take the entry away"
                findings.add(origin, f"when[{index}]", text)
    for code, value in rule.unless.items():
        if all(code in wanted and wanted[code] == value for wanted in _alternatives(rule)):
            text = f"shuts out what when asks for, {code}: {value}; correct one of them"
            findings.add(origin, f"unless.{code}", text)


def _check_duty(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    """A duty in another act opens secrecy by OSL 10:28 or a more special provision beside it.

    Where it does not, as for criminal records (OSL 35:3 st3), the block says so.
    """
    if rule.force != "duty" or rule.cite.startswith(f"{SECRECY_ACT}/"):
        return
    if any(_lies_in(cite, _DISCLOSURE) for cite in rule.grounds_with):
        return
    if rule.arguable is None and rule.source.note is None:
        text = f"a duty opens secrecy by {DUTIES_OPEN}; add it, or say in source.note why not"
        findings.add(origin, "grounds_with", text)


def _lies_in(cite: str, wider: str) -> bool:
    try:
        return Citation.parse(cite).within(Citation.parse(wider))
    except CitationError:  # told of where the citation stands
        return False


def _check_points(findings: Findings, rule: schema.BreakingRule, origin: Origin) -> None:
    earlier: list[schema.Point] = []
    receivers = findings.holders(rule.receivers, "receiver")
    for index, point in enumerate(rule.points):
        field = f"points[{index}]"
        findings.require("purpose", origin, f"{field}.purposes", point.purposes)
        findings.require("agency", origin, f"{field}.receivers", point.receivers)
        for name, kind, words, reached in (
            ("purposes", "purpose", point.purposes, frozenset(rule.purposes)),
            ("receivers", "agency", point.receivers, receivers),
        ):
            for place, word in enumerate(words):
                if reached and word in findings.words[kind] and word not in reached:
                    text = f"“{word}” is never reached, because {name} of the rule leaves it out"
                    text = f"{text}; add it there or take it away here"
                    findings.add(origin, f"{field}.{name}[{place}]", text)
        if not _lies_in(point.cite, rule.cite):
            text = f"{point.cite} does not lie in {rule.cite}; expected one of its points"
            findings.add(origin, f"{field}.cite", text)
        for other in earlier:
            if _takes_all(other, point):
                text = f"is never reached, because {other.cite} fits first; put this one before it"
                findings.add(origin, field, text)
                break
        earlier.append(point)
    if rule.points:
        for purpose, place in _without_point(rule):
            text = f"no point fits “{purpose}”; add it to a point or take it away here"
            findings.add(origin, f"purposes[{place}]", text)


def _takes_all(earlier: schema.Point, later: schema.Point) -> bool:
    """True if every case that fits the later point fits the earlier one."""
    return (
        _admits_all(earlier.purposes, later.purposes)
        and _admits_all(earlier.receivers, later.receivers)
        and all(later.when.get(code) == value for code, value in earlier.when.items())
    )


def _admits_all(earlier: tuple[str, ...], later: tuple[str, ...]) -> bool:
    return not earlier or (bool(later) and set(later) <= set(earlier))


def _without_point(rule: schema.BreakingRule) -> Iterator[tuple[str, int]]:
    for place, purpose in enumerate(rule.purposes):
        if not any(not point.purposes or purpose in point.purposes for point in rule.points):
            yield purpose, place
